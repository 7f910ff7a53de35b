"""Each rule, on both sides of its line, on real dockets."""

from __future__ import annotations

import pytest

from store.decision import Verdict
from tests.store.decision.telling import Story, rule


def verdict_of(story: Story, rule_id: str) -> Verdict | None:
    found = rule(story.assessed(), rule_id)
    return found.verdict if found else None


def test_r1_one_demand_to_go_on_unpaid_ends_it_and_paying_does_not_lift_it() -> None:
    story = Story().bill("A", due=300, paid=200).add("pay-later", 250)
    found = rule(story.assessed(), "R1")
    assert found
    assert (found.verdict, found.evidence) == ("walk-away", (4,))
    assert story.assessed().verdict == "walk-away"
    assert verdict_of(Story().bill("A", due=300, paid=200).add("excuse", 250), "R1") is None


def test_r2_a_late_bill_alone_does_not_stop_the_work() -> None:
    assert verdict_of(Story().bill("A", due=10), "R2") is None


def test_r2_an_ignored_reminder_stops_the_work_and_payment_lifts_it() -> None:
    story = Story().bill("A", due=20).add("reminder", 15)
    found = rule(story.assessed(), "R2")
    assert found
    assert (found.verdict, found.evidence) == ("stop-work", (2, 3))
    assert story.assessed().verdict == "stop-work"
    paid = Story().bill("A", due=20, paid=1).add("reminder", 15)
    assert verdict_of(paid, "R2") is None


@pytest.mark.parametrize(
    ("day", "worked", "stops"),
    [(6, None, False), (7, None, True), (2, False, True), (15, True, False), (25, False, False)],
)
def test_r2_a_reminder_is_ignored_after_a_week_or_when_said(
    day: int, worked: bool | None, stops: bool
) -> None:
    """A reminder from before the due date (25 days ago) was none."""
    told = {} if worked is None else {"worked": worked}
    story = Story().bill("A", due=20).add("reminder", day, **told)
    assert (verdict_of(story, "R2") == "stop-work") is stops


def test_r2_one_broken_promise_to_pay_stops_and_a_second_ends_it() -> None:
    story = Story().bill("A", due=40).promise(30, 20, "broken")
    assert verdict_of(story, "R2") == "stop-work"
    assert verdict_of(story.promise(15, 5), "R2") == "walk-away"


def test_r2_a_promise_from_before_the_debt_is_not_a_promise_to_pay_it() -> None:
    assert verdict_of(Story().bill("A", due=40).promise(60, 50, "broken"), "R2") is None
    assert verdict_of(Story().bill("A", due=40).promise(30, 20, "kept"), "R2") is None


def test_r2_a_stop_in_force_counts_only_while_money_is_owed() -> None:
    assert verdict_of(Story().bill("A", due=5).add("stop", 1), "R2") == "stop-work"
    assert verdict_of(Story().bill("A", due=5).add("stop", 2).add("resume", 1), "R2") is None
    assert verdict_of(Story().add("stop", 1), "R2") is None


def test_r2_refusal_stands_while_another_bill_of_then_is_open() -> None:
    story = Story().bill("A", due=200).bill("Z", due=1, paid=0).add("non-payment", 1)
    assert verdict_of(story, "R2") == "stop-work"
    settled = Story().bill("A", due=200, paid=0).bill("Z", due=1, paid=2).add("non-payment", 1)
    assert verdict_of(settled, "R2") is None


def test_r2_refusal_stops_at_once_and_money_lifts_it() -> None:
    refused = Story().add("non-payment", 10)
    assert verdict_of(refused, "R2") == "stop-work"
    assert verdict_of(refused.add("paid-on-time", 3), "R2") is None
    assert verdict_of(Story().bill("A", due=20, paid=2).add("non-payment", 10), "R2") is None


def test_r2_hardship_with_a_plan_that_is_kept_holds_a_rung() -> None:
    story = Story().bill("A", due=20).add("reminder", 15).add("cash-trouble", 14)
    assert verdict_of(story, "R2") == "stop-work"
    assert verdict_of(story.promise(13, -10), "R2") == "set-boundaries"


def test_r3_two_crossings_after_the_talk_end_it_one_does_not() -> None:
    story = Story().add("micro-change", 60).add("talk", 50).add("scope-creep", 40)
    assert verdict_of(story, "R3") is None
    found = rule(story.add("off-hours", 30).assessed(), "R3")
    assert found
    assert (found.verdict, found.evidence) == ("walk-away", (3, 4, 5))


def test_r3_is_not_about_money_or_silence_or_what_was_before() -> None:
    story = Story().add("blame", 90).add("blame", 80).add("talk", 50)
    story.add("late-payment", 40).add("no-reply", 30).add("no-reply", 20).add("complaint", 9)
    assert verdict_of(story, "R3") is None


def test_r3_expectations_state_a_boundary_only_after_trouble() -> None:
    first_contact = Story().add("expectations", 90).add("scope-creep", 60).add("scope-creep", 30)
    assert verdict_of(first_contact, "R3") is None
    answer = Story().add("scope-creep", 95).add("expectations", 90)
    assert verdict_of(answer.add("scope-creep", 60).add("rework", 30), "R3") == "walk-away"


def test_r3_half_a_quiet_year_lifts_it() -> None:
    story = Story().add("talk", 200).add("blame", 190).add("blame", 181)
    assert verdict_of(story, "R3") is None
    nearer = Story().add("talk", 200).add("blame", 180).add("blame", 179)
    assert verdict_of(nearer, "R3") == "walk-away"


@pytest.mark.parametrize(("asked", "speaks"), [(32, False), (33, True)])
def test_r4_thirty_days_blocked_after_three_notices(asked: int, speaks: bool) -> None:
    """An answer is due after three days where nothing else is agreed."""
    story = Story().ask(asked)
    for day in (20, 12):
        story.add("reminder", day)
    assert verdict_of(story, "R4") is None
    assert (verdict_of(story.add("notice", 4), "R4") == "set-boundaries") is speaks


def test_r4_an_answer_lifts_it() -> None:
    story = Story().ask(60, answered=1)
    for day in (40, 20, 12):
        story.add("reminder", day)
    assert verdict_of(story, "R4") is None


@pytest.mark.parametrize("kind", ["abuse", "public-attack"])
def test_r5_goes_by_how_bad_it_was(kind: str) -> None:
    assert verdict_of(Story().add(kind, 20, severity=3), "R5") == "walk-away"
    assert verdict_of(Story().add(kind, 20, severity=2), "R5") == "set-boundaries"
    twice = Story().add(kind, 20).add(kind, 19)
    assert verdict_of(twice, "R5") == "walk-away"


def test_r5_one_threat_is_enough_however_it_was_made() -> None:
    """D11.3: severe or threatening ends it the first time."""
    assert verdict_of(Story().add("threat", 20, severity=1), "R5") == "walk-away"
    assert verdict_of(Story().add("threat", 366, severity=3), "R5") is None


def test_r5_a_mild_outburst_with_a_prompt_apology_is_only_watched() -> None:
    watched = Story().add("abuse", 20, severity=2).add("apology", 19)
    assert verdict_of(watched, "R5") == "keep"
    assert watched.assessed().verdict == "keep"
    assert verdict_of(Story().add("abuse", 20).add("apology", 10), "R5") == "set-boundaries"
    assert verdict_of(watched.add("abuse", 5), "R5") == "walk-away"
    severe = Story().add("abuse", 20, severity=3).add("apology", 19)
    assert verdict_of(severe, "R5") == "walk-away"


def test_r6_needs_two_repairs_that_were_refused() -> None:
    story = Story(began=100)
    for day, kind in enumerate(("complaint", "blame", "rework"), start=60):
        story.add(kind, day)
    story.add("remedy", 50, worked=False)
    assert verdict_of(story, "R6") is None
    assert story.assessed().kind == "undetermined"
    story.add("my-apology", 45, worked=False)
    assert verdict_of(story, "R6") == "walk-away"
    assert story.assessed().kind == "problem client"
    assert story.assessed().verdict == "walk-away"


def _with_problems() -> Story:
    story = Story().add("talk", 60).add("illness", 70)
    for day in (55, 50, 45, 40):  # of a hardship: each counts half
        story.add("rework", day)
    return story.add("remedy", 30, worked=True).add("remedy", 20, worked=True)


def test_r7_holds_a_client_with_problems_at_boundaries() -> None:
    held = _with_problems().assessed()
    assert held.kind == "client with problems"
    found = rule(held, "R3")
    assert found
    assert found.verdict == "walk-away"
    assert held.verdict == "set-boundaries"
    assert rule(held, "R7")


def test_r7_does_not_hold_back_r1_or_a_bad_attack() -> None:
    assert _with_problems().add("pay-later", 5).assessed().verdict == "walk-away"
    assert _with_problems().add("threat", 5, severity=3).assessed().verdict == "walk-away"


def test_r8_reminds_of_my_own_promise_and_raises_nothing() -> None:
    late = Story().add("thanks", 3).promise(20, 5, by="me").assessed()
    found = rule(late, "R8")
    assert found
    assert found.evidence == (3,)
    assert late.verdict == "keep"
    assert rule(Story().promise(20, 5, "kept", by="me").assessed(), "R8") is None
    assert rule(Story().promise(20, -5, by="me").assessed(), "R8") is None


def test_r9_terms_changed_alone_ask_for_a_talk_and_bad_faith_ends_it() -> None:
    assert verdict_of(Story().add("contract-breach", 5, severity=2), "R9") == "set-boundaries"
    owing = Story().bill("A", due=9).add("contract-breach", 5, severity=3)
    assert verdict_of(owing, "R9") == "walk-away"
    made_good = Story().add("contract-breach", 9, severity=2).add("concession", 5)
    assert verdict_of(made_good, "R9") is None


def test_r10_severities_that_add_up_to_three_ask_for_a_talk() -> None:
    story = Story().add("off-hours", 80).add("rush-demand", 40)
    assert verdict_of(story, "R10") is None
    assert verdict_of(story.add("no-show", 2), "R10") == "set-boundaries"
    assert verdict_of(Story().add("other", 5, severity=3), "R10") == "set-boundaries"
    assert verdict_of(Story().add("off-hours", 181).add("blame", 9).add("blame", 5), "R10") is None
    hurt = Story().add("off-hours", 80, severity=2)
    assert verdict_of(hurt, "R10") is None
    assert verdict_of(hurt.add("blame", 60, severity=2), "R10") == "set-boundaries"
    money = Story().bill("A", due=60, paid=50)
    for day in (58, 56, 54):
        money.add("late-payment", day)
    assert verdict_of(money, "R10") is None


def test_what_was_partly_mine_asks_for_a_talk_and_never_for_leaving() -> None:
    story = Story().add("abuse", 50, severity=3, my_share=True)
    assert verdict_of(story, "R5") == "set-boundaries"
    for day in (40, 30):
        story.add("threat", day, severity=3, my_share=True)
    assert story.assessed().verdict == "set-boundaries"


def test_half_a_fault_is_half_an_incident() -> None:
    story = Story().add("talk", 60).add("rework", 50, my_share=True).add("rework", 40)
    assert verdict_of(story, "R3") is None
    assert verdict_of(story.add("blame", 30, my_share=True), "R3") == "walk-away"
