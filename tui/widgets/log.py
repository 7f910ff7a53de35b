"""Pane 2: one client's log, newest first; corrections show inside the entry they correct."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from store.docket import Docket, Standing
from store.entries.words import number_words
from store.text.cells import cell_width
from tui.glyphs import glyphs
from tui.safe_text import safe_fit, safe_wrap
from tui.tokens import SEVERITY_LOOKS
from tui.widgets.aside import aside
from tui.widgets.lines import Cells, FollowsCursor, LineList
from tui.words.log_row import row_words
from tui.words.moments import short_day

if TYPE_CHECKING:
    from store.docket.filter import Filter
    from store.docket.log import Log
    from store.entries.lookup import Own

_KIND, _WIDE_KIND, _WIDEST_KIND = 11, 14, 18
_NUMBERED, _WIDEST = 84, 120
"""The width from which a row has the number of its entry, and from which kinds are whole."""
_TWO_LINES = 160
"""Columns of the screen from which on the row under the cursor takes two lines for long words."""
_MANY = 2_000  # entries: reading so many takes about a tenth of a second


class LogPane(LineList):
    """The entries of the selected client; `shown` leaves out what the filter does not fit.

    `foreign` are the numbers of those that another session logged, until the next key; `marked`
    those that the user marked, in that order, for as long as it is the log of this client.
    Above all stand those `waiting` that are not on record yet.
    """

    ITEMS = jumps = bare = True

    def __init__(self) -> None:
        super().__init__(id="log", classes="pane")
        self._asked: Filter | None = None
        self._kept: int | None = None
        self._one_look = asyncio.Lock()
        self.looking: tuple[Docket, Filter] | None = None
        self._found: tuple[Docket, Filter, Log] | None = None  # what was looked for last
        self.docket: Docket | None = None
        self.shown: Sequence[Standing] = ()
        self.numbers: Sequence[int] = ()
        self.filter = ""
        self.missing = ""
        self.foreign: frozenset[int] = frozenset()
        self.waiting: Sequence[Standing] = ()
        self.marked: dict[int, None] = {}
        self._marked_of = ""
        self._currency: str | None = None
        self._most = 0

    @property
    def selected(self) -> Standing | None:
        """The entry under the cursor."""
        return self.shown[self.cursor] if self.cursor < len(self.shown) else None

    def show(self, docket: Docket | None, keep: int | None, missing: str = "") -> None:
        """Show the log of `docket`, the cursor on entry number `keep` if it is still there.

        `missing` says why there is no docket.
        """
        self.missing = missing
        self.take(docket)
        keep, self._kept = keep or self._kept, None
        log = docket.log if docket else None
        if docket and self._asked:
            log = self._fitting(docket, self._asked)
            self._kept = keep if self.looking else None
        else:
            self.looking = self._found = None
            if log is not None and self.waiting:
                log = log.led_by(self.waiting)
        self.shown = log or ()
        numbers = self.numbers = log.numbers if log else []
        self.place(numbers.index(keep) if keep is not None and keep in numbers else 0)

    def take(self, docket: Docket | None) -> None:
        """Take in whose log it is, all of it; draws nothing."""
        if docket and docket.client != self._marked_of:
            self.marked, self._marked_of = {}, docket.client
        self.docket = docket
        self.shown = docket.log if docket else ()
        self._currency = docket.terms.currency if docket else None
        self._most = len(docket.entries) if docket else 0

    def ask(self, text: str, today: date, own: Own) -> None:
        """Show from now on what is asked for in `text`; UsageError if it is no filter."""
        from store.docket.filter import parse_filter  # it brings TinyDB

        self._asked = parse_filter(text, today, own) if text else None
        self.filter = text

    def _fitting(self, docket: Docket, asked: Filter) -> Log | None:
        """Return what of the log fits; while that is looked for in a thread, what did before."""
        found = self._found
        if found is None or found[0] is not docket or found[1] is not asked:
            if docket.to_look_at(asked) > _MANY:
                self._look(docket, asked)
                return found[2] if found and found[0].client == docket.client else None
            found = self._found = docket, asked, _fitting(docket, asked)
        self.looking = None
        return found[2]

    def _look(self, docket: Docket, asked: Filter) -> None:
        """Look in a thread for what fits, unless that is under way."""
        if not self.looking or self.looking[0] is not docket or self.looking[1] is not asked:
            self.looking = docket, asked
            self.run_worker(self._read(self.looking), exit_on_error=False)

    async def _read(self, looking: tuple[Docket, Filter]) -> None:
        docket, asked = looking
        async with self._one_look:
            found = await aside(_fitting, docket, asked) if self.looking is looking else None
        if found is not None and self.looking is looking:
            self._found = docket, asked, found
            self.show(docket, None)
            if isinstance(self.screen, FollowsCursor):
                self.screen.cursor_moved(self)

    def count(self) -> int:
        """Return the number of entries shown, or of the one line that says there are none."""
        return len(self.shown) or 1

    def window(self) -> Sequence[Standing]:
        """Return the entries in view."""
        height = max(1, self.size.height)
        last = min(len(self.shown), self.top + height)
        return [self.shown[number] for number in range(self.top, last)]

    def cells(self, number: int, width: int) -> Cells:
        """Draw one entry: cursor, number, day, kind with its severity, and what it says."""
        if not self.shown:
            return [(f" {self._nothing()}", "dim")]
        one = self.shown[number]
        head, told, said, room = self._pieces(number, width)
        if number == self.cursor and (lines := self._long(said, room)):
            said = lines[0]
        return [*head, *told, (safe_fit(said, room), "" if one.counts else "dim")]

    def _pieces(self, number: int, width: int) -> tuple[Cells, Cells, str, int]:
        """Return what stands before the words of a row, the words, and the room they have."""
        one = self.shown[number]
        today = self.docket.today if self.docket else one.entry.day
        head = [self._first_cell(number, one.seq)]
        kind_room = _KIND
        if width >= _NUMBERED:
            digits = max(3, len(str(self._most)))
            head.append((f"{number_words(one.seq).lstrip('#'):>{digits}} ", "dim"))
            kind_room = _WIDE_KIND if width < _WIDEST else _WIDEST_KIND
        head.append((f"{short_day(one.entry.day, today):>6} ", "dim"))
        cells = [*head, *_kind(one, kind_room), (" ", "")]
        room = width - sum(cell_width(text) for text, _ in cells)
        lead, said, held = row_words(one, self._currency, wide=width >= _NUMBERED)
        told = [(f"{held}  ", "private" if held == "private" else "bold")] if held else []
        told += [(f"{lead}  ", "money")] if lead else []
        return cells, told, said, room - sum(cell_width(text) for text, _ in told)

    def _long(self, said: str, room: int) -> list[str]:
        """Return words in the two lines of the row under the cursor; nothing where one does."""
        below = self.cursor - self.top + 1
        if below >= self.size.height or cell_width(said) <= room:
            return []
        if self.app.size.width < _TWO_LINES:
            return []
        first, *rest = safe_wrap(said, room)
        return [first, " ".join(rest)]

    def _second(self) -> Cells:
        """Return the second line of the row under the cursor, where it has one."""
        if not self.shown or not self.cursor < len(self.shown):
            return ()
        width = self.scrollable_content_region.width
        head, told, said, room = self._pieces(self.cursor, width)
        if not (lines := self._long(said, room)):
            return ()
        indent = sum(cell_width(text) for text, _ in (*head, *told))
        look = "" if self.shown[self.cursor].counts else "dim"
        return ((" " * indent, ""), (safe_fit(lines[1], room), look))

    def _line(self, y: int, width: int) -> tuple[Cells, str]:
        """Return what belongs on a visible line: below two lines of one row all is a line lower."""
        at = self.cursor - self.top
        if not (y > at >= 0 and (second := self._second())):
            return super()._line(y, width)
        return (second, self.emphasis(self.cursor)) if y == at + 1 else super()._line(y - 1, width)

    def _draw(self, number: int) -> None:
        super()._draw(number)
        if number == self.cursor and self._second():
            self.redraw()

    def go(self, number: int) -> None:
        """Move the cursor; what is below a row of two lines moves with it."""
        long = bool(self._second())
        super().go(number)
        if long:
            self.redraw()

    def mark(self) -> None:
        """Mark the entry under the cursor, or take its mark away, and go on to the next."""
        if (one := self.selected) is None:
            return
        if one.seq in self.marked:
            del self.marked[one.seq]
        else:
            self.marked[one.seq] = None
        self._draw(self.cursor)
        self.step(1)

    def unmark(self) -> None:
        """Take every mark away."""
        self.marked = {}
        self.redraw()

    def _first_cell(self, number: int, seq: int) -> tuple[str, str]:
        if seq in self.marked:
            here = number == self.cursor and self.has_focus
            return glyphs().marked, "focus" if here else "bold"
        return self.cursor_cell(number, changed=seq in self.foreign)

    def _nothing(self) -> str:
        if self.docket is None:
            return self.missing or "Nothing selected."
        if self.looking:
            return "Reading…"
        return "Nothing fits the filter." if self.filter else "Nothing logged yet. Press n."


def _fitting(docket: Docket, asked: Filter) -> Log:
    """Return what of the log of a docket fits."""
    return docket.log.only({one.seq for one in docket.fitting(asked)})


def _kind(one: Standing, room: int) -> Cells:
    """Return the kind and the marks of its severity, which share the room."""
    entry = one.entry
    severity = getattr(entry.data, "severity", 0) if one.counts else 0
    marks = glyphs().severity * severity
    mended = "*" if one.amendments else "+" if one.addenda else ""
    room -= len(marks) + bool(marks)
    kind = entry.called or entry.kind
    kind = f"{safe_fit(kind, max(1, min(cell_width(kind), room - len(mended)))).rstrip()}{mended}"
    told = [(safe_fit(kind, room), "" if one.counts else "dim")]
    return [*told, (f" {marks}", SEVERITY_LOOKS[severity])] if marks else told
