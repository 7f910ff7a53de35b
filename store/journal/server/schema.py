"""The schema on a server: made and migrated by number, each number a file of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from store.errors import DocketError

from .address import ServerAddress
from .link import connect, refused

if TYPE_CHECKING:
    from psycopg import Connection

_FOLDER: Final = Path(__file__).with_name("schema")
ROLES: Final = {"own": "docket_owner", "write": "docket_writer", "read": "docket_reader"}
"""The role on the server for what a member may do."""


def migrations() -> dict[int, str]:
    """Return the migrations by number, in order."""
    return {int(path.stem): path.read_text("utf-8") for path in sorted(_FOLDER.glob("*.sql"))}


def init(address: ServerAddress) -> tuple[int, int]:
    """Make what is missing of roles, schema and workspace; return the number before and now.

    It is for whoever may make roles, and schemas in that database. All or nothing.
    """
    base = connect(address)
    import psycopg

    try:
        with base.transaction():
            base.execute("SELECT pg_advisory_xact_lock(hashtext('docket server init'))")
            _check_encoding(base)
            for role in ROLES.values():
                if not base.execute(
                    "SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)
                ).fetchone():
                    base.execute(b"CREATE ROLE %b NOLOGIN" % role.encode())
            before = _number(base)
            for number, step in migrations().items():
                if number > before:
                    base.execute(step.encode())
                    base.execute("INSERT INTO docket.version (number) VALUES (%s)", (number,))
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
