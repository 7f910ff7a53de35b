"""The sections of a statement of account on what is claimed beside the invoices, and disputed."""

from __future__ import annotations

from store.entries import Entry
from store.money import Money
from store.records.dispute.charges import (
    bare,
    costs_table,
    disputed_table,
    fixed_table,
    fixed_words,
    interest_table,
    interest_words,
    running_words,
)
from store.records.markdown import Md, cell, paragraphs
from store.records.statement.figures import Figures

_NOTHING = Md("")


def disputed(figures: Figures) -> Md:
    """Return what the client says is not owed, apart from what is not in dispute."""
    if not figures.disputed:
        return _NOTHING
    whole = Money(figures.account.closing, figures.options.currency)
    apart = whole - Money(figures.in_dispute, whole.currency)
    return paragraphs(
        disputed_table(figures.disputed, bare),
        f"Of the closing balance {apart} is not in dispute. "
        "Interest and fixed sums are worked out on all that is owed.",
    )


def interest(figures: Figures) -> Md:
    """Return the interest, span by span, with its formula, rates and their sources."""
    rates, found = figures.docket.late_terms.rates, figures.claims.interest
    if not rates.listed:
        return Md("No interest is claimed: no rate is on record.")
    if not found:
        return Md("No interest is claimed: no invoice is or was late.")
    return paragraphs(
        interest_table(found, bare),
        f"Interest to {figures.options.until}: {figures.claims.interest_total}. "
        + running_words(figures.claims.running, figures.options.currency),
        interest_words(rates, found),
    )


def fixed(figures: Figures) -> Md:
    """Return the fixed sum for each late invoice, and where it comes from."""
    found = figures.claims.fixed
    if not found:
        return _NOTHING
    return paragraphs(
        fixed_table(found, bare),
        f"Fixed sums: {figures.claims.fixed_total}.",
        fixed_words(found[0].source),
    )


def costs(figures: Figures) -> Md:
    """Return the costs, each with the names of its exhibits."""
    found = figures.claims.costs
    if not found:
        return _NOTHING
    return paragraphs(costs_table(found, bare, _exhibits), f"Costs: {figures.claims.costs_total}.")


def _exhibits(entry: Entry) -> Md:
    return cell(", ".join(exhibit.name for exhibit in entry.exhibits))
