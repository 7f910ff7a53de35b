"""The decision: gut first, then the answer with everything it rests on, and what you choose."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from store.decision import VERDICT, VERDICTS, Assessment, assess
from store.decision.history import exceptable
from store.decision.trend import Point, trend
from store.docket import Docket
from store.entries import Entry
from store.entries.words import entry_named
from store.errors import DocketError
from store.overview.card import Backed, contact_flags
from store.overview.standing import scene_of
from store.playbook.next_steps import next_steps
from store.playbook.step import NextStep
from store.private.gut import Gut
from store.private.model import CheckIn, Decision, GutAnswer, Private
from store.stopping import Effort, GivenUpError, under_way
from store.text import plural
from store.workspace import Workspace
from tui.bindings import bindings_for, keys_for, presses
from tui.screens.choose import ChooseScreen
from tui.screens.decision_page import page_rows
from tui.screens.decision_rows import chart_rows, decision_rows, ways_out_rows
from tui.screens.parts import BehindScreen, Below, Heading
from tui.screens.rows import RowList
from tui.screens.set_aside import SetAsideScreen
from tui.shell.shell import shell_of
from tui.widgets.aside import aside
from tui.widgets.hints import Hints
from tui.widgets.lines import Cells, LineList
from tui.widgets.looks import drawn
from tui.words import NEVER_EXPORTED

_GUT: Final = {
    "keep": "as it is",
    "set-boundaries": "say what you need, with a date",
    "stop-work": "until they pay",
    "walk-away": "finish what you promised, part well",
}
_HIDDEN: Final = (
    "The answer stays hidden until you choose.\n"
    "Your choice is private, and kept to be held against what followed."
)


def gut_lines() -> Cells:
    """Return the question before the answer, with what each key says."""
    pieces: list[tuple[str, str]] = [("What does your gut say?", "bold"), ("\n\n", "")]
    for number, verdict in enumerate(VERDICTS, start=1):
        words = VERDICT[verdict].words.removesuffix(f" {_GUT[verdict]}")
        pieces += [(f"  {number}", "bold"), (f"  {words:<16}", ""), (f"{_GUT[verdict]}\n", "dim")]
    return [*pieces, ("\n  0", "bold"), ("  skip\n\n", ""), (_HIDDEN, "dim")]


class GutQuestion(Widget, can_focus=True):
    """Asks once; posts Answered with the answer, or None when it is skipped."""

    DEFAULT_CSS = """
    GutQuestion { height: 1fr; padding: 2 2 0 2; }
    """
    BINDINGS = bindings_for("gut")

    class Answered(Message):
        """The gut spoke, or was skipped."""

        def __init__(self, answer: Gut | None) -> None:
            super().__init__()
            self.answer = answer

    def render(self) -> Content:
        """Return the question and its keys."""
        return drawn(self.app, gut_lines())

    def action_answer(self, given: Gut) -> None:
        """Say what the gut said."""
        self.post_message(self.Answered(given))

    def action_skip(self) -> None:
        """Do not answer."""
        self.post_message(self.Answered(None))


class DecisionScreen(BehindScreen):
    """Hides the answer until the gut has spoken; `enter` shows the entries behind a line."""

    DEFAULT_CSS = """
    DecisionScreen #answer { display: none; }
    """
    BINDINGS = keys_for("decision")

    def __init__(self, workspace: Workspace, client: str) -> None:
        super().__init__(workspace)
        self.client = client
        self.gut: Gut | None = None
        self.assessment: Assessment | None = None
        self.points: Sequence[Point] = ()
        self.flags: Sequence[Backed] = ()
        self.step: NextStep | None = None
        self._left = self._whole = False
        self._looking_back = Effort()

    @property
    def PLACE(self) -> str:  # noqa: N802 - as on every screen
        """Where the keys are now: at the question, or at the answer."""
        return "gut" if self.assessment is None else "decision"

    def compose(self) -> ComposeResult:
        """Yield the question, the answer that waits behind it, and the lower part."""
        docket = self.workspace.docket(self.client)
        yield Heading(docket.name, "decision", NEVER_EXPORTED)
        yield GutQuestion()
        yield RowList(id="answer")
        yield Below()
        yield Hints("gut", self.workspace.config.keys)

    def on_mount(self) -> None:
        """Ask, unless the gut was asked earlier today, or skipped: the answer is known by then."""
        today = self.workspace.today
        spoken = [one for one in self._private().guts if one.at.astimezone().date() == today]
        if spoken:
            self.gut = spoken[-1].answer
        if spoken or (self.client, today) in shell_of(self).seen_answers:
            self._reveal()
        else:
            self.query_one(GutQuestion).focus()

    def on_unmount(self) -> None:
        """Work nothing out any more."""
        self._looking_back.stopped = True

    def on_screen_suspend(self) -> None:
        """Remember that another screen was over this one."""
        self._left = True

    def on_screen_resume(self) -> None:
        """Take in what was logged or noted on another screen."""
        if self.assessment is not None and self._left:
            self._assess()

    def on_capture_bar_logged(self) -> None:
        """Take in what was logged from here."""
        if self.assessment is not None:
            self._assess()

    def on_gut_question_answered(self, event: GutQuestion.Answered) -> None:
        """Show what the log says, once the answer is kept or skipped."""
        if event.answer is None:
            self.action_skip()
        else:
            self.action_answer(event.answer)

    def action_answer(self, given: Gut) -> None:
        """Keep what the gut said, then show what the log says."""
        if self.assessment is not None:
            return
        try:
            answer = GutAnswer(at=self.workspace.clock(), answer=given)
            self.workspace.private.add(self.client, answer)
        except DocketError as error:
            self.tell(str(error), error=True)
            return
        self.gut = given
        self._reveal()

    def action_skip(self) -> None:
        """Show what the log says without asking the gut."""
        if self.assessment is None:
            self._reveal()

    def cursor_moved(self, lines: LineList) -> None:
        """Let the lower part follow the cursor while it is open."""
        if lines is self.listed and self.below.open:
            self.action_open()

    def action_open(self) -> None:
        """Show the entries behind the line the cursor is on."""
        row = self.listed.current
        if self.assessment is None or row is None:
            return
        if row.leads == "trend":
            self.action_trend()
            return
        if row.leads == "ways":
            self.action_ways_out()
            return
        if row.leads == "step":
            self.run_worker(self.action_next())
            return
        count, docket = len(row.evidence), self.workspace.docket(self.client)
        behind = f"Behind this line: {plural(count, 'entry', 'entries') if count else 'no entries'}"
        self.show_entries(behind, docket, row.about, row.evidence)

    def action_whole(self) -> None:
        """Show everything it rests on, or only the answer again."""
        if self.assessment is not None:
            self._whole = not self._whole
            self.lay_out()

    def action_ways_out(self) -> None:
        """Show both ways out."""
        if self.assessment is not None:
            width = self.below.lines.room
            self.show_below("Solve it, or end it", ways_out_rows(self.assessment, width))

    def action_trend(self) -> None:
        """Show how the rank moved over the last months."""
        if self.points:
            rows = chart_rows(self.points, self.below.lines.room)
            title = "By week: k keep, b set boundaries, s stop work, w walk away"
            self.show_below(title, rows)

    def action_choose(self) -> None:
        """Write down what you decide."""
        if self._spoken():
            assert self.assessment is not None
            form = ChooseScreen(self.workspace, self.client, self.assessment)
            self.app.push_screen(form, self._came_back)

    def action_show(self, place: str) -> None:
        """Open another screen about the client; past decisions say what the log says now."""
        if place != "past" or self._spoken():
            shell_of(self).show(place, self.client, self._came_back)

    def action_except(self) -> None:
        """Set the rule under the cursor aside, in writing and for a time."""
        if self.assessment is None:
            return
        row = self.reading.current
        raising = exceptable(self.assessment)
        meant = [rule for rule in raising if row is not None and rule.id == row.rule]
        held = [one for one in self.assessment.exceptions if row and one.id == row.rule]
        if held:
            self.tell(f"{held[0].id} is set aside already: your exception {held[0].left}.")
            return
        if not meant and not self._whole:
            self.action_whole()  # where the rules are
        if not meant:
            none = "No rule speaks that an exception could be made to."
            self.tell("Put the cursor on the rule you mean." if raising else none, error=True)
            return
        form = SetAsideScreen(self.workspace, self.client, meant[0])
        self.app.push_screen(form, self._came_back)

    async def action_next(self) -> None:
        """Open quick capture with the first of the client's next steps."""
        if self.assessment is not None:
            await shell_of(self).open_next(self.client)

    def _spoken(self) -> bool:
        """Return whether the gut has spoken, or was skipped; say that it comes first if not."""
        if self.assessment is None:
            self.tell("Answer your gut first, or skip it with 0.", error=True)
        return self.assessment is not None

    def _came_back(self, done: object) -> None:
        """Say what was done on the screen that was over this one."""
        if isinstance(done, Decision):
            self.tell("Written down, in your private file.")
        elif isinstance(done, Entry):
            self.tell(f"Kept as {entry_named(done.client, done.seq)}: internal, and it lapses.")
        elif isinstance(done, CheckIn):
            self.tell("Checked in; the answer takes it into account.")

    def _reveal(self) -> None:
        self.query_one(GutQuestion).display = False
        self.listed.display = True
        self.listed.focus()
        shell_of(self).seen_answers.add((self.client, self.workspace.today))
        hints = self.query_one(Hints)
        hints.place = "decision"
        hints.refresh()
        self._assess()

    def _assess(self) -> None:
        """Have it assessed; what was shown before is shown meanwhile."""
        shell_of(self).dockets.about(self.client, self._assessed, self._take, self._give_up)

    def _assessed(self) -> tuple[Docket, Assessment, Sequence[Backed]]:
        docket = self.workspace.docket(self.client)
        try:
            scene = scene_of(docket, self.workspace)
            found, private = scene.assessment, scene.private
        except DocketError:  # the private file cannot be read, which is said where it is shown
            private = Private()
            found = assess(docket, private, self.workspace.config)
        return docket, found, contact_flags(docket, private)

    def _take(self, found: tuple[Docket, Assessment, Sequence[Backed]]) -> None:
        if not self.query(RowList):  # it was left meanwhile
            return
        docket, self.assessment, self.flags = found
        self.call_after_refresh(self.lay_out)
        self.work = self.run_worker(self._look_back(docket), group="trend", exclusive=True)

    def _give_up(self) -> None:
        if self.assessment is None and self.is_current:  # there is no answer to stay for
            self.dismiss(None)

    def awaits(self, event: events.Key) -> bool:
        """Return whether a key is about how the score moved, which is being worked out."""
        return self.works and presses(event, self.workspace.config.keys, "trend", "open")

    async def _look_back(self, docket: Docket) -> None:
        """Work out half a year of weeks in a thread; the answer is there meanwhile."""
        private, config = self._private(), self.workspace.config
        with suppress(GivenUpError), under_way(self._looking_back):
            self.points = await aside(trend, docket, private, config)
            scene = await aside(scene_of, docket, self.workspace, self.assessment)
            self.step = next(iter(await aside(next_steps, scene)), None)
        if self.query(RowList):  # it may have been left meanwhile
            self.lay_out()

    def lay_out(self) -> None:
        """Lay the answer out for the width there is."""
        if (found := self.assessment) is None or not self.query(RowList):  # it was left meanwhile
            return
        answer, kept = self.listed, self._private()
        gut, room, points = self.gut, answer.room, self.points
        if self._whole:
            rows = decision_rows(found, gut, kept, room, points)
        else:
            lines = self.size.height - 3  # without the title, its rule and the hints
            rows = page_rows(found, gut, room, points, self.step, self.flags, lines)
        answer.show(rows, keep=bool(answer.rows))

    def _private(self) -> Private:
        try:
            return self.workspace.private.of(self.client)
        except DocketError as error:
            self.tell(str(error), error=True)
            return Private()
