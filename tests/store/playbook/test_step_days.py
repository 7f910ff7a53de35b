"""The days of next steps: weekends, month ends, 29 February, clocks put forward, and two zones."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.decision import assess
from store.docket import Docket
from store.entries import Entry
from store.playbook.next_steps import next_steps
from store.playbook.scene import Scene
from store.playbook.step import NextStep
from store.private.model import Private
from store.settings.config import Config
from store.working_days import MON_FRI
from tests.store.building import TODAY
from tests.store.decision.plans import Plan, many, plans
from tests.store.playbook.doing import steps

PARIS, AUCKLAND, HONOLULU = (
    ZoneInfo(name) for name in ("Europe/Paris", "Pacific/Auckland", "Pacific/Honolulu")
)


def _entry(seq: int, kind: str, at: datetime, data: dict[str, Any]) -> Entry:
    fields = {"client": "acme", "kind": kind, "id": f"{seq:032x}", "statement": "Logo files"}
    when = {"occurred_at": at.isoformat(), "recorded_at": at.isoformat()}
    return Entry.read(seq, f"{seq:064x}", {**fields, **when, "data": data})


def _on(day: date, zone: Any = UTC, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour, 30), zone)


def _next(today: date, *entries: Entry) -> dict[str, NextStep]:
    first = _entry(1, "client", _on(today - timedelta(days=500)), {"name": "Acme"})
    docket, config = Docket.of("acme", (first, *entries), today), Config()
    scene = Scene(docket, assess(docket, Private(), config), config, Private())
    return {step.key.partition(":")[0]: step for step in next_steps(scene)}


def _bill(due: date, issued: date) -> Entry:
    data = {"number": "A", "amount": "100", "currency": "EUR", "due": due.isoformat()}
    return _entry(2, "invoice", _on(issued), data)


@pytest.mark.parametrize(
    ("due", "step"),
    [
        (date(2028, 2, 28), date(2028, 2, 29)),  # a Monday, in a leap year
        (date(2028, 2, 29), date(2028, 3, 1)),
        (date(2026, 2, 27), date(2026, 3, 2)),  # a Friday: the day after is a Saturday
        (date(2026, 7, 31), date(2026, 8, 3)),
        (date(2026, 12, 31), date(2027, 1, 1)),
        (date(2026, 3, 27), date(2026, 3, 30)),  # the clocks go forward between
        (date(2026, 10, 23), date(2026, 10, 26)),  # and back
    ],
)
def test_a_courtesy_note_is_due_on_the_working_day_after(due: date, step: date) -> None:
    found = _next(due, _bill(due, due - timedelta(days=14)))
    assert (found["bill"].due, found["bill"].what) == (step, "Send a courtesy note about A")


@pytest.mark.parametrize("number", ["A", None])
def test_a_bill_that_is_paid_in_parts_waits_for_the_next_one_and_a_missed_one_is_named(
    number: str | None,
) -> None:
    bill = _bill(date(2026, 2, 2), date(2026, 1, 19))
    parts = [{"due": day, "amount": "50"} for day in ("2026-03-12", "2026-04-13")]
    data = {"currency": "EUR", "parts": parts, "of_invoice": number}
    plan = _entry(3, "instalments", _on(date(2026, 3, 2)), data)
    kept = _next(date(2026, 3, 5), bill, plan)["bill"]
    assert kept.due == date(2026, 3, 13)
    assert "They pay in parts: EUR 50.00 is due on 12 Mar." in kept.why
    paid = _entry(4, "payment", _on(date(2026, 3, 12)), {"amount": "50", "currency": "EUR"})
    assert _next(date(2026, 3, 20), bill, plan, paid)["bill"].due == date(2026, 4, 14)
    missed = _next(date(2026, 3, 20), bill, plan)["bill"]
    assert missed.due <= date(2026, 3, 20)
    assert "EUR 50.00 is missed, since 12 Mar." in missed.why


@pytest.mark.parametrize("by", ["me", "client"])
@pytest.mark.parametrize("due", [date(2026, 11, 28), date(2028, 2, 29), date(2026, 1, 31)])
def test_a_promise_keeps_its_day_whatever_day_that_is(by: str, due: date) -> None:
    made = _entry(2, "promise", _on(due - timedelta(days=5)), {"by": by, "due": due.isoformat()})
    later = timedelta(days=0 if by == "me" else 1)
    assert _next(due, made)["promise"].due == due + later


@pytest.mark.parametrize(("zone", "hour"), [(PARIS, 23), (AUCKLAND, 0), (HONOLULU, 23), (UTC, 12)])
def test_a_day_is_that_of_the_clock_it_was_told_by(zone: Any, hour: int) -> None:
    """Late at night or early, in the night of the clocks: the local day counts, nothing else."""
    needed = date(2026, 3, 30)
    asked = _entry(2, "request", _on(date(2026, 3, 28), zone, hour), {"needed_by": "2026-03-30"})
    found = _next(date(2026, 4, 1), asked)
    assert found["request"].due == needed + timedelta(days=1)
    at = _on(date(2026, 3, 31), zone, hour)
    told = _entry(3, "notice", at, {}).changed(links=())
    assert _next(date(2026, 4, 1), asked, told)["request"].due == date(2026, 4, 7)


@many
@given(plans())
def test_every_step_is_on_a_working_day_unless_somebody_named_the_day(plan: Plan) -> None:
    named = ("promise", "act", "hold", "access", "review", "end", "watch", "staged", "said")
    for step in steps(plan.story()):
        if step.key.partition(":")[0] not in named and not step.line.startswith("stop "):
            assert step.due in MON_FRI, step


@many
@given(plans(), st.integers(1, 60), st.integers(0, 60))
def test_my_own_delay_moves_no_date_in_my_favour(plan: Plan, made: int, late: int) -> None:
    """A promise of mine that is late, and a wait of mine: nothing of mine gets a later day."""
    before = {step.key: step for step in steps(plan.story())}
    story = plan.story()
    if made < story.docket().today.toordinal():
        story.promise(made + late, late, by="me")
    story.add("hours", min(late, plan.began), hours="3", spent="wait")
    after = {step.key: step for step in steps(story)}
    for key, step in before.items():
        if key.startswith("promise") and step.line.startswith("promise-kept"):
            assert after[key].due == step.due
    mine = next(one for key, one in after.items() if key not in before and "promise" in key)
    assert mine.due == TODAY - timedelta(days=late)
