"""The steps while an answer is waited for, and for what either side has promised."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from store.docket.blocked import blocks
from store.docket.open_items import Item
from store.docket.steps import subjects
from store.entries import Entry
from store.entries.kinds import weighing
from store.playbook.scene import Scene
from store.playbook.step import NextStep
from store.text import plural

_ASKING: Final = weighing("chasing") | weighing("spoken")
_FIRST: Final = 3
"""Days that the first time of asking again is given."""
_PRESSING: Final = 14
"""Days for which it presses whether they kept their word."""
_AFTER: Final = 7
"""Days that each later notice is given."""


def request_steps(scene: Scene) -> Iterator[NextStep]:
    """Yield a step for each question that is open: a notice of what it holds up, then ask again.

    The notice is offered once for each block, when it begins; one that was sent is `about` it.
    """
    if scene.docket.ended is not None:
        return
    about = subjects(scene.docket)
    for item in scene.open("request"):
        asked = [
            step
            for step in scene.taken
            if step.kind in _ASKING
            and item.seq in about[step.seq].requests
            and (step.kind != "talk" or step.links)
        ]
        begins = scene.in_days(item.due, 1)
        days = _FIRST if len(asked) == 1 else _AFTER
        due = max(begins, scene.in_days(asked[-1].day, days)) if asked else begins
        over = (scene.today - item.due).days
        said = f", asked for again {_times(len(asked))}" if asked else ""
        if not item.agreed:
            said += "; no day was agreed, it is the usual one"
        late = f"{plural(over, 'day')} overdue{said}" if over > 0 else f"due {item.due:%-d %b}"
        notice = not _noticed(asked, begins)
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


def block_steps(scene: Scene) -> Iterator[NextStep]:
    """Yield the notice for each approval or access that work waits for, until one was sent."""
    if scene.docket.ended is not None:
        return
    asked = {one.seq for one in scene.docket.requests}
    for block in blocks(scene.docket):
        told = [one for one in scene.taken if any(link.seq == block.seq for link in one.links)]
        if block.seq in asked or block.until is not None or _noticed(told, block.after):
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


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _noticed(asked: list[Entry], begins: date) -> bool:
    """Whether a notice of a block was given since it began."""
    return any(step.kind == "notice" and step.day >= begins for step in asked)


def _moves(scene: Scene) -> str:
    """Return in words which day of mine their delay has moved, the next of them."""
    if not (found := scene.shifts):
        return ""
    first = found[0]
    return f" It moves #{first.promise.seq} from {first.old:%-d %b} to {first.new:%-d %b}."


def promise_steps(scene: Scene) -> Iterator[NextStep]:
    """Yield a step for each promise whose end is not known, mine first."""
    for item in scene.open("promise"):
        over = (scene.today - item.due).days
        when = f"{plural(over, 'day')} ago" if over > 0 else f"{item.due:%-d %b}"
        if item.mine:
            what, why = "Keep what you promised", f"You said {_quoted(item)}, by {when}."
            due, line = item.due, f"promise-kept {item.name}"
        else:
            what = "See whether they kept their promise"
            why = f"They said {_quoted(item)}, by {when}."
            due, line = scene.in_days(item.due, 1), f"promise-broken {item.name}"
        yield scene.step_for(
            item,
            due,
            f"{what}: {item.name}",
            why,
            line=line,
            rank=0 if item.mine else 3 if over <= _PRESSING else 6,
        )


def _quoted(item: Item) -> str:
    return f"“{item.what}”" if item.what else item.name
