"""The monkey: sessions in a real terminal that are typed at without sense, then ended somehow.

Letters, special keys, phrases, pastes, alt keys, NUL, reports of the terminal whole and in
pieces, sizes from 1x1 to 200x50; in a quarter of the sessions a second one runs on the same
workspace. Whatever happens, nothing that was acknowledged is lost, the last line typed is logged
or kept, and the terminal is as it was.
"""

from __future__ import annotations

import fcntl
import os
import random
import re
import signal
import struct
import subprocess
import tempfile
import termios
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from functools import cache
from pathlib import Path

from store.workspace import Workspace
from tests.long.outcome import LongRun, Outcome
from tests.terminal.bursts import copy_of, sample
from tests.terminal.driver import Terminal

_ACTIONS = 150
_AT_ONCE = 4
_LETTERS = (
    "abcdefghijklmnoprstuvwxyzABCDEFGHIJKLMNOPRSTUVWXYZ0123456789 .:/?*+-=!#@~^,;'\"()[]{}<>|\\éß水"
)
_SPECIALS = (
    *("\r", "\t", "\x1b", "\x7f", "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[5~", "\x1b[6~"),
    *("\x1b[H", "\x1b[F", "\x1b[Z", "\x1b[3~", "\x1bOQ", "\x13", "\x15", "\x01", "\x05", "\x0b"),
    *("\x03", "\x00", "\x1b[1;5C", "\x17", "\x04", "\x06", "\x1b[24~", "\x1bOP"),
)
_PHRASES = (
    *(
        "nblame they said it was late\r",
        "n",
        "njust a note\r",
        "jjn",
        "2jjv",
        "2eand so on",
        "xf\t\t",
    ),
    *(
        "c",
        "cjj\r",
        "Flogo\r",
        "Fkind:invoice\x1b",
        "H",
        "\x1b[19~",
        "HcH",
        "TjTv",
        "E\r",
        "V\rrage",
    ),
    *("d0w2why", "d0\x0f<>", "<", ">", "<<", "Z", "W", "z", "]", "["),
    *("d0w2", "i83\r", ":rec", "/mais", "p", "h", "u\r", "+Some New Client\r", "M/tmp/x.eml\r"),
    *("2a\t\t\twhy not", "?", "gG", "\x1b\x1b\x1b", "d0jj\r", "nhours 1.5 talked\r", "\x13"),
)
_REPORTS = (
    *("\x1b[<0;10;5M", "\x1b[<0;10;5m", "\x1b[<65;40;12M", "\x1b[M !!", "\x1b[32;10;5M"),
    *("\x1b[I", "\x1b[O", "\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\", "\x1b]10;rgb:ff/ff/ff\x07"),
    *("\x1b[?2026;2$y", "\x1b[?2048;2$y", "\x1b[?62;22c", "\x1b[>41;354;0c", "\x1b[?1u"),
    *("\x1b[12;40R", "\x1b[48;24;80;480;640t", "\x1b[200~\x1b[201~", "\x1b[M \udcf3\udcae"),
    "\x1bP!|00000000\x1b\\",
)
_ENDS = ("q", "TERM", "HUP", "KILL", "closed")
_ACKNOWLEDGED = re.compile(r"\b([a-z0-9-]+)#(\d+) logged")
_STATUSES = (0, None, -signal.SIGKILL, 1, 120)
"""As it should be, or killed, or 1 or 120 where the terminal was gone before the last word."""
_BROKEN = ("Traceback", "Docket had to stop", "This is a bug")
_LEFT_ON = ("1049", "1004", "2004", "1000", "1002", "1003", "1006", "1015", "1016", "2048")


@cache
def _sample() -> Path:
    return sample(Path(tempfile.mkdtemp(prefix="docket-monkey-")) / "sample")


class Session:
    """One program in a terminal of its own, and what was seen of it."""

    def __init__(self, workspace: Path, dice: random.Random) -> None:
        self.terminal = Terminal(workspace, cwd=workspace.parent, env={"EDITOR": "true"})
        self.dice = dice
        self.seen: set[tuple[str, int]] = set()

    def act(self) -> None:
        """Do one thing without sense, and look at the screen."""
        kind = self.dice.random()
        send = self.terminal.send
        if kind < 0.35:
            send(self.dice.choice(_LETTERS))
        elif kind < 0.6:
            send(self.dice.choice(_SPECIALS))
        elif kind < 0.75:
            send(self.dice.choice(_PHRASES))
        elif kind < 0.8:
            text = "".join(self.dice.choices(_LETTERS + "\r\n\x1b", k=self.dice.randint(0, 60)))
            send(f"\x1b[200~{text.replace(chr(27), '')}\x1b[201~")
        elif kind < 0.84:
            send(f"\x1b{self.dice.choice(_LETTERS)}")
        elif kind < 0.96:
            self._report()
        else:
            self._resize()

    def look(self) -> None:
        """Take in what came, and note what the program says it logged."""
        self.terminal.collect(0.02)
        self.seen |= {(one[0], int(one[1])) for one in _ACKNOWLEDGED.findall(self.terminal.screen)}

    def last_line(self, words: str) -> None:
        """Come back to the main screen, and type a line that is not sent."""
        self.terminal.send("\x1b[201~")
        for _ in range(8):
            self.terminal.send("\x1b")
            self.terminal.settle(60)
            self.look()
        self.terminal.send("n")
        self.terminal.settle(60)
        self.terminal.send(words)

    def _report(self) -> None:
        report = self.dice.choice(_REPORTS)
        if self.dice.random() < 0.5:
            self.terminal.send(report)
            return
        cut = self.dice.randint(2, len(report) - 1)
        self.terminal.send(report[:cut])
        self.terminal.collect(0.02)
        self.terminal.send(report[cut:])

    def _resize(self) -> None:
        width, height = self.dice.randint(1, 200), self.dice.randint(1, 50)
        self.size(*self.dice.choice([(width, height), (80, 24), (60, 20), (1, 1), (200, 50)]))

    def size(self, width: int, height: int) -> None:
        """Give the terminal another size."""
        fcntl.ioctl(
            self.terminal.slave, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0)
        )
        self.terminal._screen.resize(height, width)
        os.killpg(self.terminal.process.pid, signal.SIGWINCH)

    def end(self, how: str) -> Iterator[str]:
        """End the session; yield what it left as it should not be."""
        terminal = self.terminal
        if how == "closed":
            terminal.settle(60)  # what is not read by then goes down with the terminal
            os.close(terminal.slave)
            os.close(terminal.master)
            terminal.process.wait(20)
            return
        if how == "q":
            terminal.settle(60)
            terminal.send("\x1b")
            terminal.settle(60)
            terminal.send("q")
            terminal.wait(20)
        elif how == "KILL":
            terminal.settle(60)  # a busy machine takes its time to read the keys
            terminal.collect(1.5)  # what was typed half a second ago may be lost
            terminal.settle(60)
            terminal.process.kill()
            terminal.wait(20)
            return
        else:
            terminal.signal(signal.Signals[f"SIG{how}"])
        if not terminal.restored():
            yield "the line is not as it was"
        for mode in _LEFT_ON:
            on, off = (terminal.raw.rfind(f"\x1b[?{mode}{end}".encode()) for end in "hl")
            if on > off:
                yield f"mode {mode} is left on"


def case(number: int) -> list[str]:
    """Return what went wrong in one session."""
    dice = random.Random(number)
    how, two = _ENDS[number % len(_ENDS)], number % 4 == 3
    words = f"blame the last line of {number}"
    with tempfile.TemporaryDirectory(prefix="docket-monkey-") as folder, ExitStack() as stack:
        workspace = copy_of(_sample(), Path(folder) / "w")
        sessions = [Session(workspace, dice) for _ in range(1 + two)]
        for session in sessions:
            stack.callback(session.terminal.__exit__, None, None, None)
            session.terminal.wait_for("1 Clients", 60)
        for _ in range(_ACTIONS):
            session = dice.choice(sessions)
            session.act()
            for one in sessions:  # one that is not looked at would stop, its output full
                one.look()
            if session.terminal.process.poll() is not None:
                return list(_judge(workspace, sessions, ""))  # a q of its own is a way to end
        for session in sessions:
            session.size(80, 24)
        wrong = [one for session in sessions[1:] for one in session.end("HUP")]
        sessions[0].last_line(words)
        wrong += sessions[0].end(how)
        return wrong + list(_judge(workspace, sessions, words))


def _judge(workspace: Path, sessions: Sequence[Session], words: str) -> Iterator[str]:
    """Yield what is wrong with what is left of the sessions."""
    for session in sessions:
        raw = session.terminal.raw.decode(errors="replace")
        where = [raw.index(one) for one in _BROKEN if one in raw]
        yield from (f"it said {raw[at : at + 400]!r}" for at in where)
        if session.terminal.process.poll() not in _STATUSES:
            yield f"it ended with {session.terminal.process.poll()}"
    opened = Workspace.open(workspace)
    logged: set[tuple[str, int]] = set()
    said = ""
    for client in opened.client_ids():
        entries = opened.entries(client)
        logged |= {(client, one.seq) for one in entries}
        said += "\n".join(one.statement for one in entries)
    known = set(opened.client_ids())  # a message may be cut by the edge of the screen
    for session in sessions:
        gone = {one for one in session.seen - logged if one[0] in known}
        yield from (f"{client}#{seq} was logged and is gone" for client, seq in gone)
    kept = "\n".join(one.read_text() for one in (workspace / "drafts").rglob("*") if one.is_file())
    if words.removeprefix("blame ") not in said + kept:
        yield f"'{words}' is nowhere"
    with Terminal(workspace, args=("-m", "tui", "verify")) as terminal:
        if terminal.wait(60) != 0:
            yield f"verify: {terminal.screen.strip()[:200]}"


def _tried(number: int) -> list[str]:
    try:
        return case(number)
    except (AssertionError, subprocess.TimeoutExpired) as error:
        return [f"{type(error).__name__}: {error}"]


def run(numbers: Sequence[int]) -> Outcome:
    """Let the monkey play these numbers."""
    _sample()  # made once, before the two need it
    with ProcessPoolExecutor(_AT_ONCE) as pool:  # not threads: a terminal is a number they share
        told = zip(numbers, pool.map(_tried, numbers), strict=True)
        failed = [f"{number}: {wrong}" for number, found in told for wrong in found]
    return Outcome(len(numbers), tuple(failed), f"{_ACTIONS} actions each")


LONG = LongRun(300, run)
