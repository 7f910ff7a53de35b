"""What must hold of the next steps of every docket: whatever is open has a day, and moves on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.decision import assess
from store.docket.open_items import open_items
from store.playbook.letters import letter
from store.playbook.letters.facts import facts_for
from store.playbook.letters.sorts import FACTS
from store.playbook.next_steps import next_steps
from store.playbook.scene import Scene
from store.playbook.step import NextStep
from store.private.model import Private
from store.settings.config import Config
from tests.store import building
from tests.store.building import TODAY
from tests.store.decision import telling
from tests.store.decision.plans import Plan, many, plans
from tests.store.decision.telling import Story

REPROACHES = ("talk", "notice", "warning", "end-notice", "stop")


def steps(story: Story) -> tuple[NextStep, ...]:
    """Return what is next in a story, today."""
    docket, config = story.docket(), Config()
    return next_steps(Scene(docket, assess(docket, Private(), config), config, Private()))


@many
@given(plans())
def test_whatever_is_open_has_a_step_with_a_date(plan: Plan) -> None:
    story = plan.story()
    found = steps(story)
    ended = story.docket().ended is not None
    for item in open_items(story.docket()):
        if item.sort in ("invoice", "promise") or (item.sort == "request" and not ended):
            [step] = [one for one in found if one.key == f"{_KEY[item.sort]}:{item.seq}"]
            assert isinstance(step.due, date) and item.seq in step.evidence


_KEY = {"invoice": "bill", "request": "request", "promise": "promise"}


@many
@given(st.integers(1, 90))
def test_a_payment_and_an_answer_never_add_a_reproach(late: int) -> None:
    owed = Story().bill("A", due=late).ask(late + 2)
    settled = Story().bill("A", due=late, paid=0).ask(late + 2, answered=0)
    before = {one.key for one in steps(owed) if one.line.split(" ")[0] in REPROACHES}
    after = {one.key for one in steps(settled) if one.line.split(" ")[0] in REPROACHES}
    assert after <= before


@many
@given(st.integers(1, 400), st.integers(1, 6))
def test_a_step_that_is_logged_moves_on(late: int, times: int) -> None:
    story = Story().bill("A", due=late)
    for _ in range(times):
        [bill] = [one for one in steps(story) if one.key.startswith("bill")]
        if not bill.line:
            return
        story = story.add(bill.line.split(" ")[0], 0)
        [after] = [one for one in steps(story) if one.key.startswith("bill")]
        assert after.due > TODAY
        assert after.due > bill.due or (after.what != bill.what and bill.due > TODAY)


@many
@given(st.integers(0, 60), st.integers(1, 400))
def test_later_looks_never_lose_what_is_open(late: int, wait: int) -> None:
    found = steps(Story().bill("A", due=late + wait))
    assert [one.about for one in found if one.key.startswith("bill")] == ["A"]


@many
@given(plans(), st.sampled_from((7, 28, 364, 1001)))
def test_moving_all_dates_moves_all_steps(plan: Plan, days: int) -> None:
    """Whole weeks, so that a working day stays one."""
    moved = timedelta(days=days)
    before = steps(plan.story())
    with pytest.MonkeyPatch.context() as patch:
        for module in (building, telling):
            patch.setattr(module, "TODAY", TODAY + moved)
        docket, config = plan.story().docket(TODAY + moved), Config()
    after = next_steps(Scene(docket, assess(docket, Private(), config), config, Private()))
    assert [(one.key, one.due + moved) for one in before] == [(one.key, one.due) for one in after]


@pytest.mark.parametrize("due", [date(2028, 2, 29), date(2026, 1, 31), date(2026, 3, 31)])
def test_month_ends_and_the_29th_of_february_give_the_day_after(due: date) -> None:
    from store.playbook.ladder import PLAIN, reached

    assert reached(PLAIN, due, ()).due == due + timedelta(days=1)


@many
@given(plans())
def test_the_letter_of_a_step_is_there_and_asks_for_what_no_entry_says(plan: Plan) -> None:
    story = plan.story()
    docket, config = story.docket(), Config()
    scene = Scene(docket, assess(docket, Private(), config), config, Private())
    seqs = {entry.seq for entry in docket.entries}
    for step in next_steps(scene):
        if step.letter:
            found = letter(step.letter, facts_for(scene, step.about))
            assert set(found.missing) <= FACTS.keys()
            assert all(set(one.entries) <= seqs for one in found.rests_on)
