"""`docket items`: the work item by item, with rounds, approvals and trifles."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from tui.cli.output import say, say_json, tell
from tui.cli.parsing import Parser, Verb, add_client, add_json
from tui.text import line_width, table
from tui.words import one_line
from tui.words.items import ITEM_HEAD, item_json, item_notes, item_rows

if TYPE_CHECKING:
    from tui.cli.context import Context


def _arguments(parser: Parser) -> None:
    add_client(parser)
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    from store.docket.items import work_items

    items = work_items(context.workspace.docket(context.client(args.client), context.today))
    if args.json:
        say_json([item_json(item) for item in items])
        return 0
    if not items:
        tell("No item yet: `docket deliver` begins one, and so does a --project.")
        return 0
    rows = [tuple(map(one_line, row)) for row in item_rows(items)]
    cells = line_width() if sys.stdout.isatty() else sys.maxsize
    say(*table(ITEM_HEAD, rows, shrink=0, cells=cells))
    for note in item_notes(items):
        tell(one_line(note))
    return 0


VERBS = {
    "items": Verb(
        _arguments,
        _run,
        "docket items acme",
        notes="An item is what entries name in common: a delivery and what is --about it, or one\n"
        "--project. Where there is one item only, what names nothing is of that one. Rounds are\n"
        "rework, of those agreed (`--revisions`, or `docket deliver --rounds` for one item);\n"
        "trifles are micro-change, beyond is scope-creep, approvals are requests that name the\n"
        "delivery or ask to approve, and approval-block.",
    )
}
