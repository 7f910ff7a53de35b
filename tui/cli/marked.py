"""The marks of quick capture in the words of `docket log`: `s:2 @yesterday +0.5h`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from store.capture.marks import Marks, looks_like_a_mark, pieces, read_marks
from store.capture.reading import Reading, beside_text
from store.capture.unread import unread
from store.errors import UsageError
from store.text import Verbatim
from store.tone.settlement import begins_as
from tui.cli.fields import SHAPED
from tui.cli.output import tell

if TYPE_CHECKING:
    from store.entries import Kind
    from tui.cli.context import Context


def read_words(
    args: Namespace, kind: Kind, words: Sequence[str], context: Context, client: str
) -> list[str]:
    """Return the text in `words`, whose marks are moved to `args`; UsageError where they clash.

    One word, or one text in quotes, is text and nothing else; so is what stood behind `--`.
    """
    plain = [word for word in words if not isinstance(word, Verbatim)]
    if len(words) < 2:
        _tell_kept(plain, context)
        return list(words)
    marks = read_marks([_literal(word) for word in words], context.clock(), "-- ")
    text: list[str] = marks.words
    data: dict[str, Any] = {}
    if kind.id in SHAPED and not _has_sum(args):
        text, data = _shaped(kind, marks, args, context, client)
    if marks.problems:
        raise UsageError(
            f"{marks.problems[0][:1].upper()}{marks.problems[0][1:]}",
            "",
            "Words behind -- are kept as text",
        )
    _move(args, marks, context)
    args.read = data
    if marks.taken or data:
        shown = args.visibility or begins_as(kind.id, [" ".join(text), *args.quote])
        reading = _reading(kind, marks, data, shown)
        said = ", ".join(beside_text(reading, context.today))
        tell(f"Read: {said}, from {' '.join(marks.taken)}. Words after -- are kept as text.")
    for hint in unread(kind, " ".join(text).split(), context.today):
        tell(f"Kept as text: {hint}.")
    return text


def _has_sum(args: Namespace) -> bool:
    return args.amount is not None or any(pair.startswith("amount=") for pair in args.set)


def _shaped(
    kind: Kind, marks: Marks, args: Namespace, context: Context, client: str
) -> tuple[list[str], dict[str, Any]]:
    """Return the text and the data that the words of `kind` make, as in the app."""
    from store.capture.shapes import Background as Around
    from store.capture.shapes import shape_for

    docket = context.workspace.docket(client)
    currency = context.currency(client, args.currency)
    shape = shape_for(kind, marks, Around(context.clock(), docket, currency))
    marks.problems += shape.problems
    return [shape.statement], shape.data


def _literal(word: str) -> str:
    """Return an argument as a word to be read; what was quoted in the shell is text."""
    quoted = any(sign.isspace() or sign in '"“”„«»' for sign in word)
    return Verbatim(word) if quoted else word


def _tell_kept(words: Sequence[str], context: Context) -> None:
    """Say which marks stay text, being quoted: nobody could tell later."""
    if words in ([], ["-"]):
        return
    found = [one for word in words for one in pieces(word) if looks_like_a_mark(one)]
    marks = read_marks(found, context.clock())
    if found and not marks.problems and marks.taken:
        tell(
            f"{' '.join(marks.taken)} stays text: marks are read where the text is several words, "
            "not in one quoted text."
        )


def _move(args: Namespace, marks: Marks, context: Context) -> None:
    """Set what the marks say where no option does; UsageError where one says something else."""
    if args.on is not None and marks.when is not None:
        _same("--on", context.when(args.on), marks.when, args.on)
    elif marks.when is not None:
        args.moment = marks.when
    if args.hours is not None and marks.hours is not None:
        from store.quantities import parse_hours

        _same("--hours", parse_hours(args.hours), marks.hours, args.hours)
    elif marks.hours is not None:
        args.hours = str(marks.hours)
    for name in ("severity", "channel", "visibility"):
        said, marked = getattr(args, name), getattr(marks, name)
        if said is not None and marked is not None:
            _same(f"--{name}", said, marked, said)
        elif marked is not None:
            setattr(args, name, marked)


def _same(option: str, said: object, marked: object, typed: object) -> None:
    if said != marked:
        raise UsageError(
            f"{option} says {typed}, and a mark in the text something else",
            "",
            "Leave one of them out, or put -- before words that are text",
        )


def _reading(kind: Kind, marks: Marks, data: dict[str, Any], shown: str) -> Reading:
    return Reading(
        None,
        kind.id,
        data=data,
        when=marks.when,
        severity=marks.severity,
        hours=marks.hours,
        channel=marks.channel,
        visibility=shown,
    )
