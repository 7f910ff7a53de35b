"""Dates as people type them and as a docket keeps them: local, with offset and precision."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Literal, NamedTuple

from store.errors import UsageError

Clock = Callable[[], datetime]
Precision = Literal["minute", "hour", "day", "about"]

_MONTHS = (
    "january february march april may june july august september october november december".split()
)
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_YEARS = range(1970, 2200)  # a year outside is a slip of the finger
_EXAMPLES = "Write it like 2026-11-21, 21 Nov, yesterday, fri, 3d ago or 2026-11-21 14:30"
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_MONTH = re.compile(r"(\d{1,2})\.? ?([a-z]{3,9})\.?,?(?: (\d{4}))?")
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.? (\d{1,2}),?(?: (\d{4}))?")
_AGO = re.compile(r"(\d{1,4}) ?(d|w|m|y|days?|weeks?|months?|years?)( ago)?")
_AHEAD = re.compile(r"(?:\+|in )(\d{1,4}) ?(d|w|m|days?|weeks?|months?)")
_TIME = re.compile(r"(\d{1,2}):(\d{2})")
_SLACK = timedelta(minutes=5)  # a typed minute may run ahead of the clock's seconds
_HOUR = re.compile(r"(\d{1,2}) ?(am|pm|h)")


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


def lag_days(occurred_at: datetime, recorded_at: datetime) -> int:
    """Return whole days between occurring and being recorded (RECORDS C1); never negative."""
    recorded = recorded_at.astimezone(occurred_at.tzinfo).date()
    return max(0, (recorded - occurred_at.date()).days)


def parse_when(text: str, now: datetime) -> When:
    """Return the past moment that a person typed, in the zone of `now`.

    Takes ISO dates and times, `today`, `yesterday`, weekdays (the last one), `21 Nov`, `3d ago`,
    a leading `about` or `~`, and a time after the day. Raises UsageError for anything else, for a
    day that does not exist, and for a moment that has not happened yet.
    """
    typed = " ".join(text.lower().replace(",", " ").split())
    about = re.match(r"(?:about |around |~ ?)", typed)
    if about:
        typed = typed[about.end() :]
    when = _exact(typed) or _relative_hours(typed, now) or _day_and_time(typed, text, now)
    if when.at.year not in _YEARS:
        raise _impossible(text)
    at = when.at if when.at.tzinfo else _localize(when.at, now)
    if at > now + _SLACK:
        raise UsageError(
            f"'{text.strip()[:40]}' is {at:%-d %b %Y %H:%M}, which has not happened yet",
            "",
            "An entry says what did happen; give a due date with --due or --needed-by",
        )
    return When(min(at, now), "about" if about else when.precision)


def parse_day(text: str, today: date, *, past: bool = False) -> date:
    """Return the calendar day a person typed, such as `30 Nov`, `fri`, `14d` or `in 2 weeks`.

    What does not say its side of today is the next such day, or with `past` the last one.
    """
    typed = " ".join(text.lower().replace(",", " ").split())
    ahead = _AHEAD.fullmatch(typed)
    if ahead:
        return _shift(today, int(ahead[1]), ahead[2][0])
    day = _day(typed, text, today, forward=not past)
    if day.year not in _YEARS:
        raise _impossible(text)
    return day


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
    words = typed.split()
    clock: time | None = None
    precision: Precision = "day"
    if words and (found := _clock(words[-1])):
        clock, precision = found
        words = words[:-1]
        if words and words[-1] == "at":
            words = words[:-1]
    day = _day(" ".join(words), original, now.date()) if words else now.date()
    return When(datetime.combine(day, clock or time()), precision)


def _clock(word: str) -> tuple[time, Precision] | None:
    if match := _TIME.fullmatch(word):
        hour, minute = int(match[1]), int(match[2])
        if hour < 24 and minute < 60:
            return time(hour, minute), "minute"
    if match := _HOUR.fullmatch(word):
        hour = int(match[1])
        if match[2] == "h" and hour < 24:
            return time(hour), "hour"
        if match[2] != "h" and 1 <= hour <= 12:
            return time(hour % 12 + (12 if match[2] == "pm" else 0)), "hour"
    return None


def _day(typed: str, original: str, today: date, *, forward: bool = False) -> date:
    near = {"today": 0, "now": 0, "yesterday": -1, "tomorrow": 1}
    if typed in near:
        return today + timedelta(days=near[typed])
    weekday = _index(typed.removeprefix("last "), _DAYS)
    if weekday is not None:
        return _weekday(weekday, today, forward=forward and not typed.startswith("last "))
    try:
        if match := _ISO_DAY.fullmatch(typed):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _AGO.fullmatch(typed):
            ahead = forward and not match[3]
            return _shift(today, int(match[1]) * (1 if ahead else -1), match[2][0])
        if match := _DAY_MONTH.fullmatch(typed):
            return _named(int(match[1]), match[2], match[3], today, forward=forward)
        if match := _MONTH_DAY.fullmatch(typed):
            return _named(int(match[2]), match[1], match[3], today, forward=forward)
    except (ValueError, OverflowError):
        raise _impossible(original) from None
    raise _unknown(original)


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
    number = index + 1
    if year:
        return date(int(year), number, day)
    found = date(today.year, number, day)
    if not forward and found > today:
        return date(today.year - 1, number, day)
    if forward and found < today - timedelta(days=180):
        return date(today.year + 1, number, day)
    return found


def _shift(day: date, count: int, unit: str) -> date:
    if unit in "dw":
        return day + timedelta(days=count * (7 if unit == "w" else 1))
    from calendar import monthrange

    months = day.year * 12 + day.month - 1 + count * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _localize(naive: datetime, now: datetime) -> datetime:
    """Give `naive` the offset in force at that moment, which summer time may set apart from now."""
    if now.tzinfo is not None and now.utcoffset() == naive.astimezone().utcoffset():
        return naive.replace(tzinfo=now.tzinfo)
    local_now = now.astimezone()
    same_place = now.utcoffset() == local_now.utcoffset()
    return naive.astimezone() if same_place else naive.replace(tzinfo=now.tzinfo)


def _impossible(typed: str) -> UsageError:
    return UsageError(f"'{typed.strip()[:40]}' is not a day in the calendar", "", _EXAMPLES)


def _unknown(typed: str) -> UsageError:
    return UsageError(f"'{typed.strip()[:40]}' is not a date Docket can read", "", _EXAMPLES)
