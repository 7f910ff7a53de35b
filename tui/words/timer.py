"""The timer in words, and what is said of work for somebody who owes."""

from __future__ import annotations

from store.index.summary import Summary
from store.workspace.timer import Stopped, Timer

LATE = "Work after the due date"
"""How an entry of hours begins that was begun although money was overdue, or work stopped."""


def timer_words(timer: Timer) -> str:
    """Return for whom it runs and since when, in short."""
    return f"timer {timer.client} {timer.since:%H:%M}"


def owing_words(summary: Summary | None) -> str:
    """Return why one should not work for a client now, or nothing."""
    if summary is None or not (summary.overdue or summary.rung == "stopped"):
        return ""
    owed = ", ".join(f"{code} {amount}" for amount, code in summary.overdue)
    said = "Work is stopped" if summary.rung == "stopped" else ""
    owes = f"{owed} is overdue" if owed else ""
    return f"{' and '.join(filter(None, (said, owes)))}: working on tells them it is fine."


def unlogged_words(stopped: Stopped) -> str:
    """Return why nothing was logged, and what to do."""
    client, since = stopped.timer.client, stopped.timer.since
    return (
        f"No hours were logged: {stopped.why} ({since:%-d %b %H:%M}). "
        f"Log what you worked: docket hours {client} H"
    )
