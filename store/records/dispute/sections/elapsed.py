"""Where the time went: the working days of each week by whom was waited for, or a stop."""

from __future__ import annotations

from datetime import date

from store.docket import Docket
from store.docket.weeks import Week, as_one_week, weeks
from store.quantities import hours_words
from store.records.dispute.material import Material
from store.records.markdown import Md, gfm_table, paragraphs
from store.text import plural
from store.working_days import WorkingDays

_HEAD = [
    "Week from",
    "Working days",
    "No wait on record",
    "Waited for the client",
    "Waited for me",
    "Work stopped",
    "Handed over",
    "Hours of work",
]


def elapsed(material: Material) -> Md:
    """Return where the time went, by the entries shown and the working days of the options."""
    return where_it_went(material.docket, material.options.working)


def where_it_went(docket: Docket, working: WorkingDays) -> Md:
    """Return the weeks with waiting or a stop of the work, all others in one row, and the sums."""
    found = weeks(docket, working)
    if not found:
        return Md("Nothing is on record.")
    total = as_one_week(found)
    waited = [one for one in found if one.on_them or one.on_me or one.stopped]
    rest = [one for one in found if one not in waited]
    rows = [_row(one.monday.isoformat(), one) for one in waited]
    if rest:
        rows.append(_row(f"{plural(len(rest), 'week')} without waiting", as_one_week(rest)))
    rows.append(_row("All", total))
    first, last = docket.started or docket.today, docket.ended.day if docket.ended else docket.today
    return paragraphs(
        f"From {first} to {last} there were {plural(total.days, 'working day')}: "
        f"no wait is on record for {total.went_on}, the client was waited for on "
        f"{total.on_them}, I was waited for on {total.on_me}, work was stopped on {total.stopped}.",
        gfm_table(_HEAD, rows),
        f"Working days are {working.names}{_without(working, first, last)}. The client is waited "
        "for while an answer is overdue of which a day was named or agreed, and while an approval "
        "or access is missing whose end is known. I am waited for while a promise of mine is "
        "late, its day moved by the working days on which the client was waited for before it. A "
        "day on which both are waited for counts as mine. Work is stopped from the day after I "
        "said so, or the day named for it, until it was taken up again; a day of it on which "
        "somebody was waited for counts as such.",
    )


def _row(name: str, week: Week) -> list[Md]:
    days = (week.days, week.went_on, week.on_them, week.on_me, week.stopped, len(week.deliveries))
    hours = hours_words(week.hours) if week.hours else "0 h"
    return [Md(name), *(Md(str(count)) for count in days), Md(hours)]


def _without(working: WorkingDays, first: date, last: date) -> str:
    """Return in words the days that are not worked on for being holidays."""
    off = [day.isoformat() for day in sorted(working.off) if first <= day <= last]
    return f", without the holidays {', '.join(off)}" if off else ""
