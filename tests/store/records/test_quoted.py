"""Words of the other side: shortened by whole sentences, told once, and what of them admits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.records.dispute.quoted import admitted, sentences, shortened, told_once, without
from tests.examples import examples
from tests.store.records.test_sentences import numbered, told

MAIL = "Hi Jo, We will not pay EUR 680. It was part of the shop. The rest we pay soon.\n\nAstrid"
TEXT = st.text("ab .?!\n", min_size=1, max_size=80)


@examples(200)
@given(TEXT, st.integers(0, 60))
def test_a_text_is_shortened_by_whole_sentences(text: str, most: int) -> None:
    short, whole = shortened(text, most), sentences(text)
    kept = short.removesuffix(" (…)")
    assert kept == " ".join(whole[: len(sentences(kept))])
    assert (kept == " ".join(whole)) == (kept == short)
    assert len(kept) <= max(most, len(whole[0]) if whole else 0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (MAIL, "The rest we pay soon."),
        ("We'll pay the rest in May.", "We'll pay the rest in May."),
        ("I owe you 300.", "I owe you 300."),
        ("We won't pay. If we pay, we pay later. Should we pay?", ""),
        ("You pay for it. He pays.", ""),
        ("I would rather pay somebody else.", ""),
    ],
)
def test_an_admission_is_a_sentence_that_denies_nothing(text: str, said: str) -> None:
    assert admitted(text) == said


def test_what_is_told_already_is_left_out_of_a_mail() -> None:
    assert without(MAIL, ["It was part of the shop.", "the rest we  pay soon."]) == (
        "Hi Jo, We will not pay EUR 680. (…) Astrid"
    )
    assert without("Hi. It was part of the shop.", ["Hi. It was part of the shop."]) == ""


def test_a_quote_that_stands_in_a_mail_is_told_with_the_mail_alone() -> None:
    def said(ago: int, kind: str, text: str) -> tuple[str, int, str, dict[str, object]]:
        return (kind, ago, "Said so", {"quotes": [{"text": text, "by": "client"}]})

    entries = numbered(
        said(30, "excuse", "It was part  of the shop."),
        said(29, "message", MAIL),
        said(28, "blame", "It was part of the SHOP."),
        said(27, "excuse", "Twice"),
        said(26, "excuse", "Twice"),
        said(25, "abuse", "Thief"),
    )
    found = [(entry.seq, quote.text) for entry, quote in told_once(told(*entries), {"abuse"})]
    assert found == [(4, MAIL), (6, "Twice")]
