"""`docket accept`, `outcome` and `answer --partly`: what was approved, what helped."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.cli.conftest import Cli


def record(cli: Cli, folder: Path, purpose: str = "court") -> str:
    cli.ok("record", "acme", "--for", purpose, "-o", str(folder))
    (written,) = folder.rglob("*dispute-record*.md")
    return written.read_text(encoding="utf-8")


def section(text: str, title: str) -> str:
    return text.split(f". {title}\n")[1].split("\n## ", maxsplit=1)[0]


def test_an_acceptance_names_what_it_accepts(acme: Cli, tmp_path: Path) -> None:
    acme.ok("deliver", "acme", "Homepage draft")
    said = acme.ok("accept", "acme#3", "Fine, go live", "--by", "Ann Lee")
    assert "accepts #3" in said and "Ann Lee" in said
    shown = section(record(acme, tmp_path / "out"), "Work done")
    assert "by Ann Lee (entry 4)" in shown
    assert "not in this record" not in shown


def test_an_acceptance_that_names_no_delivery_is_pointed_at(acme: Cli, tmp_path: Path) -> None:
    acme.ok("deliver", "acme", "Homepage draft")
    acme.ok("log", "acme", "acceptance", "Ann approved the design")
    shown = section(record(acme, tmp_path / "out"), "Work done")
    assert "see entry 4" in shown
    assert "not in this record" not in shown


def test_with_no_acceptance_at_all_the_record_says_so(acme: Cli, tmp_path: Path) -> None:
    acme.ok("deliver", "acme", "Homepage draft")
    assert "not in this record" in section(record(acme, tmp_path / "out"), "Work done")


def test_an_approval_that_was_asked_for_is_answered_by_it(acme: Cli) -> None:
    acme.ok("ask", "acme", "Approve the second round?")
    acme.ok("accept", "acme#3", "--by", "Ann")
    assert "is answered already" in acme("answer", "acme#3", "Yes").err


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("accept", "acme#1", "--by", "Ann"), "acme#1 is nothing to accept: it is client"),
        (("accept", "acme#3", "--by", " "), "Who accepted it"),
        (("accept", "acme#3"), "--by"),
        (("outcome", "acme#3", "yes"), "acme#3 is not a step: it is delivery"),
        (("outcome", "acme#4"), "Did acme#4 help"),
        (("outcome", "acme#4", "perhaps"), "'perhaps' is no answer"),
        (("answer", "acme#3", "--partly"), "acme#3 is not a request"),
        (("answer", "acme#3", "--missing", "x"), "--missing goes with --partly"),
    ],
)
def test_what_cannot_be_is_said(acme: Cli, words: tuple[str, ...], error: str) -> None:
    acme.ok("deliver", "acme", "Homepage draft")
    acme.ok("log", "acme", "my-apology", "For the delay")
    result = acme(*words)
    assert result.status == 2
    assert error in result.err


def test_what_came_of_a_step_stands_in_the_record(acme: Cli, tmp_path: Path) -> None:
    acme.ok("log", "acme", "my-apology", "For the delay")
    acme.ok("outcome", "acme#3", "no")
    said = acme.ok("outcome", "acme#3", "partly", "They were kinder for a week")
    assert "outcome of #3" in said and "it helped in part" in said
    written = record(acme, tmp_path / "out")
    assert "among the steps taken (section 3)" in written
    shown = written.split("\n## 3. ")[1].split("\n## ")[0]
    assert "it did not help" in shown and "it helped in part" in shown and "(entry 5)" in shown
    assert "outcome" in acme("show", "acme", "--kind", "outcome").out


def test_a_part_of_an_answer_leaves_the_request_open(acme: Cli, tmp_path: Path) -> None:
    acme.ok("ask", "acme", "Six texts and the logo?")
    result = acme("answer", "acme#3", "--partly", "Two texts", "--missing", "Four texts, the logo")
    assert "acme#3 stays open until" in result.err
    shown = section(record(acme, tmp_path / "out"), "Requests and answers")
    assert "in part, " in shown
    assert "(entry 4); still missing: Four texts, the logo" in shown
    acme.ok("answer", "acme#3", "The rest")
    assert "still missing" not in section(
        record(acme, tmp_path / "later"), "Requests and answers"
    ).lower().replace("nothing asked for is still missing", "")
