"""`docket card` and `docket show` of one entry: the same facts as on the screen, as linear text."""

from __future__ import annotations

import pytest

from tests.tui.cli.conftest import Cli
from tests.tui.cli.timed import Timed
from tests.tui.cli.timed import acme as timed_acme

INNER = ("verdict", "decision_due", "checkins", "next", "unsaid", "told")


@pytest.fixture
def known(cli: Cli) -> Timed:
    """Return acme with a bill, a check-in and a trifle."""
    timed = timed_acme(cli)
    timed.ok("invoice", "acme", "A-1", "100", "--issued", "2026-10-01", "--due", "2026-10-15")
    timed.ok("log", "acme", "micro-change", "A comma", "--on", "2026-11-18", "--hours", "0.5")
    timed.ok("checkin", "acme", "8", "3", "--note", "I dread the phone")
    return timed


def test_a_line_has_the_entries_behind_it(known: Timed) -> None:
    said = known.ok("card", "acme")
    assert "  billed    EUR 100.00  [#3]\n" in said
    assert "  31–60     EUR 100.00  [#3]\n" in said
    assert "  rework    0.5h  [#4]\n" in said
    assert "How it feels: private, never exported\n  client    8\n  work      3\n" in said


def test_json_holds_nothing_private_unless_it_is_asked_for(known: Timed) -> None:
    bare = known("card", "acme", "--json")
    assert bare.json["private"] is None
    for word in ("dread", "verdict", "walk-away", "set-boundaries", "stress"):
        assert word not in bare.out
    whole = known("card", "acme", "--json", "--with-private").json
    assert set(INNER) <= set(whole["private"])
    assert whole["private"]["checkins"][0]["note"] == "I dread the phone"
    assert {**whole, "private": None} == bare.json


def test_it_is_never_wider_than_the_terminal(known: Timed) -> None:
    known.cli.patch.setenv("COLUMNS", "50")
    long = "A very long scope indeed, " * 6
    known.ok("log", "acme", "terms", "--set", f"scope={long}", "Agreed")
    assert max(map(len, known.ok("card", "acme").splitlines())) <= 50


def test_one_entry_is_shown_whole(acme: Cli) -> None:
    acme.ok("log", "acme", "micro-change", "A comma", "--on", "2026-01-05")
    acme.ok("log", "acme", "micro-change", "A colon", "--on", "2026-02-05")
    said = acme.ok("show", "acme#4")
    assert "\nbefore    #3 5 Jan 2026 micro-change: A comma\n" in said
    assert "\nshown to  court, platform, mediator\n" in said
    assert "\nanswered  nothing yet, " in said
    assert " after #3\n" in said
    (shown,) = acme("show", "acme#4", "--json").json
    assert {"bond": "before", "entry": 3} in shown["around"]
    assert shown["shown_to"] == ["court", "platform", "mediator"]


def test_what_nobody_is_shown_says_so(acme: Cli) -> None:
    acme.ok("log", "acme", "note", "Mine alone", "--visibility", "internal")
    acme.ok("log", "acme", "offer", "Half of it")
    assert "shown to  nobody: it is in no record" in acme.ok("show", "acme#3")
    assert "shown to  mediator" in acme.ok("show", "acme#4")


def test_a_list_of_entries_stays_a_list(acme: Cli) -> None:
    acme.ok("log", "acme", "note", "A word")
    assert "shown to" not in acme.ok("show", "acme")
    assert "around" not in acme("show", "acme", "--json").json[0]
