"""`docket card`: one client on one page, each line with the entries behind it."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from tui.cli.output import say, say_json
from tui.cli.parsing import Parser, Verb, add_client, add_json
from tui.text import line_width

if TYPE_CHECKING:
    from tui.cli.context import Context


def _arguments(parser: Parser) -> None:
    add_client(parser)
    parser.add_argument(
        "--with-private",
        action="store_true",
        help="with --json: also verdict, next steps, decisions and check-ins",
    )
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    from store.docket.discretion import docket_shown
    from store.overview.card import card, full_card
    from store.overview.standing import scene_of

    docket, openly = docket_shown(context.workspace, context.client(args.client)), context.discreet
    if openly:
        found = card(docket, context.workspace.config.working)
    else:
        found = full_card(scene_of(docket, context.workspace))
    if args.json:
        from tui.words.card_json import card_json

        say_json(card_json(found, private=args.with_private))
        return 0
    from tui.words.card import card_lines

    say(*card_lines(found, line_width(), openly=openly))
    return 0


VERBS = {
    "card": Verb(
        _arguments,
        _run,
        """\
docket card acme
docket card acme --json""",
        notes="It tells what is agreed, owed, open and felt; [#12] are the entries behind a line.\n"
        "Parts that say so are private: no record has them, and --json leaves them out unless\n"
        "--with-private is given.",
    )
}
