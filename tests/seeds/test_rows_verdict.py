"""What a verdict is made of, row by row: each test's assertion is what its advice asks for."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from store.docket.tracking import blocked_days, union_days
from store.entries import KINDS
from store.index import summary
from store.workspace import Workspace
from tests.tui.cli.conftest import Cli
from tests.tui.cli.desk import TODAY, Desk, back


@pytest.fixture
def desk(cli: Cli) -> Desk:
    return Desk(cli)


def _factor(desk: Desk, name: str) -> float | None:
    """Return the burden of one of the twelve signs."""
    [burden] = [one["burden"] for one in desk.decided["factors"] if one["name"] == name]
    return None if burden is None else float(burden)


def _first(desk: Desk) -> Any:
    found = json.loads(desk("next", "acme", "--json"))
    return next(step for step in found if step["step"] != "anchor")


def test_row_08_blocked_days_are_the_union_of_what_was_waited_for(desk: Desk) -> None:
    """Two questions that overlap, one that stands alone; what is mine blocks nothing of theirs."""
    spans = [(60, 50), (56, 40), (30, 25)]
    for number, (expected, answered) in enumerate(spans):
        desk("ask", "acme", f"Text {number}", "--needed-by", back(expected), "--on", back(70))
        desk("answer", f"acme#{3 + 2 * number}", "Here", "--on", back(answered))
    desk.promise(60, 20, by="me")
    day = timedelta(days=1)
    wanted = union_days([(TODAY - a * day, TODAY - b * day) for a, b in spans])
    docket = Workspace.open(desk.cli.root).docket("acme", desk.today)
    assert blocked_days(docket.requests, desk.today) == wanted == 20 + 5
    weeks = json.loads(desk("time", "acme", "--json"))
    waited = {
        TODAY - n * day for a, b in spans for n in range(b, a) if (TODAY - n * day).weekday() < 5
    }
    assert sum(week["waited_for_client"] for week in weeks) == len(waited)


def test_row_101_who_does_not_let_one_work_is_left_after_the_notices_and_not_before(
    desk: Desk,
) -> None:
    desk.ask(40)
    for days in (20, 10):
        desk.log("reminder", days)
    assert desk.verdict != "walk-away"
    assert _first(desk)["letter"] == "step-notice"  # told at each step, first of all
    desk.log("notice", 0)
    assert desk.verdict != "walk-away"
    desk.today += timedelta(days=7)
    assert (desk.verdict, _first(desk)["what"]) == ("walk-away", "End it: give notice")
    desk("answer", "acme#3", "The blue one")
    assert desk.verdict == "keep"


def test_row_102_regularly_not_on_time_ends_it_after_the_talk_and_not_before(desk: Desk) -> None:
    for number, due in enumerate((320, 280, 240)):
        desk.bill(f"INV-{number}", due=due, paid=due - 10)
    assert desk.verdict == "set-boundaries"
    assert _first(desk)["what"] == "Talk to them about it"
    desk.log("talk", 230, "--invoice", "INV-2")
    desk.bill("INV-3", due=200, paid=190)
    assert desk.verdict == "set-boundaries"
    desk.bill("INV-4", due=160, paid=150)
    assert (desk.verdict, _first(desk)["what"]) == ("walk-away", "End it: give notice")


def test_row_43_do_they_pay_is_told_by_count_and_by_days(desk: Desk) -> None:
    desk.bill("INV-1", due=200, paid=200)
    desk.bill("INV-2", due=150, paid=120)
    desk.bill("INV-3", due=100, paid=60)
    said = " ".join(desk("decide", "acme", "-v").split())
    assert "Paying late: 2 of the last 3 bills late or overdue, the worst by 40 days" in said


def test_row_45_one_sum_for_two_bills_is_shared_the_oldest_first_or_as_told(desk: Desk) -> None:
    desk.bill("INV-1", due=60)
    desk.bill("INV-2", due=30)
    desk("pay", "acme", "150", "--on", back(20))
    bills = Workspace.open(desk.cli.root).docket("acme", desk.today).ledger
    assert [(one.number, one.balance.amount) for one in bills.open()] == [("INV-2", Decimal(50))]
    one = bills.find("INV-1")
    assert one is not None and one.days_late(desk.today) == 40  # each has its own lateness
    desk.bill("INV-3", due=10)
    desk("pay", "acme", "100", "--for", "INV-3")
    bills = Workspace.open(desk.cli.root).docket("acme", desk.today).ledger
    assert [(one.number, one.balance.amount) for one in bills.open()] == [("INV-2", Decimal(50))]


def test_row_46_nothing_said_yet_is_counted_until_a_talk(desk: Desk) -> None:
    for days in (30, 20, 10):
        desk.log("rework", days)
    desk("clients")
    assert "Nothing said yet since the first trouble: acme (30 days)" in desk.err
    desk("log", "acme", "talk", "Told them")
    desk("clients")
    assert "Nothing said" not in desk.err


def test_row_47_how_they_took_a_reasonable_request_is_conduct_and_not_pay(desk: Desk) -> None:
    desk.bill("INV-1", due=20, paid=18)
    desk("log", "acme", "reminder", "INV-1 was due", "--on", back(19))
    pay, conduct = _factor(desk, "lateness"), _factor(desk, "conduct")
    words = ("--quote", "how dare you", "--about", "5", "--severity", "2", "--on", back(19))
    desk("log", "acme", "abuse", "Took the reminder badly", *words)
    assert _factor(desk, "lateness") == pay
    assert (_factor(desk, "conduct") or 0) > (conduct or 0)
    last = Workspace.open(desk.cli.root).docket("acme", desk.today).kind("abuse")[0]
    assert [link.seq for link in last.links] == [5] and last.quotes[0].text == "how dare you"


def test_row_42_dread_twice_in_two_weeks_suggests_the_decision_and_can_be_muted(
    desk: Desk,
) -> None:
    hint = "it may be time for `docket decide acme`"
    desk("checkin", "acme", "--dread", "7")
    assert hint not in desk.err
    desk.today += timedelta(days=15)
    desk("checkin", "acme", "--dread", "6")
    assert hint not in desk.err  # fifteen days apart
    desk.today += timedelta(days=10)
    desk("checkin", "acme", "--dread", "6")
    assert hint in desk.err
    (desk.cli.root / "config.toml").write_text("ask_checkin = false\n", encoding="utf-8")
    desk.today += timedelta(days=1)
    desk("checkin", "acme", "--dread", "8")
    assert hint not in desk.err


def test_row_56_nobody_begins_as_a_problem_and_each_fault_of_mine_is_counted(desk: Desk) -> None:
    assert desk.decided["kind"] != "problem client"
    assert desk.decided["kind_points"][0] == 0
    desk("log", "acme", "complaint", "The list was wrong", "--my-share")
    desk("log", "acme", "rework", "Again")
    assert desk.decided["my_share"]["mine"] == 1
    assert desk.decided["my_share"]["of"] == 2


def test_row_57_outcomes_of_repairs_say_whether_anything_satisfies_them(desk: Desk) -> None:
    for day in (40, 20):
        desk.log("complaint", day)
        desk("log", "acme", "remedy", "Did it anew", "--on", back(day - 1))
    desk("outcome", "acme#4", "no", "Returned")
    assert desk.rule("R6") is None
    desk("outcome", "acme#6", "no", "Returned again")
    assert desk.rule("R6") == ("walk-away", [4, 6])


def test_row_58_each_of_their_signs_is_a_kind_and_three_kinds_are_a_sign_themselves(
    desk: Desk,
) -> None:
    signs = ("distrust", "scope-creep", "abuse", "public-attack")
    assert set(signs) <= KINDS.keys()
    for number, kind in enumerate(signs[:2]):
        desk.log(kind, 30 - number)
    before = desk.decided["kind_points"][0]
    desk.log(signs[2], 10)
    assert desk.decided["kind_points"][0] > before


def test_row_59_a_third_reset_wants_a_reason(desk: Desk) -> None:
    reset = ("decide", "acme", "--choose", "set-boundaries")
    desk(*reset)
    desk(*reset)
    refused = desk.tried(*reset)
    assert refused.status == 2 and "two resets are the rule" in refused.err
    desk(*reset, "--why", "They have a new owner")


def test_row_60_unanswered_incidents_are_counted_and_shown_with_the_client(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summary, "settled", lambda found, now: True)
    for day in (30, 20, 10):
        desk.log("micro-change", day)
    assert desk.decided["unsaid"]["incidents"] == 3
    step = _first(desk)
    assert (
        step["what"] == "Talk to them about it" and "3 incidents with nothing said" in step["why"]
    )
    desk("clients")
    assert "acme (30 days)" in desk.err
    desk.bill("INV-1", 5)
    said = " ".join(desk("decide", "acme", "-v").split())
    assert "3 incidents unanswered, and money is owed [#" in said, "four entries behind three"


def test_row_66_what_was_never_written_down_is_partly_mine(desk: Desk) -> None:
    desk("log", "acme", "expectation-gap", "Thought it would be ready", "--in-writing", "yes")
    assert desk.decided["my_share"]["mine"] == 0
    points = desk.decided["kind_points"][0]
    desk("log", "acme", "expectation-gap", "Thought it was in", "--in-writing", "no")
    assert desk.decided["my_share"]["mine"] == 1
    assert desk.decided["kind_points"][0] <= points


def test_row_67_promises_have_days_and_a_late_one_of_mine_comes_before_all(desk: Desk) -> None:
    desk.bill("INV-1", due=30)
    desk.promise(20, 5, by="me")
    desk.promise(20, -5)
    steps = json.loads(desk("next", "acme", "--days", "30", "--json"))
    assert steps[0]["what"].startswith("Keep what you promised")
    assert steps[0]["due"] == back(5)
    assert [one["due"] for one in steps if "kept their promise" in one["what"]] == [back(-6)]
    assert desk.rule("R8") == ("keep", [4])
