"""What a captured line is read as being about, and what is asked where nobody can tell."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from store.capture import Reading, read_capture
from store.docket import Docket
from tests.store.building import docket, entry, invoice

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
WHOLE = docket(
    [
        entry(1, "client", 90, data={"name": "Acme"}),
        invoice(2, 40, 26, "A-1"),
        invoice(3, 30, 16, "A-2"),
        entry(4, "request", 20, "Logo files"),
        entry(5, "delivery", 10, "Draft"),
        entry(6, "my-apology", 9, "Sorry"),
    ]
)


def read(line: str, told: Docket = WHOLE) -> Reading:
    return read_capture(line, clients={"acme": "Acme"}, now=NOW, current="acme", docket=told)


@pytest.mark.parametrize(
    ("line", "links", "invoice", "text"),
    [
        ("reminder #4 the logo", [("about", 4)], None, "the logo"),
        ("reminder again about #4", [("about", 4)], None, "again about #4"),
        ("reminder about:4 the logo", [("about", 4)], None, "the logo"),
        ("reminder about:a-2 pay", [], "A-2", "pay"),
        ("notice A-1 and A-2", [("about", 3)], "A-1", "A-1 and A-2"),
        ("acceptance #5 fine", [("accepts", 5)], None, "fine"),
        ("answer #4 here", [("answers", 4)], None, "here"),
        ("answer here", [("answers", 4)], None, "here"),
        ("partial-answer #4 one of two", [("about", 4)], None, "one of two"),
        ("partial-answer one missing: two", [("about", 4)], None, "one"),
        ("outcome #6 yes they were glad", [("about", 6)], None, "they were glad"),
        ("outcome partly", [("about", 6)], None, ""),
        ("reaction #6 took it well", [("about", 6)], None, "took it well"),
        ("confirmation #6 so it is", [("about", 6)], None, "so it is"),
        ("excuse for A-2: the bank", [], "A-2", "for A-2: the bank"),
        ("blame for #6", [("about", 6)], None, "for #6"),
        ("talk we are their #1", [], None, "we are their #1"),
        ("note \\#4 is only text", [], None, "#4 is only text"),
    ],
)
def test_what_a_line_names(
    line: str, links: list[tuple[str, int]], invoice: str | None, text: str
) -> None:
    reading = read(line)
    assert reading.complete, reading.problems
    assert list(reading.links) == links
    assert (reading.refs.get("invoice"), reading.statement) == (invoice, text)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("outcome #6 yes", "it helped, outcome of #6"),
        ("partial-answer one missing: the rest", "still missing: the rest, partly answers #4"),
        ("reaction #6 well", "reacts to #6"),
        ("notice A-1 at last", "about A-1"),
    ],
)
def test_it_is_read_back(line: str, said: str) -> None:
    assert said in read(line).words


def test_what_is_nothing_to_accept_is_refused_as_on_the_command_line() -> None:
    refused = "acme#1 is nothing to accept: it is client. Name what was handed over"
    assert read("accepted #1").problems[0].startswith(refused)
    assert read("accepted #1", docket([])).links == (("accepts", 1),)


def test_where_several_are_open_it_is_asked_and_can_be_saved() -> None:
    reading = read("reminder please")
    assert reading.complete
    assert "(about which? A-1, #4, A-2)" in reading.words
    assert "about which" not in read("reminder #4 please").words
    assert "about which" not in read("reminder A-1 please").words
    assert "about which" not in read("note please").words


def test_where_one_thing_is_open_it_is_said() -> None:
    one = docket([entry(1, "client", 90, data={"name": "Acme"}), invoice(2, 40, 26, "A-1")])
    assert "(counts for A-1)" in read("reminder please", one).words
    none = docket([entry(1, "client", 90, data={"name": "Acme"})])
    assert "counts for" not in read("reminder please", none).words


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("outcome #6", "did it help? yes, partly or no"),
        ("reminder about:99 x", "There is no entry acme#99"),
        ("reminder about:B-7 x", "'B-7' is neither an entry nor an invoice"),
        ("outcome #5 yes", "acme#5 is not a step"),
    ],
)
def test_what_cannot_be_is_said(line: str, problem: str) -> None:
    assert problem in " ".join(read(line).problems)
