"""Past decisions against what followed, of one client or of all, and whether they were right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import chain

from textual.app import ComposeResult

from store.decision.history import Followed, followed
from store.errors import DocketError
from store.private.model import Right
from store.stopping import piece_by_piece, turn_to
from store.text import plural
from store.text.cells import cell_width
from store.workspace import Workspace
from tui.bindings import keys_for
from tui.keys import key_shown
from tui.safe_text import safe_fit
from tui.screens.parts import BehindScreen, Below, Heading, Say
from tui.screens.rows import BLANK, Row, RowList, paragraph
from tui.widgets.hints import Hints
from tui.widgets.lines import LineList
from tui.words import NEVER_EXPORTED
from tui.words.decisions import (
    decision_heading,
    due_first,
    judged_words,
    past_lines,
    since_words,
)

_INDENT = 4


class PastList(RowList, can_focus=True, inherit_bindings=False):
    """Knows which decision the cursor is on, and brings all of its lines into view."""

    def __init__(self) -> None:
        super().__init__(id="past")
        self._begins: Mapping[int, Followed] = {}

    @property
    def decision(self) -> Followed | None:
        """The decision the cursor is on."""
        return self._begins.get(self.cursor)

    def show_decisions(self, lines: Sequence[tuple[Row, Followed | None]]) -> None:
        """Replace the lines, the first of each decision with that decision."""
        before = self.decision
        self._begins = {at: one for at, (_, one) in enumerate(lines) if one is not None}
        self.show([row for row, _ in lines], keep=before is not None)
        for at, one in self._begins.items():
            if before is not None and (one.client, one.number) == (before.client, before.number):
                self.go(at)

    def tell(self, text: str) -> None:
        """Show a sentence in place of decisions."""
        self.show_decisions([(row, None) for row in paragraph(text, self.room)])

    def step(self, by: int) -> None:
        """Go to the next decision, but read to the end of this one first."""
        top, bottom = self._window()
        if self.cursor < top if by < 0 else self._end > bottom:
            self._scroll(top + by)
            return
        ahead = [at for at in self._begins if (at - self.cursor) * by > 0]
        if ahead:
            self.go(ahead[0] if by > 0 else ahead[-1])
            self._show_whole()
        else:
            self._scroll(top + by)

    def show_cursor(self) -> None:
        """Bring the decision back into view where the list became shorter."""
        super().show_cursor()
        self._show_whole()

    @property
    def _end(self) -> int:
        """The last line of the decision the cursor is on."""
        after = [at for at in self._begins if at > self.cursor]
        return after[0] - 2 if after else self.count() - 1

    def _show_whole(self) -> None:
        """Scroll down to the end of the decision, as far as its first line stays in view."""
        top, bottom = self._window()
        self._scroll(min(self.cursor, max(top, top + self._end - bottom)))


class PastScreen(BehindScreen):
    """Works out in a thread what followed; the cursor goes from decision to decision."""

    BINDINGS = keys_for("past")
    PLACE = "past"

    def __init__(self, workspace: Workspace, client: str) -> None:
        super().__init__(workspace)
        self.opened_for = client
        self.all = False
        self.found: Sequence[Followed] | None = None
        self._names = {client: workspace.docket(client).name}

    def compose(self) -> ComposeResult:
        """Yield the heading, the decisions and the lower part."""
        yield Heading("Past decisions", self._whose, NEVER_EXPORTED)
        yield PastList()
        yield Below()
        yield Say()
        yield Hints("past", self.workspace.config.keys)

    def on_mount(self) -> None:
        """Begin to read."""
        self.listed.focus()
        self._begin()

    def on_screen_resume(self) -> None:
        """Take in what was logged or decided on another screen."""
        if self.found is not None:
            self.look()

    def on_capture_bar_logged(self) -> None:
        """Take in what was logged from here."""
        self.look()

    def look(self) -> None:
        """Work out again what followed."""
        self.work = self.run_worker(self._read(), group="past", exclusive=True)

    @property
    def client(self) -> str:
        """The client whose decision the cursor is on."""
        return self.current.client if self.current else self.opened_for

    @property
    def current(self) -> Followed | None:
        """The decision the cursor is on."""
        return self.listed.decision

    def cursor_moved(self, lines: LineList) -> None:
        """Let the lower part follow the cursor while it is open."""
        if lines is self.listed and self.below.open:
            self.action_open()

    def action_open(self) -> None:
        """Show the entries behind what followed the decision under the cursor."""
        one = self.current
        if one is None:
            return
        try:
            docket = self.workspace.docket(one.client)
        except DocketError as error:
            self.tell(str(error), error=True)
            return
        numbers = behind(one)
        said = f"{self._who(one)} {one.number}. {about(one)}"
        title = f"Behind what followed: {plural(len(numbers), 'entry', 'entries')}"
        self.show_entries(title, docket, said, numbers)

    def action_all_clients(self) -> None:
        """Show the decisions about all clients, or again only those about one."""
        self.all = not self.all
        self.query_one(Heading).show("Past decisions", self._whose, NEVER_EXPORTED)
        self.below.close()
        self.listed.focus()
        self._begin()

    @property
    def listed(self) -> PastList:
        """The decisions."""
        return self.query_one(PastList)

    @property
    def _whose(self) -> str:
        return "all clients" if self.all else self._names[self.opened_for]

    def _begin(self) -> None:
        """Read from the start, with nothing to answer meanwhile."""
        self.found = None
        self.stand("")
        self.listed.tell("Reading…")
        self.look()

    def action_judge(self, right: Right) -> None:
        """Keep whether the decision under the cursor was right; the order stays as it is."""
        one = self.current
        if one is None or self.found is None:
            return
        # The same answer once more keeps its reason, which only the command line takes.
        why = one.decision.right_why if one.decision.right == right else ""
        try:
            judged = self.workspace.private.judge(
                one.client, one.number, right, why, self.workspace.clock()
            )
        except DocketError as error:
            self.tell(str(error), error=True)
            return
        now = replace(one, decision=judged, due=False, ask=False)
        mine = (one.client, one.number)
        self.found = [
            now if (other.client, other.number) == mine else other for other in self.found
        ]
        self.lay_out()
        self.tell(judged_words(self._who(one), one.number, judged))
        self.call_after_refresh(self.listed.show_cursor)
        if self.works:
            self.look()  # what is on its way was read before the answer

    async def _read(self) -> None:
        try:
            looking = partial(self._look_back, self.all)
            found, names = await self.aside("Reading", looking)
        except DocketError as error:  # about a docket, the private file or the settings
            if self.found is None:
                self.listed.tell("")
            self.tell(str(error), error=True)
            return
        self.found, self._names = found, {**self._names, **names}
        self.stand(self._without)
        self.call_after_refresh(self.lay_out)

    def _look_back(self, every: bool) -> tuple[list[Followed], dict[str, str]]:
        """Return the decisions with what followed, and the names of their clients."""
        workspace = self.workspace
        read = workspace.readable if every else workspace.docket
        ids = workspace.client_ids() if every else [self.opened_for]
        kept = {client: workspace.private.of(client) for client in ids}
        decided = [client for client in ids if kept[client].decisions]
        turn_to("Reading", len(decided), "clients")
        dockets = [docket for client in piece_by_piece(decided) if (docket := read(client))]
        found = (followed(one, kept[one.client], workspace.config) for one in dockets)
        return due_first(chain.from_iterable(found)), {one.client: one.name for one in dockets}

    def lay_out(self) -> None:
        """Lay the decisions out for the width there is."""
        if self.found is None:
            return
        own, today = self.workspace.config.keys, self.workspace.today
        if self.found:
            rows = past_rows(self.found, self._who, today, self.listed.room, answers(own))
            self.listed.show_decisions(rows)
        else:
            name = "" if self.all else self._names[self.opened_for]
            self.listed.tell("" if self._without else none_yet(name, own))

    def _who(self, one: Followed) -> str:
        return self._names[one.client] if self.all else "Decision"

    @property
    def _without(self) -> str:
        """Whose decisions are missing, as their dockets cannot be read."""
        skipped = sorted(self.workspace.skipped) if self.all else []
        return f"Without {', '.join(skipped)}: not readable." if skipped else ""


def past_rows(
    found: Sequence[Followed],
    whose: Callable[[Followed], str],
    today: date,
    width: int,
    how: str,
) -> list[tuple[Row, Followed | None]]:
    """Return every line, at most `width` cells, the first of each decision with that decision.

    `whose` is what stands before its number; `how` says how to answer whether it was right.
    """
    lines: list[tuple[Row, Followed | None]] = []
    for one in found:
        if lines:
            lines.append((BLANK, None))
        said = list(past_lines(one, today, how))
        first = _heading(one, whose(one), width)
        about = "\n".join([first.strip(), *said])
        lines.append((Row.of((first, "bold"), opens=True, about=about), one))
        lines += [(row, None) for text in said for row in paragraph(text, width, indent=_INDENT)]
    return lines


def answers(own: Mapping[str, str]) -> str:
    """Return the keys that say whether a decision was right; `own` are the user's own."""
    right, partly, no = (
        key_shown(name, own) for name in ("judge-right", "judge-partly", "judge-not")
    )
    return f"{right} right, {partly} partly, {no} not right"


def none_yet(name: str, own: Mapping[str, str]) -> str:
    """Return how a decision is written down, where there is none about `name`, or at all."""
    about = f" about {name}" if name else ""
    return (
        f"No decision{about} is written down yet. {key_shown('decide', own)} on a client asks the "
        f"question, and {key_shown('choose', own)} there writes down what you decide."
    )


def behind(one: Followed) -> tuple[int, ...]:
    """Return the numbers of the entries that what followed is made of."""
    after = one.after
    steps = (step.seq for step in after.steps)
    return (*after.incidents, *after.payments, *after.unpaid, *after.late_answers, *steps)


def about(one: Followed) -> str:
    """Return what those entries add up to."""
    return since_words(one.after) if one.after.days else "No day has passed since then."


def _heading(one: Followed, name: str, width: int) -> str:
    """Return the first line of a decision; a long name is cut, its day never."""
    rest = decision_heading(one, "")
    return safe_fit(name, min(cell_width(name), width - cell_width(rest))) + rest
