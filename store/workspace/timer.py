"""The timer: one at a time, in a small file that outlives a logout; torn, it is no timer."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final, NamedTuple

from store.client_ids import is_id
from store.errors import UsageError
from store.files import locked, read_plain, write_atomic
from store.places import Places

_LONGEST: Final = 2000
"""Bytes that the file may have."""
_MOST: Final = timedelta(hours=24)
"""What nobody works at one go: the timer was forgotten."""
_MINUTE: Final = timedelta(minutes=1)


class Timer(NamedTuple):
    """For whom it runs, and since when; `late` says that work was due to be paid when it began."""

    client: str
    since: datetime
    late: bool = False


class Stopped(NamedTuple):
    """A timer that was stopped: the hours to log, or why there are none.

    `known` says that there is a client to log them for.
    """

    timer: Timer
    hours: Decimal | None
    why: str = ""
    known: bool = True


def running(root: Path) -> Timer | None:
    """Return the timer that runs in the workspace at `root`, if one does."""
    try:
        found = json.loads(read_plain(Places(root).timer, _LONGEST))
        since = datetime.fromisoformat(found["since"])
        if since.tzinfo is None or not is_id(found["client"]):
            return None
        return Timer(found["client"], since, found.get("late") is True)
    except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None


def start_timer(root: Path, timer: Timer) -> None:
    """Let a timer run; UsageError where one runs already."""
    path = Places(root).timer
    with locked(path):
        if one := running(root):
            raise UsageError(
                f"The timer runs already, for {one.client}",
                f"since {one.since:%-d %b %H:%M}",
                "Stop it: docket timer stop",
            )
        said = {"client": timer.client, "since": timer.since.isoformat(), "late": timer.late}
        write_atomic(path, json.dumps(said).encode())


def stop_timer(root: Path) -> None:
    """Let no timer run any more."""
    Places(root).timer.unlink(missing_ok=True)


def measured_for(root: Path, timer: Timer, now: datetime) -> Stopped:
    """Return the hours to log for the timer's client, who may have been erased meanwhile."""
    if not Places(root).docket(timer.client).exists():
        return Stopped(timer, None, f"there is no client {timer.client} any more", known=False)
    return measured(timer, now)


def measured(timer: Timer, now: datetime) -> Stopped:
    """Return the hours from its start to `now`, rounded to a minute, over midnight or not."""
    passed = now - timer.since
    minutes = round(passed / _MINUTE)
    if passed < timedelta(0):
        return Stopped(timer, None, "the clock stands before its start")
    if not minutes:
        return Stopped(timer, None, "it has run for less than a minute")
    if passed > _MOST:
        return Stopped(timer, None, "it has run for more than a day")
    hours = (Decimal(minutes) / 60).quantize(Decimal("0.01"))
    return Stopped(timer, hours)
