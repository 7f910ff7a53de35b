"""`docket letter`: the words for the next step, or for another, with what it lacks asked for."""

from __future__ import annotations

import pytest

from tests.tui.cli.conftest import Cli
from tests.tui.cli.desk import Desk, back


@pytest.fixture
def desk(cli: Cli) -> Desk:
    """Return a desk with a bill that is 19 days late."""
    made = Desk(cli)
    made("me", "Kari Nord")
    made.bill("INV-42", 19)
    return made


def test_the_next_step_has_its_words(desk: Desk) -> None:
    said = desk("letter", "acme")
    assert said.startswith("Subject: Invoice INV-42\n\nHello Acme Media,\n")
    assert "over EUR 100.00: it was due on 3 November 2026" in " ".join(said.split())
    assert said.endswith("Best regards\nKari Nord\n")
    assert max(map(len, said.splitlines())) <= 72


def test_what_a_letter_lacks_is_asked_for_and_can_be_said(desk: Desk) -> None:
    done = desk.cli("letter", "acme", "final-demand", "--about", "INV-42")
    assert "--set next_measure=" in done.err
    said = desk("letter", "acme", "final-demand", "--set", "next_measure=file a claim")
    assert "I will do this next: file a claim." in " ".join(said.split())


def test_a_letter_changes_nothing(desk: Desk) -> None:
    before = desk("show", "acme")
    desk("letter", "acme")
    assert desk("show", "acme") == before


def test_what_is_no_letter_and_no_fact_is_refused(desk: Desk) -> None:
    assert desk.cli("letter", "acme", "rant").status == 2
    assert desk.cli("letter", "acme", "--set", "mood=bad").status == 2
    desk("pay", "acme", "100")
    assert "No next step has a letter" in desk.cli("letter", "acme").err


def test_an_entry_is_named_without_the_sign_that_a_shell_takes_for_a_comment(desk: Desk) -> None:
    desk.ask(12)
    said = desk("letter", "acme", "step-notice", "--about", "4")
    assert said == desk("letter", "acme", "step-notice", "--about", "#4")
    assert "Which logo? I asked for it on 10 November 2026." in " ".join(said.split())


def test_no_letter_names_a_day_that_nobody_named(desk: Desk) -> None:
    desk.ask(12)
    assert "needed by" not in desk("letter", "acme", "step-notice", "--about", "4")
    desk("ask", "acme", "Which font?", "--on", back(12), "--needed-by", back(10))
    said = desk("letter", "acme", "step-notice", "--about", "5")
    assert "It was needed by 12 November 2026, and" in " ".join(said.split())
