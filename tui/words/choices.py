"""The choices for a word that is typed, in lines: at most five, with what tells them apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from store.capture import Candidate, Completions
from store.capture.completion import AT_ONCE
from store.text.cells import cell_width
from tui.glyphs import glyphs
from tui.text import fit

INDENT: Final = 5
_LEAST: Final = 12
Pieces = list[tuple[str, str]]
"""A line: pieces of text, each with what it looks like by tui/tokens.py."""


def choice_rows(offer: Completions, chosen: int, width: int) -> list[Pieces]:
    """Return the lines that show what is offered, the first piece of each before its ground."""
    rows: list[Pieces] = []
    top = max(0, min(chosen - AT_ONCE + 1, len(offer.choices) - AT_ONCE))
    shown = offer.choices[top : top + AT_ONCE]
    columns = _columns(shown)
    for number, one in enumerate(shown, top):
        mark = (glyphs().cursor, "focus") if number == chosen else (" ", "")
        rows.append([(" " * INDENT, ""), mark, *_cells(one, columns, width - INDENT - 1)])
    more = len(offer.choices) - top - len(shown)
    said = ", ".join(filter(None, [offer.remark, f"and {more} more" if more > 0 else ""]))
    if said:
        room = max(0, width - INDENT - 1)
        rows.append([(" " * (INDENT + 1), ""), (fit(said, room).rstrip(), "dim")])
    return rows


def _columns(shown: Sequence[Candidate]) -> list[int]:
    texts = [(one.typed, one.amount, one.day, one.age) for one in shown]
    return [max(map(cell_width, column), default=0) for column in zip(*texts, strict=True)]


def _cells(one: Candidate, columns: Sequence[int], room: int) -> Pieces:
    typed, amount, day, age = columns or (0, 0, 0, 0)
    cells = [(fit(one.typed, min(typed, room)), "")]
    room -= typed
    aged = "heat3" if one.late else "dim"
    for text, wide, look in ((one.amount, amount, "money"), (one.day, day, "dim")):
        if wide and room > wide + 3:
            code, _, figure = text.rpartition(" ") if look == "money" else ("", "", text)
            gap = " " * (wide - cell_width(text))
            told = f"{code} {gap}{figure}" if code else f"{text}{gap}"
            cells.append((f"   {told}", look))
            room -= wide + 3
    if age and room > age + 3:
        cells.append((f"   {fit(one.age, age)}", aged))
        room -= age + 3
    if one.says and room > _LEAST:
        cells.append(("   ", ""))
        room -= 3
        cells.append((fit(one.says, min(room - 1, cell_width(one.says))), "dim"))
    return [*cells, ("  ", "")] if room > 2 else cells
