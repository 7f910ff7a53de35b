"""What bills, credit notes and payments state beside their sums: tax, discount, fee, exchange.

The statement of account and the dispute record say the same with these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from store.docket import Docket, Invoice, Payment
from store.docket.ledger import EARLY_PAID
from store.entries import InvoiceData, PaymentData, Taxed
from store.money import Money
from store.records.dispute.charges import TableForms
from store.records.markdown import Md, bullets, gfm_table, inline, paragraphs
from store.records.texts import Texts

_NONE = Md("-")
_OF_TAX: Final = ("invoice", "credit")
"""The papers of which it is said where they state no tax."""
_WHOLE: Final = (EARLY_PAID, "discount", "write-off")
"""What may be taken off a bill without a paper that splits it into net and tax."""


def _by_rate(one: tuple[tuple[str, Decimal], object]) -> tuple[str, bool, Decimal]:
    """Return by what the totals of the rates are in order: what has no rate comes last."""
    (code, rate), _ = one
    return code, rate < 0, rate


class _Paper(NamedTuple):
    """A bill, or what was taken off one: its kind, what it is called, what it states."""

    kind: str
    name: Md
    data: Taxed

    @property
    def sign(self) -> int:
        """Whether it adds to what is asked for, or is taken off."""
        return 1 if self.kind == "invoice" else -1


@dataclass(frozen=True, slots=True)
class PaperWords:
    """What of a docket is told, in what words, and who stands on either side of it."""

    docket: Docket
    texts: Texts
    cells: TableForms
    mine: str
    theirs: str

    def taxes(self, invoices: Iterable[Invoice]) -> Md:
        """Return a table of what invoices, and the credit notes off them, state of their tax.

        Below them stands the total of each rate; then which papers state none. Empty for none.
        """
        found = list(invoices)
        papers = [one for bill in found for one in self._papers(bill)]
        stated = [one for one in papers if one.data.taxed]
        if not stated:
            return Md("")
        rows = [*map(self._tax, stated), *self._rates(stated)]
        return paragraphs(
            gfm_table(self.texts.columns("charges.tax"), rows),
            " ".join(self._untaxed(found, papers)),
        )

    def notes(self, invoices: Iterable[Invoice], payments: Iterable[Payment]) -> Md:
        """Return what invoices offer to whoever pays early, and what is special of payments."""
        told = [note for one in payments for note in self._payment(one)]
        return bullets([*told, *(note for one in invoices for note in self._early(one))])

    def totals(self, invoices: Iterable[Invoice]) -> Iterator[tuple[int, Money, Money]]:
        """Yield for each currency how many invoices state a tax, their net sums and their VAT."""
        found: dict[str, list[tuple[Decimal, Decimal]]] = {}
        for one in invoices:
            data = self._data(one.seq)
            if isinstance(data, InvoiceData) and data.tax:
                found.setdefault(data.currency, []).append(data.tax)
        for code, parts in sorted(found.items()):
            net, vat = (sum(side, Decimal(0)) for side in zip(*parts, strict=True))
            yield len(parts), Money(net, code), Money(vat, code)

    def withdrawn(self, seq: int) -> Iterator[tuple[str, Md, list[str] | None]]:
        """Yield each invoice that payment `seq` names and that was withdrawn, and where it went.

        Its number, the entry that withdrew it, and the invoices that the payment settles now.
        """
        data = self._data(seq)
        named = data.for_invoices if isinstance(data, PaymentData) else ()
        for part in named:
            if self.docket.ledger.find(part.invoice) or not (void := self._void(part.invoice)):
                continue
            went = [
                one.number
                for one in self.docket.ledger.invoices
                if sum(p.amount for p in one.settlements if p.seq == seq)
            ]
            yield part.invoice, self.texts.entries([void]), went or None

    def _void(self, number: str) -> int:
        """Return the entry by which an invoice was withdrawn; 0 for none."""
        for found in self.docket.standing:
            data = found.entry.data
            named = isinstance(data, InvoiceData) and data.number.casefold() == number.casefold()
            if found.void and named:
                return found.void.seq
        return 0

    def _data(self, seq: int) -> object:
        found = self.docket.find(seq)
        return found.entry.data if found else None

    def _papers(self, bill: Invoice) -> Iterator[_Paper]:
        """Yield an invoice, and what was taken off it by a paper of its own."""
        kinds = [("invoice", bill.seq, bill.number)]
        kinds += [(one.kind, one.seq, one.number) for one in bill.reductions]
        for kind, seq, number in kinds:
            data = self._data(seq)
            if kind != EARLY_PAID and isinstance(data, Taxed):
                yield _Paper(kind, inline(number) or self.texts.entries([seq]), data)

    def _untaxed(self, bills: Iterable[Invoice], papers: Iterable[_Paper]) -> Iterator[Md]:
        """Yield which papers state no tax, and from which invoices something was taken unsplit."""
        bare = [one.name for one in papers if one.kind in _OF_TAX and not one.data.taxed]
        if bare:
            yield self.texts.say("charges.no-vat-on", papers=bare)
        unsplit = [one.number for one in bills if self._taken_whole(one)]
        if unsplit:
            yield self.texts.say("charges.not-split", invoices=unsplit)

    def _taken_whole(self, bill: Invoice) -> bool:
        """Whether a discount or write-off off a bill that states its tax states none itself."""
        data = self._data(bill.seq)
        if not (isinstance(data, Taxed) and data.tax and data.tax[1] and bill.taken(*_WHOLE)):
            return False
        own = [one.data for one in self._papers(bill) if one.kind in _WHOLE]
        return bool(bill.taken(EARLY_PAID)) or not all(one.taxed for one in own)

    def _rates(self, papers: Iterable[_Paper]) -> Iterator[list[Md]]:
        """Yield the total of each rate, in each currency, where several papers state a tax."""
        found: dict[tuple[str, Decimal], list[tuple[Decimal, Decimal]]] = {}
        count = 0
        for one in papers:
            if one.data.tax:
                net, vat = one.data.tax
                rate = Decimal(-1) if one.data.vat_percent is None else one.data.vat_percent
                sums = found.setdefault((one.data.currency, rate), [])
                sums.append((one.sign * net, one.sign * vat))
                count += 1
        for (code, rate), parts in sorted(found.items(), key=_by_rate) if count > 1 else ():
            net, vat = (sum(side, Decimal(0)) for side in zip(*parts, strict=True))
            name = self.texts.say("charges.tax-total-none")
            if rate >= 0:
                name = self.texts.say("charges.tax-total", percent=rate)
            told = [self._signed(one, code) for one in (net, vat, net + vat)]
            yield [name, told[0], Md(""), *told[1:], Md("")]

    def _signed(self, amount: Decimal, currency: str) -> Md:
        """Return a sum; in brackets what is taken off."""
        whole = self._sum(abs(amount), currency)
        return Md(f"({whole})") if amount < 0 else whole

    def _tax(self, paper: _Paper) -> list[Md]:
        texts, data, tax = self.texts, paper.data, paper.data.tax
        net = vat = _NONE
        if tax:
            net, vat = (self._signed(paper.sign * one, data.currency) for one in tax)
        percent, own = data.vat_percent, data.vat_number
        stated = [texts.say("charges.tax-number", number=own)] if own else []
        stated += [inline(data.vat_note)] if data.vat_note else []
        return [
            paper.name,
            net,
            _NONE if percent is None else texts.say("charges.percent", percent=percent),
            vat,
            self._signed(paper.sign * data.amount, data.currency),
            Md(" ".join(stated) or "-"),
        ]

    def _sum(self, amount: Decimal, currency: str) -> Md:
        return self.cells.sum(Money(amount, currency))

    def _payment(self, payment: Payment) -> Iterator[Md]:
        data, say = self._data(payment.seq), self.texts.say
        if not isinstance(data, PaymentData):
            return
        code, entry = data.currency, self.texts.entries([payment.seq])
        if data.fee and data.fee_by:
            yield say(
                f"charges.fee.{data.fee_by}",
                day=payment.day,
                entry=entry,
                arrived=Money(data.amount, code),
                fee=Money(data.fee, code),
                who=self.mine if data.fee_by == "me" else self.theirs,
                settled=payment.amount,
            )
        if data.paid_as and data.paid_rate and data.rate_source:
            yield say(
                "charges.exchange",
                day=payment.day,
                entry=entry,
                paid=Money(data.paid_as.amount, data.paid_as.currency),
                settled=payment.amount,
                rate=data.paid_rate,
                currency=code,
                other=data.paid_as.currency,
                source=data.rate_source,
            )
        for number, void, went in self.withdrawn(payment.seq):
            yield say(
                "charges.for-withdrawn",
                day=payment.day,
                entry=entry,
                number=number,
                void=void,
                parts=went,
            )

    def _early(self, invoice: Invoice) -> Iterator[Md]:
        early, code = invoice.early, invoice.amount.currency
        if early is None:
            return
        say, left, offered = self.texts.say, invoice.balance, Money(invoice.discount, code)
        number, percent, day = invoice.number, early.percent, early.until
        taken = Money(invoice.taken(EARLY_PAID), code)
        if taken.amount:
            yield say("charges.early.taken", number=number, percent=percent, day=day, sum=taken)
        elif left.amount > offered.amount > 0 and self.docket.today <= early.until:
            rest = left - offered
            yield say(
                "charges.early.open",
                number=number,
                rest=rest,
                percent=percent,
                day=day,
                sum=offered,
            )
        elif 0 < left.amount <= offered.amount and self.docket.today > early.until:
            yield say("charges.early.rest", number=number, rest=left, percent=percent, day=day)
