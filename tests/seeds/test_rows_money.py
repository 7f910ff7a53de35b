"""The client who pays later, row by row: each test's assertion is what its advice asks for."""

from __future__ import annotations

import json
import shlex
from datetime import date, timedelta
from typing import Any

import pytest

from store.index import summary
from store.overview.standing import scene_of
from store.playbook.letters import letter
from store.playbook.letters.facts import facts_for
from store.playbook.scene import Scene
from store.quantities import due_date, parse_payment_terms
from store.tone.check import tone
from store.workspace import Workspace
from tests.tui.cli.conftest import Cli
from tests.tui.cli.desk import Desk, back


@pytest.fixture
def desk(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return a desk on which what is kept of a client holds at once."""
    monkeypatch.setattr(summary, "settled", lambda found, now: True)
    return Desk(cli)


def _scene(desk: Desk) -> Scene:
    workspace = Workspace.open(desk.cli.root)
    return scene_of(workspace.docket("acme", desk.today), workspace)


def _next(desk: Desk, days: int = 400) -> list[Any]:
    found: list[Any] = json.loads(desk("next", "acme", "--days", str(days), "--json"))
    return [step for step in found if step["step"] != "anchor"]


def _decided(desk: Desk) -> Any:
    return json.loads(desk("decide", "acme", "--json"))


def _logs(desk: Desk, *words: str) -> str:
    """Return what is said on stderr as `words` are logged, after a look at how all stand."""
    desk("next")
    return desk.tried(*words).err


def test_row_27_one_event_flips_the_verdict_whatever_the_score(desk: Desk) -> None:
    desk.bill("INV-1", 5)
    desk("log", "acme", "pay-later", "Keep working, I will pay you eventually")
    assert _decided(desk)["verdict"] == "walk-away"
    assert _next(desk)[0]["what"] == "End it: give notice"


def test_row_28_an_exception_lapses_and_the_rule_is_back(desk: Desk) -> None:
    desk.bill("INV-1", 5)
    desk("log", "acme", "pay-later", "Keep working, I will pay you eventually")
    desk("decide", "acme", "--except", "R1", "--until", "+14d", "--why", "The bank froze it")
    assert "acme (R1)" in desk.tried("clients").err
    assert _next(desk)[0]["what"] != "End it: give notice"
    desk.today += timedelta(days=15)
    assert _decided(desk)["verdict"] == "walk-away"


def test_row_29_what_is_at_risk_is_told(desk: Desk) -> None:
    desk.bill("INV-1", 40)
    desk("hours", "acme", "10", "site")
    assert "months of usual billing" in desk("decide", "acme", "-v")


def test_row_30_two_reasons_for_one_bill_stand_side_by_side(desk: Desk) -> None:
    desk.bill("INV-1", 40)
    desk("log", "acme", "excuse", "The copy was not what we wanted", "--invoice", "INV-1")
    desk("log", "acme", "excuse", "We never got it", "--invoice", "INV-1")
    desk("record", "acme", "--for", "own", "-o", str(desk.cli.root.parent / "out"))
    [told] = (desk.cli.root.parent / "out").rglob("*_own.md")
    assert "side by side" in told.read_text()


def test_row_31_later_each_cycle_is_told(desk: Desk) -> None:
    for number, late in enumerate((0, 4, 11, 19, 41)):
        due = 300 - 50 * number
        desk.bill(f"INV-{number}", due)
        desk("pay", "acme", "100", "--on", back(due - late))
    assert "7.75 days later with each invoice" in desk("decide", "acme", "-v")


def test_row_32_work_after_the_due_day_is_asked_about_once_and_told_in_the_record(
    desk: Desk,
) -> None:
    desk.bill("INV-1", 8)
    assert "INV-1 is 8 days late: why work on before it is paid?" in _logs(
        desk, "hours", "acme", "3", "June copy"
    )
    desk("record", "acme", "--for", "own", "-o", str(desk.cli.root.parent / "out"))
    [told] = (desk.cli.root.parent / "out").rglob("*_own.md")
    assert "Worked while an invoice was past its due date: 3 h" in told.read_text()


def test_row_32_what_is_stale_says_nothing(desk: Desk) -> None:
    desk.bill("INV-1", 8)
    assert "why work on" not in desk.tried("hours", "acme", "3", "June copy").err


def test_row_33_no_overdue_bill_is_without_a_next_date(desk: Desk) -> None:
    desk.bill("INV-1", 1)
    for _ in range(40):
        bills = [step for step in _next(desk) if step["about"] == "INV-1"]
        assert len(bills) == 1
        desk.today = max(desk.today, date.fromisoformat(bills[0]["due"])) + timedelta(days=1)
        if " log " in bills[0]["command"] and desk.today.day % 3:
            kind = bills[0]["command"].split()[3]
            desk("log", "acme", kind, "INV-1", "said again")


@pytest.mark.parametrize(
    ("terms", "issued", "due"),
    [
        ("day31", date(2024, 1, 31), date(2024, 2, 29)),
        ("day31", date(2026, 1, 31), date(2026, 2, 28)),
        ("day1", date(2026, 4, 15), date(2026, 5, 1)),
        ("net30", date(2024, 1, 30), date(2024, 2, 29)),
        ("net14", date(2026, 12, 25), date(2027, 1, 8)),
        ("receipt", date(2024, 2, 29), date(2024, 2, 29)),
    ],
)
def test_row_34_the_day_a_bill_is_due_is_that_of_the_terms(
    terms: str, issued: date, due: date
) -> None:
    assert due_date(parse_payment_terms(terms), issued) == due


def test_row_35_the_first_rung_opens_the_day_after_and_lets_them_save_face(desk: Desk) -> None:
    desk.bill("INV-1", 0)
    [bill] = [step for step in _next(desk) if step["about"] == "INV-1"]
    assert date.fromisoformat(bill["due"]) > desk.today
    assert bill["letter"] == "courtesy"
    desk.today += timedelta(days=1)
    note = letter("courtesy", facts_for(_scene(desk), "INV-1"))
    assert tone(note.body) == tone("") and "overlooked" in note.body


def test_row_36_a_stop_is_not_offered_before_a_note_and_says_both_halves(desk: Desk) -> None:
    desk.bill("INV-1", 20)
    [bill] = [step for step in _next(desk) if step["about"] == "INV-1"]
    assert bill["letter"] == "courtesy"
    said = _logs(desk, "log", "acme", "stop", "until it is paid")
    assert "Nothing was said about INV-1 before: why stop" in said
    assert "Which clause lets you stop, and after how many days' notice?" in said
    note = letter("stop-notice", facts_for(_scene(desk), "INV-1"))
    assert "I will do no further work until I hear from you" in note.body
    assert "Work goes on at once when the payment is here" in note.body
    said = _logs(desk, "hours", "acme", "2", "a quick fix")
    assert "Work has been stopped since 22 Nov: why work on?" in said


def test_row_36_the_stop_asks_first_what_the_contract_says_and_is_staged(desk: Desk) -> None:
    desk.bill("INV-1", 20)
    desk("log", "acme", "reminder", "INV-1 was due", "--on", back(10))
    step = next(step for step in _next(desk) if step["about"] == "INV-1")
    assert "No clause on stopping is on record" in step["why"]
    terms = ("--set", "suspension_clause=clause 9", "--set", "suspension_notice_days=5")
    desk("log", "acme", "terms", "as signed", *terms)
    step = next(step for step in _next(desk) if step["about"] == "INV-1")
    assert step["command"].startswith("docket log acme stop")
    assert step["why"].endswith("clause 9, 5 days' notice.")
    effective = (desk.today + timedelta(days=5)).isoformat()
    said = _logs(desk, "log", "acme", "stop", "INV-1 until paid", "--set", f"effective={effective}")
    assert "clause 9 asks for 5 days' notice: from which day?" in said
    assert "why stop" not in said
    [staged] = [one for one in _next(desk) if one["what"].startswith("Stop the work")]
    assert staged["due"] == effective


def test_row_37_payment_offers_the_way_back_and_a_part_of_it_does_not(desk: Desk) -> None:
    desk.bill("INV-1", 20)
    desk("log", "acme", "reminder", "INV-1 was due", "--on", back(15))
    desk("log", "acme", "stop", "until INV-1 is paid", "--on", back(5))
    assert "a part has come. What does it change?" in desk.tried("pay", "acme", "40").err
    assert not [step for step in _next(desk) if step["letter"] == "resume"]
    assert "take it up again" in desk.tried("pay", "acme", "60").err
    assert _next(desk)[0]["letter"] == "resume"
    desk("log", "acme", "resume", "Work goes on")
    assert not [step for step in _next(desk) if step["letter"] == "resume"]


def _stopped(desk: Desk) -> None:
    """Let work be stopped over INV-1 since 17 November."""
    desk.bill("INV-1", 20)
    desk("log", "acme", "reminder", "INV-1 was due", "--on", back(15))
    desk("log", "acme", "stop", "until INV-1 is paid", "--on", back(5))


def test_row_104_a_promise_with_a_day_asks_what_it_changes_and_is_waited_for(desk: Desk) -> None:
    _stopped(desk)
    said = _logs(desk, "promise", "acme", "half of INV-1", "--due", back(-6))
    assert "Work has been stopped since 17 Nov: what does that change?" in said
    step = next(step for step in _next(desk) if step["about"] == "INV-1")
    assert step["due"] > back(-6), "their word is waited for"
    assert "They said they would pay by" in step["why"]


def test_row_104_an_answer_with_a_plan_asks_what_it_changes_and_until_then_changes_nothing(
    desk: Desk,
) -> None:
    _stopped(desk)
    desk("ask", "acme", "When will you pay INV-1?")
    said = _logs(desk, "answer", "acme#6", "Half on Friday, the rest on the 20th")
    assert "stopped since 17 Nov: what does that change? Until you say so, nothing." in said
    assert "why work on?" in _logs(desk, "hours", "acme", "1", "a quick fix")
    desk("log", "acme", "resume", "Half on Friday will do")
    assert "Work has been stopped" not in _logs(desk, "hours", "acme", "1", "a quick fix")


def test_row_104_what_is_about_something_else_asks_nothing(desk: Desk) -> None:
    _stopped(desk)
    desk("ask", "acme", "Logo files", "--needed-by", back(-2))
    assert "what does that change" not in _logs(desk, "answer", "acme#6", "Here they are")
    said = _logs(desk, "promise", "acme", "the new photographs", "--due", back(-6))
    assert "what does that change" not in said
    said = _logs(desk, "promise", "acme", "the draft of INV-1", "--by", "me", "--due", back(-6))
    assert "what does that change" not in said


def test_row_104_who_is_stopped_over_something_else_is_heard_whatever_they_say(desk: Desk) -> None:
    desk("ask", "acme", "Logo files", "--on", back(20))
    desk("log", "acme", "stop", "until I hear from you", "--on", back(5))
    assert "Work has been stopped since 17 Nov: why work on?" in _logs(desk, "hours", "acme", "2")
    assert "what does that change?" in _logs(desk, "answer", "acme#3", "Here they are")
    assert "why work on" not in _logs(desk, "hours", "acme", "1", "chase", "mails")


def test_row_37_what_comes_in_does_not_take_up_work_that_is_to_be_ended(desk: Desk) -> None:
    _stopped(desk)
    desk("log", "acme", "pay-later", "Keep working, I will pay you eventually")
    said = _logs(desk, "pay", "acme", "100")
    assert "What speaks for leaving still does." in said and "take it up again" not in said
    assert [step["what"] for step in _next(desk)] == ["End it: give notice"]


def test_row_36_a_stop_with_a_day_is_a_step_on_that_day_until_it_is_noted(desk: Desk) -> None:
    _stopped(desk)
    day = back(-5)
    desk("log", "acme", "stop", "INV-1 until paid", "--set", f"effective={day}")
    desk.today = date.fromisoformat(day)
    staged = next(one for one in _next(desk) if one["what"].startswith("Stop the work"))
    assert staged["due"] == day
    desk(*shlex.split(staged["command"])[1:])
    assert not [one for one in _next(desk) if one["what"].startswith("Stop the work")]
