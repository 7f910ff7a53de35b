"""A text with named facts: read with one line about what is wrong, and filled without surprises."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import DocketError
from store.languages.wording import ISOLATE, NamedFact, Wording, fill, read_wording
from tests.examples import examples

HEADS = ("read_by", "subject")
FACTS = ("who", "day", "what")


def _read(raw: str) -> Wording:
    return read_wording(raw, "fi/x.txt", HEADS, FACTS)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("", "fi/x.txt, line 1: its head has no subject. Begin with 'subject: '"),
        ("Hello\n\nall", "fi/x.txt, line 1: 'Hello' is no line of its head. Begin it with read_by"),
        ("subject: a\nmood: b\n\nall", "line 2: 'mood: b' is no line of its head"),
        ("subject: a\n", "nothing follows its head"),
        ("subject: a\n\nHello {wo}", "line 3: 'wo' is no fact. Use who, day, what"),
        ("subject: a\n\nHello {day:of}", "line 3: 'of' is no form of a fact"),
        ("subject: a\n\nHello { who}", "line 3: a '{' is no part of a fact"),
        ("subject: a\n\nHello\n[{who}", "a '[' has no partner, or stands within another"),
        ("subject: a\n\nHello [a [b] c]", "a '[' has no partner, or stands within another"),
        ("subject: a]\n\nHello", "line 1: a ']' has no partner"),
    ],
)
def test_a_file_that_is_wrong_says_where_on_one_line(raw: str, says: str) -> None:
    with pytest.raises(DocketError) as error:
        _read(raw)
    assert says in str(error.value)
    assert "\n" not in str(error.value)


def test_it_is_filled_and_what_lacks_a_fact_is_left_out_or_asked_for() -> None:
    text = _read(
        "# by hand\nread_by:\nsubject: On {day:on}\n\nHello {who},\n\nsee [{what},\n]this.\n"
    )
    filled = fill(text, {"day": NamedFact(date(2026, 12, 9), (4,))}, "hu", {"who": "their name"})
    assert filled.subject == "On 2026. december 9-én"
    assert filled.body == "Hello <their name>,\n\nsee this.\n"
    assert (filled.missing, filled.left_out) == (("who",), ("what",))
    assert filled.used == {"day": "2026. december 9-én"}


def test_lines_that_are_kept_and_lines_that_are_left_out() -> None:
    text = _read("subject: a\n\nTo:\\\n[- {what}]\\\n- {who}\n\n[{day}]\n\nend\n")
    facts = {"who": NamedFact("Ann")}
    assert fill(text, facts, "en", {}).body == "To:\n- Ann\n\nend\n"
    assert fill(text, facts | {"what": NamedFact("x")}, "en", {}).body == "To:\n- x\n- Ann\n\nend\n"


def test_a_text_of_the_other_direction_is_kept_together() -> None:
    text = _read("subject: a\n\nx {who} y")
    for code, name, kept in (("ar", "INV-1", True), ("ar", "ليلى", False), ("en", "ليلى", True)):
        said = ISOLATE.format(name) if kept else name
        assert fill(text, {"who": NamedFact(name)}, code, {}).body == f"x {said} y\n"


@examples(300)
@given(st.text(st.sampled_from("a [](){}\\:\n#<>who\u2068"), min_size=1))
def test_what_a_fact_holds_changes_nothing_but_its_own_place(typed: str) -> None:
    text = _read("subject: a\n\nHello {who},\n\n[and {what}] end")
    plain, filled = (fill(text, {"who": NamedFact(one)}, "en", {}) for one in ("X", typed))
    assert filled.body == plain.body.replace("X", typed)


@pytest.mark.parametrize(
    ("said", "shown"),
    [("Fjord ehf.", "Fjord ehf. x"), ("Which?", "Which? x"), ("ទេ។", "ទេ។ x"), ("so", "so. x"),
        ("wait... then", "wait... then. x")],
)  # fmt: skip
def test_no_full_stop_follows_words_that_end_by_themselves(said: str, shown: str) -> None:
    text = _read("subject: a\n\n{who}. x")
    assert fill(text, {"who": NamedFact(said)}, "en", {}).body == f"{shown}\n"
