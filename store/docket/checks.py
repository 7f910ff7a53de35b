"""What may not be logged on a docket as it stands: links to nowhere, doubles, wrong currencies."""

from __future__ import annotations

from datetime import datetime, timedelta

from pydantic import ValidationError

from store.docket.docket import Docket
from store.docket.standing import Standing, amended
from store.entries import (
    AmendmentData,
    Draft,
    InvoiceData,
    PaymentData,
    PromiseData,
    RequestData,
    draft_problems,
)
from store.errors import UsageError

_SLACK = timedelta(minutes=5)  # two machines' clocks differ a little


def needs_docket(draft: Draft) -> bool:
    """Whether `check_against` has anything to check: most entries stand by themselves."""
    return bool(draft.links) or draft.kind in ("invoice", "payment", "answer", "amendment", "void")


def check_time(draft: Draft, now: datetime) -> None:
    """Refuse an entry about something that has not happened yet."""
    if draft.occurred_at > now + _SLACK:
        raise UsageError(
            f"{draft.day:%-d %b %Y} has not come yet",
            "an entry says what did happen",
            "Correct the day",
        )


def check_against(draft: Draft, docket: Docket) -> Draft:
    """Return `draft` with its links completed by the ids they name, or raise UsageError."""
    links = []
    for link in draft.links:
        target = _target(docket, link.seq)
        _check_link(draft, link.rel, target, docket)
        links.append(link.model_copy(update={"id": target.original.id}))
    if isinstance(draft.data, InvoiceData):
        _check_invoice(draft.data, docket)
    if isinstance(draft.data, PaymentData):
        _check_payment(draft.data, docket)
    if draft.kind in ("answer", "amendment", "void", "addendum") and not links:
        raise UsageError(
            f"Which entry is this {draft.kind} for",
            "it names none",
            f"Give its number, such as {docket.client}#12",
        )
    return draft.model_copy(update={"links": tuple(links)})


def _target(docket: Docket, seq: int) -> Standing:
    found = docket.find(seq)
    if found is None:
        last = docket.entries[-1].seq if docket.entries else 0
        raise UsageError(
            f"There is no entry {docket.client}#{seq}",
            f"the docket has numbers 1 to {last}" if last else "the docket is empty",
            f"See `docket show {docket.client}`",
        )
    return found


def _check_link(draft: Draft, relation: str, target: Standing, docket: Docket) -> None:
    name = f"{docket.client}#{target.seq}"
    if target.void is not None and relation != "about":
        raise UsageError(
            f"{name} was voided", f"by #{target.void.seq}", "Log a new entry, or void the void"
        )
    if relation == "answers":
        if not isinstance(target.entry.data, RequestData):
            raise UsageError(
                f"{name} is not a request",
                f"it is {target.entry.kind}",
                "Only requests are answered",
            )
        if any(r.seq == target.seq and r.answered for r in docket.requests):
            raise UsageError(f"{name} is answered already", "", "Add to it with `docket add`")
    if relation in ("keeps", "breaks") and not isinstance(target.entry.data, PromiseData):
        raise UsageError(f"{name} is not a promise", f"it is {target.entry.kind}", "")
    if relation == "amends":
        _check_amendment(draft, target)


def _check_amendment(draft: Draft, target: Standing) -> None:
    assert isinstance(draft.data, AmendmentData)
    if target.original.group == "correction":
        raise UsageError(
            "A correction is not amended", "it says what was corrected when", "Void it instead"
        )
    try:
        amended(target.entry, draft.data.changes)
    except ValidationError as error:
        raise UsageError("That amendment does not fit", draft_problems(error), "") from None


def _check_invoice(bill: InvoiceData, docket: Docket) -> None:
    if docket.ledger.find(bill.number):
        raise UsageError(
            f"Invoice {bill.number} is on the docket already",
            "",
            "Amend that entry, or give this one its own number",
        )


def _check_payment(payment: PaymentData, docket: Docket) -> None:
    for part in payment.for_invoices:
        invoice = docket.ledger.find(part.invoice)
        if invoice is None:
            raise UsageError(
                f"There is no invoice {part.invoice} on {docket.client}",
                "",
                f"See `docket show {docket.client} --kind invoice`",
            )
        if invoice.amount.currency != payment.currency:
            raise UsageError(
                f"{invoice.number} is in {invoice.amount.currency}",
                f"the payment is in {payment.currency}, and currencies are never mixed",
                f"Give the amount in {invoice.amount.currency}",
            )
        if part.amount > invoice.balance.amount:
            raise UsageError(
                f"{invoice.number} has only {invoice.balance} open",
                f"{part.amount} was to be paid on it",
                "Pay the rest without --for, and the oldest open invoice takes it",
            )
