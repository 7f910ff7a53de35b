"""Sets one rule aside in writing, with a reason and a last day: an entry kept out of records."""

from __future__ import annotations

from datetime import date

from textual.app import ComposeResult
from textual.widgets import Input, Static

from store.dates import day_in_full
from store.decision import VERDICT, Rule
from store.decision.history import exception
from store.entries import Entry
from store.errors import DocketError, UsageError
from store.text import clean_line
from store.workspace import Workspace
from tui.bindings import keys_for
from tui.safe_text import content
from tui.screens.form import Field, Form, LineInput, day_ahead, typed_in
from tui.screens.parts import Heading, Say
from tui.widgets.hints import Hints

LASTS = "in 2 weeks"


class SetAsideScreen(Form[Entry]):
    """Asks for the reason and the last day; dismissed with the entry, or None."""

    DEFAULT_CSS = """
    SetAsideScreen #rule { height: auto; padding: 1 1; }
    SetAsideScreen #reading { height: auto; padding: 0 1 1 15; text-style: dim; }
    SetAsideScreen #promise { height: auto; padding: 0 1; text-style: dim; }
    """
    BINDINGS = keys_for("exception")
    PLACE = "exception"

    def __init__(self, workspace: Workspace, client: str, rule: Rule) -> None:
        super().__init__(workspace, client, f"exception-{rule.id.lower()}")
        self.rule = rule

    def compose(self) -> ComposeResult:
        """Yield what the rule says, then reason and last day."""
        name = self.workspace.docket(self.client).name
        yield Heading(f"An exception to {self.rule.id} for {name}", "internal, in no record")
        said = VERDICT[self.rule.verdict].said.lower()
        yield Static(content(f"{self.rule.reason} The rule says: {said}."), id="rule")
        yield Field("why", LineInput("why", example="what you rely on"))
        yield Field("until", LineInput("until", LASTS))
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
        self._read()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on from the reason; save from the day."""
        if event.input.id == "until":
            self.action_save()
        else:
            self.focus_next()

    def action_save(self) -> None:
        """Log the exception, or say what is missing."""
        typed = typed_in(self)
        try:
            until = day_ahead(typed["until"], self._today)
            if until is None:
                raise UsageError("An exception has an end", "", "Type a day, such as in 2 weeks")
            why = clean_line(typed["why"], what="the reason")
            entry = self.workspace.enter(**exception(self.client, self.rule.id, until, why))
        except DocketError as error:
            self.query_one(Say).tell(str(error), error=True)
            return
        self.draft.clear()
        self.dismiss(entry)

    def _blank(self) -> dict[str, str]:
        return {"why": "", "until": LASTS}

    @property
    def _today(self) -> date:
        return self.workspace.clock().date()

    def _read(self) -> None:
        self._show_read(self._until)

    def _until(self) -> str:
        day = day_ahead(typed_in(self)["until"], self._today)
        return f"its last day is {day_in_full(day)}" if day else "a last day is needed"
