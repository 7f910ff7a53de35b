"""`docket repair`: begin to put something right, with one useful act and its day."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from store.entries.words import entry_named
from store.tone.sent import apology_words
from tui.cli.output import tell
from tui.cli.parsing import Parser, Verb, add_entry, add_json, add_on

if TYPE_CHECKING:
    from tui.cli.context import Context


def _arguments(parser: Parser) -> None:
    add_entry(parser, "TEXT is what you will do: the smallest useful act first")
    parser.add_argument("--by", metavar="D", help="the day by which it is done: fri, +3d")
    parser.add_argument("--apology", default="", metavar="TEXT", help="the words you say sorry in")
    parser.add_argument("--why", default="", metavar="TEXT", help="why a third repair will help")
    add_on(parser, "when you offered it")
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    from store.overview.standing import scene_of
    from store.playbook.repair import Offer, begun, opening

    target, words = context.target(args.words)
    docket = context.workspace.docket(target.client)
    on = context.when(args.on).day
    offer = Offer(" ".join(words), context.day(args.by, on), args.apology, args.why, on)
    told = begun(docket, offer)
    if said := opening(scene_of(docket, context.workspace)):
        tell(said)
    seq = 0
    for kind, (text, data) in told.items():
        seq = context.log(args, target.client, kind, [text], data=data, after=target)
    tell(*apology_words(args.apology, docket.profile.language))
    name = entry_named(target.client, seq)
    tell(f"It ends with its outcome: docket outcome {name} yes, partly or no")
    return 0


VERBS = {
    "repair": Verb(
        _arguments,
        _run,
        """\
docket repair acme#12 "Send the corrected price list" --by fri
docket repair acme#12 Call Ann and fix the form --by +2d --apology "I sent the wrong list"\
""",
        notes="One act with a day will do to begin. `docket letter CLIENT apology --about '#12'`\n"
        "has the words to send; the repair stays a next step until its outcome is known.",
    )
}
