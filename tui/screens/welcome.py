"""Fills in the welcome sheet of a client: what both sides say at first contact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final

from textual.app import ComposeResult
from textual.widgets import Input, Static

from store.docket.welcome import ITEMS, sheet
from store.drafts import Kept
from store.entries import Entry
from store.errors import UsageError
from store.playbook.welcome import contact_words, to_log
from store.workspace import Workspace
from tui.bindings import keys_for
from tui.safe_text import content
from tui.screens.form import FormField, FormScreen, LineInput
from tui.screens.parts import Heading, Say
from tui.widgets.fields import FormFields
from tui.widgets.hints import Hints

_LABELS: Final = {
    "process": "how it goes",
    "roles": "who does it",
    "dates": "dates",
    "approvals": "approvals",
    "payment": "bills due",
    "pays_by": "they pay by",
    "reach_me": "reach me",
    "my_reply": "I answer in",
    "reach_them": "reach them",
    "their_reply": "they answer",
    "decides": "who decides",
    "access": "access",
    "goal": "their goal",
    "vision": "vision",
}
_EXAMPLES: Final = {
    **{name: words[0].lower() + words[1:] for name, words in ITEMS.items()},
    "dates": "first draft, last day",
    "approvals": "who says yes, and within how many days",
    "decides": "one name, with the last word",
    "payment": "net14, day1 or receipt",
    "my_reply": "one working day",
    "their_reply": "2d",
    "goal": "what they want to reach, or none",
    "vision": "where it is to lead, or none",
}


class WelcomeScreen(FormScreen[Entry]):
    """One line for each item of the sheet; dismissed with the last entry, or None."""

    DEFAULT_CSS = """
    WelcomeScreen #flags { height: auto; padding: 0 1; }
    """
    BINDINGS = keys_for("welcome")
    PLACE = "welcome"

    def __init__(self, workspace: Workspace, client: str, taken: Kept | None = None) -> None:
        super().__init__(workspace, client, "welcome")
        self.taken = taken
        self.docket = workspace.docket(client)

    def compose(self) -> ComposeResult:
        """Yield the flags, a line for each item, and the line for errors."""
        private = self.workspace.private.of(self.client)
        yield Heading("Welcome sheet", self.docket.name, "docket welcome writes it out")
        yield Static(content("\n".join(contact_words(self.docket, private))), id="flags")
        with FormFields(id="all"):
            for name, value in self.untouched.items():
                example = _EXAMPLES[name]
                yield FormField(_LABELS[name], LineInput(name, value, example=example))
        yield Say()
        yield Hints("welcome", self.workspace.config.keys)

    def on_mount(self) -> None:
        """Start at the first line that is empty."""
        if self.taken is not None:
            self.draft.fill(self, self.taken)
        else:
            self.query_one(Say).hint(self.draft.offered_words())
        lines = list(self.query(LineInput))
        next((line for line in lines if not line.value), lines[0]).focus()

    @cached_property
    def untouched(self) -> dict[str, str]:
        """The sheet as it stands."""
        said = sheet(self.docket).answers
        return {name: said[name].text if name in said else "" for name in _LABELS}

    def subject(self) -> Iterator[str]:
        """Yield what the sheet says now."""
        said = sheet(self.workspace.docket(self.client)).answers
        return (f"{_LABELS[name]}: {said[name].text}" for name in _LABELS if name in said)

    def reading(self) -> str:
        """Return nothing: no day is typed here."""
        return ""

    def saves(self, line: Input) -> bool:
        """Return whether `enter` saves there: in the last line only."""
        return line.id == list(_LABELS)[-1]

    def save(self, given: Mapping[str, str]) -> Entry:
        """Log what is new."""
        new = to_log(given, self.docket)
        if not new:
            raise UsageError("Nothing is new in it", "", "Type an answer, or leave with esc")
        drafts = [self.workspace.draft(self.client, kind, data=data) for kind, data in new.items()]
        return self.workspace.append(self.client, drafts)[-1]
