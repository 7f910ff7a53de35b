"""Each hard rule on both sides of its line, typed as a person would, on a docket on the disk.

Those about money are in `test_money_rules_by_command`.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.tui.cli.conftest import Cli
from tests.tui.cli.desk import Desk


@pytest.fixture
def desk(cli: Cli) -> Desk:
    """A desk with one client of more than a year: their entries are numbered from acme#3."""
    return Desk(cli)


def test_r3_crossing_the_line_once_more_is_heard_twice_more_is_not(desk: Desk) -> None:
    desk.log("micro-change", 60)
    desk.log("talk", 50)
    desk.log("scope-creep", 40)
    assert desk.rule("R3") is None
    assert desk.verdict != "walk-away"
    desk.log("off-hours", 30)
    assert desk.rule("R3") == ("walk-away", [4, 5, 6])
    assert desk.verdict == "walk-away"


def test_r4_a_month_of_waiting_is_a_word_and_three_notices_unheard_are_the_end(desk: Desk) -> None:
    desk.ask(32)  # an answer was due after three days
    assert desk.rule("R4") is None
    for days in (20, 10):
        desk.log("reminder", days)
    desk.today += timedelta(days=1)
    assert desk.rule("R4") == ("set-boundaries", [3, 4, 5])
    desk.log("notice", 0)
    assert desk.rule("R4") == ("set-boundaries", [3, 4, 5, 6])
    desk.today += timedelta(days=7)  # the third has had its week
    assert (desk.rule("R4"), desk.verdict) == (("walk-away", [3, 4, 5, 6]), "walk-away")
    desk("answer", "acme#3", "The blue one")
    assert (desk.rule("R4"), desk.verdict) == (None, "keep")


def test_r5_goes_by_how_bad_an_attack_was_and_what_followed(desk: Desk) -> None:
    desk.log("abuse", 20, "--severity", "2")
    assert desk.rule("R5") == ("set-boundaries", [3])
    desk.log("apology", 19)
    assert (desk.rule("R5"), desk.verdict) == (("keep", [3]), "keep")
    desk.log("public-attack", 2)
    assert desk.rule("R5") == ("walk-away", [3, 5])
    assert desk.verdict == "walk-away"


@pytest.mark.parametrize(
    ("kind", "severity", "asked"),
    [
        ("abuse", "2", "set-boundaries"),
        ("abuse", "3", "walk-away"),
        ("public-attack", "2", "set-boundaries"),
        ("public-attack", "3", "walk-away"),
        ("threat", "1", "walk-away"),
    ],
)
def test_r5_a_grave_attack_ends_it_the_first_time(
    desk: Desk, kind: str, severity: str, asked: str
) -> None:
    desk.log(kind, 5, "--severity", severity)
    assert desk.rule("R5") == (asked, [3])
    assert desk.verdict == asked


def test_r6_nobody_is_a_problem_client_before_two_repairs_were_refused(desk: Desk) -> None:
    for days, kind in ((60, "complaint"), (61, "blame"), (62, "rework")):
        desk.log(kind, days)
    desk.log("abuse", 63)
    desk.log("remedy", 50, "--set", "worked=false")
    assert desk.decided["kind"] == "undetermined"
    assert desk.rule("R6") is None
    desk.log("my-apology", 45, "--set", "worked=false")
    assert desk.decided["kind"] == "problem client"
    assert desk.rule("R6") == ("walk-away", [7, 8])
    assert desk.verdict == "walk-away"


def test_who_is_in_a_hardship_is_helped_before_being_left(desk: Desk) -> None:
    desk.log("talk", 60)
    for days in (55, 50, 45):
        desk.log("rework", days)
    assert (desk.decided["kind"], desk.verdict) == ("undetermined", "walk-away")
    desk.log("illness", 70)  # and it was quiet for 300 days before
    assert (desk.decided["kind"], desk.verdict) == ("client with problems", "keep")
    desk.log("pay-later", 5)
    assert desk.verdict == "walk-away"


def test_r8_my_own_late_promise_is_said_and_raises_nothing(desk: Desk) -> None:
    desk.log("thanks", 3)
    desk.promise(made=20, due=0, by="me")
    assert desk.rule("R8") is None
    desk.today += timedelta(days=1)
    assert (desk.rule("R8"), desk.verdict) == (("keep", [4]), "keep")
    desk("promise", "acme#4", "--kept")
    assert desk.rule("R8") is None


def test_r10_small_things_add_up_to_a_talk(desk: Desk) -> None:
    desk.log("off-hours", 80)
    desk.log("rush-demand", 40)
    assert (desk.rule("R10"), desk.verdict) == (None, "keep")
    desk.log("no-show", 2)
    assert desk.rule("R10") == ("set-boundaries", [3, 4, 5])
    assert desk.verdict == "set-boundaries"
    desk("void", "acme#5", "--reason", "We had not agreed on a day")
    assert (desk.rule("R10"), desk.verdict) == (None, "keep")


def test_the_same_line_again_and_again_is_said_once_before_leaving(desk: Desk) -> None:
    for days in (90, 60, 40, 30):
        desk.log("rework", days, "--severity", "2")
    assert desk.verdict == "set-boundaries"
    desk.log("talk", 20)
    assert desk.verdict == "set-boundaries"
    desk.log("rework", 10, "--severity", "2")
    assert (desk.rule("R3"), desk.verdict) == (None, "set-boundaries")
    desk.log("rework", 5, "--severity", "2")
    assert desk.verdict == "walk-away"


def test_r14_what_is_felt_alone_asks_for_a_talk(desk: Desk) -> None:
    desk("checkin", "acme", "8", "3", "--dread", "5")
    assert (desk.rule("R14"), desk.verdict) == (None, "keep")
    desk("checkin", "acme", "8", "3", "--dread", "8")
    assert (desk.rule("R14"), desk.verdict) == (("set-boundaries", []), "set-boundaries")
