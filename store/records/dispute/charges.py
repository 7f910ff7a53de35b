"""Tables of what is claimed beside the invoices: interest, fixed sums, costs, disputed parts.

The statement of account and the dispute record say the same with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from store.docket import Docket, Invoice
from store.docket.claims import Dispute, FixedSum
from store.docket.interest import Interest, Rate, Rates
from store.docket.lateness import Cost, FixedSums
from store.entries import ChargeHead, Entry, PaymentData
from store.money import Money, digits
from store.records.dispute.details import bands
from store.records.markdown import Md, bullets, cell, gfm_table, inline, paragraphs
from store.records.texts import Texts

_NONE = Md("-")


@dataclass(frozen=True, slots=True)
class TableForms:
    """How the tables of a document have its days and its sums, as forms of a fact."""

    texts: Texts
    day_form: str = "iso"
    sum_form: str = ""

    def day(self, day: date) -> Md:
        """Return a day as a cell of a table."""
        return self.texts.value(day, self.day_form)

    def sum(self, money: Money) -> Md:
        """Return a sum as a cell of a table."""
        return self.texts.value(money, self.sum_form)


def fine(amount: Decimal, currency: str) -> Decimal:
    """Return an amount to a hundredth of its smallest coin, halves away from zero."""
    return amount.quantize(Decimal(1).scaleb(-digits(currency) - 2), ROUND_HALF_UP)


def interest_table(found: Iterable[Interest], cells: TableForms) -> Md:
    """Return the days of each late invoice, span by span; the interest stands on its last row."""
    rows = [row for one in found for row in _spans(one, cells)]
    return gfm_table(cells.texts.columns("charges.interest"), rows)


def _spans(one: Interest, cells: TableForms) -> Iterator[list[Md]]:
    texts = cells.texts
    for span in one.spans:
        exact = fine(span.exact, span.principal.currency)
        yield [
            inline(one.invoice.number),
            cells.day(span.first),
            cells.day(span.end),
            texts.value(span.days),
            cells.sum(span.principal),
            _percent(texts, span.rate) if span.rate else texts.say("charges.no-percent"),
            texts.value(exact, "exact") if span.rate else _NONE,
            cells.sum(one.amount) if span is one.spans[-1] else Md(""),
        ]


def _percent(texts: Texts, rate: Rate) -> Md:
    """Return a rate as `10.40 %`, with the digits it was stated with."""
    return texts.say("charges.percent", percent=rate.percent)


def no_interest(texts: Texts, rates: Rates) -> Md:
    """Return why no interest is claimed."""
    return texts.say("charges.none-late") if rates.listed else texts.say("charges.no-rate")


def interest_words(
    texts: Texts,
    rates: Rates,
    found: Iterable[Interest],
    remark: Callable[[int], Md] = lambda _: Md(""),
) -> Md:
    """Return how the interest was worked out, and the source of every rate.

    `remark` says of the entry of a rate when it was noted, where that matters.
    """
    unrated = any(span.rate is None for one in found for span in one.spans)
    rules = []
    if len(rates.listed) > 1 or unrated:
        rules.append(texts.say(f"charges.policy.{rates.policy}"))
    if unrated:
        rules.append(texts.say("charges.unrated"))
    listed = [
        texts.say(
            "charges.rate",
            percent=one.percent,
            day=one.starts,
            source=one.source,
            entry=texts.entries([one.seq]),
            remark=remark(one.seq),
        )
        for one in rates.listed
    ]
    return paragraphs(
        texts.say("charges.formula"),
        " ".join(rules),
        texts.say("charges.rates-heading"),
        bullets(listed),
    )


def charges_paid(
    charges: Mapping[ChargeHead, Decimal], currency: str, cells: TableForms
) -> list[Md]:
    """Return what of a payment went to each of costs, interest and fixed sums."""
    say = cells.texts.say
    return [
        say(
            "charges.part",
            sum=cells.sum(Money(amount, currency)),
            what=say(f"charges.charge.{head}"),
        )
        for head, amount in charges.items()
    ]


def running_words(texts: Texts, running: Decimal, currency: str, last: date) -> Md:
    """Return at what sum a day interest continues after `last`; empty where it does not."""
    day = last + timedelta(days=1)
    if not running:
        return Md("")
    whole = Money(running, currency)
    if whole.rounded():
        return texts.say("charges.running", sum=whole, day=day)
    exact = fine(running, currency)
    return texts.say("charges.running-exact", currency=currency, amount=exact, day=day)


def fixed_table(found: Sequence[FixedSum], cells: TableForms) -> Md:
    """Return the fixed sum for each late invoice."""
    rows = [
        [inline(one.invoice.number), cells.sum(one.invoice.asked), cells.sum(one.amount)]
        for one in found
    ]
    heads = cells.texts.columns("charges.fixed")
    if any(one.invoice.reductions for one in found):
        heads = cells.texts.columns("charges.fixed-credited")
    return gfm_table(heads, rows)


def fixed_words(texts: Texts, sums: FixedSums) -> Md:
    """Return what the fixed sums are by the amount of an invoice, and their source."""
    return texts.say(
        "charges.fixed-how",
        sums=bands(texts, sums.data),
        source=sums.data.source,
        entry=texts.entries([sums.seq]),
    )


def costs_table(costs: Iterable[Cost], cells: TableForms, proof: Callable[[Entry], Md]) -> Md:
    """Return the costs of going after what is owed, each with what shows it."""
    rows = [
        [
            cells.day(one.entry.day),
            cells.sum(one.amount),
            proof(one.entry),
            cell(one.entry.statement),
        ]
        for one in costs
    ]
    return gfm_table(cells.texts.columns("charges.costs"), rows)


def disputed_table(found: Iterable[tuple[Invoice, Dispute]], cells: TableForms) -> Md:
    """Return, for each invoice, what is in dispute of what is owed on it and what is not."""
    rows = [
        [
            inline(invoice.number),
            cells.day(dispute.day),
            Md(str(dispute.seq)),
            cells.sum(invoice.balance),
            cells.sum(dispute.of(invoice)),
            cells.sum(invoice.balance - dispute.of(invoice)),
        ]
        for invoice, dispute in found
    ]
    return gfm_table(cells.texts.columns("charges.disputed"), rows)


def credited_since(found: Iterable[tuple[Invoice, Dispute]], texts: Texts) -> Md:
    """Return what was credited on disputed invoices, where nothing says whether of that part."""
    told = [_since(invoice, dispute, texts) for invoice, dispute in found]
    return Md(" ".join(filter(None, told)))


def _since(invoice: Invoice, dispute: Dispute, texts: Texts) -> Md:
    if not (off := dispute.credited_since(invoice)):
        return Md("")
    return texts.say(
        "charges.credited-since",
        sum=Money(sum((one.amount.amount for one in off), Decimal(0)), invoice.amount.currency),
        number=invoice.number,
        entries=texts.entries(one.seq for one in off),
    )


def account_rules(docket: Docket, texts: Texts) -> Iterator[Md]:
    """Yield how payments and credits were set against invoices, each where there is such a case."""
    books = docket.ledger
    if books.payments:
        yield texts.say("charges.payment-rule")
    if any(map(_names_less, docket.kind("payment"))):
        yield texts.say("charges.payment-rest")
    if any(one.reductions for one in books.invoices):
        yield texts.say("charges.credit-rule")
    if books.given_back:
        yield texts.say("charges.back-rule")


def _names_less(paid: Entry) -> bool:
    """Whether a payment names less than came in, or the charges it is for."""
    data = paid.data
    if not isinstance(data, PaymentData):
        return True
    named = sum((one.amount for one in data.for_invoices), Decimal(0))
    return bool(data.for_charges) or named != data.settles
