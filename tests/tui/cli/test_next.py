"""`docket next`: what is due, putting it off, a line for a prompt, and a calendar."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from store.index import summary
from store.workspace import Workspace
from tests.tui.cli.conftest import Cli
from tests.tui.cli.desk import Desk, back


@pytest.fixture
def desk(cli: Cli) -> Desk:
    """Return a desk with a bill that was due on 3 November 2026; it is the 22nd."""
    made = Desk(cli)
    made.bill("INV-42", 19)
    return made


def steps(desk: Desk, *words: str) -> list[Any]:
    """Return what is next, as JSON, but for the anchor of a docket that has none."""
    found: list[Any] = json.loads(desk("next", *words, "--json"))
    return [step for step in found if step["step"] != "anchor"]


def test_what_is_due_is_listed_with_its_command(desk: Desk) -> None:
    shown = desk("next")
    assert "Due now\n  Acme Media: Send a courtesy note about INV-42 (since 4 Nov)" in shown
    assert "docket log acme reminder 'INV-42: EUR 100.00 open'" in shown


def test_a_step_that_is_logged_as_its_command_says_moves_on(desk: Desk) -> None:
    (first,) = steps(desk)
    assert (first["about"], first["due"]) == ("INV-42", "2026-11-04")
    desk("log", "acme", "reminder", "INV-42: EUR 100.00 open")
    (second,) = steps(desk)
    assert (second["what"], second["due"]) == (
        "Stop work until INV-42 is paid, and say so",
        "2026-11-30",
    )


def test_a_step_and_a_client_are_put_off_with_a_reason(desk: Desk) -> None:
    desk("next", "acme", "--snooze", "inv-42", "--until", "+7d", "--why", "bank holiday")
    (step,) = steps(desk)
    assert step["due"] == "2026-11-29"
    assert step["why"].endswith("Put off until 29 Nov: bank holiday")
    desk("next", "acme", "--hold", "--until", "+30d", "--why", "their shop burnt down")
    (step,) = steps(desk, "acme", "--days", "40")
    assert (step["what"], step["due"]) == ("Look at them again", "2026-12-22")


@pytest.mark.parametrize(
    "words",
    [
        ("--hold", "--until", "+3d"),
        ("--hold", "--until", "yesterday", "--why", "x"),
        ("--snooze", "INV-9", "--until", "+3d", "--why", "x"),
        ("--until", "+3d"),
    ],
)
def test_what_is_put_off_needs_a_step_a_day_to_come_and_a_reason(
    desk: Desk, words: tuple[str, ...]
) -> None:
    assert desk.cli("next", "acme", *words).status == 2


def test_a_prompt_gets_one_line_of_what_was_kept(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summary, "settled", lambda found, now: True)  # as after a moment
    assert desk("next", "--line") == "?\n"
    desk("next")
    with monkeypatch.context() as unread:
        unread.delattr(Workspace, "docket")
        unread.delattr(Workspace, "readable")
        assert desk("next", "--line") == "1 due today\n"
        assert desk("next", "acme", "--line") == "1 due today\n"
    desk("new", "Bolt", "--id", "bolt")
    assert desk("next", "--line") == "1 due today?\n"
    desk("pay", "acme", "100")
    assert desk("next", "--line") == "?\n"


def test_a_calendar_holds_day_client_and_a_neutral_name_alone(desk: Desk, tmp_path: Path) -> None:
    desk("next", "--ics", str(tmp_path / "steps.ics"))
    raw = (tmp_path / "steps.ics").read_bytes()
    (event, anchor) = Calendar.from_ical(raw).walk("VEVENT")
    assert str(anchor["SUMMARY"]) == "acme: proof"
    assert str(event["SUMMARY"]) == "acme: payment"
    assert event.decoded("DTSTART").isoformat() == "2026-11-04"
    assert b"INV" not in raw
    assert b"100" not in raw


def test_a_stop_is_no_reminder_in_what_was_last_done(desk: Desk) -> None:
    desk("log", "acme", "reminder", "INV-42", "--on", back(15))
    desk("log", "acme", "stop", "INV-42", "--on", back(3))
    assert "You stopped work on 19 Nov." in " ".join(desk("next", "acme").split())


def test_a_hold_lets_a_payment_through_and_can_be_lifted(desk: Desk) -> None:
    desk("log", "acme", "reminder", "INV-42 is open")
    desk("log", "acme", "stop", "Until INV-42 is paid")
    desk("next", "acme", "--hold", "--until", "+30d", "--why", "They are at a fair")
    desk("pay", "acme", "100")
    assert [step["what"] for step in steps(desk, "acme", "--days", "40")] == [
        "Take the work up again, and tell them",
        "Look at them again",
    ]
    desk("next", "acme", "--hold", "--until", "today", "--why", "They are back")
    assert [step["about"] or step["what"] for step in steps(desk, "acme")] == [
        "Take the work up again, and tell them"
    ]


def test_an_anchor_is_a_step_where_none_holds_the_trouble_and_again_after_40_days(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def anchors() -> list[tuple[str, str]]:
        found = json.loads(desk("next", "acme", "--days", "60", "--json"))
        return [(one["due"], one["command"]) for one in found if one["step"] == "anchor"]

    assert anchors() == [
        (back(0), "docket anchor acme")
    ]  # the overdue bill, noted today, is in none
    desk("anchor", "acme")
    assert anchors() == []  # nothing is new
    desk("log", "acme", "note", "They called")
    assert anchors() == [(back(-40), "docket anchor acme")]  # the trouble is in the last one
    desk("log", "acme", "abuse", "Shouted at me", "--severity", "3")
    assert anchors() == [(back(-1), "docket anchor acme")]  # trouble has begun since
    desk("next", "acme", "--snooze", "anchor", "--until", "+9d", "--why", "away")
    assert anchors() == [(back(-9), "docket anchor acme")]
    monkeypatch.setattr(summary, "settled", lambda found, now: True)
    desk("next")
    with monkeypatch.context() as unread:
        unread.delattr(Workspace, "readable")
        assert "Anchor the docket" in desk("next", "--days", "60")
        desk("anchor", "--all")
        assert "Anchor the docket" not in desk("next", "--days", "60")  # and no docket was read


def test_all_dockets_are_anchored_in_one_step(desk: Desk) -> None:
    for client in ("bolt", "cafe"):
        desk("new", client.title(), "--id", client, "--on", back(90))
    shown = desk("next")
    assert "All: Anchor the dockets of 3 clients, and mail the lines" in shown
    assert shown.count("nchor the docket") == 1 and "      docket anchor --all" in shown
    assert len(desk("anchor", "--all").splitlines()) == 3
    assert "nchor the docket" not in desk("next")
    assert desk("anchor", "--all") == "" and "No docket has grown" in desk.err
    desk("log", "bolt", "note", "They called")
    assert [one["client"] for one in json.loads(desk("anchor", "--all", "--json"))] == ["bolt"]
    path = desk.cli.root / "clients" / "cafe.jsonl"
    path.write_bytes(path.read_bytes().replace(b"Cafe", b"Kafe"))
    desk("log", "bolt", "note", "They called again")
    refused = desk.tried("anchor", "--all")
    assert (refused.status, refused.out[:19]) == (3, "docket anchor bolt ")
    assert desk.tried("anchor", "acme", "--all").status == 2
