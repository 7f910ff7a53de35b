"""Marks in the words of `docket log`: read where the text is several words, and said back."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.tui.cli.conftest import REPO, Cli, Result
from tui.cli.run import run

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)


def _last(acme: Cli) -> dict[str, Any]:
    entries: list[dict[str, Any]] = acme("show", "acme", "--json").json
    return max(entries, key=lambda entry: entry["seq"])


@pytest.fixture
def log(acme: Cli) -> Any:
    """Runs `docket log acme WORDS` on 22 Nov 2026 at 10:30 and returns the result and entry."""

    def logged(*words: str, stdin: bytes = b"") -> tuple[Result, dict[str, Any]]:
        import io
        import sys

        acme.patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        acme.capsys.readouterr()
        argv = ["--workspace", str(acme.root), "log", "acme", *words]
        status = run(argv, open_app=lambda _: 0, clock=lambda: NOW)
        out, err = acme.capsys.readouterr()
        return Result(status, out, err), _last(acme)

    return logged


def test_marks_are_read_and_said_back(log: Any) -> None:
    result, entry = log("blame", "x", "y", "s:2", "@yesterday", "+0.5h", "^phone")
    assert (entry["kind"], entry["statement"]) == ("blame", "x y")
    assert entry["data"]["severity"] == 2
    assert entry["data"]["hours"] == "0.50"
    assert entry["occurred_at"].startswith("2026-11-21")
    assert entry["channel"] == "phone"
    assert result.out.startswith("acme#")
    assert result.err == (
        "Read: severity 2, 0.5 h, yesterday, Sat 21 Nov, by phone, from s:2 @yesterday +0.5h "
        "^phone. Words after -- are kept as text.\n"
    )


def test_a_moment_of_several_arguments(log: Any) -> None:
    _, entry = log("late", "payment", "no", "money", "@fri", "14:00", "came")
    assert (entry["kind"], entry["statement"]) == ("late-payment", "no money came")
    assert entry["occurred_at"].startswith("2026-11-20T14:00")


@pytest.mark.parametrize(
    ("words", "statement"),
    [
        (["blame", "x s:2 @yesterday"], "x s:2 @yesterday"),
        (["blame", "@yesterday"], "@yesterday"),
        (["x s:2 @yesterday +1h"], "x s:2 @yesterday +1h"),
        (["--", "blame", "x", "s:2", "@yesterday"], "x s:2 @yesterday"),
        (["blame", "x", "--", "s:2", "@yesterday"], "x s:2 @yesterday"),
        (["blame", "said so @fri", "and more"], "said so @fri and more"),
        (["blame", "+49", "30", "123456", "called"], "+49 30 123456 called"),
    ],
)
def test_what_is_quoted_or_behind_two_hyphens_is_text(
    log: Any, words: list[str], statement: str
) -> None:
    _, entry = log(*words)
    assert entry["statement"] == statement
    assert entry["data"].get("severity", 1) == 1
    assert entry["occurred_at"].startswith("2026-11-22T10:30")


def test_marks_kept_as_text_are_said_to_be(log: Any) -> None:
    result, _ = log("blame", "x s:2 @yesterday")
    assert "s:2 @yesterday stays text" in result.err
    result, _ = log("blame", "mail to ann@acme.example")
    assert result.err == ""


def test_standard_input_is_never_read_for_marks(log: Any) -> None:
    _, entry = log("blame", "-", stdin=b"x s:2 @yesterday\n")
    assert (entry["statement"], entry["data"]["severity"]) == ("x s:2 @yesterday", 1)
    _, entry = log("blame", "-", "s:2", stdin=b"x s:3 @yesterday\n")
    assert (entry["statement"], entry["data"]["severity"]) == ("x s:3 @yesterday", 2)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["blame", "x", "s:2", "--severity", "3"], "--severity says 3"),
        (["blame", "x", "@fri", "--on", "yesterday"], "--on says yesterday"),
        (["blame", "x", "+1h", "--hours", "2"], "--hours says 2"),
        (["blame", "x", "^mail", "--channel", "phone"], "--channel says phone"),
        (["blame", "x", "~internal", "--visibility", "record"], "--visibility says record"),
        (["blame", "x", "s:4"], "Severity goes from !1 to !3, not s:4"),
        (["blame", "x", "@home"], "-- @home keeps it as text"),
        (["blame", "x", "@tomorrow"], "has not happened yet"),
        (["thanks", "x", "s:2"], "thanks has no severity"),
        (["request", "logo", "by:fri", "--set", "needed_by=2026-11-30"], "The words say needed by"),
        (["cost", "court", "fee"], "What did it cost"),
    ],
)
def test_what_clashes_is_refused_and_nothing_logged(
    log: Any, acme: Cli, words: list[str], said: str
) -> None:
    before = acme.files()
    result, _ = log(*words)
    assert result.status == 2, result
    assert said in result.err
    assert acme.files() == before


def test_an_option_that_says_the_same_is_no_clash(log: Any) -> None:
    result, entry = log("blame", "x", "s:2", "--severity", "2", "@fri", "--on", "20 nov")
    assert (result.status, entry["data"]["severity"]) == (0, 2)


def test_what_a_kind_needs_is_read_too(log: Any) -> None:
    _, entry = log("request", "logo", "files", "by:fri")
    assert (entry["statement"], entry["data"]["needed_by"]) == ("logo files", "2026-11-27")
    _, entry = log("cost", "35.50", "court", "fee")
    assert (entry["statement"], entry["data"]["amount"]) == ("court fee", "35.50")


def test_the_line_of_the_readme_works_as_typed(acme: Cli) -> None:
    readme = (Path(REPO) / "README.md").read_text()
    (line,) = re.findall(r"^\$ docket (log acme late payment .*)$", readme, re.MULTILINE)
    acme.ok(*line.split())
    entry = _last(acme)
    assert (entry["kind"], entry["statement"]) == ("late-payment", "INV-42 still unpaid")
    assert (entry["data"]["severity"], entry["data"]["hours"]) == (2, "0.50")


def test_the_marks_are_listed(acme: Cli) -> None:
    assert "s:2" in acme.ok("keys", "--marks")
    assert len(max(acme.ok("keys", "--marks").splitlines(), key=len)) <= 76
    assert acme("keys", "--marks", "--json").json["marks"][0]["typed"] == "!2  s:2"


@pytest.mark.parametrize(
    ("words", "name", "terms"),
    [
        (
            ["Beta", "Films", "EUR", "85/h", "net14", "reply", "2d"],
            "Beta Films",
            {"rate": "85.00", "currency": "EUR", "payment": "net14", "reply_within_days": 2},
        ),
        (["Beta", "Films", "--terms", "net14"], "Beta Films", {"payment": "net14"}),
        (["Beta", "Films", "net14", "--terms", "net14"], "Beta Films", {"payment": "net14"}),
        (["Beta Films net14"], "Beta Films net14", None),
        (["--", "Beta", "Films", "net14"], "Beta Films net14", None),
        (["Studio", "54"], "Studio 54", None),
    ],
)
def test_a_new_client_is_read_as_in_the_app(
    acme: Cli, words: list[str], name: str, terms: dict[str, Any] | None
) -> None:
    made = acme("new", "--json", *words).json
    assert made["entries"][0]["data"]["name"] == name
    agreed = [one["data"] for one in made["entries"][1:]]
    said = [{key: value for key, value in one.items() if value is not None} for one in agreed]
    assert said == ([terms] if terms else [])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["Beta", "Films", "net14", "--terms", "net30"], "The words say payment net14"),
        (["Beta", "Films", "EUR", "85"], "the hour (EUR 85/h)"),
        (["Beta", "Films", "!2"], "no other mark"),
        (["ACME", "media"], "There is a client"),
    ],
)
def test_a_new_client_that_is_unclear_is_not_begun(acme: Cli, words: list[str], said: str) -> None:
    before = acme.files()
    result = acme("new", *words)
    assert (result.status, acme.files()) == (2, before)
    assert said in result.err


def test_a_name_much_like_another_is_said(acme: Cli) -> None:
    result = acme("new", "Acme", "Medai")
    assert result.status == 0
    assert "acme is called much the same" in result.err


def test_what_stays_text_though_it_looks_like_more_is_pointed_out(log: Any) -> None:
    result, entry = log("ask", "which", "logo", "by", "fri")
    assert entry["statement"] == "which logo by fri"
    assert entry["data"]["needed_by"] is None
    assert "Kept as text: no day is read from that: due:fri.\n" in result.err
    result, entry = log("2.5h", "building", "the", "page")
    assert entry["kind"] == "note"
    assert "Kept as text: time spent? hours 2.5h.\n" in result.err
