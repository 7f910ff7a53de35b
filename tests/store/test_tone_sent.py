"""The tone check of what is sent: what is found, where, for which occasion, and what is spared."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.languages import LANGUAGES
from store.playbook.letters import letter_kinds, wording
from store.playbook.letters.sorts import occasion_of
from store.tone.sent import Occasion, hint_words, hints_for
from tests.benchmarks.growth import steps_of
from tests.examples import together
from tests.store.tone.listed import listed_codes

_FACT = re.compile(r"\{[^}]*\}")


@pytest.mark.parametrize(
    ("text", "occasion", "faults"),
    [
        ("You never answer my mails.", "letter", ["you"]),
        ("I feel that you rush me.", "letter", ["you"]),
        ("Thank you, but I must stop.", "parting", ["but"]),
        ("Thank you, but I must stop.", "letter", []),
        ("Butter, and yet another day.", "parting", []),
        ("The invoice is still open; I have not yet heard from you.", "parting", []),
        ("I am sorry if you felt hurt.", "apology", ["if"]),
        ("I am sorry that I sent the wrong file.", "apology", []),
        ('You wrote: "you never pay".', "letter", []),
        ("You failed to pay, you idiot.", "letter", ["you", "insult"]),
        ("Pay or else.", "letter", ["threat"]),
    ],
)
def test_what_is_found_in_english(text: str, occasion: Occasion, faults: list[str]) -> None:
    assert [one.fault for one in hints_for(text, "en", occasion)] == faults


def test_a_name_is_spared() -> None:
    assert [one.words for one in hints_for("But Still Ltd, but no.", "en", "parting")] == [
        "But",
        "Still",
        "but",
    ]
    [left] = hints_for("But Still Ltd, but no.", "en", "parting", ["But Still Ltd"])
    assert left.words == "but" and left.start == 15


def test_a_finding_says_why_and_a_better_way() -> None:
    [found] = hints_for("You constantly rush.")
    assert "is an opening that blames" in hint_words(found)
    assert "For example: When [" in hint_words(found)


def test_a_language_without_a_list_is_looked_at_for_shouting_alone() -> None:
    assert hints_for("you never pay", "xx") == ()
    assert [one.fault for one in hints_for("BORGIÐ MÉR STRAX NÚNA", "xx")] == ["shouting"]


@given(st.text(max_size=200), st.sampled_from([*listed_codes(), "xx"]))
def test_what_is_found_stands_where_it_says(text: str, code: str) -> None:
    for hint in hints_for(text, code, "apology"):
        assert text[hint.start : hint.start + len(hint.words)] == hint.words


def test_a_long_text_is_looked_at_sentence_by_sentence() -> None:
    said = ["You never answer my mails.", "Thanks for the call.", "You are lazy, but I wait.\n\n"]
    each = [(one.words, one.better) for text in said for one in hints_for(text)]

    def found(times: int) -> list[tuple[str, str]]:
        return [(one.words, one.better) for one in hints_for(" ".join(said * times))]

    assert found(3) == each * 3
    assert steps_of(lambda: found(80)) < 4.8 * steps_of(lambda: found(20))


def test_what_has_no_end_has_no_better_sentence() -> None:
    [found] = hints_for("You never answer my mails, and " + "so on, " * 300)
    assert found.better != "" and "mails" not in found.better


@together(product(letter_kinds(), sorted(LANGUAGES)))
def test_a_letter_passes_its_own_check(kind: str, code: str) -> None:
    made, there = wording(kind, code)
    occasion = occasion_of(kind)
    assert hints_for(_FACT.sub("X", made.body), there, occasion) == ()
