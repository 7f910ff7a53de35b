"""What a statement of account is made from: the account, the claims and the options, on one day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from store.dates import day_words
from store.docket import Docket, Invoice
from store.docket.account import Account, account
from store.docket.claims import Claims, Dispute, claims, currencies, disputes
from store.docket.instalments import InstalmentPlan, instalment_plans
from store.docket.ledger import Settlement
from store.docket.unbilled import Unbilled, unbilled
from store.entries import ClientData, CostData, CreditData, InvoiceData, MoneyBackData, PaymentData
from store.errors import UsageError
from store.languages import ENGLISH
from store.money import Money, parse_currency
from store.records.dispute.charges import TableForms
from store.records.dispute.selection import shown_docket
from store.records.dispute.stated import PaperWords
from store.records.texts import Texts
from store.text import clean, clean_line, clean_name

_BOOKED = (InvoiceData, PaymentData, CreditData, MoneyBackData, CostData)


@dataclass(frozen=True, slots=True)
class StatementOptions:
    """The currency, the days covered (both included), who made it, how to pay, the language.

    `contact` is where whoever made it can be reached, on one line.

    Raises UsageError where the words are wrong.
    """

    currency: str
    since: date | None
    until: date
    prepared_by: str
    payment_details: str = ""
    language: str = ""
    contact: str = ""

    def __post_init__(self) -> None:
        if self.since and self.since > self.until:
            raise UsageError(
                "The statement would cover no day", "its first day is after its last", ""
            )
        object.__setattr__(self, "currency", parse_currency(self.currency))
        object.__setattr__(self, "prepared_by", clean_name(self.prepared_by))
        object.__setattr__(self, "payment_details", clean(self.payment_details))
        object.__setattr__(self, "contact", clean_line(self.contact, what="your address"))


@dataclass(frozen=True)
class Figures:
    """All figures of a statement; `docket` is as of its last day and holds what may be shown.

    `who` the client is, is as known today.
    """

    docket: Docket
    options: StatementOptions
    who: ClientData
    elsewhere: Mapping[str, int]

    @classmethod
    def of(cls, docket: Docket, options: StatementOptions) -> Figures:
        """Return the figures of `docket`; nothing internal and no settlement talk is among them.

        UsageError where nothing is in the currency, or the last day has not come yet; RecordError
        where leaving out what is internal would make the sums untrue.
        """
        if options.until > docket.today:
            raise UsageError(
                f"{day_words(options.until)} has not come yet",
                "a statement says what was owed on a day",
                "Give today or an earlier day; the daily interest tells the rest",
            )
        shown = shown_docket(docket)
        then = shown.as_of(options.until)
        known = currencies(then)
        if options.currency not in known:
            has = f"it has {' and '.join(known)}" if known else "nothing was billed or paid"
            raise UsageError(
                f"{docket.client} has no account in {options.currency}",
                f"{has} up to {day_words(options.until)}",
                f"Use --currency {known[0]}" if known else "Log the invoices first",
            )
        elsewhere = _elsewhere(then, options.currency)
        return cls(then, options, shown.profile, elsewhere)

    @cached_property
    def texts(self) -> Texts:
        """The sentences of the document."""
        return Texts(self.options.language or ENGLISH, "statement")

    @property
    def cells(self) -> TableForms:
        """How its tables have days and sums: all sums are in one currency."""
        return TableForms(self.texts, "short", "bare")

    @property
    def beside(self) -> PaperWords:
        """What bills and payments state beside their sums."""
        mine, theirs = self.options.prepared_by, self.who.contract_name or self.who.name
        return PaperWords(self.docket, self.texts, self.cells, mine, theirs)

    @cached_property
    def plans(self) -> tuple[InstalmentPlan, ...]:
        """What was agreed to be paid in parts, in the currency of the statement."""
        code = self.options.currency
        return tuple(one for one in instalment_plans(self.docket) if one.currency == code)

    @cached_property
    def account(self) -> Account:
        """The account line by line."""
        return account(self.docket, self.options.currency, self.options.since)

    @cached_property
    def settled(self) -> Mapping[int, list[tuple[Invoice, Settlement]]]:
        """What each payment settled, by its number: the invoices in order, with their parts."""
        found: dict[int, list[tuple[Invoice, Settlement]]] = {}
        for invoice in self.account.invoices:
            for part in invoice.settlements:
                found.setdefault(part.seq, []).append((invoice, part))
        return found

    @cached_property
    def claims(self) -> Claims:
        """Interest, fixed sums and costs."""
        return claims(self.docket, self.options.currency)

    @cached_property
    def unbilled(self) -> Unbilled | None:
        """Work that no invoice holds."""
        return unbilled(self.docket, self.options.currency)

    @cached_property
    def disputed(self) -> tuple[tuple[Invoice, Dispute], ...]:
        """The open invoices of which some is in dispute."""
        known = disputes(self.docket)
        pairs = [(i, known[i.seq]) for i in self.account.invoices if i.seq in known]
        return tuple((one, dispute) for one, dispute in pairs if dispute.of(one).amount > 0)

    @property
    def in_dispute(self) -> Decimal:
        """What is in dispute of all that is owed."""
        return sum((dispute.of(one).amount for one, dispute in self.disputed), Decimal(0))

    @property
    def total_due(self) -> Money:
        """The closing balance less what is due later, with interest, fixed sums and costs."""
        owed = self.account.closing - self.account.not_yet_due
        return Money(owed, self.options.currency) + self.claims.beside

    @property
    def due_now(self) -> Money:
        """What is due: nothing where the client has paid more than that."""
        return max(self.total_due, self._nothing, key=lambda one: one.amount)

    @property
    def in_favour(self) -> Money:
        """What the client has paid beyond all that is due."""
        return self.due_now - self.total_due

    @property
    def _nothing(self) -> Money:
        return Money(Decimal(0), self.options.currency)

    @property
    def settled_up(self) -> bool:
        """Whether nothing is owed, now or later."""
        return self.total_due.amount <= 0 and self.account.closing <= 0

    @cached_property
    def returns(self) -> Mapping[int, list[date]]:
        """The payments that were returned, by their numbers: on which days, the last one last."""
        found: dict[int, list[date]] = {}
        for one in self.docket.ledger.given_back:
            if one.kind == "payment-returned" and (of := self.returned(one.seq)):
                found.setdefault(of, []).append(one.day)
        return found

    def names_nothing(self, seq: int) -> bool:
        """Whether a payment says neither an invoice nor a charge that it is for."""
        found = self.docket.find(seq)
        data = found.entry.data if found else None
        return isinstance(data, PaymentData) and not (data.for_invoices or data.for_charges)

    def returned(self, seq: int) -> int | None:
        """Return the number of the payment that entry `seq` says was returned."""
        found = self.docket.find(seq)
        link = found.entry.followed if found else None
        return link.seq if link else None

    @property
    def began(self) -> date:
        """The day of the first line of the account."""
        return self.account.began or self.options.until

    @property
    def first(self) -> date:
        """The first day of the period."""
        return self.options.since or self.began

    def statement(self, seq: int) -> str:
        """Return what entry number `seq` says."""
        found = self.docket.find(seq)
        return found.entry.statement if found else ""


def _elsewhere(docket: Docket, currency: str) -> dict[str, int]:
    """Return how many entries of an account are in each other currency."""
    money = Counter(
        entry.data.currency for entry in docket.shaped(*_BOOKED) if isinstance(entry.data, _BOOKED)
    )
    return {code: money[code] for code in sorted(money) if code != currency}
