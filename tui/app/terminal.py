"""The terminal that Docket runs on: what it sends, read as keys and pastes and nothing else.

A terminal answers questions about its colours, its modes and its size, and reports mouse and
focus where another program has left that on. Over a slow line a report comes in pieces, which
textual's own parser takes for keys: the mouse would log entries. Here a report is followed for as
long as it can still become one. `alt` and a letter is `escape` and the letter, as most terminals
write both the same way and Docket has no use for `alt`.
"""

from __future__ import annotations

import fcntl
import os
import re
import selectors
import termios
from codecs import getincrementaldecoder
from collections.abc import Generator
from contextlib import suppress
from typing import Any, Final

from textual import constants, events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._keyboard_protocol import FUNCTIONAL_KEYS, MODIFIER_FUNCTIONAL_KEYS
from textual._parser import ParseEOF, ParseTimeout, Peek1, Read1, TokenCallback
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.keys import Keys
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from tui.app.answers import ASK_CELLS, Answers
from tui.app.wire import Wire
from tui.opening import Opening

ESC: Final = "\x1b"
_PASTE, _PASTED = f"{ESC}[200~", f"{ESC}[201~"
_EIGHT_BIT = {"\x8f": "O", "\x90": "P", "\x9b": "[", "\x9d": "]", "\x9f": "_"}
"""One byte which some terminals send for `escape` and this letter."""
_LOCKS = frozenset({"caps_lock", "num_lock", "scroll_lock"})

# How a sequence begins that comes all at once: whatever the standard allows.
_AT_ONCE = re.compile(
    r"""\x1b(?: \[(?: M[^\x00-\x1f]{0,3} | \[[A-E]? | <[-\d;]{0,20}[Mm]?
            | [0-?]{0,64}[\x20-/]{0,3}[@-~]? )
        | \]\d{0,4}(?: [;:][\x20-~]{0,2048}(?: \x07|\x9c|\x1b\\? )? )?
        | P(?: [0-9>!+=$][\x20-~]{0,2048}(?: \x9c|\x1b\\? )? )?
        | _(?: G[\x20-~]{0,2048}(?: \x9c|\x1b\\? )? )?
        | O[A-DFHP-S]? )?""",
    re.VERBOSE | re.DOTALL,
)
# The same in pieces, however long they take: only what terminals do send, so that a report that
# never ends costs a few keys at most.
_IN_PIECES = re.compile(
    r"""\x1b(?: \[(?: M[^\x00-\x1f]{0,3} | \[[A-E]? | [IO] | <(?: -?\d{0,5}; ){0,2}-?\d{0,5}[Mm]?
            | \?[\d;]{0,40}(?: [cnuRS] | \$y? )? | [>=][\d;]{0,24}[cu]?
            | [\d;:]{0,40}(?: [~uA-FHMPQRSZ^@cntx] | \$y? )? )
        | \]\d{0,3}(?: ;(?: \d{0,3}; )?r?g?b?a?:?[\da-fA-F]{0,4}(?: /[\da-fA-F]{0,4} ){0,3}
            (?: \x07|\x9c|\x1b\\? )? )?
        | P[\d>!+=$]?[\dA-F;+=$|!r]{0,64}(?: \x9c|\x1b\\? )? )""",
    re.VERBOSE | re.DOTALL,
)
_WHOLE = re.compile(
    r"\x1b(?:\[(?:M[^\x00-\x1f]{3}|\[[A-E]|<[-\d;]*[Mm]|(?![M\[])[0-?]*[\x20-/]*[@-~])|[\]P_].*(?:\x07|\x9c|\x1b\\))",
    re.DOTALL,
)
_REPORT = re.compile(r"\x1b(?:\[(?:[<?>=M].*|[IO]|.*M|\d+;\d+R|.*[cntxy])|[\]P_].*)", re.DOTALL)
_IN_ONE_GO = re.compile(r"\x1b\[\?2026;[1-9]\$y")
"""The one answer that matters: the terminal can show a picture in one go."""

_Reading = Generator[Read1 | Peek1, str, str]
"""Reads on, and returns the character that belongs to something else, if there is one."""


class Keyboard(XTermParser):
    """Turns what was read from the terminal into messages for the app.

    `told` is what it answered so far, whenever that came; no answer is ever a key.
    """

    told = Answers()

    @property
    def undecided(self) -> bool:
        """Whether it takes a moment of silence to know what was read last."""
        return self._timeout_time is not None

    def parse(self, token_callback: TokenCallback[Message]) -> Generator[Read1 | Peek1, str, None]:
        """Read for as long as there is something to read."""
        self._say = token_callback
        self._escaped = False  # whether the key before was `escape`, with nothing right after it
        after = ""
        try:
            while True:
                character = after or (yield Read1())
                late, self._escaped = self._escaped, False
                if character == ESC or character in _EIGHT_BIT:
                    after = yield from self._sequence(ESC + _EIGHT_BIT.get(character, ""))
                elif late and character in "[]":  # the rest of a report that began long ago
                    after = yield from self._sequence(ESC + character, late=True)
                else:
                    after = ""
                    self._type(character)
        except ParseEOF:
            return

    def _sequence(self, begun: str, *, late: bool = False) -> _Reading:
        """Follow a sequence to its end; `late` means that its `escape` was taken for a key."""
        goes_on, wait = (_IN_PIECES if late else _AT_ONCE), constants.ESCAPE_DELAY
        while not _complete(begun):
            try:
                character = yield Read1(wait or None)
            except (ParseTimeout, ParseEOF):
                if begun.endswith(ESC) or (len(begun) == 2 and (late or begun != f"{ESC}[")):
                    self._typed(begun if len(begun) == 2 else ESC, late=late)
                    self._escaped = begun == ESC
                    return ""
                goes_on, wait = _IN_PIECES, 0.0
                continue
            if begun.endswith(ESC) and len(begun) > 2 and character != "\\":
                begun, goes_on, wait = ESC, _AT_ONCE, constants.ESCAPE_DELAY
            if not goes_on.fullmatch(begun + character):
                if len(begun) <= 2 or late:  # no sequence after all; else one that was cut short
                    self._typed(begun, late=late)
                return character
            begun += character
        if begun == _PASTE:
            yield from self._paste()
        else:
            self._understand(begun)
        return ""

    def _typed(self, keys: str, *, late: bool) -> None:
        for character in keys[late:]:
            self._type(character)

    def _paste(self) -> Generator[Read1 | Peek1, str, None]:
        """Read what is pasted; `escape` alone is a key, so that no paste can go on for ever."""
        text = ""
        pieces: list[str] = []
        while text != _PASTED:
            try:
                character = yield Read1(constants.ESCAPE_DELAY if text == ESC else None)
            except ParseTimeout:
                break
            text += character
            if not _PASTED.startswith(text):
                pieces.append(text[:-1] if character == ESC else text)
                text = ESC if character == ESC else ""
        if pasted := "".join(pieces).translate({0: None}):
            self._say(events.Paste(pasted.encode(errors="replace").decode()))
        if text == ESC:
            self._type(ESC)

    def _understand(self, sequence: str) -> None:
        """Pass on what a whole sequence says, if it says something."""
        if _IN_ONE_GO.fullmatch(sequence):
            self._say(TerminalSupportsSynchronizedOutput())
        elif _REPORT.fullmatch(sequence):
            self.told = self.told.heard(sequence)
        elif _is_key(sequence):
            try:
                keys = list(self._sequence_to_key_events(sequence))
            except (ValueError, OverflowError):  # numbers that are no key's
                return
            for key in keys:
                self._press(key)

    def _type(self, character: str) -> None:
        """Press the key of one character."""
        if character == ESC:
            self._say(events.Key("escape", ESC))
        elif character == "\n":  # what the line makes of `enter` before the app has the terminal
            self._type("\r")
        elif not "\x80" <= character <= "\x9f":
            shown = "\ufffd" if "\ud800" <= character <= "\udfff" else character
            for key in self._sequence_to_key_events(shown):
                self._press(key)

    def _press(self, key: events.Key) -> None:
        *modifiers, name = key.key.split("+") if len(key.key) > 1 else [key.key]
        if key.key == Keys.Ignore or name in MODIFIER_FUNCTIONAL_KEYS or name in _LOCKS:
            return
        if "alt" not in modifiers:
            self._say(key)
            return
        self._type(ESC)
        modifiers.remove("alt")
        if len(name) == 1 and modifiers in ([], ["shift"]):
            self._type(name.upper() if modifiers else name)
        else:
            self._say(events.Key("+".join([*modifiers, name]), None))


def _is_key(sequence: str) -> bool:
    """Return whether it is a key's; textual takes any number for that of a character."""
    number, end = sequence[2:-1].partition(";")[0], sequence[-1]
    return sequence in ANSI_SEQUENCES_KEYS or end == "u" or f"{number or 1}{end}" in FUNCTIONAL_KEYS


def _complete(sequence: str) -> bool:
    if sequence[1:2] == "O" or sequence.endswith("$"):
        return sequence in ANSI_SEQUENCES_KEYS
    return bool(_WHOLE.fullmatch(sequence))


_CHUNK = 4096
_TICK, _MOMENT = 0.1, 0.02
"""Seconds until it is looked whether the app leaves, or whether a key was `escape`."""


class Terminal(LinuxDriver):
    """Textual's own driver, but for how input is read, the size, what is asked and sent.

    What the app's wardrobe asks is sent once, when it has the terminal for the first time.
    """

    told = Answers()
    """What the terminal answered so far."""
    _asked = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wire = Wire()

    def start_application_mode(self) -> None:
        """Take the terminal, and ask what there is to ask."""
        opening: Opening | None = getattr(self._app, "opening", None)
        if opening and opening.shown:
            self.wire.hold(opening.shown)
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if opening and (before := opening.taken()):
            self.attrs_before = before
        if not self._asked and self._writer_thread is not None:
            self._asked = True
            questions = getattr(getattr(self._app, "wardrobe", None), "questions", "")
            self.write(questions.replace(ASK_CELLS, "") if self.wire.holds else questions)

    def let_go(self) -> bool:
        """Draw what was drawn by now over the picture that was kept, if that still stands there.

        Return whether that could be told; else all has to be drawn anew.
        """
        if sent := self.wire.let_go():
            super().write(sent)
        return sent is not None

    @property
    def size(self) -> tuple[int, int]:
        """The columns and rows that the terminal has."""
        return self._get_terminal_size()

    def _get_terminal_size(self) -> tuple[int, int]:
        """Return the size the terminal has, whatever COLUMNS and LINES say of another one."""
        with suppress(OSError):
            columns, rows = os.get_terminal_size(self.fileno)
            if columns and rows:
                return columns, rows
        return super()._get_terminal_size()

    def write(self, data: str) -> None:
        """Send what of `data` the terminal does not show yet."""
        if sent := self.wire.sent(data, self._get_terminal_size()):
            super().write(sent)

    def draw_anew(self) -> None:
        """Take nothing for known of what is shown: another program may have written on it."""
        self.wire.forget()

    @property
    def unread(self) -> bool:
        """Whether there is something typed that was not read yet."""
        with suppress(OSError):  # the terminal is gone, and what it held with it
            return any(fcntl.ioctl(self.fileno, termios.FIONREAD, bytes(4)))
        return False

    def run_input_thread(self) -> None:
        """Read until the app leaves; raises OSError or EOFError when the terminal is gone."""
        keyboard = Keyboard()
        keyboard.told = self.told
        # A byte that is no text is a mouse report of the old kind, or a typing slip: no reason
        # to stop, as it is for textual.
        decode = getincrementaldecoder("utf-8")("surrogateescape").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_MOMENT if keyboard.undecided else _TICK):
                    data = os.read(self.fileno, _CHUNK)
                    if not data:
                        raise EOFError("the terminal is gone")
                    if text := decode(data):  # nothing yet, where a letter came in half
                        for message in keyboard.feed(text):
                            self.process_message(message)
                self.told = keyboard.told
                for message in keyboard.tick():
                    self.process_message(message)
