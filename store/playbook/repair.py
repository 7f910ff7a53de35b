"""A repair as it is begun: an apology that names the thing, and one useful act with a day."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from store.dates import day_words
from store.decision.history import RESETS
from store.docket import Docket
from store.docket.repairs import plans
from store.errors import UsageError, about_field
from store.playbook.scene import Scene
from store.playbook.trouble import not_mine
from store.text import clean


def opening(scene: Scene) -> str:
    """Return the sentence that a repair opens with, where none of it is mine; else nothing."""
    return not_mine(scene.docket, scene.assessment).strip()


class Offer(NamedTuple):
    """A repair as it is offered: the act, its day, the words of an apology, and why it will help.

    `on` is the day it is offered.
    """

    act: str
    by: date | None
    apology: str
    why: str
    on: date


def begun(docket: Docket, offer: Offer) -> dict[str, Any]:
    """Return what to log to begin a repair, statement and data by kind.

    UsageError where there is no act, no day or one that has gone by, and where RESETS repairs were
    tried already and the last did not help, unless `why` says what is different this time.
    """
    act, by, apology, why, on = offer
    with about_field("act"):
        if not clean(act):
            raise UsageError("What will you do", "one useful act is enough to begin", "Name it")
    with about_field("by"):
        if by is None:
            raise UsageError("By when", "help without a day is none", "Name a day, such as fri")
        if by < on:
            raise UsageError(
                f"{day_words(by)} has gone by", "what is offered lies ahead", "Name a later day"
            )
    past = [one for one in plans(docket) if one.landed is not None]
    failed = [one for one in past if one.landed == "no"]
    if len(failed) >= RESETS and past[-1].landed == "no" and not clean(why):
        with about_field("why"):
            raise UsageError(
                f"{len(failed)} repairs did not help",
                "two are the rule: what they did not change, a third will not",
                "If this time is different, say why",
            )
    told: dict[str, Any] = {}
    if clean(apology):
        told["my-apology"] = (apology, {})
    words = f"{clean(act)}\n\n{clean(why)}".strip() if clean(why) else act
    told["repair-offer"] = (words, {"effective": by.isoformat()})
    return told
