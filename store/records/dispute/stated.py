"""What bills, credit notes and payments state beside their sums: tax, discount, fee, exchange.

The statement of account and the dispute record say the same with these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from store.docket import Docket, Invoice, Payment
from store.docket.ledger import EARLY_PAID
from store.entries import InvoiceData, PaymentData, Taxed
from store.money import Money
from store.records.dispute.charges import TableForms
from store.records.markdown import Md, bullets, gfm_table, inline
from store.records.texts import Texts

_NONE = Md("-")


@dataclass(frozen=True, slots=True)
class PaperWords:
    """What of a docket is told, in what words, and who stands on either side of it."""

    docket: Docket
    texts: Texts
    cells: TableForms
    mine: str
    theirs: str

    def taxes(self, invoices: Iterable[Invoice]) -> Md:
        """Return a table of what invoices, and the credit notes off them, state of their tax."""
        rows = [self._tax(number, data) for number, data in self._taxed(invoices)]
        return gfm_table(self.texts.columns("charges.tax"), rows) if rows else Md("")

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

    def _taxed(self, invoices: Iterable[Invoice]) -> Iterator[tuple[Md, Taxed]]:
        for one in invoices:
            papers = [(one.seq, one.number)]
            papers += [(off.seq, off.number) for off in one.reductions if off.kind != EARLY_PAID]
            for seq, number in papers:
                data = self._data(seq)
                if isinstance(data, Taxed) and data.taxed:
                    yield inline(number) or self.texts.entries([seq]), data

    def _tax(self, number: Md, data: Taxed) -> list[Md]:
        texts, tax = self.texts, data.tax
        net, vat = (self._sum(one, data.currency) for one in tax) if tax else (_NONE, _NONE)
        percent, paper = data.vat_percent, data.vat_number
        stated = [texts.say("charges.tax-number", number=paper)] if paper else []
        stated += [inline(data.vat_note)] if data.vat_note else []
        return [
            number,
            net,
            _NONE if percent is None else texts.say("charges.percent", percent=percent),
            vat,
            self._sum(data.amount, data.currency),
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
