"""What ten times the entries cost, and a long docket beside the least that can be done with it."""

from __future__ import annotations

import gc
import json
import shutil
from collections.abc import Callable, Iterable
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from time import process_time

import tui  # noqa: F401  (as the command has it: garbage is looked for in larger lots)
from store.decision import assess
from store.entries import Draft
from store.intake.lines import read_lines
from store.workspace import Workspace
from tests.benchmarks.figures import Claim, Figure, Section
from tests.benchmarks.growth import Work, works
from tests.benchmarks.mixed import END, mixed_lines

TIMED = ("assess", "portfolio", "clients", "import", "record", "verify")
"""What is timed at each size; `decide` and what it is held against come beside them."""
LONG = 20_000
"""Entries above which no record is made here: one of 100,000 takes half a minute."""
MOST = 13.5
_BATCH = 500


def scaling(folder: Path, sizes: list[int]) -> list[Section]:
    """Measure the same work at each size, once and in CPU time: seconds need no repeating."""
    figures: dict[str, Figure] = {}
    for size in sizes:
        for name, work in _works(folder, size).items():
            if name != "record" or size <= LONG:
                figures[f"{name}, {size:,}"] = Figure((_taken(work),))
    claims = [
        Claim(f"{name}, {more:,}", f"{name}, {less:,}", MOST)
        for less, more in pairwise(sizes)
        if more == 10 * less
        for name in ("decide", *TIMED)
    ]
    last = f"{sizes[-1]:,}"
    claims += [
        Claim(f"decide, {last}", f"json of every line, {last}"),
        Claim(f"decide, {last}", f"verify, {last}", 3),
        Claim(f"import, {last}", f"append in batches, {last}", 4),
    ]
    return [Section("Ten times the entries, of every sort (CPU time)", figures, claims)]


def _works(folder: Path, size: int) -> dict[str, Work]:
    done = works(folder, size)
    root = folder / f"of-{size}"
    path = root / "clients" / "acme.jsonl"

    def parse() -> int:
        with path.open("rb") as file:
            return sum(1 for line in file if json.loads(line))

    def decide() -> object:
        workspace = Workspace.open(root, clock=lambda: END)
        return assess(workspace.docket("acme"), workspace.private.of("acme"), workspace.config)

    return {
        "json of every line": parse,
        "append in batches": _appending(folder / f"batches-{size}", size),
        "decide": decide,
        **{name: done[name] for name in TIMED},
    }


def _appending(root: Path, size: int) -> Callable[[], None]:
    """Return what appends the same entries unjudged, so many at a time."""
    told = b"".join(mixed_lines(size))

    def append() -> None:
        shutil.rmtree(root, ignore_errors=True)
        workspace = Workspace.create(root, clock=lambda: END)
        read = (one.draft for one in read_lines(BytesIO(told)))
        drafts = [one for one in read if one]
        workspace.new_client("acme", drafts[:1])
        file = workspace.file("acme")
        for batch in _batches(drafts[1:]):
            file.append_many([draft.fields() for draft in batch])

    return append


def _batches(of: list[Draft]) -> Iterable[list[Draft]]:
    return (of[start : start + _BATCH] for start in range(0, len(of), _BATCH))


def _taken(work: Work) -> float:
    gc.collect()
    begun = process_time()
    work()
    return (process_time() - begun) * 1000
