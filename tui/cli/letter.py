"""`docket letter`: the words for a step, filled from the docket, to copy, change and send."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from store.errors import UsageError
from store.languages import parse_language
from store.languages.wording import NamedFact
from store.overview.standing import scene_of
from store.playbook.letters import Letter, letter, letter_kinds
from store.playbook.letters.facts import facts_for, situation, spoken_to
from store.playbook.letters.sorts import FACTS, SITUATIONS
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import Parser, Verb, add_client, add_json, add_set, values_set
from tui.text import wrap

if TYPE_CHECKING:
    from store.playbook.scene import Scene
    from store.playbook.step import NextStep
    from tui.cli.context import Context

_LINE = 72
"""Columns of a line of a letter, as mails have them."""


def _arguments(parser: Parser) -> None:
    add_client(parser)
    kinds = [kind for kind in letter_kinds() if kind not in SITUATIONS.values()]
    parser.add_argument(
        "letter",
        metavar="KIND",
        nargs="?",
        help=f"{', '.join(kinds)}, no ({', '.join(SITUATIONS.values())}); without it, that of the"
        " next step",
    )
    parser.add_argument("--about", default="", metavar="N", help="the invoice, or the entry's #N")
    parser.add_argument("--lang", metavar="L", help="default: the language of the client")
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
    found = _filled(args, context, scene, wanted, about)
    _tell(found, args)
    return 0


def _filled(args: Namespace, context: Context, scene: Scene, wanted: str, about: str) -> Letter:
    said = values_set(args.set)
    if unknown := [name for name in said if name not in FACTS]:
        raise UsageError(f"'{unknown[0]}' is no fact of a letter", "", f"Use {', '.join(FACTS)}")
    code = parse_language(args.lang) if args.lang else spoken_to(scene)
    kind = situation(scene, about) if wanted == "no" else wanted
    facts = facts_for(scene, about, code) | {name: NamedFact(text) for name, text in said.items()}
    return letter(kind, facts, code, context.workspace.places.letters)


def _first(steps: tuple[NextStep, ...], about: str) -> NextStep:
    for step in steps:
        if step.letter and about in ("", step.about):
            return step
    known = ", ".join(letter_kinds())
    raise UsageError("No next step has a letter", f"there is {known}", "Name one of these")


def _tell(found: Letter, args: Namespace) -> None:
    if args.json:
        say_json(
            {
                **found._asdict(),
                "rests_on": [one._asdict() for one in found.rests_on],
            }
        )
        return
    tell(*found.doubts)
    say(f"Subject: {found.subject}\n")
    for line in wrap(found.body.rstrip(), _LINE):
        say(line)
    for name in found.missing:
        tell(f"It lacks {FACTS[name]}: --set {name}=…")
    for name in found.choices:
        tell(f"It may also say {FACTS[name]}: --set {name}=…")
    if seqs := sorted({seq for one in found.rests_on for seq in one.entries}):
        tell(f"It rests on {', '.join(f'#{seq}' for seq in seqs)}.")


VERBS = {
    "letter": Verb(
        _arguments,
        _run,
        """\
docket letter acme
docket letter acme stop-notice --about INV-42 --lang fi
docket letter acme final-demand --set next_measure='file a claim'""",
        notes="It is sent by you, as you like it: nothing is logged before you log it.",
    )
}
