"""A client at a glance, beside their log: the lines of a card that the main screen has room for.

It needs the docket that is read already and what was summed up of it, and assesses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from store.docket.hours import hours_spent
from store.money import Money
from store.overview.card import DAYS, Owed, accounts, replies, words_of
from tui.words.card import (
    CHECKINS,
    CardLine,
    Gauge,
    agreed_words,
    asks_line,
    promised_line,
    replies_line,
)
from tui.words.moments import compact, short_day

if TYPE_CHECKING:
    from store.docket import Docket
    from store.index.summary import Summary
    from store.private.model import Private


def glance_lines(docket: Docket, summary: Summary | None, private: Private) -> Iterator[CardLine]:
    """Yield what is agreed, owed, open and felt, a line each, the weightiest first."""
    told, today = replies(docket), docket.today
    agreed = (agreed_words(docket.terms) or ["nothing on record"])[0]
    yield CardLine("agreed", ((agreed, ""),))
    yield replies_line(told)
    yield from owed_lines(accounts(docket), today)
    mine, theirs = words_of(docket, "me"), words_of(docket, "client")
    if theirs.open and not mine.open:
        yield promised_line("they owe", theirs, "none open", today)
    else:
        yield promised_line("I owe", mine, "nothing", today)
    yield asks_line(docket.open_requests, told, today)
    yield from _hours(docket)
    yield from _private(summary, private, today)
    if docket.profile.email or docket.profile.phone:
        yield CardLine("reach", ((docket.profile.email or docket.profile.phone or "", ""),))


def owed_lines(found: tuple[Owed, ...], today: date) -> Iterator[CardLine]:
    """Yield what is owed late, or that nothing is, and what is billed and not due."""
    for one in found:
        late = one.open - one.ages[0].amount
        if late:
            days = max((today - bill.due).days for age in one.ages[1:] for bill in age.invoices)
            sum_ = str(Money(late, one.currency)).removesuffix(".00")
            said = (f"{sum_}, {days}d late", "bold heat3")
            yield CardLine("owes", (said,))
        elif one is found[0]:
            yield CardLine("owes", (("nothing overdue", "dim"),))
        if bills := one.ages[0].invoices:
            due = short_day(min(bill.due for bill in bills), today)
            yield CardLine(
                "billed", ((f"{Money(one.ages[0].amount, one.currency)} {due}", "money"),)
            )
    if not found:
        yield CardLine("owes", (("nothing billed yet", "dim"),))


def _hours(docket: Docket) -> Iterator[CardLine]:
    hours = hours_spent(docket, DAYS)
    work = hours.get("work", Decimal(0))
    them = sum(hours.values(), Decimal(0)) - work
    most = max(work, them)
    for label, spent, look in (("work", work, "text"), ("them", them, "heat2")):
        share = float(spent / most) if most else 0.0
        gauge = Gauge(share, look)
        yield CardLine(label, ((compact(spent) if spent else "-", ""),), gauge=gauge, figure=True)


def _private(summary: Summary | None, private: Private, today: date) -> Iterator[CardLine]:
    """Yield what was said and crossed, the decision to look at again, and how it feels."""
    if summary and summary.watch:
        said = short_day(date.fromisoformat(summary.watch.said), today)
        times = summary.watch.crossings
        crossed = (f"; crossed {times}x", "heat3") if times else ("; it holds", "keep")
        yield CardLine("told", ((said, ""), crossed))
    elif summary and summary.unsaid is not None:
        yield CardLine("unsaid", ((f"for {summary.unsaid} days", "heat2"),))
    if summary and summary.review:
        day = date.fromisoformat(summary.review)
        ago = (today - day).days
        yield CardLine("look", ((f"{short_day(day, today)}; {ago}d ago", "heat1"),))
    felt = tuple(one.stress_client for one in private.checkins)
    if any(one is not None for one in felt):
        last = next(str(one) for one in reversed(felt) if one is not None)
        yield CardLine("feels", ((f"{last} private", "private"),), leads=CHECKINS, felt=felt)
