"""User text: nothing that drives a terminal gets in, and every script does."""

from __future__ import annotations

import re
import unicodedata

import pytest
import wcwidth
from hypothesis import given
from hypothesis import strategies as st

from store.errors import UsageError
from store.text import NAME_LIMIT, TEXT_LIMIT, clean, clean_line, clean_name, fold, slug
from store.text.cells import cell_width, graphemes
from tests.examples import examples

DRIVES_A_TERMINAL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f]"
)

any_text = st.text(alphabet=st.characters(codec=None), max_size=200)
wild_text = st.lists(
    st.one_of(
        st.sampled_from(
            ["\x1b[31m", "\x1b]52;c;AAAA\x07", "\x9b2J", "\x1b]0;title\x1b\\", "\x1bP1$r0m\x1b\\"]
        ),
        st.sampled_from(
            ["\x1b", "[", "]", "\x07", "\u202e", "\r\n", "\r", "\ud800", "\t", "e\u0301"]
        ),
        st.text(max_size=8),
    ),
    max_size=20,
).map("".join)


@given(st.one_of(any_text, wild_text))
def test_nothing_left_can_drive_a_terminal(raw: str) -> None:
    assert not DRIVES_A_TERMINAL.search(clean(raw))
    assert "\n" not in clean_line(raw)
    clean(raw).encode("utf-8")


@given(st.one_of(any_text, wild_text))
def test_cleaning_twice_changes_nothing(raw: str) -> None:
    once = clean(raw)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("a\x1b]52;c;AAAA\x07b", "ab"),
        ("a\x1b]8;;http://x\x1b\\b", "ab"),
        ("a\x1b[2Jb\x9b31mc", "abc"),
        ("a\x1b(Bb\x1bcd", "abd"),
        ("a\x1b]0;never closed", "a]0;never closed"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("a\tb", "a    b"),
        ("pay\u202egnp.exe", "pay<U+202E>gnp.exe"),
        ("\ud83d", "\ufffd"),
        ("Cafe\u0301", "Café"),
        ("  padded \n", "padded"),
    ],
)
def test_what_becomes_of_it(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


@pytest.mark.parametrize(
    "text",
    [
        "Þórunn Æðar",
        "Ödön Űző",
        "ថ្ងៃ\u200bនេះ គាត់មិនបានបង់ប្រាក់ទេ",
        "لم يدفع الفاتورة بعد",
        "請在今天之前付款",
        "👩\u200d💻 🏴",
        "[/foo] <b>x</b>",
    ],
)
def test_every_script_is_kept_as_it_is(text: str) -> None:
    assert clean(text) == text


def test_length_is_bounded_and_says_so() -> None:
    assert clean("x" * TEXT_LIMIT)
    with pytest.raises(UsageError, match="100,001 characters where 100,000 fit"):
        clean("x" * (TEXT_LIMIT + 1))
    with pytest.raises(UsageError, match="too long"):
        clean("\t" * 1 + "x" + "\u202e" * TEXT_LIMIT)


def test_a_name_is_one_line_and_not_empty() -> None:
    assert clean_name("  Acme\n Media ") == "Acme Media"
    for empty in ("", " \n", "\x1b[0m", "\x00"):
        with pytest.raises(UsageError):
            clean_name(empty)
    with pytest.raises(UsageError):
        clean_name("x" * (NAME_LIMIT + 1))


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Café Ærø", "cafe aero"),
        ("STRASSE", "straße"),
        ("Þór Łódź", "thor lodz"),
        ("İstanbul", "istanbul"),
        ("مُحَمَّد", "محمد"),
    ],
)
def test_search_ignores_case_and_accents(text: str, typed: str) -> None:
    assert fold(text) == fold(typed)


def test_search_keeps_letters_that_only_look_like_accents() -> None:
    assert fold("が") != fold("か")
    assert fold("ក្ក") != fold("កក")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Café Ærø", "cafe-aero"), ("  A & B, Ltd. ", "a-b-ltd"), ("សុខា", ""), ("x" * 99, "x" * 40)],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_no_letter_that_clean_takes_away_counts_as_printable() -> None:
    taken = re.compile(
        "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
        "\ufeff\ufff9-\ufffb]"
    )
    assert not [
        letter
        for letter in map(chr, range(0x110000))
        if taken.match(letter) and letter.isprintable()
    ]


def test_a_run_of_beginnings_without_an_end_takes_no_longer_than_it_is_long() -> None:
    for sign in "\x9d\x90\x98\x9e\x9f\x9b":
        assert clean(sign * 400_000) == ""
    assert clean("a\x9db\x9dc\x07d") == "abd"


@examples(300)
@given(st.text())
def test_the_core_of_wcwidth_counts_as_all_of_it_does(text: str) -> None:
    if text.isprintable():
        assert cell_width(text) == wcwidth.width(text, control_codes="ignore")
    assert list(graphemes(text)) == list(wcwidth.iter_graphemes(text))
