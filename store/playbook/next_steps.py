"""All next steps of a client in order: the one list that shell, app and calendar show."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Final

from store.playbook.ending import ending_steps, handover_steps, review_steps
from store.playbook.money import money_steps
from store.playbook.said import said_steps
from store.playbook.scene import Scene
from store.playbook.step import LATER, NextStep, in_order, in_turn
from store.playbook.trouble import blame_steps, repair_steps, round_steps, talk_steps, time_steps
from store.playbook.waiting import block_steps, promise_steps, request_steps
from store.playbook.welcome import welcome_steps
from store.private.model import Snooze

_STAY: Final = (
    *("end", "bill", "staged", "promise", "act", "blame"),
    *("give-back", "handover", "access", "anchor", "hold"),
)
"""What is to be done also where it is to be ended: what is owed, promised, theirs, or a proof."""
_AS_IT_IS: Final = ("promise", "act", "hold", "access", "review", "end", "watch", "staged", "said")
"""What keeps its day, whatever day of the week that is: somebody named it, or it is now."""
_FOUND: Final = "steps found"
"""Where a scene keeps its steps: nothing of it changes."""
SOURCES: Final[tuple[Callable[[Scene], Iterator[NextStep]], ...]] = (
    promise_steps,
    money_steps,
    said_steps,
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

    What is due by today is in the order of how much it matters, what comes later by day. Of one
    subject one step is to be taken, the others wait behind it; while it is to be ended, all do but
    what is owed and promised. While the client is on hold that is the one step there is, and taking
    work up again once they have paid.
    """
    found: tuple[NextStep, ...] | None = vars(scene).get(_FOUND)
    if found is None:
        found = vars(scene)[_FOUND] = _found(scene)
    return found


def _found(scene: Scene) -> tuple[NextStep, ...]:
    snoozed = {one.key: one for one in scene.private.snoozes}
    found = (_when_at_work(step, scene) for source in SOURCES for step in source(scene))
    if held := _hold(scene):
        return in_order((held, *(one for one in found if one.key == "resume")), scene.today)
    steps = [_put_off(step, snoozed.get(step.key)) for step in found]
    return in_order(in_turn(steps, _yielding(steps, scene.today), scene.today), scene.today)


def _yielding(steps: Sequence[NextStep], today: date) -> dict[str, str]:
    """Return what each step waits behind whatever it is about, by key.

    Small steps yield to the end of it, a talk to the steps about all that it would be of, and an
    old complaint to the watch after a talk.
    """
    kinds = {step.key.partition(":")[0]: step.key for step in steps}
    leads: dict[str, str] = {}
    if "end" in kinds and any(step.key == "end" and step.due <= today for step in steps):
        leads = {s.key: "end" for s in steps if s.key.partition(":")[0] not in _STAY}
    told = {seq: step.key for step in steps if step.key != "talk" for seq in step.evidence}
    for step in steps:
        sort = step.key.partition(":")[0]
        if sort == "talk" and step.evidence and told.keys() >= set(step.evidence):
            leads.setdefault(step.key, told[step.evidence[0]])
        elif step.rank == LATER and sort in ("complaint", "time") and "watch" in kinds:
            leads.setdefault(step.key, kinds["watch"])
    return leads


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
