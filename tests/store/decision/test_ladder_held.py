"""What holds a debt one rung lower: a hardship with a plan, or with good years, and my own part."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store.decision import Debt
from tests.store.building import TODAY
from tests.store.decision.telling import Story


def money(story: Story, ago: int = 0) -> Debt:
    """Return the state of their debt so many days before TODAY."""
    return story.weighed(TODAY - timedelta(days=ago)).money


def unheard(began: int = 400) -> Story:
    """A debt of 20 days with a reminder that did not help, for which work would stop."""
    return Story(began).bill("A", due=20).add("reminder", 15)


def test_a_hardship_alone_or_a_plan_alone_holds_nothing() -> None:
    assert money(unheard().add("cash-trouble", 14)).verdict == "stop-work"
    assert money(unheard().promise(13, -10)).verdict == "stop-work"


def test_a_hardship_with_a_plan_holds_it_until_the_plan_is_broken() -> None:
    story = unheard().add("cash-trouble", 14).promise(13, -10)
    told = [(money(story, -day).verdict, money(story, -day).rung) for day in (9, 10, 11)]
    assert told[0] == told[1] == ("set-boundaries", "unheard")
    assert told[2] == ("stop-work", "promise-broken")
    held = money(story)
    assert "a dated plan stands" in held.held
    assert set(held.evidence) == {2, 3, 4}


@pytest.mark.parametrize(("told", "verdict"), [(180, "set-boundaries"), (181, "stop-work")])
def test_a_hardship_is_held_in_mind_for_half_a_year(told: int, verdict: str) -> None:
    assert money(unheard().add("illness", told).promise(13, -10)).verdict == verdict


@pytest.mark.parametrize(
    ("began", "good", "verdict"),
    [
        (730, [700, 300], "set-boundaries"),
        (729, [700, 300], "stop-work"),
        (730, [700], "stop-work"),
        (730, [], "stop-work"),
    ],
)
def test_a_hardship_with_years_of_good_days_holds_it(
    began: int, good: list[int], verdict: str
) -> None:
    story = unheard(began).add("illness", 30)
    for day in good:
        story.add("thanks", day)
    assert money(story).verdict == verdict


def test_good_years_alone_hold_nothing() -> None:
    assert money(unheard(800).add("thanks", 700).add("thanks", 300)).verdict == "stop-work"


def held(story: Story) -> Story:
    """Tell of a hardship, of years of good days and of a plan."""
    story.add("illness", 30).add("thanks", 700).add("thanks", 300)
    return story.promise(13, -10)


def test_a_hardship_holds_no_broken_promise_no_refusal_and_no_stop() -> None:
    broken = held(Story(800).bill("A", due=20).promise(18, 10, "broken"))
    assert (money(broken).rung, money(broken).verdict) == ("promise-broken", "stop-work")
    refused = held(unheard(800).add("non-payment", 3))
    assert (money(refused).rung, money(refused).verdict) == ("refused", "stop-work")
    stopped = held(unheard(800).add("stop", 3))
    assert (money(stopped).rung, money(stopped).verdict) == ("stopped", "stop-work")


def test_a_hardship_holds_even_a_long_debt_one_rung() -> None:
    assert money(Story(800).bill("A", due=89)).verdict == "set-boundaries"
    assert money(held(Story(800).bill("A", due=89))).verdict == "keep"
    assert money(held(Story(800).bill("A", due=90))).verdict == "set-boundaries"
    assert money(held(Story(800).bill("A", due=10))).held  # and says so where nothing changes


def test_a_hardship_holds_bills_that_pile_up_but_good_years_alone_do_not() -> None:
    def piled() -> Story:
        return Story(800).bill("A", due=40).bill("B", due=10)

    assert money(held(piled())).verdict == "set-boundaries"
    assert money(piled().add("thanks", 700).add("thanks", 300)).verdict == "stop-work"
    assert money(held(piled()).add("non-payment", 5, my_share=True)).verdict == "set-boundaries"
    mine = piled().add("non-payment", 5, my_share=True)
    assert (money(mine).rung, money(mine).verdict) == ("piled-up", "stop-work")


def test_a_refusal_over_what_is_partly_mine_asks_for_a_talk() -> None:
    """Advice 66: put your own part right first; theirs alone stops the work."""
    mine = Story().bill("A", due=20).add("non-payment", 10, my_share=True)
    assert (money(mine).rung, money(mine).verdict) == ("refused", "set-boundaries")
    both = mine.add("non-payment", 5)
    assert (money(both).rung, money(both).verdict) == ("refused", "stop-work")


def test_a_refusal_that_is_partly_mine_hides_nothing_worse() -> None:
    broken = Story().bill("A", due=30).promise(25, 10, "broken")
    assert money(broken).verdict == "stop-work"
    assert money(broken.add("non-payment", 5, my_share=True)).verdict == "stop-work"
    ignored = unheard().add("non-payment", 5, my_share=True)
    assert money(ignored).verdict == "stop-work"


def test_a_part_payment_never_worsens_it() -> None:
    """The refusal was about nothing billed; then a bill came, and a promise to pay it."""
    story = Story().add("non-payment", 60, my_share=True).bill("A", due=30)
    story.promise(25, 10, "broken")
    before = money(story).verdict
    assert before == money(story.pay(0, "10")).verdict
