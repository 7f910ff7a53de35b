"""What is printed: no control characters, columns that align."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from wcwidth import width as cells

from store.text.cells import cell_width
from tui.cli import output
from tui.cli.output import say_json
from tui.text import clusters, fit, table, wrap
from tui.words import one_line, printable

TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]))


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("a\x1b]0;title\x07b", "a]0;titleb"),
        ("a\x9b2Jb", "a2Jb"),
        ("two\nlines", "two\nlines"),
        ("a\u202eb", "a<U+202E>b"),
        ("\ud83d", "\ufffd"),
        ("ភាសា café 水 🙂", "ភាសា café 水 🙂"),
    ],
)
def test_nothing_printed_drives_the_terminal(raw: str, shown: str) -> None:
    assert printable(raw) == shown


@given(st.text())
def test_printable_leaves_no_control_character(raw: str) -> None:
    shown = printable(raw)
    assert not [c for c in shown if (c < " " and c != "\n") or "\x7f" <= c <= "\x9f"]
    assert printable(shown) == shown
    assert "\n" not in one_line(raw)


def test_json_keeps_the_text_and_escapes_what_drives_a_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = {"text": "a\x1bb\x9bc\u202ed\x7f café\ud800"}
    say_json(said)
    out = capsys.readouterr().out
    assert json.loads(out) == said
    assert "café" in out
    assert not set("\x1b\x9b\u202e\x7f\ud800") & set(out)


def test_one_module_alone_prints() -> None:
    printing = re.compile(r"\bprint\(|std(out|err)\.write|\.buffer\.write")
    folder = Path(output.__file__ or "").parent
    found = [path.name for path in folder.glob("*.py") if printing.search(path.read_text("utf-8"))]
    assert found == []
    assert "stream.write" in (folder / "output.py").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("abc", 3),
        ("水端茶舗", 8),
        ("cafe\u0301", 4),
        ("한국", 4),
        ("\u1112\u1161\u11ab", 2),
        ("👨‍👩‍👧", 2),
        ("👍🏽", 2),
        ("❤\ufe0f", 2),
        ("دار سدرة", 8),
        ("", 0),
    ],
)
def test_width_counts_cells(text: str, cells: int) -> None:
    assert cell_width(text) == cells


def test_what_needs_no_table_takes_a_cell_each() -> None:
    plain = [chr(code) for code in range(0x300) if chr(code).isprintable()]
    assert {cells(letter) for letter in plain} == {1}
    assert cell_width("".join(plain)) == len(plain)


@given(TEXTS)
def test_no_text_is_wider_on_a_strip_of_the_app_than_we_count(text: str) -> None:
    assert cell_len(text) <= cell_width(text)


@given(TEXTS, st.integers(min_value=2, max_value=40))
def test_fit_fills_the_cells_exactly(text: str, cells: int) -> None:
    assert cell_width(fit(text, cells)) == cells


@given(TEXTS, st.integers(min_value=8, max_value=40))
def test_wrap_loses_no_character_and_no_line_is_too_wide(text: str, cells: int) -> None:
    lines = wrap(text, cells)
    assert max(map(cell_width, lines)) <= cells
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(TEXTS)
def test_clusters_are_the_text(text: str) -> None:
    assert "".join(cluster for cluster, _ in clusters(text)) == text


def test_a_table_aligns_any_script_and_shrinks_one_column() -> None:
    rows = [("a", "水端茶舗", "1"), ("b", "دار", "22"), ("c", "x" * 90, "3")]
    lines = table(("id", "name", "n"), rows, shrink=1, cells=30)
    assert [cell_width(line[: line.rindex("  ")]) for line in lines[1:]] == [26, 26, 26]
    assert max(map(cell_width, lines)) <= 30
