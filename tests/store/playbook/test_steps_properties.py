"""What must hold of the next steps of every docket: whatever is open has a day, and moves on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

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
from store.playbook.step import to_take
from store.private.model import Decision, Private, Snooze
from store.settings.config import Config
from tests.store import building
from tests.store.building import NOON, TODAY
from tests.store.decision import telling
from tests.store.decision.plans import Plan, many, plans
from tests.store.decision.telling import Story
from tests.store.playbook.doing import scene, steps, take

REPROACHES = ("talk", "notice", "warning", "stop", "exit")
"""What begins a step that holds something against them, by kind or verb, the mildest first."""


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
@given(plans())
def test_of_one_subject_one_step_is_to_be_taken_and_the_others_are_named_behind_it(
    plan: Plan,
) -> None:
    found = steps(plan.story())
    taken = to_take(found)
    subjects = [step.subject or step.about or step.key for step in taken]
    assert len(set(subjects)) == len(subjects)
    assert {step.under for step in found} - {""} <= {step.key for step in taken}
    assert list(found[: len(taken)]) == taken, "what waits comes after all that can be taken"


@many
@given(plans())
def test_where_the_end_is_put_off_the_small_steps_can_be_taken_again(plan: Plan) -> None:
    story = plan.story()
    found = steps(story)
    waiting = {step.key for step in found if step.under == "end"}
    later = Snooze(at=NOON, key="end", until=TODAY + timedelta(days=9), why="They are ill")
    private = Private(checkins=story.private.checkins, snoozes=(later,))
    assert not [step for step in steps(story, private) if step.under == "end"]
    assert waiting <= {step.key for step in steps(story, private)}


def reproach(story: Story) -> tuple[int, int]:
    """Return how grave the gravest reproach is that could be made today, and how many could.

    Where the end of it is no more asked for, milder ones may be made again, one by one.
    """
    kinds = [
        (one.line or one.verb).partition(" ")[0]
        for one in to_take(steps(story))
        if one.due <= TODAY
    ]
    found = [REPROACHES.index(kind) for kind in kinds if kind in REPROACHES]
    return max(found, default=-1), len(found)


@many
@given(plans())
def test_a_payment_an_answer_and_an_outcome_never_add_a_reproach(plan: Plan) -> None:
    before = reproach(plan.story())
    for settle in (pay_all, answer_all, tell_outcomes):
        assert reproach(settle(plan.story())) <= before, settle


def pay_all(story: Story) -> Story:
    """Let all that is owed come in today."""
    for bill in story.docket().ledger.open():
        story.pay(0, str(bill.balance.amount), **{bill.number: str(bill.balance.amount)})
    return story


def answer_all(story: Story) -> Story:
    """Let all that was asked be answered today."""
    for asked in story.docket().open_requests:
        story.answer(asked.seq)
    return story


def tell_outcomes(story: Story) -> Story:
    """Say of every repair that it helped."""
    for item in open_items(story.docket()):
        if item.sort == "repair":
            link: tuple[Any, int] = ("about", item.seq)
            one = building.entry(story.next, "outcome", 0, data={"worked": "yes"}, link=link)
            story.entries.append(one)
    return story


@many
@given(plans())
def test_a_step_of_any_kind_that_is_taken_moves_on(plan: Plan) -> None:
    """Its line, as it is typed, or its verb: what is due is gone then, or has a later day."""
    found = steps(plan.story())
    for step in [one for one in found if one.due <= TODAY]:
        story = plan.story()
        private = take(story, story.private, step)
        left = [one for one in steps(story, private) if one.key == step.key]
        assert all(one.due > TODAY for one in left), (step, left)


def _ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


TOLD: dict[str, list[tuple[str, int, str, dict[str, Any]]]] = {
    "staged": [
        ("invoice", 50, "A", {"data": building.invoice(2, 50, 40, "A").data.model_dump()}),
        ("reminder", 30, "A", {"refs": {"invoice": "A"}}),
        ("stop", 9, "A", {"data": {"effective": _ago(2)}}),
    ],
    "said": [
        ("request", 40, "Logo files", {"data": {"needed_by": _ago(30)}}),
        ("warning", 20, "If nothing comes by 20 November I end it", {}),
    ],
    "time": [("complaint", 2, "Is that all you have done?", {})],
    "complaint": [("complaint", 2, "Too blue", {})],
    "act": [
        ("complaint", 9, "Too blue", {}),
        ("repair-offer", 8, "Red", {"data": {"effective": _ago(0)}, "link": ("about", 2)}),
    ],
    "round": [
        ("terms", 90, "", {"data": {"revisions": 1}}),
        ("delivery", 20, "Draft", {}),
        ("rework", 9, "Again", {"link": ("about", 3)}),
        ("rework", 5, "Again", {"link": ("about", 3)}),
    ],
    "sheet": [
        ("welcome", 30, "", {"data": {"goal": "Forty orders"}}),
        ("expectations", 20, "Mailed", {"link": ("about", 2)}),
    ],
    "handover": [("handover", 20, "Login", {"data": {"to": "Ann"}})],
    "access": [
        ("handover", 20, "Login", {"data": {"to": "Ann", "access_ends": _ago(1)}}),
        ("acceptance", 10, "", {"data": {"by": "Ann"}, "link": ("accepts", 2)}),
    ],
    "inspire": [("welcome", 40, "", {"data": {"vision": "none"}})],
    "inspired": [
        ("welcome", 40, "", {"data": {"vision": "none"}}),
        ("inspire", 30, "Three shops", {"link": ("about", 2)}),
    ],
    "blame": [("access-withheld", 90, "The login", {}), ("blame", 2, "It is your fault", {})],
    "review": [],
}
"""What leads to steps that few plans lead to, by the beginning of their key."""


@pytest.mark.parametrize("kind", TOLD)
def test_a_step_that_few_dockets_have_moves_on_once_it_is_taken(kind: str) -> None:
    story = Story()
    for name, day, text, more in TOLD[kind]:
        story.entries.append(building.entry(story.next, name, day, text, **more))
    made = Decision(at=NOON - timedelta(days=9), choice="keep", review=TODAY - timedelta(days=1))
    private = Private(decisions=(made,) if kind == "review" else ())
    [step] = [one for one in steps(story, private) if one.key.partition(":")[0] == kind]
    assert step.due <= TODAY
    private = take(story, private, step)
    assert all(one.due > TODAY for one in steps(story, private) if one.key == step.key)


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
        story = plan.story()
        after = next_steps(scene(story.docket(TODAY + moved), story.private))
    assert [(one.key, one.due + moved) for one in before] == [(one.key, one.due) for one in after]


@pytest.mark.parametrize("due", [date(2028, 2, 29), date(2026, 1, 31), date(2026, 3, 31)])
def test_month_ends_and_the_29th_of_february_give_the_day_after(due: date) -> None:
    from store.playbook.ladder import PLAIN, OfBill, StepsTaken, reached

    assert reached(PLAIN, due, OfBill(StepsTaken(()), StepsTaken(()))).due == due + timedelta(
        days=1
    )


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
