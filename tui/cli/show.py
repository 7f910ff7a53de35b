"""`docket show` and `docket find`: entries of one docket, or of all, that fit a filter."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from store.docket import Docket, Standing
from store.docket.checks import standing_entry
from store.docket.filter import LANGUAGE, quoted
from tui.cli.output import say, say_hanging, say_json, say_wrapped, tell
from tui.cli.parsing import Parser, Verb, add_json
from tui.text import fit, line_width
from tui.words import one_line
from tui.words.entry import entry_json, gist, paragraphs_of
from tui.words.moments import kind_called, occurred_words
from tui.words.whole import whole_json, whole_lines

if TYPE_CHECKING:
    from tui.cli.context import Context

_INDENT = "    "
_FACTS = " " * 10
_NUMBER = re.compile(r"#?\d{1,9}")


def _arguments(parser: Parser) -> None:
    parser.add_argument(
        "words", metavar="CLIENT [FILTER]", nargs="+", help="a client, or one CLIENT#N; a filter"
    )
    parser.add_argument("--kind", metavar="K", help="only entries of this kind")
    parser.add_argument("--since", metavar="D", help="only what happened on this day or later")
    parser.add_argument("--until", metavar="D", help="only what happened on this day or before")
    parser.add_argument("--find", metavar="TEXT", help="only what holds it, case and accents aside")
    add_json(parser)


def _find_arguments(parser: Parser) -> None:
    parser.add_argument("words", metavar="WORDS", nargs="+", help="a filter")
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    docket, listed = _listed(args, context)
    single = _names_one(args.words)
    if args.json:
        say_json([{**_json(one), **_whole(docket, one.seq, single)} for one in listed])
        return 0
    if not listed:
        tell("No entry fits.")
    for one in listed:
        first, *lines = _lines(one)
        # What of the first line is too long goes under the others, not under the numbers.
        say_hanging(first, _INDENT)
        for line in lines:
            say_wrapped(line)
        if single:
            from store.evidence.exhibits import Exhibits

            say("")
            kept = Exhibits(context.workspace.places.exhibits)
            for line in whole_lines(docket, one, kept):
                say_hanging(line, _FACTS)
    return 0


def _names_one(words: Sequence[str]) -> bool:
    return "#" in words[0] or _NUMBER.fullmatch(" ".join(words[1:2])) is not None


def _whole(docket: Docket, seq: int, single: bool) -> dict[str, Any]:
    return whole_json(docket, seq) if single else {}


def _listed(args: Namespace, context: Context) -> tuple[Docket, Sequence[Standing]]:
    """Return a docket, and what of it was asked for."""
    if _names_one(args.words):
        client, seq, words = context.entry(args.words)
        standing_entry(context.workspace.docket(client), seq)  # refuses one that is not there
        words = [f"#{seq}", *words]
    else:
        client, words = context.client(args.words[0]), args.words[1:]
    asked = context.asked([*words, *_flags(args, context)])
    docket = context.workspace.docket(client)
    return docket, docket.fitting(asked)


def _flags(args: Namespace, context: Context) -> Iterator[str]:
    """Yield what the options ask for as terms of a filter."""
    if args.kind:
        yield f"kind:{quoted(args.kind)}"
    for name in ("since", "until"):
        if day := context.past_day(getattr(args, name)):
            yield f"{name}:{day}"
    if args.find:
        yield quoted(args.find)


def _find(args: Namespace, context: Context) -> int:
    """Print what fits on every docket, the newest first, each on one line."""
    asked = context.asked(args.words)
    found: list[Standing] = []
    for docket in context.workspace.dockets():
        found += docket.log.only({one.seq for one in docket.fitting(asked)})
    found.sort(key=lambda one: one.entry.occurred_at, reverse=True)
    if args.json:
        say_json([_json(one) for one in found])
    elif not found:
        tell("No entry fits.")
    else:
        wide = line_width()
        for one in found:
            said = gist(one.entry)
            line = one_line(f"{_head(one)}: {said}" if said else _head(one))
            say(fit(line, wide).rstrip())
    return 0


def _head(one: Standing) -> str:
    entry = one.entry
    void = "VOID " if one.void else ""
    return f"{entry.client}#{one.seq} {void}{kind_called(entry)}, {occurred_words(entry)}"


def _lines(one: Standing) -> Iterator[str]:
    head, *others = paragraphs_of(one)
    yield f"{one.entry.client}#{one.seq} {head.text}"
    for role, text in others:
        indent = _INDENT * 2 if role == "struck" else _INDENT
        yield from (f"{indent}{line}" for line in text.split("\n"))


def _json(one: Standing) -> dict[str, Any]:
    return {
        **entry_json(one.entry),
        "counts": one.counts,
        "original": entry_json(one.original) if one.amendments else None,
        "amended_by": [entry.seq for entry in one.amendments],
        "added_to_by": [entry.seq for entry in one.addenda],
        "voided_by": one.void.seq if one.void else None,
    }


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
        "it was amended, and the numbers of what corrects it.",
    ),
    "find": Verb(
        _find_arguments,
        _find,
        """\
docket find logo
docket find "two words" kind:late-payment since:2026-01""",
        notes=f"{LANGUAGE}\n\n"
        "What was withdrawn is marked VOID. --json prints what `docket show --json` does.",
    ),
}
