"""Where one has been in the app: back and forward, as in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

from textual.screen import Screen

from tui.commands import ABOUT_ALL
from tui.widgets.lines import LineList
from tui.widgets.log import LogPane

_MOST: Final = 100
_READ: Final = (
    *("main", "decision", "portfolio", "steps", "past", "record", "card", "find"),
    *("entry", "entries"),
)
"""The places that are gone back to: one reads there, and types nothing but what to look for."""


class Spot(NamedTuple):
    """A place in the app: the screen, by its name in the registry, and where on it.

    `among` are the numbers of the entries that it lists, or that it goes through one by one, and
    `about` what they are behind.
    """

    place: str
    client: str = ""
    seq: int | None = None
    pane: str = ""
    cursor: int = 0
    looked_for: str = ""
    among: tuple[int, ...] = ()
    about: str = ""


def spot_of(screen: Screen[Any]) -> Spot | None:
    """Return where one is on `screen`; None for a form, a help and the like."""
    place = str(getattr(screen, "PLACE", ""))
    place = "decision" if place == "gut" else place  # its question, before the answer
    if place not in _READ:
        return None
    looked_for = str(getattr(screen, "looked_for", ""))
    if place == "find" and not looked_for:
        return None
    among = tuple(getattr(screen, "seqs" if place == "entries" else "among", ()))
    if place == "entries" and not among:  # a table
        return None
    client = "" if place in ABOUT_ALL else getattr(screen, "client", None) or ""
    entries = [log.selected.seq for log in screen.query(LogPane) if log.selected]
    listed = getattr(screen, "reading", None)
    cursor = listed.resting if isinstance(listed, LineList) else 0
    seq = entries[0] if entries else getattr(screen, "seq", None)
    about = str(getattr(screen, "about", ""))
    return Spot(place, client, seq, getattr(screen, "pane", ""), cursor, looked_for, among, about)


class History:
    """The places before this one, and after it where one went back."""

    def __init__(self) -> None:
        self._behind: list[Spot] = []
        self._ahead: list[Spot] = []
        self._up: Screen[Any] | None = None
        self._moving = False

    def changed(self, screen: Screen[Any]) -> None:
        """Take in that `screen` is up now: whatever was up before has been left."""
        if self._up is not None and self._up is not screen and not self._moving:
            self.leave(self._up)
        self._up = screen

    def leave(self, screen: Screen[Any]) -> None:
        """Remember where one is on `screen`, which is left for somewhere new."""
        spot = spot_of(screen)
        if spot and spot not in self._behind[-1:]:
            self._behind = [*self._behind[1 - _MOST :], spot]
            self._ahead.clear()

    @contextmanager
    def moving(self) -> Iterator[None]:
        """Remember nothing of the screens that are passed on the way."""
        before, self._moving = self._moving, True
        try:
            yield
        finally:
            self._moving = before

    def turn(self, by: int, here: Spot | None) -> Spot | None:
        """Return the place before this one, or for 1 the one after; None if there is none."""
        taken, kept = (self._behind, self._ahead) if by < 0 else (self._ahead, self._behind)
        while taken and taken[-1] == here:
            taken.pop()
        if not taken:
            return None
        if here:
            kept.append(here)
        return taken.pop()
