"""What the words of an entry say that its kind does not, and how often it is asked for nothing."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.entries import KINDS
from store.tone.implied import _STEMS, QUESTIONS, Implied, _pattern, implied
from tests.calibration.known import SETS
from tests.calibration.words import incident_kind
from tests.store.implied_sentences import PLAIN, SAYS
from tests.store.tone_sentences import BAD


def of(kind: str, text: str) -> Implied | None:
    return implied(kind, KINDS[kind].group, [text])


def test_every_kind_that_may_be_asked_about_is_one() -> None:
    assert set(QUESTIONS) <= set(KINDS)


@pytest.mark.parametrize(("kind", "text", "says"), SAYS)
def test_what_the_words_say_is_asked_and_shown(kind: str, text: str, says: str) -> None:
    found = of(kind, text)
    assert found is not None
    assert found.kind == says
    assert found.words in text.replace("’", "'")
    assert found.question == f"“{found.words}”: does that say that {QUESTIONS[says]}?"
    assert of(says, text) is None or of(says, text) != found, "it says so already"


@given(st.data(), st.sampled_from(sorted(QUESTIONS)))
def test_no_phrase_is_missed_for_want_of_a_stem(data: st.DataObject, kind: str) -> None:
    phrases = st.from_regex(re.compile(_pattern(kind).pattern, re.ASCII))
    found = data.draw(phrases).casefold()
    assert any(stem in found for stem in _STEMS[kind])


def test_plain_sentences_are_asked_about_in_one_of_seven_at_the_most() -> None:
    """Measured, not tuned: the sentences were written before the phrases were tried on them."""
    alarms = [text for kind, text in PLAIN if of(kind, text)]
    assert len(alarms) <= 5, alarms
    assert len(PLAIN) == 36


def test_what_published_cases_say_of_an_incident_is_its_kind_already() -> None:
    alarms, notes = 0, 0
    for path in SETS.values():
        for line in path.read_text(encoding="utf-8").splitlines():
            for one in json.loads(line)["facts"].get("incidents") or ():
                notes += 1
                alarms += of(incident_kind(one["kind"]), str(one.get("note") or "")) is not None
    assert notes > 150
    assert alarms == 0


def test_a_hard_word_about_somebody_is_no_fact_about_them() -> None:
    asked = [text for _, text in BAD if of("other", text)]
    assert len(asked) <= 4, asked


def test_what_i_did_what_did_not_happen_and_a_step_are_left_alone() -> None:
    assert of("note", "I threatened to stop.") is None
    assert of("note", "She never apologised.") is None
    assert of("reminder", "If they refuse to pay I stop.") is None
    assert of("note", "He might threaten me.") is None
