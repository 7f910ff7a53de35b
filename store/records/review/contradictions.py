"""Where one part of a record says what another part denies: what the other side looks for first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain
from typing import Final, NamedTuple

from store.dates import day_words
from store.docket import Docket
from store.docket.acceptances import acceptances
from store.docket.account import account
from store.docket.claims import currencies
from store.entries import Entry, HoursData, PaymentData, StepData
from store.money import Money, digits
from store.quantities import due_date

_LET_GO: Final = re.compile(r"\b(?:credited|waived|let go of|wr(?:ite|ote|itten) off|cancelled)\b")
"""What a concession says of a bill of which a credit note or a write-off is on record, if it is."""
_OBJECTS: Final = ("complaint", "rework", "approval-block", "non-payment")


class Contradiction(NamedTuple):
    """What two entries say that cannot both be: `seq` is the one to mend, by the command `mend`."""

    seq: int
    said: str
    mend: str = ""


def contradicted(docket: Docket) -> Iterator[Contradiction]:
    """Yield every contradiction on a docket, the weightiest sort first."""
    yield from chain(
        _conceded(docket),
        _balance(docket),
        _rates(docket),
        _due_too_soon(docket),
        _paid_before_billed(docket),
        _kept_and_broken(docket),
        _accepted_and_not(docket),
        _stopped_unannounced(docket),
        _worked_while_stopped(docket),
        _before_what_it_follows(docket),
    )


def _conceded(docket: Docket) -> Iterator[Contradiction]:
    """Yield what is said to have been credited or let go of, and is claimed whole all the same."""
    for entry in docket.kind("concession"):
        if not _LET_GO.search(entry.statement.casefold()):
            continue
        for invoice in docket.overdue:
            named = invoice.number == entry.refs.invoice or invoice.number in entry.statement
            if named and not invoice.reductions:
                said = f"says that something of {invoice.number} was let go of, and all of it is "
                said += "claimed"
                yield Contradiction(
                    entry.seq, said, f"docket credit {{client}} {invoice.number} AMOUNT"
                )


def _balance(docket: Docket) -> Iterator[Contradiction]:
    """Yield where a sum is claimed while the statement of the same day has money of theirs."""
    for code in currencies(docket):
        books = account(docket, code)
        late = [one.balance for one in docket.overdue if one.balance.currency == code]
        if not late or not books.credit:
            continue
        claimed = sum(late, Money(books.credit * 0, code))
        back = [one.seq for one in docket.kind("payment", "refund", "payment-returned")]
        rest, theirs = Money(abs(books.closing), code), " in their favour"
        said = f"{claimed} is claimed, and the statement of the day has a balance of {rest}"
        said += f"{theirs if books.closing < 0 else ''}: {Money(abs(books.credit), code)} is set "
        said += "against none"
        yield Contradiction(back[-1], said, "docket show {entry}")


def _rates(docket: Docket) -> Iterator[Contradiction]:
    """Yield payments in another currency that do not come to what was credited for them.

    A rate is stated with so many digits, so it may be off by half of the last one.
    """
    for entry in docket.kind("payment"):
        data = entry.data
        if not isinstance(data, PaymentData) or data.paid_as is None or data.paid_rate is None:
            continue
        last = Decimal(1).scaleb(int(data.paid_rate.as_tuple().exponent))
        off = data.paid_as.amount * last / 2 + Decimal(1).scaleb(-digits(data.currency))
        came = data.paid_as.amount * data.paid_rate
        credited = {data.amount, data.settles, data.amount + (data.fee or 0)}
        if all(abs(came - one) > off for one in credited):
            paid = Money(data.paid_as.amount, data.paid_as.currency)
            gives, counts = Money(came, data.currency), Money(data.settles, data.currency)
            said = f"{paid} at a rate of {data.paid_rate} is {gives}, and {counts} was credited"
            mend = 'docket amend {entry} --set paid_rate=RATE --reason "TEXT"'
            yield Contradiction(entry.seq, said, mend)


def _due_too_soon(docket: Docket) -> Iterator[Contradiction]:
    """Yield the bills that were due before the day that was agreed: interest runs from too soon."""
    terms = [one for one in docket.kind("terms") if getattr(one.data, "payment", None)]
    for invoice in docket.overdue:
        agreed = [one for one in terms if one.day <= invoice.issued]
        if not agreed:
            continue
        due = due_date(getattr(agreed[-1].data, "payment", ""), invoice.issued)
        if invoice.due < due:
            said = f"{invoice.number} is claimed from {day_words(invoice.due)}, and by entry "
            said += f"{agreed[-1].seq} it was due on {day_words(due)}"
            mend = f'docket amend {{entry}} --due {due} --reason "As agreed"'
            yield Contradiction(invoice.seq, said, mend)


def _paid_before_billed(docket: Docket) -> Iterator[Contradiction]:
    """Yield payments that came in before the bill they name was sent."""
    for entry in docket.kind("payment"):
        for part in entry.data.for_invoices if isinstance(entry.data, PaymentData) else ():
            invoice = docket.ledger.find(part.invoice)
            if invoice and entry.day < invoice.issued:
                said = f"a payment of {day_words(entry.day)} for {invoice.number}, which was sent "
                said += f"on {day_words(invoice.issued)} (entry {invoice.seq})"
                yield Contradiction(entry.seq, said, _on("{entry}"))


def _kept_and_broken(docket: Docket) -> Iterator[Contradiction]:
    """Yield promises of which it is on record that they were kept, and that they were not."""
    ends: dict[int, Entry] = {}
    for entry in docket.kind("promise-kept", "promise-broken", "promise-released"):
        link = entry.link("keeps", "breaks", "about")
        if link is None:
            continue
        before = ends.setdefault(link.seq, entry)
        if before.kind != entry.kind:
            said = f"the promise of entry {link.seq} has two ends: {_end(before)} and {_end(entry)}"
            yield Contradiction(entry.seq, said, 'docket void {entry} --reason "TEXT"')


def _end(entry: Entry) -> str:
    return f"{entry.kind.removeprefix('promise-')} (entry {entry.seq})"


def _accepted_and_not(docket: Docket) -> Iterator[Contradiction]:
    """Yield what was accepted, and is said on that day to be objected to, or waited for after."""
    known = acceptances(docket).named
    for entry in docket.kind(*_OBJECTS):
        for link in entry.links:
            accepted = known.get(link.seq)
            if accepted is None:
                continue
            waits = entry.kind == "approval-block" and entry.day >= accepted.day
            if waits or entry.day == accepted.day:
                said = f"what entry {link.seq} handed over was accepted on "
                said += f"{day_words(accepted.day)} (entry {accepted.seq}), and this says otherwise"
                yield Contradiction(entry.seq, said, 'docket void {entry} --reason "TEXT"')


def _stopped_unannounced(docket: Docket) -> Iterator[Contradiction]:
    """Yield stops that were announced only after them, or later than the terms ask for."""
    notices = docket.kind("notice", "warning")
    ahead = timedelta(days=docket.terms.suspension_notice_days or 0)
    for entry in docket.kind("stop"):
        stopped, reason = _effective(entry), entry.link("about")
        before = [one for one in notices if one.day <= stopped - ahead]
        late = [one for one in notices if stopped - ahead < one.day]
        if before or not late or reason:
            continue
        said = f"work was stopped on {day_words(stopped)}, and the notice of it is of "
        said += f"{day_words(late[0].day)} (entry {late[0].seq})"
        if ahead and late[0].day <= stopped:
            said += f": {ahead.days} days were agreed"
        yield Contradiction(entry.seq, said, _on(f"{{client}}#{late[0].seq}"))


def _worked_while_stopped(docket: Docket) -> Iterator[Contradiction]:
    """Yield hours of work on days on which the work is said to have been stopped."""
    turns = sorted(docket.kind("stop", "resume"), key=lambda one: (_effective(one), one.seq))
    for entry in docket.kind("hours"):
        if not isinstance(entry.data, HoursData) or entry.data.spent != "work":
            continue
        last = [one for one in turns if _effective(one) < entry.day]
        if last and last[-1].kind == "stop":
            said = f"hours of work on {day_words(entry.day)}, and work was stopped (entry "
            said += f"{last[-1].seq})"
            mend = f'docket log {{client}} resume "TEXT" --on {entry.day}'
            yield Contradiction(entry.seq, said, mend)


def _effective(entry: Entry) -> date:
    told = entry.data.effective if isinstance(entry.data, StepData) else None
    return told or entry.day


def _before_what_it_follows(docket: Docket) -> Iterator[Contradiction]:
    """Yield answers and acceptances that are dated before what they answer or accept."""
    days = {one.seq: one.entry for one in docket.standing}
    for entry in docket.kind("answer", "partial-answer", "acceptance"):
        link = entry.followed
        first = days.get(link.seq) if link else None
        if first and entry.day < first.day:
            said = f"of {day_words(entry.day)}, before what it is about: entry {first.seq} of "
            said += day_words(first.day)
            yield Contradiction(entry.seq, said, _on("{entry}"))


def _on(entry: str) -> str:
    return f'docket amend {entry} --on DAY --reason "TEXT"'
