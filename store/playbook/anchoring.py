"""The step that leaves with somebody else where a docket stands, so that a change would show."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from store.dates import day_words
from store.playbook.step import NextStep
from store.text import plural

if TYPE_CHECKING:
    from store.playbook.scene import Scene

ANCHOR: Final = "anchor"
"""The key of the step."""
_AFTER: Final = 40
"""Days for which an anchor is enough while there is no trouble."""


class Unanchored(NamedTuple):
    """What a docket says of how much an anchor of it is wanted; days are ISO days, or empty.

    `began` is its first day, `trouble` the number of the entry with which the last trouble began
    that the verdict rests on (0 for none) and `since` its day; until `rest` the step is put off.
    `noted` is the day on which that entry was recorded, or the first one: before, there was nothing
    to anchor.
    """

    began: str = ""
    trouble: int = 0
    since: str = ""
    rest: str = ""
    noted: str = ""


class Anchored(NamedTuple):
    """The newest anchor that is kept: of how many entries, and of which day."""

    entries: int
    day: date


def unanchored(scene: Scene) -> Unanchored:
    """Return what the docket of a scene says of that."""
    docket = scene.docket
    rules = [rule for rule in scene.assessment.rules if rule.says != "keep"]
    trouble = max((min(rule.evidence) for rule in rules if rule.evidence), default=0)
    found = docket.find(trouble) if trouble else None
    first = found.entry if found else docket.counted[0] if docket.counted else None
    rests = [one.until.isoformat() for one in scene.private.snoozes if one.key == ANCHOR]
    return Unanchored(
        docket.started.isoformat() if docket.started else "",
        trouble if found else 0,
        found.entry.day.isoformat() if found else "",
        rests[-1] if rests else "",
        first.recorded_local.date().isoformat() if first else "",
    )


def anchor_step(
    client: str, entries: int, told: Unanchored, last: Anchored | None
) -> NextStep | None:
    """Return the step that anchors a docket of so many entries; None where nothing is new in it.

    It is due 40 days after the `last` anchor, or after the docket began, and at once where trouble
    has begun since; never before it was noted, if no anchor came before.
    """
    if not told.began or (last and last.entries >= entries):
        return None
    if told.trouble and (last is None or told.trouble > last.entries):
        due = date.fromisoformat(told.since) + timedelta(days=1)
        why = f"Trouble began on {date.fromisoformat(told.since):%-d %b}, and no anchor holds it."
    elif last is None:
        due = date.fromisoformat(told.began) + timedelta(days=_AFTER)
        why = f"{plural(entries, 'entry', 'entries')} so far, and no anchor of them."
    else:
        due = last.day + timedelta(days=_AFTER)
        why = f"The last anchor is of {day_words(last.day)}; {entries - last.entries} came since."
    for day in filter(None, (told.noted if last is None else "", told.rest)):
        due = max(due, date.fromisoformat(day))
    return NextStep(
        client,
        due,
        "Anchor the docket, and mail the line",
        f"{why} Only a copy elsewhere counts.",
        ANCHOR,
        evidence=(told.trouble,) if told.trouble else (),
        verb=f"anchor {client}",
        rank=9,
    )


def anchor_all(steps: list[NextStep]) -> NextStep:
    """Return the one step that does all of these, of several clients, together."""
    return steps[0]._replace(
        what=f"Anchor the dockets of {len(steps)} clients, and mail the lines",
        why="Trouble began since the last one, or 40 days have gone. Only a copy elsewhere counts.",
        verb="anchor --all",
        evidence=(),
    )
