"""The timer in words, and what is said of work for somebody who owes."""

from __future__ import annotations

from datetime import date

from store.index.summary import Summary
from store.playbook.guards import question
from store.workspace.timer import Stopped, Timer

LATE = "Work after the due date"
"""How an entry of hours begins that was begun although money was overdue, or work stopped."""


def timer_words(timer: Timer) -> str:
    """Return for whom it runs and since when, in short."""
    return f"timer {timer.client} {timer.since:%H:%M}"


def owing_words(summary: Summary | None, today: date) -> str:
    """Return what to ask of who works for a client now, or nothing."""
    return question("hours", summary.owing if summary else None, today)


def unlogged_words(stopped: Stopped) -> str:
    """Return why nothing was logged, and what to do."""
    client, since = stopped.timer.client, stopped.timer.since
    said = f"No hours were logged: {stopped.why} (since {since:%-d %b %Y %H:%M})."
    return f"{said} Log what you worked: docket hours {client} H" if stopped.known else said
