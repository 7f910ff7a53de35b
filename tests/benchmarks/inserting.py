"""Inserts, each acknowledged on disk: ours, stock TinyDB's, SQLite's, and a bare append."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from time import perf_counter

from tinydb import TinyDB

from store.journal import JournalFile
from store.workspace import Workspace
from tests.benchmarks.figures import Claim, Section, interleaved
from tests.benchmarks.fixture import (
    documents,
    entry_fields,
    write_docket,
    write_tinydb,
    write_workspace,
)

_SAID = entry_fields(3, "acme", timedelta(minutes=1))
_LINE = b"x" * 399 + b"\n"
Insert = Callable[[], object]


def _timed(insert: Insert) -> Callable[[], float]:
    def measure() -> float:
        begun = perf_counter()
        insert()
        return (perf_counter() - begun) * 1000

    return measure


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


def inserting(folder: Path, sizes: list[int], rounds: int) -> Section:
    """Compare inserts into dockets of `sizes` entries, in wall time, for it is the disk's too."""
    subjects = {"append+fsync": _timed(_bare(folder / "bare"))}
    shares = {"append+fsync": rounds}
    claims: list[Claim] = []
    for size in sizes:
        base = folder / f"insert-{size}"
        base.mkdir()
        made = write_workspace(base / "ws", {"acme": size})
        inserts = {
            "Journal": _through_journal(write_docket(base / "acme.jsonl", size)),
            "Workspace.log": _through_workspace(made),
            "SQLite": _through_sqlite(base / "acme.sqlite", size),
            "TinyDB": _through_tinydb(write_tinydb(base / "acme.json", size)),
        }
        for name, insert in inserts.items():
            subjects[f"{name} at {size:,}"] = _timed(insert)
            few = min(rounds, max(3, min(30, 100_000 // size)))  # it grows, and rewrites itself
            shares[f"{name} at {size:,}"] = few if name == "TinyDB" else rounds
        claims += _claims(size, min(sizes))
    figures = interleaved(subjects, shares)
    return Section("Insert one entry, acknowledged (wall time)", figures, claims)


def _claims(size: int, smallest: int) -> list[Claim]:
    ours = [f"Journal at {size:,}", f"Workspace.log at {size:,}"]
    claims = [Claim(one, "append+fsync", 3) for one in ours]
    claims.append(Claim(ours[0], f"SQLite at {size:,}"))
    many = size >= 100_000
    claims.append(Claim(f"TinyDB at {size:,}", ours[0], 1_000 if many else None, at_least=True))
    if size > smallest:
        aim = 1.2 if many else None
        least = f"{smallest:,}"
        claims += [Claim(one, one.replace(f"{size:,}", least), aim) for one in ours]
    return claims
