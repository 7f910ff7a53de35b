"""What finding in all dockets shows: what was found by client, and the entry under the cursor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from store.docket import Standing
from store.docket.filter import Filter
from store.index.words import Hit
from store.overview.finding import Found
from tui.glyphs import glyphs
from tui.safe_text import safe_fit
from tui.screens.rows import Row, RowList
from tui.tokens import SEVERITY_LOOKS
from tui.widgets.entry import entry_lines
from tui.widgets.lines import Cells, ScrollLines
from tui.words.find import Marked, marked, snippet
from tui.words.moments import short_day

_KIND, _KIND_NARROW, _KIND_WIDE = 15, 12, 20
_NARROW, _WIDE = 70, 110


class FoundList(RowList, can_focus=False, inherit_bindings=False):
    """What was found, by client; an entry is drawn from its docket once it was read."""

    ITEMS = True

    def __init__(self) -> None:
        super().__init__(id="found")
        self.read: dict[Hit, Standing] = {}
        self.words: Sequence[str] = ()
        self.today = date.min
        self._hits: dict[int, Hit] = {}
        self._digits = 0

    @property
    def hit(self) -> Hit | None:
        """The entry under the cursor."""
        return self._hits.get(self.cursor)

    @property
    def standing(self) -> Standing | None:
        """The same as it stands, once it was read."""
        return self.read.get(self.hit) if self.hit else None

    def show_found(
        self, found: Found, names: dict[str, str], asked: Filter, today: date, nothing: str = ""
    ) -> None:
        """List what was found, the cursor on the first; where there is `nothing`, that is said."""
        self.words, self.today, self.read = asked.values("text"), today, {}
        rows, self._hits = list[Row](), {}
        for client, hits in found.by_client():
            more = found.counts.get(client, 0) - len(hits)
            fact = f"  and {more:,} more" if more > 0 else ""
            rows.append(Row(((names.get(client, client), "bold"), (fact, "dim")), head="plain"))
            for hit in hits:
                self._hits[len(rows)] = hit
                rows.append(Row(opens=True))
        if nothing and not rows:
            rows.append(Row(((nothing, "dim"),), head="plain"))
        self._digits = max((len(f"#{hit.seq}") for hit in found.hits), default=0)
        self._digits = max(4, self._digits)
        self.show(rows)

    def take(self, read: Mapping[Hit, Standing]) -> None:
        """Draw entries that were read."""
        self.read |= read
        self.redraw()

    def cells(self, number: int, width: int) -> Cells:
        """Draw the name of a client, or an entry."""
        hit = self._hits.get(number)
        if hit is None:
            return super().cells(number, width)
        at = self.emphasis(number)
        mark = glyphs().cursor if at else " "
        one = self.read.get(hit)
        given = self.words, width - 2, self.today, self._digits
        said = _entry_cells(one, *given) if one else [(glyphs().cut, "dim")]
        return [(" ", ""), (mark, "focus"), *said]

    def emphasis(self, number: int) -> str:
        """Return that the keys move this list, though one types elsewhere."""
        return "selection" if number == self.cursor and number in self._hits else ""


class EntryLines(ScrollLines, can_focus=False, inherit_bindings=False):
    """The entry under the cursor, with the words that were looked for."""

    def __init__(self) -> None:
        super().__init__(id="below")
        self._one: Standing | None = None
        self._words: Sequence[str] = ()
        self._lines: Sequence[Cells] = ()

    def show(self, one: Standing | None, words: Sequence[str]) -> None:
        """Show an entry as it stands, or nothing."""
        self._one, self._words = one, words
        self.measure()

    def measure(self) -> None:
        """Lay the entry out anew and draw it."""
        room = max(10, self.room - 2)
        lines = entry_lines(self._one, None, room) if self._one else ()
        self._lines = [
            [piece for text, look in line for piece in _underlined(marked(text, self._words), look)]
            for line in lines
        ]
        super().measure()

    def count(self) -> int:
        """Return the number of wrapped lines."""
        return len(self._lines)

    def cells(self, number: int, width: int) -> Cells:
        """Draw one line."""
        return [(" ", ""), *self._lines[number]]


def _entry_cells(
    one: Standing, words: Sequence[str], width: int, today: date, digits: int
) -> Cells:
    """Return an entry on one line: number, day, kind and severity, and what holds the words."""
    entry = one.entry
    severity = getattr(entry.data, "severity", 0) or 0
    marks = "void" if one.void else glyphs().severity * severity or "*" * bool(one.amendments)
    look = "bold" if one.void else SEVERITY_LOOKS.get(severity, "dim")
    room = _KIND_NARROW if width <= _NARROW else _KIND if width < _WIDE else _KIND_WIDE
    marks = f" {marks} " if marks else " "
    kind = safe_fit(entry.called or entry.kind, room - len(marks))
    head = f"{f'#{one.seq}':>{digits}}  {short_day(entry.day, today):>6}  "
    said = snippet(one, words, width - len(head) - room)
    struck = "dim strike" if one.void else ""
    return [(head, "dim"), (kind, ""), (marks, look), *_underlined(said, struck)]


def _underlined(pieces: Marked, look: str) -> Cells:
    """Return a text with the words that were looked for set apart."""
    return [(text, f"bold underline {look}".strip() if hit else look) for text, hit in pieces]
