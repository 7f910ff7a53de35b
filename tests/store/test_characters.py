"""What shows nothing is shown, but where a script needs it; and what looks like another is seen."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from store.errors import UsageError
from store.journal.verify import verify_file
from store.text import clean, clean_name, looks
from store.text.characters import UNSEEN
from tests.store.records.case import Case

# Format characters that are seen, or have a place in a text; Unicode leaves them out of the list.
_SEEN = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0xFFF9, 0xFFFA, 0xFFFB, 0x110BD}
_OWN = {"id", "recorded_at"}
_SEEN |= {0x110CD, *range(0x13430, 0x13440)}


def test_every_format_character_that_is_not_seen_is_known() -> None:
    formats = {code for code in range(0x110000) if unicodedata.category(chr(code)) == "Cf"}
    unknown = {code for code in formats - _SEEN if not re.match(UNSEEN, chr(code))}
    assert not unknown


@pytest.mark.parametrize("code", [0x34F, 0x115F, 0x17B4, 0x180B, 0x2065, 0x3164, 0xFE0F, 0xFFA0])
@pytest.mark.parametrize("other", [0xE0001, 0xE0FFF, 0xAD, 0x200B, 0x2060])
def test_what_shows_nothing_whatever_its_category_is_shown(code: int, other: int) -> None:
    assert clean(f"a{chr(code)}b{chr(other)}c") == f"a<U+{code:04X}>b<U+{other:04X}>c"


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم",
        "क्\u200dष",
        "ක්\u200dර",
        "👩\u200d👩\u200d👧",
        "🧑🏽\u200d💻",
        "❤\ufe0f\u200d🔥",
        "1\ufe0f\u20e3",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "葛\U000e0100城",
        "ថ្ងៃ\u200bនេះ",
    ],
)
def test_what_a_script_needs_is_kept(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize("raw", ["\u200b", "\u3164", " \u2060 ", "\U000e0041", "\u00ad\u200d"])
def test_a_name_that_shows_nothing_is_empty(raw: str) -> None:
    with pytest.raises(UsageError, match="That name is empty"):
        clean_name(raw)


def test_names_that_can_hardly_be_told_apart_look_the_same() -> None:
    for other in ("Acme\u200b", "A\u00adcme", "Аcme", "ACME", "Acm\u0435", "Ａｃｍｅ", "𝐀cme"):
        assert looks(clean(other)) == looks("Acme"), ascii(other)
    for other in ("Acne", "Acme 2", "Акме"):
        assert looks(other) != looks("Acme")


def test_what_was_written_before_still_verifies_and_is_shown(tmp_path: Path) -> None:
    case = Case(tmp_path)
    file = case.workspace.file("acme")
    made = {name: value for name, value in file.lines[0].fields.items() if name not in _OWN}
    file.append({**made, "kind": "note", "data": {}, "statement": "a\u3164b"})
    again = Case.reopened(case).workspace
    assert again.docket("acme").entries[-1].statement == "a<U+3164>b"
    assert again.file("acme").lines[-1].fields["statement"] == "a\u3164b"
    assert verify_file(again.path("acme")).ok
