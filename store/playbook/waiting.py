"""The steps while an answer is waited for, and for what either side has promised."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from store.docket.blocked import blocks
from store.docket.open_items import Item
from store.docket.steps import subjects
from store.entries import Entry
from store.entries.kinds import weighing
from store.playbook.said import named_day
from store.playbook.scene import Scene
from store.playbook.step import LATER, NextStep
from store.text import plural

_ASKING: Final = weighing("chasing") | weighing("spoken")
_NOTICES: Final = ("notice", "warning")
_FIRST: Final = 3
"""Days that asking again is given until they were told what waits for it."""
_PRESSING: Final = 14
"""Days for which it presses whether they kept their word."""
_AFTER: Final = 7
"""Days that it is given once they were told."""


def request_steps(scene: Scene) -> Iterator[NextStep]:
    """Yield a step for each question that is open: a notice of what it holds up, then ask again.

    The notice is offered once for each block, when it begins; one that was sent is `about` it.
    """
    if scene.docket.ended is not None:
        return
    told = _asked(scene)
    for item in scene.open("request"):
        asked = told.get(item.seq, [])
        begins = scene.in_days(item.due, 1)
        notice = not _noticed(asked, begins)
        due = max([begins, *(_waits(step, _FIRST if notice else _AFTER) for step in asked[-1:])])
        over = (scene.today - item.due).days
        said = f", asked for again {_times(len(asked))}" if asked else ""
        if not item.agreed:
            said += "; no day was agreed, it is the usual one"
        late = f"{plural(over, 'day')} overdue{said}" if over > 0 else f"due {item.due:%-d %b}"
        yield scene.step_for(
            item,
            due,
            f"Say what waits for {item.name}" if notice else f"Ask again for {item.name}",
            f"{_quoted(item)} is {late}.{_moves(scene)}",
            asked,
            letter="step-notice" if notice else "ask-again",
            line=f"{'notice' if notice else 'reminder'} {item.name} {item.what}".rstrip(),
            rank=4,
        )


def _asked(scene: Scene) -> dict[int, list[Entry]]:
    """Return the steps that asked for each request, by its number; a talk only by its links."""
    about = subjects(scene.docket)
    found: dict[int, list[Entry]] = {}
    for step in scene.taken:
        if step.kind in _ASKING and (step.kind != "talk" or step.links):
            for seq in about[step.seq].requests:
                found.setdefault(seq, []).append(step)
    return found


def block_steps(scene: Scene) -> Iterator[NextStep]:
    """Yield the notice for each approval or access that work waits for, until it was said.

    A talk that names nothing else says it too.
    """
    if scene.docket.ended is not None:
        return
    asked = {one.seq for one in scene.docket.requests}
    spoken = [one.day for one in scene.taken if one.kind == "talk" and not one.links]
    last = max(spoken, default=date.min)
    told: dict[int, list[Entry]] = {}
    for step in scene.taken:
        for link in step.links:
            told.setdefault(link.seq, []).append(step)
    for block in blocks(scene.docket):
        if block.seq in asked or block.until is not None or last > block.after:
            continue
        if _noticed(told.get(block.seq, []), block.after):
            continue
        name = f"#{block.seq}"
        yield scene.step(
            scene.in_days(block.after, 1),
            f"Say what waits for {name}",
            f"Work waits: “{block.what}”.{_moves(scene)}",
            f"block:{block.seq}",
            about=name,
            evidence=(block.seq,),
            letter="step-notice",
            line=f"notice {name} {block.what}".rstrip(),
            rank=4,
        )


def _waits(step: Entry, days: int) -> date:
    """Return the day until which a step is given to work: the one it names, or so many days."""
    return max(step.day + timedelta(days=days), named_day(step) or date.min)


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _noticed(asked: list[Entry], begins: date) -> bool:
    """Whether a notice of a block, or a warning, was given since it began."""
    return any(step.kind in _NOTICES and step.day >= begins for step in asked)


def _moves(scene: Scene) -> str:
    """Return in words which day of mine their delay has moved, the next of them."""
    if not (found := scene.shifts):
        return ""
    first = found[0]
    return f" It moves #{first.promise.seq} from {first.old:%-d %b} to {first.new:%-d %b}."


def promise_steps(scene: Scene) -> Iterator[NextStep]:
    """Yield a step for each promise whose end is not known, mine first."""
    promises = {one.seq: one for one in scene.docket.promises}
    for item in scene.open("promise"):
        owed = scene.promised.unpaid(promises[item.seq])
        over = (scene.today - item.due).days
        when = f"{plural(over, 'day')} ago" if over > 0 else f"{item.due:%-d %b}"
        if item.mine:
            what, why = "Keep what you promised", f"You said {_quoted(item)}, by {when}."
            due, outcome = item.due, "kept"
        else:
            what = "See whether they kept their promise"
            why = f"They said {_quoted(item)}, by {when}."
            due, outcome = scene.in_days(item.due, 1), "broken"
        yield scene.step_for(
            item,
            due,
            f"{what}: {item.name}",
            why,
            line=f"promise-{outcome} {item.name}",
            verb=f"promise '{scene.docket.client}{item.name}' --{outcome}",
            rank=0 if item.mine else 3 if over <= _PRESSING else LATER,
            subject=owed.number if owed else "",
        )


def _quoted(item: Item) -> str:
    return f"“{item.what}”" if item.what else item.name
