"""`docket help`: the verbs and topics, one of either, and what is neither."""

from __future__ import annotations

from tests.tui.cli.conftest import Cli


def test_help_lists_verbs_and_topics(cli: Cli) -> None:
    shown = cli.ok("help")
    assert "  verify      check a record" in shown
    assert "  proof       what a docket can show" in shown


def test_a_topic_and_a_verb_are_told(cli: Cli) -> None:
    assert cli.ok("help", "proof").startswith("What a docket can show, and what it cannot\n")
    assert cli.ok("help", "log").startswith("usage: docket log ")
    assert cli.ok("help", "--man").startswith(".TH DOCKET 1 ")


def test_what_is_neither_is_answered_with_what_is_near(cli: Cli) -> None:
    done = cli("help", "verdct")
    assert (done.status, done.out) == (2, "")
    assert "Perhaps `docket help verdict`" in done.err
