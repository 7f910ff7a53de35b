"""Opening, verifying and importing, beside the least that such work can take."""

from __future__ import annotations

import gc
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from time import process_time

from tinydb import TinyDB

from store.journal import verify_file
from store.workspace import Workspace
from tests.benchmarks.figures import Claim, Figure, Section, interleaved
from tests.benchmarks.fixture import write_import, write_tinydb, write_workspace
from tests.benchmarks.processes import Docket


def timed(work: Callable[[], object]) -> Callable[[], float]:
    """Return what measures the CPU time of `work`, in milliseconds."""

    def measure() -> float:
        gc.collect()
        begun = process_time()
        work()
        return (process_time() - begun) * 1000

    return measure


def reading(folder: Path, sizes: list[int], rounds: int) -> list[Section]:
    """Compare reads of dockets of `sizes` entries, in CPU time, nothing being read before."""
    return [_reading_one(folder / f"read-{size}", size, rounds) for size in sizes]


def _reading_one(base: Path, size: int, rounds: int) -> Section:
    base.mkdir()
    made = write_workspace(base / "ws", {"acme": size})
    path, stock = made.path("acme"), write_tinydb(base / "acme.json", size)

    def parse() -> int:
        with path.open("rb") as file:
            return sum(1 for line in file if json.loads(line))

    subjects: dict[str, Callable[[], object]] = {
        "json of every line": parse,
        "open a docket": lambda: Workspace.open(made.root).docket("acme"),
        "read every entry": lambda: list(Workspace.open(made.root).entries("acme")),
        "stock TinyDB, opened": lambda: TinyDB(stock).all(),
        "verify": lambda: verify_file(path),
    }
    figures = interleaved({name: timed(work) for name, work in subjects.items()}, rounds)
    claims = [
        *(Claim(name, "json of every line") for name in list(subjects)[1:4]),
        Claim("open a docket", "stock TinyDB, opened"),
        Claim("verify", "json of every line"),
    ]
    return Section(f"Read a docket of {size:,} entries (CPU time)", figures, claims)


def importing(folder: Path, docket: Docket, entries: int, rounds: int) -> Section:
    """Measure `docket import` of `entries` lines as a process, beside the same with one line."""
    figures: dict[str, Figure] = {}
    subjects: dict[str, Callable[[], float]] = {}
    for count in (1, entries):
        file = write_import(folder / f"import-{count}.jsonl", count)
        root = folder / f"import-{count}"

        def once(count: int = count, file: Path = file, root: Path = root) -> float:
            shutil.rmtree(root, ignore_errors=True)
            write_workspace(root, {"acme": 1})
            return docket.command(root, "import", str(file)).cpu()

        subjects[f"docket import, {count:,} lines"] = once
    figures = interleaved(subjects, rounds)
    return Section("Import (CPU time of the process)", figures)


def listing(folder: Path, docket: Docket, clients: int, rounds: int) -> Section:
    """Compare `docket clients` on many long dockets with 5 new ones, each having run before."""
    many, few = f"docket clients, {clients} x 500", "docket clients, 5 x 1"
    busy = {f"client-{number:03}": 500 for number in range(clients)}
    roots = {
        many: write_workspace(folder / "many", busy).root,
        few: write_workspace(folder / "few", {f"client-{n}": 1 for n in range(5)}).root,
    }
    commands = {name: docket.command(root, "clients") for name, root in roots.items()}
    first = {f"{name}, the first time": Figure((commands[name].cpu(),)) for name in roots}
    figures = interleaved({name: command.cpu for name, command in commands.items()}, rounds)
    title = "List the clients (CPU time of the process)"
    return Section(title, figures | first, [Claim(many, few)])
