"""A statement of account as JSON values: days in ISO form, amounts as decimal strings."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from store.docket import Docket, Invoice
from store.docket.account import AGES, AccountLine, Booked
from store.docket.instalments import InstalmentPlan
from store.docket.interest import Interest
from store.docket.ledger import MoneyBack, Reduction
from store.money import Money
from store.records.dispute.charges import fine
from store.records.statement.figures import Figures

_STATED = frozenset(
    """net vat vat_percent vat_number vat_note discount_percent discount_until
    fee fee_by paid_as paid_rate rate_source""".split()
)
_SUMS = frozenset({"net", "vat", "fee"})
_STATING = frozenset({"invoice", "payment", "credit", "discount", "write-off"})


def statement_json(figures: Figures) -> dict[str, Any]:
    """Return every figure of a statement, under the names it goes by there."""
    account, claims, options = figures.account, figures.claims, figures.options
    return {
        "client": figures.docket.client,
        "currency": options.currency,
        "since": figures.first.isoformat(),
        "until": options.until.isoformat(),
        "opening_balance": _amount(figures, account.opening),
        "lines": [_line(figures, line) for line in account.lines],
        "closing_balance": _amount(figures, account.closing),
        "not_yet_due": _amount(figures, account.not_yet_due),
        "in_dispute": _amount(figures, figures.in_dispute),
        "credit": _amount(figures, account.credit),
        "charges_paid": {head: _money(paid) for head, paid in claims.charges_paid.items()},
        "invoices": [_invoice(figures, invoice) for invoice in account.listed],
        "ageing": {
            label: _amount(figures, amount)
            for (label, _), amount in zip(AGES, account.ageing, strict=True)
        },
        "instalments": [_plan(figures, one) for one in figures.plans],
        **_late(figures),
        "costs": [
            {
                "seq": one.entry.seq,
                "day": one.entry.day.isoformat(),
                "amount": _money(one.amount),
                "statement": one.entry.statement,
                "exhibits": [exhibit.name for exhibit in one.entry.exhibits],
            }
            for one in claims.costs
        ],
        "total_due": _money(figures.due_now),
        "in_favour": _money(figures.in_favour),
        "unbilled": _unbilled(figures),
        "entries_in_other_currencies": dict(figures.elsewhere),
    }


def _late(figures: Figures) -> dict[str, Any]:
    claims, rates = figures.claims, figures.docket.late_terms.rates
    return {
        "rate_policy": rates.policy,
        "rates": [
            {
                "seq": rate.seq,
                "percent": str(rate.percent),
                "starts": rate.starts.isoformat(),
                "source": rate.source,
            }
            for rate in rates.listed
        ],
        "interest": [_interest(one) for one in claims.interest],
        "interest_total": _money(claims.interest_total),
        "interest_a_day": str(fine(claims.running, claims.currency)),
        "fixed_sums": [
            {
                "invoice": one.invoice.number,
                "amount": _money(one.amount),
                "source": one.source.data.source,
                "seq": one.source.seq,
            }
            for one in claims.fixed
        ],
    }


def _interest(one: Interest) -> dict[str, Any]:
    return {
        "invoice": one.invoice.number,
        "amount": _money(one.amount),
        "spans": [
            {
                "first": span.first.isoformat(),
                "last": span.end.isoformat(),
                "days": span.days,
                "owed": _money(span.principal),
                "rate": span.rate.seq if span.rate else None,
            }
            for span in one.spans
        ],
    }


def _line(figures: Figures, line: AccountLine) -> dict[str, Any]:
    item = line.item
    return {
        "day": line.day.isoformat(),
        "seq": item.seq,
        "kind": _kind(item),
        "number": getattr(item, "number", "") or None,
        "invoice": item.number if isinstance(item, Invoice) else getattr(item, "invoice", None),
        "charge": _amount(figures, line.charge),
        "payment": _amount(figures, line.payment),
        "balance": _amount(figures, line.balance),
        **(_stated(figures.docket, item.seq) if _kind(item) in _STATING else {}),
    }


def _stated(docket: Docket, seq: int) -> dict[str, Any]:
    """Return what a paper states of its tax, or a payment of its fee and its rate."""
    found = docket.find(seq)
    if found is None:
        return {}
    code = getattr(found.entry.data, "currency", "")
    said = found.entry.data.model_dump(mode="json", exclude_none=True)
    told = {name: value for name, value in said.items() if name in _STATED}
    sums = {name: _money(Money(Decimal(told[name]), code)) for name in _SUMS & told.keys()}
    return {**told, **sums}


def _plan(figures: Figures, plan: InstalmentPlan) -> dict[str, Any]:
    today = figures.options.until
    return {
        "seq": plan.seq,
        "agreed": plan.agreed.isoformat(),
        "invoice": plan.invoice or None,
        "parts": [
            {
                "due": part.due.isoformat(),
                "amount": _money(part.amount),
                "came": _money(part.came),
                "open": _money(part.open),
                "paid_on": part.paid_on.isoformat() if part.paid_on else None,
                "missed": part.missed(today),
            }
            for part in plan.parts
        ],
        "due": _money(plan.due(today)),
        "missed": _money(plan.missed(today)),
    }


def _kind(item: Booked) -> str:
    if isinstance(item, Invoice):
        return "invoice"
    return item.kind if isinstance(item, Reduction | MoneyBack) else "payment"


def _invoice(figures: Figures, invoice: Invoice) -> dict[str, Any]:
    disputed = {one.seq: dispute.of(one) for one, dispute in figures.disputed}
    nothing = Money(Decimal(0), figures.options.currency)
    return {
        "seq": invoice.seq,
        "number": invoice.number,
        "issued": invoice.issued.isoformat(),
        "due": invoice.due.isoformat(),
        "amount": _money(invoice.amount),
        **_stated(figures.docket, invoice.seq),
        "credited": [
            {
                "seq": one.seq,
                "day": one.day.isoformat(),
                "kind": one.kind,
                "number": one.number or None,
                "amount": _money(one.amount),
            }
            for one in invoice.reductions
        ],
        "payments": [
            {"seq": part.seq, "day": part.day.isoformat(), "amount": _amount(figures, part.amount)}
            for part in invoice.settlements
        ],
        "owed": _money(invoice.balance),
        "days_late": max(0, invoice.days_late(figures.options.until)),
        "in_dispute": _money(disputed.get(invoice.seq, nothing)),
    }


def _unbilled(figures: Figures) -> dict[str, Any] | None:
    found = figures.unbilled
    if found is None:
        return None
    return {
        "hours": str(found.hours),
        "since": found.since.isoformat() if found.since else None,
        "worth": _money(found.worth) if found.worth else None,
    }


def _money(money: Money) -> str:
    return str(money.rounded())


def _amount(figures: Figures, amount: Decimal) -> str:
    return _money(Money(amount, figures.options.currency))
