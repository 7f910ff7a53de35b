"""The timer in the app: one key begins it, and logs the hours when it is pressed again."""

from __future__ import annotations

from collections.abc import Callable

from store.entries.words import entry_named
from store.index.summary import Summary
from store.quantities import hours_words
from store.workspace import Workspace
from store.workspace.timer import Timer, measured_for, running, start_timer, stop_timer
from tui.shell.shell import Shell
from tui.words.timer import LATE, owing_words, timer_words, unlogged_words


class TimerKey:
    """What the key of the timer does; for a client who owes it asks once, and goes on if told."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._asked = ""

    @property
    def facts(self) -> list[str]:
        """For whom the timer runs, for the first line of the screen."""
        timer = running(self._workspace.root)
        return [timer_words(timer)] if timer else []

    def press(self, shell: Shell, client: Callable[[], str], then: Callable[[str], None]) -> None:
        """Stop the timer, or begin it for the `client` that is selected; `then` say what is so."""
        if timer := running(self._workspace.root):
            shell.saves.do(timer.client, self._stop, then)
        else:
            then(self._start(one := client(), shell.book.rows[one].summary))

    def _stop(self) -> str:
        """Log the hours if the timer runs, and return what to say; nothing where none runs."""
        root = self._workspace.root
        if (timer := running(root)) is None:
            return ""
        stopped = measured_for(root, timer, self._workspace.clock())
        if stopped.hours is None:
            stop_timer(root)
            return unlogged_words(stopped)
        entry = self._workspace.enter(
            timer.client,
            "hours",
            LATE if timer.late else "",
            data={"hours": stopped.hours, "spent": "work"},
            occurred_at=timer.since,
            precision="minute",
        )
        stop_timer(root)
        return f"{entry_named(timer.client, entry.seq)}: {hours_words(stopped.hours)} logged."

    def _start(self, client: str, summary: Summary | None) -> str:
        """Begin to measure for a client, or ask whether to; return what to say."""
        owing = owing_words(summary, self._workspace.today)
        if owing and self._asked != client:
            self._asked = client
            return f"{owing} The same key once more begins all the same."
        self._asked = ""
        now = self._workspace.clock()
        start_timer(self._workspace.root, Timer(client, now, bool(owing)))
        return f"The timer runs for {client}; the same key stops it."
