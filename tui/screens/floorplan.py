"""How much room each pane of the main screen gets: arithmetic alone, nothing is drawn here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tui.widgets.card_pane import CARD_ROWS
from tui.widgets.entry import FEWEST, MOST

_LISTS: Final = ((160, 40), (110, 31), (0, 22))
"""Columns of a screen, and those that the clients take of them: never over a third."""
_ROOM_FOR_CARD: Final = (110, 34)
_DUE: Final = 3
"""Rows that have to be left under the clients for what is due: its rule, and two."""


@dataclass(frozen=True, slots=True)
class Space:
    """What there is to lay out: the size, what is in the lists, and which pane has the keys.

    One client is shown `alone` while somebody looks along: nothing of what is due stands there.
    """

    width: int
    height: int
    clients: int
    entry: int
    pane: str
    zoomed: bool = False
    single: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Floorplan:
    """Rows and columns of the panes, nought for those that are not there.

    `due`, `card` and `entry` are without the rule over them.
    """

    left: int
    clients: int
    due: int
    card: int
    right: int
    line: bool
    log: int
    entry: int


def floorplan(space: Space) -> Floorplan:
    """Return the panes that there is room for."""
    rows = space.height - 1
    if space.single or space.zoomed:
        return _alone(space, rows)
    left = next(cells for least, cells in _LISTS if space.width >= least)
    tall = space.width >= _ROOM_FOR_CARD[0] and space.height >= _ROOM_FOR_CARD[1]
    wanted = rows if space.alone else min(max(space.clients, 1), rows)
    card = CARD_ROWS if tall and rows - wanted - CARD_ROWS - 1 >= 0 else 0
    clients, due = _under(rows - card - bool(card), wanted)
    right = rows - (not card)
    entry = min(space.entry, max(FEWEST, right // 3))
    beside = rows - clients - 1  # where the rule of what is due goes on
    if due and entry <= beside <= min(MOST, entry + 2):
        entry = beside
    log = right - entry - 1
    return Floorplan(left, clients, due, card, space.width - left - 1, not card, log, entry)


def _under(rows: int, wanted: int) -> tuple[int, int]:
    """Return the rows of the clients, and of what is due under them."""
    due = rows - wanted - 1
    return (wanted, due) if due + 1 >= _DUE else (rows, 0)


def _alone(space: Space, rows: int) -> Floorplan:
    """Return one pane over the whole width; beside a log that is zoomed, its entry."""
    if space.pane == "clients":
        clients, due = _under(rows, rows if space.alone else min(max(space.clients, 1), rows))
        return Floorplan(space.width, clients, due, 0, 0, False, 0, 0)
    if space.pane == "entry":
        return Floorplan(0, 0, 0, 0, space.width, False, 0, rows)
    entry = 0 if space.single else min(space.entry, rows // 3)
    log = rows - entry - bool(entry)
    return Floorplan(0, 0, 0, 0, space.width, False, log, entry)
