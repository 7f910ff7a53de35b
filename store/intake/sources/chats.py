"""Chats as their programs write them out: WhatsApp, Signal and Telegram, a day an entry."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from email.utils import parsedate_to_datetime
from itertools import groupby
from typing import Any, Final, NamedTuple

from store.intake.sources.row import (
    FileSort,
    ForeignFile,
    ForeignRow,
    HowRead,
    day_comes_first,
    moment_fields,
)
from store.text import LINE_LIMIT, TEXT_LIMIT, clean, plural

_MARKS: Final = "\u200e\u200f\u202a\u202c\ufeff"
_MOST_QUOTES: Final = 60
"""Messages of a day that go into one entry; of more, the next begins."""
_MOST_TEXT: Final = TEXT_LIMIT * 3
_DATE: Final = r"(?P<a>\d{1,4})(?:(?P<p>\.)|[/-])(?P<b>\d{1,2})[./-](?P<c>\d{2,4})"
"""Nobody writes points (`p`) between a month and a day."""
_TIME: Final = (
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.]\d\d)?(?:[\s\u202f\u00a0]?(?P<half>[apAP])\.?"
    r"[\s\u202f\u00a0]?[mM]\.?)?"
)
_LINE: Final = re.compile(
    rf"[{_MARKS}]*(?:\[{_DATE},?[\s\u202f]+{_TIME}\]|{_DATE.replace('?P<', '?P<d')},?[\s\u202f]+"
    rf"{_TIME.replace('?P<', '?P<d')}\s+[-–])\s?(?P<rest>.*)",
    re.DOTALL,
)
_LEFT_OUT: Final = re.compile(
    rf"[{_MARKS}]*(?:<[^<>]{{3,60}}>|\u200e.{{2,40}} (?:omitted|ausgelassen|omise?|omitid[oa])"
    r"|null)\s*$"
)
_OWN_WORDS: Final = re.compile(r"\u200e[^\n]*")
"""An iPhone marks so, in every language, what the program says in the name of whoever wrote."""
_NOT_SAID: Final = "no message, but a line of the program"
_UNCLEAR: Final = "no day or time that can be read"
_NOTHING: Final = "a picture, sound or file that is not in it"


class Message(NamedTuple):
    """One message: its line, when, by whom, and its text; no name where the program says it."""

    number: int
    at: datetime
    by: str
    text: str
    clear: bool = True


def _in_days(messages: Iterable[Message], asked: HowRead, whose: str = "") -> Iterator[ForeignRow]:
    """Yield what is passed over, and an entry for each day on which something was written."""
    said = []
    for one in messages:
        if not one.clear:
            yield ForeignRow(one.number, passed=_UNCLEAR)
        elif not one.text.strip() or _LEFT_OUT.match(one.text):
            yield ForeignRow(one.number, passed=_NOTHING if one.by else _NOT_SAID)
        elif not one.by or _OWN_WORDS.fullmatch(one.text):
            yield ForeignRow(one.number, passed=_NOT_SAID)
        else:
            said.append(one)
    for _, day in groupby(said, key=lambda one: asked.local(one.at).date()):
        for part in _parts(list(day)):
            yield ForeignRow(part[0].number, _entry(part, asked), whose)


def _parts(day: Sequence[Message]) -> Iterator[list[Message]]:
    part, size = list[Message](), 0
    for one in day:
        if part and (len(part) == _MOST_QUOTES or size + len(one.text) > _MOST_TEXT):
            yield part
            part, size = [], 0
        part.append(one)
        size += len(one.text)
    if part:
        yield part


def _entry(part: Sequence[Message], asked: HowRead) -> dict[str, Any]:
    others = sorted({one.by for one in part if not asked.mine(one.by)})
    who = f"Chat with {', '.join(others)}" if others else "Chat, my own words"
    cut = any(len(one.text) > TEXT_LIMIT for one in part)
    lines = [f"{who}: {plural(len(part), 'message')}."[:LINE_LIMIT]]
    lines += ["The beginning of a long one is quoted; the file has the rest."] * cut
    quotes = [
        {"text": clean(one.text[:TEXT_LIMIT]), "by": "me" if asked.mine(one.by) else one.by}
        for one in part
    ]
    return {
        **moment_fields(asked, part[0].at),
        "kind": "message",
        "channel": "chat",
        "source": "message",
        "statement": "\n".join(lines),
        "quotes": [one for one in quotes if one["text"]],
    }


def _line_chat(opened: ForeignFile) -> bool:
    lines = [one for one in opened.text[:20_000].splitlines()[:40] if one.strip()]
    hits = [one for one in lines if _LINE.match(one)]
    return bool(hits) and lines[0] in hits and any(": " in _rest(one) for one in hits)


def _rest(line: str) -> str:
    found = _LINE.match(line)
    return found["rest"] if found else ""


def _line_rows(opened: ForeignFile, asked: HowRead) -> Iterator[ForeignRow]:
    return _in_days(_line_messages(opened.text, asked), asked)


def _line_messages(text: str, asked: HowRead) -> Iterator[Message]:
    """Yield the messages of a chat of lines; what has no date of its own goes on the one before."""
    begun: list[tuple[int, re.Match[str], list[str]]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if found := _LINE.match(line):
            begun.append((number, found, [found["rest"]]))
        elif begun:
            begun[-1][2].append(line)
    numbers = [_numbers(found) for _, found, _ in begun]
    pairs = [(a, b) for a, b, _ in numbers if a < 1000]
    points = asked.day_first is None and any(found["p"] or found["dp"] for _, found, _ in begun)
    first = points or (day_comes_first(pairs, asked) if pairs else False)
    for (number, found, lines), (a, b, c) in zip(begun, numbers, strict=True):
        try:
            at = datetime(*_ordered(a, b, c, first), *_clock(found))
        except ValueError:
            yield Message(number, asked.now, "", "", clear=False)
            continue
        who, colon, said = "\n".join(lines).partition(": ")
        known = bool(colon) and "\n" not in who
        yield Message(number, at, who.strip(_MARKS + " ~\u202f") if known else "", said)


def _numbers(found: re.Match[str]) -> tuple[int, int, int]:
    a, b, c = (found[name] or found[f"d{name}"] for name in "abc")
    return int(a), int(b), int(c)


def _ordered(a: int, b: int, c: int, day_first: bool) -> tuple[int, int, int]:
    if a >= 1000:
        return a, b, c
    year = c + 2000 if c < 100 else c
    return (year, b, a) if day_first else (year, a, b)


def _clock(found: re.Match[str]) -> tuple[int, int]:
    hour, minute = (int(found[name] or found[f"d{name}"]) for name in ("hour", "minute"))
    half = (found["half"] or found["dhalf"] or "").lower()
    if half:
        hour = hour % 12 + 12 * (half == "p")
    return hour, minute


_SENT: Final = re.compile(
    r"^From: (?P<by>.*)\n(?:(?:Type|To|Sent|Received|Edited): .*\n)+", re.MULTILINE
)


def _signal_rows(opened: ForeignFile, asked: HowRead) -> Iterator[ForeignRow]:
    return _in_days(_signal_messages(opened.text, asked), asked)


def _signal_messages(text: str, asked: HowRead) -> Iterator[Message]:
    """Yield the messages of a chat in blocks: headers, an empty line, and the words."""
    heads = list(_SENT.finditer(text))
    for head, after in zip(heads, [*heads[1:], None], strict=True):
        number = text.count("\n", 0, head.start()) + 1
        sent = re.search(r"^Sent: (.*)$", head[0], re.MULTILINE)
        mine = re.search(r"^Type: outgoing", head[0], re.MULTILINE)
        try:
            at = parsedate_to_datetime(sent[1]) if sent else None
        except (ValueError, OverflowError):
            at = None
        said = text[head.end() : after.start() if after else len(text)].strip("\n")
        by = (
            next(iter(sorted(asked.me)), "me")
            if mine
            else re.sub(r" \(\+?[\d ]+\)$", "", head["by"])
        )
        yield Message(number, at or asked.now, by.strip() if at else "", said)


def _telegram(opened: ForeignFile) -> bool:
    head = opened.text[:4000]
    return opened.text.lstrip().startswith("{") and (
        ('"messages"' in head and '"type"' in head and '"id"' in head) or '"chats"' in head
    )


def _telegram_rows(opened: ForeignFile, asked: HowRead) -> Iterator[ForeignRow]:
    whole = json.loads(opened.text)
    chats = whole.get("chats", {}).get("list", []) if "chats" in whole else [whole]
    for chat in chats:
        if isinstance(chat, dict):
            name = str(chat.get("name") or "") if "chats" in whole else ""
            yield from _in_days(_telegram_messages(chat, asked), asked, name)


def _telegram_messages(chat: dict[str, Any], asked: HowRead) -> Iterator[Message]:
    for place, one in enumerate(chat.get("messages") or [], 1):
        if not isinstance(one, dict):
            yield Message(place, asked.now, "", "", clear=False)
            continue
        number = one["id"] if isinstance(one.get("id"), int) and one["id"] > 0 else place
        try:
            at = datetime.fromisoformat(str(one.get("date")))
            if str(one.get("date_unixtime", "")).isdecimal():
                at = datetime.fromtimestamp(int(one["date_unixtime"]), asked.zone)
        except (ValueError, OverflowError, OSError):
            at = None
        by = str(one.get("from") or "") if one.get("type") == "message" and at else ""
        yield Message(number, at or asked.now, by, _telegram_text(one.get("text")))


def _telegram_text(text: Any) -> str:
    """Return the words of a message: one text, or pieces with their looks."""
    if isinstance(text, list):
        return "".join(
            piece
            if isinstance(piece, str)
            else str(piece.get("text", ""))
            if isinstance(piece, dict)
            else ""
            for piece in text
        )
    return text if isinstance(text, str) else ""


CHATS: Final = (
    FileSort("a chat of Telegram", _telegram, _telegram_rows),
    FileSort(
        "a chat of Signal", lambda one: bool(_SENT.match(one.text.lstrip())), _signal_rows, True
    ),
    FileSort("a chat, as WhatsApp or Signal write it out", _line_chat, _line_rows, True),
)
