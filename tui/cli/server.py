"""`docket server`: a workspace that several machines share, on a PostgreSQL server you name."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from store.errors import UsageError
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import Parser, Verb, add_flag, add_json
from tui.text import line_width, table

if TYPE_CHECKING:
    from store.journal.server.address import ServerAddress
    from tui.cli.context import Context

_MAY = ("write", "read", "own")
_WORDS = {
    "init": ("ADDRESS",),
    "members": ("ADDRESS",),
    "join": ("ADDRESS", "NAME"),
    "leave": ("ADDRESS", "NAME"),
    "move": ("CLIENT", "WORKSPACE"),
    "outbox": (),
    "send": (),
    "edit": ("CLIENT~N", "TEXT"),
    "drop": ("CLIENT~N",),
    "give-back": (),
}


def _arguments(parser: Parser) -> None:
    parser.add_argument("what", choices=_WORDS, metavar="WHAT", help="one of the examples below")
    parser.add_argument("words", nargs="*", metavar="WORD", help="as in the examples below")
    parser.add_argument(
        "--may", choices=_MAY, default="write", help="what somebody who joins may do (write)"
    )
    parser.add_argument(
        "--reason", default="", metavar="WHY", help="why an entry in the outbox is dropped"
    )
    parser.add_argument(
        "--as",
        dest="other",
        default="",
        metavar="ID",
        help="with send: the id that a docket begun here is to have on the server",
    )
    parser.add_argument(
        "--client", action="append", default=[], metavar="ID", help="only with this client (again)"
    )
    parser.add_argument(
        "--partitions",
        type=int,
        default=0,
        metavar="N",
        help="with init: make the tables in N parts, for very many workspaces",
    )
    add_flag(parser, "--yes", "with give-back: do it; without, it is only shown")
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    wanted = ("CLIENT",) if args.what == "send" and args.other else _WORDS[args.what]
    if args.what == "give-back" and len(args.words) < 2:
        return _give_back(args, context)
    if len(args.words) != len(wanted):
        raise UsageError(
            f"`docket server {args.what}` takes {' and '.join(wanted) or 'no word'}",
            "",
            "See its --help",
        )
    if args.what == "move":
        return _move(args, context)
    if args.what in ("outbox", "send", "edit", "drop"):
        from tui.cli.outbox import run_outbox

        return run_outbox(args, context)
    from store.journal.server.address import ServerAddress

    address = ServerAddress.parse(args.words[0])
    if args.what == "init":
        return _init(address, args)
    if args.what == "members":
        return _members(address, args)
    from store.journal.server.members import join, leave

    name = args.words[1]
    if args.what == "join":
        join(address, name, args.may, args.client)
        what = {"write": "log and read", "read": "read", "own": "log, read and say who joins"}
        where = f"{', '.join(args.client)} of " if args.client else ""
        tell(f"{name} may {what[args.may]} in {where}{address.workspace} now.")
    else:
        leave(address, name)
        tell(
            f"{name} sees nothing of {address.workspace} any more. What they have stays with them."
        )
    return 0


def _init(address: ServerAddress, args: Namespace) -> int:
    from store.journal.server.schema import MOST_PARTITIONS, init

    if not 0 <= args.partitions <= MOST_PARTITIONS:
        raise UsageError("That is no number of partitions", "", f"At most {MOST_PARTITIONS}")
    before, now = init(address, args.partitions)
    if args.json:
        say_json({"workspace": address.workspace, "before": before, "schema": now})
    elif before == now:
        say(f"The schema is number {now} already; {address.workspace} is there.")
    else:
        say(f"Schema {now} is made, and in it the workspace {address.workspace}.")
        tell("Next, for each member:  docket server join ADDRESS NAME --may write")
    return 0


def _members(address: ServerAddress, args: Namespace) -> int:
    from store.journal.server.members import members

    found = members(address)
    if args.json:
        say_json([one._asdict() for one in found])
        return 0
    rows = [(one.name, one.may, ", ".join(one.clients) or "all clients") for one in found]
    for line in table(("member", "may", "with"), rows, shrink=2, cells=line_width()):
        say(line)
    return 0


def _give_back(args: Namespace, context: Context) -> int:
    """Show what a server lacks of what is here, or append it; 1 where something is left alone."""
    from store.journal.server.address import ServerAddress
    from store.journal.server.backend import PostgresBackend
    from store.upkeep.giving import give_back, lacking

    workspace = context.workspace
    shared = workspace.journals.shared
    if shared is None:
        raise UsageError("This workspace is not on a server", "", "`docket server move` moves one")
    backend = shared.backend
    if args.words:
        backend = PostgresBackend(ServerAddress.parse(args.words[0]))
    found = (give_back if args.yes else lacking)(workspace, backend)
    if args.json:
        told = {"given" if args.yes else "lacking": [one._asdict() for one in found.lacking]}
        say_json({**told, "refused": list(found.refused)})
        return 1 if found.refused else 0
    for one in found.lacking:
        say(one.said)
    tell(*found.refused)
    if not found.lacking and not found.refused:
        say("The server has all that this machine has.")
    elif found.lacking and not args.yes:
        tell("Nothing was touched. With --yes it is appended there, in order and byte for byte.")
    elif found.lacking:
        tell("It is given back. Ask the others to do the same: they may have seen more.")
    return 1 if found.refused else 0


def _move(args: Namespace, context: Context) -> int:
    from store.upkeep.moving import move_docket
    from store.workspace import Workspace
    from tui.cli.run import workspace_root

    client = context.client(args.words[0])
    context.touched.discard(client)
    target = Workspace.create(workspace_root(args.words[1]), clock=context.clock)
    moved = move_docket(context.workspace, client, target)
    if args.json:
        say_json({"client": client, **moved._asdict()})
    else:
        say(f"{client} is moved, byte for byte: {moved.entries} entries, head {moved.head}.")
        for line in moved.told:
            tell(line)
    return 0


VERBS = {
    "server": Verb(
        _arguments,
        _run,
        """\
docket server init postgresql://admin@db.example/studio
docket server join postgresql://admin@db.example/studio ann --may write
docket server join postgresql://admin@db.example/studio books --may read --client acme
docket server members postgresql://ann@db.example/studio
docket server leave postgresql://admin@db.example/studio ann
docket server move acme postgresql://ann@db.example/studio
docket server outbox
docket server send
docket server send acme --as acme-media
docket server edit acme~1 "The logo files came on Friday"
docket server drop acme~1 --reason "logged by Bea already"
docket server give-back
docket server give-back --yes
""",
        notes="Docket opens no connection but to the server you name. `docket help studio` says\n"
        "what it needs, and what lies there.",
        loose=False,
    )
}
