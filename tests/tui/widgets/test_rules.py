"""Title lines and rules: their width to the cell, and what gives way where there is little."""

from __future__ import annotations

from itertools import product

import pytest

from store.text.cells import cell_width
from tests.examples import together
from tui.widgets.lines import Cells
from tui.widgets.rules import rule_line, title_line

NAME = "Ferienchalets Brunnmatt GmbH"


def said(pieces: Cells) -> str:
    return "".join(text for text, _ in pieces)


@together(
    product(
        [12, 20, 60, 80, 120],
        ["", "Today", NAME, "រោងត្បាញដើមត្នោត", "水端茶舗"],
        ["", "1 of 51", "letter in German, English"],
    )
)
def test_a_rule_takes_the_whole_width(width: int, title: str, fact: str) -> None:
    for focused in (False, True):
        assert cell_width(said(rule_line(width, title, fact, focused=focused))) == width


@pytest.mark.parametrize("width", [20, 60, 80, 120])
def test_a_title_line_leaves_a_cell_at_both_sides(width: int) -> None:
    line = said(title_line(NAME, "decision", "private, never exported", width))
    assert line.startswith(" Ferien")
    assert cell_width(line) == width - 1


def test_a_title_line_as_it_is_drawn() -> None:
    assert said(title_line("Due", "14 clients", "Mon 30 Nov", 40)) == (
        " Due  14 clients             Mon 30 Nov"
    )
    assert title_line("Due", "", "private", 40, look="private")[-1] == ("private", "private")


def test_a_long_fact_gives_way_to_whose_it_is_and_the_private_part_stays() -> None:
    private, promise = "private, never exported", "the original stays readable"
    assert said(title_line(NAME, "decision", private, 60)).split("  ")[1] == "decision"
    assert said(title_line(NAME, "decision", private, 60)).endswith(" private")
    assert said(title_line(NAME, "decision", private, 80)).endswith(private)
    assert NAME in said(title_line("Amend #30", NAME, promise, 60))
    assert said(title_line("Amend #30", NAME, promise, 80)).endswith(promise)
    assert said(title_line(NAME, "since 19 Apr 2026", "◆ stop work", 50)).endswith("◆ stop work")


def test_a_rule_as_it_is_drawn() -> None:
    assert said(rule_line(30, "Today", "1 of 5")) == "─ Today ───────────── 1 of 5 ─"
    heavy = rule_line(30, [("2", "bold"), (" Log", "dim")], focused=True)
    assert said(heavy) == "━ 2 Log ━━━━━━━━━━━━━━━━━━━━━━"
    assert [look for _, look in heavy] == [
        "focus",
        "title",
        "title",
        "title",
        "title",
        "focus",
        "focus",
    ]
    assert said(rule_line(12, "A title of some length", "1 of 5")) == "─ A title… ─"
