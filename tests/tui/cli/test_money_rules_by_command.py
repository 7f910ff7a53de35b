"""The hard rules about money on both sides of their line, and what holds a rule back."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from tests.tui.cli.conftest import Cli
from tests.tui.cli.desk import Desk, back


@pytest.fixture
def desk(cli: Cli) -> Desk:
    """A desk with one client of more than a year: their entries are numbered from acme#3."""
    return Desk(cli)


def test_r1_one_demand_to_go_on_unpaid_ends_it_and_an_excuse_does_not(desk: Desk) -> None:
    desk.bill("INV-1", due=40, paid=35)
    desk.log("excuse", 34)
    assert desk.rule("R1") is None
    assert desk.verdict == "keep"
    desk.log("pay-later", 30)
    assert desk.rule("R1") == ("walk-away", [6])
    assert desk.verdict == "walk-away"


def test_r2_a_reminder_has_a_week_then_work_stops_until_the_money_is_there(desk: Desk) -> None:
    desk.bill("INV-1", due=20)
    desk.log("reminder", 6)
    assert (desk.rule("R2"), desk.verdict) == (None, "keep")
    desk.today += timedelta(days=1)
    assert desk.rule("R2") == ("stop-work", [3, 4])
    assert desk.verdict == "stop-work"
    desk("pay", "acme", "99", "--for", "INV-1")
    assert desk.verdict == "stop-work"
    desk("pay", "acme", "1", "--for", "INV-1")
    assert (desk.rule("R2"), desk.verdict) == (None, "keep")


def test_r2_a_second_promise_to_pay_that_is_broken_ends_it(desk: Desk) -> None:
    desk.bill("INV-1", due=40)
    desk.promise(made=30, due=20)
    desk("promise", "acme#4", "--broken", "Nothing came", "--on", back(19))
    assert desk.rule("R2") == ("stop-work", [3, 4])
    desk.promise(made=18, due=0)
    assert desk.verdict == "stop-work"
    desk.today += timedelta(days=1)
    assert desk.rule("R2") == ("walk-away", [3, 4, 6])
    desk("promise", "acme#6", "--kept")
    assert desk.verdict == "stop-work"


def test_r9_a_broken_term_asks_for_a_talk_and_in_bad_faith_ends_it(desk: Desk) -> None:
    desk.log("contract-breach", 9, "--severity", "2")
    assert desk.rule("R9") == ("set-boundaries", [3])
    desk.log("contract-breach", 8, "--severity", "3")
    assert desk.rule("R9") == ("set-boundaries", [3, 4])
    desk.bill("INV-1", due=1)
    assert desk.rule("R9") == ("walk-away", [3, 4])
    assert desk.verdict == "walk-away"
    desk("pay", "acme", "100", "--for", "INV-1")
    desk.log("concession", 0)  # the last of it was put right within a month
    assert (desk.rule("R9"), desk.verdict) == (None, "keep")


def test_r13_three_late_bills_of_the_last_six_are_a_habit(desk: Desk) -> None:
    for number, (due, late) in enumerate([(200, 9), (160, 4), (120, 3), (80, 0)]):
        desk.bill(f"INV-{number}", due=due, paid=due - late)
    assert (desk.rule("R13"), desk.verdict) == (None, "keep")
    desk.bill("INV-5", due=40, paid=30)
    assert desk.rule("R13") == ("set-boundaries", [3, 5, 11])
    assert desk.verdict == "set-boundaries"
    desk.bill("INV-6", due=20, paid=20)
    assert desk.verdict == "set-boundaries"
    desk.bill("INV-7", due=10, paid=10)  # the first of them is the seventh last now
    assert (desk.rule("R13"), desk.verdict) == (None, "keep")


def test_r13_no_change_after_the_talk_about_it_ends_it(desk: Desk) -> None:
    desk.bill("INV-0", due=200, paid=190)
    desk.log("talk", 185, "--invoice", "INV-0")
    desk.bill("INV-1", due=160, paid=150)
    assert desk.rule("R13") is None
    desk.bill("INV-2", due=120, paid=110)
    assert desk.rule("R13") == ("walk-away", [3, 6, 8, 5])
    assert desk.verdict == "walk-away"


def test_a_reminder_about_something_else_stops_no_work(desk: Desk) -> None:
    desk.bill("M-1", due=9)
    desk.ask(9)
    desk.log("reminder", 8, "--about", "4")
    assert desk.verdict == "keep"
    desk.log("reminder", 7, "--invoice", "M-1")
    assert desk.verdict == "stop-work"


def test_a_written_exception_holds_a_rule_back_until_its_day(desk: Desk) -> None:
    desk.log("pay-later", 30)
    desk("decide", "acme", "--except", "R1", "--until", "+10d", "--why", "A last chance")
    assert (desk.rule("R1"), desk.verdict) == (("walk-away", [3]), "keep")
    assert desk.decided["rules"][0]["excepted_days"] == 10
    desk.today += timedelta(days=10)
    assert (desk.decided["rules"][0]["excepted_days"], desk.verdict) == (0, "keep")
    desk.today += timedelta(days=1)
    assert (desk.decided["rules"][0]["excepted_days"], desk.verdict) == (None, "walk-away")
    desk.today -= timedelta(days=1)
    desk("void", "acme#4", "--reason", "They did it again")
    assert desk.verdict == "walk-away"


def test_an_exception_to_one_rule_leaves_the_others(desk: Desk) -> None:
    desk.log("pay-later", 30)
    desk.log("threat", 20)
    desk("decide", "acme", "--except", "R1", "--until", "+10d", "--why", "They did pay")
    assert desk.verdict == "walk-away"
    desk("decide", "acme", "--except", "R5", "--until", "+9d", "--why", "They were not serious")
    assert desk.verdict == "keep"


def test_as_of_a_day_tells_what_the_day_itself_told(desk: Desk) -> None:
    desk.bill("INV-1", due=40)
    desk.log("reminder", 30)
    desk("pay", "acme", "100", "--on", back(10))
    for days, verdict in ((39, "keep"), (24, "keep"), (23, "stop-work"), (11, "stop-work")):
        told = json.loads(desk("decide", "acme", "--json", "--as-of", back(days)))
        assert (told["verdict"], told["as_of"]) == (verdict, back(days))
    assert desk.verdict == "keep"
