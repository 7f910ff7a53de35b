"""Leaving well, row by row: each test's assertion is what its advice asks for."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from store.tone.sent import hints_for
from tests.terminal.test_vent import MARK, ended_at_random, holding
from tests.tui.cli.conftest import Cli
from tests.tui.cli.desk import Desk, back

SECRET = "They will call my sister"
CHOSEN = (
    *("--notice", "30", "--fear", SECRET, "--channel", "phone", "--because", "direction"),
    *("--true", "--thanks", "Your second shop opens in May", "--ends", "+30d"),
    *("--tip", "Ask Ann Lee about the photos"),
)


@pytest.fixture
def desk(cli: Cli) -> Desk:
    return Desk(cli)


def points(desk: Desk) -> dict[str, dict[str, Any]]:
    """Return what `docket exit --json` says, by point."""
    said = json.loads(desk("exit", "acme", "--json", "--with-private"))
    return {one["point"]: one for one in said["points"]}


def calls(desk: Desk, many: int, mails: int) -> None:
    """Log talks by phone, and mails."""
    for number in range(many):
        desk("log", "acme", "note", "A call", "--channel", "phone", "--on", back(number))
    for number in range(mails):
        desk("log", "acme", "note", "A mail", "--channel", "email", "--on", back(number))


def test_row_62_since_when_the_log_says_so_and_what_was_feared(desk: Desk) -> None:
    desk.bill("INV-1", 5)
    desk("log", "acme", "pay-later", "Keep working, I will pay you eventually", "--on", back(4))
    desk("exit", "acme", "--fear", SECRET)
    assert "on record 4 days ago (#4)" in desk("exit", "acme")
    desk("exit", "acme", "--feared", "Nothing of it")
    assert points(desk)["feared"]["what"].startswith(f"You feared: {SECRET}")
    assert points(desk)["feared"]["said"] == "Nothing of it"


def test_row_73_the_terms_one_parts_on_are_chosen(desk: Desk) -> None:
    assert points(desk)["terms"]["open"]
    assert "Write good, neutral or bad" in desk.tried("exit", "acme", "--terms", "awful").err
    desk("exit", "acme", "--terms", "good")
    assert points(desk)["terms"]["said"] == "good"


def test_row_75_twelve_calls_and_three_mails_give_the_phone(desk: Desk) -> None:
    calls(desk, 12, 3)
    assert points(desk)["channel"]["said"] == "you mostly talk by phone"


def test_row_75_what_was_usual_a_year_ago_yields_to_what_is_usual_now(desk: Desk) -> None:
    for number in range(12):
        desk("log", "acme", "note", "A call", "--channel", "phone", "--on", back(360 - number))
    calls(desk, 0, 3)
    assert points(desk)["channel"]["said"] == "you mostly talk by email"


def test_row_76_a_mail_to_a_phone_client_asks_why(desk: Desk) -> None:
    calls(desk, 12, 3)
    desk("exit", "acme", "--channel", "email")
    asked = points(desk)["channel"]
    assert asked["open"] and asked["what"] == "Why by email, where you mostly talk by phone"
    desk("exit", "acme", "--channel-why", "They hang up on me")
    assert points(desk)["channel"]["said"] == "by email: They hang up on me"


def test_row_76_what_was_said_on_the_phone_is_confirmed_in_writing(desk: Desk) -> None:
    calls(desk, 12, 3)
    desk("exit", "acme", *CHOSEN)
    assert points(desk)["said"]["letter"] == "parting-call"
    desk("exit", "acme", "--said", "Called Ann; she took it well")
    asked = points(desk)["confirmed"]
    assert asked["open"] and asked["letter"] == "confirmation"
    told = points(desk)["said"]["evidence"][0]
    desk("log", "acme", "message", "As we said", "--about", f"#{told}", "--channel", "email")
    assert not points(desk)["confirmed"]["open"]


def test_row_77_what_was_vented_is_in_no_file_no_backup_and_no_export(
    desk: Desk, tmp_path: Path
) -> None:
    ended_at_random(desk.cli.root.parent, 1, alone=False, root=desk.cli.root)
    desk("backup", "--with-private", str(tmp_path / "backup"))
    desk("record", "acme", "--for", "own", "-o", str(tmp_path / "out"))
    assert not list(holding(tmp_path, MARK))


@pytest.mark.parametrize("text", ["Thank you, but I must end it.", "It was good work, however."])
def test_row_79_but_and_its_kin_are_found_in_a_parting_as_whole_words(text: str) -> None:
    assert [one.fault for one in hints_for(text, "en", "parting")] == ["but"]
    assert hints_for("Butter and yet another rebuttal.", "en", "parting") == ()
    assert hints_for(text, "en", "letter") == ()


def test_row_80_without_something_true_and_kind_nothing_is_said(desk: Desk) -> None:
    without = [one for one in CHOSEN if one not in ("--thanks", "Your second shop opens in May")]
    desk("exit", "acme", *without)
    refused = desk.tried("exit", "acme", "--said", "Called Ann")
    assert refused.status == 1 and "something true and kind" in refused.err.lower()


def test_row_81_it_holds_an_end_a_day_and_a_reason(desk: Desk) -> None:
    refused = desk.tried("exit", "acme", "--said", "Called Ann")
    assert refused.status == 1
    for asked in ("because", "ends"):
        assert points(desk)[asked]["open"]
    desk("exit", "acme", *CHOSEN)
    desk("exit", "acme", "--said", "Called Ann; it ends on 22 December")
    [said] = json.loads(desk("show", "acme", "--kind", "end-notice", "--json"))
    assert said["data"]["effective"] == "2026-12-22" and said["channel"] == "phone"


def test_row_81_the_last_day_leaves_the_notice_that_was_agreed(desk: Desk) -> None:
    desk("exit", "acme", "--notice", "30", "--ends", "+20d")
    asked = points(desk)["ends"]
    assert asked["open"] and "before the 30 days of notice are over" in asked["said"]


def test_row_82_a_reason_rests_on_two_entries_and_somebody_says_that_it_is_true(
    desk: Desk,
) -> None:
    assert "two dated entries" in desk.tried("exit", "acme", "--because", "I got no answers").err
    desk.log("no-reply", 20)
    desk.log("no-reply", 10)
    desk("exit", "acme", "--because", "I got no answers in time #3 #4", "--true")
    assert points(desk)["because"]["evidence"] == [3, 4]
    assert not points(desk)["true"]["open"]
    desk("exit", "acme", "--because", "fit")
    assert points(desk)["true"]["open"]


def test_row_83_a_parting_gift_stands_in_the_final_report(desk: Desk, tmp_path: Path) -> None:
    desk("deliver", "acme", "The pages", "--on", back(20))
    desk("exit", "acme", *CHOSEN)
    desk("exit", "acme", "--report", str(tmp_path / "report.md"))
    told = (tmp_path / "report.md").read_text()
    assert "Ask Ann Lee about the photos" in told
    assert "Your second shop opens in May" in told and "22 December 2026" in told
    assert SECRET not in told
    assert not points(desk)["report"]["open"]


def leave(desk: Desk, tmp_path: Path) -> None:
    """Leave acme by mail, to the end."""
    mailed = [one if one != "phone" else "email" for one in CHOSEN]
    desk("exit", "acme", *mailed)
    desk("exit", "acme", "--said", "Wrote to Ann")
    desk.today += timedelta(days=31)
    desk("exit", "acme", "--report", str(tmp_path / "report.md"), "--theirs", "none")
    desk("exit", "acme", "--they-say", "8 Gladly", "--i-say", "3", "--terms", "good")


def test_row_84_it_closes_once_nothing_is_open_and_opens_with_a_reason(
    desk: Desk, tmp_path: Path
) -> None:
    assert "cannot be closed yet" in desk.tried("exit", "acme", "--close").err
    leave(desk, tmp_path)
    desk("exit", "acme", "--feared", "Nothing of it")
    assert "is closed, on good terms" in desk("exit", "acme", "--close")
    assert desk.tried("exit", "acme", "--reopen", "").status == 2
    desk("exit", "acme", "--reopen", "A new owner, paid ahead")
    assert points(desk)["said"]["open"]


def test_row_84_new_work_for_one_who_was_left_asks_first_and_says_why_it_ended(
    desk: Desk, tmp_path: Path
) -> None:
    leave(desk, tmp_path)
    for words in (
        ("hours", "acme", "2", "A page"),
        ("invoice", "acme", "INV-9", "100"),
        ("ask", "acme", "Which logo?"),
        ("deliver", "acme", "The page"),
        ("log", "acme", "repeat-work", "They came back"),
    ):
        desk("next")
        said = desk.tried(*words).err
        assert "It ended on 22 Dec 2026 (#4). My work is moving in another direction." in said
        assert "new work, and why?" in said
        desk("void", "acme#" + last(desk), "--reason", "A try")
    desk("exit", "acme", "--reopen", "A new owner, paid ahead")
    desk("next")
    assert "It ended" not in desk.tried("hours", "acme", "2", "A page").err


def test_row_84_until_the_last_day_work_goes_on_without_a_word(desk: Desk) -> None:
    desk("exit", "acme", *[one if one != "phone" else "email" for one in CHOSEN])
    desk("exit", "acme", "--said", "Wrote to Ann")
    desk("next")
    assert "It ended" not in desk.tried("hours", "acme", "2", "A page").err


def test_row_74_a_referral_by_one_who_was_left_is_warned_of(desk: Desk, tmp_path: Path) -> None:
    leave(desk, tmp_path)
    said = desk.tried("new", "Beta Films", "--referred-by", "acme").err
    assert "with whom you ended it" in said and "Like attracts like" in said


def last(desk: Desk) -> str:
    """Return the number of the last entry."""
    return str(json.loads(desk("show", "acme", "--json"))[-1]["seq"])


def test_row_88_it_cannot_close_with_an_open_promise_of_mine(desk: Desk, tmp_path: Path) -> None:
    desk.promise(10, -3, by="me")
    blocked = points(desk)["promise:3"]
    assert blocked["open"] and blocked["evidence"] == [3]
    desk("exit", "acme", *CHOSEN)
    refused = desk.tried("exit", "acme", "--said", "Called Ann")
    assert refused.status == 1 and "Your promise #3" in refused.err
    desk("promise", "acme#3", "--released", "They wrote that we need not")
    assert "promise:3" not in points(desk)
    desk("exit", "acme", "--said", "Called Ann")


def test_row_98_fit_alone_may_end_it_and_it_is_nobodys_fault(desk: Desk, tmp_path: Path) -> None:
    desk("deliver", "acme", "The pages", "--on", back(20))
    desk("exit", "acme", "--because", "fit", "--true")
    assert "nobody's fault" in points(desk)["because"]["said"]
    desk("exit", "acme", "--report", str(tmp_path / "report.md"))
    assert "nobody's fault" in (tmp_path / "report.md").read_text()


def test_row_105_whether_they_would_recommend_me_is_theirs_and_whether_i_would_is_private(
    desk: Desk,
) -> None:
    desk("exit", "acme", "--they-say", "8 Gladly", "--i-say", "3")
    assert points(desk)["they_say"]["said"] == "8 of 10"
    told = desk("show", "acme")
    assert "Gladly" in told and "3 of 10" not in told
    assert points(desk)["recommend"]["said"] == "3 of 10, private"


def test_it_is_put_down_at_any_point_and_taken_up_again(desk: Desk, tmp_path: Path) -> None:
    pairs = [*pairwise(CHOSEN)]
    typed = [
        (one, after) if not after.startswith("--") else (one,)
        for one, after in pairs
        if one.startswith("--")
    ]
    left = {name for name, one in points(desk).items() if one["open"]}
    for words in typed:
        desk("exit", "acme", *words)
        now = {name for name, one in points(desk).items() if one["open"]}
        assert len(now - {"feared"}) < len(left), words
        left = now - {"feared"}


def test_what_is_chosen_is_in_no_record_no_statement_and_no_backup(
    desk: Desk, tmp_path: Path
) -> None:
    desk.bill("INV-1", 5)
    desk("exit", "acme", *CHOSEN, "--balance", "They pay by then")
    desk("record", "acme", "--for", "own", "-o", str(tmp_path / "out"))
    desk("statement", "acme", "-o", str(tmp_path / "statement.md"))
    desk("backup", str(tmp_path / "backup"))
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    made = [path for path in files if desk.cli.root not in path.parents]
    assert len(made) > 3
    for secret in (SECRET, "Your second shop", "They pay by then"):
        assert [path.name for path in made if secret.encode() in path.read_bytes()] == []


def test_nothing_chosen_is_shown_once_it_is_dropped(desk: Desk) -> None:
    desk("exit", "acme", *CHOSEN)
    desk("exit", "acme", "--drop")
    assert points(desk)["thanks"]["open"]
    assert SECRET not in desk("exit", "acme")


def test_a_whole_exit_by_phone_ends_with_every_document_and_nothing_open(
    desk: Desk, tmp_path: Path
) -> None:
    calls(desk, 12, 3)
    desk("me", "Ines Marek")
    desk("deliver", "acme", "The pages", "--on", back(20))
    desk("promise", "acme", "The last page", "--by", "me", "--due", back(-5), "--on", back(2))
    promised = points(desk)
    [mine] = [one for name, one in promised.items() if name.startswith("promise:")]
    desk("exit", "acme", *CHOSEN)
    desk("promise", f"acme#{mine['evidence'][0]}", "--kept")
    finish = ("--set", "finish=The last page", "--set", "handed_over=The login")
    script = " ".join(desk("letter", "acme", "parting-call", *finish).split())
    assert "My work is moving in another direction" in script and "22 December 2026" in script
    desk("exit", "acme", "--said", "Called Ann; it ends on 22 December, and she took it well")
    told = points(desk)["said"]["evidence"][0]
    desk("letter", "acme", "confirmation", "--about", f"#{told}", "--sent", "--channel", "email")
    assert not points(desk)["confirmed"]["open"]
    desk("handover", "acme", "Login of the shop", "--to", "Ann")
    given = next(name for name in points(desk) if name.startswith("handover:")).partition(":")[2]
    desk("handover", f"acme#{given}", "--confirmed-by", "Ann")
    desk("handover", f"acme#{given}", "--access-ended")
    desk("exit", "acme", "--report", str(tmp_path / "report.md"), "--feared", "Nothing of it")
    desk("exit", "acme", "--they-say", "9 Gladly", "--i-say", "7", "--terms", "good")
    assert desk.tried("exit", "acme", "--close").status == 1  # until the last day
    desk.today += timedelta(days=31)
    assert "is closed, on good terms" in desk("exit", "acme", "--close")
    assert [name for name, one in points(desk).items() if one["open"]] == []
    assert "Ask Ann Lee" in (tmp_path / "report.md").read_text()
