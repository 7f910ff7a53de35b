"""`docket show`: entries of one docket, in full, that fit a filter."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from store.docket import Docket, Standing
from store.docket.checks import standing_entry
from store.docket.discretion import docket_shown
from store.docket.filter import LANGUAGE, quoted
from store.entries.words import entry_named
from tui.cli.output import say, say_hanging, say_json, say_wrapped, tell
from tui.cli.parsing import Parser, Verb, add_json
from tui.words.entry import Label, paragraphs_of, standing_json, unlabelled
from tui.words.outbox import state_words
from tui.words.whole import labels_of, whole_json, whole_lines

if TYPE_CHECKING:
    from tui.cli.context import Context

_INDENT = "    "
_FACTS = " " * 10
_NUMBER = re.compile(r"#?\d{1,9}")


def _arguments(parser: Parser) -> None:
    parser.add_argument(
        "words", metavar="CLIENT [FILTER]", nargs="+", help="a client, or one CLIENT#N; a filter"
    )
    add_filter(parser)
    parser.add_argument("--find", metavar="TEXT", help="only what holds it, case and accents aside")
    add_json(parser)


def add_filter(parser: Parser) -> None:
    """Add the options that are terms of a filter."""
    parser.add_argument("--kind", metavar="K", help="only entries of this kind")
    parser.add_argument("--since", metavar="D", help="only what happened on this day or later")
    parser.add_argument("--until", metavar="D", help="only what happened on this day or before")


def _run(args: Namespace, context: Context) -> int:
    if _names_waiting(args.words):
        return _show_waiting(args, context)
    docket, listed = _listed(args, context)
    single = _names_one(args.words)
    label = labels_of(context.workspace.docket(docket.client), context.workspace.author)
    waiting = [] if single or context.discreet else _waiting(args, context, docket.client)
    if args.json:
        more = [whole_json(docket, one, label) if single else {} for one in listed]
        told = [{**standing_json(one), **also} for one, also in zip(listed, more, strict=True)]
        say_json([*told, *map(standing_json, waiting)])
        return 0
    if not listed and not waiting:
        tell("No entry fits.")
    for one in listed:
        first, *lines = _lines(one, label)
        # What of the first line is too long goes under the others, not under the numbers.
        say_hanging(first, _INDENT)
        for line in lines:
            say_wrapped(line)
        if single:
            from store.evidence.at_hand import bring_exhibits
            from store.evidence.exhibits import Exhibits

            say("")
            bring_exhibits(context.workspace, [docket.client])
            kept = Exhibits(context.workspace.places.exhibits)
            for line in whole_lines(docket, one, kept, label):
                say_hanging(line, _FACTS)
    _say_waiting(waiting)
    return 0


def _say_waiting(waiting: Sequence[Standing]) -> None:
    """Print what is not on record yet, below what is."""
    for one in waiting:
        first, *lines = _lines(one)
        say_hanging(first, _INDENT)
        for line in lines:
            say_wrapped(line)


def _show_waiting(args: Namespace, context: Context) -> int:
    """Print one entry that waits in the outbox, and why."""
    client, seq, _ = context.entry(args.words)
    entry = context.standing(client, seq)
    one = Standing(entry, entry)
    if args.json:
        say_json([standing_json(one)])
        return 0
    _say_waiting([one])
    outbox = context.workspace.journals.outbox
    if outbox and (found := outbox.find(seq)):
        say(f"{_INDENT}{state_words(found)}")
        if found.remedy:
            say(f"{_INDENT}{found.remedy}")
    return 0


def _waiting(args: Namespace, context: Context, client: str) -> list[Standing]:
    """Return what waits in the outbox, where all was asked for: it stands on no docket yet."""
    if len(args.words) > 1 or args.kind or args.since or args.until or args.find:
        return []
    return [Standing(one, one) for one in context.workspace.journals.waiting(client)]


def _names_waiting(words: Sequence[str]) -> bool:
    return re.fullmatch(r".+~\d{1,9}", words[0]) is not None


def _names_one(words: Sequence[str]) -> bool:
    return "#" in words[0] or _NUMBER.fullmatch(" ".join(words[1:2])) is not None


def _listed(args: Namespace, context: Context) -> tuple[Docket, Sequence[Standing]]:
    """Return a docket, and what of it was asked for."""
    if _names_one(args.words):
        client, seq, words = context.entry(args.words)
        standing_entry(docket_shown(context.workspace, client), seq)
        words = [f"#{seq}", *words]
    else:
        client, words = context.client(args.words[0]), args.words[1:]
    text = [quoted(args.find)] if args.find else []
    asked = context.asked([*words, *option_terms(args, context), *text])
    docket = docket_shown(context.workspace, client)
    return docket, docket.fitting(asked)


def option_terms(args: Namespace, context: Context) -> Iterator[str]:
    """Yield what the options ask for as terms of a filter."""
    if args.kind:
        yield f"kind:{quoted(args.kind)}"
    for name in ("since", "until"):
        if day := context.past_day(getattr(args, name)):
            yield f"{name}:{day}"


def _lines(one: Standing, label: Label = unlabelled) -> Iterator[str]:
    head, *others = paragraphs_of(one, label)
    yield f"{entry_named(one.entry.client, one.seq)} {head.text}"
    for role, text in others:
        indent = _INDENT * 2 if role == "struck" else _INDENT
        yield from (f"{indent}{line}" for line in text.split("\n"))


VERBS = {
    "show": Verb(
        _arguments,
        _run,
        """\
docket show acme --since "1 Nov" --kind late-payment
docket show acme since:2026-01 kind:late-payment,no-reply invoice
docket show acme --find café
docket show acme#12""",
        notes=f"{LANGUAGE}\n\n"
        "--json prints a list of entries as they stand now, each with its `original` where\n"
        "it was amended, and the numbers of what corrects it; of one entry also `shown_to`,\n"
        "`around` and `unanswered_days`, as the screen of an entry has them.",
    ),
}
