"""The sums claimed, head by head: principal, interest, fixed sums, costs, total."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from store.docket import Invoice
from store.docket.claims import Claims, claims, currencies
from store.docket.instalments import instalment_plans
from store.entries import ChargeHead, Entry
from store.money import Money
from store.records.dispute.charges import (
    costs_table,
    fixed_table,
    fixed_words,
    interest_table,
    interest_words,
    no_interest,
    running_words,
)
from store.records.dispute.instalments import missed_words
from store.records.dispute.material import Material
from store.records.dispute.sections.payments import (
    bill_sums,
    cells,
    late_words,
    owed,
    paper_words,
)
from store.records.dispute.words import proof_cell, sums
from store.records.markdown import Md, gfm_table, inline, paragraphs


def claimed(material: Material) -> Md:
    """Return what is claimed with its formulas and sources, and one total per currency."""
    docket = material.docket
    found = [claims(docket, currency) for currency in currencies(docket)]
    return paragraphs(
        _principal(material, several=len(found) > 1),
        _interest(material, found),
        _fixed(material, found),
        _costs(material, found),
        _totals(material, found),
    )


def _principal(material: Material, *, several: bool) -> Md:
    texts, due = material.texts, material.docket.overdue
    later = [i for i in material.docket.ledger.open() if not i.overdue(material.today)]
    credited = any(one.reductions for one in due)
    how = texts.say("claimed.owed-how")
    headers = texts.columns("claimed.principal")
    if credited:
        how = texts.say("claimed.owed-how-credited")
        headers = texts.columns("claimed.principal-credited")
    rows = [_row(material, invoice, credited=credited) for invoice in due]
    past = owed(material, due)
    missed = missed_words(instalment_plans(material.docket), material.today, cells(material))
    taxes = paper_words(material).taxes(due)
    return paragraphs(
        gfm_table(headers, rows) if due else texts.say("claimed.none-overdue"),
        texts.say("claimed.overdue", day=material.today, sums=past) if due else "",
        texts.say("claimed.later", sums=owed(material, later)) if later else "",
        " ".join([how, *([texts.say("claimed.currencies")] if several else [])]),
        paragraphs(texts.say("charges.tax-heading"), taxes) if taxes else "",
        " ".join(missed),
    )


def _row(material: Material, invoice: Invoice, *, credited: bool) -> list[Md]:
    shown = cells(material)
    return [
        inline(invoice.number),
        *map(shown.sum, bill_sums(invoice, credited=credited)),
        shown.day(invoice.due),
        late_words(material, invoice),
        proof_cell(material, invoice.evidence),
    ]


def _interest(material: Material, found: Sequence[Claims]) -> Md:
    texts, rates = material.texts, material.docket.late_terms.rates
    late = [one for claim in found for one in claim.interest]
    if not late:
        return no_interest(texts, rates)
    totals = sums(material, (claim.interest_total for claim in found if claim.interest))
    return paragraphs(
        texts.say("claimed.interest", sums=totals),
        _paid_of(material, found, "interest"),
        interest_table(late, cells(material)),
        interest_words(texts, rates, late),
    )


def _fixed(material: Material, found: Sequence[Claims]) -> Md:
    texts, late = material.texts, [one for claim in found for one in claim.fixed]
    if not late:
        return texts.say("claimed.no-fixed")
    totals = sums(material, (claim.fixed_total for claim in found if claim.fixed))
    sources = [fixed_words(texts, claim.fixed[0].source) for claim in found if claim.fixed]
    return paragraphs(
        texts.say("claimed.fixed", sums=totals),
        _paid_of(material, found, "fixed-sum"),
        fixed_table(late, cells(material)),
        *sources,
    )


def _costs(material: Material, found: Sequence[Claims]) -> Md:
    texts, spent = material.texts, [one for claim in found for one in claim.costs]
    if not spent:
        return texts.say("claimed.no-cost")
    totals = sums(material, (claim.costs_total for claim in found if claim.costs))
    shown = partial(_shown, material)
    return paragraphs(
        texts.say("claimed.costs", sums=totals),
        _paid_of(material, found, "cost"),
        costs_table(spent, cells(material), shown),
    )


def _paid_of(material: Material, found: Sequence[Claims], head: ChargeHead) -> Md:
    """Return what was paid on one head of what lateness costs; empty where nothing was."""
    paid = [claim.charges_paid[head] for claim in found if head in claim.charges_paid]
    there = [one for one in paid if one.amount]
    return material.texts.say("claimed.paid-of", sums=there) if there else Md("")


def _shown(material: Material, entry: Entry) -> Md:
    return proof_cell(material, [entry.seq])


def _totals(material: Material, found: Sequence[Claims]) -> Md:
    """Return the sum claimed in each currency, and what was set off before it."""
    texts, due = material.texts, [claim for claim in found if claim.touched]
    if not due:
        return Md("")
    paid = any(claim.beside_paid.amount for claim in due)
    also = [key for key in ("credit", "sent_back") if any(getattr(one, key).amount for one in due)]
    headers = texts.columns("claimed.totals-paid") if paid else texts.columns("claimed.totals")
    for key in also:
        headers[-1:-1] = texts.columns(f"claimed.column.{key}")
    rows = [_total(material, claim, paid=paid, also=also) for claim in due]
    said = texts.say("claimed.nothing", day=material.today)
    if any(claim.total.amount for claim in due):
        said = texts.say("claimed.all", day=material.today)
    running = [running_words(texts, one.running, one.currency, material.today) for one in found]
    return paragraphs(
        said,
        gfm_table(headers, rows),
        " ".join(filter(None, running)),
    )


def _total(material: Material, claim: Claims, *, paid: bool, also: Sequence[str]) -> list[Md]:
    heads: list[Money] = [claim.principal, claim.interest_total, claim.fixed_total]
    heads += [claim.costs_total, *([claim.beside_paid] if paid else [])]
    heads += [*(getattr(claim, key) for key in also), claim.total]
    return [Md(claim.currency), *map(cells(material).sum, heads)]
