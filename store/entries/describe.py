"""What the data of an entry says on a line of a screen: one function a shape.

It needs no models, so that a line that is only being read can be told as what will be logged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from store.dates import day_words
from store.entries.kinds import ABOUT, KINDS
from store.entries.words import LANDED, SIDES, WELCOME, field_words
from store.languages import language
from store.quantities import hours_words
from store.text import plural

if TYPE_CHECKING:
    from store.entries import data as shapes
    from store.money import Money


class Fact(NamedTuple):
    """One thing that data says: in `short`, `{}` stands for each of `values`.

    A voice writes a day in its own way. A fact of which a value is missing is not told.
    """

    values: tuple[Money | Decimal | date | str | int | None, ...] = ()
    short: str = "{}"


class Partial:
    """The data of an entry that is still being typed: what is not said is None."""

    def __init__(self, shape: str, said: Mapping[str, Any]) -> None:
        self.shape = shape
        self._said = said

    def __getattr__(self, name: str) -> Any:
        found = self._said.get(name)
        if isinstance(found, list | tuple):
            return [Partial("", one) if isinstance(one, Mapping) else one for one in found]
        return Partial("", found) if isinstance(found, Mapping) else found


class Voice(NamedTuple):
    """How a voice writes a day and a severity."""

    day: Callable[[date], str] = day_words
    severity: Callable[[int], str] = "{} of 3".format

    def say(self, told: Iterable[Fact]) -> str:
        """Return facts, each as its template puts it, in one line."""
        said = glue = ""
        for fact in told:
            said += glue + fact.short.format(*map(self._written, fact.values))
            glue = " " if fact.short.endswith(":") else ", "
        return said

    def _written(self, value: object) -> str:
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, Decimal):
            return hours_words(value)
        if isinstance(value, int):
            return self.severity(value)
        return str(value)


SCREEN: Final = Voice()


def _facts(data: shapes.Data | Partial) -> list[Fact]:
    """Return what `data` says; nothing for a shape without any."""
    shape = data.shape if isinstance(data, Partial) else type(data).__name__
    told: Iterator[Fact] = _TOLD[shape](data) if shape in _TOLD else iter(())
    return [one for one in told if None not in one.values and "" not in one.values]


def in_short(data: shapes.Data | Partial, voice: Voice = SCREEN) -> str:
    """Return what `data` says on a line of a screen: `INV-42, EUR 1,200.00, due 21 Nov 2026`."""
    return voice.say(_facts(data))


def link_words(kind: str | None, relation: str) -> str:
    """Return what a link says, in the words of the entry's kind: `outcome of`, `about`."""
    follows = KINDS[kind].follows if kind in KINDS else ABOUT
    return follows.says if relation == follows.relation else relation.replace("-", " ")


def _fixed_sums(data: shapes.FixedSumData) -> str:
    """Return the fixed sums by the amount of an invoice: `EUR 40.00, EUR 70.00 from EUR ...`."""
    code = data.currency
    return ", ".join(
        f"{_money(band.amount, code)}"
        + (f" from {_money(band.at_least, code)}" if band.at_least else "")
        for band in data.bands
    )


def _money(amount: Decimal, currency: str) -> Money:
    from store.money import Money  # takes long to load, and most of what is logged has no sum

    return Money(amount, currency)


def _sum(data: Any) -> Money | None:
    return _money(data.amount, data.currency) if data.amount and data.currency else None


def _client(data: shapes.ClientData) -> Iterator[Fact]:
    yield Fact((data.name,))
    for beside in (data.email, data.phone, data.contract_name, data.address):
        yield Fact((beside,))
    yield Fact((data.tax_id,), "tax number {}")
    if data.language:
        yield Fact((), f"written to in {language(data.language).name}")


def _terms(data: shapes.TermsData) -> Iterator[Fact]:
    yield Fact((data.scope,), "scope {}")
    if data.form:
        yield Fact((), f"form {data.form}")
    yield Fact((data.currency,), "currency {}")
    if data.rate is not None:
        yield Fact((), f"rate {data.rate}")
    if data.price is not None:
        yield Fact((), f"price {data.price}")
    if data.payment:
        yield Fact((), f"payment {data.payment}")
    if data.reply_within_days:
        within = f"within {plural(data.reply_within_days, 'day')}"
        yield Fact((), f"reply {within}")
    if data.revisions is not None:
        yield Fact((), f"revisions {data.revisions}")
    yield Fact((data.suspension_clause,), "suspension clause {}")
    if data.suspension_notice_days is not None:
        notice = plural(data.suspension_notice_days, "day")
        yield Fact((), f"suspension notice {notice}")
    if data.ending_notice_days is not None:
        notice = plural(data.ending_notice_days, "day")
        yield Fact((), f"notice to end it {notice}")


def _welcome(data: shapes.WelcomeData) -> Iterator[Fact]:
    for name, label in WELCOME.items():
        yield Fact((getattr(data, name),), f"{label.lower()}: {{}}")


def _incident(data: shapes.IncidentData) -> Iterator[Fact]:
    yield Fact((data.severity,), "severity {}")
    yield Fact((data.hours,))
    yield Fact((_sum(data),))
    if data.my_share:
        yield Fact((), "partly my own doing")
    if data.in_writing is not None:
        yield Fact((), "in writing" if data.in_writing else "not in writing")


def _advice(data: shapes.AdviceData) -> Iterator[Fact]:
    yield from _incident(data)
    yield Fact((data.advised,), "advised: {}")
    yield Fact((data.decided,), "they decided: {}")
    yield Fact((data.risk,), "risk named: {}")


def _invoice(data: shapes.InvoiceData) -> Iterator[Fact]:
    yield Fact((data.number,))
    yield Fact((_sum(data),))
    yield Fact((data.due,), "due {}")
    if data.discount_percent:
        yield Fact((data.discount_until,), f"{data.discount_percent:f} % off if paid by {{}}")
    yield from _tax(data)


def _tax(data: shapes.Taxed) -> Iterator[Fact]:
    """Yield what a paper says of its tax: `net 1,000.00, VAT 250.00 at 25 %`."""
    if data.net is not None:
        yield Fact((), f"net {_money(data.net, data.currency).rounded():,}")
    if data.vat is not None:
        rate = "" if data.vat_percent is None else f" at {data.vat_percent:f} %"
        yield Fact((), f"VAT {_money(data.vat, data.currency).rounded():,}{rate}")
    elif data.vat_percent is not None:
        yield Fact((), f"VAT {data.vat_percent:f} %")
    yield Fact((data.vat_number,), "VAT number {}")
    yield Fact((data.vat_note,))


def _payment(data: shapes.PaymentData) -> Iterator[Fact]:
    from store.entries.data import CHARGES

    parts = [(part.amount, part.invoice) for part in data.for_invoices or ()]
    parts += [(part.amount, CHARGES[part.head]) for part in data.for_charges or ()]
    yield Fact((_sum(data),), "{}:" if parts else "{}")
    for amount, what in parts:
        part = _money(amount, data.currency)
        yield Fact((what,), f"{part.rounded():,} on {{}}")
    if data.fee and data.fee_by:
        fee = _money(data.fee, data.currency).rounded()
        yield Fact((), f"fee {fee:,} borne by {SIDES[data.fee_by]}")
    if data.paid_as and data.paid_rate:
        rate = f"paid as {{}} at {data.paid_rate.normalize():f}"
        yield Fact((_money(data.paid_as.amount, data.paid_as.currency),), rate)
        yield Fact((data.rate_source,), "rate: {}")


def _credit(data: shapes.CreditData) -> Iterator[Fact]:
    yield Fact((data.number,), "{}:")
    yield Fact((_sum(data), data.of_invoice), "{} off {}")
    yield from _tax(data)


def _instalments(data: shapes.InstalmentsData) -> Iterator[Fact]:
    yield Fact((data.of_invoice,))
    for part in data.parts or ():
        sum_of = _money(part.amount, data.currency) if part.amount else None
        yield Fact((sum_of, part.due), "{} by {}")


def _money_back(data: shapes.MoneyBackData) -> Iterator[Fact]:
    yield Fact((data.number,), "{}:")
    yield Fact((_sum(data),))


def _disputed(data: shapes.DisputedData) -> Iterator[Fact]:
    yield Fact((_sum(data), data.number), "{} of {}")


def _cost(data: shapes.CostData) -> Iterator[Fact]:
    yield Fact((_sum(data),))


def _interest(data: shapes.InterestData) -> Iterator[Fact]:
    rate = f"{data.percent or 0:f} % a year from {{}}"
    yield Fact((data.starts,), rate)
    if data.policy:
        yield Fact((), f"{data.policy} where it changes")
    yield Fact((data.source,), "source: {}")


def _fixed_sum(data: shapes.FixedSumData) -> Iterator[Fact]:
    if data.bands:
        yield Fact((), _fixed_sums(data))
    yield Fact((data.source,), "source: {}")


def _request(data: shapes.RequestData) -> Iterator[Fact]:
    yield Fact((data.needed_by,), "needed by {}")
    if data.seeks:
        yield Fact((), "access asked for" if data.seeks == "access" else "leave to act asked for")


def _partial_answer(data: shapes.PartialAnswerData) -> Iterator[Fact]:
    yield Fact((data.missing,), "still missing: {}")


def _hours(data: shapes.HoursData) -> Iterator[Fact]:
    yield Fact((data.hours,))
    if data.spent:
        yield Fact((), f"on {data.spent}")


def _delivery(data: shapes.DeliveryData) -> Iterator[Fact]:
    yield Fact((data.where,))
    if data.rounds is not None:
        yield Fact((), f"{plural(data.rounds, 'round')} of changes agreed")


def _handover(data: shapes.HandoverData) -> Iterator[Fact]:
    yield Fact((data.to,), "to {}")
    yield Fact((data.access_ends,), "my access ends {}")
    yield Fact((data.renews,), "renews {}")
    if data.despite_debt:
        yield Fact((), "despite what was owed")


def _acceptance(data: shapes.AcceptanceData) -> Iterator[Fact]:
    yield Fact((data.by,))


def _promise(data: shapes.PromiseData) -> Iterator[Fact]:
    if data.by:
        yield Fact((), f"by {SIDES[data.by]}")
    yield Fact((data.due,), "due {}")


def _step(data: shapes.StepData) -> Iterator[Fact]:
    if data.worked is not None:
        yield Fact((), LANDED["yes" if data.worked else "no"])
    yield Fact((data.effective,), "from {}")


def _outcome(data: shapes.OutcomeData) -> Iterator[Fact]:
    if data.worked:
        yield Fact((), LANDED[data.worked])


def _likelihood(data: shapes.LikelihoodData) -> Iterator[Fact]:
    if data.likely is not None:
        yield Fact((), f"{data.likely} of 10")


def _exception(data: shapes.ExceptionData) -> Iterator[Fact]:
    yield Fact((data.rule, data.until), "to {}, until {}")


def _amendment(data: shapes.AmendmentData) -> Iterator[Fact]:
    for name, value in data.changes.items():
        yield Fact((_changed(name, value, data.changes),))


def _changed(name: str, value: Any, changes: Mapping[str, Any]) -> str:
    if name == "statement":
        return "the text"
    if name == "precision":
        return ""
    if name == "occurred_at":
        exact = changes.get("precision") in ("minute", "hour")
        return f"when: {str(value).replace('T', ' ')[: 16 if exact else 10]}"
    if name == "links":
        numbers = ", ".join(f"#{link['seq']}" for link in value)
        return f"about: {numbers or 'nothing'}"
    if name == "quotes":
        return "their words"
    return f"{field_words(name)}: {_plain(value)}"


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(" ".join(map(str, part.values())) for part in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None else str(value)


_SHAPES: Final[tuple[Callable[[Any], Iterator[Fact]], ...]] = (
    *(_client, _terms, _incident, _advice, _invoice, _payment, _disputed, _cost),
    *(_interest, _fixed_sum, _credit, _money_back, _instalments),
    *(_request, _partial_answer, _hours, _delivery, _handover, _acceptance, _promise, _step),
    *(_outcome, _likelihood, _exception, _amendment, _welcome),
)
_TOLD: Final = {one.__annotations__["data"].removeprefix("shapes."): one for one in _SHAPES}
"""By the name of the model that each tells."""
