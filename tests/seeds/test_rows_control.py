"""The rows on control: what their proofs say is so."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from tests.store.records.recomputing import Written, figures
from tests.tui.cli.conftest import Cli, acme, cli
from tests.tui.cli.timed import Timed

__all__ = ["acme", "cli"]


@pytest.fixture
def ctrl(acme: Cli) -> Timed:
    """A client about whom three dated facts are logged, on their own clock."""
    timed = Timed(acme)
    timed.ok("new", "Control GmbH", "--id", "ctrl")
    timed.ok("log", "ctrl", "micro-change", "Wants commas changed in post 2", "--on", "12d ago")
    timed.ok("log", "ctrl", "micro-change", "Wants every tweet beforehand", "--on", "11d ago")
    timed.ok(
        *("log", "ctrl", "access-withheld", "These liars keep the LinkedIn login"),
        *("--quote", "we keep it ourselves", "--severity", "2", "--on", "10d ago"),
    )
    timed.ok("log", "ctrl", "micro-change", "Partly me", "--my-share", "--on", "9d ago")
    return timed


def test_row_24_the_talk_cites_only_logged_facts_and_judges_nobody(ctrl: Timed) -> None:
    said = ctrl.ok("letter", "ctrl", "control-talk")
    facts = [line for line in said.splitlines() if line.startswith("- ")]
    assert [line.split(":")[0] for line in facts] == [
        "- 10 November 2026",
        "- 11 November 2026",
        "- 12 November 2026",
    ]
    assert "commas changed in post 2" in facts[0]
    assert facts[2].endswith(": access not given")  # its own words would judge
    assert "liar" not in said and "Partly me" not in said


def test_row_24_the_watch_is_visible_until_its_day_and_each_crossing_counted(ctrl: Timed) -> None:
    ctrl.ok("log", "ctrl", "talk", "Told them with three dated facts")
    said = "watching until 21 Jan: two crossings end it"
    assert said in ctrl("next", "ctrl").err
    assert f"W{said[1:]}" in ctrl.ok("decide", "ctrl")
    ctrl.clock.move(days=5)
    ctrl.ok("clients")  # what is said at logging comes from what was kept
    first = ctrl("log", "ctrl", "micro-change", "Emoji")
    assert "Crossing 1 since the talk of 22 Nov; one more ends it." in first.err
    assert "one more crossing ends it" in ctrl("next", "ctrl").err
    stale = ctrl("log", "ctrl", "note", "They were on holiday")
    assert "Crossing" not in stale.err


def test_row_25_the_second_crossing_is_the_end(ctrl: Timed) -> None:
    ctrl.ok("log", "ctrl", "talk", "Told them")
    ctrl.clock.move(days=5)
    ctrl.ok("log", "ctrl", "micro-change", "Emoji")
    ctrl.ok("clients")
    second = ctrl("log", "ctrl", "micro-change", "Another emoji")
    assert "Crossing 2 since the talk of 22 Nov: you said what you would do." in second.err
    assert "Walk away" in ctrl.ok("decide", "ctrl")
    assert "watching" not in ctrl("next", "ctrl").err


def test_row_28_an_exception_stands_wherever_the_verdict_does(ctrl: Timed) -> None:
    ctrl.ok(*("decide", "ctrl", "--except", "R10", "--until", "+14d", "--why", "Launch week"))
    for verb in ("clients", "portfolio"):
        (line,) = (one for one in ctrl.ok(verb).splitlines() if "Control" in one)
        assert "*" in line
    ctrl.clock.move(days=16)
    for verb in ("clients", "portfolio"):
        assert "*" not in ctrl.ok(verb)


def test_row_18_a_round_over_the_agreed_number_is_suggested_as_an_incident(ctrl: Timed) -> None:
    ctrl.ok("log", "ctrl", "terms", "--set", "revisions=1")
    ctrl.ok("deliver", "ctrl", "Posts 1 to 4")
    ctrl.ok("deliver", "ctrl", "Posts 5 to 8", "--rounds", "2")
    first = ctrl("log", "ctrl", "rework", "Second look", "--about", "7")
    assert "agreed" not in first.err
    ctrl.ok("clients")
    second = ctrl("log", "ctrl", "rework", "Third look", "--about", "7")
    assert "That is round 2, and 1 round is agreed for #7" in second.err
    assert "agreed" not in ctrl("log", "ctrl", "rework", "Once", "--about", "8").err
    (step,) = (
        one for one in json.loads(ctrl.ok("next", "ctrl", "--json")) if "round" in one["what"]
    )
    assert step["command"].startswith("docket log ctrl scope-creep --about 10 'Round 2 of 1 agreed")
    ctrl.ok(*shlex.split(step["command"])[1:])
    assert "beyond the agreement" not in ctrl.ok("next", "ctrl")
    rows = {one["item"]: one["rounds"] for one in json.loads(ctrl.ok("items", "ctrl", "--json"))}
    assert rows["#7"] == {"agreed": 1, "used": 2, "entries": [9, 10]}
    assert rows["#8"]["used"] == 1 and rows["#8"]["agreed"] == 2


def test_row_22_rework_counts_as_hours_about_them_beyond_the_agreed_rounds_only(
    ctrl: Timed,
) -> None:
    ctrl.ok("log", "ctrl", "terms", "--set", "revisions=1", "--on", "40d ago")
    ctrl.ok("deliver", "ctrl", "Posts", "--on", "30d ago")
    ctrl.ok("hours", "ctrl", "10", "The posts", "--on", "30d ago")

    def beside() -> str:
        return str(json.loads(ctrl.ok("decide", "ctrl", "--json"))["literal"])

    ctrl.ok("log", "ctrl", "rework", "Round 1", "--about", "7", "--hours", "3", "--on", "20d ago")
    ctrl.ok("hours", "ctrl", "2", "Of round 1", "--class", "rework", "--on", "20d ago")
    assert "took 0 h beside 15 h on the work" in beside()
    ctrl.ok("log", "ctrl", "rework", "Round 2", "--about", "7", "--hours", "4", "--on", "10d ago")
    ctrl.ok("hours", "ctrl", "1", "Of round 2", "--class", "rework", "--on", "9d ago")
    assert "took 5 h beside 15 h on the work" in beside()
    ctrl.ok("log", "ctrl", "terms", "--set", "revisions=2")
    assert "took 5 h beside 15 h on the work" in beside()  # agreed after it was had
    assert re.search(r"5 ?h? about them for 15 ?h? of work", ctrl.ok("card", "ctrl"))


def test_row_20_trifles_are_counted_by_item(ctrl: Timed) -> None:
    ctrl.ok("deliver", "ctrl", "Posts 1 to 4")
    ctrl.ok("deliver", "ctrl", "Posts 5 to 8")
    ctrl.ok("log", "ctrl", "micro-change", "Emoji", "--about", "7")
    counted = {
        one["item"]: one["trifles"] for one in json.loads(ctrl.ok("items", "ctrl", "--json"))
    }
    assert counted == {"#6": [], "#7": [8], "": [2, 3]}


def test_row_23_the_waiting_for_approvals_has_its_share_of_the_time(ctrl: Timed) -> None:
    ctrl.ok("deliver", "ctrl", "Posts", "--on", "10d ago")
    ctrl.ok("ask", "ctrl", "All right so?", "--about", "6", "--on", "8d ago")
    ctrl.ok("answer", "ctrl#7", "Yes", "--on", "4d ago")
    (item,) = json.loads(ctrl.ok("items", "ctrl", "--json"))
    assert (item["waited_days"], item["elapsed_days"]) == (4, 12)  # the first trifle is the start
    assert "4 of 12 d (33%)" in ctrl.ok("items", "ctrl")


def test_row_91_what_is_asked_beyond_the_agreement_has_a_count_and_a_sum(ctrl: Timed) -> None:
    ctrl.ok("deliver", "ctrl", "Posts")
    for sum_ in ("120", "80"):
        ctrl.ok(*("log", "ctrl", "scope-creep", "One more", "--about", "6"), "--amount", sum_)
    ctrl.ok("accept", "ctrl#7", "--by", "Petra")
    (item,) = json.loads(ctrl.ok("items", "ctrl", "--json"))
    assert item["beyond"]["entries"] == [7, 8] and item["beyond"]["accepted"] == [7]
    assert "2, EUR 200.00" in ctrl.ok("items", "ctrl")
    assert re.search(r"beyond +2, EUR 200\.00", ctrl.ok("card", "ctrl"))


def test_rows_19_and_95_a_table_says_advised_decided_risk_and_result(
    ctrl: Timed, tmp_path: Path
) -> None:
    ctrl.ok(
        *("log", "ctrl", "advice-overridden", "Night", "posts", "advised:", "post", "at", "noon"),
        *("decided:", "3", "am", "risk:", "nobody", "sees", "it"),
    )
    ctrl.ok(
        *("log", "ctrl", "advice-overridden", "No alt texts", "--advised", "Write them"),
        *("--decided", "Leave them out", "--risk", "a complaint"),
    )
    ctrl.ok("log", "ctrl", "advice-overridden", "All in one text, as before")
    ctrl.ok("outcome", "ctrl#6", "no", "Reach fell by 40 %")
    ctrl.ok("invoice", "ctrl", "INV-1", "100", "--currency", "EUR", "--due", "2026-12-22")
    ctrl.ok("record", "ctrl", "--for", "court", "-o", str(tmp_path / "out"))
    (path,) = (tmp_path / "out").rglob("*dispute-record*.md")
    came = "it went wrong, 2026-11-22 (entry 9): Reach fell by 40 %"
    text = path.read_text(encoding="utf-8").split("| They decided", 1)[1]
    rows = [line.split(" | ") for line in text.split("\n\n", 1)[0].splitlines()[2:]]
    assert [[cell.strip(" |") for cell in row[:5]] for row in rows] == [
        ["6", "post at noon", "3 am", "nobody sees it", came],
        ["7", "Write them", "Leave them out", "a complaint", "none noted"],
    ]
    assert figures(Written(ctrl.cli.root, {"court": path.parent}, "ctrl")) > 10


def test_row_21_withheld_access_is_on_the_register_and_in_the_blocked_days(ctrl: Timed) -> None:
    ctrl.ok(
        *("ask", "ctrl", "Logins", "--for", "access"), "--needed-by", "2026-11-12", "--on", "9 nov"
    )
    ctrl.ok("answer", "ctrl#6", "We keep them", "--on", "12 nov")
    ctrl.ok(*("log", "ctrl", "access-withheld", "Kept", "--about", "6", "--on", "12 nov"))
    asked = json.loads(ctrl.ok("access", "ctrl", "--json"))[0]
    assert (asked["asked"], asked["withheld"], asked["granted"]) == (
        *("2026-11-09", "2026-11-12", None),
    )
    # 12 November to today, 22 November, is seven working days
    assert "each once: 7." in ctrl("access", "ctrl").err
    ctrl.ok("log", "ctrl", "concession", "Here they are", "--about", "8", "--on", "16 nov")
    assert json.loads(ctrl.ok("access", "ctrl", "--json"))[0]["granted"] == "2026-11-16"
    assert "each once: 3." in ctrl("access", "ctrl").err


def test_row_96_leave_to_act_stands_beside_access_and_a_day_counts_once(ctrl: Timed) -> None:
    for what in ("access", "leave"):
        ctrl.ok(
            *("ask", "ctrl", f"The {what}", "--for", what),
            *("--needed-by", "2026-11-12", "--on", "9 nov"),
        )
    kinds = [one["seeks"] for one in json.loads(ctrl.ok("access", "ctrl", "--json"))]
    assert kinds == ["access", "leave", "access"]  # the first two, then what was withheld before
    assert "leave: The leave" in ctrl.ok("access", "ctrl")
    assert "each once: 6." in ctrl("access", "ctrl").err
    ctrl.ok("handover", "ctrl", "The login", "--about", "6")
    assert json.loads(ctrl.ok("access", "ctrl", "--json"))[0]["returned"] == "2026-11-22"


def test_row_26_the_blame_shield_holds_only_those_kinds_in_order(
    ctrl: Timed, tmp_path: Path
) -> None:
    ctrl.ok("log", "ctrl", "advice-overridden", "Night posts", "--risk", "nobody sees it")
    ctrl.ok("log", "ctrl", "blame", "The campaign failed because of me")
    (command,) = re.findall(r"docket (record ctrl --for own .*) -o \.", ctrl.ok("next", "ctrl"))
    ctrl.ok(*shlex.split(command), "-o", str(tmp_path / "out"))
    (path,) = (tmp_path / "out").rglob("*dispute-record*.md")
    text = path.read_text(encoding="utf-8")
    assert "Night posts" in text and "campaign" not in text and "commas" not in text


def test_row_103_bills_paid_in_lumps_as_a_habit_are_shown_and_weigh_nothing(ctrl: Timed) -> None:
    for number in range(1, 5):
        ctrl.ok(
            *("invoice", "ctrl", f"INV-{number}", "100", "--due", "2026-12-22"), "--currency", "EUR"
        )
    before = json.loads(ctrl.ok("decide", "ctrl", "--json"))
    ctrl.ok("pay", "ctrl", "200", "--for", "INV-1", "--for", "INV-2")
    assert "lump" not in ctrl.ok("decide", "ctrl", "-v")
    ctrl.ok("pay", "ctrl", "200", "--for", "INV-3", "--for", "INV-4")
    assert "several bills in one lump, 2 times" in ctrl.ok("decide", "ctrl", "-v")
    after = json.loads(ctrl.ok("decide", "ctrl", "--json"))
    assert (after["verdict"], after["score"]) == (before["verdict"], before["score"])
