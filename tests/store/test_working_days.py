"""Working days: counted one by one, over month ends, 29 February and holidays, in any zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.settings.config import read_settings
from store.working_days import WorkingDays, is_place, keeps_holidays, parse_week
from tests.examples import examples

DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))
WEEKS = st.frozensets(st.integers(0, 6), min_size=1)
KEPT = st.sampled_from(["", "NO", "DE-BY", "KH"])
WORKING = st.builds(WorkingDays, WEEKS, KEPT)
PLAIN = WorkingDays()


@pytest.mark.parametrize(
    ("day", "count", "then"),
    [
        ("2026-01-30", 1, "2026-02-02"),  # a Friday, over a month's end
        ("2028-02-28", 1, "2028-02-29"),
        ("2028-02-29", 1, "2028-03-01"),
        ("2027-02-26", 1, "2027-03-01"),
        ("2026-03-27", 5, "2026-04-03"),  # clocks go forward between
        ("2026-12-31", 1, "2027-01-01"),
        ("2026-11-28", 0, "2026-11-28"),
    ],
)
def test_so_many_working_days_later(day: str, count: int, then: str) -> None:
    assert PLAIN.after(date.fromisoformat(day), count) == date.fromisoformat(then)


def test_holidays_of_a_place_are_no_working_days() -> None:
    norway = WorkingDays(place="NO")
    assert date(2027, 5, 17) in PLAIN
    assert date(2027, 5, 17) not in norway  # a Monday
    assert norway.at_or_after(date(2027, 5, 15)) == date(2027, 5, 18)
    bavaria, hamburg = WorkingDays(place="DE-BY"), WorkingDays(place="DE-HH")
    assert date(2026, 1, 6) not in bavaria
    assert date(2026, 1, 6) in hamburg


@given(WORKING, DAYS, st.integers(0, 60))
@examples(200)
def test_what_is_added_is_what_lies_between(working: WorkingDays, day: date, count: int) -> None:
    then = working.after(day, count)
    assert working.between(day, then) == count
    assert then == day if not count else then in working


@given(WORKING, DAYS, st.integers(0, 90), st.integers(0, 90))
@examples(200)
def test_days_between_add_up(working: WorkingDays, day: date, first: int, more: int) -> None:
    middle = day + timedelta(days=first)
    end = middle + timedelta(days=more)
    parts = working.between(day, middle) + working.between(middle, end)
    assert parts == working.between(day, end) <= first + more


@given(WORKING, DAYS)
@examples(200)
def test_the_next_working_day_is_the_first_there_is(working: WorkingDays, day: date) -> None:
    found = working.at_or_after(day)
    assert found in working
    assert not any(day + timedelta(days=n) in working for n in range((found - day).days))


@pytest.mark.parametrize("zone", ["Europe/Oslo", "Pacific/Auckland", "America/New_York"])
def test_days_do_not_know_of_zones_and_daylight_saving(zone: str) -> None:
    for start in (
        datetime(2026, 3, 26, 23, 30, tzinfo=UTC),
        datetime(2026, 10, 22, 11, tzinfo=UTC),
    ):
        begun = start.astimezone(ZoneInfo(zone)).date()
        assert PLAIN.between(begun, PLAIN.after(begun, 10)) == 10


def test_the_ends_of_time_are_reached_and_not_passed() -> None:
    assert PLAIN.after(date.max, 3) == date.max
    assert WorkingDays(frozenset()).at_or_after(date(2026, 1, 1)) > date(2026, 12, 31)


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("mon-fri", {0, 1, 2, 3, 4}),
        ("Sun-Thu", {6, 0, 1, 2, 3}),
        ("mon, wed,fri", {0, 2, 4}),
        ("tue-tue", {1}),
    ],
)
def test_a_week_as_it_is_typed(typed: str, days: set[int]) -> None:
    assert parse_week(typed) == frozenset(days)


@pytest.mark.parametrize("typed", ["", "monday", "mon-", "-", "fri-xx", "1-5", "mon,,tue"])
def test_what_is_no_week(typed: str) -> None:
    assert parse_week(typed) is None


def test_places_are_told_by_their_looks_and_by_whether_they_are_known() -> None:
    assert is_place("NO") and is_place("DE-BY") and is_place("US-NY")
    assert not (is_place("Norway") or is_place("no") or is_place("DE-"))
    assert keeps_holidays("DE-BY")
    assert not keeps_holidays("XX") and not keeps_holidays("DE-ZZ")
    assert date(2026, 12, 25) in WorkingDays(place="XX")


def test_they_are_settings(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('working_days = "sun-thu"\nholidays = "AE"\n', encoding="utf-8")
    assert read_settings(path).config.working == WorkingDays(frozenset({6, 0, 1, 2, 3}), "AE")
    path.write_text('working_days = "daily"\nholidays = "Norway"\n', encoding="utf-8")
    found = read_settings(path)
    assert "such as mon-fri" in str(found.wrong) and "such as NO" in str(found.wrong)
    assert found.config.working == WorkingDays()
