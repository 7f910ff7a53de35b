"""What was agreed to be paid in parts, as the statement and the dispute record say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from store.docket.instalments import Instalment, InstalmentPlan
from store.languages.values import DayCount
from store.records.dispute.charges import TableForms
from store.records.markdown import Md, gfm_table, paragraphs


def instalment_tables(plans: Iterable[InstalmentPlan], today: date, cells: TableForms) -> Md:
    """Return each plan with its parts and how it stands; empty where none was agreed on."""
    told = [
        part
        for plan in plans
        for part in (
            _agreed(plan, cells),
            _table(plan, today, cells),
            _standing(plan, today, cells),
        )
    ]
    return paragraphs(*told, cells.texts.say("instalments.rule")) if told else Md("")


def _agreed(plan: InstalmentPlan, cells: TableForms) -> Md:
    """Return when which sum was agreed to be paid in how many parts."""
    return cells.texts.say(
        "instalments.agreed",
        n=len(plan.parts),
        day=plan.agreed,
        sum=plan.whole,
        invoice=plan.invoice or None,
        entry=cells.texts.entries([plan.seq]),
        last=plan.parts[-1].due,
    )


def _standing(plan: InstalmentPlan, today: date, cells: TableForms) -> Md:
    """Return what was due by a plan on a day, and what of it was missed."""
    say, due, missed = cells.texts.say, plan.due(today), plan.missed(today)
    if missed.amount:
        return say("instalments.not-kept", day=today, due=due, missed=missed)
    if not due.amount:
        return say("instalments.none-due", day=today)
    open_ = [part for part in plan.parts if part.due <= today and part.open.amount > 0]
    if open_:
        return say("instalments.due-now", day=today, due=due, open=open_[-1].open)
    return say("instalments.kept", day=today, due=due)


def _table(plan: InstalmentPlan, today: date, cells: TableForms) -> Md:
    rows = [
        [
            cells.day(part.due),
            *map(cells.sum, (part.amount, part.came, part.open)),
            _state(part, today, cells),
        ]
        for part in plan.parts
    ]
    return gfm_table(cells.texts.columns("instalments.columns"), rows)


def _state(part: Instalment, today: date, cells: TableForms) -> Md:
    say = cells.texts.say
    if part.paid_on and part.days_late:
        return say("instalments.paid-late", day=part.paid_on, days=DayCount(part.days_late))
    if part.paid_on:
        return say("instalments.paid", day=part.paid_on)
    if part.open.amount <= 0:
        return say("instalments.gone")
    if part.missed(today):
        return say("instalments.missed", days=DayCount((today - part.due).days))
    return say("instalments.due-today") if part.due == today else say("instalments.later")


def missed_words(plans: Iterable[InstalmentPlan], today: date, cells: TableForms) -> Iterator[Md]:
    """Yield in sentences what was agreed on each plan of which some was missed."""
    for plan in plans:
        if plan.missed(today).amount:
            yield _agreed(plan, cells)
            yield _standing(plan, today, cells)
