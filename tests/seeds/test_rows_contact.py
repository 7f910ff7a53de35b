"""First contact and repair, row by row: each test's assertion is what its advice asks for."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from store.docket import Docket
from store.docket.welcome import flags, sheet
from store.overview.standing import scene_of
from store.playbook.next_steps import next_steps
from store.playbook.step import NextStep
from store.workspace import Workspace
from tests.tui.cli.conftest import Cli
from tests.tui.cli.desk import Desk

FIRST = date(2027, 3, 3)
OURS = ("--process", "A draft, a talk, the page", "--roles", "I write, Ann decides")
THEIRS = ("--pays-by", "Transfer", "--reach-them", "Mail", "--access", "All of it")


@pytest.fixture
def desk(cli: Cli) -> Desk:
    made = Desk(cli)
    made.today = FIRST
    return made


def _docket(desk: Desk) -> Docket:
    return Workspace.open(desk.cli.root).docket("acme", desk.today)


def _steps(desk: Desk, day: date | None = None) -> tuple[NextStep, ...]:
    desk.today = day or desk.today
    return next_steps(scene_of(_docket(desk), Workspace.open(desk.cli.root)))


def _keys(desk: Desk, day: date | None = None) -> list[str]:
    return [step.key for step in _steps(desk, day)]


def _said(desk: Desk, *words: str) -> str:
    """Return what a command says beside what it prints."""
    desk(*words)
    return desk.err


def _flags(desk: Desk) -> list[str]:
    return [one.says for one in flags(_docket(desk))]


def test_row_07_unready_answers_are_a_flag_with_the_items_named(desk: Desk) -> None:
    assert _flags(desk) == []  # nobody was asked yet
    desk("welcome", "acme", "--goal", "none", "--decides", "Ann")
    assert _flags(desk) == ["Not ready: without a goal, access, a time to answer"]
    assert "Not ready: without a goal, access" in _said(desk, "welcome", "acme")
    desk("welcome", "acme", "--goal", "Forty orders", "--access", "All", "--reply-within", "2d")
    assert _flags(desk) == []


def test_row_44_refusing_every_ordinary_way_to_pay_is_a_flag(desk: Desk) -> None:
    ready = ("--goal", "G", "--decides", "D", "--access", "A", "--reply-within", "2d")
    desk("welcome", "acme", *ready, "--pays-by", "Cheque by post")
    assert _flags(desk) == []
    desk("welcome", "acme", "--pays-by", "refused")
    assert _flags(desk) == ["They refuse every ordinary way to pay"]


def test_row_50_no_vision_flags_while_the_sheet_is_out_and_row_99_only_after_a_try(
    desk: Desk,
) -> None:
    ready = ("--goal", "G", "--decides", "D", "--access", "A", "--reply-within", "2d")
    desk("welcome", "acme", *ready, "--vision", "none")
    assert _flags(desk) == []
    (tried,) = [step for step in _steps(desk) if step.key == "inspire"]
    assert tried.due == FIRST + timedelta(days=5)
    seq = sheet(_docket(desk)).answers["vision"].seq
    desk("log", "acme", "inspire", f"#{seq} Showed Ann three shops with a story")
    assert _flags(desk) == []  # it waits for the outcome
    keys = _keys(desk)
    assert "inspire" not in keys
    (asked,) = [key for key in keys if key.startswith("inspired:")]
    number = asked.partition(":")[2]
    desk("outcome", f"acme#{number}", "no", "She shrugged")
    assert _flags(desk) == ["No vision, and showing them one did not help"]
    assert not any(key.startswith("inspire") for key in _keys(desk))
    assert "No vision" in _said(desk, "decide", "acme")
    desk("welcome", "acme", "--vision", "The tea house of the valley")
    assert _flags(desk) == []


def test_row_64_a_client_without_a_sheet_shows_that_expectations_are_not_set(desk: Desk) -> None:
    assert _keys(desk) == ["welcome"]
    assert "Expectations not set" in desk("next", "acme")
    assert "Expectations not set" in desk("decide", "acme", "-v")
    desk("welcome", "acme", *OURS, *THEIRS)
    assert "Expectations not set" not in desk("next", "acme")
    page = desk("welcome", "acme")
    assert "**Who does what:** I write, Ann decides" in page
    assert "- Who decides" in page.partition("Please tell me:")[2]
    desk("welcome", "acme", "--sent")
    sent = _docket(desk).kind("expectations")[-1]
    desk("accept", f"acme#{sent.seq}", "--by", "Ann")
    done = json.loads(desk("welcome", "acme", "--json"))
    assert done["sent"] == done["accepted"] == FIRST.isoformat()


def test_row_64_an_old_client_at_work_is_left_alone(desk: Desk) -> None:
    assert "welcome" in _keys(desk)  # known for long, and no work yet
    desk("hours", "acme", "3")
    assert _keys(desk) == []
    assert "not set" not in desk("decide", "acme", "-v")


def test_row_65_a_sheet_nobody_acknowledged_is_a_step_and_so_is_each_open_answer(
    desk: Desk,
) -> None:
    desk("welcome", "acme", *OURS, "--goal", "Forty orders", "--pays-by", "Transfer")
    desk("welcome", "acme", "--sent")
    due = {step.key: step.due for step in _steps(desk)}
    (waits,) = [key for key in due if key.startswith("sheet:")]
    assert due[waits] == FIRST + timedelta(days=5)
    open_ = {key.partition(":")[2] for key in due if key.startswith("welcome:")}
    assert open_ == {"reach_them", "their_reply", "decides", "access", "vision"}
    desk("welcome", "acme", "--decides", "Ann")
    assert "welcome:decides" not in _keys(desk)
    assert waits in _keys(desk)  # their answer is no change of mine: nothing is sent anew
    desk("accept", f"acme#{waits.partition(':')[2]}", "--by", "Ann")
    assert waits not in _keys(desk)


def test_row_68_the_time_to_answer_on_the_sheet_is_the_one_that_is_agreed(desk: Desk) -> None:
    desk("welcome", "acme", "--reach-me", "Mail", "--my-reply", "1 day", "--reply-within", "4d")
    desk("ask", "acme", "Logo files")
    (asked,) = _docket(desk).requests
    assert asked.expected == FIRST + timedelta(days=4)
    page = desk("welcome", "acme")
    assert "**You answer within:** 4 days" in page
    assert "**I answer within:** 1 day" in page


def test_great_demands_before_anything_is_agreed_are_a_flag(cli: Cli) -> None:
    cli.ok("new", "Bare", "--id", "bare")
    cli.ok("log", "bare", "rush-demand", "Wants it by tomorrow")
    assert "Great demands before anything is agreed" in cli("welcome", "bare").err
    cli.ok("new", "Agreed", "--id", "agreed", "--rate", "50", "--on", "yesterday")
    cli.ok("log", "agreed", "rush-demand", "Wants it by tomorrow")
    assert "Great demands" not in cli("welcome", "agreed").err


def test_a_sheet_is_filled_in_from_a_file(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "sheet.txt"
    form = desk("welcome", "acme", "--form")
    agreed = "payment: 14 days after the invoice"
    assert agreed in form
    file.write_text(form.replace("goal:", "goal: Forty orders").replace(agreed, "payment: day1"))
    desk("welcome", "acme", "--fill", str(file))
    assert sheet(_docket(desk)).answers["goal"].text == "Forty orders"
    assert str(_docket(desk).terms.payment) == "day1"
    file.write_text(desk("welcome", "acme", "--form"))
    assert "goal: Forty orders" in file.read_text()
    assert "Nothing is new" in _said(desk, "welcome", "acme", "--fill", str(file))
    file.write_text("mood: bad")
    assert desk.cli("welcome", "acme", "--fill", str(file)).status == 2
    desk("welcome", "acme", "--sent", "-o", str(tmp_path), "--html")
    assert {one.suffix for one in tmp_path.glob("*_acme_welcome.*")} == {".md", ".html"}
