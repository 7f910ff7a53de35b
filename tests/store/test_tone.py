"""The tone check: bad sentences are flagged where they are bad, plain ones are let through."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.text import clean
from store.tone.check import Remark, tone
from store.tone.words import WHATS, What
from tests.examples import together
from tests.store.tone_sentences import BAD, PLAIN, VENTED

QUOTES = ('""', "“”", "„“", "«»", "»«", "‹›", "「」", "『』")


def _sorts(text: str, *names: str) -> list[What]:
    return [finding.what for finding in tone(text, names)]


@together(BAD)
def test_a_bad_sentence_is_flagged_for_what_it_is(what: What, sentence: str) -> None:
    assert what in _sorts(sentence)


@together(VENTED)
def test_what_is_vented_is_flagged_somewhere(sentence: str) -> None:
    assert tone(sentence)


@together(PLAIN)
def test_a_plain_sentence_is_let_through(sentence: str) -> None:
    assert tone(sentence) == ()


def test_the_fixture_holds_forty_of_each_and_every_sort() -> None:
    assert len(BAD) >= 40
    assert len(PLAIN) >= 40
    assert Counter(what for what, _ in BAD).keys() == set(WHATS)


@pytest.mark.parametrize(
    ("text", "what", "words", "start"),
    [
        ("He always pays late.", "absolute", "always", 3),
        ("Félagið: he is a LIAR", "accusation", "LIAR", 17),
        ("Œuvre æ ﬁn: because he  hates it", "motive", "because he  hates", 12),
        ("Nàrcîssist", "label", "Nàrcîssist", 0),
        ("A nar\u00adcissist", "label", "nar\u00adcissist", 2),
        ("They don’t care.", "motive", "don’t care", 5),
        ("pay me: PAY ME WHAT YOU OWE ME", "shouting", "PAY ME WHAT YOU OWE ME", 8),
        ("No pay ?!?!", "shouting", "?!?!", 7),
        ("Then: PAY ME MY MONEY, please", "shouting", "PAY ME MY MONEY", 6),
        ("Out of\nspite", "motive", "Out of\nspite", 0),
    ],
)
def test_a_finding_says_where_and_in_the_words_as_written(
    text: str, what: What, words: str, start: int
) -> None:
    [found] = tone(text)
    assert (found.what, found.words, found.start) == (what, words, start)


def test_every_place_is_found_in_order() -> None:
    found = tone("He never pays, the liar, and I HATE THIS WHOLE THING!!")
    assert [one.words for one in found] == [
        "never",
        "liar",
        "I HATE",
        "I HATE THIS WHOLE THING",
        "!!",
    ]


def test_each_finding_says_what_to_write_instead() -> None:
    for _, sentence in BAD:
        for finding in tone(sentence):
            assert finding.why[0].isupper()
            assert finding.why.endswith(".")
            assert finding.noun


@pytest.mark.parametrize("name", ["Crazy Cat Ltd", "crazy cat", "Crazy Cat GmbH"])
def test_the_clients_own_name_is_not_judged(name: str) -> None:
    assert _sorts("Crazy Cat paid INV-3; CRAZY CAT LTD thanked me.", name) == []
    assert _sorts("He is crazy, said Crazy Cat.", name) == ["insult"]


def test_what_is_said_of_a_person_by_name_counts_too() -> None:
    assert _sorts("Rupert Wexley is useless.", "Rupert Wexley") == ["label"]
    assert _sorts("The draft is useless.", "Rupert Wexley") == []


def test_a_short_name_hides_no_ordinary_word() -> None:
    assert _sorts("He ignored me.", "me") == ["motive"]


def test_reported_speech_may_be_absolute_but_no_insult_hides_in_it() -> None:
    assert _sorts("He said that he never pays in advance. He never pays.") == ["absolute"]
    assert _sorts("She wrote that I am an idiot.") == ["insult"]


def test_an_odd_quotation_mark_does_not_hide_the_next_paragraph() -> None:
    assert _sorts('A 27" screen was sent. He is a liar. A 24" one came back.') == ["accusation"]
    assert _sorts('She wrote "I pay later\n\nHe is a liar. "') == ["accusation"]
    assert _sorts("In the clients' office he is a liar, in the owners' too.") == ["accusation"]


def test_a_phrase_does_not_reach_over_a_quotation() -> None:
    assert _sorts('He is "on leave" useless') == []


@given(st.text(), st.lists(st.text(max_size=20), max_size=3))
def test_any_text_gives_findings_that_stand_in_it(text: str, names: list[str]) -> None:
    _check_places(text, tone(text, names))


@given(
    st.lists(st.sampled_from([sentence for _, sentence in BAD] + ["é", "ﬁ", "\u00ad", "ß", "😀"]))
)
def test_findings_keep_their_place_among_letters_that_fold_to_several(parts: list[str]) -> None:
    text = " ".join(parts)
    _check_places(text, tone(text))


@given(
    st.sampled_from(QUOTES),
    st.sampled_from([sentence for _, sentence in BAD if "\n" not in sentence]),
    st.text(st.characters(exclude_characters='"“”„«»‹›「」『』\n\r>!?！？؟'), max_size=20),
)
def test_what_is_quoted_is_not_judged(marks: str, sentence: str, more: str) -> None:
    quoted = f"{marks[0]}{sentence} {more}{marks[1]}"
    assert tone(f"The mail of 3 May: {quoted}") == ()


@given(st.text())
def test_a_cleaned_text_of_any_script_is_read(text: str) -> None:
    _check_places(clean(text), tone(clean(text)))


@pytest.mark.parametrize(
    "part",
    [
        "he is ",
        "because ",
        "always ",
        '"',
        "“",
        "'a ",
        "‘",
        "!",
        "A ",
        "ÁÉ ",
        "ﬁ ",
        "to ",
        "> \n",
        "é",
        "\n",
    ],
)
def test_the_time_grows_with_the_text_and_not_faster(part: str) -> None:
    short, long = ((part * 100_000)[:size] for size in (10_000, 40_000))
    tone(short)
    quick, slow = _seconds(short), _seconds(long)
    assert slow < max(12 * quick, 0.1)  # four times as long; a square would take sixteen times


def _seconds(text: str) -> float:
    def once() -> float:
        start = time.process_time()
        tone(text)
        return time.process_time() - start

    return min(once() for _ in range(3))


def _check_places(text: str, found: tuple[Remark, ...]) -> None:
    for finding in found:
        assert finding.words
        assert text[finding.start : finding.start + len(finding.words)] == finding.words
    assert [one.start for one in found] == sorted(one.start for one in found)
