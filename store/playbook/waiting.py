"""The steps while an answer is waited for, and for what either side has promised."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from store.docket.open_items import Item
from store.docket.steps import subjects
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
    """Yield a step for each question that is open: ask again, then a notice of what it holds up."""
    if scene.docket.ended is not None:
        return
    about = subjects(scene.docket)
    for item in scene.open("request"):
        asked = [
            step
            for step in scene.taken
            if step.kind in _ASKING and item.seq in about[step.seq].requests
        ]
        days = _FIRST if len(asked) == 1 else _AFTER
        due = scene.in_days(asked[-1].day, days) if asked else item.due
        due = max(due, item.due) if not asked else due
        over = (scene.today - item.due).days
        said = f", over {plural(len(asked), 'notice')}" if asked else ""
        late = f"{plural(over, 'day')} overdue{said}" if over > 0 else f"due {item.due:%-d %b}"
        notice = bool(asked)
        yield scene.step(
            due if asked else scene.in_days(item.due, 1),
            f"Say what waits for {item.name}" if notice else f"Ask again for {item.name}",
            f"{_quoted(item)} is {late}.",
            f"request:{item.seq}",
            about=item.name,
            evidence=(item.seq, *(step.seq for step in asked[-3:])),
            letter="step-notice" if notice else "ask-again",
            line=f"{'notice' if notice else 'reminder'} {item.name} {item.what}".rstrip(),
            rank=4,
        )


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
        yield scene.step(
            due,
            f"{what}: {item.name}",
            why,
            f"promise:{item.seq}",
            about=item.name,
            evidence=(item.seq,),
            line=line,
            rank=0 if item.mine else 3 if over <= _PRESSING else 6,
        )


def _quoted(item: Item) -> str:
    return f"“{item.what}”" if item.what else item.name
