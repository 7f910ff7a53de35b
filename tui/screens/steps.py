"""What to do next over all clients, by day: to its entry, to its letter, done, or put off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from textual.app import ComposeResult
from textual.containers import Vertical

from store.dates import day_ahead, day_words
from store.errors import DocketError, UsageError
from store.overview.standing import all_standing
from store.playbook.step import NextStep, in_order
from store.private.model import Hold, Snooze
from store.text import clean_line
from store.workspace import Workspace
from tui.bindings import keys_for
from tui.screens.due_rows import detail_rows_of, due_counted, due_rows, shown_steps, step_key
from tui.screens.parts import Heading, ListScreen
from tui.screens.rows import Row, RowList, paragraph
from tui.shell.shell import shell_of
from tui.widgets.ask import AskBar, Prompt
from tui.widgets.bar import BarSlot
from tui.widgets.hints import Hints
from tui.widgets.lines import LineList
from tui.widgets.rules import RuleLine

_NONE = "Nothing is open with anybody: there is nothing to do next."


class StepDetail(Vertical):
    """What there is to know of one step, under a rule with its name."""

    DEFAULT_CSS = """
    StepDetail { height: 7; }
    StepDetail RowList { height: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.rule, self.lines = RuleLine(), RowList()
        self.lines.can_focus = False

    def compose(self) -> ComposeResult:
        """Yield the rule and the lines."""
        yield self.rule
        yield self.lines

    @property
    def room(self) -> int:
        """Cells of a line."""
        return self.lines.room

    def show(self, what: str, fact: str, rows: Sequence[Row]) -> None:
        """Show another step."""
        self.rule.show(what, fact)
        self.lines.show(rows)


class StepsScreen(ListScreen[None]):
    """Lists the steps that were kept with each client; only dockets that changed are read."""

    BINDINGS = keys_for("steps")
    PLACE = "steps"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.steps: Sequence[NextStep] = ()
        self.names: dict[str, str] = {}
        self.read = False

    def compose(self) -> ComposeResult:
        """Yield the heading, the list and the hints."""
        yield Heading("Due")
        yield RowList(id="steps")
        yield StepDetail()
        yield Hints("steps", self.workspace.config.keys)
        yield BarSlot()

    def on_mount(self) -> None:
        """Begin to read."""
        self.reading.focus()
        self.reading.show(paragraph("Reading…", self.reading.room))
        self.look()

    def on_screen_resume(self) -> None:
        """Take in what was done on another screen."""
        if self.read:
            self.look()

    def on_capture_bar_logged(self) -> None:
        """Take in what was logged from here."""
        self.look()

    def look(self) -> None:
        """Read anew what is kept of each client."""
        self.work = self.run_worker(self._read(), group="steps", exclusive=True)

    async def _read(self) -> None:
        today = self.workspace.today
        try:
            standing = await self.aside("Reading", partial(all_standing, self.workspace, today))
        except DocketError as error:  # about the private file or the settings
            self.tell(str(error), error=True)
            return
        self.steps = in_order((step for one in standing.values() for step in one.steps), today)
        self.names = {client: one.name for client, one in standing.items()}
        self.read = True
        self.call_after_refresh(self.lay_out)

    @property
    def selected(self) -> NextStep | None:
        """The step under the cursor."""
        row = self.reading.current
        return next(
            (one for one in shown_steps(self.steps) if row and row.leads == step_key(one)), None
        )

    @property
    def client(self) -> str | None:
        """The client of the step under the cursor."""
        return self.selected.client if self.selected else None

    def _selected(self) -> NextStep:
        if self.selected is None:
            raise DocketError("No step is selected", "the list shows none", "")
        return self.selected

    def action_open(self) -> None:
        """Show the entry that the step rests on, or how the client stands where it is none."""
        step = self._selected()
        if step.evidence:
            shell_of(self).look_at(step.client, step.evidence[0])
        else:
            shell_of(self).show("decision", step.client)

    async def action_next(self) -> None:
        """Open quick capture with the step, to be logged once it is done."""
        await shell_of(self).open_step(self._selected())

    def action_show(self, place: str) -> None:
        """Show the letter that says the step."""
        from tui.screens.letter import LetterScreen

        step = self._selected()
        if not step.letter:
            raise DocketError(f"No letter says '{step.what}'", "", "Press s to log it once done")
        shell = shell_of(self)
        shell.dockets.with_one(
            step.client, lambda: shell.push_screen(LetterScreen(self.workspace, step))
        )

    async def action_snooze(self) -> None:
        """Put the step off, with a day and a reason."""
        await self._put_off(self._selected(), hold=False)

    async def action_hold(self) -> None:
        """Put off all steps of the client, with a day and a reason."""
        await self._put_off(self._selected(), hold=True)

    async def _put_off(self, step: NextStep, *, hold: bool) -> None:
        what = "All about them rests until" if hold else "Put off until"
        questions = {
            "until": Prompt(what, "+7d, or fri, or 20 dec", self._day),
            "why": Prompt("Why", "what you wait for", _reason),
        }

        def done(said: dict[str, str]) -> None:
            at, until, why = self.workspace.clock(), self._day(said["until"]), said["why"]
            one = (
                Hold(at=at, until=until, why=why)
                if hold
                else Snooze(at=at, key=step.key, until=until, why=why)
            )
            self.workspace.private.add(step.client, one)
            self.tell(f"Put off until {day_words(until)}, in your private file.")
            self.look()

        await shell_of(self).open_bar(AskBar(questions, self.names[step.client], done))

    def _day(self, typed: str) -> date:
        today = self.workspace.today
        day = day_ahead(typed, today)
        if day is None or day <= today:
            raise UsageError("A day to come is needed", "", "Type one, such as +7d")
        return day

    def lay_out(self) -> None:
        """Lay the steps out for the width there is."""
        if not self.read:
            return
        before, today = self.selected, self.workspace.today
        room = self.reading.room
        rows = due_rows(self.steps, self.names, today, room) or paragraph(_NONE, room)
        self.query_one(Heading).show("Due", due_counted(self.steps, today), f"{today:%a %-d %b}")
        self.reading.show(rows, keep=before is not None)
        at = [n for n, row in enumerate(rows) if before and row.leads == step_key(before)]
        if at:
            self.reading.go(at[0])
        self._tell_of(self.selected)

    def cursor_moved(self, lines: LineList) -> None:
        """Tell below the list of the step the cursor is on."""
        if lines is self.reading:
            self._tell_of(self.selected)

    def _tell_of(self, step: NextStep | None) -> None:
        detail = self.query_one(StepDetail)
        today = self.workspace.today
        if step is None:
            detail.show("", "", [])
            return
        letter = "l shows the letter" if step.letter else ""
        rows = detail_rows_of(step, self.steps, today, detail.room)
        detail.show(step.what, letter, list(rows))


def _reason(typed: str) -> str:
    return clean_line(typed, what="the reason")
