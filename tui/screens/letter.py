"""The letter of a step, filled from the docket; what it lacks is asked for, and nothing is sent."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult

from store.languages.wording import NamedFact
from store.overview.standing import scene_of
from store.playbook.letters import Letter, letter
from store.playbook.letters.facts import facts_for, spoken_to
from store.playbook.letters.sorts import FACTS
from store.playbook.step import NextStep
from store.workspace import Workspace
from tui.bindings import keys_for
from tui.commands import key_shown
from tui.screens.parts import Heading, ListScreen
from tui.screens.rows import BLANK, RowList, paragraph, title
from tui.shell.shell import shell_of
from tui.widgets.ask import AskBar, Prompt
from tui.widgets.bar import BarSlot
from tui.widgets.hints import Hints

_LINE = 72
"""Cells of a line of a letter, as mails have them."""


class LetterScreen(ListScreen[None]):
    """Shows one letter as it would be sent; the places of what it lacks show so."""

    BINDINGS = keys_for("letter")
    PLACE = "letter"

    def __init__(self, workspace: Workspace, step: NextStep) -> None:
        super().__init__(workspace)
        self.step = step
        self.client = step.client
        docket = workspace.docket(step.client)
        self.called = docket.name
        scene = scene_of(docket, workspace)
        self.language = spoken_to(scene)
        self.facts = facts_for(scene, step.about, self.language)
        self.letter = self._filled()

    def compose(self) -> ComposeResult:
        """Yield the heading, the letter and the hints."""
        yield Heading(self.step.what, f"to {self.called}", "copied, never sent")
        yield RowList(id="letter")
        yield Hints("letter", self.workspace.config.keys)
        yield BarSlot()

    def on_mount(self) -> None:
        """Show it, and ask for what it lacks once it stands there."""
        self.reading.focus()
        self.lay_out()
        if self.letter.missing:
            self.call_after_refresh(self.action_fill_in)

    async def action_fill_in(self) -> None:
        """Ask for what the letter lacks, one after another; what is left empty stays open."""
        if not self.letter.missing:
            self.tell("It lacks nothing. y copies it.")
            return
        asked = {name: Prompt(FACTS[name]) for name in self.letter.missing}
        await shell_of(self).open_bar(AskBar(asked, self.called, self._take))

    def _take(self, said: dict[str, str]) -> None:
        self.facts |= {name: NamedFact(text) for name, text in said.items() if text}
        self.letter = self._filled()
        self.lay_out()

    def _filled(self) -> Letter:
        own = self.workspace.places.letters
        return letter(self.step.letter, self.facts, self.language, own)

    def action_copy(self) -> None:
        """Copy the letter to the clipboard of the user's own terminal."""
        self.app.copy_to_clipboard(self.letter.text)
        said = "Copied, if your terminal allows OSC 52. Nothing is sent, and nothing is logged."
        self.tell(f"{said}{_lacking(self.letter, self.workspace.config.keys)}")

    def lay_out(self) -> None:
        """Lay the letter out for the width there is."""
        room = min(_LINE, self.reading.room)
        rows = [title(self.letter.subject), BLANK]
        for text in self.letter.body.rstrip().split("\n"):
            rows += paragraph(text, room) if text.strip() else [BLANK]
        self.reading.show(rows)


def _lacking(found: Letter, own: Mapping[str, str]) -> str:
    lacks = ", ".join(FACTS[name] for name in found.missing)
    return f" It still lacks {lacks}: press {key_shown('fill-in', own)}." if lacks else ""
