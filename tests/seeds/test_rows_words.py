"""The right words, row by row: each test's assertion is what its piece of advice asks for."""

from __future__ import annotations

import json
from typing import Final

import pytest

from store.playbook.letters.sorts import SITUATIONS
from store.tone.check import tone
from store.tone.sent import hints_for
from tests.tui.cli.conftest import Cli
from tests.tui.cli.desk import Desk

PARTING: Final = {
    "end_day": "31 Jan 2027",
    "reason": "I need longer, quieter projects",
    "fit": "I work in long stretches, and you work in short ones",
    "finish": "the two newsletters",
    "handed_over": "every login and file",
    "kind_word": "You brought the shop from an idea to forty orders on its first day",
    "needed": "one list of changes a week",
}


@pytest.fixture
def desk(cli: Cli) -> Desk:
    made = Desk(cli)
    made("me", "Kari Nord", "--email", "kari@nord.example")
    return made


def _said(desk: Desk, *words: str, **facts: str) -> str:
    told = [part for name, text in facts.items() for part in ("--set", f"{name}={text}")]
    return " ".join(desk("letter", "acme", *words, *told).split())


def test_row_5_every_letter_that_parts_is_without_a_but_and_without_blame(desk: Desk) -> None:
    for kind in ("parting", "parting-fit", "parting-needs"):
        said = _said(desk, kind, **PARTING)
        assert list(tone(said)) == [] and hints_for(said, occasion="apology") == ()


def test_row_78_the_parting_speaks_of_me_and_says_that_another_may_serve_them_better(
    desk: Desk,
) -> None:
    said = _said(desk, "parting", **PARTING)
    assert "That is my reason, and it is about how I work. Somebody else may serve you" in said
    for blame in ("you never", "you always", "you failed", "you did not", "because you"):
        assert blame not in said.casefold()


def test_row_80_a_parting_asks_for_something_true_and_kind_and_makes_none_up(desk: Desk) -> None:
    without = {name: text for name, text in PARTING.items() if name != "kind_word"}
    told = [part for name, text in without.items() for part in ("--set", f"{name}={text}")]
    desk("letter", "acme", "parting", *told)
    assert "--set kind_word=" in desk.err
    refused = desk.tried("letter", "acme", "parting", *told, "--sent")
    assert refused.status == 2 and "something true and kind" in refused.err


def test_row_81_a_parting_says_that_it_is_over_and_from_when(desk: Desk) -> None:
    for kind in ("parting", "parting-fit", "parting-needs"):
        said = _said(desk, kind, **PARTING)
        assert "my work for you ends on 31 January 2027" in said
        assert "After that day I take on nothing new for you" in said


def test_row_98_fit_has_a_letter_of_its_own_in_which_nobody_is_sorry(desk: Desk) -> None:
    said = _said(desk, "parting-fit", **PARTING)
    assert "nobody is at fault" in said and "we fit less well" in said
    assert "sorry" not in said and "my mistake" not in said


def test_row_105_seven_occasions_have_a_no_each_and_the_log_tells_which(desk: Desk) -> None:
    desk.bill("INV-9", 5)
    subjects = set()
    for kind, letter in SITUATIONS.items():
        desk.log(kind, 1)
        told = json.loads(desk("letter", "acme", "no", "--json"))
        assert told["kind"] == letter
        body = " ".join(told["body"].split())
        assert "I cannot" in body or "not the right person" in body or "I do not" in body
        assert list(tone(body)) == [] and hints_for(body, occasion="apology") == ()
        subjects.add(body)
    assert len(subjects) == 7


def test_row_89_an_answer_to_a_review_is_short_and_tells_only_what_one_says(desk: Desk) -> None:
    desk("log", "acme", "public-attack", "Two stars: slow and dear", "--on", "2026-11-20")
    desk.bill("INV-9", 5)
    said = _said(desk, "review-answer", set_right="The site went live on the day we had agreed")
    assert "The site went live on the day we had agreed." in said
    assert "kari@nord.example" in said and len(said.split()) < 80
    for secret in ("INV-9", "Acme", "slow and dear", "100.00"):
        assert secret not in said


def test_row_24_what_was_said_on_the_phone_becomes_theirs_with_their_answer(desk: Desk) -> None:
    desk("log", "acme", "talk", "One list of changes a week, by Friday", "--channel", "phone")
    said = _said(desk, "confirmation", "--about", "#3", "--sent")
    assert "As we said: One list of changes a week, by Friday Tell me by 27 November" in said
    assert "docket log acme confirmation '#3 YES'" in desk.err
    desk("log", "acme", "confirmation", "#3 Yes, that is right", "--quote", "Yes, that is right")
    (shown,) = json.loads(desk("show", "acme", "#5", "--json"))
    assert [link["seq"] for link in shown["links"]] == [3]
    assert shown["quotes"][0]["by"] == "client"
