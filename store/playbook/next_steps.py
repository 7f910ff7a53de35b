"""All next steps of a client in order: the one list that shell, app and calendar show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from store.playbook.ending import ending_steps, review_steps
from store.playbook.model import NextStep, Scene
from store.playbook.money import money_steps
from store.playbook.trouble import repair_steps, talk_steps
from store.playbook.waiting import promise_steps, request_steps

SOURCES: Final[tuple[Callable[[Scene], Iterator[NextStep]], ...]] = (
    promise_steps,
    money_steps,
    ending_steps,
    talk_steps,
    repair_steps,
    request_steps,
    review_steps,
)


def next_steps(scene: Scene) -> tuple[NextStep, ...]:
    """Return what to do about a client, with the day for each: what is due first of all.

    What is due by today is in the order of how much it matters, what comes later by day.
    """
    return in_order((step for source in SOURCES for step in source(scene)), scene.today)


def in_order(steps: Iterator[NextStep], today: date) -> tuple[NextStep, ...]:
    """Return steps, of any clients, as they are listed on a day."""
    return tuple(
        sorted(steps, key=lambda one: (max(one.due, today), one.rank, one.due, one.client, one.key))
    )
