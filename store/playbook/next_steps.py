"""All next steps of a client in order: the one list that shell, app and calendar show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from store.playbook.ending import ending_steps, handover_steps, review_steps
from store.playbook.money import money_steps
from store.playbook.scene import Scene
from store.playbook.step import NextStep, in_order
from store.playbook.trouble import blame_steps, repair_steps, round_steps, talk_steps, time_steps
from store.playbook.waiting import block_steps, promise_steps, request_steps
from store.playbook.welcome import welcome_steps
from store.private.model import Snooze

_AS_IT_IS: Final = ("promise", "hold", "access", "review", "end", "watch", "staged")
"""What keeps its day, whatever day of the week that is: somebody named it, or it is now."""
SOURCES: Final[tuple[Callable[[Scene], Iterator[NextStep]], ...]] = (
    promise_steps,
    money_steps,
    ending_steps,
    handover_steps,
    talk_steps,
    repair_steps,
    round_steps,
    time_steps,
    blame_steps,
    request_steps,
    block_steps,
    welcome_steps,
    review_steps,
)


def next_steps(scene: Scene) -> tuple[NextStep, ...]:
    """Return what to do about a client, with the day for each: what is due first of all.

    What is due by today is in the order of how much it matters, what comes later by day. While the
    client is on hold that is the one step there is, and taking work up again once they have paid.
    """
    snoozed = {one.key: one for one in scene.private.snoozes}
    found = (_when_at_work(step, scene) for source in SOURCES for step in source(scene))
    if held := _hold(scene):
        return in_order((held, *(one for one in found if one.key == "resume")), scene.today)
    return in_order((_put_off(step, snoozed.get(step.key)) for step in found), scene.today)


def _when_at_work(step: NextStep, scene: Scene) -> NextStep:
    """Return a step on a working day: its own if it is one, else the next."""
    pressing = step.rank == 1 and scene.assessment.verdict == "stop-work"
    if pressing or step.key.partition(":")[0] in _AS_IT_IS:
        return step
    return step._replace(due=scene.working.at_or_after(step.due))


def _put_off(step: NextStep, snooze: Snooze | None) -> NextStep:
    if snooze is None or snooze.until <= step.due:
        return step
    return step._replace(
        due=snooze.until, why=f"{step.why} Put off until {snooze.until:%-d %b}: {snooze.why}"
    )


def _hold(scene: Scene) -> NextStep | None:
    holds = scene.private.holds
    if not holds or holds[-1].until <= scene.today:
        return None
    return scene.step(
        holds[-1].until,
        "Look at them again",
        f"You put them on hold on {holds[-1].at:%-d %b}: {holds[-1].why}",
        "hold",
        verb=f"next {scene.docket.client} --hold --until today --why 'as before'",
    )
