"""Which theme is worn, by the environment, the terminal's answers and what was asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.errors import UsageError
from store.settings.config import ROWS
from tui.app.answers import ASK_CELLS, ASK_GROUND, Answers, answers_kept, ground_in, keep_answers
from tui.app.appearance import Wardrobe, appearance, depth_of, theme_asked
from tui.tokens import AUTO, THEMES
from tui.widgets.looks import Appearance

TRUE = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
DARK, LIGHT, GREY = "#15171c", "#faf8f3", "#808080"


@pytest.mark.parametrize(
    ("asked", "env", "ground", "theme"),
    [
        ("auto", {**TRUE, "NO_COLOR": "1"}, DARK, "none"),
        ("light", {**TRUE, "NO_COLOR": "1"}, DARK, "none"),
        ("auto", {**TRUE, "NO_COLOR": ""}, DARK, "dark"),
        ("auto", {"TERM": "vt220"}, "", "none"),
        ("auto", {"TERM": "linux"}, DARK, "ansi"),
        ("dark", {"TERM": "linux"}, "", "ansi"),
        ("none", TRUE, DARK, "none"),
        ("ansi", TRUE, DARK, "ansi"),
        ("auto", TRUE, "", "ansi"),
        ("auto", TRUE, DARK, "dark"),
        ("auto", TRUE, "#000000", "dark"),
        ("auto", TRUE, LIGHT, "light"),
        ("auto", TRUE, "#ffffff", "light"),
        ("auto", TRUE, GREY, "ansi"),
        ("auto", {"TERM": "xterm-256color"}, DARK, "dark"),
        ("auto", {"TERM": "xterm"}, DARK, "ansi"),
        ("colour-blind-light", TRUE, "", "colour-blind-light"),
    ],
)
def test_the_theme_that_is_worn(asked: str, env: dict[str, str], ground: str, theme: str) -> None:
    assert appearance(asked, env, ground).theme == theme


def test_a_theme_that_was_asked_for_is_read_on_any_ground() -> None:
    assert not appearance("dark", TRUE, "#000000").paint
    assert appearance("dark", TRUE, LIGHT).paint, "or it would be light on light"
    assert appearance("dark", TRUE, "").paint, "nobody knows what is under it"
    assert not appearance("auto", TRUE, DARK).paint
    assert appearance("auto", TRUE, "", paint=True) == Appearance("dark", paint=True)
    assert appearance("auto", TRUE, LIGHT, paint=True) == Appearance("light", paint=True)
    assert not appearance("auto", {"TERM": "linux"}, paint=True).paint


def test_attributes_that_a_console_shows_as_something_else_are_left_out() -> None:
    assert "dim" in appearance("auto", {"TERM": "linux"}).lacks
    assert "italic" in appearance("auto", {"TERM": "vt100"}).lacks
    assert not appearance("auto", TRUE).lacks


@pytest.mark.parametrize(
    ("answer", "ground"),
    [
        ("rgb:1515/1717/1c1c", "#15171c"),
        ("rgb:15/17/1c", "#15171c"),
        ("rgb:f/f/f", "#ffffff"),
        ("rgba:1515/1717/1c1c/ffff", "#15171c"),
        ("rgb:1515/1717", ""),
        ("rgb:1515/1717/1c1c1", ""),
        ("#15171c", ""),
        ("?", ""),
        ("", ""),
    ],
)
def test_an_answer_is_a_colour_or_nothing(answer: str, ground: str) -> None:
    assert ground_in(answer) == ground
    heard = Answers().heard(f"\x1b]11;{answer}\x1b\\").heard("\x1b]11;rgb:0/0/0\x07")
    assert heard.ground == (ground or "#000000"), "the first that says something"
    assert Answers().heard(f"\x1b]10;{answer}\x07") == Answers()


def test_the_width_of_a_sign_is_where_the_cursor_stands_after_it() -> None:
    assert Answers().heard("\x1b[2;2R").cells == 1
    assert Answers().heard("\x1b[2;3R").cells == 2
    assert Answers().heard("\x1b[1;2R").heard("\x1b[2;9R").heard("\x1b[22;2R") == Answers()


def test_what_a_terminal_answered_is_known_at_the_next_start(tmp_path: Path) -> None:
    other = {**TRUE, "TERM_PROGRAM": "other"}
    keep_answers(tmp_path, TRUE, Answers(DARK))
    keep_answers(tmp_path, TRUE, Answers(cells=1))
    keep_answers(tmp_path, other, Answers(LIGHT))
    assert answers_kept(tmp_path, TRUE) == Answers(DARK, 1)
    assert answers_kept(tmp_path, other) == Answers(LIGHT)
    assert answers_kept(tmp_path, {}) == Answers()
    for number in range(50):
        keep_answers(tmp_path, {"TERM": str(number)}, Answers(DARK))
    assert answers_kept(tmp_path, TRUE) == Answers()
    (tmp_path / "cache" / "terminals.json").write_text('{"": 5}')
    assert answers_kept(tmp_path, {}) == Answers()


def test_only_what_matters_is_asked(tmp_path: Path) -> None:
    def questions(asked: str, env: dict[str, str]) -> str:
        return Wardrobe(tmp_path, asked, env, paint=False).questions

    assert ASK_GROUND in questions(AUTO, TRUE)
    assert ASK_GROUND not in questions("ansi", TRUE)
    assert ASK_GROUND not in questions(AUTO, {**TRUE, "NO_COLOR": "1"})
    assert questions(AUTO, {"TERM": "linux"}) == questions(AUTO, {"TERM": "vt220"}) == ""
    assert questions("ansi", TRUE) == ASK_CELLS
    keep_answers(tmp_path, TRUE, Answers(DARK, 1))
    assert questions(AUTO, TRUE) == ASK_GROUND, "the one is asked once, the other may change"


def test_what_is_answered_before_anything_is_seen_is_worn_at_once(tmp_path: Path) -> None:
    wardrobe = Wardrobe(tmp_path, AUTO, TRUE, paint=False)
    assert wardrobe.look.theme == "ansi"
    assert not wardrobe.hear(Answers()) and wardrobe.hear(Answers(LIGHT))
    assert wardrobe.look.theme == "light" and not wardrobe.hear(Answers(LIGHT))
    wardrobe.keep(Answers(LIGHT))
    assert Wardrobe(tmp_path, AUTO, TRUE, paint=False).look.theme == "light"


def test_the_settings_name_the_themes_there_are() -> None:
    for name in (AUTO, *THEMES):
        assert ROWS["theme"].read(name) == name
    assert ROWS["theme"].read("solarized") is None


def test_a_theme_named_for_one_run_comes_before_the_setting() -> None:
    assert theme_asked({}, "light") == "light"
    assert theme_asked({"DOCKET_THEME": "dark"}, "light") == "dark"
    assert theme_asked({"DOCKET_THEME": "auto"}, "light") == "auto"
    with pytest.raises(UsageError, match="'pink' is no theme"):
        theme_asked({"DOCKET_THEME": "pink"})


def test_depths() -> None:
    assert [depth_of({"TERM": term}) for term in ("vt100", "linux", "xterm-256color")] == [0, 4, 8]
    assert depth_of({"TERM": "screen", "COLORTERM": "24bit"}) == 24
