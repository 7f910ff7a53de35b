"""What the check finds in sentences of six languages, and the better sentence it builds of one."""

from __future__ import annotations

from pathlib import Path
from typing import Final, cast

import pytest

from store.languages import LANGUAGES
from store.tone.phrases import phrases_of
from store.tone.sent import Occasion, bettered, hints_for
from tests.examples import together
from tests.store.tone.listed import listed_codes
from tests.store.tone.sentences import Sentence, sentences

_INSTEAD: Final = Path(__file__).parent / "instead"
_ALL: Final = [(code, one) for code in listed_codes() for one in sentences(code)]


def test_every_language_has_a_list_and_forty_of_each_sort() -> None:
    assert listed_codes() == sorted(LANGUAGES)
    for code in listed_codes():
        faulty = sum(bool(one.fault) for one in sentences(code))
        assert faulty >= 40 and len(sentences(code)) - faulty >= 40


@together(_ALL)
def test_a_bad_sentence_is_found_and_a_good_one_let_through(code: str, one: Sentence) -> None:
    found = [hint.fault for hint in one.hints(code)]
    assert (one.fault in found) if one.fault else found == []


def _instead(code: str) -> list[tuple[Occasion, str, str]]:
    lines = (_INSTEAD / f"{code}.txt").read_text(encoding="utf-8").splitlines()
    rows = [[part.strip() for part in line.split("|")] for line in lines]
    return [(cast(Occasion, occasion), said, better) for occasion, said, better in rows]


@pytest.mark.parametrize("code", listed_codes())
def test_a_better_sentence_is_built_of_the_one_that_stands(code: str) -> None:
    for occasion, said, better in _instead(code):
        found = hints_for(said, code, occasion)
        assert found, said
        assert found[0].better == better


@pytest.mark.parametrize("code", listed_codes())
def test_what_is_better_has_no_fault_of_its_own(code: str) -> None:
    for occasion, said, _ in _instead(code):
        found = hints_for(said, code, occasion)
        assert hints_for(found[0].better, code, occasion) == ()


@pytest.mark.parametrize("code", listed_codes())
def test_each_rule_for_a_better_sentence_is_used_by_one_of_these(code: str) -> None:
    phrases = phrases_of(code)
    assert phrases is not None
    built = [better for _, _, better in _instead(code)]
    for _, better in phrases.instead:
        pieces = better.split("{rest}")
        assert any(all(piece in one for piece in pieces) for one in built), better


def test_a_better_sentence_takes_the_place_of_its_own_and_of_nothing_else() -> None:
    text = "Hello Ann,\n\nI am well. You never answer my mails! See you.\n\nMe\n"
    [hint] = hints_for(text)
    assert text[slice(*hint.whole)] == "You never answer my mails!"
    assert bettered(text, hint) == text.replace(
        "You never answer my mails!",
        "There was no answer to my mails on [days]. I need one to go on.",
    )


def test_a_day_with_a_point_does_not_end_a_sentence() -> None:
    [hint] = hints_for("Takk. Ég hætti 30. júní, en þið haldið áfram.", "is", "parting")
    assert hint.better == "Ég hætti 30. júní. Þið haldið áfram."


def test_marks_that_keep_a_name_together_hide_no_fault_and_are_not_in_what_is_better() -> None:
    hint, *_ = hints_for("أنتم لا تردون على \u2068Acme\u2069 أبدًا.", "ar")
    assert hint.better.startswith("لم يصلني رد على Acme في [الأيام]")
