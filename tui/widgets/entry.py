"""Pane 3: one entry in the lines it needs, with its links, corrections and struck originals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from store.docket import Docket, Standing
from store.text.cells import cell_width
from tui.glyphs import glyphs
from tui.safe_text import safe_fit, safe_wrap
from tui.tokens import SEVERITY_LOOKS
from tui.widgets.lines import Cells, FollowsCursor, ScrollLines
from tui.words.entry import Label, Role, paragraphs_of, unlabelled
from tui.words.entry_pane import corrected, facts_of, nearest, times_words
from tui.words.moments import short_day

_LOOKS: Final[dict[Role, str]] = {
    "quote": "italic",
    "held": "private",
    "void": "bold heat3",
    "amended": "heat1",
    "before": "dim",
    "struck": "dim strike",
    "exhibit": "dim",
    "about": "dim",
}
_NARROW: Final = 96
"""Cells of a line beyond which a text is no longer easy to read."""
_ROOMY: Final = 75
_MOST_BESIDE: Final = 3
FEWEST, MOST = 2, 7
"""Lines that the pane takes under the log."""


class EntryPane(ScrollLines):
    """Shows one entry, wrapped to the width; it scrolls and has no cursor."""

    bare = True

    def __init__(self) -> None:
        super().__init__(id="entry", classes="pane")
        self.standing: Standing | None = None
        self.docket: Docket | None = None
        self.trouble = ""
        self._label: Label = unlabelled
        self._lines: Sequence[Cells] = ()
        self._heights: dict[tuple[str, int, int], int] = {}  # of those that were in view last

    @property
    def hidden(self) -> int:
        """How many lines are below the last in view."""
        return max(0, len(self._lines) - self._top - self.size.height)

    def show(
        self,
        standing: Standing | None,
        docket: Docket | None = None,
        trouble: str = "",
        label: Label = unlabelled,
    ) -> None:
        """Show `standing` from its first line, or the `trouble` there is with the docket.

        Of what is on no docket yet the trouble stands above it.
        """
        self.trouble, self._label = trouble, label
        if standing is not None and self.standing is not None:
            same = standing.original.id == self.standing.original.id
        else:
            same = standing is self.standing
        self.standing, self.docket = standing, docket
        if not same:
            self._top = 0
        self.measure()

    def measure(self) -> None:
        """Wrap the entry anew and draw what changed."""
        width = max(10, (self.room or self.app.size.width) - 2)
        if self.standing is None:
            self._lines = [[(" ", ""), (line, "bold")] for line in safe_wrap(self.trouble, width)]
        else:
            told = [[(" ", ""), (line, "bold")] for line in safe_wrap(self.trouble, width)]
            above = told if self.trouble and self.docket is None else []
            self._lines = [*above, *entry_lines(self.standing, self.docket, width, self._label)]
        super().measure()

    def needs(self, standings: Sequence[Standing], width: int) -> int:
        """Return the lines that the longest of some entries takes, within bounds."""
        room = max(10, width - 2)
        heights = {(one.original.id, _corrections(one), room): one for one in standings}
        self._heights = {
            key: self._heights.get(key) or _height(one, room) for key, one in heights.items()
        }
        return min(MOST, max([FEWEST, *self._heights.values()]))

    def step(self, by: int) -> None:
        """Scroll by some lines, and have the rule say how many are below."""
        super().step(by)
        if isinstance(self.screen, FollowsCursor):
            self.screen.cursor_moved(self)

    def count(self) -> int:
        """Return the number of wrapped lines."""
        return len(self._lines)

    def cells(self, number: int, width: int) -> Cells:
        """Draw one line."""
        return self._lines[number]


def entry_lines(
    one: Standing, docket: Docket | None, width: int, label: Label = unlabelled
) -> Iterator[Cells]:
    """Yield an entry in lines: what it says, a gap, the facts, and what came before and after."""
    yield from _wrapped(one.entry.statement, "", min(width, _NARROW))
    parts = list(corrected(one, label))
    for part in parts:
        if part.role in ("void", "quote"):
            yield from _wrapped(part.text, _LOOKS.get(part.role, ""), min(width, _NARROW))
    facts = list(_facts(one, width))
    if facts and (one.entry.statement or one.entry.quotes):
        yield []
    yield from facts
    for part in parts:
        if part.role not in ("void", "quote"):
            yield from _wrapped(part.text, _LOOKS.get(part.role, ""), width)
    if docket:
        yield from _beside(docket, one, width)


def _beside(docket: Docket, one: Standing, width: int) -> Iterator[Cells]:
    """Yield what stands beside an entry: the first of it on one line, or each on one if wide."""
    near, times = nearest(docket, one), times_words(docket, one)
    wide = width >= _ROOMY
    for other in near[: _MOST_BESIDE if wide else 1]:
        more = f"; {times}" if times and other.label == "before" else ""
        link, day = f"#{other.entry.seq}", short_day(other.entry.day, one.entry.day)
        label = f" {other.label:<8} " if wide else f" {other.label} "
        gap = f"{' ' * max(1, 5 - len(link))}{day:>6}  " if wide else " "
        room = width + 1 - cell_width(f"{label}{link}{gap}{more}")
        said = safe_fit(other.words, min(cell_width(other.words), max(10, room))).rstrip(". ")
        yield [(label, "dim"), (link, "link"), (f"{gap}{said}{more}", "dim")]
    if times and not any(other.label == "before" for other in near):
        yield [(f" {times}", "dim")]


def _wrapped(text: str, look: str, width: int) -> Iterator[Cells]:
    if text:
        yield from ([(" ", ""), (line, look)] for line in safe_wrap(text, width))


def _facts(one: Standing, width: int) -> Iterator[Cells]:
    """Yield the facts with dots between them, each whole on a line where it fits on one."""
    line: list[tuple[str, str]] = []
    used = 0
    for text, look in facts_of(one.entry):
        if line and used + 5 + cell_width(text) > width:
            yield [(" ", ""), *line]
            line, used = [], 0
        for number, piece in enumerate(safe_wrap(text, width)):
            if number:
                yield [(" ", ""), *line]
                line, used = [], 0
            gap = [(f"  {glyphs().dot}  ", "dim")] if line else []
            line += [*gap, *_fact(piece, look, one)]
            used += 5 * bool(gap) + cell_width(piece)
    if line:
        yield [(" ", ""), *line]


def _fact(text: str, look: str, one: Standing) -> list[tuple[str, str]]:
    if look != "severity":
        return [(text, look)]
    marks, _, words = text.partition(" ")
    severity = getattr(one.entry.data, "severity", 0)
    return [(marks, SEVERITY_LOOKS.get(severity, "")), (f" {words}", "dim")]


def _corrections(one: Standing) -> int:
    return len(one.amendments) + len(one.addenda) + (one.void is not None)


def _height(one: Standing, width: int) -> int:
    """Return how many lines an entry takes, with some for what stands beside it."""
    has_severity = getattr(one.entry.data, "severity", None) is not None
    more = has_severity * (1 if width < _ROOMY else 2)
    return sum(1 for _ in entry_lines(one, None, width)) + more


def copy_text(one: Standing, label: Label) -> str:
    """Return an entry as plain text, for the clipboard."""
    name = f"{one.original.client}#{one.seq}"
    return "\n".join([name, *(text for _, text in paragraphs_of(one, label))])
