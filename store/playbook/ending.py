"""The steps of an end: the notice, what is given back, and what was decided to be looked at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from store.decision.due import review_due
from store.docket.handover import handovers
from store.playbook.leaving import final_day, open_matters
from store.playbook.scene import Scene
from store.playbook.step import NextStep
from store.private.model import Leaving
from store.text import plural

_BACK: Final = 7
"""Days after the notice by which what is theirs should be on its way."""


def ending_steps(scene: Scene) -> Iterator[NextStep]:
    """Yield the notice where the verdict is to leave, and the handover after it."""
    docket = scene.docket
    if scene.leaving:
        yield scene.step(
            scene.today,
            "End it: give notice",
            scene.assessment.headline,
            "end",
            evidence=tuple(seq for rule in scene.assessment.rules for seq in rule.evidence[:3])[:6],
            letter="parting",
            verb=f"exit {docket.client}",
            rank=1,
        )
    ended = docket.ended
    leaving = scene.private.leaving
    if ended is not None and not handovers(docket) and not _holds_nothing(leaving):
        yield scene.step(
            scene.in_days(ended.day, _BACK),
            "Give back what is theirs",
            "You ended it, and no account, key or file is on record as handed over.",
            "give-back",
            evidence=(ended.seq,),
            verb=f"handover {docket.client}",
        )

    if ended is not None and leaving is not None and leaving.closed is None:
        yield from _left_of_leaving(scene, leaving)


def _left_of_leaving(scene: Scene, leaving: Leaving) -> Iterator[NextStep]:
    """Yield what is still to be settled of a parting that was begun, and closing it."""
    docket = scene.docket
    still = [one for one in open_matters(docket, leaving) if one.id != "over"]
    what = f"Settle what is left of leaving: {still[0].what}" if still else "Close it"
    seqs = (docket.ended.seq,) if docket.ended else ()
    yield scene.step(
        final_day(docket) or scene.today,
        what,
        f"{plural(len(still), 'point is', 'points are')} open." if still else "Nothing is open.",
        "leave",
        evidence=seqs,
        verb=f"exit {docket.client}",
        rank=6,
    )


def _holds_nothing(leaving: Leaving | None) -> bool:
    """Whether I said that I hold nothing of theirs."""
    return leaving is not None and "theirs" in leaving.none


def handover_steps(scene: Scene) -> Iterator[NextStep]:
    """Yield what is still to come of what was handed over: a confirmation, the end of my access."""
    client = scene.docket.client
    for item in scene.open("handover"):
        yield scene.step_for(
            item,
            item.due,
            f"Ask them to confirm {item.name}",
            f"“{item.what}” was handed over on {item.since:%-d %b}, and nobody has confirmed it.",
            verb=f"handover '{client}{item.name}' --confirmed-by NAME",
        )
    for item in scene.open("access"):
        yield scene.step_for(
            item,
            item.due,
            f"End your own access: {item.name}",
            f"“{item.what}”: you said that {item.due:%-d %b} is your last day.",
            verb=f"handover '{client}{item.name}' --access-ended",
        )


def review_steps(scene: Scene) -> Iterator[NextStep]:
    """Yield the look at what was decided, on its day."""
    if (day := review_due(scene.private, scene.today)) and scene.docket.ended is None:
        yield scene.step(
            day,
            "Look again at what you decided",
            f"You wanted to see on {day:%-d %b} what came of it.",
            "review",
            verb=f"decisions {scene.docket.client}",
            rank=7,
        )
