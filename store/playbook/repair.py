"""A repair as it is begun: an apology that names the thing, and one useful act with a day."""

from __future__ import annotations

from datetime import date
from typing import Any

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


def begun(docket: Docket, act: str, by: date | None, apology: str, why: str) -> dict[str, Any]:
    """Return what to log to begin a repair, statement and data by kind.

    UsageError where there is no act or no day, and where RESETS repairs were tried already
    and the last did not help, unless `why` says what is different this time.
    """
    with about_field("act"):
        if not clean(act):
            raise UsageError("What will you do", "one useful act is enough to begin", "Name it")
    if by is None:
        with about_field("by"):
            raise UsageError("By when", "help without a day is none", "Name a day, such as fri")
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
