"""One line of a client's card, drawn: its label, its bar or curve, what it says."""

from __future__ import annotations

from store.text.cells import cell_width
from tui.glyphs import glyphs
from tui.plots import gauge, spark
from tui.safe_text import safe_fit
from tui.widgets.lines import Cells
from tui.words.card import CardLine

_BAR = 20
_LEAST_BAR = 8
_SOME = 8
"""Cells below which a part of a line tells nothing."""


def line_cells(line: CardLine, width: int, label: int, *, bar: int = _BAR) -> Cells:
    """Return a line in `width` cells, `label` of them for its label, at most `bar` for a bar.

    A figure ends flush right; what is too long is cut.
    """
    label = 0 if line.whole else label
    room = width - label
    named = line.label.ljust(label)[:label]
    head = [(named, "dim")]
    text = line.text
    if line.felt:
        return _padded([*head, (spark(line.felt, room - 4), "private"), (f" {text}", "")], width)
    if line.gauge is not None:
        bar = max(_LEAST_BAR, min(bar, room - cell_width(text) - 1))
        drawn = gauge(line.gauge.share, bar, line.gauge.look)
        figure = safe_fit(" " * max(0, room - bar - cell_width(text)) + text, room - bar)
        look = line.pieces[0][1] if line.pieces else ""
        return [*head, *drawn, (figure, look)]
    if line.figure:
        blank = " " * max(0, room - cell_width(text))
        return [*head, (safe_fit(blank + text, room), line.pieces[0][1] if line.pieces else "")]
    return _padded([*head, *fitted(line, room)], width)


def fitted(line: CardLine, room: int) -> Cells:
    """Return what a line says in at most `room` cells: its longest piece gives way."""
    pieces = [(text.replace("\n", " "), look) for text, look in line.pieces]
    by_length = sorted(range(len(pieces)), key=lambda at: -cell_width(pieces[at][0]))
    for at in by_length:
        over = sum(cell_width(text) for text, _ in pieces) - room
        if over <= 0:
            break
        text, look = pieces[at]
        left = cell_width(text) - over
        pieces[at] = (_cut(text, left) if left >= _SOME or len(pieces) == 1 else "", look)
    return pieces


def _cut(text: str, cells: int) -> str:
    """Return as much of a text as there is room for: of facts in a row those that fit whole."""
    signs = glyphs()
    parts, dot = text.split(f" {signs.dot} "), f" {signs.dot} "
    while len(parts) > 1 and cell_width(dot.join(parts)) >= cells:
        parts.pop()
    shown = dot.join(parts) + signs.cut if cell_width(dot.join(parts)) < cells else text
    return safe_fit(shown, max(1, cells)).rstrip()


def _padded(pieces: Cells, width: int) -> Cells:
    taken = sum(cell_width(text) for text, _ in pieces)
    return [*pieces, (" " * max(0, width - taken), "")]
