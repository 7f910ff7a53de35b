"""Where the time went, as bars: one line a week, and the sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from store.docket import Docket
from store.docket.hours import hours_spent
from store.docket.weeks import Week, as_one_week
from store.money import Money
from store.quantities import hours_words
from store.settings.config import Config
from store.text import plural

WENT_ON, ON_THEM, ON_ME, STOPPED = "█", "▒", "░", "-"
_MARKS = (WENT_ON, ON_THEM, ON_ME, STOPPED)


def week_lines(found: Sequence[Week]) -> Iterator[str]:
    """Yield a line for each week with its days as a bar, what they mean, and the sums."""
    for one in found:
        yield f"{one.monday:%d %b %Y}  {_bar(one):<7}  {week_did(one)}".rstrip()
    yield ""
    yield from week_sums(found)


def week_did(one: Week) -> str:
    """Return what was done in a week: the hours on the work, and what was handed over."""
    done = f"{len(one.deliveries)} handed over" if one.deliveries else ""
    hours = hours_words(one.hours) if one.hours else ""
    return ", ".join(filter(None, (hours, done)))


def week_sums(found: Sequence[Week]) -> Iterator[str]:
    """Yield what each mark of a bar means, and the days in all."""
    total = as_one_week(found)
    yield f"{WENT_ON} no wait on record     {total.went_on:>5}"
    yield f"{ON_THEM} waited for the client {total.on_them:>5}"
    yield f"{ON_ME} waited for me         {total.on_me:>5}"
    yield f"{STOPPED} work was stopped      {total.stopped:>5}"
    yield f"  working days          {total.days:>5}"


def week_marks(week: Week) -> Iterator[tuple[str, int]]:
    """Yield each mark of the bar of a week, with the days that it stands for."""
    yield from zip(_MARKS, (week.went_on, week.on_them, week.on_me, week.stopped), strict=True)


def cost_lines(docket: Docket, config: Config, found: Sequence[Week]) -> Iterator[str]:
    """Yield what asking took and what waiting took, with what that is worth where a rate is set.

    What waiting may have cost is an estimate, and says so.
    """
    spent = hours_spent(docket)
    if chased := spent.get("chase"):
        yield f"Asking for answers and money took {hours_words(chased)}{_worth(chased, config)}."
    waited, idle = spent.get("wait", Decimal(0)), as_one_week(found).on_them
    if waited or idle:
        took = f"{hours_words(waited)} and " if waited else ""
        worth = f"{_worth(waited, config)}, an estimate" if waited and config.target_rate else ""
        yield f"Waiting took {took}{plural(idle, 'idle working day')}{worth}."


def _worth(hours: Decimal, config: Config) -> str:
    if config.target_rate is None:
        return ""
    return f", about {Money(hours * config.target_rate, config.currency)} at your rate"


def _bar(week: Week) -> str:
    """Return the working days of a week as a bar, a mark for each."""
    return "".join(mark * count for mark, count in week_marks(week))


def week_json(week: Week) -> dict[str, Any]:
    """Return a week as `docket time --json` prints it."""
    return {
        "week": week.monday.isoformat(),
        "working_days": week.days,
        "went_on": week.went_on,
        "waited_for_client": week.on_them,
        "waited_for_me": week.on_me,
        "stopped": week.stopped,
        "deliveries": list(week.deliveries),
        "hours": f"{week.hours.normalize():f}" if week.hours else "0",
    }
