"""Splits a captured line into its marks (`!2 @yesterday +0.5h ^phone`), options and words."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import get_args

from store.dates import When, parse_when
from store.entries import Channel, Visibility
from store.errors import DocketError

CHANNELS: tuple[str, ...] = get_args(Channel)
_CHANNEL_WORDS = {
    "mail": "email",
    "call": "phone",
    "tel": "phone",
    "sms": "chat",
    "slack": "chat",
    "whatsapp": "chat",
    "zoom": "video",
    "met": "meeting",
    "post": "letter",
}
_PIECE = re.compile(r'"[^"\n]+"\S*|“[^”\n]+”\S*|\S+')
_QUOTED = re.compile(r'["“]([^"”\n]+)["”]')
_HOURS = re.compile(r"\+(?:(\d{1,3}(?:[.,]\d{1,2})?|[.,]\d{1,2})h)?(?:(\d{1,3})m(?:in)?)?")
_TIME_OF_DAY = re.compile(r"\d{1,2}:\d{2}|\d{1,2}(?:am|pm)")


@dataclass(slots=True)
class Marks:
    """What a line says besides its words; `problems` says which marks make no sense."""

    words: list[str] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    severity: int | None = None
    when: When | None = None
    hours: Decimal | None = None
    channel: str | None = None
    visibility: str = "record"
    options: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def read_marks(line: str, now: datetime) -> Marks:
    """Return the marks of `line`, in the zone and at the moment of `now`."""
    marks = Marks()
    moments: list[str] = []
    for piece in pieces(line):
        if quoted := _QUOTED.match(piece):
            marks.quotes.append(quoted[1].strip())
            marks.words.append(piece)
        elif piece.startswith("@") and len(piece) > 1:
            moments.append(piece[1:])
        elif not _take(piece, marks):
            marks.words.append(piece)
    if moments:
        _set_when(moments, marks, now)
    return marks


def pieces(line: str) -> list[str]:
    """Return `line` split at its blanks, those between quotes aside."""
    return _PIECE.findall(line)


def take_options(marks: Marks, names: Collection[str]) -> None:
    """Move the words such as `due:fri` that `names` has into the options; any other stays."""
    words, marks.words = marks.words, []
    for word in words:
        typed, _, value = word.partition(":")
        name = typed.lower()
        if not value or name not in names:
            marks.words.append(word)
        elif name in marks.options:
            marks.problems.append(f"{name}: is given twice")
        else:
            marks.options[name] = value


def _take(piece: str, marks: Marks) -> bool:
    """Take `piece` if it is a mark, and say whether it was."""
    if re.fullmatch(r"!{1,3}|!\d", piece):
        _set_severity(piece, marks)
    elif (spent := _HOURS.fullmatch(piece)) and (spent[1] or spent[2]):
        hours = Decimal((spent[1] or "0").replace(",", "."))
        minutes = Decimal(spent[2] or 0) / 60
        _once(marks.hours, piece, marks)
        marks.hours = (hours + minutes).quantize(Decimal("0.01")).normalize() + 0
    elif piece.startswith("^") and len(piece) > 1:
        _set_channel(piece[1:].lower(), marks)
    elif piece.startswith("~") and piece[1:] in get_args(Visibility):
        marks.visibility = piece[1:]
    else:
        return False
    return True


def _once(before: object, piece: str, marks: Marks) -> None:
    """Say so where a mark of the same sort came `before`: only one of them could be kept."""
    if before is not None:
        marks.problems.append(f"{piece} says anew what another mark said; leave one of them")


def _set_severity(piece: str, marks: Marks) -> None:
    severity = int(piece[1:]) if piece[1:].isdigit() else len(piece)
    _once(marks.severity, piece, marks)
    if 1 <= severity <= 3:
        marks.severity = severity
    else:
        marks.problems.append(f"severity goes from !1 to !3, not {piece}")


def _set_channel(typed: str, marks: Marks) -> None:
    found = _CHANNEL_WORDS.get(typed)
    starting = [channel for channel in CHANNELS if channel.startswith(typed)]
    if found is None and len(starting) != 1:
        marks.problems.append(f"'^{typed[:20]}' is no channel; use ^{' ^'.join(CHANNELS)}")
        return
    _once(marks.channel, f"^{typed}", marks)
    marks.channel = found or starting[0]


def _set_when(moments: list[str], marks: Marks, now: datetime) -> None:
    days = [one for one in moments if not _TIME_OF_DAY.fullmatch(one.lower())]
    times = [one for one in moments if _TIME_OF_DAY.fullmatch(one.lower())]
    typed = " ".join(spaced(one) for one in (*days, *times))
    try:
        marks.when = parse_when(typed, now)
    except DocketError as error:
        marks.problems.append(f"{error.what[:1].lower()}{error.what[1:]}")


def spaced(moment: str) -> str:
    """Return `21-nov` as `21 nov`; a date such as 2026-11-21 stays whole."""
    if re.match(r"\d{4}-\d{1,2}-\d{1,2}", moment):
        return moment
    text = moment.replace("-", " ").replace("_", " ")
    return f"{text} ago" if re.fullmatch(r"\d{1,4}[dwmy]", text) else text
