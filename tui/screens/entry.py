"""One entry whole: what it says, in whose words, how sure it is, and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

from textual.app import ComposeResult

from store.docket import Docket, Standing
from store.docket.around import around
from store.docket.discretion import docket_shown
from store.errors import DocketError
from store.evidence.exhibits import Exhibits
from store.workspace import Workspace
from tui.bindings import keys_for
from tui.glyphs import glyphs
from tui.safe_text import safe_fit, safe_wrap
from tui.screens.loading import open_correction, open_repair
from tui.screens.parts import FreshScreen, Heading
from tui.screens.rows import BLANK, Row, RowList, title
from tui.shell.labels import ShownLabels
from tui.shell.shell import shell_of
from tui.widgets.bar import BarSlot
from tui.widgets.entry import copy_text
from tui.widgets.hints import Hints
from tui.widgets.message import copy_in
from tui.words.entry import Label, Paragraph, Role, paragraphs_of
from tui.words.moments import kind_called, occurred_words, short_day
from tui.words.whole import (
    Beside,
    beside,
    corrected_words,
    labelled_facts,
    silence_words,
)

_MEASURE: Final = 72
"""Cells of a line of text that is easy to read."""
_LABEL: Final = 12
_NUMBER: Final = 6
_KIND: Final = 19
_CORRECTED: Final[dict[Role, str]] = {
    "void": "bold heat3",
    "amended": "heat1",
    "before": "dim",
    "struck": "dim strike",
    "added": "",
    "held": "private",
}
"""What of an entry says how it was corrected or held back, with its look."""
_SEVERITY: Final = re.compile(r"severity \d of 3(, )?")
"""What a fact of its own says already."""
_ABOUT: Final[tuple[Role, ...]] = ("data", "about")


class EntryScreen(FreshScreen):
    """Shows one entry whole; the next and the previous are those it is listed among."""

    BINDINGS = keys_for("entry")
    PLACE = "entry"

    def __init__(
        self, workspace: Workspace, client: str, seq: int, among: Sequence[int] = ()
    ) -> None:
        super().__init__(workspace)
        self.client, self.seq = client, seq
        self.among = tuple(among)
        fetched = workspace.journals.shared is not None
        self._exhibits = Exhibits(workspace.places.exhibits, fetched=fetched)
        self._labels = ShownLabels(self, workspace, self.lay_out)

    def compose(self) -> ComposeResult:
        """Yield the title, the entry and the hints."""
        yield Heading("", "")
        yield RowList(id="entry-lines")
        yield Hints("entry", self.workspace.config.keys)
        yield BarSlot()

    @property
    def docket(self) -> Docket:
        """The docket as it is today."""
        return docket_shown(self.workspace, self.client)

    def show_anew(self) -> None:
        """Show what may be seen now; DocketError where that is nothing of the entry."""
        self.lay_out()

    def standing(self) -> Standing:
        """Return the entry as it stands."""
        one = self.docket.find(self.seq)
        if one is None:
            raise DocketError(f"There is no {self.client}#{self.seq} any more", "", "")
        return one

    def lay_out(self) -> None:
        """Show the entry as it stands, for the width there is."""
        docket, one = self.docket, self.standing()
        at, among = self._place(), self._listed
        count = f"{at + 1} of {len(among)}" if at is not None else ""
        what = f"#{one.seq} {kind_called(one.entry)}"
        self.query_one(Heading).show(f"VOID {what}" if one.void else what, docket.name, count)
        label = self._labels.of(one)
        self.reading.show(entry_rows(docket, one, self._exhibits, self.reading.room, label))

    def _place(self) -> int | None:
        among = self._listed
        return among.index(self.seq) if self.seq in among else None

    @property
    def _listed(self) -> Sequence[int]:
        """Those of `among` that may be seen now."""
        if not self.workspace.discreet:
            return self.among
        return [seq for seq in self.among if self.docket.find(seq)]

    def action_step(self, by: int) -> None:
        """Go to the next entry, or to the one before."""
        at, among = self._place(), self._listed
        if at is not None and 0 <= at + by < len(among):
            self._go(among[at + by])

    def action_edge(self, last: bool) -> None:
        """Go to the first entry that it is among, or to the last."""
        if among := self._listed:
            self._go(among[-1 if last else 0])

    def action_across(self) -> None:
        """Go to the next line around the entry; after the last comes the first."""
        lines = self.reading
        stops = [number for number, row in enumerate(lines.rows) if row.opens]
        later = [number for number in stops if number > lines.cursor]
        if stops:
            lines.go((later or stops)[0])

    def action_open(self) -> None:
        """Go to the entry that the line under the cursor is about."""
        row = self.reading.current
        if row is not None and row.evidence:
            if row.evidence[0] not in self.among:
                self.among = tuple(sorted({*self.among, row.evidence[0]}, reverse=True))
            self._go(row.evidence[0])

    def _go(self, seq: int) -> None:
        self.seq = seq
        self.lay_out()

    def action_correct(self, mode: Literal["amend", "add", "void"]) -> None:
        """Correct the entry: amend it, add a fact to it, or withdraw it."""
        open_correction(shell_of(self), self.workspace, self.standing(), mode)

    def action_repair(self) -> None:
        """Begin to put right what the entry is about."""
        open_repair(shell_of(self), self.workspace, self.client, self.seq)

    async def action_next(self) -> None:
        """Open quick capture with the first of the client's next steps."""
        await shell_of(self).open_next(self.client)

    def action_show(self, place: str) -> None:
        """Open another screen about the client."""
        shell_of(self).show(place, self.client)

    def action_copy(self) -> None:
        """Copy the entry to the clipboard of the user's own terminal."""
        one = self.standing()
        copy_in(self, copy_text(one, self._labels.of(one)), f"{self.client}#{self.seq}")


def entry_rows(
    docket: Docket, one: Standing, exhibits: Exhibits, width: int, label: Label
) -> list[Row]:
    """Return an entry whole: its text, quotes, facts, what is around it, and its corrections."""
    room = min(_MEASURE, width - 2)
    told = list(paragraphs_of(one, label))
    rows = [BLANK, *_said(told, room), *_quotes(one, room)]
    rows += [
        Row.of(" ", (f"{fact.label:<{_LABEL}}", "dim"), *_cut(fact.pieces, width))
        for fact in labelled_facts(docket, one, exhibits, label)
    ]
    rows += [BLANK, title("Around it"), *_around(docket, one, width)]
    if corrected := [part for part in told if part.role in _CORRECTED]:
        rows += [BLANK, title("Corrections")]
        for part in corrected:
            rows += _wrapped(part.text, room, _CORRECTED[part.role])
    return [*rows, BLANK, *_wrapped(corrected_words(one), room, "dim")]


def _wrapped(text: str, room: int, look: str = "") -> list[Row]:
    return [Row.of(" ", (line, look)) for line in safe_wrap(text, room - 1)]


def _said(told: Sequence[Paragraph], room: int) -> list[Row]:
    """Return the statement, then what its data says and what it names."""
    rows = [row for part in told if part.role == "text" for row in _wrapped(part.text, room)]
    more = [part.text for part in told if part.role in _ABOUT]
    more = [text for text in (_SEVERITY.sub("", text) for text in more) if text]
    rows += [BLANK] if rows and more else []
    rows += [row for text in more for row in _wrapped(text, room, "" if not rows else "dim")]
    return [*rows, BLANK] if rows else rows


def _quotes(one: Standing, room: int) -> list[Row]:
    """Return their words, each beside a bar, with whose they are and when."""
    entry = one.entry
    bar = (f"{glyphs().quote} ", "dim")
    rows: list[Row] = []
    by = f", by {entry.channel}" if entry.channel else ""
    for quote in entry.quotes:
        who = "the client" if quote.by == "client" else "me" if quote.by == "me" else quote.by
        said = safe_wrap(f"“{quote.text}”", room - 4)
        rows += [Row.of(" ", bar, (line, "italic")) for line in said]
        rows.append(Row.of(" ", bar, (f"{who}{by}, {occurred_words(entry)}", "dim")))
        rows.append(BLANK)
    return rows


def _cut(pieces: Sequence[tuple[str, str]], width: int) -> list[tuple[str, str]]:
    """Return pieces in one line of `width` cells."""
    left, cut = width - _LABEL - 2, []
    for text, look in pieces:
        shown = safe_fit(text, left).rstrip() if len(text) > left else text
        cut.append((shown, look))
        left = max(0, left - len(shown))
    return cut


def _around(docket: Docket, one: Standing, width: int) -> list[Row]:
    """Return a line for each entry around it, and for how long nothing was said."""
    found = around(docket, one.seq)
    rows = [_beside(near, docket, width) for near in beside(docket, found)]
    if silent := silence_words(found, docket):
        rows.append(
            Row.of(
                " ",
                (f"{'answered':<{_LABEL}}", "dim"),
                ("nothing yet", "heat1"),
                (f"  {silent}; s offers a step", "dim"),
            )
        )
    return rows or [Row.of(" ", ("Nothing stands beside it.", "dim"))]


def _beside(near: Beside, docket: Docket, width: int) -> Row:
    entry = near.entry
    room = width - _LABEL - _NUMBER - _KIND - 9
    return Row.of(
        " ",
        (f"{near.label:<{_LABEL}}", ""),
        (f"#{entry.seq}", "link"),
        (" " * max(1, _NUMBER - 1 - len(str(entry.seq))), ""),
        (f"{short_day(entry.day, docket.today):>6}  ", "dim"),
        (safe_fit(kind_called(entry), _KIND), ""),
        (safe_fit(near.words, max(6, room)), ""),
        opens=True,
        about=near.words,
        evidence=(entry.seq,),
    )
