"""What must hold of every docket: bounds, evidence, what weighs nothing, and what may be waived."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from store.decision import VERDICTS, Assessment
from tests.store.building import TODAY
from tests.store.decision.plans import (
    GOOD,
    HARDSHIPS,
    KINDS_OF_INCIDENT,
    RULES,
    SEVERITIES,
    Plan,
    days_within,
    essence,
    many,
    no_milder,
    plans,
)
from tests.store.decision.telling import Story, rule

DAYS = st.integers(1, 399)


def no_better(before: Assessment, after: Assessment) -> bool:
    """Whether `after` is at least as grave in verdict and in score."""
    assert before.score is not None
    assert after.score is not None
    graver = VERDICTS.index(after.verdict) >= VERDICTS.index(before.verdict)
    return graver and after.score >= before.score


@many
@given(plans())
def test_scores_and_burdens_stay_in_bounds_and_evidence_exists(plan: Plan) -> None:
    story = plan.story()
    found = story.assessed()
    assert (found.score is None) is (found.verdict == "not-enough")
    assert found.score in (story.weighed().rank, None)
    assert 0 <= found.low == story.weighed().rank <= found.high <= 100
    assert 0 <= found.coverage <= 1
    assert 0 <= found.robustness.holds <= 1
    numbers = {entry.seq for entry in story.entries}
    for factor in found.factors:
        assert factor.burden is None or 0 <= factor.burden <= 1
        assert set(factor.evidence) <= numbers
    for one in found.rules:
        assert set(one.evidence) <= numbers
        assert one.evidence or one.id == "R14"
    assert set(found.money.evidence) <= numbers
    assert bool(found.money.evidence) is found.money.owing


@many
@given(plans())
def test_a_verdict_is_that_of_the_gravest_rule(plan: Plan) -> None:
    """Nothing else can say it, and the rank stands in its quarter."""
    found = plan.story().assessed()
    if found.verdict == "not-enough":
        assert found.rules == ()
        return
    grave = max((VERDICTS.index(one.says) for one in found.rules), default=0)
    assert VERDICTS.index(found.verdict) == grave
    assert found.score is not None
    assert found.score // 25 == grave


@many
@given(plans(touched=True), KINDS_OF_INCIDENT, DAYS, SEVERITIES)
def test_one_more_incident_never_lowers_a_score_of_known_signs(
    plan: Plan, kind: str, day: int, severity: int
) -> None:
    """Of a known set of signs: silence and lateness are known by a request and a bill."""
    story = plan.story().bill("Z", due=398, paid=398).ask(397, answered=397)
    before = story.assessed()
    assert no_better(before, story.add(kind, day, severity=severity).assessed())


@many
@given(plans(touched=True), st.integers(1, 200), st.integers(0, 200), st.integers(0, 200))
def test_paying_a_bill_later_never_lowers_the_score(
    plan: Plan, due: int, one: int, two: int
) -> None:
    sooner, later = (min(day, due + 14) for day in (max(one, two), min(one, two)))
    days: list[int | None] = [sooner, later, None]
    found = [plan.story().bill("Z", due, paid).assessed() for paid in days]
    assert no_better(found[0], found[1])
    assert no_better(found[1], found[2])


@many
@given(plans(touched=True), st.integers(4, 300), st.integers(1, 60))
def test_an_open_question_left_longer_never_lowers_the_score(
    plan: Plan, asked: int, longer: int
) -> None:
    before = plan.story().ask(asked).assessed()
    assert no_better(before, plan.story().ask(asked + longer).assessed())


@many
@given(plans(), st.lists(st.tuples(DAYS, SEVERITIES), min_size=1, max_size=20))
def test_high_standards_weigh_nothing(plan: Plan, asked: list[tuple[int, int]]) -> None:
    story = plan.story()
    before = essence(story.assessed())
    for day, severity in asked:
        story.add("high-standard", day, severity=severity, hours="3")
    assert essence(story.assessed()) == before


@many
@given(plans(touched=True), KINDS_OF_INCIDENT, DAYS)
def test_my_own_share_weighs_in_their_favour(plan: Plan, kind: str, day: int) -> None:
    theirs = plan.story().add(kind, day, severity=3, hours="2").assessed()
    mine = plan.story().add(kind, day, severity=3, my_share=True, hours="2").assessed()
    assert no_better(mine, theirs)


@many
@given(
    st.sampled_from([10, 45, 400, 800]),
    st.lists(st.tuples(st.sampled_from(GOOD), DAYS), max_size=6),
    st.lists(st.tuples(st.integers(-14, 399), st.integers(0, 14)), max_size=6),
    st.lists(st.tuples(st.sampled_from(HARDSHIPS), DAYS), max_size=1),
    st.lists(st.tuples(DAYS, st.integers(0, 3)), max_size=4),
)
def test_a_client_who_pays_answers_and_is_kind_is_kept(
    began: int,
    good: list[tuple[str, int]],
    bills: list[tuple[int, int]],
    hardships: list[tuple[str, int]],
    questions: list[tuple[int, int]],
) -> None:
    """No rule stands, the money is clear, and there is nothing to count."""
    story = Story(began)
    for kind, day in good + hardships:
        story.add(kind, day)
    for number, (due, early) in enumerate(bills):
        story.bill(f"B{number}", due, max(0, due + early))
    for asked, days in questions:
        story.ask(asked, max(0, asked - days))
    found = story.assessed()
    something = good or bills or hardships or questions
    assert found.rules == ()
    assert found.verdict == ("keep" if something else "not-enough")
    assert found.would_change == ()
    assert found.money.rung == ("clear" if bills else "unknown")
    assert story.weighed().rank == 0


@many
@given(plans(), st.sampled_from(RULES), days_within(400), st.integers(0, 90))
def test_an_exception_never_harms_holds_to_its_day_and_can_be_voided(
    plan: Plan, rule_id: str, day: int, length: int
) -> None:
    """Advice 28: it lapses by itself, and the rule is back."""
    day = min(day, plan.began)
    plain, excepted = plan.story(), plan.story().exempt(rule_id, day, day - length)
    assert no_milder(excepted, plain)
    voided = plan.story().exempt(rule_id, day, day - length)
    assert essence(voided.void(voided.next - 1).assessed()) == essence(plain.assessed())
    last, after = (TODAY - timedelta(days=day - length - more) for more in (0, 1))
    for when, held in ((last, True), (after, False)):
        spoken = rule(excepted.assessed(when), rule_id)
        if spoken and spoken.verdict != "keep" and not plan.exceptions:
            assert spoken.excepted == (0 if held else None)
            assert spoken.says == ("keep" if held else spoken.verdict)
            assert rule(plain.assessed(when), rule_id) is not None
