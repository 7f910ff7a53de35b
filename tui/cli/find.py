"""`docket find`: entries of all dockets that fit a filter, the newest first, each on one line."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from store.docket.filter import LANGUAGE
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import CLIENT, Parser, Verb, add_json
from tui.cli.progress import Progress
from tui.cli.show import add_filter, option_terms
from tui.text import fit, line_width
from tui.words import one_line
from tui.words.entry import gist, standing_json
from tui.words.find import names_near
from tui.words.moments import kind_called, occurred_words

if TYPE_CHECKING:
    from store.docket import Standing
    from tui.cli.context import Context


def _arguments(parser: Parser) -> None:
    parser.add_argument("words", metavar="WORDS", nargs="+", help="a filter")
    parser.add_argument("--client", metavar="CLIENT", help=f"only their docket: {CLIENT}")
    add_filter(parser)
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    from store.overview.finding import Finder

    asked = context.asked([*args.words, *option_terms(args, context)])
    clients = {context.client(args.client)} if args.client else None
    finder = Finder(context.workspace)
    with Progress(finder.behind(), "Reading", quiet=args.json) as progress:
        finder.look(progress)
    skipped = context.workspace.skipped
    skipped.update(finder.skipped)
    for other in skipped.keys() - (clients or skipped.keys()):
        del skipped[other]  # nobody asked about them
    found = finder.find(asked, context.today, clients=clients)
    if args.json:
        say_json([standing_json(one) for one in finder.read(found)])
        return 0
    if not found.hits:
        tell("No entry fits.")
        if said := names_near(asked, finder):
            tell(said)
    wide = line_width()
    for one in finder.read(found):
        say(fit(_line(one), wide).rstrip())
    return 0


def _line(one: Standing) -> str:
    entry = one.entry
    marks = "VOID " * bool(one.void) + "amended " * bool(one.amendments)
    head = f"{entry.client}#{one.seq} {marks}{kind_called(entry)}, {occurred_words(entry)}"
    said = gist(entry)
    return one_line(f"{head}: {said}" if said else head)


VERBS = {
    "find": Verb(
        _arguments,
        _run,
        """\
docket find logo
docket find login --client acme
docket find "two words" kind:late-payment since:2026-01""",
        notes=f"{LANGUAGE}\n\n"
        "What was withdrawn is marked VOID, what was corrected `amended`: it is found by what it\n"
        "said before as well. --json prints what `docket show --json` does.",
    ),
}
