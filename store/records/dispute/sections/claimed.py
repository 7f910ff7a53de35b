"""The sums claimed, head by head: principal, interest, fixed sums, costs, total."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from store.docket import Invoice
from store.docket.claims import Claims, claims, currencies
from store.entries import Entry
from store.money import Money
from store.records.dispute.charges import (
    costs_table,
    fixed_table,
    fixed_words,
    interest_table,
    interest_words,
    running_words,
)
from store.records.dispute.material import Material
from store.records.dispute.sections.payments import bill_sums, late_words, owed
from store.records.dispute.words import proof, sums
from store.records.markdown import Md, gfm_table, inline, paragraphs


def claimed(material: Material) -> Md:
    """Return what is claimed with its formulas and sources, and one total per currency."""
    docket = material.docket
    found = [claims(docket, currency) for currency in currencies(docket)]
    return paragraphs(
        _principal(material),
        _interest(material, found),
        _fixed(material, found),
        _costs(material, found),
        _totals(material, found),
    )


def _principal(material: Material) -> Md:
    due = material.docket.overdue
    later = [i for i in material.docket.ledger.open() if not i.overdue(material.today)]
    off = ["Credited"] if any(one.reductions for one in due) else []
    headers = ["Invoice", "Amount", *off, "Paid", "Owed", "Due", "Days late", "Proof"]
    rows = [_row(material, invoice, credited=bool(off)) for invoice in due]
    return paragraphs(
        gfm_table(headers, rows) if due else "No invoice is owed after its due date.",
        f"Owed on {material.today}, past the due date: {owed(material, due)}." if due else "",
        f"Owed, and not yet due: {owed(material, later)}." if later else "",
        f"Owed is the amount of the invoice less what was {'credited and ' if off else ''}paid on "
        "it. "
        "Sums in different currencies are not added together.",
    )


def _row(material: Material, invoice: Invoice, *, credited: bool) -> list[Md]:
    return [
        inline(invoice.number),
        *map(Md, map(str, bill_sums(invoice, credited=credited))),
        Md(invoice.due.isoformat()),
        Md(late_words(material, invoice)),
        proof(material, invoice.evidence),
    ]


def _interest(material: Material, found: Sequence[Claims]) -> Md:
    terms = material.docket.late_terms
    late = [one for claim in found for one in claim.interest]
    if not late:
        none = "no rate is on record" if not terms.rates.listed else "no invoice is or was late"
        return Md(f"No interest is claimed: {none}.")
    totals = sums(material, (claim.interest_total for claim in found if claim.interest))
    return paragraphs(
        f"Interest: {totals}.", interest_table(late, str), interest_words(terms.rates, late)
    )


def _fixed(material: Material, found: Sequence[Claims]) -> Md:
    late = [one for claim in found for one in claim.fixed]
    if not late:
        return Md("No fixed sum for late payment is claimed.")
    totals = sums(material, (claim.fixed_total for claim in found if claim.fixed))
    sources = [fixed_words(claim.fixed[0].source) for claim in found if claim.fixed]
    return paragraphs(f"Fixed sums: {totals}.", fixed_table(late, str), *sources)


def _costs(material: Material, found: Sequence[Claims]) -> Md:
    spent = [one for claim in found for one in claim.costs]
    if not spent:
        return Md("No cost is claimed.")
    totals = sums(material, (claim.costs_total for claim in found if claim.costs))
    shown = partial(_shown, material)
    return paragraphs(f"Costs: {totals}.", costs_table(spent, str, shown))


def _shown(material: Material, entry: Entry) -> Md:
    return proof(material, [entry.seq])


def _totals(material: Material, found: Sequence[Claims]) -> Md:
    due = [claim for claim in found if claim.total.amount]
    if not due:
        return Md("")
    paid = any(claim.beside_paid.amount for claim in due)
    rows = [_total(claim, paid=paid) for claim in due]
    headers = ["Currency", "Owed after its due date", "Interest", "Fixed sums", "Costs"]
    headers += ["Paid on these three", "Total"] if paid else ["Total"]
    running = [running_words(one.running, one.currency) for one in found if one.running]
    return paragraphs(
        f"All that is claimed on {material.today}:",
        gfm_table(headers, rows),
        " ".join(running),
    )


def _total(claim: Claims, *, paid: bool) -> list[Md]:
    heads: list[Money] = [claim.principal, claim.interest_total, claim.fixed_total]
    heads += [claim.costs_total, *([claim.beside_paid] if paid else []), claim.total]
    return [Md(claim.currency), *(Md(str(one)) for one in heads)]
