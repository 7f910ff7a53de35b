"""The steps while money is owed: up the ladder, the stop, and back to work once it has come."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Final

from store.docket.instalments import InstalmentPlan, instalment_plans
from store.docket.open_items import Item
from store.docket.promised import means_all
from store.docket.steps import about_money, invoices_named
from store.entries import Entry, StepData
from store.entries.kinds import kinds_that, weighing
from store.playbook.guards import Owing, question
from store.playbook.ladder import Ladder, OfBill, Rung, StepsTaken, reached
from store.playbook.leaving import why_ended
from store.playbook.said import named_day
from store.playbook.scene import Scene
from store.playbook.step import NextStep
from store.text import plural

_ON_LADDER: Final = weighing("chasing") | kinds_that(lambda kind: kind.id == "stop")
_STAGED: Final = 14
"""Days for which it is asked whether work has stopped, or after which whether it may go on."""
_WHAT: Final = {
    "courtesy": "Send a courtesy note about {}",
    "reminder": "Remind them of {}",
    "stop": "Stop work until {} is paid, and say so",
    "formal-notice": "Give formal notice about {}",
    "final-demand": "Send the final demand for {}",
    "claim": "Take {} further: a claim, mediation or their platform",
}
_AGAIN: Final = "Decide what becomes of {}: go on, settle, or write it off"


def money_steps(scene: Scene) -> Iterator[NextStep]:
    """Yield a step for each bill that is open, and the one that takes work up again."""
    said = _Said(scene)
    for item in scene.open("invoice"):
        yield _bill(scene, item, said)
    stopped = scene.docket.stopped
    if stopped and _is_staged(scene, stopped):
        day = _takes_effect(stopped)
        yield scene.step(
            day,
            "Stop the work: your notice ends",
            f"You said on {stopped.day:%-d %b} that work stops on {day:%-d %b} unless they pay.",
            f"staged:{stopped.seq}",
            about=f"#{stopped.seq}",
            evidence=(stopped.seq,),
            line=f"note #{stopped.seq} Work has stopped, as I said it would",
            rank=1,
        )
    ends = scene.leaving or scene.docket.ended is not None
    if stopped and not scene.docket.overdue and scene.assessment.verdict == "stop-work":
        yield _still_stopped(scene, stopped)
    elif stopped and not scene.docket.overdue and not ends:
        paid = max((one.day for one in scene.docket.ledger.payments), default=scene.today)
        yield scene.step(
            max(paid, stopped.day),
            "Take the work up again, and tell them",
            f"Work has been stopped since {stopped.day:%-d %b}, and nothing is overdue any more.",
            "resume",
            evidence=(stopped.seq,),
            letter="resume",
            line="resume Work goes on: what was owed has come",
            rank=1,
        )


def _still_stopped(scene: Scene, stop: Entry) -> NextStep:
    """Return the look at a stop where no bill is overdue, and the log says to stop all the same."""
    due = scene.in_days(stop.day, _STAGED)
    if decided := scene.decided_since(due):
        due = scene.in_days(decided, scene.ladder.again)
    return scene.step(
        due,
        "Say whether work can go on",
        f"Work has been stopped since {stop.day:%-d %b}. {scene.assessment.headline}",
        f"stopped:{stop.seq}",
        evidence=(stop.seq,),
        verb=f"decide {scene.docket.client}",
    )


def asked_of_letter(scene: Scene, step: str) -> str:
    """Return what is asked as a letter of this step is logged: before a stop, for its clause."""
    return question(step, owed_by(scene), scene.today) if step == "stop" else ""


def owed_by(scene: Scene) -> Owing | None:
    """Return how the client stands who owes, is stopped for, or is one no more; None for others."""
    docket = scene.docket
    if ended := why_ended(docket, scene.private.leaving):
        return Owing(ended=ended)
    if docket.ended is not None or not (docket.overdue or docket.stopped):
        return None
    bill = docket.overdue[0] if docket.overdue else None
    taken = [step for step in scene.taken if step.kind in _ON_LADDER]
    said = bill is not None and any(
        step.day > bill.due
        and (not (named := invoices_named(step, docket)) or bill.number in named)
        for step in about_money(taken, docket)
    )
    return Owing(
        bill.number if bill else "",
        bill.days_late(scene.today) if bill else 0,
        docket.stopped.day.isoformat() if docket.stopped else "",
        said,
        (docket.terms.suspension_clause or "").rstrip(". "),
        docket.terms.suspension_notice_days,
    )


def _is_staged(scene: Scene, stop: Entry) -> bool:
    """Whether a stop names a later day, and nothing says since then that work has stopped."""
    day = _takes_effect(stop)
    told = (*scene.taken, *scene.docket.kind("note"))
    done = any(one.day >= day and stop.seq in [link.seq for link in one.links] for one in told)
    return day > stop.day and not done and scene.in_days(day, _STAGED) >= scene.today


def _takes_effect(stop: Entry) -> date:
    """Return the day on which a stop takes effect: the one it names, or its own."""
    named = stop.data.effective if isinstance(stop.data, StepData) else None
    return named or stop.day


class _Said:
    """What was said of bills, by both sides: looked up bill by bill."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        every: list[Entry] = []
        own: defaultdict[str, list[Entry]] = defaultdict(list)
        taken = [step for step in scene.taken if step.kind in _ON_LADDER]
        for step in about_money(taken, scene.docket):
            named = invoices_named(step, scene.docket)
            for of in [own[number] for number in named] or [every]:
                of.append(step)
        self._every = StepsTaken(every)
        self._own = {number: StepsTaken(steps) for number, steps in own.items()}

    def taken(self, item: Item) -> OfBill:
        """Return the steps on the ladder that are about a bill."""
        return OfBill(self._every, self._own.get(item.name, StepsTaken(())))

    def known(self, item: Item) -> bool:
        """Whether they have said something of the bill: a reason, or that they would pay."""
        return self._told.get(item.name, date.min) > item.due

    def word(self, item: Item) -> date | None:
        """Return the last day by which they have promised to pay it, while it has not passed."""
        named, every = self._words
        days = [day for made, day in every[bisect_right(every, (item.due, date.max)) :][:1]]
        days += [named[item.name]] if item.name in named else []
        return max(days, default=None)

    def plan(self, item: Item) -> InstalmentPlan | None:
        """Return what was agreed on paying a bill in parts, it alone or with all that was open."""
        if own := self._plans.get((item.name, "")):
            return own
        every = self._plans.get(("", item.amount.currency)) if item.amount else None
        return every if every and item.since <= every.agreed else None

    @cached_property
    def _plans(self) -> dict[tuple[str, str], InstalmentPlan]:
        plans = instalment_plans(self._scene.docket)
        return {(one.invoice, "" if one.invoice else one.currency): one for one in plans}

    @cached_property
    def _told(self) -> dict[str, date]:
        """The last day on which they told something of each bill that they named."""
        docket = self._scene.docket
        found: dict[str, date] = {}
        for one in (*docket.group("incident"), *docket.kind("promise")):
            for number in invoices_named(one, docket):
                found[number] = max(found.get(number, one.day), one.day)
        return found

    @cached_property
    def _words(self) -> tuple[dict[str, date], list[tuple[date, date]]]:
        """The last day promised for each bill that they named, and, as (made, day), for all.

        Of those for all, each has the last day that was promised then or later.
        """
        scene = self._scene
        open_ = {one.seq for one in scene.open("promise") if not one.mine}
        words = [o for o in scene.docket.promises if o.seq in open_ and o.due >= scene.today]
        named: dict[str, date] = {}
        every: list[tuple[date, date]] = []
        last = date.min
        for one in sorted(words, key=lambda word: word.made, reverse=True):
            bills = scene.promised.named(one)
            for bill in bills:
                named[bill.number] = max(named.get(bill.number, one.due), one.due)
            if not bills and means_all(one):
                last = max(last, one.due)
                every.append((one.made, last))
        return named, every[::-1]


def _bill(scene: Scene, item: Item, said: _Said) -> NextStep:
    rung, due, why = _next_rung(scene, item, said)
    what = (_WHAT.get(rung.id, "Ask for {}") if rung else _AGAIN).format(item.name)
    kind = rung.kind if rung else ""
    if kind == "stop":
        why += _by_contract(scene)
    line = f"{kind} {item.name}: {item.amount} open" if kind else ""
    plan = said.plan(item)
    agreed = [plan.seq] if plan else []
    return scene.step(
        due,
        what,
        why,
        f"bill:{item.seq}",
        about=item.name,
        evidence=(item.seq, *(step.seq for step in said.taken(item).last(3)), *agreed),
        letter=rung.letter if rung else "",
        line=line,
        verb="" if line else f"decide {scene.docket.client}",
        rank=1 if kind == "stop" else 2,
        subject=kind if kind == "stop" else "",
    )


def _next_rung(scene: Scene, item: Item, said: _Said) -> tuple[Rung | None, date, str]:
    """Return the rung a bill comes to next, on which day, and why: days that were named move it."""
    taken = said.taken(item)
    last = taken.said(item.due)
    late = (scene.today - item.due).days
    ladder = _fitting(scene, late, item, None if last else said)
    at = reached(ladder, item.due, taken)
    why = f"{item.amount} is open, {_since(late)}."
    due = at.due
    if at.next is None and (decided := scene.decided_since(due)):
        due = scene.in_days(decided, ladder.again)
    if last:
        why += f" {_said(last.kind)} {last.day:%-d %b}."
        if (named := named_day(last)) and named >= due:
            due = scene.in_days(named, 1)
            why += f" You gave them until {named:%-d %b}."
    if (word := said.word(item)) and word >= due:
        due = scene.in_days(word, 1)
        why += f" They said they would pay by {word:%-d %b}."
    if plan := said.plan(item):
        due, words = _in_parts(scene, plan, due)
        why += words
    stop = next((rung for rung in ladder.rungs if rung.kind == "stop"), None)
    if stop and late > 0 and scene.assessment.verdict == "stop-work":
        ahead = at.next is not None and at.next.id == stop.id
        return stop, min(due, scene.today) if ahead else scene.today, why
    return at.next, due, why


def _in_parts(scene: Scene, plan: InstalmentPlan, due: date) -> tuple[date, str]:
    """Return when to come back to a bill that is paid in parts, and why: not while all are kept."""
    part, missed = plan.next, plan.missed(scene.today)
    if part is None:
        return due, ""
    if missed.amount:
        return due, f" They were to pay in parts: {missed} is missed, since {part.due:%-d %b}."
    said = f" They pay in parts: {part.open} is due on {part.due:%-d %b}."
    return max(due, scene.in_days(part.due, 1)), said


def _by_contract(scene: Scene) -> str:
    """Return what was agreed about stopping, or that nothing was."""
    terms = scene.docket.terms
    if not terms.suspension_clause:
        return " No clause on stopping is on record: look what was agreed first."
    days = terms.suspension_notice_days
    notice = f", {plural(days, 'day')}' notice" if days else ""
    return f" {terms.suspension_clause.rstrip('. ')}{notice}."


def _fitting(scene: Scene, late: int, item: Item, unsaid: _Said | None) -> Ladder:
    """Return the ladder without a stop where there is no work to stop, or it is stopped.

    Who is left, or is to be, is not told that they may have overlooked a bill once they know of it,
    or once it is as late as a formal notice.
    """
    ladder = scene.ladder
    ends = scene.leaving or scene.docket.ended is not None
    if ends or scene.docket.stopped:
        ladder = ladder._replace(rungs=tuple(r for r in ladder.rungs if r.kind != "stop"))
    formal = [n for n, rung in enumerate(ladder.rungs) if rung.id == "formal-notice"]
    if not (ends and formal) or unsaid is None or late <= 0:
        return ladder
    if late >= ladder.rungs[formal[0]].wait or unsaid.known(item):
        return ladder._replace(rungs=ladder.rungs[formal[0] :])
    return ladder


def _since(late: int) -> str:
    if late > 0:
        return f"{plural(late, 'day')} late"
    return "due today" if late == 0 else f"due in {plural(-late, 'day')}"


def _said(kind: str) -> str:
    said = {
        "notice": "You gave notice on",
        "warning": "You warned them on",
        "stop": "You stopped work on",
        "escalate": "You took it further on",
        "talk": "You talked to them on",
    }
    return said.get(kind, "You reminded them on")
