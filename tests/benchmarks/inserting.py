"""Inserts, each acknowledged on disk: ours, stock TinyDB's, SQLite's, and a bare append."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from time import perf_counter, process_time

from tinydb import TinyDB

from store.journal import JournalFile
from store.workspace import Workspace
from tests.benchmarks.figures import Claim, Figure, Section
from tests.benchmarks.fixture import (
    documents,
    entry_fields,
    write_docket,
    write_tinydb,
    write_workspace,
)

_SAID = entry_fields(3, "acme", timedelta(minutes=1))
_LINE = b"x" * 399 + b"\n"
_SHARE = 0.1
"""How many of a hundred rounds were quicker than what is told beside the median."""
Insert = Callable[[], object]


def _taken(insert: Insert) -> tuple[float, float]:
    """Return how many ms an insert took, and how many of them it had the processor."""
    begun, worked = perf_counter(), process_time()
    insert()
    return (perf_counter() - begun) * 1000, (process_time() - worked) * 1000


def _bare(path: Path) -> Insert:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def insert() -> None:
        os.write(descriptor, _LINE)
        os.fsync(descriptor)

    return insert


def _through_journal(path: Path) -> Insert:
    journal = JournalFile(path)
    return lambda: journal.append(dict(_SAID))


def _through_workspace(made: Workspace) -> Insert:
    made.docket("acme")  # as the app has it: read before
    text = _SAID["statement"]
    return lambda: made.log(made.draft("acme", "late-payment", text, data={"severity": 2}))


def _through_tinydb(path: Path) -> Insert:
    table = TinyDB(path)
    return lambda: table.insert(dict(_SAID))


def _through_sqlite(path: Path, entries: int) -> Insert:
    base = sqlite3.connect(path, isolation_level=None)
    base.execute("PRAGMA journal_mode=WAL")
    base.execute("PRAGMA synchronous=FULL")
    base.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, kind TEXT, at TEXT, said TEXT)")
    rows = ((said["kind"], said["occurred_at"], str(said)) for said in documents(entries))
    put = "INSERT INTO entry (kind, at, said) VALUES (?, ?, ?)"
    base.execute("BEGIN")
    base.executemany(put, rows)
    base.execute("COMMIT")
    row = (_SAID["kind"], _SAID["occurred_at"], str(_SAID))
    return lambda: base.execute(put, row)


def inserting(folder: Path, sizes: list[int], rounds: int) -> Iterator[Section]:
    """Compare inserts into the shortest and the longest docket, each round one of each.

    They are the disk's too, and it has slow minutes: so the median is told, the quickest tenth, and
    the CPU time. What rewrites itself, or is a database, comes after them.
    """
    few, many = sizes[0], sizes[-1]
    inserts: dict[str, Insert] = {"append+fsync": _bare(folder / "bare")}
    for size in (few, many):
        base = folder / f"insert-{size}"
        made = write_workspace(base, {"acme": size})
        inserts[f"Journal at {size:,}"] = _through_journal(_alone(folder / f"journal-{size}", size))
        inserts[f"Workspace.log at {size:,}"] = _through_workspace(made)
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in inserts}
    for _ in range(rounds):
        for name, insert in inserts.items():
            taken[name].append(_taken(insert))
    wall = {name: Figure(tuple(one for one, _ in told)) for name, told in taken.items()}
    cpu = {name: Figure(tuple(one for _, one in told)) for name, told in taken.items()}
    quick = {
        name: Figure(tuple(sorted(told.samples)[: max(1, int(rounds * _SHARE))]))
        for name, told in wall.items()
    }
    yield Section("Insert one entry, acknowledged (wall time)", wall, _claims(few, many))
    yield Section("The quickest tenth of these", quick, _claims(few, many))
    yield Section("The CPU time of these", cpu)
    yield _others(folder, many, wall[f"Journal at {many:,}"])


def _alone(folder: Path, size: int) -> Path:
    folder.mkdir()
    return write_docket(folder / "acme.jsonl", size)


def _others(folder: Path, size: int, ours: Figure) -> Section:
    inserts = {
        "SQLite": _through_sqlite(folder / "acme.sqlite", size),
        "TinyDB": _through_tinydb(write_tinydb(folder / "acme.json", size)),
    }
    rounds = {"SQLite": 50, "TinyDB": 3}  # which rewrites all of it
    figures = {
        f"{name} at {size:,}": Figure(tuple(_taken(insert)[0] for _ in range(rounds[name])))
        for name, insert in inserts.items()
    }
    aim = 1_000 if size >= 100_000 else None
    journal = f"Journal at {size:,}"
    claims = [
        Claim(journal, f"SQLite at {size:,}"),
        Claim(f"TinyDB at {size:,}", journal, aim, at_least=True),
    ]
    return Section("The same in what others use", {journal: ours, **figures}, claims)


def _claims(few: int, many: int) -> list[Claim]:
    each = [f"{name} at {size:,}" for size in (few, many) for name in ("Journal", "Workspace.log")]
    claims = [Claim(one, "append+fsync", 3) for one in each]
    long, short = each[2:], each[:2]
    return claims + [Claim(one, other, 1.2) for one, other in zip(long, short, strict=True)]
