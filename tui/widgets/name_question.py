"""The question for the name that entries are signed with, asked once, before the first client."""

from __future__ import annotations

from textual.widgets import Input

from store.capture import Reading
from store.workspace import Workspace
from tui.safe_text import plain
from tui.words.signing import asks_author, empty_signs, set_author

ANSWERS = (("enter", "goes on"), ("esc", "back"))


class NameQuestion:
    """Puts the question on the line of a bar; `open` while it stands there."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.open = False
        self._answered = False

    def due(self, reading: Reading) -> bool:
        """Return whether to ask before `reading` is saved: it is the first client, and unsigned."""
        return not self._answered and asks_author(self.workspace, reading)

    def ask(self, line: Input) -> None:
        """Empty the line for the answer."""
        self.open = True
        line.value = ""
        line.placeholder = plain(empty_signs(self.workspace))

    def answer(self, line: Input) -> None:
        """Set the name that was typed, if one was; DocketError if it cannot be set."""
        set_author(self.workspace, line.value)
        self.open, self._answered = False, True

    def leave(self) -> None:
        """Take the question away unanswered; it comes again."""
        self.open = False
