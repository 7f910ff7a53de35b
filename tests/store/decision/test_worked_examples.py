"""Seven clients worked out by hand before there was a model: each comes to what was said then."""

from __future__ import annotations

import pytest

from store.decision import arithmetic
from tests.store.decision.telling import Story


def paid(story: Story, *late: tuple[int, int], amount: str = "1000") -> Story:
    """Add bills as (days late, days since due)."""
    for number, (days, age) in enumerate(late):
        story.bill(f"B{number}", age, age - days, amount)
    return story


def keeper() -> Story:
    """Stays: pays, answers, asks little."""
    story = paid(Story(), (0, 150), (0, 120), (2, 90), (0, 60), (1, 30))
    story.add("hours", 5, hours="60").add("hours", 5, hours="6", spent="chase")
    story.add("remedy", 40, worked=True)
    return story.feel(1, stress_client=2, stress_work=4, dread=1, version=0, fit_vision=8)


def silent() -> Story:
    """Leaves questions open for weeks: a talk, for two notices were sent and not three."""
    story = paid(Story(), (0, 120), (3, 90), (1, 60), (2, 30)).ask(34)
    story.add("hours", 5, hours="30").add("hours", 5, hours="18", spent="chase")
    story.add("reminder", 20).add("notice", 10).add("blame", 10, severity=2)
    return story.feel(1, stress_client=6, stress_work=4, dread=3, version=2)


def controller() -> Story:
    """Wants to see everything beforehand, and went on after the talk."""
    story = paid(Story(), (0, 120), (0, 90), (1, 60), (0, 30))
    for day, severity in ((70, 1), (62, 1), (55, 2), (44, 1), (30, 2), (18, 2), (9, 1), (3, 3)):
        story.add("micro-change", day, severity=severity)
    story.add("talk", 35).add("hours", 5, hours="34").add("hours", 5, hours="30", spent="rework")
    return story.feel(1, stress_client=8, stress_work=3, dread=7, version=6)


def pays_later() -> Story:
    """Later each time, and asked to go on while owing."""
    story = paid(Story(), (0, 161), (4, 131), (11, 101), (19, 71)).bill("Z", 41, amount="1000")
    return story.add("reminder", 30).add("stop", 20).add("pay-later", 6)


def with_problems() -> Story:
    """A year of quiet, then an illness: half of it was partly mine."""
    story = paid(Story(600), (0, 190), (0, 160), (0, 130), (1, 100), (0, 70), (12, 40))
    story.add("illness", 45).add("blame", 40, my_share=True)
    story.add("complaint", 25, severity=2, my_share=True).add("rush-demand", 8)
    for day, worked in ((30, True), (20, False)):
        story.add("remedy", day, worked=worked)
    return story.feel(1, stress_client=5, stress_work=4, dread=3, version=4)


def thin() -> Story:
    """Three weeks, hardly anything on record."""
    return Story(21).add("off-hours", 3).add("hours", 2, hours="6")


def never_satisfied() -> Story:
    """Pays early, and nothing that is put right is right."""
    story = paid(Story(), (0, 120), (0, 90), (0, 60), (0, 30))
    for day in (48, 37, 29, 16, 9):
        story.add("complaint", day, severity=2).add("remedy", day - 1, worked=False)
    return story.feel(1, stress_client=8, stress_work=4, dread=8, version=8, fit_vision=3)


@pytest.mark.parametrize(
    ("story", "verdict", "rules", "more"),
    [
        (keeper(), "keep", set(), "no"),
        (silent(), "set-boundaries", {"R4"}, "no"),
        (controller(), "walk-away", {"R3", "R10", "R14"}, "yes"),
        (pays_later(), "walk-away", {"R1", "R2", "R13"}, "cannot-tell"),
        (with_problems(), "keep", set(), "no"),
        (thin(), "keep", set(), "cannot-tell"),
        (never_satisfied(), "walk-away", {"R6", "R10", "R14"}, "yes"),
    ],
)
def test_each_of_the_seven_comes_to_what_was_worked_out(
    story: Story, verdict: str, rules: set[str], more: str
) -> None:
    found = story.assessed()
    assert found.verdict == verdict
    assert {rule.id for rule in found.rules} == rules
    assert found.more_than_the_work == more


def test_the_kinds_of_client_are_told_apart_and_the_thin_one_is_provisional() -> None:
    assert with_problems().assessed().kind == "client with problems"
    assert never_satisfied().assessed().kind != "client with problems"
    assert thin().assessed().provisional
    assert not keeper().assessed().provisional
    leading = [one.assessed().profile.leading for one in (silent(), controller(), pays_later())]
    assert leading == ["unresponsive", "controlling", "pays later"]


def test_payment_that_drifts_is_measured_in_days_per_invoice() -> None:
    assert arithmetic.slope([0, 4, 11, 19, 41]) == pytest.approx(7.75)
