"""Measure Docket beside what it could be compared with: `python -m tests.benchmarks [--quick]`.

The last whole table, with its commit and machine, stands in TABLE.md, where `--write` puts it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from time import perf_counter

from tests.benchmarks.app import using
from tests.benchmarks.assessing import assessing
from tests.benchmarks.exporting import exporting
from tests.benchmarks.figures import Section
from tests.benchmarks.finding import finding
from tests.benchmarks.inserting import inserting
from tests.benchmarks.processes import Docket, find_docket
from tests.benchmarks.reading import importing, listing, reading
from tests.benchmarks.scaling import scaling
from tests.benchmarks.serving import serving
from tests.benchmarks.starting import starting
from tests.machine import machine_words

PARTS = (
    *("app", "log", "insert", "read", "find", "assess", "import", "clients", "scale"),
    *("server", "export"),
)
TABLE = Path(__file__).with_name("TABLE.md")


def main(words: list[str]) -> int:
    """Print a table for every part; the figures are read by people, so the status is always 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rounds, up to 10,000 entries")
    parser.add_argument("--entries", type=int, nargs="+", metavar="N", help="sizes of a docket")
    parser.add_argument("--only", choices=PARTS, nargs="+", default=PARTS)
    parser.add_argument(
        "--peer",
        action="append",
        default=[],
        metavar="NAME=COMMAND",
        help="posting or harlequin, where they are not on the path",
    )
    parser.add_argument("--docket", default="", metavar="PATH", help="an installed docket")
    parser.add_argument(
        "--write", action="store_true", help=f"also put it into {TABLE.name}, for a whole run"
    )
    parser.add_argument("--in", dest="folder", metavar="DIR", help="a folder on the disk to test")
    args = parser.parse_args(words)
    if args.write and (args.quick or args.entries or args.only != PARTS):
        parser.error("only a whole run is written down")
    sizes = args.entries or ([10, 1_000, 10_000] if args.quick else [10, 1_000, 10_000, 100_000])
    told: list[str] = []
    begun = perf_counter()
    with tempfile.TemporaryDirectory(dir=args.folder) as folder:
        for line in _lines(args, sorted(sizes), Path(folder)):
            print(line, flush=True)
            told.append(line)
    told.append(f"\nAll of it took {perf_counter() - begun:,.0f} seconds; aim <= 300")
    print(told[-1])
    if args.write:
        TABLE.write_text(as_file(told), encoding="utf-8")
    return 0


def as_file(told: Iterable[str]) -> str:
    """Return the file that holds a table: first of all how to make another."""
    return "\n".join(
        (
            "# The last table of the benchmarks",
            "",
            "Made by `python -m tests.benchmarks --write` on a machine that does nothing else.",
            "",
            "```text",
            *told,
            "```",
            "",
        )
    )


def _lines(args: argparse.Namespace, sizes: list[int], folder: Path) -> Iterator[str]:
    yield f"{machine_words()}; each comparison interleaved"
    docket = find_docket(args.docket)
    print(f"docket is {' '.join(docket.start)}")
    peers = dict(one.split("=", 1) for one in args.peer)
    parts = _parts(folder, docket, sizes, peers, quick=args.quick)
    for name in args.only:
        begun = perf_counter()
        for section in parts[name]():
            yield from section.lines()
        yield f"  ({name}: {perf_counter() - begun:,.0f} seconds)"


def _parts(
    folder: Path, docket: Docket, sizes: list[int], peers: Mapping[str, str], *, quick: bool
) -> Mapping[str, Callable[[], Iterable[Section]]]:
    """Return what measures each part, by its name, in order."""
    few, last = 3 if quick else 7, sizes[-1]
    files, long = (20, 500) if quick else (200, 5_000)
    return {
        "app": lambda: using(folder, docket, peers, whole=not quick),
        "log": lambda: starting(folder, docket, last, 5 if quick else 25),
        "insert": lambda: inserting(folder, sizes, 40 if quick else 400),
        "read": lambda: reading(folder, [sizes[0], last], few),
        "find": lambda: finding(folder, docket, last, few),
        "assess": lambda: [assessing(folder, 2_000, few)],
        "import": lambda: [importing(folder, docket, long, 3)],
        "clients": lambda: [listing(folder, docket, 20 if quick else 200, few)],
        "scale": lambda: scaling(folder, [size for size in sizes if size >= 1_000]),
        "server": lambda: serving(folder, 10 if quick else 20),
        "export": lambda: exporting(folder, docket, long, files, 1 << 20, 3),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
