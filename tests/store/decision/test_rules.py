"""Each rule, on both sides of its line, on real dockets."""

from __future__ import annotations

import pytest

from store.decision import Verdict
from store.entries import Relation
from store.settings.config import Config
from store.settings.policy import Policy
from tests.store import building
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
    assert verdict_of(Story().bill("A", due=13).promise(60, 50, "broken"), "R2") is None
    assert verdict_of(Story().bill("A", due=13).promise(12, 10, "kept"), "R2") is None


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


@pytest.mark.parametrize(("asked", "speaks"), [(32, None), (33, "set-boundaries")])
def test_r4_a_month_of_waiting_asks_for_a_word(asked: int, speaks: str | None) -> None:
    """An answer is due after three days where nothing else is agreed."""
    assert verdict_of(Story().ask(asked), "R4") == speaks


@pytest.mark.parametrize(
    ("last", "worked", "verdict"),
    [
        (6, None, "set-boundaries"),  # the third notice has its week
        (7, None, "walk-away"),
        (3, False, "walk-away"),
        (9, True, "set-boundaries"),  # it helped in part: the two before did not
    ],
)
def test_r4_after_three_notices_unheard_a_silent_client_is_let_go(
    last: int, worked: bool | None, verdict: str
) -> None:
    """Whoever does not let you work is not kept for ever."""
    told = {} if worked is None else {"worked": worked}
    story = Story().ask(60).add("reminder", 40).add("reminder", 20).add("notice", last, **told)
    assert verdict_of(story, "R4") == verdict
    assert story.assessed().verdict == verdict


def test_r4_how_many_notices_is_the_users_to_say() -> None:
    story = Story().ask(60).add("reminder", 40).add("reminder", 20)
    two = Config(policy=Policy(notices=2))
    assert story.assessed().verdict == "set-boundaries"
    assert story.assessed(config=two).verdict == "walk-away"


def test_r4_a_notice_about_money_is_none_about_the_answer() -> None:
    story = Story().bill("A", due=60, paid=1).ask(60)
    for day in (40, 20, 10):
        story.entries.append(building.entry(story.next, "reminder", day, link=("about", 2)))
    assert verdict_of(story, "R4") == "set-boundaries"


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
    assert verdict_of(Story().add(kind, 20).add(kind, 20), "R5") == "set-boundaries"


def test_r5_one_serious_attack_after_good_days_is_said_once_and_a_second_ends_it() -> None:
    story = Story().add("thanks", 100).add("threat", 20, severity=3)
    assert verdict_of(story, "R5") == "set-boundaries"
    assert verdict_of(Story().add("thanks", 366).add("threat", 20, severity=3), "R5") == "walk-away"
    assert verdict_of(story.add("abuse", 10), "R5") == "walk-away"


def test_r5_one_threat_is_enough_however_it_was_made() -> None:
    """Severe or threatening ends it the first time."""
    assert verdict_of(Story().add("threat", 20, severity=1), "R5") == "walk-away"
    assert verdict_of(Story().add("threat", 366, severity=3), "R5") is None


def test_r5_a_mild_outburst_that_was_put_right_is_only_watched() -> None:
    watched = Story().add("abuse", 40, severity=2).add("apology", 10)
    assert verdict_of(watched, "R5") == "keep"
    assert watched.assessed().verdict == "keep"
    assert verdict_of(Story().add("abuse", 41).add("apology", 10), "R5") == "set-boundaries"
    assert verdict_of(watched.add("abuse", 5), "R5") == "walk-away"
    severe = Story().add("abuse", 20, severity=3).add("apology", 19)
    assert verdict_of(severe, "R5") == "set-boundaries"


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


def test_r6_is_silent_once_one_repair_landed_or_all_is_quiet() -> None:
    story = Story().add("complaint", 60).add("remedy", 50, worked=False)
    story.add("remedy", 45, worked=False)
    assert verdict_of(story, "R6") == "walk-away"
    assert verdict_of(story.add("remedy", 40, worked=True), "R6") is None
    quiet = Story().add("complaint", 181).add("remedy", 50, worked=False)
    assert verdict_of(quiet.add("remedy", 45, worked=False), "R6") is None


def test_r3_what_did_not_help_about_something_serious_ends_it_where_nothing_good_stands() -> None:
    story = Story().add("other", 20, severity=3).add("escalate", 19)
    assert story.assessed().verdict == "set-boundaries"
    failed = Story().add("other", 20, severity=3).add("escalate", 19, worked=False)
    assert verdict_of(failed, "R3") == "walk-away"
    assert verdict_of(failed.add("thanks", 100), "R3") is None
    small = Story().add("other", 20, severity=2).add("escalate", 19, worked=False)
    assert verdict_of(small, "R3") is None


def test_r3_what_says_it_is_about_money_draws_no_line() -> None:
    story = Story().bill("A", due=60, paid=55).add("blame", 52)
    story.entries.append(building.entry(story.next, "talk", 50, link=("about", 2)))
    story.add("blame", 40).add("blame", 30)
    assert verdict_of(story, "R3") is None


def test_r3_a_talk_that_helped_settles_what_was_before_until_it_happens_again() -> None:
    story = Story()
    for day in (60, 55, 50):
        story.add("blame", day)
    assert story.assessed().verdict == "set-boundaries"
    assert story.add("talk", 40, worked=True).assessed().verdict == "keep"
    assert story.add("blame", 10).assessed().verdict == "set-boundaries"


def test_say_it_once_before_leaving_however_often_it_happened() -> None:
    story = Story()
    for day in (90, 60, 30, 10):
        story.add("micro-change", day, severity=2)
    assert story.assessed().verdict == "set-boundaries"


@pytest.mark.parametrize(("late", "verdict"), [(2, None), (3, "set-boundaries")])
def test_r13_late_three_times_of_six_is_worth_a_talk(late: int, verdict: str | None) -> None:
    story = Story()
    for number, due in enumerate((200, 170, 140, 110, 80, 50)):
        story.bill(f"A{number}", due, due - (4 if number < late else 3))
    assert verdict_of(story, "R13") == verdict


@pytest.mark.parametrize(
    ("talked", "about", "verdict"),
    [
        (150, None, "walk-away"),  # two of the three came late after it
        (100, None, "set-boundaries"),  # one
        (210, None, "set-boundaries"),  # nothing was late yet
        (150, "money", "walk-away"),
        (150, "blame", "set-boundaries"),  # it was about something else
    ],
)
def test_r13_no_change_after_the_talk_about_it_ends_it(
    talked: int, about: str | None, verdict: str
) -> None:
    story = Story().add("blame", 300)
    for number, due in enumerate((200, 130, 80)):
        story.bill(f"A{number}", due, due - 10)
    if about is None:
        story.add("talk", talked)
    else:
        link: tuple[Relation, int] = ("about", 3 if about == "money" else 2)
        story.entries.append(building.entry(story.next, "talk", talked, link=link))
    assert verdict_of(story, "R13") == verdict
    reminded = Story().add("reminder", 150)
    for number, due in enumerate((200, 130, 80)):
        reminded.bill(f"A{number}", due, due - 10)
    assert verdict_of(reminded, "R13") == "set-boundaries"


def test_r14_two_plain_signs_of_four_ask_for_a_talk() -> None:
    one = Story().feel(1, stress_client=8, stress_work=3, dread=5)
    assert verdict_of(one, "R14") is None
    two = Story().feel(1, stress_client=8, stress_work=3, dread=6)
    assert verdict_of(two, "R14") == "set-boundaries"


def test_a_hardship_halves_what_happens_in_it() -> None:
    story = Story().add("talk", 60)
    for day in (55, 50, 45):
        story.add("rework", day)
    assert story.assessed().verdict == "walk-away"
    assert story.add("illness", 70).assessed().verdict == "keep"
    assert story.add("pay-later", 5).assessed().verdict == "walk-away"


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


def test_what_was_partly_mine_asks_for_a_talk_until_it_is_a_habit() -> None:
    story = Story().add("abuse", 50, severity=3, my_share=True)
    assert verdict_of(story, "R5") == "set-boundaries"
    assert verdict_of(story.add("abuse", 40, my_share=True), "R5") == "set-boundaries"
    assert verdict_of(story.add("threat", 30, my_share=True), "R5") == "walk-away"


def test_half_a_fault_is_half_an_incident() -> None:
    story = Story().add("talk", 60).add("rework", 50, my_share=True).add("rework", 40)
    assert verdict_of(story, "R3") is None
    assert verdict_of(story.add("blame", 30, my_share=True), "R3") == "walk-away"


@pytest.mark.parametrize(
    ("severity", "good", "verdict"),
    [(1, True, None), (1, False, "walk-away"), (2, True, "walk-away")],
)
def test_r3_two_trifles_beside_good_days_do_not_end_it(
    severity: int, good: bool, verdict: str | None
) -> None:
    story = Story().add("talk", 90)
    for day in (60, 20):
        story.add("micro-change", day, severity=severity)
    if good:
        story.add("thanks", 10)
    assert verdict_of(story, "R3") == verdict


@pytest.mark.parametrize(("late", "verdict"), [(7, "set-boundaries"), (8, "walk-away")])
def test_r13_who_pays_within_a_week_since_the_talk_has_changed(late: int, verdict: str) -> None:
    story = Story().bill("A0", 200, 170).add("talk", 160)
    for number, due in enumerate((130, 80), start=1):
        story.bill(f"A{number}", due, due - late)
    assert verdict_of(story, "R13") == verdict


@pytest.mark.parametrize(("mine", "verdict"), [(False, "walk-away"), (True, None)])
def test_r6_a_repair_of_my_own_fault_that_failed_is_mine_to_do_again(
    mine: bool, verdict: str | None
) -> None:
    story = Story()
    for day in (40, 25):
        story.add("complaint", day, my_share=mine).add("remedy", day - 8, worked=False)
    assert verdict_of(story, "R6") == verdict


@pytest.mark.parametrize(
    ("answered", "verdict"), [(29, "set-boundaries"), (20, "walk-away"), (None, "walk-away")]
)
def test_r4_who_answers_what_is_asked_meanwhile_is_not_let_go(
    answered: int | None, verdict: str
) -> None:
    story = Story().ask(90)
    for day in (80, 60, 40):
        link: tuple[Relation, int] = ("about", 2)
        story.entries.append(building.entry(story.next, "reminder", day, link=link))
    story.ask(30, answered)
    assert verdict_of(story, "R4") == verdict


@pytest.mark.parametrize(("asked", "verdict"), [(60, None), (70, "set-boundaries")])
def test_r4_a_hardship_halves_the_days(asked: int, verdict: str | None) -> None:
    assert verdict_of(Story().add("illness", 50).ask(asked), "R4") == verdict


@pytest.mark.parametrize(("left", "verdict"), [(5, None), (6, "stop-work")])
def test_r2_a_rest_nobody_mentioned_stops_nothing(left: int, verdict: str | None) -> None:
    story = Story().bill("A1", 100).pay(99, str(100 - left), A1=str(100 - left))
    assert verdict_of(story, "R2") == verdict


def test_r2_what_is_overdue_today_says_how_long_nothing_was_said() -> None:
    story = Story()
    for number, due in enumerate((128, 98, 68)):
        story.bill(f"A{number}", due, due - 33)
    assert verdict_of(story.bill("A3", 13), "R2") is None
    assert verdict_of(story.bill("A4", 14), "R2") == "set-boundaries"
