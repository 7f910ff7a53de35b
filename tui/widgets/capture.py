"""Quick capture: one line at the bottom of any screen, said back in words as it is typed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from store.capture import Completions, log_reading
from store.capture.reader import Backdrop, LineReader
from store.drafts import Kept
from store.entries import Entry
from store.errors import DocketError
from store.text import clean, plural
from store.text.cells import cell_width
from store.workspace import Workspace
from tui.safe_text import plain, safe_fit
from tui.widgets.aside import log_aside
from tui.widgets.bar import Bar, Keys, bar_title
from tui.widgets.books import Books
from tui.widgets.choices import Suggestions
from tui.widgets.keeper import Keeper
from tui.widgets.line import BarLine
from tui.widgets.looks import drawn
from tui.widgets.message import say_in
from tui.widgets.name_question import ANSWERS, NameQuestion
from tui.widgets.reads_as import ReadsAs
from tui.widgets.recall import Recall
from tui.widgets.several import SeveralLines
from tui.words.signing import QUESTION, WHY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from store.capture.reading import Reading

_EXAMPLE: Final = "late-payment INV-42 still unpaid !2 @yesterday +0.5h"
_ANOTHER: Final = "another: type its name first"
_LEAST = 12


class CaptureBar(Bar):
    """Reads the line at every key, keeps it as a draft, and logs it on `enter` once complete.

    A `suggestion` is what Docket typed, not the user: it becomes a draft once it is edited. What
    was kept before is shown greyed on the empty line, and taken by a key; `taken` is a kept text
    that was asked for already.
    """

    DEFAULT_CSS = """
    CaptureBar > #keys { height: 1; }
    """

    class Logged(Message):
        """Entries were logged from the bar."""

        def __init__(self, entries: Sequence[Entry]) -> None:
            super().__init__()
            self.entries = entries

    def __init__(
        self,
        workspace: Workspace,
        known: Backdrop,
        *,
        taken: Kept | None = None,
        suggestion: str = "",
    ) -> None:
        super().__init__("Log", known.names.get(known.current or "", ""))
        self.workspace = workspace
        self.known = known
        self.reader = LineReader(workspace, known)
        self._suggestion = suggestion
        self._taken = taken
        self._what = "Log"
        self.question = NameQuestion(workspace)
        self.books = Books(self, self._offer)

    def compose(self) -> Iterable[Widget]:
        """Yield the lines to type on, the choices, and the reading under them."""
        self.keeper = Keeper(self, self.workspace, "capture", failed=self._refused)
        self.recall = Recall(self.keeper, self.known.history)
        text = self._suggestion if self._taken is None else self._take(self._taken)
        self.lines = SeveralLines(text, self._hint())
        self.choices, self.reads_as = Suggestions(), ReadsAs()
        yield from (self.lines, self.choices, self.reads_as, Static(id="keys"))

    def on_mount(self) -> None:
        """Read what a draft brought."""
        self._read()

    @property
    def text(self) -> str:
        """What was typed; lines after the first go into the statement as they are."""
        return self.lines.text

    def on_input_changed(self, event: BarLine.Changed) -> None:
        """Read the line anew, and keep it within half a second."""
        event.stop()
        if not self.question.open and event.value != self.lines.typed.line:
            self.lines.typed.line = event.value
            self._edited()

    def _edited(self) -> None:
        """Take in that the text is another one by the user's hand."""
        if self.recall.open:
            self._suggestion = ""
            try:
                self.recall.make_own()
            except DocketError as error:
                say_in(self, str(error), error=True)
        typed = "" if self.text == self._suggestion else self.text
        if typed != self.keeper.text:
            self.keeper.keep(typed)
        if not self.text:
            self._what = "Log"
            self.lines.input.placeholder = plain(self._hint())
        self._offer()

    def on_unmount(self) -> None:
        """Write the draft if the app goes down with the bar open."""
        self.keeper.end()

    async def special(self, event: BarLine.Special) -> None:
        """Deal with keys that are more than letters, and with pastes of several lines."""
        if event.key in ("enter", "escape", "tab"):
            await super().special(event)
        elif not self.question.open:
            self._move(event)

    def _move(self, event: BarLine.Special) -> None:
        """Go among the choices, the lines of this text, or those before it."""
        by = {"up": 1, "down": -1}.get(event.key, 0)
        if event.key == "delete":
            self._throw_away()
        elif (by > 0 and self.choices.chosen) or (by < 0 and self.choices.open):
            self.choices.step(-by)
            self._draw_title()
        elif by and self.recall.open:
            self._go_back(by)
        elif self.lines.take(event):
            self._edited()
        elif by:
            self._go_back(by)

    def take_kept(self) -> None:
        """Put what was kept before on the line."""
        self._go_back(1)

    def _go_back(self, by: int) -> None:
        """Put an earlier text on the line, or a later one."""
        text = self.recall.go(by, self.text)
        if text is not None:
            self.lines.put(clean(text))
            self._what = "Log" if self.recall.kept is None else "Kept draft"
            self._show(Completions())

    def _throw_away(self) -> None:
        if not self.text and self.recall.throw_away():
            say_in(self, "Thrown away; ↑ brings it back until you leave.")
            self.lines.input.placeholder = plain(self._hint())

    def _take(self, kept: Kept) -> str:
        self._suggestion = ""
        self._what = "Kept draft"
        try:
            return clean(self.keeper.take(kept))
        except DocketError as error:
            say_in(self, str(error), error=True)
            return ""

    def _draw_title(self) -> None:
        """Say whose docket it is and how another is meant; the keys stand under the reading."""
        what, whose, keys = self._titled
        room = self.size.width - 6
        title = bar_title(what, whose, (), room)
        rest = room - title.cell_length - len(_ANOTHER) - 4
        if whose and rest > 0:
            title = Content.assemble(title, " " + "━" * rest + " ", (_ANOTHER, "dim"))
        self.border_title = Content.assemble(" ", title, " ")
        if self.is_mounted and self.query("#keys"):
            given = keys or _keys(self.choices, self.size.width - 2)
            pieces = [piece for key, does in given for piece in ((key, "bold"), (f" {does}  ", ""))]
            self.query_one("#keys", Static).update(drawn(self.app, pieces), layout=False)

    def _hint(self) -> str:
        example = "" if self.workspace.discreet else _example(self.known.current)
        return _greyed(self.keeper.offered, self.app.size.width - 5) or example

    def _refused(self, error: DocketError) -> None:
        self.reads_as.say(str(error), open_=True)

    def _offer(self) -> None:
        """Offer what the word at the cursor could be, and read the line."""
        self._show(self.reader.offer(self.lines.head) if self.lines.head else Completions())

    def _show(self, offered: Completions) -> None:
        self.choices.show(offered)
        self._read()

    def complete(self) -> None:
        """Take the choice under the cursor; on an empty word, offer all that may stand there."""
        if self.question.open:
            return
        if not self.text and self.keeper.offered:
            self._go_back(1)
            self._edited()
            return
        offered = self.choices.offer
        if not offered.choices:
            offered = self.reader.offer(self.lines.head, asked=True)
            self._show(offered)
            return
        self.lines.replace_head(offered.taken(self.lines.head, self.choices.chosen))

    async def cancel(self) -> None:
        """Close; what was typed stays as a draft, and on screen where it cannot be kept."""
        if self.question.open:
            self.question.leave()
            self._go_on()
            return
        try:
            self.keeper.close()
        except DocketError as error:
            self._refused(error)
        else:
            await self.close()

    async def accept(self) -> None:
        """Save what was read if it is complete; otherwise say why not and keep the text."""
        if self.question.open:
            self.question.answer(self.lines.input)
            self._go_on()
        elif self.choices.open and self.choices.moved:
            self.complete()
            return
        self._read()
        self.choices.settle()
        if (refusal := self._refusal()) is not None:
            self.reads_as.say(refusal, open_=True)
            return
        try:
            if self.recall.open:
                self.recall.make_own()
            entries = await _log(self.workspace, self.reader.reading)
        except DocketError as error:
            self._refused(error)
            return
        if not self.reader.private:
            self.known.history.remember(self.text)
        self.keeper.clear()
        self.post_message(self.Logged(entries))
        await self.close()

    def _refusal(self) -> str | None:
        """Return why it is not saved yet, and ask what is to be asked; None where it may be."""
        reading = self.reader.reading
        if not reading.complete:
            return f"Not saved: {reading.problems[0]}"
        if self.question.due(reading):
            self.question.ask(self.lines.input)
            self.entitle(QUESTION, "", ANSWERS)
            return WHY
        if asked := self.reader.guard():
            return f"{asked} Say it behind the text if you will; enter logs it."
        return None

    def _go_on(self) -> None:
        """Put back on the line what stood there before the question."""
        self.lines.show()
        self._read()

    def _read(self) -> None:
        reading = self.reader.read(self.text)
        self.books.make(self.reader.lacks)
        self.entitle(self._what, self.reader.name, ())
        self._draw_title()
        more = self.text.partition("\n")[2].strip()
        words = reading.words
        if reading.problems:
            lacks = f". Not yet: {reading.problems[0]}"
            words = words.removesuffix(lacks) + lacks.replace(". ", "\n", 1) * words.endswith(lacks)
        count = len(more.splitlines())
        words += f" (and {plural(count, 'more line')})" if count else ""
        words += self.reader.implied(more)
        self.reads_as.say(words, open_=not reading.complete, hint=_taking(self.choices, reading))

    def awaits(self, event: events.Key) -> bool:
        """Return whether a key is about what the books say, which are being made."""
        return self.books.made and event.key in ("enter", "tab")


def _taking(choices: Suggestions, reading: Reading) -> str:
    """Return what `tab` takes, where a choice would complete the line."""
    if not choices.open or reading.complete:
        return ""
    return f"tab takes {choices.offer.choices[choices.chosen].typed}"


async def _log(workspace: Workspace, reading: Reading) -> list[Entry]:
    return await log_aside(workspace, reading.client, log_reading, workspace, reading)


def _example(current: str | None) -> str:
    return _EXAMPLE if current else f"acme {_EXAMPLE}"


def _greyed(offered: Sequence[Kept], room: int) -> str:
    """Return what stands on the empty line of what was kept, with its keys."""
    if not offered:
        return ""
    more = f", {len(offered)} kept" if len(offered) > 1 else ""
    tail = f"   tab takes it ({offered[0].at:%a %H:%M}{more})  del throws it away"
    text = " ".join(offered[0].line.split())
    room = max(_LEAST, room - len(tail))
    return (safe_fit(text, room) if cell_width(text) > room else text) + tail


def _keys(choices: Suggestions, room: int) -> Keys:
    """Return the keys of the bar, as many as have room; how to close it comes last and stays."""
    taken = [("tab", "take")] if choices.open else [("tab", "complete")]
    keys = [("enter", "take" if choices.moved and choices.open else "save"), *taken]
    keys += [("↓ ↑", "choose" if choices.open else "history"), ("ctrl+g", "line")]
    last = ("esc", "close, kept")
    while (
        keys and sum(cell_width(key) + cell_width(does) + 3 for key, does in (*keys, last)) > room
    ):
        keys.pop()
    return [*keys, last]
