"""Who is a member of a workspace on a server, and what each may do there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from store.errors import UsageError
from store.text import clean_line

from .address import ServerAddress
from .driver import check_driver
from .link import connect, refused
from .schema import ROLES

if TYPE_CHECKING:
    from psycopg import Connection

_ALL = "*"


class StudioMember(NamedTuple):
    """A role that may log in; of which clients, none being named for all; and what it may do."""

    name: str
    may: str
    clients: tuple[str, ...] = ()


def members(address: ServerAddress) -> list[StudioMember]:
    """Return the members of the workspace, in order of name."""
    found: dict[str, StudioMember] = {}
    with _connected(address) as base:
        rows = base.execute(
            "SELECT name, may, client FROM docket.fellow WHERE workspace = %s"
            " ORDER BY name, client",
            (address.workspace,),
        )
        for name, may, client in rows:
            known = found.get(name, StudioMember(clean_line(name), may))
            clients = known.clients if client == _ALL else (*known.clients, client)
            found[name] = known._replace(clients=clients)
    return list(found.values())


def join(address: ServerAddress, name: str, may: str, clients: Sequence[str] = ()) -> None:
    """Let the role `name` do what `may` says, with these clients or with all.

    UsageError where there is no such role: whoever runs the server makes it, with its password.
    """
    check_driver()
    from psycopg import sql

    with _connected(address) as base, base.transaction():
        if not base.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,)).fetchone():
            raise UsageError(
                f"The server knows no role {name}", "", f'First: createuser --pwprompt "{name}"'
            )
        _forget(base, address, name)
        granted = ROLES.values() if may == "own" else (ROLES[may],)
        for role in granted:
            option = sql.SQL(" WITH ADMIN OPTION" if may == "own" else "")
            grant = sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), sql.Identifier(name))
            base.execute(grant + option)
        for client in clients or (_ALL,):
            base.execute(
                "INSERT INTO docket.member (name, workspace, client, may) VALUES (%s, %s, %s, %s)",
                (name, address.workspace, client, may),
            )


def leave(address: ServerAddress, name: str) -> None:
    """Let the role `name` see nothing of the workspace any more."""
    with _connected(address) as base, base.transaction():
        if not _forget(base, address, name):
            raise UsageError(f"{name} is no member of {address.workspace}")


def _forget(base: Connection[Any], address: ServerAddress, name: str) -> bool:
    gone = base.execute(
        "DELETE FROM docket.member WHERE name = %s AND workspace = %s", (name, address.workspace)
    )
    return gone.rowcount > 0


@contextmanager
def _connected(address: ServerAddress) -> Iterator[Connection[Any]]:
    base = connect(address)
    import psycopg

    try:
        yield base
    except psycopg.Error as error:
        raise refused(address, error) from error
    finally:
        base.close()
