"""The question for the name that entries are signed with, asked once, before the first client."""

from __future__ import annotations

from textual.widgets import Input

from store.capture import NEW_CLIENT, Reading
from store.text import clean_line
from store.workspace import Workspace
from tui.safe_text import plain

QUESTION = "Your name, as it should stand in records"
ANSWERS = (("enter", "goes on"), ("esc", "back"))
WHY = "Every entry is signed with it; `docket me` changes it later."


class NameQuestion:
    """Puts the question on the line of a bar; `open` while it stands there."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.open = False
        self._answered = False

    def due(self, reading: Reading) -> bool:
        """Return whether to ask before `reading` is saved: it is the first client, and unsigned."""
        if self._answered or reading.kind != NEW_CLIENT or self.workspace.config.author:
            return False
        return not self.workspace.client_ids()

    def ask(self, line: Input) -> None:
        """Empty the line for the answer."""
        self.open = True
        line.value = ""
        line.placeholder = plain(f"leave it empty to sign '{self.workspace.author}'")

    def answer(self, line: Input) -> None:
        """Set the name that was typed, if one was; DocketError if it cannot be set."""
        if name := clean_line(line.value, what="the name"):
            self.workspace.set_texts({"author": name})
        self.open, self._answered = False, True

    def leave(self) -> None:
        """Take the question away unanswered; it comes again."""
        self.open = False
