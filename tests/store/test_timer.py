"""The timer: one at a time, over midnight and changes of the clock, torn or erased."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import UsageError
from store.upkeep.erase import erase, plan_erasure
from store.workspace.timer import Timer, measured, running, start_timer, stop_timer
from tests.examples import examples
from tests.store.building import NOON, workspace

ACME = Timer("acme", NOON)


def test_it_is_kept_and_only_one_runs(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    assert running(made.root) is None
    start_timer(made.root, ACME._replace(late=True))
    assert running(made.root) == ACME._replace(late=True)
    assert made.places.timer.stat().st_mode & 0o777 == 0o600
    with pytest.raises(UsageError, match="runs already, for acme"):
        start_timer(made.root, Timer("other", NOON))
    stop_timer(made.root)
    stop_timer(made.root)
    assert running(made.root) is None


@given(st.integers(-5000, 5000))
@examples(200)
def test_hours_are_what_has_passed_to_the_minute_and_never_below_nought(minutes: int) -> None:
    found = measured(ACME, NOON + timedelta(minutes=minutes))
    if 0 < minutes <= 24 * 60:
        assert found.hours is not None
        assert abs(found.hours * 60 - minutes) < Decimal("0.5")
    else:
        assert found.hours is None and found.why


def test_midnight_and_daylight_saving_change_nothing() -> None:
    oslo = ZoneInfo("Europe/Oslo")
    begun = datetime(2026, 10, 24, 23, 30, tzinfo=oslo)
    until = datetime(2026, 10, 25, 4, 0, tzinfo=oslo).astimezone(UTC)
    assert measured(Timer("acme", begun.astimezone(UTC)), until).hours == Decimal("5.50")


@pytest.mark.parametrize("torn", ["", "{", "[]", '{"client": "acme"}', '{"client":1,"since":"x"}'])
def test_a_torn_file_is_no_timer_and_goes_with_any_client(tmp_path: Path, torn: str) -> None:
    made = workspace(tmp_path)
    made.places.timer.write_text(torn, encoding="utf-8")
    assert running(made.root) is None
    start_timer(made.root, ACME)
    made.places.timer.write_text(torn, encoding="utf-8")
    assert "timer.json" in plan_erasure(made, "acme").files


def test_it_is_erased_with_its_client_and_no_other(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    made.new_client("other", [made.draft("other", "client", "", data={"name": "Other"})])
    start_timer(made.root, ACME)
    erase(made, "other")
    assert running(made.root) == ACME
    erase(made, "acme")
    assert not made.places.timer.exists()
