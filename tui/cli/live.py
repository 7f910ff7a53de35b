"""`docket log` alone in a terminal: quick capture in a few rows under the prompt, gone once logged.

It reads and offers what the app's bar does, keeps what is typed as a draft, and shows no screen of
its own: what stood in the terminal before stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.capture import Completions, log_reading
from store.capture.reader import Backdrop, LineReader
from store.capture.typed import TypedLines
from store.errors import DocketError
from store.index.names import client_names
from store.text import TEXT_LIMIT, clean
from store.text.cells import cell_width
from tui.cli.line_terminal import LineTerminal, Pressed, weighted
from tui.cli.output import say, tell
from tui.glyphs import glyphs
from tui.text import fit, wrap
from tui.words.choices import choice_rows
from tui.words.moments import logged
from tui.words.signing import QUESTION, WHY, asks_author, empty_signs, set_author

if TYPE_CHECKING:
    from store.entries import Entry
    from store.workspace import Workspace

_WRITE_AFTER: Final = 0.3
"""Seconds without a key after which what is typed is written."""
_PROMPT: Final = 3
_READ_ROWS: Final = 3
_ABOVE: Final = 3
CANCELLED: Final = 130


class LiveLine:
    """One text that is typed, what it reads as, and what its last word could be."""

    def __init__(self, workspace: Workspace, current: str | None) -> None:
        found = client_names(workspace.root, workspace.client_ids(), workspace.readable)
        names = {client: name or client for client, name in found.items()}
        if workspace.discreet:  # nobody else is named, nor what was typed of them
            names = {client: name for client, name in names.items() if client == current}
        self.workspace = workspace
        self.reader = LineReader(workspace, Backdrop(names, current))
        self.typing = workspace.drafts.open("capture")
        self.kept = [] if workspace.discreet else self.typing.kept[::-1]
        self.lines = TypedLines()
        self.at = 0
        self.offer = Completions()
        self.chosen, self.moved = 0, False
        self.said = ""
        self.before: tuple[TypedLines, int] | None = None  # what waits while the name is asked for
        self.asked = False
        self.logged: list[Entry] = []
        self.reader.read("")

    def press(self, key: Pressed) -> bool:
        """Take a key in; return whether the line is done with."""
        self.said = ""
        if self.before and key.key in ("escape", "enter"):
            return self._answered(key.key == "enter")
        if key.key in ("escape", "cancel") or (key.key == "eof" and not self.lines.text):
            return True
        if key.key == "enter" and not (self.moved and self.offer.choices):
            return self._log()
        if self.before and key.key in ("tab", "up", "down", "line"):
            return False
        if key.key in ("enter", "tab"):
            self._complete()
        elif key.key in ("up", "down"):
            self._go(-1 if key.key == "up" else 1)
        else:
            before = self.lines.text, self.at
            self._edit(key)
            if (self.lines.text, self.at) != before:
                self._changed()
        return False

    def _edit(self, key: Pressed) -> None:
        line, at = self.lines.line, self.at
        name = key.key
        if name in ("text", "paste"):
            text = key.text if name == "text" else clean(key.text[:TEXT_LIMIT])
            self.at = self.lines.insert(at, text)
        elif name == "line":
            self.lines.split(at)
            self.at = 0
        elif name == "backspace" and at:
            self.lines.line, self.at = line[: at - 1] + line[at:], at - 1
        elif name == "backspace" and self.lines.above:
            self.at = self.lines.join()
        elif name == "delete":
            self.lines.line = line[:at] + line[at + 1 :]
        elif name == "clear":
            self.lines.line, self.at = line[at:], 0
        elif name == "rest":
            self.lines.line = line[:at]
        elif name == "word":
            head = line[:at].rstrip().rpartition(" ")[0]
            head += " " if head else ""
            self.lines.line, self.at = head + line[at:], len(head)
        else:
            moves = {"left": at - 1, "right": at + 1, "home": 0, "end": len(line)}
            self.at = max(0, min(moves.get(name, at), len(line)))

    def _changed(self) -> None:
        if self.before:  # a name is no draft
            return
        self.typing.hold(self.lines.text)
        head = "" if self.lines.above else self.lines.line[: self.at]
        self.offer = self.reader.offer(head) if head else Completions()
        self.chosen, self.moved = 0, False
        self.reader.read(self.lines.text)

    def _complete(self) -> None:
        """Take the choice, or the kept text on an empty line, or show all there is to choose."""
        if not self.lines.text and self.kept:
            self._take()
            return
        head = "" if self.lines.above else self.lines.line[: self.at]
        if not self.offer.choices:
            self.offer, self.chosen = self.reader.offer(head, asked=True), 0
            return
        done = self.offer.taken(head, self.chosen)
        self.lines.line, self.at = done + self.lines.line[self.at :], len(done)
        self._changed()

    def _go(self, by: int) -> None:
        """Go among the choices, to another line of the text, or back to what was kept."""
        if self.offer.choices and (by > 0 or self.chosen):
            self.chosen = max(0, min(self.chosen + by, len(self.offer.choices) - 1))
            self.moved = True
        elif self.lines.move(by):
            self.at = min(self.at, len(self.lines.line))
        elif by < 0 and not self.lines.text and self.kept:
            self._take()

    def _take(self) -> None:
        try:
            self.typing.take(self.kept.pop(0))
        except DocketError as error:
            self.said = str(error)
            return
        self.lines.text = clean(self.typing.text)
        self.at = len(self.lines.line)
        self._changed()

    def _log(self) -> bool:
        reading = self.reader.read(self.lines.text)
        if not reading.complete:
            self.said = f"Not saved: {reading.problems[0]}"
            return False
        if not self.asked and asks_author(self.workspace, reading):
            self.before, self.lines, self.at = (self.lines, self.at), TypedLines(), 0
            self.offer = Completions()
            return False
        if asked := self.reader.guard():
            self.said = f"{asked} Say it behind the text if you will; enter logs it."
            return False
        try:
            self.logged = log_reading(self.workspace, reading)
        except DocketError as error:
            self.said = f"Not saved: {error}"
            return False
        self.typing.clear()
        return True

    def _answered(self, given: bool) -> bool:
        """Set the name that was typed, and log what waited for it; or go back to that."""
        assert self.before is not None
        if given:
            try:
                set_author(self.workspace, self.lines.text)
            except DocketError as error:
                self.said = str(error)
                return False
        (self.lines, self.at), self.before, self.asked = self.before, None, given
        return self._log() if given else False

    def rows(self, columns: int) -> tuple[list[str], int, int]:
        """Return the rows to draw at this width, and where the cursor stands."""
        name, line = self.reader.name, self.lines.line
        title = QUESTION if self.before else f"Log: {name}" if name else "Log"
        rows = [weighted([(f"{glyphs().heavy} ", "dim"), (title, "bold")], columns)]
        above = self.lines.above[-_ABOVE:]
        rows += [weighted([("   ", ""), (one, "")], columns) for one in above]
        room = max(4, columns - _PROMPT - 2)
        start = 0
        while cell_width(line[start : self.at]) > room:
            start += 1
        row, column = len(rows), _PROMPT + cell_width(line[start : self.at])
        pieces = [(f" {glyphs().prompt} ", "bold"), (line[start:], "")]
        if not self.lines.text and self.kept and not self.before:
            text = " ".join(self.kept[0].line.split())
            pieces.append((f"{text}   tab takes it", "dim"))
        if self.before and not line:
            pieces.append((empty_signs(self.workspace), "dim"))
        rows.append(weighted(pieces, columns))
        rows += [
            weighted([("   ", ""), (one, "dim")], columns) for one in self.lines.below[:_ABOVE]
        ]
        for number, cells in enumerate(choice_rows(self.offer, self.chosen, columns - 1)):
            here = number == min(self.chosen, 4) and bool(self.offer.choices)
            rows.append(
                weighted(
                    [(t, "selection" if here and n else k) for n, (t, k) in enumerate(cells)],
                    columns,
                )
            )
        rows += self._reading(columns)
        keys = "enter save  tab take  ctrl+g line  esc close, kept"
        rows.append(weighted([(f" {fit(keys, max(1, columns - 2)).rstrip()}", "dim")], columns))
        return rows, row, column

    def _reading(self, columns: int) -> list[str]:
        if self.before:
            return [weighted([(f" {self.said or WHY}", "")], columns)]
        reading = self.reader.reading
        mark = glyphs().done if reading.complete and not self.said else glyphs().cut
        more = self.lines.text.partition("\n")[2]
        said = self.said or reading.words + self.reader.implied(more)
        found = wrap(f"{mark} {said}", max(8, columns - 3))[:_READ_ROWS]
        return [weighted([(f" {one}", "")], columns) for one in found]


def type_line(workspace: Workspace, current: str | None) -> int:
    """Let one line be typed and logged; return the exit status."""
    terminal = LineTerminal()
    line = LiveLine(workspace, current)
    status = 0
    try:
        with terminal.open():
            done = unwritten = False
            while not done:
                terminal.draw(*line.rows(terminal.columns))
                pressed = terminal.read(_WRITE_AFTER if unwritten else None)
                if not pressed and unwritten:
                    _write(line)
                unwritten = bool(pressed)
                for key in pressed:
                    if done := line.press(key):
                        status = CANCELLED if key.key == "cancel" else 0
                        break
    except EOFError:
        status = CANCELLED
    finally:
        _leave(line)
    for entry in line.logged:
        say(logged(entry))
    return status


def _write(line: LiveLine) -> None:
    try:
        line.typing.write()
    except DocketError as error:
        line.said = f"What you typed is not on disk yet: {error}"


def _leave(line: LiveLine) -> None:
    """Let go of what was typed; what cannot be kept is printed."""
    text = line.typing.text
    try:
        line.typing.close()
    except DocketError as error:
        tell(f"{error}\n{text}")
    line.workspace.drafts.leave()
    if text and not line.logged:
        tell("Kept as a draft: docket log takes it up again.")
