"""`docket letter`: the words for a step, filled from the docket, to copy, change and send."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from store.errors import UsageError
from store.overview.standing import scene_of
from store.playbook.letters import FACTS, Letter, facts_for, letter, letter_ids
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import Parser, Verb, add_client, add_json, add_set, values_set
from tui.text import wrap

if TYPE_CHECKING:
    from store.playbook.step import NextStep
    from tui.cli.context import Context

_LINE = 72
"""Columns of a line of a letter, as mails have them."""


def _arguments(parser: Parser) -> None:
    add_client(parser)
    parser.add_argument(
        "letter",
        metavar="LETTER",
        nargs="?",
        help=f"{', '.join(letter_ids())}; without it, that of the next step",
    )
    parser.add_argument("--about", default="", metavar="N", help="the invoice, or the entry's #N")
    add_set(parser, "a fact it asks for, such as new_date='20 December 2026'")
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    from store.playbook.next_steps import next_steps

    docket = context.workspace.docket(context.client(args.client), context.today)
    scene = scene_of(docket, context.workspace)
    wanted, about = args.letter, args.about
    if about.isdecimal() and docket.ledger.find(about) is None:
        about = f"#{about}"  # in a shell a word that begins with # is a comment
    if wanted is None:
        step = _first(next_steps(scene), about)
        wanted, about = step.letter, about or step.about
    said = values_set(args.set)
    if unknown := [name for name in said if name not in FACTS]:
        raise UsageError(f"'{unknown[0]}' is no fact of a letter", "", f"Use {', '.join(FACTS)}")
    found = letter(wanted, {**facts_for(scene, about), **said})
    _tell(found, args)
    return 0


def _first(steps: tuple[NextStep, ...], about: str) -> NextStep:
    for step in steps:
        if step.letter in letter_ids() and about in ("", step.about):
            return step
    raise UsageError(
        "No next step has a letter", f"there is {', '.join(letter_ids())}", "Name one of these"
    )


def _tell(found: Letter, args: Namespace) -> None:
    if args.json:
        say_json(
            {
                **found._asdict(),
                "missing": list(found.missing),
                "choices": list(found.choices),
            }
        )
        return
    say(f"Subject: {found.subject}\n")
    for line in wrap(found.body.rstrip(), _LINE):
        say(line)
    for name in found.missing:
        tell(f"It lacks {FACTS[name]}: --set {name}=…")
    for name in found.choices:
        tell(f"It may also say {FACTS[name]}: --set {name}=…")


VERBS = {
    "letter": Verb(
        _arguments,
        _run,
        """\
docket letter acme
docket letter acme stop-notice --about INV-42
docket letter acme final-demand --set next_measure='file a claim'""",
        notes="It is sent by you, as you like it: nothing is logged before you log it.",
    )
}
