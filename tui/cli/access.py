"""`docket access`: the register of access and of leave to act."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from tui.cli.output import say, say_json, tell
from tui.cli.parsing import Parser, Verb, add_client, add_json
from tui.text import line_width, table
from tui.words import one_line
from tui.words.access import ACCESS_HEAD, access_json, access_row

if TYPE_CHECKING:
    from tui.cli.context import Context


def _arguments(parser: Parser) -> None:
    add_client(parser)
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    from store.docket.access import accesses
    from store.docket.blocked import working_days_blocked

    docket = context.workspace.docket(context.client(args.client), context.today)
    found = accesses(docket)
    if args.json:
        say_json([access_json(one) for one in found])
        return 0
    if not found:
        tell(f"Nothing yet: docket ask {docket.client} TEXT --for access, or --for leave.")
        return 0
    rows = [tuple(map(one_line, access_row(one))) for one in found]
    cells = line_width() if sys.stdout.isatty() else sys.maxsize
    for line in table(ACCESS_HEAD, rows, shrink=0, cells=cells):
        say(line)
    days = len(working_days_blocked(docket, context.workspace.config.working))
    if days:
        tell(f"Working days blocked by all that is waited for, each once: {days}.")
    return 0


VERBS = {
    "access": Verb(
        _arguments,
        _run,
        "docket access acme",
        notes="It holds what was asked for with `docket ask CLIENT TEXT --for access` (or\n"
        "leave, to act), access-withheld, about the request where it names it, and what\n"
        "`docket handover` gave back.",
    )
}
