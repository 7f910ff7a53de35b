"""Letters in every language: facts from the docket, parts left out, and nothing to regret."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from store.entries import KINDS
from store.errors import DocketError, UsageError
from store.languages import ENGLISH, LANGUAGES
from store.languages.values import DayCount, Value
from store.languages.wording import ISOLATE, NamedFact, Wording
from store.money import Money
from store.playbook.letters import FOLDER, languages_of, letter, letter_kinds, sent_as, wording
from store.playbook.letters.sorts import DAY_FACTS, FACTS, SITUATIONS, STEPS
from store.tone.check import tone
from store.tone.sent import hints_for
from tests.examples import together

ALL = [(kind, code) for kind in letter_kinds() for code in languages_of(kind)]
SUMS = ("amount", "total")
COUNTS = ("days_late", "waited")
HOSTILE = "[b]</a> {client} \\ *x* | `y` ] # {"


def _value(name: str) -> Value:
    if name in DAY_FACTS:
        return date(2026, 12, 9)
    if name == "written_on":
        return (date(2026, 11, 9), date(2026, 11, 20))
    if name in SUMS:
        return Money(Decimal("1500.00"), "EUR")
    return DayCount(12) if name in COUNTS else "Something"


KNOWN = {name: NamedFact(_value(name), (1,)) for name in FACTS} | {
    "payment_details": NamedFact("Example Bank\nIBAN NO00"),
    "me": NamedFact("Kari Nord"),
    "my_address": NamedFact("Bryggen 1"),
}


def _optional(text: Wording) -> set[str]:
    parts = re.findall(r"\[([^\[\]]*)\]", f"{text.subject}\n{text.body}")
    return {name for part in parts for name in re.findall(r"\{(\w+)", part)}


@together(ALL)
def test_a_letter_is_whole_and_all_its_facts_are_traced(kind: str, code: str) -> None:
    filled = letter(kind, KNOWN, code)
    assert (filled.language, filled.missing, filled.choices) == (code, (), ())
    assert not re.search(r"[{}\[\]<>\\]", filled.text)
    assert {one.fact for one in filled.rests_on} == wording(kind, code)[0].facts
    assert all(one.text in filled.text.replace("\u2068", "").replace("\u2069", "")
        for one in filled.rests_on)  # fmt: skip
    assert filled.body.endswith("\n") and "\n\n\n" not in filled.body


@together(letter_kinds())
def test_a_letter_in_english_is_calm(kind: str) -> None:
    said = letter(kind, KNOWN).text
    assert list(tone(said)) == []
    assert hints_for(said) == ()
    assert not re.search(
        r"\b(but|however|unfortunately|although|though|yet|nevertheless|always|never|just|court"
        r"|lawyer|legal|law)\b",
        said.replace("Nothing went wrong", ""),
        re.I,
    )


@together(ALL)
def test_a_fact_that_is_unknown_is_asked_for_or_its_part_left_out(kind: str, code: str) -> None:
    bare = letter(kind, {"client": NamedFact("Acme"), "me": NamedFact("Kari")}, code)
    assert bare.missing
    assert all(f"<{FACTS[fact]}>" in bare.text for fact in bare.missing)
    assert not {"payment_details", "written_on"} & set(bare.missing)
    assert "[" not in bare.body
    assert not re.search(r" [.,;:]", bare.text) or code != ENGLISH


@together(ALL)
def test_whatever_a_fact_holds_the_letter_stays_the_same_around_it(kind: str, code: str) -> None:
    texts = [name for name, fact in KNOWN.items() if isinstance(fact.value, str)]
    plain, filled = (
        letter(kind, KNOWN | {name: NamedFact(said) for name in texts}, code).text
        for said in ("Something", HOSTILE)
    )
    told = ISOLATE.format(HOSTILE) if LANGUAGES[code].rtl else HOSTILE
    same = ISOLATE.format("Something") if LANGUAGES[code].rtl else "Something"
    assert filled == plain.replace(same, told)


@together([one for one in ALL if one[1] != ENGLISH])
def test_a_letter_has_the_facts_of_the_english_one(kind: str, code: str) -> None:
    english, other = wording(kind, ENGLISH)[0], wording(kind, code)[0]
    assert other.facts == english.facts
    assert _optional(other) == _optional(english)


def _words(code: str) -> set[str]:
    """Return the words of all letters in a language, without facts."""
    texts = [wording(kind, code)[0] for kind, there in ALL if there == code]
    bare = " ".join(re.sub(r"\{[^}]*\}", " ", f"{text.subject} {text.body}") for text in texts)
    return set(re.findall(r"\b[a-z]{3,}\b", bare.casefold()))


def test_no_english_word_is_left_in_another_language() -> None:
    own = {code: _words(code) for code in LANGUAGES}
    # A word that two other languages share with English is one of theirs by chance: "via", "no".
    shared = Counter(word for code, words in own.items() if code != ENGLISH for word in words)
    distinct = {word for word in own[ENGLISH] if len(word) > 3 or word in ("you", "the", "and")}
    for code, words in own.items():
        if code != ENGLISH:
            found = {word for word in words & distinct if shared[word] < 3} - BY_CHANCE[code]
            assert not found, (code, found)


BY_CHANCE: dict[str, set[str]] = {
    "ar": set(),
    "fi": set(),
    "hu": set(),
    "is": set(),
    "km": set(),
}
"""Words that are spelled as an English one and mean their own thing, by language."""


def test_paragraphs_are_lines_and_what_is_in_lines_stays_so() -> None:
    body = letter("courtesy", KNOWN).body
    assert "You can pay it to:\nExample Bank\nIBAN NO00\n" in body
    assert body.endswith("Best regards\nKari Nord\n")


def test_each_letter_is_an_entry_once_sent_and_each_no_a_situation() -> None:
    assert set(STEPS) == set(letter_kinds())
    assert all(one.step in KINDS for one in STEPS.values())
    assert len(set(SITUATIONS.values())) == 7 and set(SITUATIONS) <= set(KINDS)
    used = {name for kind in letter_kinds() for name in wording(kind, ENGLISH)[0].facts}
    assert used == set(FACTS)


def test_there_is_no_other_letter() -> None:
    with pytest.raises(UsageError, match="no letter 'rant'"):
        letter("rant", {})


def _own(folder: Path, code: str, kind: str, text: str) -> Path:
    (folder / code).mkdir(exist_ok=True)
    (folder / code / f"{kind}.txt").write_text(text, encoding="utf-8")
    return folder


def test_a_letter_of_ones_own_goes_first_and_may_be_a_new_one(tmp_path: Path) -> None:
    own = _own(tmp_path, "fi", "courtesy", "subject: Lasku {invoice}\n\nHei {client},\n\nterveisin")
    _own(tmp_path, "en", "happy-birthday", "subject: Many\nstep: note\n\nHappy birthday, {client}!")
    told = letter("courtesy", KNOWN, "fi", own)
    assert (told.subject, told.language) == ("Lasku Something", "fi")
    assert "Nobody who speaks Finnish has read this letter yet" in told.doubts[0]
    new = letter("happy-birthday", KNOWN, "fi", own)
    assert (new.language, new.step, sent_as("happy-birthday").step) == ("en", "note", "message")
    assert "There is no happy-birthday in Finnish: this one is whole in English." in new.doubts
    assert "happy-birthday" in letter_kinds(own) and languages_of("happy-birthday", own) == ["en"]


def test_a_letter_that_is_not_there_in_a_language_is_whole_in_english() -> None:
    told = letter("courtesy", KNOWN, "xx")
    assert told.doubts == ("There is no courtesy in xx: this one is whole in English.",)
    assert told.text == letter("courtesy", KNOWN).text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("subject: a\n\nHello {cleint}", "line 3: 'cleint' is no fact"),
        ("Hello\n\nall", "line 1: 'Hello' is no line of its head"),
        ("subject: a\nstep: dance\n\nall", "'dance' is no kind of entry"),
    ],
)
def test_a_letter_of_ones_own_that_is_wrong_says_so_on_one_line(
    tmp_path: Path, text: str, says: str
) -> None:
    own = _own(tmp_path, "en", "courtesy", text)
    with pytest.raises(DocketError) as error:
        letter("courtesy", KNOWN, "en", own)
    said = str(error.value)
    assert says in said and str(own / "en" / "courtesy.txt") in said and "\n" not in said


def test_the_guide_shows_what_a_fact_looks_like() -> None:
    guide = (FOLDER / "LETTERS.md").read_text(encoding="utf-8")
    for kind in letter_kinds():
        assert kind in guide
    assert letter("stop-notice", KNOWN).text.count("9 December 2026") >= 3
