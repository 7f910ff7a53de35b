"""`docket ladder`: what is in force, what a place asks, and a change that moves the next step."""

from __future__ import annotations

import json

import pytest

from tests.tui.cli.conftest import Cli
from tests.tui.cli.desk import Desk


@pytest.fixture
def desk(cli: Cli) -> Desk:
    """Return a desk with a bill that was due on 3 November."""
    made = Desk(cli)
    made.bill("INV-42", 19)
    return made


def test_what_is_in_force_is_shown(desk: Desk) -> None:
    said = desk("ladder")
    assert "courtesy" in said
    assert "7 days later" in said


def test_the_facts_of_a_place_say_how_sure_they_are_and_promise_nothing(desk: Desk) -> None:
    said = desk("ladder", "--facts", "no")
    assert "No legal advice" in said
    assert "at least 14 days from sending" in " ".join(said.split())


def test_a_change_for_one_client_moves_the_next_step(desk: Desk) -> None:
    desk("ladder", "acme", "--use", "de", "--grace", "2")
    (step, *_) = json.loads(desk("next", "--json"))
    assert step["due"] == "2026-11-12"
    desk("ladder", "acme", "--wait", "courtesy=1")
    (step, *_) = json.loads(desk("next", "acme", "--json"))
    assert step["due"] == "2026-11-06"


def test_what_is_no_preset_or_rung_is_refused(desk: Desk) -> None:
    assert desk.cli("ladder", "--use", "xx").status == 2
    assert desk.cli("ladder", "--wait", "rant=3").status == 2
    assert desk.cli("ladder", "--wait", "stop=soon").status == 2
    assert desk.cli("ladder", "--wait", "stop=999").status == 2
