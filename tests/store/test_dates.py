"""Dates as people type them: read in their own zone, refused when impossible or still to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.dates import parse_day, parse_days, parse_when, words_of_a_date
from store.errors import UsageError

PHNOM_PENH = timezone(timedelta(hours=7))
NOW = datetime(2026, 11, 22, 10, 20, tzinfo=PHNOM_PENH)  # a Sunday


@pytest.mark.parametrize(
    ("typed", "expected", "precision"),
    [
        ("today", "2026-11-22T00:00:00+07:00", "day"),
        ("yesterday", "2026-11-21T00:00:00+07:00", "day"),
        ("Fri", "2026-11-20T00:00:00+07:00", "day"),
        ("last friday", "2026-11-20T00:00:00+07:00", "day"),
        ("sunday", "2026-11-15T00:00:00+07:00", "day"),
        ("3d ago", "2026-11-19T00:00:00+07:00", "day"),
        ("2 weeks ago", "2026-11-08T00:00:00+07:00", "day"),
        ("1 month ago", "2026-10-22T00:00:00+07:00", "day"),
        ("21 Nov", "2026-11-21T00:00:00+07:00", "day"),
        ("nov 21, 2025", "2025-11-21T00:00:00+07:00", "day"),
        ("5 dec", "2025-12-05T00:00:00+07:00", "day"),
        ("21 Nov 10:05", "2026-11-21T10:05:00+07:00", "minute"),
        ("10:05", "2026-11-22T10:05:00+07:00", "minute"),
        ("yesterday at 3pm", "2026-11-21T15:00:00+07:00", "hour"),
        ("2h ago", "2026-11-22T08:20:00+07:00", "hour"),
        ("now", "2026-11-22T10:20:00+07:00", "minute"),
        ("~ 3 mar", "2026-03-03T00:00:00+07:00", "about"),
        ("2026-11-21", "2026-11-21T00:00:00+07:00", "day"),
        ("2026-11-21 14:30", "2026-11-21T14:30:00+07:00", "minute"),
        ("2026-11-21T14:30:00Z", "2026-11-21T14:30:00+00:00", "minute"),
    ],
)
def test_past_moments(typed: str, expected: str, precision: str) -> None:
    when = parse_when(typed, NOW)
    assert (when.at.isoformat(), when.precision) == (expected, precision)


@pytest.mark.parametrize(
    "typed",
    [
        "31 feb",
        "2026-02-30",
        "2026-13-01",
        "2025-02-29",
        "0 jan",
        "0001-01-01",
        "1969-12-31",
        "9999-12-31",
    ],
)
def test_days_that_do_not_exist(typed: str) -> None:
    with pytest.raises(UsageError, match="not a day in the calendar"):
        parse_when(typed, NOW)


@pytest.mark.parametrize("typed", ["tomorrow", "2027-01-01", "23:00", "2026-11-22T23:00:00+07:00"])
def test_what_has_not_happened_yet(typed: str) -> None:
    with pytest.raises(UsageError, match="has not happened yet"):
        parse_when(typed, NOW)


@pytest.mark.parametrize(
    "typed",
    [
        "soonish",
        "21",
        "99999d",
        "12 foo",
        "25:00",
        "2026-11-21T99:99",
        "last month",
        "last week",
        "month",
        "wedding",
        "sunset",
        "marble 3",
        "mo",
    ],
)
def test_what_no_one_can_read(typed: str) -> None:
    with pytest.raises(UsageError, match="not a date Docket can read"):
        parse_when(typed, NOW)


@given(st.text(max_size=30))
def test_any_text_gives_a_moment_or_one_line(typed: str) -> None:
    try:
        when = parse_when(typed, NOW)
    except UsageError as error:
        assert "\n" not in str(error).replace(typed.strip()[:40], "")
    else:
        assert when.at <= NOW
        assert when.at.tzinfo is not None


@given(st.dates(min_value=date(1971, 1, 1), max_value=date(2026, 11, 22)))
def test_iso_days_read_back(day: date) -> None:
    assert parse_when(day.isoformat(), NOW).day == day
    assert parse_day(day.isoformat(), NOW.date()) == day


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("+14d", "2026-12-06"),
        ("in 2 weeks", "2026-12-06"),
        ("+1m", "2026-12-22"),
        ("mon", "2026-11-23"),
        ("30 nov", "2026-11-30"),
        ("5 jan", "2027-01-05"),
        ("20 nov", "2026-11-20"),
        ("14d", "2026-12-06"),
        ("2 weeks", "2026-12-06"),
        ("3d ago", "2026-11-19"),
        ("sept 3", "2026-09-03"),
        ("last fri", "2026-11-20"),
        ("tomorrow", "2026-11-23"),
    ],
)
def test_due_days_may_lie_ahead(typed: str, expected: str) -> None:
    assert parse_day(typed, NOW.date()).isoformat() == expected


def test_month_steps_stay_in_the_month() -> None:
    assert parse_day("1 month ago", date(2024, 3, 31)) == date(2024, 2, 29)
    assert parse_day("1y ago", date(2024, 2, 29)) == date(2023, 2, 28)


def test_the_offset_of_that_day_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", "Europe/Paris")
    time.tzset()
    try:
        now = datetime(2026, 11, 22, 9, 0, tzinfo=UTC).astimezone()
        assert parse_when("1 jul 12:00", now).at.isoformat() == "2026-07-01T12:00:00+02:00"
        assert parse_when("1 nov 12:00", now).at.isoformat() == "2026-11-01T12:00:00+01:00"
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(("typed", "days"), [("2", 2), ("2d", 2), ("1w", 7), ("48h", 2), ("1h", 1)])
def test_spans(typed: str, days: int) -> None:
    assert parse_days(typed) == days


@pytest.mark.parametrize("typed", ["0", "-1", "", "soon", "1.5d"])
def test_spans_that_are_refused(typed: str) -> None:
    with pytest.raises(UsageError):
        parse_days(typed)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1 mar", "2026-03-01"),
        ("mon", "2026-11-16"),
        ("3 weeks", "2026-11-01"),
        ("5 dec", "2025-12-05"),
    ],
)
def test_the_start_of_a_period_lies_behind(typed: str, expected: str) -> None:
    assert parse_day(typed, NOW.date(), past=True).isoformat() == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("21.11.", "2026-11-21"),
        ("21.11", "2026-11-21"),
        ("21. 11.", "2026-11-21"),
        ("21.11.2025", "2025-11-21"),
        ("21.11.25", "2025-11-21"),
        ("3.4.", "2026-04-03"),
        ("23.11.", "2025-11-23"),
        ("21/11", "2026-11-21"),
        ("11/21", "2026-11-21"),
        ("5/5", "2026-05-05"),
        ("21-11-2025", "2025-11-21"),
        ("2026/11/21", "2026-11-21"),
        ("21st nov", "2026-11-21"),
        ("nov 3rd", "2026-11-03"),
        ("fri 20 nov", "2026-11-20"),
        ("Friday, 20 November 2026", "2026-11-20"),
    ],
)
def test_days_in_numbers_and_with_their_weekday(typed: str, expected: str) -> None:
    assert parse_when(typed, NOW).day.isoformat() == expected
    assert parse_day(typed, NOW.date(), past=True).isoformat() == expected


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("3/4", "could be 3 Apr or 4 Mar"),
        ("3-4-2026", "could be 3 Apr or 4 Mar"),
        ("31.2.", "not a day in the calendar"),
        ("21.13.", "not a day in the calendar"),
        ("mon 20 nov", "20 Nov 2026 is a Friday, not a Monday"),
        ("fri 25:00", "not a date"),
        ("26-11-21", "not a date"),
        ("14:00 3 days", "not a date"),
    ],
)
def test_days_in_numbers_that_could_be_two_or_none(typed: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        parse_when(typed, NOW)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("yesterday noon", "2026-11-21T12:00"),
        ("noon yesterday", "2026-11-21T12:00"),
        ("14:00 fri", "2026-11-20T14:00"),
        ("fri 2 pm", "2026-11-20T14:00"),
        ("fri 2:30pm", "2026-11-20T14:30"),
        ("fri 12:10 am", "2026-11-20T00:10"),
        ("9 am", "2026-11-22T09:00"),
    ],
)
def test_a_time_of_day_stands_after_or_before_its_day(typed: str, expected: str) -> None:
    assert parse_when(typed, NOW).at.isoformat().startswith(expected)


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("fri 14:00 he came", 2),
        ("2d ago and more", 2),
        ("20 oct 2025 14:00", 4),
        ("20 oct 2000 EUR", 2),
        ("yesterday 3 calls", 1),
        ("today 23:00 late", 2),
        ("31 feb came", 2),
        ("he came", 0),
        ("14:00 3 days late", 1),
    ],
)
def test_how_many_words_are_a_date(words: str, count: int) -> None:
    found = words_of_a_date(words.split(), lambda text: parse_when(text, NOW), NOW.date())
    assert found == count


@pytest.fixture
def paris(monkeypatch: pytest.MonkeyPatch) -> Iterator[datetime]:
    """The clocks of Paris, a day in November; they changed on 29 March and 25 October 2026."""
    import time

    monkeypatch.setenv("TZ", "Europe/Paris")
    time.tzset()
    yield datetime(2026, 11, 22, 9, 0, tzinfo=UTC).astimezone()
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("typed", ["29 mar 02:30", "2026-03-29 02:00", "29.3. 2am"])
def test_a_time_the_clocks_left_out_is_refused(paris: datetime, typed: str) -> None:
    with pytest.raises(UsageError, match=r"There was no 29 Mar 2026 02:[03]0") as refused:
        parse_when(typed, paris)
    assert refused.value.remedy in ("Write 01:30 or 03:30", "Write 01:00 or 03:00")


def test_a_time_that_came_twice_is_asked_about(paris: datetime) -> None:
    with pytest.raises(UsageError, match="25 Oct 2026 02:30 came twice") as asked:
        parse_when("25 oct 02:30", paris)
    one, other = "2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00"
    assert one in asked.value.remedy and other in asked.value.remedy
    for written in (one, other):
        assert parse_when(written, paris).at.isoformat() == f"{written[:16]}:00{written[16:]}"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("29 mar 01:59", "2026-03-29T01:59:00+01:00"),
        ("29 mar 03:00", "2026-03-29T03:00:00+02:00"),
        ("25 oct 01:59", "2026-10-25T01:59:00+02:00"),
        ("25 oct 03:00", "2026-10-25T03:00:00+01:00"),
        ("25 oct", "2026-10-25T00:00:00+02:00"),
    ],
)
def test_the_hours_beside_the_change_are_plain(paris: datetime, typed: str, expected: str) -> None:
    assert parse_when(typed, paris).at.isoformat() == expected


def test_a_day_whose_midnight_was_left_out_is_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", "Africa/Cairo")  # 24 April 2026 began at 01:00
    time.tzset()
    try:
        now = datetime(2026, 11, 22, 9, 0, tzinfo=UTC).astimezone()
        when = parse_when("24 apr 2026", now)
        assert (when.day, when.precision) == (date(2026, 4, 24), "day")
    finally:
        monkeypatch.undo()
        time.tzset()
