"""Dates as people type them and as a docket keeps them: local, with offset and precision."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from store.errors import UsageError

Precision = Literal["minute", "hour", "day", "about"]

_MONTHS = (
    "january february march april may june july august september october november december".split()
)
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_YEARS = range(1970, 2200)  # a year outside is a slip of the finger
_EXAMPLES = "Write it like 2026-11-21, 21 Nov, yesterday, fri, 3d ago or 2026-11-21 14:30"
_EXAMPLES_AHEAD = "Write it like 2026-11-21, 21 Nov, tomorrow, fri, +3d or in 2 weeks"
# As text: compiled only where one is asked for, for starting takes longer than anything here.
_ISO_DAY = r"(\d{4})-(\d{1,2})-(\d{1,2})"
_DAY_MONTH = r"(\d{1,2})(?:\.|st|nd|rd|th)? ?([a-z]{3,9})\.?,?(?: (\d{4}))?"
_MONTH_DAY = r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,?(?: (\d{4}))?"
_NUMBERS = r"(\d{1,2})([./-]) ?(\d{1,2})(?:\2 ?(\d{4}|\d{2}))?\.?"
_YEAR_FIRST = r"(\d{4})[./](\d{1,2})[./](\d{1,2})"
_AGO = r"(\d{1,4}) ?(d|w|m|y|days?|weeks?|months?|years?)( ago)?"
_AHEAD = r"(?:\+|in )(\d{1,4}) ?(d|w|m|days?|weeks?|months?)"
_TIME = r"(\d{1,2}):(\d{2}) ?(am|pm)?"
_SLACK = timedelta(minutes=5)  # a typed minute may run ahead of the clock's seconds
_HOUR = r"(\d{1,2}) ?(am|pm|h)"
_MOST_WORDS = 7


class NoDateError(UsageError):
    """What was typed does not look like a date at all; any other UsageError is about one."""


class NotYetError(UsageError):
    """A moment of something that did happen was typed, and it has not come yet."""


class When(NamedTuple):
    """A moment with its local offset, and how exactly it is known."""

    at: datetime
    precision: Precision = "day"

    @property
    def day(self) -> date:
        """The local calendar day."""
        return self.at.date()


def system_clock() -> datetime:
    """Return now, in local time with its offset."""
    return datetime.now(UTC).astimezone()


def zone_name() -> str:
    """Return the machine's IANA zone, such as `Europe/Paris`, or an empty string if unknown."""
    named = os.environ.get("TZ", "").lstrip(":")
    if named and not named.startswith("/"):
        return named[:60]
    try:
        target = os.readlink("/etc/localtime")  # noqa: PTH115 - the text of the link is wanted
    except OSError:
        target = ""
    if "zoneinfo/" in target:
        return target.split("zoneinfo/", 1)[1]
    try:
        return Path("/etc/timezone").read_text(encoding="ascii").strip()[:60]
    except (OSError, UnicodeDecodeError):
        return ""


def in_zone(moment: datetime, zone: str, otherwise: tzinfo | None) -> datetime:
    """Return `moment` on the clocks of `zone`, or of `otherwise` where no such zone is known."""
    if "/" in zone and zone == zone_name():
        return moment.astimezone()  # this machine's own, without loading the table of zones
    return moment.astimezone(_zone(zone) or otherwise)


def offset(moment: datetime) -> str:
    """Return how far the clock of a moment is from UTC: `+09:00`."""
    told = f"{moment:%z}"
    return f"{told[:3]}:{told[3:5]}"


@lru_cache(maxsize=64)
def _zone(name: str) -> tzinfo | None:
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):  # what a line of a journal names may be anything
        return None


def when_in_full(at: datetime, precision: str) -> str:
    """Return a moment in words, such as `Sat 21 Nov 2026, 14:30`."""
    day = day_in_full(at.date())
    if precision in ("minute", "hour"):
        return f"{day}, {at:%H:%M}"
    return f"about {day}" if precision == "about" else day


def day_in_full(day: date) -> str:
    """Return a day in words, such as `Sat 21 Nov 2026`."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def day_ahead(typed: str, today: date) -> date | None:
    """Return the day that is meant, None where none is wanted; UsageError if it is not to come."""
    if not typed.strip():
        return None
    day = parse_day(typed, today)
    if day <= today:
        raise UsageError(
            f"{day_words(day)} is not ahead", "", "Name a day to come, such as +30d or in 4 weeks"
        )
    return day


def day_words(day: date) -> str:
    """Return a day as `21 Nov 2026`."""
    return f"{day:%-d %b %Y}"


def lag_days(occurred: datetime, recorded: datetime) -> int:
    """Return whole days from occurring to being recorded, each by its own clock; never negative."""
    return max(0, (recorded.date() - occurred.date()).days)


def parse_when(text: str, now: datetime) -> When:
    """Return the past moment that a person typed, in the zone of `now`.

    Takes ISO dates and times, `today`, `yesterday`, weekdays (the last one), `21 Nov`, `21.11.`,
    `21/11`, `3d ago`, a leading `about` or `~`, and a time of day beside the day. Raises
    NoDateError for anything else, and UsageError for a day or a time that does not exist, for one
    that could be two, and for a moment that has not happened yet.
    """
    typed = " ".join(text.lower().replace(",", " ").split())
    about = re.match(r"(?:about |around |~ ?)", typed)
    if about:
        typed = typed[about.end() :]
    when = _exact(typed) or _relative_hours(typed, now) or _day_and_time(typed, text, now)
    if when.at.year not in _YEARS:
        raise _impossible(text)
    at = when.at if when.at.tzinfo else _localize(when.at, now, exact=when.precision != "day")
    if at > now + _SLACK:
        raise NotYetError(
            f"'{text.strip()[:40]}' is {at:%-d %b %Y %H:%M}, which has not happened yet",
            "",
            "An entry says what did happen: log it once it has",
        )
    return When(min(at, now), "about" if about else when.precision)


def parse_day(text: str, today: date, *, past: bool = False) -> date:
    """Return the calendar day a person typed, such as `30 Nov`, `fri`, `14d` or `in 2 weeks`.

    What does not say its side of today is the next such day, or with `past` the last one.
    """
    typed = " ".join(text.lower().replace(",", " ").split())
    ahead = re.fullmatch(_AHEAD, typed)
    try:
        day = (
            _shift(today, int(ahead[1]), ahead[2][0])
            if ahead
            else _day(typed, text, today, forward=not past)
        )
        if day.year not in _YEARS:
            raise _impossible(text)
    except UsageError as error:
        if not past and error.remedy == _EXAMPLES:
            error.remedy = _EXAMPLES_AHEAD
        raise
    return day


def words_of_a_date(words: Sequence[str], read: Callable[[str], object], today: date) -> int:
    """Return how many of the first `words` are one date as `read` takes it; 0 where none is.

    As many as look like one count, even where `read` refuses what they say: `today 23:00` is
    wrong as a whole. A year after the month counts where it is near `today`: else it is a sum.
    """
    for count in range(min(len(words), _MOST_WORDS), 0, -1):
        last = words[count - 1]
        if count > 1 and re.fullmatch(r"\d{4}", last) and not _near_year(int(last), today):
            continue
        try:
            read(" ".join(words[:count]))
        except NoDateError:
            continue
        except UsageError:
            return count
        return count
    return 0


def _near_year(year: int, today: date) -> bool:
    return today.year - 15 <= year <= today.year + 5


def is_time_of_day(text: str) -> bool:
    """Whether `text` is a time without a day: `14:30`, `9 am`, `noon`."""
    return _clock(text.lower().strip()) is not None


def parse_days(text: str) -> int:
    """Return a span typed as `2`, `2d`, `1w` or `48h`, in whole days, at least 1."""
    match = re.fullmatch(r"(\d{1,4}) ?(h|d|w)?[a-z]*", text.strip().lower())
    if not match or int(match[1]) == 0:
        raise UsageError(f"'{text.strip()[:24]}' is not a span of days", "", "Write 2d, 1w or 48h")
    count = int(match[1])
    return {"h": -(-count // 24), "w": count * 7}.get(match[2] or "d", count)


def _exact(typed: str) -> When | None:
    if not re.match(r"\d{4}-\d{2}-\d{2}[t ]\d", typed):
        return None
    try:
        return When(datetime.fromisoformat(typed.upper()), "minute")
    except ValueError:
        raise _unknown(typed) from None


def _relative_hours(typed: str, now: datetime) -> When | None:
    if typed == "now":
        return When(now, "minute")
    ago = re.fullmatch(r"(\d{1,3}) ?(h|hours?|min|minutes?)(?: ago)?", typed)
    if not ago:
        return None
    hours = ago[2].startswith("h")
    span = timedelta(hours=int(ago[1])) if hours else timedelta(minutes=int(ago[1]))
    return When(now - span, "hour" if hours else "minute")


def _day_and_time(typed: str, original: str, now: datetime) -> When:
    words, found = _without_clock(typed.split())
    day_words = " ".join(words)
    if found and not typed.startswith(day_words) and _span(day_words):
        raise _unknown(original)  # "14:00 3 days" is no date: the days are said of something else
    if found is None and words and re.fullmatch(_TIME, words[-1]):  # 25:00 is meant as a time
        raise UsageError(f"'{original.strip()[:40]}' is not a date Docket can read", "", _EXAMPLES)
    clock, precision = found or (time(), "day")
    day = _day(day_words, original, now.date()) if words or not found else now.date()
    return When(datetime.combine(day, clock), precision)


def _span(typed: str) -> bool:
    match = re.fullmatch(_AGO, typed)
    return match is not None and not match[3]


def _without_clock(words: list[str]) -> tuple[list[str], tuple[time, Precision] | None]:
    """Return the words of the day, and the time of day that stands after or before them."""
    for size in (2, 1):
        if len(words) >= size and (found := _clock(" ".join(words[-size:]))):
            rest = words[:-size]
            return (rest[:-1] if rest[-1:] == ["at"] else rest), found
    for size in (2, 1):
        if len(words) > size and (found := _clock(" ".join(words[:size]))):
            rest = words[size:]
            return (rest[1:] if rest[:1] == ["on"] else rest), found
    return words, None


def _clock(word: str) -> tuple[time, Precision] | None:
    if word == "noon":
        return time(12), "hour"
    if match := re.fullmatch(_TIME, word):
        hour, minute = int(match[1]), int(match[2])
        if minute < 60 and (hour < 24 if not match[3] else 1 <= hour <= 12):
            return time(_of_24(hour, match[3]), minute), "minute"
    if match := re.fullmatch(_HOUR, word):
        hour = int(match[1])
        if match[2] == "h" and hour < 24:
            return time(hour), "hour"
        if match[2] != "h" and 1 <= hour <= 12:
            return time(_of_24(hour, match[2])), "hour"
    return None


def _of_24(hour: int, half: str | None) -> int:
    """Return the hour of the day; `half` is am, pm or nothing."""
    return hour if not half else hour % 12 + (12 if half == "pm" else 0)


def _day(typed: str, original: str, today: date, *, forward: bool = False) -> date:
    near = {"today": 0, "now": 0, "yesterday": -1, "tomorrow": 1}
    if typed in near:
        return today + timedelta(days=near[typed])
    weekday = _index(typed.removeprefix("last "), _DAYS)
    if weekday is not None:
        return _weekday(weekday, today, forward=forward and not typed.startswith("last "))
    if day := _with_weekday(typed, original, today, forward=forward):
        return day
    try:
        if match := re.fullmatch(_ISO_DAY, typed) or re.fullmatch(_YEAR_FIRST, typed):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := re.fullmatch(_NUMBERS, typed):
            return _numbers(match, today, forward=forward)
        if match := re.fullmatch(_AGO, typed):
            ahead = forward and not match[3]
            return _shift(today, int(match[1]) * (1 if ahead else -1), match[2][0])
        if match := re.fullmatch(_DAY_MONTH, typed):
            return _named(int(match[1]), match[2], match[3], today, forward=forward)
        if match := re.fullmatch(_MONTH_DAY, typed):
            return _named(int(match[2]), match[1], match[3], today, forward=forward)
    except (ValueError, OverflowError):
        raise _impossible(original) from None
    raise _unknown(original)


def _with_weekday(typed: str, original: str, today: date, *, forward: bool) -> date | None:
    """Return the day in `fri 27 nov`; UsageError where that is another weekday, None without."""
    named, _, rest = typed.partition(" ")
    weekday = _index(named.rstrip("."), _DAYS) if any(map(str.isdecimal, rest)) else None
    if weekday is None or re.fullmatch(_AGO, rest):
        return None
    day = _day(rest, original, today, forward=forward)
    if day.weekday() == weekday:
        return day
    raise UsageError(
        f"{day_words(day)} is a {day:%A}, not a {_DAYS[weekday].title()}",
        "",
        "Leave one of the two out, or correct it",
    )


def _index(word: str, names: list[str]) -> int | None:
    """Return which of `names` starts with `word`, of at least three letters."""
    return next(
        (i for i, name in enumerate(names) if len(word) > 2 and name.startswith(word)), None
    )


def _weekday(index: int, today: date, *, forward: bool) -> date:
    if forward:
        return today + timedelta(days=(index - today.weekday() - 1) % 7 + 1)
    return today - timedelta(days=(today.weekday() - index - 1) % 7 + 1)


def _named(day: int, month: str, year: str | None, today: date, *, forward: bool) -> date:
    index = _index(month, _MONTHS)
    if index is None:
        raise _unknown(f"{day} {month}")
    return _of_month(day, index + 1, int(year) if year else None, today, forward=forward)


def _numbers(match: re.Match[str], today: date, *, forward: bool) -> date:
    """Return the day in `21.11.`, `21/11` or `11/21/2026`; UsageError where it could be two.

    With points the day comes first everywhere; else only a number above 12 tells the two apart.
    """
    first, second, year = int(match[1]), int(match[3]), match[4]
    if match[2] == "-" and year and len(year) == 2:
        raise _unknown(match[0])
    full = None if not year else int(year) + (2000 if len(year) == 2 else 0)
    if match[2] != "." and second > 12:
        first, second = second, first
    elif match[2] != "." and first <= 12 and first != second:
        one, other = (
            f"{a} {_MONTHS[b - 1][:3].title()}" for a, b in ((first, second), (second, first))
        )
        raise UsageError(
            f"'{match[0]}' could be {one} or {other}", "", f"Write it like {one}, or 2026-11-21"
        )
    return _of_month(first, second, full, today, forward=forward)


def _of_month(day: int, month: int, year: int | None, today: date, *, forward: bool) -> date:
    """Return that day; without a year the last one, or with `forward` the one that is near."""
    if year is not None:
        return date(year, month, day)
    found = date(today.year, month, day)
    if not forward and found > today:
        return date(today.year - 1, month, day)
    if forward and found < today - timedelta(days=180):
        return date(today.year + 1, month, day)
    return found


def _shift(day: date, count: int, unit: str) -> date:
    if unit in "dw":
        return day + timedelta(days=count * (7 if unit == "w" else 1))
    from calendar import monthrange

    months = day.year * 12 + day.month - 1 + count * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _localize(naive: datetime, now: datetime, *, exact: bool) -> datetime:
    """Give `naive` the offset in force at that moment, which summer time may set apart from now.

    UsageError for an `exact` time that the night of the change left out, or brought twice.
    """
    here = now.utcoffset() == now.astimezone().utcoffset()
    first, second = sorted(_placed(naive.replace(fold=n), None if here else now) for n in (0, 1))
    if exact and first.utcoffset() != second.utcoffset():
        _refuse_change(naive, first, second)
    if first.date() != naive.date():  # the day began after the midnight that was left out
        first = second
    if now.tzinfo is not None and now.utcoffset() == first.utcoffset():
        return first.astimezone(now.tzinfo)
    return first


def _placed(naive: datetime, now: datetime | None) -> datetime:
    """Return the moment when clocks showed `naive`: those of the zone of `now`, or the machine's.

    A time that was left out comes out as another: before the change, or after it by its fold.
    """
    if now is None or now.tzinfo is None:
        return naive.astimezone()
    return naive.replace(tzinfo=now.tzinfo).astimezone(UTC).astimezone(now.tzinfo)


def _refuse_change(naive: datetime, first: datetime, second: datetime) -> None:
    """Raise UsageError for a time that did not come, or came twice, and say what to write."""
    said = f"{naive:%-d %b %Y %H:%M}"
    if first.replace(tzinfo=None) != naive:
        raise UsageError(
            f"There was no {said}",
            "the clocks were put forward over it",
            f"Write {first:%H:%M} or {second:%H:%M}",
        )
    one, other = (f"{at:%Y-%m-%dT%H:%M}{offset(at)}" for at in (first, second))
    raise UsageError(
        f"{said} came twice that night",
        "the clocks were put back",
        f"Write {one} for the first time, {other} for the second",
    )


def _impossible(typed: str) -> UsageError:
    return UsageError(f"'{typed.strip()[:40]}' is not a day in the calendar", "", _EXAMPLES)


def _unknown(typed: str) -> NoDateError:
    return NoDateError(f"'{typed.strip()[:40]}' is not a date Docket can read", "", _EXAMPLES)
