"""The steps I took, each with what followed on it: payments, words of theirs, what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from store.docket.steps import Outcome, invoices_named, outcomes, steps
from store.entries import Entry
from store.money import Money
from store.records.dispute.material import Material
from store.records.dispute.words import channel, kind_words, occurred, where_shown
from store.records.markdown import Md, cell, slim_table

_CHASING: Final = frozenset({"reminder", "warning", "notice"})
_FOLLOWS: Final = timedelta(days=30)
"""A payment that comes so soon after such a step about its invoice is told beside it."""
_SAID: Final = ("confirmation", "answer", "acceptance", "concession")


def steps_taken(material: Material) -> list[Entry]:
    """Return my steps, and what recovery cost: a court's fee tells of a step as well."""
    found = [*steps(material.docket), *material.docket.kind("cost")]
    return sorted(found, key=lambda one: (one.occurred_at, one.seq))


def steps_table(material: Material, taken: Sequence[Entry]) -> Md:
    """Return a table of steps; what followed and exhibits have a column where there are any."""
    came, paid = outcomes(material.docket), _paid_after(material)
    said = {link.seq: one for one in material.docket.kind(*_SAID) for link in one.links}
    rows = [
        [
            Md(str(entry.seq)),
            occurred(material, entry),
            kind_words(material, entry.kind),
            channel(material, entry) or Md("-"),
            cell(entry.statement),
            Md(
                "; ".join(
                    [
                        *(_came(material, entry, one) for one in came.get(entry.seq, ())),
                        *_said(material, said.get(entry.seq)),
                        *paid.get(entry.seq, ()),
                    ]
                )
            ),
            where_shown(material, [entry.seq]),
        ]
        for entry in taken
    ]
    return slim_table(material.texts.columns("sides.steps"), rows, (5, 6))


def _paid_after(material: Material) -> dict[int, list[Md]]:
    """Return by step the payments on its invoice that came after it and after no later one."""
    chasing: dict[str, list[Entry]] = {}
    for one in material.docket.kind(*_CHASING):
        for number in invoices_named(one, material.docket):
            chasing.setdefault(number, []).append(one)
    found: dict[int, list[Md]] = {}
    for invoice in material.docket.ledger.invoices:
        about = chasing.get(invoice.number, [])
        for part in invoice.settlements if about else ():
            before = [one for one in about if one.day <= part.day <= one.day + _FOLLOWS]
            if before and part.amount > 0:
                told = material.texts.say(
                    "sides.paid-after",
                    sum=Money(part.amount, invoice.amount.currency),
                    day=part.day,
                    entry=material.texts.entries([part.seq]),
                )
                found.setdefault(before[-1].seq, []).append(told)
    return found


def _said(material: Material, one: Entry | None) -> Iterator[Md]:
    if one is not None:
        entry = material.texts.entries([one.seq])
        kind = kind_words(material, one.kind)
        yield material.texts.say("sides.outcome-later", outcome=kind, day=one.day, entry=entry)


def _came(material: Material, step: Entry, one: Outcome) -> Md:
    texts = material.texts
    outcome = texts.say(f"sides.landed.{one.worked}")
    if one.seq == step.seq:
        return outcome
    entry = texts.entries([one.seq])
    return texts.say("sides.outcome-later", outcome=outcome, day=one.day, entry=entry)
