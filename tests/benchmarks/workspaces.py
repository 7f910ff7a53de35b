"""What very many workspaces on one server mean: `python -m tests.benchmarks.workspaces [N...]`.

Others' workspaces are rows made by SQL; one is real, and what Docket asks there is explained by the
server itself. What counts is pages touched, since seconds are of the machine.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any, Final, NamedTuple

from store.journal.server.address import ServerAddress
from store.journal.server.backend import PostgresBackend
from store.journal.server.link import connect
from store.journal.server.members import join
from store.journal.server.schema import init
from store.journal.shared import Shared
from tests.postgres import Server, running

SIZES: Final = (10, 1_000, 100_000)
PARTS: Final = (0, 64)
LINES: Final = 12
"""Lines of the one docket in a workspace that is made up; its custody has one."""
_CLIENTS, _OWN_LINES = 5, 40
_PLAN: Final = re.compile(r"duration: [0-9.]+ ms  plan:\n((?:\t.*\n?)+)")
_HASH: Final = "lpad(to_hex({}), 64, '0')"
_FILL: Final = f"""
SET session_replication_role = replica;
INSERT INTO docket.workspace SELECT 'w' || n FROM generate_series(1, {{0}}) n;
INSERT INTO docket.journal (workspace, client, part)
    SELECT 'w' || n, 'acme', part FROM generate_series(1, {{0}}) n,
        unnest(ARRAY['jsonl', 'custody']) part;
INSERT INTO docket.line (workspace, client, part, seq, hash, before, prev, line, by)
    SELECT 'w' || n, 'acme', part, seq, {_HASH.format("seq")}, seq - 1, {_HASH.format("seq - 1")},
        '{{{{"at":"2026-11-30T10:00:00+00:00"' || repeat(' ', 300) || ',"hash":"'
        || {_HASH.format("seq")} || '","prev":"' || {_HASH.format("seq - 1")}
        || '","seed":"' || repeat('0', 32) || '","seq":' || seq || '}}}}', 'bea'
    FROM generate_series(1, {{0}}) n, unnest(ARRAY['jsonl', 'custody']) part,
        generate_series(1, CASE part WHEN 'jsonl' THEN {LINES} ELSE 1 END) seq;
INSERT INTO docket.member (name, workspace, may)
    SELECT 'bea' || n, 'w' || n, 'own' FROM generate_series(1, {{0}}) n;
INSERT INTO docket.closed (workspace, client, how)
    SELECT 'w' || n, 'gone', 'moved' FROM generate_series(1, {{0}}) n;
INSERT INTO docket.seen (workspace, client, part, by, seq, hash)
    SELECT 'w' || n, 'acme', 'jsonl', 'bea', {LINES}, {_HASH.format(LINES)}
    FROM generate_series(1, {{0}}) n;
SET session_replication_role = origin;
"""


class Asked(NamedTuple):
    """A statement that Docket sent: its first words, its plan, pages touched, and milliseconds."""

    said: str
    nodes: tuple[str, ...]
    pages: int
    took: float


def fill(server: Server, database: str, workspaces: int, parts: int) -> ServerAddress:
    """Make a database of so many workspaces; return the address of one more, which is Ann's."""
    with connect(ServerAddress.parse(server.url())) as base:
        base.execute(f"CREATE DATABASE {database}".encode())
    owner = ServerAddress.parse(server.url(database=database))
    init(owner, parts)
    join(owner, "ann", "write")
    with connect(owner) as base:
        base.execute(_FILL.format(workspaces).encode())
        base.commit()
        base.autocommit = True
        base.execute("VACUUM ANALYZE")
    folder = Path(tempfile.mkdtemp(dir=server.folder))
    address = ServerAddress.parse(server.url("ann", database))
    shared = Shared(folder, PostgresBackend(address))
    for client in range(_CLIENTS):
        first = [{"n": number} for number in range(_OWN_LINES)]
        shared.begin(folder / f"client{client}.jsonl", first=first)
    shared.backend.close()
    return address


def explained(server: Server, address: ServerAddress) -> list[Asked]:
    """Return what the server says of all that is sent by a machine that joins, reads and appends.

    Of what is sent several times it is the time that touched most.
    """
    with connect(ServerAddress.parse(server.url())) as base:
        base.execute("LOAD 'auto_explain'")
        for setting, value in (
            ("session_preload_libraries", "auto_explain"),
            ("auto_explain.log_min_duration", "0"),
            ("auto_explain.log_analyze", "on"),
            ("auto_explain.log_buffers", "on"),
            ("auto_explain.log_format", "json"),
            ("auto_explain.log_nested_statements", "on"),
        ):
            base.execute(f"ALTER ROLE ann SET {setting} = '{value}'".encode())
    log, begun = server.folder / "log", (server.folder / "log").stat().st_size
    folder = Path(tempfile.mkdtemp(dir=server.folder))
    newcomer = Shared(folder, PostgresBackend(address))
    newcomer.bring()
    newcomer.open(folder / "client0.jsonl").append({"n": "one more"})
    newcomer.backend.closed("client0")
    list(newcomer.backend.seen("client0.jsonl"))
    newcomer.backend.close()
    with log.open(encoding="utf-8") as stream:
        stream.seek(begun)
        text = stream.read()
    each: dict[str, Asked] = {}
    for found in _PLAN.findall(text):
        one = _asked(json.loads(found.replace("\n\t", "\n")))
        if one.said not in each or one.pages > each[one.said].pages:
            each[one.said] = one
    return list(each.values())


def _asked(told: dict[str, Any]) -> Asked:
    plan = told["Plan"]
    pages = plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
    said = " ".join(told["Query Text"].split())
    return Asked(said, tuple(_nodes(plan)), pages, plan["Actual Total Time"])


def _nodes(plan: dict[str, Any], deep: int = 0) -> Iterator[str]:
    """Yield the nodes of a plan that were run, each with what it reads."""
    of = plan.get("Index Name") or plan.get("Relation Name") or ""
    if plan.get("Actual Loops"):
        yield f"{'  ' * deep}{plan['Node Type']} {of}".rstrip()
    for below in plan.get("Plans", ()):
        yield from _nodes(below, deep + 1)


def main(words: list[str]) -> int:
    """Print for each size, whole and in parts, what a workspace takes and what is asked."""
    with running() as server:
        server.make_roles("ann")
        for workspaces in [int(word) for word in words] or SIZES:
            for parts in PARTS:
                begun, database = perf_counter(), f"of{workspaces}in{parts}"
                address = fill(server, database, workspaces, parts)
                took = perf_counter() - begun
                asked = explained(server, address)
                _print(server, database, workspaces, parts, asked, took)
    return 0


def _print(
    server: Server, database: str, workspaces: int, parts: int, asked: list[Asked], took: float
) -> None:
    with connect(ServerAddress.parse(server.url(database=database))) as base:
        found = base.execute("SELECT pg_database_size(current_database())").fetchone()
    size = found[0] if found else 0
    print(
        f"\n## {workspaces:,} workspaces, {f'{parts} partitions' if parts else 'no partitions'}\n"
    )
    each = size / workspaces / (LINES + 1)
    print(f"Made in {took:.0f} s; {size / 2**20:,.0f} MiB, {each:,.0f} bytes a line.\n")
    print("| pages | ms | asked |\n|---:|---:|---|")
    for one in asked:
        print(f"| {one.pages} | {one.took:.2f} | `{one.said[:90]}` |")
    print("\n```")
    for one in asked:
        print("\n".join([one.said[:90], *(f"    {node}" for node in one.nodes)]))
    print("```")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
