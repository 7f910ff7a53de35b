"""Where the time went: the working days of each week by whom was waited for, or a stop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from store.docket import Docket
from store.docket.weeks import Week, as_one_week, weeks
from store.records.dispute.material import Material
from store.records.markdown import Md, gfm_table, paragraphs
from store.records.texts import Texts
from store.working_days import WorkingDays

_NO_WEEKS: Final = ("court", "mediator")
"""Whose record has the days alone: hours stand on the day they were noted, not as they passed."""


def elapsed(material: Material) -> Md:
    """Return where the time went, by the entries shown and the working days of the options."""
    by_week = material.options.purpose not in _NO_WEEKS
    return where_it_went(material.docket, material.options.working, material.texts, by_week=by_week)


def where_it_went(
    docket: Docket, working: WorkingDays, texts: Texts, *, by_week: bool = True
) -> Md:
    """Return the weeks with waiting or a stop of the work, all others in one row, and the sums.

    Without such a week there is nothing to lay out in a table; `by_week` asks for one.
    """
    found = weeks(docket, working)
    if not found:
        return texts.say("elapsed.nothing")
    total = as_one_week(found)
    first, last = docket.started or docket.today, docket.ended.day if docket.ended else docket.today
    said = [texts.say("elapsed.days", n=total.days, first=first, last=last), *_waits(texts, total)]
    counted = _working(texts, working, first, last)
    waited = [one for one in found if one.on_them or one.on_me or one.stopped]
    if docket.ended:
        said.append(texts.say("elapsed.ended"))
    if not waited or not by_week:
        how = f"{counted} {texts.say('elapsed.how')}" if waited else counted
        return paragraphs(" ".join(said), how)
    rest = [one for one in found if one not in waited]
    rows = [_run(texts, run) for run in _alike(waited)]
    if rest:
        rows.append(_row(texts, texts.say("elapsed.rest", n=len(rest)), as_one_week(rest)))
    rows.append(_row(texts, texts.say("elapsed.total"), total))
    return paragraphs(
        " ".join(said),
        gfm_table(texts.columns("elapsed.columns"), rows),
        " ".join([counted, *_how(texts, total), *_hours(texts, total)]),
    )


def _hours(texts: Texts, total: Week) -> Iterator[Md]:
    """Yield that hours stand where they were noted, if there are any."""
    if total.hours:
        yield texts.say("elapsed.hours-noted")


def _how(texts: Texts, total: Week) -> Iterator[Md]:
    """Yield how each kind of day is counted, of which there is one."""
    if total.on_them:
        yield texts.say("elapsed.how")
    if total.on_me:
        yield texts.say("elapsed.how-me")
    if total.stopped:
        yield texts.say("elapsed.how-stopped")


def _alike(found: Sequence[Week]) -> Iterator[list[Week]]:
    """Yield the weeks in order, those together that follow each other and were lost alike."""
    run: list[Week] = []
    for one in found:
        if run and run[-1].monday + timedelta(7) == one.monday and _lost(run[-1]) == _lost(one):
            run.append(one)
        else:
            if run:
                yield run
            run = [one]
    if run:
        yield run


def _run(texts: Texts, run: Sequence[Week]) -> list[Md]:
    """Return the row of weeks that follow each other, with what they come to together."""
    monday = texts.value(run[0].monday, "iso")
    name = monday if len(run) == 1 else texts.say("elapsed.run", n=len(run), monday=monday)
    return _row(texts, name, as_one_week(run))


def _waits(texts: Texts, total: Week) -> Iterator[Md]:
    """Yield on how many days somebody was waited for or work was stopped, where there are any."""
    if total.on_them:
        yield texts.say("elapsed.on-them", n=total.on_them)
    if total.on_me:
        yield texts.say("elapsed.on-me", n=total.on_me)
    if total.stopped:
        yield texts.say("elapsed.stopped", n=total.stopped)
    if not (total.on_them or total.on_me or total.stopped):
        yield texts.say("elapsed.no-wait")


def _days(week: Week) -> tuple[int | Decimal, ...]:
    waited = (week.days, week.went_on, week.on_them, week.on_me, week.stopped)
    return (*waited, len(week.deliveries), week.hours or Decimal(0))


def _lost(week: Week) -> tuple[bool, ...]:
    """Return whether they were waited for, I was, or work was stopped."""
    return bool(week.on_them), bool(week.on_me), bool(week.stopped)


def _row(texts: Texts, name: Md, week: Week) -> list[Md]:
    *days, hours = _days(week)
    return [name, *map(texts.value, days), texts.say("words.hours", hours=hours)]


def _working(texts: Texts, working: WorkingDays, first: date, last: date) -> Md:
    """Return which days are worked on, without those that are holidays."""
    off = [day for day in sorted(working.off) if first <= day <= last]
    days = [texts.say(f"elapsed.weekday.{day}") for day in sorted(working.week)]
    said = texts.say("elapsed.working", days=texts.listed(days), holidays=tuple(off))
    return said if off else Md(f"{said} {texts.say('elapsed.no-holidays')}")
