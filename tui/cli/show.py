"""`docket show`: a docket entry by entry, corrections beside what they correct."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from store.docket import Standing
from store.entries import Kind, find_kind
from store.text import fold
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import Parser, Verb, add_json
from tui.text import line_width, wrap
from tui.words.entry import data_words, entry_json, link_words
from tui.words.moments import kind_words, occurred_words, recorded_words

if TYPE_CHECKING:
    from store.entries import Entry
    from tui.cli.context import Context

_INDENT = "    "


def _arguments(parser: Parser) -> None:
    parser.add_argument("words", metavar="CLIENT", nargs="+", help="a client, or one CLIENT#N")
    parser.add_argument("--kind", metavar="K", help="only entries of this kind")
    parser.add_argument("--since", metavar="D", help="only what happened on this day or later")
    parser.add_argument("--until", metavar="D", help="only what happened on this day or before")
    parser.add_argument("--find", metavar="TEXT", help="only what holds it, case and accents aside")
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    listed = _listed(args, context)
    if args.json:
        say_json([_json(one) for one in listed])
        return 0
    if not listed:
        tell("No entry fits.")
    wide = line_width()
    for one in listed:
        first, *lines = _lines(one)
        # What of the first line is too long goes under the others, not under the numbers.
        head, *more = wrap(first, wide)
        say("\n".join([head, *wrap(" ".join(more), wide, _INDENT)] if more else [head]))
        for line in lines:
            say("\n".join(wrap(line.lstrip(" "), wide, " " * (len(line) - len(line.lstrip(" "))))))
    return 0


def _listed(args: Namespace, context: Context) -> list[Standing]:
    if len(args.words) > 1 or "#" in args.words[0]:
        client, seq, _ = context.entry(args.words)
        from tui.cli.correct import target_of

        target_of(context, client, seq)  # refuses a number that is not there
        return [one for one in context.workspace.docket(client).standing if one.seq == seq]
    client = context.client(args.words[0])
    kind = find_kind(args.kind, context.workspace.config.kinds) if args.kind else None
    since, until = context.past_day(args.since), context.past_day(args.until)
    wanted = fold(args.find) if args.find else None
    return [
        one
        for one in context.workspace.docket(client).standing
        if (kind is None or _is(one, kind))
        and (since is None or one.entry.day >= since)
        and (until is None or one.entry.day <= until)
        and (wanted is None or wanted in fold(_searched(one)))
    ]


def _is(one: Standing, kind: Kind) -> bool:
    """Whether an entry is of `kind`; a word of the user's own asks for what was logged by it."""
    return one.original.called == kind.called if kind.called else one.original.kind == kind.id


def _searched(one: Standing) -> str:
    said = [one.entry.statement, one.original.statement, one.entry.kind, data_words(one.entry)]
    said.append(one.entry.called)
    said += [quote.text for quote in one.entry.quotes]
    said += [link.reason for link in one.original.links]
    return "\n".join([*said, *(addendum.statement for addendum in one.addenda)])


def _lines(one: Standing) -> Iterator[str]:
    entry = one.entry
    yield (
        f"{entry.client}#{one.seq} {'VOID ' if one.void else ''}{kind_words(entry)}, "
        f"{occurred_words(entry)}, recorded {recorded_words(entry)}"
    )
    yield from _body(entry)
    for link in one.original.links:
        reason = f": {link.reason}" if link.reason else ""
        yield f"{_INDENT}{link_words(entry, link)} #{link.seq}{reason}"
    for amendment in one.amendments:
        yield f"{_INDENT}amended by #{amendment.seq}"
    if one.amendments:
        yield from _original(one)
    for addendum in one.addenda:
        yield f"{_INDENT}#{addendum.seq} adds: {addendum.statement}"
        yield from _exhibits(addendum)
    if one.void:
        yield f"{_INDENT}voided by #{one.void.seq}"


def _body(entry: Entry) -> Iterator[str]:
    about = [data_words(entry), f"by {entry.channel}" if entry.channel else ""]
    about.append(f"source: {entry.source}" if entry.source != "witnessed" else "")
    about.append(entry.visibility if entry.visibility != "record" else "")
    about += [f"{name} {value}" for name, value in entry.refs.model_dump().items() if value]
    if any(about):
        yield f"{_INDENT}{'; '.join(filter(None, about))}"
    yield from _text(entry.statement)
    for quote in entry.quotes:
        yield from _text(f"“{quote.text}” ({quote.by})")
    yield from _exhibits(entry)


def _exhibits(entry: Entry) -> Iterator[str]:
    for exhibit in entry.exhibits:
        told = f", {exhibit.obtained}" if exhibit.obtained else ""
        size = f"{exhibit.size:,} bytes"
        yield f"{_INDENT}exhibit {exhibit.name}, {size}, {exhibit.sha256[:12]}{told}"


def _original(one: Standing) -> Iterator[str]:
    yield f"{_INDENT}it was first recorded as occurred {occurred_words(one.original)}:"
    for line in _body(one.original):
        yield f"{_INDENT}{line}"


def _text(text: str) -> Sequence[str]:
    return [f"{_INDENT}{line}" for line in text.split("\n")] if text else []


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
docket show acme --find café
docket show acme#12""",
        notes="--json prints a list of entries as they stand now, each with its `original` where\n"
        "it was amended, and the numbers of what corrects it.",
    )
}
