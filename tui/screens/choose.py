"""Writes down a decision: the choice, why, when to look again, and what it rested on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import get_args

from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from store.dates import day_in_full
from store.decision import VERDICT, VERDICTS, Assessment
from store.decision.history import RESETS, check_reset, decided, too_often
from store.errors import DocketError, UsageError, about_field
from store.private.gut import Gut
from store.private.model import Decision
from store.text import clean_line, plural
from store.workspace import Workspace
from tui.bindings import keys_for
from tui.safe_text import content
from tui.screens.as_seen import logged_since
from tui.screens.form import FormField, FormScreen, LineInput
from tui.screens.parts import Heading, Say
from tui.widgets.hints import Hints
from tui.words import NEVER_EXPORTED

REVIEW = "in 4 weeks"


class Choice(Widget, can_focus=True):
    """The four ways on, chosen by digit; the one chosen is marked and reversed."""

    DEFAULT_CSS = """
    Choice { height: auto; padding: 0 1; }
    """

    class Made(Message):
        """Something was chosen."""

    def __init__(self, chosen: Gut | None) -> None:
        super().__init__(id="choice")
        self.chosen = chosen

    def render(self) -> Content:
        """Return the four, one a line."""
        pieces: list[str | tuple[str, str]] = []
        for number, answer in enumerate(VERDICTS, start=1):
            mark = "▸" if answer == self.chosen else " "
            style = "bold reverse" if answer == self.chosen else ""
            pieces += [
                f"{mark} {number}  ",
                (f" {VERDICT[answer].words} ", style),
                "\n" if number < 4 else "",
            ]
        return Content.assemble(*pieces)

    def answer(self, given: Gut) -> None:
        """Choose, and go on to the reason."""
        self.chosen = given
        self.refresh()
        self.post_message(self.Made())
        self.screen.focus_next()


class ChooseScreen(FormScreen[Decision]):
    """Asks for choice, reason and review day; dismissed with the decision that was kept."""

    DEFAULT_CSS = """
    ChooseScreen #rests { height: auto; padding: 1 1; }
    ChooseScreen FormField { margin: 0; }
    ChooseScreen #again { height: auto; min-height: 1; padding: 0 1; text-style: bold; }
    """
    BINDINGS = keys_for("choice")
    PLACE = "choice"

    def __init__(self, workspace: Workspace, client: str, rests_on: Assessment) -> None:
        super().__init__(workspace, client, "decision")
        self.rests_on = rests_on
        self._entries = len(workspace.docket(client).entries)

    def compose(self) -> ComposeResult:
        """Yield what the decision rests on, then the three answers."""
        name = self.workspace.docket(self.client).name
        yield Heading(name, "what do you decide?", NEVER_EXPORTED)
        yield Static(content(self._rests()), id="rests")
        yield Choice(None)
        yield Static(id="again")
        yield FormField("why", LineInput("why", example="for you to read later"))
        yield FormField("look again", LineInput("review", REVIEW))
        yield Static(id="reading")
        yield Say()
        yield Hints("choice", self.workspace.config.keys)

    def on_mount(self) -> None:
        """Start at the choice."""
        self.query_one(Say).hint(self.draft.offered_words())
        self.query_one(Choice).focus()
        self.read_back()

    def action_answer(self, given: Gut) -> None:
        """Choose one of the four."""
        self.query_one(Choice).answer(given)

    def on_choice_made(self) -> None:
        """Keep what is chosen, and say what is to know about it."""
        self.changed()

    def action_kept(self) -> bool:
        """Take up what was kept before, unless something is given; return whether it was."""
        kept = self.draft.offered_fields().get("choice")
        if not super().action_kept():
            return False
        choice = self.query_one(Choice)
        choice.chosen = _gut(kept)
        choice.refresh()
        self.changed()
        return True

    @property
    def untouched(self) -> dict[str, str]:
        """Nothing but the day to look again."""
        return {"choice": "", "why": "", "review": REVIEW}

    @property
    def given(self) -> dict[str, str]:
        """What is chosen, and what is typed."""
        return {"choice": self.query_one(Choice).chosen or "", **super().given}

    def save(self, given: Mapping[str, str]) -> Decision:
        """Keep the decision in the private file."""
        chosen, now = _gut(given["choice"]), self.workspace.clock()
        if chosen is None:
            how = "press 1, 2, 3 or 4 at the top"
            raise UsageError("Nothing is chosen yet", how, field="choice")
        private = self.workspace.private.of(self.client)
        why = clean_line(given["why"], what="the reason")
        with about_field("why"):
            check_reset(chosen, why, private)
        decision = decided(
            chosen,
            self.rests_on,
            private,
            at=now,
            why=why,
            review=self.day_ahead("review", given),
            entries=len(self.workspace.entries(self.client)),
        )
        self.workspace.private.add(self.client, decision)
        return decision

    def subject(self) -> Iterator[str]:
        """Return what was logged since the form was made."""
        entries = self.workspace.docket(self.client).entries
        return map(logged_since, entries[self._entries :])

    def reading(self) -> str:
        """Return how the day to look again is read."""
        day = self.day_ahead("review", self.given)
        return day_in_full(day) if day else "no day: this will not come up again"

    def read_back(self) -> None:
        """Show how the day is read, and how often boundaries were set before."""
        super().read_back()
        self.query_one("#again", Static).update(content(self._reset()))

    def _reset(self) -> str:
        """Say that boundaries were set before, where they are chosen once more (advice 59)."""
        try:
            private = self.workspace.private.of(self.client)
        except DocketError:  # saving says what is wrong
            return ""
        had = too_often(self.query_one(Choice).chosen, private)
        time = "a third time" if had == RESETS else "this time"
        return f"Boundaries were set {had} times already: say why {time} is different." * bool(had)

    def _rests(self) -> str:
        found = self.rests_on
        said = [f"The log says: {VERDICT[found.verdict].said}"]
        said.append(f"Money: {found.money.title[:1].lower()}{found.money.title[1:]}")
        said += [
            f"{rule.id} is set aside, {plural(rule.excepted or 0, 'day')} left"
            for rule in found.exceptions
        ]
        return f"{'. '.join(said)}. The choice is yours; all of it is kept, privately."


def _gut(said: object) -> Gut | None:
    """Return the answer that is spelled so; None for none of them."""
    return next((answer for answer in get_args(Gut) if answer == said), None)
