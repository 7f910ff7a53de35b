"""`docket report`: the file, what it asks for, and what it refuses."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.tui.cli.conftest import Cli
from tests.tui.cli.parting import Typed, typing

NAME = "2026-11-22_acme_final-report.md"
THANKS = "Your shop is about to open in Bergen."


@pytest.fixture
def typed(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Typed:
    monkeypatch.chdir(tmp_path)
    typed = typing(cli)
    for words in (
        "deliver acme 'First draft' --on 2026-05-02 --where mail",
        "ask acme 'Logo files' --on 2026-05-03",
        "ask acme 'Photos' --on 2026-09-03",
        "log acme abuse 'Shouted at me' --quote 'you thief' --on 2026-09-04 --severity 3",
        "invoice acme INV-1 600 --issued 2026-10-01",
        "promise acme 'The plan' --by me --due 2026-12-10",
        "handover acme Keys --despite-debt",
    ):
        assert typed(*shlex.split(words)).status == 0, words
    return typed


def test_it_writes_one_file_that_is_the_users_alone(typed: Typed, tmp_path: Path) -> None:
    result = typed("report", "acme", "-o", ".")
    path = tmp_path / NAME
    assert (result.status, result.out) == (0, f"{path}\n")
    assert path.stat().st_mode & 0o777 == 0o600
    text = path.read_text("utf-8")
    assert "# Final report for Acme Media" in text
    for word in ("Shouted", "thief", "despite", "late"):
        assert word not in text
    for hint in (
        "--thanks TEXT",
        "acme#9 is not wholly handed over: it does not say to whom it went",
        "--commitment '8 TEXT'",
        "docket statement acme -o FILE",
        "--reasons",
        "--ends D",
        "docket me 'Your name'",
    ):
        assert hint in result.err
    again = typed("report", "acme", "-o", NAME)
    assert (again.status, again.err.count("\n")) == (1, 1)
    assert "is there already" in again.err
    assert path.read_text("utf-8") == text


def test_all_words_find_their_place_and_nothing_is_left_to_ask(typed: Typed) -> None:
    typed("pay", "acme", "600")
    typed("handover", "acme#9", "--confirmed-by", "Jo")
    typed("handover", "acme#9", "--access-ended")
    typed("amend", "acme#9", "--set", "to=Jo", "--reason", "left out")
    words = f"""report acme -o out.md --thanks '{THANKS}' --goal 'A site' --result 'Twice the sales'
        --in-progress Photos --not-started 'The shop' --commitment '8 handed on to Bo'
        --todo 'Change the passwords' --watch '5 Jan 2027 domain renewal' --watch 'fri: call'
        --because 'I did not get the files in time' --entries acme#4,#5 --tip 'Post early'
        --next 'Studio Nord' --ends 2026-12-31 --reach 'by mail' --prepared-by 'Ann Berg'"""
    result = typed(*shlex.split(words))
    assert (result.status, result.err) == (0, ""), result
    text = Path("out.md").read_text("utf-8")
    for said in (
        *(THANKS, "A site", "- Twice the sales", "- In progress: Photos", "Not started: The shop"),
        "The plan (promised for 10 December 2026): handed on to Bo",
        *("- Change the passwords", "- 5 January 2027: domain renewal", "- 27 November 2026: call"),
        "because I did not get the files in time. This rests on my request of 3 May 2026 and my "
        "request of 3 September 2026.",
        *("- Post early", "- Studio Nord", "ends on 31 December 2026", "by mail", "Ann Berg"),
        "Your account is settled",
    ):
        assert said in text
    assert "by what" not in text


def test_it_can_be_a_page_to_print_as_well(typed: Typed, tmp_path: Path) -> None:
    said = typed("report", "acme", "-o", "out.md", "--html", "--json").json
    assert said["files"] == [str(tmp_path / "out.md"), str(tmp_path / "out.html")]
    assert said["sections"][:2] == ["Thank you", "What we achieved"]
    assert Path("out.html").read_bytes().startswith(b"<!DOCTYPE html>")
    assert typed("report", "acme", "-o", "other.md", "--html").status == 0
    Path("third.html").touch()
    assert typed("report", "acme", "-o", "third.md", "--html").status == 1
    assert not Path("third.md").exists(), "both or neither"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("", "Give -o FILE"),
        ("-o x --because 'they failed to pay' --entries 4,5", "--because says 'failed'"),
        ("-o x --because 'I had no files'", "none is named"),
        ("-o x --because 'I had no files' --entries 4", "1 is named"),
        ("-o x --because 'I had no files' --entries 4,99", "no entry acme#99"),
        ("-o x --because 'I had no files' --entries four,five", "'four' names no entry"),
        ("-o x --entries 4,5", "stand for no reason"),
        ("-o x --direction --because 'I go'", "Two reasons"),
        ("-o x --commitment 'gone'", "'gone' says nothing of a promise"),
        ("-o x --commitment '3 gone'", "acme#3 is no open promise of yours"),
        ("-o x --watch 'domain renewal'", "begins with no day"),
        ("-o x --watch 2027-01-05", "begins with no day"),
        ("-o x --thanks 'Goodbye, idiot'", "--thanks says 'idiot'"),
        ("-o x --ends 31 Dec", '--ends "31 Dec"'),
    ],
)
def test_wrong_words_are_refused_in_one_line_and_nothing_is_written(
    typed: Typed, words: str, why: str
) -> None:
    result = typed("report", "acme", *shlex.split(words))
    assert (result.status, result.out, result.err.count("\n")) == (2, "", 1), result
    assert why in result.err
    assert not Path("x").exists()


def test_reasons_are_offered_ready_to_be_pasted(typed: Typed) -> None:
    result = typed("report", "acme", "--reasons")
    first, sentence, _, pasted, *rest = result.out.splitlines()
    assert first == "I am not able to meet your needs because ..."
    assert sentence == "1. I did not get the answers that the work needs in time"
    assert rest == [], "one late invoice is no second entry"
    words = shlex.split(f"report acme -o y {pasted}")
    assert words[-2:] == ["--entries", "4,5"]
    assert typed(*words).status == 0
    (found,) = typed("report", "acme", "--reasons", "--json").json
    assert (found["entries"], found["count"]) == ([4, 5], 2)
    for seq in (4, 5):
        typed("void", f"acme#{seq}", "--reason", "wrong client")
    empty = typed("report", "acme", "--reasons")
    assert (empty.status, empty.out) == (0, "")
    assert "--direction needs none" in empty.err
    assert typed(*words[:3], "-o", "z", *words[5:]).status == 2


def test_words_of_entries_that_read_as_blame_are_told(typed: Typed) -> None:
    typed("deliver", "acme", "Copy for the idiot", "--on", "2026-06-01")
    result = typed("report", "acme", "-o", "x")
    assert result.status == 0
    assert 'acme#10 says "idiot": an insult' in result.err
    assert "Shouted" not in result.err


def test_a_docket_with_a_name_alone_still_says_goodbye(typed: Typed) -> None:
    typed("new", "Bolt & Co", "--id", "bolt", "--currency", "EUR")
    assert typed("report", "bolt", "-o", "b.md").status == 0
    text = Path("b.md").read_text("utf-8")
    assert [line for line in text.splitlines() if line.startswith("## ")] == [
        "## Thank you",
        "## The last day",
    ]
