"""Splits a captured line into its marks (`!2 @fri 14:00 +0.5h ^phone`), options and words."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import get_args

from store.dates import NoDateError, When, is_time_of_day, parse_day, parse_when, words_of_a_date
from store.entries import Channel, Visibility
from store.errors import DocketError, UsageError
from store.quantities import parse_hours
from store.text import Verbatim

CHANNELS: tuple[str, ...] = get_args(Channel)
_VISIBILITIES: tuple[str, ...] = get_args(Visibility)
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
_DATED = frozenset({"due", "by", "ends", "renews"})
_BETWEEN_QUOTES = r'"[^"\n]+"|“[^”\n]+”|„[^“”\n]+[“”]|«[^»\n]+»'
_PIECE = re.compile(rf"(?:[a-z]+:|\()?(?:{_BETWEEN_QUOTES})\S*|\S+", re.IGNORECASE)
_QUOTED = re.compile(rf"\(?({_BETWEEN_QUOTES})")
_SEVERITY = re.compile(r"!!+|!\d+|s:\d+", re.IGNORECASE)
_GLUED = re.compile(r"[^\s!]+(!\d)")
_SPENT = re.compile(r"\+[.,]?[\d¼½¾]")
_HOUR_LIKE = re.compile(r"\+[\d.,¼½¾]+(?:h|m|:)\S*", re.IGNORECASE)
_AN_HOUR = re.compile(r"(?:.* )?(\d{1,2}) ?h", re.IGNORECASE)
_ENDS = ",;:!?)"


@dataclass(slots=True)
class Marks:
    """What a line says besides its words; `problems` says which marks make no sense.

    `taken` are the words that were read as something, as they were typed, and `aside` is what keeps
    a word as text.
    """

    words: list[str] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    severity: int | None = None
    when: When | None = None
    hours: Decimal | None = None
    channel: str | None = None
    visibility: str | None = None
    options: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    aside: str = "\\"


def read_marks(words: Sequence[str], now: datetime, aside: str = "\\") -> Marks:
    """Return the marks among `words`, in the zone and at the moment of `now`.

    A mark takes the words after it while they make one date or one time with it. `aside` is what
    is written before a word to keep it as text.
    """
    marks = Marks(aside=aside)
    moments: list[str] = []
    place = 0
    while place < len(words):
        piece = words[place]
        count = 0
        if not isinstance(piece, Verbatim):
            count = _take_moment(words[place:], marks, moments, now) or _take(words[place:], marks)
        if count:
            marks.taken += words[place : place + count]
        else:
            marks.words.append(_text(piece, marks))
        place += count or 1
    if moments:
        _set_when(moments, marks, now)
    return marks


def pieces(line: str) -> list[str]:
    """Return `line` split at its blanks, those between quotes aside."""
    return _PIECE.findall(line)


def looks_like_a_mark(word: str) -> bool:
    """Whether `read_marks` would read `word`, or ask about it."""
    return bool(
        (word[:1] in ("@", "^", "~") and len(word) > 1)
        or _SEVERITY.fullmatch(_trimmed(word))
        or _GLUED.fullmatch(_trimmed(word))
        or _SPENT.match(word)
        or _escaped(word)
    )


def take_options(marks: Marks, names: Collection[str], today: date) -> None:
    """Move the words such as `due:fri` that `names` has into the options; any other stays.

    An option that is a day takes the words after it while they make a date; the time of day that
    follows stays in the text, as in `by 14:00`, since the day alone is kept.
    """
    words, marks.words = marks.words, []
    place = 0
    while place < len(words):
        name = words[place].partition(":")[0].lower()
        option = ":" in words[place] and name in names and not isinstance(words[place], Verbatim)
        count = _take_option(name, words[place:], marks, today) if option else 0
        if count:
            marks.taken += words[place : place + count]
        else:
            marks.words.append(words[place])
        place += count or 1


def _take_option(name: str, words: Sequence[str], marks: Marks, today: date) -> int:
    """Take the option `name` that `words` begin with, and return how many words it is."""
    value, count = words[0].partition(":")[2], 1
    if name in _DATED:
        value, count = _dated(value, words[1:], today)
    value = value.strip('"“”„«» ')
    if not value:
        marks.problems.append(
            f"{name}: what? write it behind, as in {name}:{'me' if name == 'to' else 'fri'}"
        )
        return 1
    if name in marks.options:
        marks.problems.append(f"{name}: is given twice")
    marks.options[name] = value
    if words[count:] and _time_follows(words[count:]):
        marks.words.append(name)
    return count


def spaced(moment: str) -> str:
    """Return `21-nov` as `21 nov`; numbers such as 2026-11-21 or 21-11 stay whole."""
    parts = re.split(r"(\d{4}-\d{1,2}-\d{1,2}\S*)", moment.replace("_", " "))
    return "".join(
        part if number % 2 or re.fullmatch(r"[\d-]+", part) else part.replace("-", " ")
        for number, part in enumerate(parts)
    )


def hours_at_start(words: Sequence[str]) -> tuple[Decimal | None, int]:
    """Return the hours that the first `words` make, such as `90 min` or `1h 30m`, and how many.

    Raises UsageError where the first alone is no number of hours.
    """
    for count in range(min(4, len(words)), 1, -1):
        last = _trimmed(words[count - 1]).lower()
        if last[-1:].isalpha() and last.lstrip("0123456789") in _UNITS:
            try:
                return parse_hours(" ".join(map(_trimmed, words[:count]))), count
            except UsageError:
                continue
    return (parse_hours(_trimmed(words[0])), 1) if words else (None, 0)


_UNITS = frozenset("h hr hrs hour hours m min mins minute minutes".split())


def _text(piece: str, marks: Marks) -> str:
    """Return `piece` as a word of the text; what is quoted in it are their words."""
    if isinstance(piece, Verbatim):
        return piece
    if escaped := _escaped(piece):
        return escaped
    if quoted := _QUOTED.match(piece):
        marks.quotes.append(quoted[1][1:-1].strip())
    elif piece[:1] in ('"', "“", "„", "«") and len(piece) > 1 and piece.count('"') != 2:
        marks.problems.append(f"the quote that begins {piece[:20]} has no end")
    elif glued := _GLUED.fullmatch(_trimmed(piece)):
        marks.problems.append(f"put a blank before {glued[1]}, or write {marks.aside}{piece[:20]}")
    return piece


def _escaped(piece: str) -> Verbatim | None:
    """Return the word in `\\@home`, which is text; None where nothing needs to be kept as text."""
    if piece.startswith("\\") and re.match(r'[@!+^~#"]\S|\S*[\d:]', piece[1:]):
        return Verbatim(piece[1:])
    return None


def _trimmed(word: str) -> str:
    """Return `word` without what ends a sentence or a part of it."""
    return word if set(word) == {"!"} else word.rstrip(_ENDS + ".")


def _plain_run(words: Sequence[str]) -> list[str]:
    """Return the first of `words` that are neither marks nor kept as text."""
    found: list[str] = []
    for word in words:
        if isinstance(word, Verbatim) or looks_like_a_mark(word) or _QUOTED.match(word):
            break
        found.append(word)
    return found


def _take_moment(words: Sequence[str], marks: Marks, moments: list[str], now: datetime) -> int:
    """Take the moment that begins with `@`, and return how many words it is; 0 where none does."""
    if not words[0].startswith("@"):
        return 0
    first = words[0][1:]
    run = [spaced(first).rstrip(_ENDS), *(word.rstrip(_ENDS) for word in _plain_run(words[1:]))]
    if not first:
        count = words_of_a_date(run[1:], _past(now), now.date())
        count += bool(count)
        run[0] = ""
    else:
        count = words_of_a_date(run, _past(now), now.date()) or 1
    if not count:
        return 0
    moment = " ".join(run[:count]).strip()
    hour = _AN_HOUR.fullmatch(moment.rstrip("."))
    if count > 1 and hour and int(hour[1]) < 13:
        typed = " ".join(words[:count])
        marks.problems.append(f"is the end of {typed} an hour, {hour[1]}:00, or time, +{hour[1]}h?")
    moments.append(moment)
    return count


def _past(now: datetime) -> Callable[[str], When]:
    """Return a reader of moments up to `now`, which does without the point of a sentence."""

    def read(text: str) -> When:
        try:
            return parse_when(text, now)
        except NoDateError:
            if not text.endswith("."):
                raise
            return parse_when(text.rstrip("."), now)

    return read


def _take(words: Sequence[str], marks: Marks) -> int:
    """Take the mark that begins `words`, and return how many words it is; 0 where none does."""
    piece = _trimmed(words[0])
    if _SEVERITY.fullmatch(piece):
        _set_severity(piece, marks)
    elif _SPENT.match(words[0]):
        return _take_hours(words, marks)
    elif piece.startswith("^") and len(piece) > 1:
        _set_channel(piece[1:].lower(), marks)
    elif piece.startswith("~") and len(piece) > 3:
        return _take_visibility(piece[1:].lower(), marks)
    else:
        return 0
    return 1


def _once(before: object, piece: str, marks: Marks) -> None:
    """Say so where a mark of the same sort came `before`: only one of them could be kept."""
    if before is not None:
        marks.problems.append(f"{piece} says anew what another mark said; leave one of them")


def _set_severity(piece: str, marks: Marks) -> None:
    number = piece.lower().removeprefix("s:").lstrip("!")
    severity = int(number) if number else len(piece)
    _once(marks.severity, piece, marks)
    if 1 <= severity <= 3:
        marks.severity = severity
    else:
        marks.problems.append(f"severity goes from !1 to !3, not {piece[:20]}")


def _take_hours(words: Sequence[str], marks: Marks) -> int:
    """Take `+0.5h`, `+1h 30m` or `+20 min`; a number without a unit is none of these."""
    run = [words[0][1:], *_plain_run(words[1:4])]
    piece = _trimmed(words[0])
    hours, count = None, 1
    try:
        hours, count = hours_at_start(run)
        if count == 1 and not re.search(r"[a-z:¼½¾]", run[0].lower()):
            hours = None
    except UsageError as error:
        if _HOUR_LIKE.fullmatch(piece):
            marks.problems.append(error.what)
            return 1
        return 0
    if hours is None:
        if not re.fullmatch(r"\+\d*[.,]\d+", piece):
            return 0
        marks.problems.append(
            f"{piece[:20]} of what? write {piece[:20]}h, or {marks.aside}{piece[:20]}"
        )
        return 1
    _once(marks.hours, piece, marks)
    marks.hours = hours
    return count


def _set_channel(typed: str, marks: Marks) -> None:
    found = _CHANNEL_WORDS.get(typed)
    starting = [channel for channel in CHANNELS if channel.startswith(typed)]
    if found is None and len(starting) != 1:
        marks.problems.append(f"'^{typed[:20]}' is no channel; use ^{' ^'.join(CHANNELS)}")
        return
    _once(marks.channel, f"^{typed}", marks)
    marks.channel = found or starting[0]


def _take_visibility(typed: str, marks: Marks) -> int:
    """Take `~internal`; what looks misspelt is asked about, and any other word is text."""
    if typed not in _VISIBILITIES:
        from difflib import get_close_matches

        if not (near := get_close_matches(typed, _VISIBILITIES, n=1, cutoff=0.7)):
            return 0
        marks.problems.append(f"'~{typed[:20]}' is none; did you mean ~{near[0]}?")
        return 1
    _once(marks.visibility, f"~{typed}", marks)
    marks.visibility = typed
    return 1


def _set_when(moments: list[str], marks: Marks, now: datetime) -> None:
    days = [one for one in moments if not is_time_of_day(one)]
    times = [one for one in moments if is_time_of_day(one)]
    try:
        marks.when = _past(now)(" ".join((*days, *times)))
    except DocketError as error:
        kept = f"; {marks.aside}@{moments[0][:20]} keeps it as text"
        kept = kept if isinstance(error, NoDateError) else ""
        how = f". {error.remedy}" if error.remedy.startswith(("Write it like", "Write 2")) else ""
        marks.problems.append(f"{error.what[:1].lower()}{error.what[1:]}{kept or how}")


def _dated(value: str, after: Sequence[str], today: date) -> tuple[str, int]:
    """Return the day that an option's value and the words after it make, and how many words."""
    run = [spaced(value).rstrip(_ENDS), *(word.rstrip(_ENDS) for word in _plain_run(after))]
    first = 0 if value else 1
    count = words_of_a_date(run[first:], lambda text: parse_day(text, today), today)
    end = first + count if count else 1
    return " ".join(run[first:end]), end


def _time_follows(words: Sequence[str]) -> bool:
    return is_time_of_day(_trimmed(words[0])) or is_time_of_day(" ".join(words[:2]))
