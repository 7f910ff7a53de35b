"""Tables of what is claimed beside the invoices: interest, fixed sums, costs, disputed parts.

The statement of account and the dispute record say the same with them; `show` writes a sum.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from store.docket import Invoice
from store.docket.claims import Dispute, FixedSum
from store.docket.interest import Interest, Rate, Rates
from store.docket.lateness import Cost, FixedSums
from store.entries import CHARGES, ChargeHead, Entry
from store.entries.describe import fixed_sums
from store.money import Money, digits
from store.records.markdown import Md, bullets, cell, gfm_table, inline, paragraphs

Show = Callable[[Money], str]
_NONE = Md("-")
_POLICIES = {
    "split": "Where the rate changed, each day counts at the rate of that day.",
    "frozen": "Each invoice keeps the rate of the day on which it became late.",
}

BOOKED: Final = {
    "credit": "Credit note",
    "discount": "Discount",
    "write-off": "Let go of",
    "refund": "Sent back",
    "payment-returned": "Payment returned",
}
"""What each kind is called that is taken off an invoice, or went back."""

PAYMENT_RULE: Final = (
    "A payment goes first to what it names. What is left of it goes, in the same currency, to the "
    "invoices sent by that day, the one due first before the others; what names no invoice then to "
    "costs, interest and fixed sums claimed by that day; the rest waits for the next invoice."
)
CREDIT_RULE: Final = (
    "A credit note, a discount or what was let go of is taken off the invoice it names, and no "
    "interest is claimed on it; what was paid on it before is free for other invoices. A payment "
    "that was returned is taken off what it had settled last; money sent back comes out of what "
    "was paid and settles nothing."
)
"""How what was taken off or given back is set off, where there is any."""


def bare(money: Money) -> str:
    """Return a sum without its currency, where all sums are in one."""
    return f"{money.rounded():,}"


def fine(amount: Decimal, currency: str) -> str:
    """Return an amount to a hundredth of its smallest coin, halves away from zero."""
    unit = Decimal(1).scaleb(-digits(currency) - 2)
    return f"{amount.quantize(unit, ROUND_HALF_UP):,}"


def _percent(rate: Rate) -> str:
    """Return a rate as `10.40 %`, with the digits it was stated with."""
    return f"{rate.percent:f} %"


def interest_table(found: Iterable[Interest], show: Show) -> Md:
    """Return the days of each late invoice, span by span; the interest stands on its last row."""
    headers = ["Invoice", "First day", "Last day", "Days", "Owed", "Yearly rate", "Exactly"]
    rows = [row for one in found for row in _spans(one, show)]
    return gfm_table([*headers, "Interest"], rows)


def _spans(one: Interest, show: Show) -> Iterator[list[Md]]:
    for span in one.spans:
        last = span is one.spans[-1]
        exact = fine(span.exact, span.principal.currency) if span.rate else ""
        yield [
            inline(one.invoice.number),
            Md(span.first.isoformat()),
            Md(span.end.isoformat()),
            Md(f"{span.days}"),
            Md(show(span.principal)),
            Md(_percent(span.rate) if span.rate else "none"),
            Md(exact) or _NONE,
            Md(show(one.amount) if last else ""),
        ]


def interest_words(
    rates: Rates, found: Iterable[Interest], remark: Callable[[int], str] = lambda _: ""
) -> Md:
    """Return how the interest was worked out, and the source of every rate.

    `remark` says of the entry of a rate when it was noted, where that matters.
    """
    unrated = any(span.rate is None for one in found for span in one.spans)
    changing = len(rates.listed) > 1 or unrated
    return paragraphs(
        "Simple interest: sum × yearly rate × days / 365, from the day after the due date to the "
        "day a payment came in, both included. It is rounded once, on the last row of each "
        "invoice. Invoices that were paid late carry it until they were paid.",
        " ".join(
            [
                *([_POLICIES[rates.policy]] if changing else []),
                *(["Days for which no rate is on record carry no interest."] if unrated else []),
            ]
        ),
        "Rates, as stated by the contractor:",
        bullets(
            Md(
                f"{_percent(r)} from {r.starts}: {inline(r.source)} "
                f"({', '.join(filter(None, [f'entry {r.seq}', remark(r.seq)]))})"
            )
            for r in rates.listed
        ),
    )


def charges_paid(charges: Mapping[ChargeHead, Decimal], currency: str, show: Show) -> list[str]:
    """Return what of a payment went to each of costs, interest and fixed sums."""
    return [
        f"{show(Money(amount, currency))} for {CHARGES[head]}" for head, amount in charges.items()
    ]


def running_words(running: Decimal, currency: str) -> str:
    """Return at what sum a day interest runs on; empty where it does not."""
    return f"Interest runs on at {currency} {fine(running, currency)} a day." if running else ""


def fixed_table(found: Iterable[FixedSum], show: Show) -> Md:
    """Return the fixed sum for each late invoice."""
    rows = [
        [inline(one.invoice.number), Md(show(one.invoice.asked)), Md(show(one.amount))]
        for one in found
    ]
    return gfm_table(["Invoice", "Amount of the invoice", "Fixed sum"], rows)


def fixed_words(sums: FixedSums) -> Md:
    """Return what the fixed sums are by the amount of an invoice, and their source."""
    return Md(
        f"For each late invoice, by its amount: {fixed_sums(sums.data)}. "
        f"Source, as stated by the contractor: {inline(sums.data.source)} (entry {sums.seq})."
    )


def costs_table(costs: Iterable[Cost], show: Show, proof: Callable[[Entry], Md]) -> Md:
    """Return the costs of going after what is owed, each with what shows it."""
    rows = [
        [
            Md(one.entry.day.isoformat()),
            Md(show(one.amount)),
            proof(one.entry),
            cell(one.entry.statement),
        ]
        for one in costs
    ]
    return gfm_table(["Date", "Cost", "Proof", "What"], rows)


def disputed_table(found: Iterable[tuple[Invoice, Dispute]], show: Show) -> Md:
    """Return, for each invoice, what is in dispute of what is owed on it and what is not."""
    headers = ["Invoice", "Since", "Entry", "Owed", "In dispute", "Not in dispute"]
    rows = [
        [
            inline(invoice.number),
            Md(dispute.day.isoformat()),
            Md(str(dispute.seq)),
            Md(show(invoice.balance)),
            Md(show(dispute.of(invoice))),
            Md(show(invoice.balance - dispute.of(invoice))),
        ]
        for invoice, dispute in found
    ]
    return gfm_table(headers, rows)
