"""What must hold of every docket: bounds, more trouble never helps, names and days are nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from store.config import Config
from store.decision import VERDICTS, Assessment, assess
from store.docket import Docket
from store.entries import KINDS, Entry
from store.private import CheckIn, Private
from tests.store.building import TODAY
from tests.store.decision.telling import Story

INCIDENTS = sorted(
    k.id for k in KINDS.values() if k.group == "incident" and k.id != "high-standard"
)
STEPS = sorted(k.id for k in KINDS.values() if k.group == "step" and k.id != "exception")
GOOD = sorted(kind.id for kind in KINDS.values() if kind.group == "good-day")
DAYS = st.integers(1, 399)
EXAMPLES = 60


@dataclass(frozen=True)
class Plan:
    """Everything a generated docket is made of; days count back from TODAY."""

    incidents: list[tuple[str, int, int]]
    steps: list[tuple[str, int, bool | None]]
    good: list[tuple[str, int]]
    bills: list[tuple[int, int | None]]
    requests: list[tuple[int, int | None]]
    circumstance: bool
    feelings: list[tuple[int, int, int, int]]

    def story(self) -> Story:
        """Tell it; a note of today keeps the log fresh, and hours keep the shares known."""
        story = Story(began=400).add("note", 0).add("hours", 5, hours="40")
        for kind, day, severity in self.incidents:
            story.add(kind, day, severity=severity)
        for kind, day, worked in self.steps:
            story.add(kind, day, **({} if worked is None else {"worked": worked}))
        for kind, day in self.good:
            story.add(kind, day)
        for number, (due, paid) in enumerate(self.bills):
            story.bill(f"B{number}", due, paid)
        for asked, answered in self.requests:
            story.ask(asked, answered)
        if self.circumstance:
            story.add("illness", 60)
        for client, work, dread, fit in self.feelings:
            story.feel(9, stress_client=client, stress_work=work, dread=dread, fit_vision=fit)
        return story


def _later(pairs: list[tuple[int, int | None]]) -> list[tuple[int, int | None]]:
    """Put the second day after the first, counting back: an answer follows its question."""
    return [(max(a, b or 0), None if b is None else min(a, b)) for a, b in pairs]


PAIRS = st.lists(st.tuples(DAYS, st.none() | DAYS), max_size=5).map(_later)
BILLS = st.lists(st.tuples(DAYS, st.none() | DAYS), max_size=5, unique_by=lambda bill: bill[0]).map(
    sorted
)
PLANS = st.builds(
    Plan,
    incidents=st.lists(st.tuples(st.sampled_from(INCIDENTS), DAYS, st.integers(1, 3)), max_size=6),
    steps=st.lists(
        st.tuples(st.sampled_from(STEPS), DAYS, st.sampled_from([None, True, False])), max_size=5
    ),
    good=st.lists(st.tuples(st.sampled_from(GOOD), DAYS), max_size=4),
    bills=BILLS,
    requests=PAIRS,
    circumstance=st.booleans(),
    feelings=st.lists(st.tuples(*[st.integers(0, 10)] * 4), max_size=2),
)


def no_better(before: Assessment, after: Assessment) -> bool:
    """Whether `after` is at least as grave in verdict and in score."""
    assert before.score is not None
    assert after.score is not None
    graver = VERDICTS.index(after.verdict) >= VERDICTS.index(before.verdict)
    return graver and after.score >= before.score


def essence(assessment: Assessment) -> tuple[object, ...]:
    """Everything but the numbers of entries, which follow the order of logging."""
    return (
        assessment.verdict,
        assessment.score,
        assessment.low,
        assessment.high,
        assessment.kind_points,
        tuple((factor.name, factor.burden, factor.detail) for factor in assessment.factors),
        tuple((rule.id, rule.verdict, rule.reason) for rule in assessment.rules),
        assessment.would_change,
        assessment.headline,
    )


@settings(max_examples=EXAMPLES, deadline=None)
@given(PLANS)
def test_scores_and_burdens_stay_in_bounds_and_evidence_exists(plan: Plan) -> None:
    story = plan.story()
    found = story.assessed()
    assert found.score is not None
    assert 0 <= found.low <= found.score <= found.high <= 100
    assert 0 <= found.coverage <= 1
    assert 0 <= found.robustness.holds <= 1
    numbers = {entry.seq for entry in story.entries}
    for factor in found.factors:
        assert factor.burden is None or 0 <= factor.burden <= 1
        assert set(factor.evidence) <= numbers
    for rule in found.rules:
        assert set(rule.evidence) <= numbers
        assert rule.evidence or rule.id == "R7"


@settings(max_examples=EXAMPLES, deadline=None)
@given(PLANS, st.sampled_from(INCIDENTS), DAYS, st.integers(1, 3))
def test_one_more_incident_never_helps(plan: Plan, kind: str, day: int, severity: int) -> None:
    """Of a known set of factors (D3): silence and lateness are known by a request and a bill."""
    story = plan.story().bill("Z", due=398, paid=398).ask(397, answered=397)
    before = story.assessed()
    assert no_better(before, story.add(kind, day, severity=severity).assessed())


@settings(max_examples=EXAMPLES, deadline=None)
@given(PLANS, st.integers(1, 200), st.integers(0, 200), st.integers(0, 200))
def test_paying_the_last_bill_later_never_helps(plan: Plan, due: int, one: int, two: int) -> None:
    """The last one: an earlier bill paid later also makes payment drift less."""
    bills = [(day + 200, paid) for day, paid in plan.bills]
    base = Plan(**{**vars(plan), "bills": bills})
    sooner, later = max(one, two), min(one, two)
    days: list[int | None] = [sooner, later, None]
    found = [base.story().bill("Z", due, paid).assessed() for paid in days]
    assert no_better(found[0], found[1])
    assert no_better(found[1], found[2])


@settings(max_examples=EXAMPLES, deadline=None)
@given(PLANS, st.integers(4, 300), st.integers(1, 60))
def test_an_open_question_left_longer_never_helps(plan: Plan, asked: int, longer: int) -> None:
    before = plan.story().ask(asked).assessed()
    assert no_better(before, plan.story().ask(asked + longer).assessed())


@settings(max_examples=EXAMPLES, deadline=None)
@given(PLANS, st.lists(st.tuples(DAYS, st.integers(1, 3)), min_size=1, max_size=20))
def test_high_standards_weigh_nothing(plan: Plan, asked: list[tuple[int, int]]) -> None:
    story = plan.story()
    before = essence(story.assessed())
    for day, severity in asked:
        story.add("high-standard", day, severity=severity, hours="3")
    assert essence(story.assessed()) == before


@settings(max_examples=EXAMPLES, deadline=None)
@given(PLANS, st.sampled_from(INCIDENTS), DAYS)
def test_my_own_share_weighs_in_their_favour(plan: Plan, kind: str, day: int) -> None:
    theirs = plan.story().add(kind, day, severity=3, hours="2").assessed()
    mine = plan.story().add(kind, day, severity=3, my_share=True, hours="2").assessed()
    assert no_better(mine, theirs)


@settings(max_examples=EXAMPLES, deadline=None)
@given(PLANS, st.randoms(use_true_random=False))
def test_the_order_of_logging_changes_nothing(plan: Plan, random: Any) -> None:
    story = plan.story()
    before = essence(story.assessed())
    order = list(range(1, len(story.entries) + 1))
    random.shuffle(order)
    number = {old: new for new, old in enumerate(order, start=1)}
    story.entries = [_rewritten(story.entries[old - 1], number) for old in order]
    assert essence(story.assessed()) == before


@settings(max_examples=EXAMPLES, deadline=None)
@given(PLANS, st.integers(-2000, 2000))
def test_another_name_and_other_days_change_nothing(plan: Plan, shift: int) -> None:
    story = plan.story()
    entries = [_shifted(entry, timedelta(days=shift)) for entry in story.entries]
    checkins = tuple(
        CheckIn.model_validate({**dict(one), "at": one.at + timedelta(days=shift)})
        for one in story.checkins
    )
    moved = Docket.of("zebra", entries, TODAY + timedelta(days=shift))
    after = assess(moved, Private(checkins=checkins), Config())
    assert essence(after) == essence(story.assessed())
    assert after.client == "zebra"


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(GOOD), DAYS), max_size=6),
    st.lists(st.tuples(DAYS, st.integers(0, 14)), max_size=6),
)
def test_a_client_who_pays_and_is_kind_is_kept(
    good: list[tuple[str, int]], bills: list[tuple[int, int]]
) -> None:
    story = Story()
    for kind, day in good:
        story.add(kind, day)
    for number, (due, early) in enumerate(bills):
        story.bill(f"B{number}", due, due + early)
    found = story.assessed()
    assert found.rules == ()
    assert found.verdict == ("keep" if good or bills else "not-enough")
    assert found.would_change == ()


def _rewritten(entry: Entry, number: dict[int, int]) -> Entry:
    links = tuple(one.model_copy(update={"seq": number[one.seq]}) for one in entry.links)
    return entry.model_copy(update={"seq": number[entry.seq], "links": links})


def _shifted(entry: Entry, span: timedelta) -> Entry:
    changes: dict[str, Any] = {
        "occurred_at": entry.occurred_at + span,
        "recorded_at": entry.recorded_at + span,
        "client": "zebra",
    }
    due = getattr(entry.data, "due", None)
    if due:
        changes["data"] = entry.data.model_copy(update={"due": due + span})
    return entry.model_copy(update=changes)
