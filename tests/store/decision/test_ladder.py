"""Every rung of the money ladder: the day it is reached, the day it is left, and what holds it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store.decision import Debt, Verdict
from store.settings.config import Config
from store.settings.policy import Policy
from tests.store import building
from tests.store.building import TODAY
from tests.store.decision.telling import Story

RUNGS: dict[str, Verdict] = {
    "clear": "keep",
    "missed": "keep",
    "reminded": "keep",
    "piled-up": "stop-work",
    "unheard": "stop-work",
    "promise-broken": "stop-work",
    "refused": "stop-work",
    "stopped": "stop-work",
    "gone": "walk-away",
}


def money(story: Story, ago: int = 0) -> Debt:
    """Return the state of their debt so many days before TODAY."""
    return story.weighed(TODAY - timedelta(days=ago)).money


def climbed(story: Story, first: int) -> list[tuple[int, str]]:
    """Return each rung and the day, counted back, on which the debt came to it."""
    found: list[tuple[int, str]] = []
    for ago in range(first, -1, -1):
        rung = money(story, ago).rung
        if not found or found[-1][1] != rung:
            found.append((ago, rung))
    return found


def test_a_debt_goes_up_rung_by_rung_and_payment_takes_it_down_at_once() -> None:
    story = Story().bill("A", due=100).add("reminder", 95)
    story.promise(85, 75).promise(70, 60).add("stop", 40).pay(10)
    assert climbed(story, 114) == [
        (114, "clear"),  # the bill is sent, and due in 14 days
        (99, "missed"),
        (95, "reminded"),
        (88, "unheard"),
        (74, "promise-broken"),
        (59, "gone"),  # and a stop says less than that
        (10, "clear"),
    ]
    for ago in range(115):
        state = money(story, ago)
        late = state.rung == "missed" and (state.since or 0) >= 14
        assert state.verdict == ("set-boundaries" if late else RUNGS[state.rung])


def test_a_stop_and_a_refusal_are_left_when_work_goes_on_or_the_money_comes() -> None:
    story = Story().bill("A", due=90).add("non-payment", 80).add("stop", 70).add("resume", 50)
    assert climbed(story.pay(20), 100) == [
        (100, "clear"),
        (89, "missed"),
        (80, "refused"),
        (70, "stopped"),
        (50, "refused"),
        (20, "clear"),
    ]


def test_with_no_bill_it_is_not_known_whether_anything_is_owed() -> None:
    assert money(Story().add("thanks", 3)).rung == "unknown"
    assert money(Story().add("thanks", 3)).since is None
    assert money(Story().bill("A", due=0)).rung == "clear"
    day_over = money(Story().bill("A", due=1))
    assert (day_over.rung, day_over.since, day_over.evidence) == ("missed", 1, (2,))


def test_a_late_payment_or_a_refusal_in_the_log_stands_in_for_a_bill() -> None:
    assert money(Story().add("late-payment", 9)).rung == "missed"
    assert money(Story().add("late-payment", 9).add("paid-on-time", 9)).rung == "unknown"
    assert money(Story().bill("A", due=-5).add("late-payment", 9)).rung == "clear"
    assert money(Story().add("non-payment", 9)).rung == "refused"
    assert money(Story().add("non-payment", 9).pay(9, "5")).rung == "unknown"
    assert money(Story().bill("A", due=20, paid=10).add("non-payment", 9)).rung == "clear"


@pytest.mark.parametrize(
    ("reminded", "worked", "rung"),
    [
        (31, None, "missed"),  # a reminder of before the due date is none
        (31, False, "missed"),
        (29, None, "unheard"),
        (7, None, "unheard"),
        (6, None, "reminded"),
        (0, None, "reminded"),
        (0, False, "unheard"),
        (20, True, "reminded"),
    ],
)
def test_a_reminder_has_a_week_to_help(reminded: int, worked: bool | None, rung: str) -> None:
    told = {} if worked is None else {"worked": worked}
    story = Story().bill("A", due=30).add("reminder", reminded, **told)
    assert money(story).rung == rung


def test_the_week_of_a_reminder_is_the_policys() -> None:
    patient = Config(policy=Policy(reminder_days=14))
    story = Story().bill("A", due=30).add("reminder", 13)
    assert story.weighed(config=patient).money.rung == "reminded"
    assert story.weighed(TODAY + timedelta(days=1), patient).money.rung == "unheard"


@pytest.mark.parametrize("kind", ["reminder", "notice", "warning", "talk", "escalate"])
def test_whatever_asks_for_the_money_is_a_reminder(kind: str) -> None:
    assert money(Story().bill("A", due=30).add(kind, 7)).rung == "unheard"


@pytest.mark.parametrize(
    ("due", "nothing_said", "just_reminded"),
    [
        (13, "keep", "keep"),
        (14, "set-boundaries", "keep"),
        (89, "set-boundaries", "keep"),
        (90, "stop-work", "set-boundaries"),
    ],
)
def test_two_weeks_overdue_a_word_is_due_and_after_three_months_the_work_stops(
    due: int, nothing_said: str, just_reminded: str
) -> None:
    assert money(Story().bill("A", due=due)).verdict == nothing_said
    assert money(Story().bill("A", due=due).add("reminder", 1)).verdict == just_reminded


def test_what_is_overdue_is_named_by_how_long_nothing_was_said() -> None:
    assert money(Story().bill("A", due=90)).title == "Long overdue, and nothing said"
    assert money(Story().bill("A", due=14)).title == "Overdue, and nothing said"
    assert money(Story().bill("A", due=13)).title == "A due date missed"


@pytest.mark.parametrize(("told", "rung"), [(6, "missed"), (7, "unheard"), (31, "missed")])
def test_an_excuse_and_no_money_for_a_week_is_an_answer(told: int, rung: str) -> None:
    """One of before the debt says nothing about it."""
    assert money(Story().bill("A", due=30).add("excuse", told)).rung == rung


def test_a_reminder_about_something_else_is_none_about_the_money() -> None:
    """One bill a day late, and a question about the logo: nobody asked for the money yet."""
    story = Story().bill("A", due=9).ask(9)
    asked = story.next - 1
    about = building.entry(story.next, "reminder", 8, link=("about", asked))
    story.entries.append(about)
    assert money(story).rung == "missed"
    assert money(Story().bill("A", due=9).add("reminder", 8)).rung == "unheard"


@pytest.mark.parametrize(
    ("first_due", "second_due", "rung"),
    [
        (30, 1, "piled-up"),
        (29, 1, "missed"),
        (30, 0, "missed"),  # the second is due today, and late tomorrow
        (30, 30, "missed"),  # one bill, in two parts
        (90, 60, "piled-up"),
    ],
)
def test_bills_that_pile_up_for_a_month_stop_the_work(
    first_due: int, second_due: int, rung: str
) -> None:
    found = money(Story().bill("A", due=first_due).bill("B", due=second_due))
    word_due = rung == "missed" and first_due >= 14
    assert (found.rung, found.verdict) == (rung, "set-boundaries" if word_due else RUNGS[rung])
    if rung == "piled-up":
        assert found.reason.startswith(f"2 bills are overdue, the oldest for {first_due} days")
        assert set(found.evidence) == {2, 3}


def test_bills_pile_up_whatever_they_come_to_until_one_is_left() -> None:
    small = Story().bill("A", due=40, amount="1").bill("B", due=10, amount="0.50")
    assert money(small).rung == "piled-up"
    assert money(small.pay(5, "0.40")).rung == "piled-up"
    assert money(small.pay(3, "0.60")).rung == "missed"


def test_a_reminder_keeps_no_bills_from_piling_up_and_ignored_it_says_more() -> None:
    story = Story().bill("A", due=40).bill("B", due=3).add("reminder", 6)
    assert money(story, 3).rung == "reminded"
    assert money(story).rung == "piled-up"
    assert money(story, -1).rung == "unheard"


@pytest.mark.parametrize(
    ("second_due", "since"),
    [(31, 80), (30, 80), (29, 29)],  # the first was paid 30 days ago
)
def test_a_debt_that_rolls_over_is_one_debt(second_due: int, since: int) -> None:
    story = Story().bill("A", due=80, paid=30).bill("B", due=second_due)
    assert money(story).since == since
    reminded = story.add("reminder", 70)
    assert money(reminded).rung == ("unheard" if since == 80 else "missed")


def test_a_debt_rolls_over_many_bills_and_a_day_without_debt_ends_it() -> None:
    story = Story().bill("A", due=200, paid=150).bill("B", due=151, paid=100)
    story.bill("C", due=101, paid=50).bill("D", due=40)
    assert money(story, 51).since == 149
    assert money(story).since == 40
    assert money(story.bill("E", due=60, paid=30)).since == 200


@pytest.mark.parametrize(("made", "broken"), [(41, False), (39, True)])
def test_a_promise_of_before_the_debt_is_no_promise_to_pay_it(made: int, broken: bool) -> None:
    story = Story().bill("A", due=40).promise(made, 20)
    assert (money(story).rung == "promise-broken") is broken


def test_a_promise_is_broken_the_day_after_its_day_unless_it_was_kept() -> None:
    story = Story().bill("A", due=40).promise(30, 0)
    assert money(story).rung == "missed"
    assert money(story, -1).rung == "promise-broken"
    assert money(story.settle(3, "kept"), -1).rung == "missed"
    said = Story().bill("A", due=40).promise(30, -9).settle(3, "broken", 2)
    assert climbed(said, 5) == [(5, "missed"), (2, "promise-broken")]
    mine = Story().bill("A", due=40).promise(30, 20, by="me").promise(30, 10, by="me")
    assert money(mine).rung == "missed"


def test_promises_are_remembered_for_a_year() -> None:
    old = Story(began=500).bill("A", due=400).promise(366, 300).promise(366, 299)
    assert money(old).rung == "missed"
    assert money(old, 1).rung == "gone"


def test_two_broken_promises_outweigh_all_else_and_payment_takes_even_that_down() -> None:
    story = Story().bill("A", due=40).promise(30, 20).promise(19, 9, "broken")
    story.add("non-payment", 8).add("stop", 7)
    found = money(story)
    assert (found.rung, found.verdict, found.evidence) == ("gone", "walk-away", (2, 6, 3, 4))
    paid = money(story.pay(0))
    assert (paid.rung, paid.verdict, paid.since, paid.evidence) == ("clear", "keep", None, ())
    assert paid.stopped == 7  # the work still is stopped, only not over money


@pytest.mark.parametrize("came_in", ["1", "99.99"])
def test_a_part_payment_does_not_take_a_debt_down(came_in: str) -> None:
    """Advice 37: part of it does not lift a stop."""
    owing = Story().bill("A", due=40).add("reminder", 30)
    before = money(owing)
    assert money(owing.pay(0, came_in)) == before
    assert money(owing.pay(0, "99")).rung == "clear"
    refused = Story().bill("A", due=40).add("non-payment", 30).pay(0, came_in)
    assert money(refused).rung == "refused"


def test_the_rest_of_a_debt_counts_from_its_own_day() -> None:
    story = Story().bill("A", due=70).bill("B", due=20)
    assert money(story).since == 70
    assert money(story.pay(0, A="100")).since == 70  # B was overdue before A was paid
    apart = Story().bill("A", due=70, paid=25).bill("B", due=20)
    assert money(apart).since == 20
    assert money(apart, 25).rung == "clear"


def test_a_stop_of_before_the_debt_was_about_something_else() -> None:
    before = Story().add("stop", 100).bill("A", due=1)
    assert (money(before).rung, money(before).verdict) == ("missed", "keep")
    assert money(before).stopped == 100, "that the work is stopped is said all the same"
    over_money = Story().bill("A", due=101).add("stop", 100)
    assert money(over_money).rung == "stopped"
