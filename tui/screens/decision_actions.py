"""What the keys of a decision do beside reading it: choose, make an exception, go on from here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.decision.history import exceptable
from store.entries import Entry
from store.playbook.next_step import next_step
from store.private.model import CheckIn, Decision
from tui.screens.checkin import CheckInScreen
from tui.screens.choose import ChooseScreen
from tui.screens.parts import Say
from tui.screens.past import PastScreen
from tui.screens.record import RecordScreen
from tui.screens.set_aside import SetAsideScreen

if TYPE_CHECKING:
    from tui.screens.decision import DecisionScreen


class DecisionActions:
    """Actions of DecisionScreen that lead to other screens; nothing before the gut has spoken."""

    def _screen(self) -> DecisionScreen:
        from tui.screens.decision import DecisionScreen

        assert isinstance(self, DecisionScreen)
        return self

    def _say(self, text: str, *, error: bool = False) -> None:
        self._screen().query_one(Say).tell(text, error=error)

    def action_choose(self) -> None:
        """Write down what you decide."""
        screen = self._screen()
        if screen.assessment is None:
            self._say("Answer your gut first, or skip it with 0.", error=True)
            return
        chosen = ChooseScreen(screen.workspace, screen.client, screen.assessment)
        screen.app.push_screen(chosen, self._chosen)

    def action_decisions(self) -> None:
        """Show past decisions against what followed; they say what the log says now."""
        screen = self._screen()
        if screen.assessment is None:
            self._say("Answer your gut first, or skip it with 0.", error=True)
            return
        screen.app.push_screen(PastScreen(screen.workspace, screen.client))

    def action_except(self) -> None:
        """Set the rule under the cursor aside, in writing and for a time."""
        screen = self._screen()
        if screen.assessment is None:
            return
        row = screen.reading.current
        raising = exceptable(screen.assessment)
        meant = [rule for rule in raising if row is not None and rule.id == row.rule]
        held = [one for one in screen.assessment.exceptions if row and one.id == row.rule]
        if held:
            self._say(f"{held[0].id} is set aside already: your exception {held[0].left}.")
            return
        if not meant:
            none = "No rule speaks that an exception could be made to."
            self._say("Put the cursor on the rule you mean." if raising else none, error=True)
            return
        form = SetAsideScreen(screen.workspace, screen.client, meant[0])
        screen.app.push_screen(form, self._excepted)

    async def action_next(self) -> None:
        """Open quick capture with the step that is due."""
        from tui.app.app import DocketApp  # which imports the screens

        screen = self._screen()
        if screen.assessment is None or not isinstance(screen.app, DocketApp):
            return
        line = next_step(screen.workspace.docket(screen.client), screen.assessment.verdict)
        if line:
            await screen.app.open_capture(line)
        else:
            self._say("Nothing is due: no money and no answer is overdue.")

    def action_record(self) -> None:
        """Write the record; a finding of it leads to its entry on the main screen."""
        screen = self._screen()
        screen.app.push_screen(RecordScreen(screen.workspace, screen.client), self._look_at)

    def action_checkin(self) -> None:
        """Note how it feels."""
        screen = self._screen()
        screen.app.push_screen(CheckInScreen(screen.workspace, screen.client), self._checked_in)

    def action_copy(self) -> None:
        """Copy the line the cursor is on, with what it is about."""
        screen = self._screen()
        row = screen.reading.current
        if screen.assessment is not None and row is not None:
            screen.app.copy_to_clipboard(row.about)
            self._say("Copied. It is private: mind where you paste it.")

    def _look_at(self, seq: int | None) -> None:
        from tui.app.app import DocketApp  # which imports the screens

        screen = self._screen()
        if isinstance(screen.app, DocketApp):
            screen.app.main.look_at(screen.client, seq)

    def _chosen(self, decision: Decision | None) -> None:
        if decision is not None:
            self._say("Written down, in your private file.")

    def _excepted(self, entry: Entry | None) -> None:
        if entry is not None:
            self._say(f"The exception is {entry.client}#{entry.seq}: internal, and it lapses.")

    def _checked_in(self, checkin: CheckIn | None) -> None:
        if checkin is not None:
            self._say("Checked in; the answer takes it into account.")
