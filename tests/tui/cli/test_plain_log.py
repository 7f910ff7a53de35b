"""`docket log` with and without the models: the same journal, the same words, the same refusals."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from store.dates import system_clock
from store.workspace import Workspace
from tests.tui.cli.conftest import Cli, Result
from tui.__main__ import open_app
from tui.cli.run import run

PLAIN = [
    ["late-payment", "INV-42 still unpaid", "--severity", "2", "--on", "yesterday"],
    ["abuse", "Called me [bold]a thief", "--quote", "you\x1b[2J thief", "--channel", "phone"],
    ["thanks", "--visibility", "internal", "--source", "message"],
    ["no-reply", "logo files", "--hours", "0,5", "--project", "Logo"],
    ["stop", "until INV-1 is paid", "--on", "2026-01-05 14:30"],
    ["rang", "them", "twice", "--on", "about 3 Jan 2026"],
    ["illness", "قالوا غدا", "--on", "1970-01-02"],
]
REFUSED = [
    ["late-payment"],
    ["illness", "--on", "yesterday"],
    ["late-payment", "x", "--severity", "4"],
    ["late-payment", "x", "--hours", "-1"],
    ["thanks", "x", "--severity", "2"],
    ["thanks", "x", "--hours", "1"],
    ["late-payment", "x", "--on", "tomorrow"],
    ["late-payment", "x", "--on", "1969-12-31"],
    ["late-payment", "x", "--channel", "pigeon"],
    ["late-payment", "x" * 100_001],
    ["late-payment", "x", "--project", "y" * 1_001],
    ["late-payment", "x", "--quote", "y" * 100_001],
    ["late-payment", "x", "--amount", "much"],
    ["late-payment", "x", "--set", "colour=red"],
    ["latepayment", "it is late"],
    ["invoice", "x"],
]


def _runs(
    acme: Cli, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> tuple[tuple[Result, Any], tuple[Result, Any]]:
    """Run `words` without models, then with them; return what was printed and last written."""
    moment = system_clock()
    first = _run(acme, words, moment)
    monkeypatch.setattr("store.entries.plain.plain_fields", lambda *_: None)
    return first, _run(acme, words, moment)


def _run(acme: Cli, words: list[str], moment: datetime) -> tuple[Result, Any]:
    acme.capsys.readouterr()
    argv = ["--workspace", str(acme.root), "log", "acme", *words]
    result = Result(run(argv, open_app=open_app, clock=lambda: moment), *acme.capsys.readouterr())
    fields = dict(Workspace.open(acme.root).file("acme").lines[-1].fields)
    assert len(fields.pop("id")) == 32
    return result, fields


@pytest.mark.parametrize("words", PLAIN, ids=" ".join)
def test_the_same_is_written_and_said(
    acme: Cli, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    (plain, plain_line), (full, full_line) = _runs(acme, monkeypatch, words)
    assert plain.status == full.status == 0, plain
    assert plain_line == full_line
    assert plain.out.replace("acme#3", "acme#4") == full.out
    assert plain.err == full.err


@pytest.mark.parametrize("words", REFUSED, ids=lambda words: " ".join(words)[:40])
def test_the_same_is_refused_in_the_same_words(
    acme: Cli, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    before = acme.files()
    (plain, _), (full, _) = _runs(acme, monkeypatch, words)
    assert plain == full
    assert (plain.status, plain.out, plain.err.count("\n")) == (2, "", 1)
    after = acme.files()
    assert {name: after[name] for name in before} == before


def test_a_concession_that_says_settlement_is_kept_as_such_talk(acme: Cli) -> None:
    for words in (["They offered 3,000 to settle"], ["They", "gave", "two", "days"]):
        acme.ok("log", "acme", "concession", *words)
    kept = Workspace.open(acme.root).entries("acme")[-2:]
    assert [one.visibility for one in kept] == ["settlement", "record"]


def test_plain_words_need_no_models(acme: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("the models were asked")

    monkeypatch.setattr(Workspace, "log", never)
    monkeypatch.setattr("store.workspace.parse_draft", never)
    for words in PLAIN:
        acme.ok("log", "acme", *words)
    assert [line.seq for line in Workspace.open(acme.root).file("acme").lines][-1] == 9
