"""What an entry's `data` may hold: one small shape each, shared by the kinds that need it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from store.entries.shape import Shaped

if TYPE_CHECKING:
    from store.entries.fields import (
        Amount,
        Bands,
        Changes,
        Currency,
        DaysOfNotice,
        DaysToReply,
        ExchangeRate,
        HourCount,
        LanguageCode,
        Likelihood,
        OneLine,
        PaymentTerms,
        Percent,
        PlanParts,
        RoundCount,
        RuleNumber,
        Severity,
        Share,
        Stated,
        Threshold,
    )

HoursClass = Literal["work", "chase", "wait", "rework", "conflict"]
Side = Literal["me", "client"]
Form = Literal["signed", "mail", "oral", "platform"]
RatePolicy = Literal["split", "frozen"]
Seeks = Literal["access", "leave"]
Landed = Literal["yes", "partly", "no"]
ChargeHead = Literal["cost", "interest", "fixed-sum"]
"""What lateness adds to a debt, in the order in which an unnamed payment settles it."""
CHARGES: dict[ChargeHead, str] = {
    "cost": "costs",
    "interest": "interest",
    "fixed-sum": "fixed sums",
}
"""What each is called."""


class Data(Shaped):
    """Base of all data."""


class NoData(Data):
    """No data beyond the statement."""


class ClientData(Data):
    """Who the docket is about, as the contract names them."""

    name: OneLine
    email: OneLine | None = None
    phone: OneLine | None = None
    contract_name: OneLine | None = None
    address: OneLine | None = None
    language: LanguageCode | None = None
    tax_id: OneLine | None = None


class TermsData(Data):
    """What was agreed; a later entry of terms replaces what it names."""

    currency: Currency | None = None
    rate: Amount | None = None
    price: Amount | None = None
    payment: PaymentTerms | None = None
    reply_within_days: DaysToReply | None = None
    revisions: RoundCount | None = None
    scope: OneLine | None = None
    form: Form | None = None
    suspension_clause: OneLine | None = None
    suspension_notice_days: DaysOfNotice | None = None
    ending_notice_days: DaysOfNotice | None = None


class WelcomeData(Data):
    """Answers of the welcome sheet; a later entry replaces what it names (advice 64, 68).

    What is agreed on payment and on the time to answer stands in the terms.
    """

    process: OneLine | None = None
    roles: OneLine | None = None
    dates: OneLine | None = None
    approvals: OneLine | None = None
    reach_me: OneLine | None = None
    my_reply: OneLine | None = None
    pays_by: OneLine | None = None
    reach_them: OneLine | None = None
    decides: OneLine | None = None
    access: OneLine | None = None
    goal: OneLine | None = None
    vision: OneLine | None = None


class IncidentData(Data):
    """How bad, what it cost, and whether it was partly my own doing (advice 56 and 66)."""

    severity: Severity = 1
    hours: HourCount | None = None
    amount: Amount | None = None
    currency: Currency | None = None
    my_share: bool = False
    in_writing: bool | None = None

    def __post_init__(self) -> None:
        """Refuse an amount without its currency."""
        if (self.amount is None) != (self.currency is None):
            raise ValueError("an amount needs its currency, and a currency its amount")


class AdviceData(IncidentData):
    """An incident of advice: what I advised, what they decided, and the risk that I named."""

    advised: OneLine | None = None
    decided: OneLine | None = None
    risk: OneLine | None = None


class _Bill(Data):
    number: OneLine


class _Off(Data):
    of_invoice: OneLine


class Taxed(Data):
    """The sum of a paper with its tax as the paper states it; no tax is worked out or judged."""

    amount: Amount
    currency: Currency
    net: Threshold | None = None
    vat: Threshold | None = None
    vat_percent: Share | None = None
    vat_number: OneLine | None = None
    vat_note: OneLine | None = None

    def __post_init__(self) -> None:
        """Refuse tax that is not the rest of the sum."""
        stated = [one for one in (self.net, self.vat) if one is not None]
        together = sum(stated, Decimal(0))
        if together > self.amount or (len(stated) == 2 and together != self.amount):
            said = f"{self.net} net and {self.vat} VAT" if len(stated) == 2 else f"{together}"
            raise ValueError(f"{said} do not come to {self.amount}")

    @property
    def tax(self) -> tuple[Decimal, Decimal] | None:
        """The net sum and the VAT, where one of them is stated."""
        if self.vat is None and self.net is None:
            return None
        vat = self.amount - self.net if self.net is not None else self.vat
        assert vat is not None  # one of them is stated
        return self.amount - vat, vat

    @property
    def taxed(self) -> bool:
        """Whether anything is said of its tax."""
        said = (self.net, self.vat, self.vat_percent, self.vat_number, self.vat_note)
        return any(one is not None for one in said)


class InvoiceData(Taxed, _Bill):
    """A bill: when it was issued is the entry's `occurred_at`.

    `discount_percent` may be taken off it where the rest is paid by `discount_until`.
    """

    due: date
    discount_percent: Percent | None = None
    discount_until: date | None = None

    def __post_init__(self) -> None:
        """Refuse half a discount."""
        super().__post_init__()
        if (self.discount_percent is None) != (self.discount_until is None):
            raise ValueError("a discount needs its per cent and its last day")


class CreditData(Taxed, _Off):
    """What an invoice asks for less: a credit note, a discount taken, or what I let go of.

    `number` is the one on the paper, where there is a paper.
    """

    number: OneLine | None = None


class MoneyBackData(Data):
    """Money that went back to the client: sent by me, or taken back by their bank.

    `number` is the one on the paper, where there is a paper.
    """

    amount: Amount
    currency: Currency
    number: OneLine | None = None


class Allocation(Data):
    """The part of a payment that settles one invoice."""

    invoice: OneLine
    amount: Amount


class ChargePart(Data):
    """The part of a payment that settles interest, fixed sums or costs."""

    head: ChargeHead
    amount: Amount


class PaidAs(Data):
    """What was paid in another currency than that of the account."""

    amount: Amount
    currency: Currency


class PaymentData(Data):
    """Money received; what it is said to settle, and oldest first where nothing is said.

    `fee` was kept on the way by a bank or a card, so that it is not in `amount`; whoever bears it
    is stated. What was paid in another currency was paid at a stated rate: so much of the
    account's currency for 1 of the other.
    """

    amount: Amount
    currency: Currency
    for_invoices: tuple[Allocation, ...] = ()
    for_charges: tuple[ChargePart, ...] | None = None
    fee: Amount | None = None
    fee_by: Side | None = None
    paid_as: PaidAs | None = None
    paid_rate: ExchangeRate | None = None
    rate_source: Stated | None = None

    @property
    def settles(self) -> Decimal:
        """What counts as paid: what came in, and the fee where it is mine to bear."""
        mine = self.fee if self.fee_by == "me" else None
        return self.amount + (mine or Decimal(0))

    def __post_init__(self) -> None:
        """Refuse to settle more than was paid, and what is stated in part."""
        allocated = sum((part.amount for part in self.for_invoices), Decimal(0))
        allocated += sum((part.amount for part in self.for_charges or ()), Decimal(0))
        if allocated > self.settles:
            raise ValueError(f"{allocated} is allocated but only {self.settles} was paid")
        if (self.fee is None) != (self.fee_by is None):
            raise ValueError("a fee needs who bears it, me or client")
        exchange = (self.paid_as, self.paid_rate, self.rate_source)
        if any(exchange) and not all(exchange):
            raise ValueError("what was paid in another currency needs its rate and the source")
        if self.paid_as and self.paid_as.currency == self.currency:
            raise ValueError(f"{self.currency} is the currency of the account itself")


class InstalmentPart(Data):
    """One part of a plan: how much is to be paid by which day."""

    due: date
    amount: Amount


class InstalmentsData(Data):
    """A plan agreed on: a bill, or all that is open in a currency, is paid in parts.

    A later plan for the same replaces it.
    """

    of_invoice: OneLine | None = None
    currency: Currency
    parts: PlanParts[InstalmentPart]

    def __post_init__(self) -> None:
        """Refuse parts that are out of order."""
        days = [part.due for part in self.parts]
        if days != sorted(set(days)):
            raise ValueError("the parts come by their days, each day once")


class DisputedData(Data):
    """The part of an invoice that the client says is not owed."""

    number: OneLine
    amount: Amount
    currency: Currency


class CostData(Data):
    """What it cost me in money to go after what is owed."""

    amount: Amount
    currency: Currency


class InterestData(Data):
    """A yearly rate on late sums from a day on, with its source.

    Where the rate changes while a debt is late, `split` counts each day at the rate of that day,
    `frozen` all of them at the rate of the day on which the debt became late. The latest entry's
    policy holds for all.
    """

    percent: Percent
    starts: date
    source: Stated
    policy: RatePolicy = "split"


class Band(Data):
    """A fixed sum for invoices of at least this amount, up to the next band."""

    at_least: Threshold
    amount: Amount


class FixedSumData(Data):
    """Compensation for each invoice paid late, by its amount, with its source."""

    currency: Currency
    bands: Bands[Band]
    source: Stated


class RequestData(Data):
    """Something asked of the client, and by when the answer is needed (advice 12).

    `seeks` says that it is access to an account or file, or leave to act in one.
    """

    needed_by: date | None = None
    seeks: Seeks | None = None


class PartialAnswerData(Data):
    """What is still missing after a part of an answer came."""

    missing: OneLine | None = None


class HoursData(Data):
    """Time spent; everything but `work` is about the client rather than on the work (advice 41)."""

    hours: HourCount
    spent: HoursClass = "work"


class DeliveryData(Data):
    """Work handed over, and where; `rounds` of changes are agreed for it, where not as for all."""

    where: OneLine | None = None
    rounds: RoundCount | None = None


class HandoverData(Data):
    """An account, key or file that is the client's, given back (advice 85).

    `access_ends` is the last day of my own access, `renews` the next day somebody has to pay or
    renew it. `despite_debt` says that it was given although money was owed, by my own choice.
    """

    to: OneLine | None = None
    access_ends: date | None = None
    renews: date | None = None
    despite_debt: bool = False


class AcceptanceData(Data):
    """Who said the work was right."""

    by: OneLine | None = None


class PromiseData(Data):
    """Something one side said it would do by a day (advice 67)."""

    by: Side
    due: date


class StepData(Data):
    """Something I did about it, and whether it worked (None while that is not known)."""

    worked: bool | None = None
    effective: date | None = None


class OutcomeData(Data):
    """Whether a step helped, as far as is known on the day of the entry."""

    worked: Landed


class LikelihoodData(Data):
    """How likely they said they are to recommend me, 0 not at all to 10 for sure (advice 89)."""

    likely: Likelihood


class ExceptionData(Data):
    """The rule of the assessment that is set aside, and the last day of it.

    Any number is taken: a rule may go, and what was written about it is still to be read.
    """

    rule: RuleNumber
    until: date


class AmendmentData(Data):
    """The corrected values of another entry: `statement`, `occurred_at`, or fields of its data."""

    changes: Changes
