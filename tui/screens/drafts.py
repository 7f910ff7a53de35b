"""What was typed and never logged: `enter` opens it where it was typed, `delete` throws it away."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content

from store.drafts import Kept
from store.text import plural
from store.workspace import Workspace
from tui.bindings import keys_for
from tui.safe_text import content, plain, safe_fit
from tui.screens.parts import Heading, ListScreen, Say
from tui.screens.rows import Row, RowList, paragraph
from tui.shell.shell import shell_of
from tui.widgets.bar import BarSlot, Confirm
from tui.widgets.hints import Hints
from tui.widgets.message import copy_in


class DraftsScreen(ListScreen[Kept | None]):
    """Lists every text that may be taken up; dismissed with the one to open, or None."""

    BINDINGS = keys_for("drafts")
    PLACE = "drafts"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.kept: list[Kept] = []

    def compose(self) -> ComposeResult:
        """Yield the heading and the list."""
        yield Heading("Drafts", "typed and not logged", "enter opens")
        yield RowList(id="drafts")
        yield Say()
        yield Hints("drafts", self.workspace.config.keys)
        yield BarSlot()

    def on_mount(self) -> None:
        """Show what there is."""
        self.reading.focus()
        self.look()

    def look(self) -> None:
        """Read anew what is kept."""
        self.kept = self.workspace.drafts.kept()[::-1]
        self.lay_out()
        if others := self.workspace.drafts.elsewhere():
            self.query_one(Say).hint(f"{plural(others, 'text')} more in sessions that are open.")

    @property
    def selected(self) -> Kept | None:
        """The text under the cursor."""
        row = self.reading.current
        return next((one for one in self.kept if row and row.about == str(one.path)), None)

    def action_open(self) -> None:
        """Go on with the text under the cursor."""
        if self.selected is not None:
            self.dismiss(self.selected)

    def action_copy(self) -> None:
        """Copy the text under the cursor."""
        if self.selected is not None:
            copy_in(self, self.selected.words)

    async def action_discard(self) -> None:
        """Ask, then throw the text under the cursor away."""
        if self.selected is not None:
            question = Content.assemble("Throw away ", content(self.selected.slot.words), "?")
            shell, whose = shell_of(self), self.selected.slot.client
            name = shell.name_of(whose)
            await shell.open_bar(Confirm("Throw away", name, question, "screen.discard_now"))

    def action_discard_now(self) -> None:
        """Throw the text under the cursor away."""
        if self.selected is not None:
            self.workspace.drafts.discard(self.selected)
            self.look()

    def lay_out(self) -> None:
        """Lay the texts out for the width there is."""
        room = self.reading.room
        rows = [_row(one, room) for one in self.kept]
        self.reading.show(rows or paragraph("Nothing is kept: all you typed is logged.", room))


def _row(kept: Kept, room: int) -> Row:
    """Return one line: since when, what it is, how it begins."""
    said = f"{kept.at:%-d %b %H:%M}  {kept.slot.words}: "
    text = safe_fit(said + " ".join(plain(kept.words).split()), room)
    return Row.of(text, opens=True, about=str(kept.path))
