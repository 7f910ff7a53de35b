"""What an entry is about, typed in the shell: `--about`, `#5`, an invoice's number; or asked."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.tui.cli.conftest import Cli


@pytest.fixture
def desk(acme: Cli) -> Cli:
    """acme#3 is a request, #4 an overdue bill A-1, #5 a bill A-2, #6 a delivery, #7 a step."""
    acme.ok("ask", "acme", "Logo files?", "--on", "2026-10-01")
    for number in ("A-1", "A-2"):
        issued = ("--issued", "2026-09-01", "--due", "2026-09-15")
        acme.ok("invoice", "acme", number, "100", *issued)
    acme.ok("deliver", "acme", "Draft", "--on", "2026-10-01")
    acme.ok("log", "acme", "my-apology", "Sorry", "--about", "6")
    return acme


def last(cli: Cli) -> Any:
    return max(json.loads(cli.ok("show", "acme", "--json")), key=lambda one: one["seq"])


def links(cli: Cli) -> list[tuple[str, int]]:
    return [(link["rel"], link["seq"]) for link in last(cli)["links"]]


@pytest.mark.parametrize(
    ("words", "expected", "invoice", "text"),
    [
        (("reminder", "logo", "--about", "3"), [("about", 3)], None, "logo"),
        (("reminder", "logo", "--about", "#3"), [("about", 3)], None, "logo"),
        (("reminder", "pay", "--about", "a-1"), [], "A-1", "pay"),
        (("reminder", "p", "--about", "A-1", "--about", "A-2"), [("about", 5)], "A-1", "p"),
        (("reminder", "p", "--about", "3", "--about", "A-2"), [("about", 3)], "A-2", "p"),
        (("reminder", "#3", "the", "logo"), [("about", 3)], None, "the logo"),
        (("reminder", "asked for #3 again"), [("about", 3)], None, "asked for #3 again"),
        (("reminder", "A-1 is late"), [], "A-1", "A-1 is late"),
        (("notice", "A-1", "and", "A-2"), [("about", 5)], "A-1", "A-1 and A-2"),
        (("talk", "we are their #1"), [], None, "we are their #1"),
        (("acceptance", "Approved #6"), [("accepts", 6)], None, "Approved #6"),
        (("acceptance", "#6", "fine"), [("accepts", 6)], None, "fine"),
        (("acceptance", "Fine", "--about", "6"), [("accepts", 6)], None, "Fine"),
        (("excuse", "A-2: the bank"), [], "A-2", "A-2: the bank"),
        (("excuse", "They had no time for #3"), [("about", 3)], None, "They had no time for #3"),
        (("reaction", "Took it well", "--about", "7"), [("about", 7)], None, "Took it well"),
        (("blame", "For #7", "--about", "7"), [("about", 7)], None, "For #7"),
        (("confirmation", "As it is", "--about", "7"), [("about", 7)], None, "As it is"),
        (("reminder", "--", "#3"), [], None, "#3"),
        (("note", "see #6"), [("about", 6)], None, "see #6"),
        (("late-payment", "A-1 again"), [], None, "A-1 again"),
    ],
)
def test_what_it_names(
    desk: Cli,
    words: tuple[str, ...],
    expected: list[tuple[str, int]],
    invoice: str | None,
    text: str,
) -> None:
    desk.ok("log", "acme", *words)
    entry = last(desk)
    assert links(desk) == expected
    assert (entry["refs"]["invoice"], entry["statement"]) == (invoice, text)


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("reminder", "x", "--about", "99"), "There is no entry acme#99"),
        (("reminder", "x", "--about", "B-9"), "'B-9' is neither an entry nor an invoice of acme"),
        (("reminder", "x", "--about", ""), "is neither"),
    ],
)
def test_what_is_not_there_is_said(desk: Cli, words: tuple[str, ...], error: str) -> None:
    result = desk("log", "acme", *words)
    assert result.status == 2
    assert error in result.err


def test_where_several_are_open_the_shell_says_how_to_tie_it(desk: Cli) -> None:
    result = desk("log", "acme", "reminder", "Please answer")
    assert result.err == (
        "About which? A-1, A-2, #3 are open, so it counts for acme#3, and for no money. "
        "Say so: docket amend acme#8 --about A-1 --reason WHY\n"
    )
    assert desk("log", "acme", "reminder", "Please answer", "--about", "3").err == ""
    assert desk("log", "acme", "note", "Nothing").err == ""


def test_where_one_thing_is_open_nothing_is_asked(acme: Cli) -> None:
    assert acme("log", "acme", "reminder", "Please").err == ""
    acme.ok("ask", "acme", "Logo files?", "--on", "2026-10-01")
    assert acme("log", "acme", "reminder", "Please").err == ""


def test_a_reminder_about_files_is_none_about_money(desk: Cli) -> None:
    desk.ok("log", "acme", "reminder", "The logo files again", "--on", "2026-11-10")
    assert json.loads(desk.ok("decide", "acme", "--json"))["money"]["rung"] == "missed"
    desk.ok("log", "acme", "reminder", "A-1 is late", "--on", "2026-11-10")
    assert json.loads(desk.ok("decide", "acme", "--json"))["money"]["rung"] == "unheard"


def test_its_own_share_and_what_was_written_are_options(acme: Cli) -> None:
    acme.ok("log", "acme", "expectation-gap", "Ten posts", "--my-share", "--in-writing", "no")
    assert last(acme)["data"]["my_share"] is True
    assert last(acme)["data"]["in_writing"] is False
    acme.ok("log", "acme", "remedy", "Did it over", "--worked", "no")
    assert last(acme)["data"]["worked"] is False
    assert "note has no my_share" in acme("log", "acme", "note", "x", "--my-share").err


def test_a_reminder_of_files_is_none_of_the_account(desk: Cli) -> None:
    desk.ok("log", "acme", "reminder", "The logo", "--about", "3", "--channel", "letter")
    desk.ok("log", "acme", "reminder", "Pay", "--about", "A-1", "--channel", "email")
    desk.ok("log", "acme", "notice", "At last", "--about", "A-1", "--about", "A-2")
    said = desk.ok("statement", "acme")
    assert "letter" not in said
    assert "email" in said
    assert "A-1, A-2" in said


def test_an_amendment_ties_a_step_to_its_bill(desk: Cli) -> None:
    desk.ok("log", "acme", "reminder", "Please", "--on", "2026-11-10")
    assert json.loads(desk.ok("decide", "acme", "--json"))["money"]["rung"] == "missed"
    desk.ok("amend", "acme#8", "--about", "A-1", "--reason", "it was the bill")
    assert json.loads(desk.ok("decide", "acme", "--json"))["money"]["rung"] == "unheard"
    desk.ok("amend", "acme#8", "--about", "3", "--reason", "no, the logo")
    assert json.loads(desk.ok("decide", "acme", "--json"))["money"]["rung"] == "missed"
