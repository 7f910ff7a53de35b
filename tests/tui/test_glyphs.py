"""The signs for poorer terminals: one cell for one cell, and all that is drawn is among them."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from store.text.cells import cell_width
from tui.app.appearance import level_of
from tui.glyphs import ASCII, CONSOLE, FULL, POORER, Glyphs

TUI = Path(__file__).parents[2] / "tui"
DRAWN = ("widgets", "screens", "shell", "words")
LETTERS = "↑↓"
"""What else is drawn: names of keys."""
CONTROLS = "►♦→"
"""What CP437 shows for codes that are controls elsewhere."""


def signs() -> str:
    made = Glyphs()
    return "".join(getattr(made, name) for name in Glyphs._fields)


@pytest.mark.parametrize("level", [CONSOLE, ASCII])
def test_what_stands_for_a_sign_takes_as_many_cells(level: str) -> None:
    for sign, other in POORER[level].items():
        assert cell_width(chr(sign)) == cell_width(chr(other)) == 1


def test_ascii_has_a_sign_for_each_of_the_set_and_nothing_else() -> None:
    assert signs().translate(POORER[ASCII]).isascii()


def test_a_console_is_sent_only_what_its_font_has() -> None:
    for sign in signs().translate(POORER[CONSOLE]):
        assert sign in CONTROLS or sign.encode("cp437")


def test_a_bar_is_told_from_its_rest_at_every_level() -> None:
    made = Glyphs()
    for level in (CONSOLE, ASCII):
        shown = [
            one.translate(POORER[level]) for one in (made.bar, made.rest, made.heavy, made.rule)
        ]
        assert shown[0] != shown[1] and shown[2] != shown[3]
        assert made.spark.translate(POORER[level]) == "12345678"


@pytest.mark.parametrize(
    ("asked", "env", "cells", "utf_8", "level"),
    [
        ("auto", {"TERM": "xterm-256color"}, 0, True, FULL),
        ("auto", {"TERM": "xterm-256color"}, 1, True, FULL),
        ("auto", {"TERM": "xterm-256color"}, 2, True, ASCII),
        ("auto", {"TERM": "xterm-256color"}, 0, False, ASCII),
        ("auto", {"TERM": "linux"}, 0, True, CONSOLE),
        ("auto", {"TERM": "vt220"}, 0, True, ASCII),
        ("full", {"TERM": "vt220"}, 2, True, FULL),
        ("ascii", {"TERM": "xterm"}, 0, True, ASCII),
        ("console", {"TERM": "xterm"}, 0, True, CONSOLE),
    ],
)
def test_the_level_is_what_the_terminal_shows(
    asked: str, env: dict[str, str], cells: int, utf_8: bool, level: str
) -> None:
    assert level_of(asked, env, cells, utf_8=utf_8) == level


def test_no_sign_is_drawn_that_has_no_plainer_one() -> None:
    known = set(map(chr, POORER[ASCII])) | set(LETTERS)
    found = set()
    for path in (one for room in DRAWN for one in (TUI / room).rglob("*.py")):
        if path.name == "scripts.py":  # a table of letters
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                strange = {sign for sign in node.value if 0x2190 <= ord(sign) < 0x2800} - known
                found |= {f"{path.relative_to(TUI)}: {sign}" for sign in strange}
    assert not found
