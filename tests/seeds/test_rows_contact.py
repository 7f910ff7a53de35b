"""First contact and repair, row by row: each test's assertion is what its advice asks for."""

from __future__ import annotations

import json
import shlex
from datetime import date, timedelta
from pathlib import Path

import pytest

from store.docket import Docket
from store.docket.welcome import Flag, flags, sheet
from store.overview.standing import scene_of
from store.playbook.next_steps import next_steps
from store.playbook.step import NextStep
from store.playbook.trouble import NOT_YOURS
from store.tone.sent import hints_for
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


def test_row_99_the_try_to_inspire_comes_before_the_flag_and_has_a_day(desk: Desk) -> None:
    ready = ("--goal", "G", "--decides", "D", "--access", "A", "--reply-within", "2d")
    desk("welcome", "acme", *ready, "--vision", "none")
    (tried,) = [step for step in _steps(desk) if step.key == "inspire"]
    desk(*shlex.split(tried.command)[1:], "Showed Ann three shops with a story")
    assert _flags(desk) == []
    (asked,) = [step for step in _steps(desk) if step.key.startswith("inspired:")]
    assert asked.due == FIRST + timedelta(days=14)
    desk("outcome", f"acme{asked.about}", "yes", "She wants the tea house")
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


def _complaint(desk: Desk, day: date = FIRST) -> int:
    """Log a complaint on that day, after some work, and return its number."""
    desk.today = day
    desk("hours", "acme", "3")
    desk("log", "acme", "complaint", "Said the price list was wrong")
    return _docket(desk).kind("complaint")[-1].seq


def test_row_69_a_repair_cannot_be_closed_without_an_outcome(desk: Desk) -> None:
    seq = _complaint(desk)
    said = "I am sorry that I sent the wrong price list."
    desk("repair", f"acme#{seq}", "Send the right list", "--by", "2027-03-05", "--apology", said)
    offer = _docket(desk).kind("repair-offer")[-1].seq
    assert _keys(desk) == [f"act:{offer}", f"repair:{offer}"]  # the apology is a part of it
    desk.today = date(2027, 3, 5)
    desk("log", "acme", "remedy", f"#{offer} Sent it")
    done = _docket(desk).kind("remedy")[-1].seq
    for day in (date(2027, 3, 12), date(2027, 6, 1), date(2028, 3, 1)):
        assert _keys(desk, day) == [f"repair:{done}"]
    desk("outcome", f"acme#{done}", "yes", "They thanked me")
    assert _keys(desk) == []


def test_row_69_two_repairs_that_did_not_help_ask_for_a_reason_before_a_third(desk: Desk) -> None:
    for day in (FIRST, FIRST + timedelta(days=30)):
        seq = _complaint(desk, day)
        desk("repair", f"acme#{seq}", "Send the right list", "--by", "+2d")
        desk("outcome", f"acme#{_docket(desk).kind('repair-offer')[-1].seq}", "no")
    seq = _complaint(desk, FIRST + timedelta(days=60))
    again = ("repair", f"acme#{seq}", "Send the right list", "--by", (desk.today).isoformat())
    refused = desk.tried(*again)
    assert (refused.status, "2 repairs did not help" in refused.err) == (2, True)
    desk(*again, "--why", "Ann's new colleague checks the list with me")


def test_row_70_an_apology_names_the_thing_and_takes_nothing_back(desk: Desk) -> None:
    seq = _complaint(desk)
    bare = _said(desk, "letter", "acme", "apology", "--about", f"#{seq}")
    assert "--set thing=" in bare and "--set act=" in bare
    desk("repair", f"acme#{seq}", "Send the right list", "--by", "2027-03-05")
    thing = ("--set", "thing=the price list I sent was last year's")
    words = " ".join(desk("letter", "acme", "apology", "--about", f"#{seq}", *thing).split())
    assert "I am sorry for this: the price list I sent was last year's." in words
    assert "I will do one thing first: Send the right list. You have it by 5 March 2027." in words
    assert "--set thing" not in desk.err
    assert hints_for(words, occasion="apology") == ()
    hurt = "I am sorry if you felt hurt, but it was late"
    assert [one.words for one in hints_for(hurt, occasion="apology")] == [
        "sorry if you felt",
        "but",
    ]
    said = _said(desk, "log", "acme", "my-apology", hurt)
    assert "“sorry if you felt” is an apology with if" in said and "“but” is a but" in said


def test_row_71_one_useful_thing_has_a_day_and_its_outcome_feeds_the_kind_of_client(
    desk: Desk,
) -> None:
    seq = _complaint(desk)
    desk("repair", f"acme#{seq}", "Send the right list", "--by", "2027-03-05")
    (act,) = [step for step in _steps(desk) if step.key.startswith("act:")]
    assert (act.due, act.what) == (date(2027, 3, 5), "Do what you offered: Send the right list")
    assert "no repair tried yet" in desk("decide", "acme")
    desk("outcome", f"acme{act.about}", "yes")
    assert "1 of 1 repairs landed so far" in desk("decide", "acme")


def test_row_92_not_your_fault_is_said_only_where_they_are_in_trouble_and_no_share_is_mine(
    desk: Desk,
) -> None:
    seq = _complaint(desk)
    begin = ("repair", f"acme#{seq}", "Call Ann", "--by", "+1d")

    def comforted() -> bool:
        steps = [step for step in _steps(desk) if step.key == f"complaint:{seq}"]
        return all(NOT_YOURS in step.why for step in steps)

    assert not comforted()
    desk("log", "acme", "illness", "Ann's father is in hospital")
    assert comforted()
    assert NOT_YOURS in _said(desk, *begin)
    desk("log", "acme", "late-reply", "Answered late", "--my-share")
    desk("log", "acme", "complaint", "The list again")
    assert NOT_YOURS not in " ".join(step.why for step in _steps(desk))


def test_row_93_one_act_with_a_day_is_enough_to_begin_and_nothing_less(desk: Desk) -> None:
    seq = _complaint(desk)
    for less in (("--by", "+1d"), ("Call Ann",)):
        assert desk.tried("repair", f"acme#{seq}", *less).status == 2
    assert "the smallest useful act" in _steps(desk)[0].why
    desk("repair", f"acme#{seq}", "Call Ann", "--by", "+1d")
    assert [one.statement for one in _docket(desk).kind("repair-offer")] == ["Call Ann"]


def test_row_94_a_repair_is_offered_once_as_the_complaint_is_logged(desk: Desk) -> None:
    desk("hours", "acme", "3")
    said = _said(desk, "log", "acme", "complaint", "Said the price list was wrong")
    seq = _docket(desk).kind("complaint")[-1].seq
    assert [line for line in said.splitlines() if f"docket repair acme#{seq} " in line]
    assert "docket repair" not in _said(desk, "log", "acme", "note", "They complained")
    assert "docket repair" not in _said(desk, "show", "acme")


def test_row_72_repairs_that_landed_are_counted_over_all_clients(desk: Desk) -> None:
    assert "landed" not in desk("portfolio")
    for client, worked in (("acme", "yes"), ("bolt", "no"), ("cafe", "yes"), ("cafe", "partly")):
        if client not in desk("clients"):
            desk("new", client.title(), "--id", client, "--on", FIRST.isoformat())
        desk("log", client, "complaint", "The list is wrong")
        docket = Workspace.open(desk.cli.root).docket(client, desk.today)
        seq = docket.kind("complaint")[-1].seq
        desk("repair", f"{client}#{seq}", "Call them", "--by", "+1d")
        desk("outcome", f"{client}#{seq + 1}", worked)
    assert "2 of 4 repairs landed, 1 in part; 2 clients of these with you still." in desk(
        "portfolio"
    )
    desk("log", "cafe", "end-notice", "Their shop closes")
    told = json.loads(desk("portfolio", "--json"))["repairs"]
    assert told == {"tried": 4, "landed": 2, "partly": 1, "kept": 1}


def test_row_98_fit_alone_may_end_it_kindly_and_asks_for_no_apology(desk: Desk) -> None:
    low = ("--fit-communication", "0", "--fit-vision", "0", "--fit-direction", "0")
    desk("checkin", "acme", *low)
    said = " ".join(desk("decide", "acme").split())
    assert "End it: nobody is at fault, and that you do not fit is reason enough" in said
    assert "apologise" not in said and "apology" not in said
    desk("checkin", "acme", "--stress-client", "9", "--stress-work", "1", "--dread", "9")
    assert "nobody is at fault, and" not in desk("decide", "acme")


def test_row_100_that_they_are_in_business_too_is_among_the_choices_of_the_money_letter(
    desk: Desk,
) -> None:
    desk("invoice", "acme", "INV-1", "100", "--due", "2027-02-10", "--issued", "2027-01-20")
    assert "--set their_business=" in _said(desk, "letter", "acme", "reminder")
    told = desk("letter", "acme", "reminder", "--set", "their_business=the bread you bake")
    said = " ".join(told.split())
    assert "You are in business yourself, and expect the bread you bake to be valued." in said
    assert "their_business" not in desk.err


def test_row_90_three_signs_are_named_together_only_where_they_come_together(
    desk: Desk, tmp_path: Path
) -> None:
    def named() -> bool:
        return "come together" in _said(desk, "decide", "acme")

    desk("log", "acme", "scope-creep", "One more page for the same price")
    desk("checkin", "acme", "--owing", "8")
    assert not named()
    desk("log", "acme", "no-show", "Did not come on Monday")
    assert named()
    assert "come together" in _said(desk, "welcome", "acme")
    desk("record", "acme", "--for", "own", "-o", str(tmp_path / "out"))
    written = [one.read_text() for one in (tmp_path / "out").rglob("*.md")]
    assert written
    for said in (desk("show", "acme"), *written):
        assert "you owe" not in said and "come together" not in said
    desk("checkin", "acme", "--owing", "2")
    assert not named()
    desk("checkin", "acme", "--owing", "9")
    desk.today = FIRST + timedelta(days=120)
    assert not named()


def test_a_flag_names_the_first_of_many_entries() -> None:
    assert Flag("Demands", tuple(range(1, 21))).words.endswith("#7, #8 and 12 more)")
