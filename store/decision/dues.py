"""Reads what is due from a docket: invoices and how late, money at risk, answers waited for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from store.decision.arithmetic import ORDINARY_DAYS_LATE
from store.decision.facts import Incident, Late, Reply
from store.docket import Docket, Request
from store.entries import Entry, HoursData
from store.money import totals

MONTH = 30.0


def age_of(entry: Entry, today: date) -> int:
    """Return how many days ago `entry` occurred."""
    return (today - entry.day).days


def late_invoices(docket: Docket) -> tuple[Late, ...]:
    """Return the invoices that were paid or are due, by due date; the rest say nothing yet."""
    return tuple(
        Late(
            seq=bill.seq,
            days=max(0, bill.days_late(docket.today)),
            age=max(0, (docket.today - bill.due).days),
            open=bill.settled_on is None,
        )
        for bill in docket.ledger.invoices
        if bill.settled_on is not None or bill.overdue(docket.today)
    )


def late_made_good(late: Sequence[Late], amends: Sequence[int]) -> bool:
    """Whether one invoice only was late, is paid, and they said sorry since its due date (D11.2).

    `amends` holds the ages, in days, of their apologies and concessions.
    """
    overdue = [one for one in late if one.days > ORDINARY_DAYS_LATE]
    if len(overdue) != 1 or any(one.open for one in late):
        return False
    return any(sorry <= overdue[0].age for sorry in amends)


def exposure_months(docket: Docket) -> float | None:
    """Return overdue money, and unbilled work done meanwhile, in months of average billing.

    An amount counts in full once it is a month overdue, so that a day late is not a cliff. The
    average is taken over at least one month (D11.6). None where nothing was billed.
    """
    bills = docket.ledger.invoices
    if not bills:
        return None
    months = 0.0
    for billed in totals(bill.amount for bill in bills):
        mine = [bill for bill in bills if bill.amount.currency == billed.currency]
        first, last = min(b.issued for b in mine), max(b.issued for b in mine)
        monthly = float(billed.amount) / (1 + (last - first).days / MONTH)
        at_risk = sum(
            float(bill.balance.amount) * min(1.0, bill.days_late(docket.today) / MONTH)
            for bill in mine
            if bill.overdue(docket.today)
        )
        if at_risk:
            at_risk += _unbilled(docket, last, billed.currency)
        months += at_risk / monthly
    return months


def _unbilled(docket: Docket, since: date, currency: str) -> float:
    """Work since the last invoice at the agreed rate; 0 where none is agreed in `currency`."""
    if docket.terms.rate is None or docket.terms.currency not in (None, currency):
        return 0.0
    hours = sum(
        float(entry.data.hours)
        for entry in docket.group("hours")
        if isinstance(entry.data, HoursData) and entry.data.spent == "work" and entry.day > since
    )
    return hours * float(docket.terms.rate)


def unpaid_incidents(docket: Docket, incidents: Sequence[Incident]) -> tuple[Incident, ...]:
    """Return incidents that say money is owed where no overdue invoice does.

    A refusal to pay stands while an invoice it could be about is open, or with no such invoice
    until money comes in; a late payment stands by itself only where no invoice is on the docket.
    """
    kinds = {"non-payment"} if docket.ledger.invoices else {"non-payment", "late-payment"}
    return tuple(one for one in incidents if one.kind in kinds and _unsettled(docket, one.age))


def _unsettled(docket: Docket, age: int) -> bool:
    """Whether what was owed `age` days ago is still owed, as far as the docket tells."""
    billed = [bill for bill in docket.ledger.invoices if (docket.today - bill.issued).days >= age]
    if billed:
        return any(bill.settled_on is None for bill in billed)
    paid = docket.kind("payment", "paid-on-time", "paid-early")
    return not any(age_of(entry, docket.today) <= age for entry in paid)


def reply(request: Request, today: date) -> Reply:
    """Return the wait for an answer as a multiple of the agreed time: above 1 once it is late."""
    over = request.days_over(today)
    in_time = min(1.0, request.waited(today) / request.reply_days)
    return Reply(
        seq=request.seq,
        ratio=1 + over / request.reply_days if over else in_time,
        age=(today - request.answered).days if request.answered else 0,
        open=request.answered is None,
    )


def replies_made_good(docket: Docket, amends: Sequence[int]) -> bool:
    """Whether one answer only was late, has come, and they said sorry since (D11.2)."""
    late = [request for request in docket.requests if request.days_over(docket.today) > 0]
    if len(late) != 1 or late[0].answered is None:
        return False
    asked = (docket.today - late[0].asked).days
    return any(sorry <= asked for sorry in amends)
