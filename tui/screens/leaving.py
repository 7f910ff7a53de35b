"""Leaving a client, point by point: each answer is kept at once, so it can be put down anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, partial

from textual.app import ComposeResult

from store.errors import DocketError
from store.overview import leaving as parting
from store.overview.standing import scene_of
from store.playbook.leaving import Matter, first_said, matters
from store.playbook.step import NextStep
from store.private.model import Leaving
from store.workspace import Workspace
from tui.bindings import keys_for
from tui.safe_text import safe_wrap
from tui.screens.as_seen import AsSeen
from tui.screens.parts import FreshScreen, Heading
from tui.screens.rows import BLANK, Row, RowList, paragraph, title
from tui.shell.shell import shell_of
from tui.widgets.ask import AskBar, Prompt
from tui.widgets.bar import BarSlot
from tui.widgets.hints import Hints
from tui.words import NEVER_EXPORTED
from tui.words.leaving import left_words, mark_of, matter_words, phases_of

_CLOSE = "close"
_INDENT = 4
_CLOSES = "Nothing is lost; enter once more closes it, if nothing is open."
_STILL = "What you typed is here; enter once more keeps it."


class LeavingScreen(FreshScreen):
    """Lists what is to be settled; `enter` asks for it, or shows where it is done."""

    BINDINGS = keys_for("leaving")
    PLACE = "leaving"

    def __init__(self, workspace: Workspace, client: str) -> None:
        super().__init__(workspace)
        self.client = client
        self.matters: tuple[Matter, ...] = ()
        self._subject = AsSeen(self._standing)

    def compose(self) -> ComposeResult:
        """Yield the heading, the list and the hints."""
        name = self.workspace.docket(self.client).name
        yield Heading("Leaving", name, NEVER_EXPORTED)
        yield RowList(id="leaving")
        yield Hints("leaving", self.workspace.config.keys)
        yield BarSlot()

    @cached_property
    def first(self) -> str:
        """Since when the log says to leave: worked out once, as no answer here changes it."""
        docket = self.workspace.docket(self.client)
        return first_said(docket, scene_of(docket, self.workspace).assessment)

    @property
    def selected(self) -> Matter | None:
        """The matter under the cursor."""
        row = self.reading.current
        return next((one for one in self.matters if row and row.leads == one.id), None)

    async def action_open(self) -> None:
        """Ask for the matter under the cursor, or show the entry it is about."""
        row, matter = self.reading.current, self.selected
        if row and row.leads == _CLOSE:
            if moved := self._subject.moved("Not closed", _CLOSES, self.size.width):
                self.lay_out()
                self.tell(moved)
                return
            closed = parting.close(self.workspace, self.client)
            self.tell(f"Closed, on {closed.terms} terms.")
            self.lay_out()
        elif matter and matter.asks:
            await self._ask(matter)
        elif matter and matter.evidence:
            shell_of(self).look_at(self.client, matter.evidence[0])
        elif matter and matter.how:
            raise DocketError(matter.what, "", f"In a shell: docket {matter.how}")
        elif matter:
            self.tell(f"{matter.what}: {matter.said}.")

    async def _ask(self, matter: Matter) -> None:
        asked = parting.PROMPTS[matter.asks]
        subject = AsSeen(partial(self._standing, matter.id))
        subject.seen()

        def done(said: dict[str, str]) -> None:
            if moved := subject.moved("Not saved", _STILL, self.size.width):
                self.lay_out()
                raise DocketError(moved)
            told = parting.answer(self.workspace, self.client, matter.asks, said[matter.asks])
            self.lay_out()
            self.tell(" ".join(told) or left_words(self.matters))

        questions = {matter.asks: Prompt(asked.words, asked.example)}
        docket = self.workspace.docket(self.client)
        await shell_of(self).open_bar(AskBar(questions, docket.name, done))

    def action_show(self, place: str) -> None:
        """Show the letter that says the matter under the cursor, or the parting itself."""
        from tui.screens.letter import LetterScreen

        matter = self.selected
        if matter is None or not matter.letter:
            matter = next(one for one in self.matters if one.id == "said")
        about = f"#{matter.evidence[0]}" if matter.evidence else ""
        today = self.workspace.today
        step = NextStep(
            self.client, today, matter.what, "", "end", about=about, letter=matter.letter
        )
        self.app.push_screen(LetterScreen(self.workspace, step))

    def lay_out(self) -> None:
        """Lay the matters out for the width there is, the cursor on what is open next."""
        docket = self.workspace.docket(self.client)
        leaving = parting.leaving_of(self.workspace, self.client)
        before = self.selected
        self.matters = matters(docket, leaving)
        self._subject.seen()
        rows = self._rows(self.first, leaving if leaving.closed else None)
        self.reading.show(rows)
        wanted = _open_from(self.matters, before.id if before else "")
        at = [number for number, row in enumerate(rows) if row.leads == wanted]
        if at:
            self.reading.go(at[0])

    def _standing(self, point: str = "") -> Iterator[str]:
        """Yield each point as it stands on disk, or `point` alone; and that it is closed."""
        docket = self.workspace.docket(self.client)
        leaving = parting.leaving_of(self.workspace, self.client)
        for one in matters(docket, leaving):
            if point in ("", one.id):
                yield f"{mark_of(one)} {matter_words(one)}"
        if leaving.closed:
            yield "closed"

    def _rows(self, said: str, closed: Leaving | None) -> list[Row]:
        room = self.reading.room
        said = f"It is closed, on {closed.terms} terms." if closed else said
        rows = [*paragraph(said, room, style="dim"), BLANK] if said else []
        for called, some in phases_of(self.matters):
            rows += [title(called)]
            for matter in some:
                first, *more = safe_wrap(matter_words(matter), room - _INDENT)
                full = matter_words(matter) + (f" (docket {matter.how})" if matter.how else "")
                line = f"{mark_of(matter)} {first}"
                rows.append(Row.of(line, opens=True, about=full, leads=matter.id))
                rows += [Row.of(" " * _INDENT, line) for line in more]
            rows += [BLANK]
        if not closed:
            rows += [Row.of("Close it", opens=True, about="Close it", leads=_CLOSE)]
        return [*rows, BLANK, *paragraph(left_words(self.matters), room, style="dim")]


def _open_from(listed: Sequence[Matter], at: str) -> str:
    """Return the id of the first that is open from `at` on, of the first there is, or to close."""
    ids = [one.id for one in listed]
    place = ids.index(at) if at in ids else 0
    return next((one.id for one in (*listed[place:], *listed[:place]) if one.open), _CLOSE)
