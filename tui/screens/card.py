"""A client's card: one page that says what is agreed, owed, open, next and felt."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import Screen

from store.decision import Assessment
from store.docket.discretion import docket_shown
from store.overview.card import Card, card, full_card
from store.overview.standing import scene_of
from store.playbook.scene import Scene
from store.private.model import Decision
from store.workspace import Workspace
from tui.bindings import keys_for
from tui.glyphs import glyphs
from tui.screens.behind import open_entries
from tui.screens.card_rows import ALL_STEPS, CardList, card_rows
from tui.screens.parts import PRIVATE_COPY, Heading, Say
from tui.screens.rows import ListKeys
from tui.shell.shell import shell_of
from tui.tokens import VERDICT_LOOKS
from tui.widgets.bar import BarSlot
from tui.widgets.hints import Hints
from tui.widgets.message import copy_in, say_in
from tui.words.card import card_lines, card_parts, card_title, open_parts, standing_words

_HINT = "enter opens the entries behind a line"


class CardScreen(ListKeys, Screen[None]):
    """Shows the card of a client; `enter` opens the entries behind a line."""

    BINDINGS = keys_for("card")
    PLACE = "card"

    def __init__(self, workspace: Workspace, client: str) -> None:
        super().__init__()
        self.workspace = workspace
        self.client = client
        self.scene: Scene | None = None
        self.card: Card | None = None

    def compose(self) -> ComposeResult:
        """Yield the title, the card and the hints."""
        yield Heading("", "")
        yield CardList()
        yield Say()
        yield Hints("card", self.workspace.config.keys)
        yield BarSlot()

    def on_mount(self) -> None:
        """Read the docket and show the card."""
        self.query_one(Say).hint(_HINT)
        self.query_one(Heading).follow(self.reading)
        self.reading.focus()
        self.look()

    def on_screen_resume(self) -> None:
        """Take in what was logged, noted or decided on another screen."""
        if self.card is not None:
            self.look()

    def on_capture_bar_logged(self) -> None:
        """Take in what was logged from here."""
        self.look()

    def on_resize(self) -> None:
        """Lay the card out for the new width."""
        self.lay_out()

    @property
    def reading(self) -> CardList:
        """The lines of the card."""
        return self.query_one(CardList)

    def look(self) -> None:
        """Make the card anew from the docket as it is."""
        shell_of(self).dockets.about(self.client, self._made, self._take, self._give_up)

    def _made(self) -> tuple[Scene | None, Card]:
        if self.workspace.discreet:
            docket = docket_shown(self.workspace, self.client)
            return None, card(docket, self.workspace.config.working)
        scene = scene_of(self.workspace.docket(self.client), self.workspace, self._known())
        return scene, full_card(scene)

    def _take(self, made: tuple[Scene | None, Card]) -> None:
        if self.query(CardList):  # it may have been left meanwhile
            self.scene, self.card = made
            self.lay_out()

    def _give_up(self) -> None:
        """Leave, where there is no card to stay for."""
        if self.card is None and self.is_current:
            self.dismiss(None)

    def show_anew(self) -> None:
        """Show what may be seen now."""
        self.look()

    def _known(self) -> Assessment | None:
        """Return the assessment of the docket where it is known, so that it is not made twice."""
        book = shell_of(self).book
        return book.assessment(book.docket(self.client)) if self.client in book.rows else None

    def lay_out(self) -> None:
        """Lay the card out for the width there is."""
        if self.card is None:
            return
        name, when = card_title(self.card)
        inner = self.card.inner
        fact, look = "", "dim"
        if inner is not None:
            due = f"{glyphs().decide} " if inner.decide else ""
            fact, look = f"{due}{standing_words(inner)}", VERDICT_LOOKS.get(inner.verdict, "dim")
        self.query_one(Heading).show(name, when, fact, look=look)
        parts = open_parts(self.card) if self.workspace.discreet else card_parts(self.card)
        self.reading.show(card_rows(parts, self.size.width))

    def action_across(self) -> None:
        """Go to the other column."""
        self.reading.across()

    async def action_open(self) -> None:
        """Show the entries behind the line, or what the line leads to."""
        line = self.reading.current
        if line is None or self.card is None:
            return
        shell = shell_of(self)
        if self.workspace.discreet:
            open_entries(self, self.workspace, self.client, line.label, line.seqs)
            return
        if line.leads == ALL_STEPS:
            shell.show("steps", self.client)
        elif line.leads:
            from tui.screens.tables import table_screen

            self.app.push_screen(table_screen(line.leads, self.workspace, self.client))
        elif line.seqs:
            about = f"{line.label}: {line.text}" if line.label else line.text
            open_entries(self, self.workspace, self.client, about, line.seqs)
        elif line.step is not None:
            await shell.open_step(line.step)

    def action_show(self, place: str) -> None:
        """Open another screen about the client."""
        shell_of(self).show(place, self.client)

    async def action_next(self) -> None:
        """Open quick capture with the step under the cursor, else with the first."""
        line = self.reading.current
        if line is not None and line.step is not None:
            await shell_of(self).open_step(line.step)
        else:
            await shell_of(self).open_next(self.client)

    def action_choose(self) -> None:
        """Write down what you decide."""
        from tui.screens.choose import ChooseScreen

        if self.scene is not None:
            form = ChooseScreen(self.workspace, self.client, self.scene.assessment)
            self.app.push_screen(form, self._decided)

    def _decided(self, done: Decision | None) -> None:
        if done is not None:
            say_in(self, "Written down, in your private file.")

    def action_back(self) -> None:
        """Leave."""
        self.dismiss(None)

    def action_copy(self) -> None:
        """Copy the whole card, as `docket card` prints it."""
        if self.card is not None:
            lines = card_lines(self.card, 100, openly=self.workspace.discreet)
            private = PRIVATE_COPY if self.card.inner else ""
            copy_in(self, "\n".join(lines), "The card is", private)
