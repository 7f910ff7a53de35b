"""What an entry says beside its text: one function a shape of data, each fact a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Final

from store.entries import Entry
from store.entries import data as shapes
from store.entries.describe import Voice, in_short
from store.entries.words import WELCOME
from store.money import Money
from store.records.markdown import Md, inline
from store.records.texts import Texts

_PLAIN: Final = Voice(day=str)


def details(texts: Texts, entry: Entry) -> Md:
    """Return what the entry's data says, as sentences; empty where that is nothing."""
    data = entry.data
    told = _TOLD.get(type(data).__name__)
    if told is None:  # a kind that has no sentence yet is told as a screen tells it
        if not (said := in_short(data, _PLAIN)):
            return Md("")
        return texts.named(f"details.{entry.kind}", f"{said[:1].upper()}{said[1:]}.")
    return Md(" ".join(told(texts, data)))


def _sum(amount: Decimal, currency: str) -> Money:
    return Money(amount, currency)


def _client(texts: Texts, data: shapes.ClientData) -> Iterator[Md]:
    yield texts.say("details.client", name=data.name)


def _welcome(texts: Texts, data: shapes.WelcomeData) -> Iterator[Md]:
    for name, label in WELCOME.items():
        if words := getattr(data, name):
            named = texts.named(f"welcome.{name}", label)
            yield texts.say("details.answer", name=named, words=str(words))


def _incident(texts: Texts, data: shapes.IncidentData) -> Iterator[Md]:
    if data.hours is not None:
        yield texts.say("details.time-spent", hours=data.hours)
    if data.amount is not None and data.currency:
        yield texts.say("details.sum-named", sum=_sum(data.amount, data.currency))
    if data.my_share:
        yield texts.say("details.partly-mine")
    if data.in_writing is not None:
        yield texts.say(f"details.written.{'yes' if data.in_writing else 'no'}")


def _advice(texts: Texts, data: shapes.AdviceData) -> Iterator[Md]:
    yield from _incident(texts, data)
    if data.advised:
        yield texts.say("details.advised", words=data.advised)
    if data.decided:
        yield texts.say("details.decided", words=data.decided)
    if data.risk:
        yield texts.say("details.risk", words=data.risk)


def _invoice(texts: Texts, data: shapes.InvoiceData) -> Iterator[Md]:
    owed = _sum(data.amount, data.currency)
    yield texts.say("details.invoice", number=data.number, sum=owed, due=data.due)
    if data.discount_percent and data.discount_until:
        percent = data.discount_percent
        yield texts.say("details.early", percent=percent, day=data.discount_until)
    yield from _tax(texts, data)


def _tax(texts: Texts, data: shapes.Taxed) -> Iterator[Md]:
    if data.tax:
        net, vat = (_sum(one, data.currency) for one in data.tax)
        yield texts.say("details.tax", net=net, vat=vat, percent=data.vat_percent)
    elif data.vat_percent is not None:
        yield texts.say("details.tax-rate", percent=data.vat_percent)
    if data.vat_number:
        yield texts.say("details.tax-number", number=data.vat_number)
    if data.vat_note:
        yield texts.say("details.tax-note", words=data.vat_note)


def _payment(texts: Texts, data: shapes.PaymentData) -> Iterator[Md]:
    whole = _sum(data.amount, data.currency)
    parts = [(part.amount, inline(part.invoice)) for part in data.for_invoices]
    parts += [
        (part.amount, texts.say(f"charges.charge.{part.head}")) for part in data.for_charges or ()
    ]
    if not parts:
        yield texts.say("details.received", sum=whole)
    elif len(parts) == 1 and parts[0][0] == data.settles == data.amount:
        yield texts.say("details.received-for", sum=whole, what=parts[0][1])
    else:
        each = [
            texts.say("charges.part", sum=_sum(amount, data.currency), what=what)
            for amount, what in parts
        ]
        yield texts.say("details.received-parts", sum=whole, parts=texts.listed(each))
    if data.fee:
        fee = _sum(data.fee, data.currency)
        yield texts.say(f"details.fee.{data.fee_by}", fee=fee)
    if data.paid_as and data.paid_rate and data.rate_source:
        yield texts.say(
            "details.exchange",
            paid=_sum(data.paid_as.amount, data.paid_as.currency),
            rate=data.paid_rate,
            currency=data.currency,
            other=data.paid_as.currency,
            source=data.rate_source,
        )


def _credit(texts: Texts, data: shapes.CreditData) -> Iterator[Md]:
    off = _sum(data.amount, data.currency)
    yield texts.say("details.credit", sum=off, invoice=data.of_invoice, number=data.number)
    yield from _tax(texts, data)


def _instalments(texts: Texts, data: shapes.InstalmentsData) -> Iterator[Md]:
    parts = [
        texts.say("details.instalment", sum=_sum(part.amount, data.currency), day=part.due)
        for part in data.parts
    ]
    yield texts.say("details.instalments", invoice=data.of_invoice, parts=texts.listed(parts))


def _money_back(texts: Texts, data: shapes.MoneyBackData) -> Iterator[Md]:
    back = _sum(data.amount, data.currency)
    yield texts.say("details.money-back", sum=back, number=data.number)


def _disputed(texts: Texts, data: shapes.DisputedData) -> Iterator[Md]:
    yield texts.say("details.disputed", sum=_sum(data.amount, data.currency), number=data.number)


def _cost(texts: Texts, data: shapes.CostData) -> Iterator[Md]:
    yield texts.say("details.spent", sum=_sum(data.amount, data.currency))


def _interest(texts: Texts, data: shapes.InterestData) -> Iterator[Md]:
    rate, source = data.percent, data.source
    yield texts.say("details.interest", percent=rate, day=data.starts, source=source)


def _fixed_sum(texts: Texts, data: shapes.FixedSumData) -> Iterator[Md]:
    yield texts.say("details.fixed-sum", sums=bands(texts, data), source=data.source)


def bands(texts: Texts, data: shapes.FixedSumData) -> Md:
    """Return the fixed sums by the amount of an invoice: `EUR 40.00, EUR 70.00 from EUR ...`."""
    each = []
    for band in data.bands:
        amount = _sum(band.amount, data.currency)
        least = _sum(band.at_least, data.currency)
        if band.at_least:
            each.append(texts.say("charges.band-from", sum=amount, least=least))
        else:
            each.append(texts.say("charges.band", sum=amount))
    return texts.listed(each)


def _request(texts: Texts, data: shapes.RequestData) -> Iterator[Md]:
    if data.needed_by:
        yield texts.say("details.needed-by", day=data.needed_by)
    if data.seeks:
        yield texts.say(f"details.seeks.{data.seeks}")


def _partial_answer(texts: Texts, data: shapes.PartialAnswerData) -> Iterator[Md]:
    if data.missing:
        yield texts.say("details.missing", words=data.missing)


def _hours(texts: Texts, data: shapes.HoursData) -> Iterator[Md]:
    yield texts.say(f"details.hours.{data.spent}", hours=data.hours)


def _delivery(texts: Texts, data: shapes.DeliveryData) -> Iterator[Md]:
    if data.where:
        yield texts.say("details.where", words=data.where)
    if data.rounds is not None:
        yield texts.say("details.rounds", n=data.rounds)


def _handover(texts: Texts, data: shapes.HandoverData) -> Iterator[Md]:
    if data.to:
        yield texts.say("details.given-to", who=data.to)
    if data.access_ends:
        yield texts.say("details.access-ends", day=data.access_ends)
    if data.renews:
        yield texts.say("details.renews", day=data.renews)
    if data.despite_debt:
        yield texts.say("details.despite-debt")


def _acceptance(texts: Texts, data: shapes.AcceptanceData) -> Iterator[Md]:
    if data.by:
        yield texts.say("details.accepted-by", who=data.by)


def _promise(texts: Texts, data: shapes.PromiseData) -> Iterator[Md]:
    yield texts.say(f"details.promised.{data.by}", day=data.due)


def _step(texts: Texts, data: shapes.StepData) -> Iterator[Md]:
    if data.effective:
        yield texts.say("details.effective", day=data.effective)


def _outcome(texts: Texts, data: shapes.OutcomeData) -> Iterator[Md]:
    yield texts.say(f"details.landed.{data.worked}")


def _likelihood(texts: Texts, data: shapes.LikelihoodData) -> Iterator[Md]:
    yield texts.say("details.likely", n=data.likely)


def _exception(texts: Texts, data: shapes.ExceptionData) -> Iterator[Md]:
    yield from ()  # which rule I set aside is nobody else's


_SHAPES: Final[tuple[Callable[[Texts, Any], Iterator[Md]], ...]] = (
    *(_client, _welcome, _incident, _advice, _invoice, _payment, _credit),
    *(_instalments, _money_back, _disputed, _cost, _interest, _fixed_sum),
    *(_request, _partial_answer, _hours, _delivery, _handover, _acceptance),
    *(_promise, _step, _outcome, _likelihood, _exception),
)
_TOLD: Final = {one.__annotations__["data"].removeprefix("shapes."): one for one in _SHAPES}
"""By the name of the model that each tells; terms are told as a table has them."""
