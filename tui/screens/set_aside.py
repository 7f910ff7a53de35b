"""Sets one rule aside in writing, with a reason and a last day: an entry kept out of records."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.widgets import Input, Static

from store.dates import day_in_full
from store.decision import VERDICT, Rule
from store.decision.history import exception
from store.entries import Entry
from store.errors import UsageError
from store.text import clean_line
from store.workspace import Workspace
from tui.bindings import keys_for
from tui.safe_text import content
from tui.screens.form import FormField, FormScreen, LineInput
from tui.screens.parts import Heading, Say
from tui.widgets.hints import Hints

LASTS = "in 2 weeks"


class SetAsideScreen(FormScreen[Entry]):
    """Asks for the reason and the last day; dismissed with the entry, or None."""

    DEFAULT_CSS = """
    SetAsideScreen #rule { height: auto; padding: 1 1; }
    SetAsideScreen #reading { padding: 0 1 1 16; }
    SetAsideScreen #promise { height: auto; padding: 0 1; color: $dim; text-style: $dim-style; }
    """
    BINDINGS = keys_for("exception")
    PLACE = "exception"

    def __init__(self, workspace: Workspace, client: str, rule: Rule) -> None:
        super().__init__(workspace, client, f"exception-{rule.id.lower()}")
        self.rule = rule

    def compose(self) -> ComposeResult:
        """Yield what the rule says, then reason and last day."""
        name = self.workspace.docket(self.client).name
        yield Heading(f"Exception to {self.rule.id}", name, "internal, in no record")
        said = VERDICT[self.rule.verdict].said.lower()
        yield Static(content(f"{self.rule.reason} The rule says: {said}."), id="rule")
        yield FormField("why", LineInput("why", example="what you rely on"))
        yield FormField("until", LineInput("until", LASTS))
        yield Static(id="reading")
        promise = (
            "It is an entry on the docket, internal, with its date and your reason. "
            "It is shown with the verdict while it stands, and lapses by itself."
        )
        yield Static(content(promise), id="promise")
        yield Say()
        yield Hints("exception", self.workspace.config.keys)

    def on_mount(self) -> None:
        """Start at the reason."""
        self.query_one(Say).hint(self.draft.offered_words())
        self.query_one("#why", Input).focus()
        self.read_back()

    @property
    def untouched(self) -> dict[str, str]:
        """Nothing but a day."""
        return {"why": "", "until": LASTS}

    def reading(self) -> str:
        """Return how the last day is read."""
        day = self.day_ahead("until", self.given)
        return f"its last day is {day_in_full(day)}" if day else "a last day is needed"

    def save(self, given: Mapping[str, str]) -> Entry:
        """Log the exception."""
        until = self.day_ahead("until", given)
        if until is None:
            remedy = "Type a day, such as in 2 weeks"
            raise UsageError("An exception has an end", "", remedy, field="until")
        why = clean_line(given["why"], what="the reason")
        return self.workspace.enter(**exception(self.client, self.rule.id, until, why))
