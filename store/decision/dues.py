"""What was due on a day: invoices and how late, money at risk, answers waited for."""

from __future__ import annotations

from collections.abc import Sequence

from store.decision.arithmetic import MONTH
from store.decision.facts import Incident, Late, Reply
from store.decision.timeline import Awaited, Bill, Timeline, currencies

_HALF = 1e-9  # so that a half is rounded up in every currency, whatever a float makes of it


def late_invoices(bills: Sequence[Bill], now: int) -> tuple[Late, ...]:
    """Return the invoices that were paid or are due, by due date; the rest say nothing yet.

    Of one due date, by how late they were paid, so that their numbers do not matter.
    """
    found = []
    for bill in bills:
        if bill.issued > now:
            continue
        settled = bill.settled(now)
        if settled is None and now <= bill.due:
            continue
        days = max(0, (now if settled is None else settled) - bill.due)
        late = Late(bill.seq, days, max(0, now - bill.due), settled is None)
        found.append((bill.due, days, late))
    return tuple(late for _, _, late in sorted(found))


def exposure_months(timeline: Timeline, now: int) -> float | None:
    """Return overdue money, and unbilled work done meanwhile, in months of average billing.

    An amount counts in full once it is a month overdue, so that a day late is not a cliff. The
    average is taken over at least one month. None where nothing was billed.
    """
    bills = [bill for bill in timeline.bills if bill.issued <= now]
    if not bills:
        return None
    months = 0.0
    for currency in currencies(bills):
        mine = [bill for bill in bills if bill.currency == currency]
        first, last = min(b.issued for b in mine), max(b.issued for b in mine)
        monthly = sum(b.amount for b in mine) / (1 + (last - first) / MONTH)
        at_risk = sum(
            bill.open(now) * min(1.0, (now - bill.due) / MONTH)
            for bill in mine
            if now > bill.due and bill.open(now) > 0
        )
        if at_risk:
            at_risk += _unbilled(timeline, last, now, currency)
        months += at_risk / monthly
    return round(months + _HALF, 2)


def _unbilled(timeline: Timeline, since: int, now: int, currency: str) -> float:
    """Work since the last invoice at the agreed rate; 0 where none is agreed in `currency`."""
    if timeline.rate is None or timeline.rate_currency not in (None, currency):
        return 0.0
    hours = sum(o.hours for o in timeline.times if o.spent == "work" and since < o.day <= now)
    return hours * timeline.rate


def unpaid_incidents(
    timeline: Timeline, incidents: Sequence[Incident], now: int
) -> tuple[Incident, ...]:
    """Return incidents that say money is owed where no overdue invoice does.

    A refusal to pay stands while an invoice it could be about is open, or with no such invoice
    until money comes in; a late payment stands by itself only where no invoice is on the docket.
    """
    billed = any(bill.issued <= now for bill in timeline.bills)
    kinds = {"non-payment"} if billed else {"non-payment", "late-payment"}
    return tuple(
        one for one in incidents if one.kind in kinds and _unsettled(timeline, now - one.age, now)
    )


def _unsettled(timeline: Timeline, since: int, now: int) -> bool:
    """Whether what was owed on day `since` is still owed, as far as the docket tells."""
    billed = [bill for bill in timeline.bills if bill.issued <= since]
    if billed:
        return any(bill.settled(now) is None for bill in billed)
    return not any(since <= paid <= now for paid in timeline.paid)


def replies_of(questions: Sequence[Awaited], now: int) -> tuple[Reply, ...]:
    """Return the waits for answers as multiples of the agreed time: above 1 once one is late."""
    found = []
    for one in questions:
        if one.asked > now:
            continue
        answered = one.answered if one.answered is not None and one.answered <= now else None
        end = now if answered is None else answered
        over, waited = max(0, end - one.expected), max(0, end - one.asked)
        ratio = 1 + over / one.within if over else min(1.0, waited / one.within)
        late_age = 0 if answered is None else max(0, now - answered)
        age = late_age if over else now - one.asked
        found.append(Reply(one.seq, round(ratio, 2), age, answered is None))
    return tuple(found)
