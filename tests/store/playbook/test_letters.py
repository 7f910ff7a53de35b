"""Letters: facts from the docket, parts left out where one is unknown, and nothing to regret."""

from __future__ import annotations

import re

import pytest

from store.errors import UsageError
from store.playbook.letters import FACTS, FOLDER, letter, letter_ids
from store.tone.check import tone

KNOWN = dict.fromkeys(FACTS, "something") | {
    "payment_details": "Example Bank\nIBAN NO00",
    "me": "Kari Nord",
    "my_address": "Bryggen 1",
}


@pytest.mark.parametrize("name", letter_ids())
def test_a_letter_holds_only_known_facts_and_is_calm(name: str) -> None:
    source = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    assert source.startswith("subject: ")
    assert set(re.findall(r"\{(\w+)\}", source)) <= FACTS.keys()
    filled = letter(name, KNOWN)
    assert filled.missing == ()
    assert not re.search(r"[{}\[\]<>\\]", filled.subject + filled.body)
    assert list(tone(filled.body)) == []
    assert not re.search(r"\b(but|however|unfortunately|although)\b", filled.body, re.I)


@pytest.mark.parametrize("name", letter_ids())
def test_a_fact_that_is_unknown_is_asked_for_or_its_part_left_out(name: str) -> None:
    bare = letter(name, {"client": "Acme", "me": "Kari"})
    assert bare.missing
    assert all(f"<{FACTS[fact]}>" in bare.subject + bare.body for fact in bare.missing)
    assert "payment_details" not in bare.missing
    assert "[" not in bare.body


def test_paragraphs_are_lines_and_what_is_in_lines_stays_so() -> None:
    body = letter("courtesy-note", KNOWN).body
    assert "You can pay it to:\nExample Bank\nIBAN NO00\n" in body
    assert body.endswith("Best regards\nKari Nord\n")


def test_there_is_no_other_letter() -> None:
    with pytest.raises(UsageError, match="no letter 'rant'"):
        letter("rant", {})
