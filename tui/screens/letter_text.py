"""Changes the words of a letter in place; what is typed is kept until it is taken."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from textual.app import ComposeResult
from textual.widgets import Input

from store.drafts import Kept
from store.errors import UsageError
from store.playbook.letters import Letter
from store.workspace import Workspace
from tui.bindings import keys_for
from tui.screens.form import FormField, FormScreen, LineInput, TextInput
from tui.screens.parts import Heading, Say
from tui.widgets.hints import Hints
from tui.words.letter import reworded, unmarked


class LetterTextScreen(FormScreen[Letter]):
    """The subject and words of one letter; dismissed with the letter as it was left, or None."""

    DEFAULT_CSS = """
    LetterTextScreen #words-field { height: 1fr; }
    LetterTextScreen #words-field TextInput { height: 1fr; }
    """
    BINDINGS = keys_for("letter-text")
    PLACE = "letter-text"

    def __init__(
        self,
        workspace: Workspace,
        client: str,
        called: str,
        letter: Letter,
        taken: Kept | None = None,
    ) -> None:
        super().__init__(workspace, client, f"letter-{letter.kind}")
        self.called = called
        self.letter = letter
        self.taken = taken

    def compose(self) -> ComposeResult:
        """Yield the subject, the words, and the line for errors."""
        fields = self.untouched
        yield Heading("Change the letter", f"to {self.called}", "as it is sent")
        yield FormField("subject", LineInput("subject", fields["subject"]))
        words = FormField("words", TextInput("words", fields["words"]))
        words.id = "words-field"
        yield words
        yield Say()
        yield Hints("letter-text", self.workspace.config.keys)

    def on_mount(self) -> None:
        """Start at the first line of the words."""
        if self.taken is not None:
            self.draft.fill(self, self.taken)
        else:
            self.query_one(Say).hint(self.draft.offered_words())
        words = self.query_one("#words", TextInput)
        words.move_cursor((0, 0))
        words.focus()

    @cached_property
    def untouched(self) -> dict[str, str]:
        """The letter as it was filled."""
        return letter_fields(self.letter)

    def reading(self) -> str:
        """Return nothing: no day is typed here."""
        return ""

    def saves(self, line: Input) -> bool:
        """Return whether `enter` saves there: it goes on to the words."""
        return False

    def save(self, given: Mapping[str, str]) -> Letter:
        """Return the letter as it was left."""
        if not given["words"].strip():
            raise UsageError("The letter is empty", "", "Write it, or leave with esc")
        return reworded(self.letter, given["subject"].strip(), given["words"])


def letter_fields(letter: Letter) -> dict[str, str]:
    """Return the fields in which a letter is changed, with what stands in it."""
    return {"subject": unmarked(letter.subject), "words": unmarked(letter.body).strip()}
