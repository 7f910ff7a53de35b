"""The schema on a server: made and migrated by number, each number a file of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from store.errors import DocketError, UsageError

from .address import ServerAddress
from .link import connect, refused

if TYPE_CHECKING:
    from psycopg import Connection

_FOLDER: Final = Path(__file__).with_name("schema")
ROLES: Final = {"own": "docket_owner", "write": "docket_writer", "read": "docket_reader"}
"""The role on the server for what a member may do."""

MOST_PARTITIONS: Final = 1024
_BY_WORKSPACE: Final = "PARTITION BY HASH (workspace)"
_LARGE: Final = ("journal", "line", "seen", "exhibit", "piece")


def migrations() -> dict[int, str]:
    """Return the migrations by number, in order."""
    return {int(path.stem): path.read_text("utf-8") for path in sorted(_FOLDER.glob("*.sql"))}


def init(address: ServerAddress, partitions: int = 0) -> tuple[int, int]:
    """Make what is missing of roles, schema and workspace; return the number before and now.

    With `partitions`, the large tables are made in so many parts, by workspace. It is for whoever
    may make roles, and schemas in that database. All or nothing. Raises UsageError where there are
    tables already, in another number of parts.
    """
    base = connect(address)
    import psycopg

    try:
        with base.transaction():
            base.execute("SELECT pg_advisory_xact_lock(hashtext('docket server init'))")
            _check_encoding(base)
            _make_roles(base)
            before = _number(base)
            for number, step in migrations().items():
                if number > before:
                    base.execute((_parted(step) if partitions else step).encode())
                    base.execute("INSERT INTO docket.version (number) VALUES (%s)", (number,))
            _make_parts(base, partitions, new=not before)
            base.execute(
                "INSERT INTO docket.workspace VALUES (%s) ON CONFLICT DO NOTHING",
                (address.workspace,),
            )
            base.execute(
                "INSERT INTO docket.member (name, workspace, may) VALUES (session_user, %s, 'own')"
                " ON CONFLICT DO NOTHING",
                (address.workspace,),
            )
            return before, _number(base)
    except psycopg.Error as error:
        raise refused(address, error) from error
    finally:
        base.close()


def _make_roles(base: Connection[Any]) -> None:
    for role in ROLES.values():
        if not base.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone():
            base.execute(b"CREATE ROLE %b NOLOGIN" % role.encode())


def _parted(step: str) -> str:
    return step.replace(f"/* {_BY_WORKSPACE} */", _BY_WORKSPACE)


def _make_parts(base: Connection[Any], partitions: int, *, new: bool) -> None:
    """Make the parts of new tables; nobody but whoever made them can reach one by its own name."""
    if not partitions:
        return
    found = base.execute(
        "SELECT count(*) FROM pg_inherits WHERE inhparent = 'docket.line'::regclass"
    ).fetchone()
    there = found[0] if found else 0
    if not new:
        if there != partitions:
            raise UsageError(
                f"The tables there have {there or 'no'} partitions, not {partitions}",
                "their number is chosen once",
                "Make another database with it, and move the dockets there: docket server move",
            )
        return
    for table in _LARGE:
        for part in range(partitions):
            base.execute(
                f"CREATE TABLE docket.{table}_{part} PARTITION OF docket.{table} "
                f"FOR VALUES WITH (MODULUS {partitions}, REMAINDER {part})".encode()
            )
            base.execute(
                "CREATE TRIGGER only_grows_here BEFORE UPDATE OR DELETE OR TRUNCATE "
                f"ON docket.{table}_{part} "
                "FOR EACH STATEMENT EXECUTE FUNCTION docket.refuse()".encode()
            )


def _number(base: Connection[Any]) -> int:
    """Return the number of the last migration that was done; 0 for none."""
    there = base.execute("SELECT to_regclass('docket.version')").fetchone()
    if there is None or there[0] is None:
        return 0
    found = base.execute("SELECT coalesce(max(number), 0) FROM docket.version").fetchone()
    return int(found[0]) if found else 0


def _check_encoding(base: Connection[Any]) -> None:
    if base.info.parameter_status("server_encoding") != "UTF8":
        raise DocketError(
            "That database cannot hold dockets",
            f"its encoding is {base.info.parameter_status('server_encoding')}",
            "Make one with: createdb --encoding=UTF8 --template=template0 NAME",
        )
