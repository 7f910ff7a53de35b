"""The work by item: rounds agreed and had, waiting for approvals, what was asked for beyond."""

from __future__ import annotations

from collections.abc import Sequence

from store.docket.items import WorkItem, work_items
from store.records.dispute.material import Material
from store.records.dispute.words import entry_numbers, sums
from store.records.markdown import Md, cell, gfm_table, paragraphs

_ROUNDS = ["Item", "Rounds agreed", "Rounds had", "Small changes", "Entries"]
_APPROVALS = ["Item", "Approvals asked", "Given", "Days waited", "Days in all", "Share", "Entries"]
_BEYOND = ["Item", "Asked beyond", "Sum", "Accepted since", "Entries"]


def by_item(material: Material) -> Md:
    """Return rounds, approvals and demands of each item; nothing of what says none (advice 18)."""
    items = work_items(material.docket)
    return paragraphs(
        _rounds(material, items), _approvals(material, items), _beyond(material, items)
    )


def _rounds(material: Material, items: Sequence[WorkItem]) -> Md:
    """Return the rounds of each item beside those agreed, and its small changes."""
    rows = [
        [
            _name(item),
            Md("-" if item.agreed is None else str(item.agreed)),
            Md(str(len(item.rounds))),
            Md(str(len(item.trifles))),
            entry_numbers(material, (*item.rounds, *item.trifles)),
        ]
        for item in items
        if item.agreed is not None or item.rounds or item.trifles
    ]
    return _told(
        _ROUNDS,
        rows,
        "A round is finished work done again. What was partly my own doing is not counted.",
    )


def _approvals(material: Material, items: Sequence[WorkItem]) -> Md:
    """Return how long approvals of each item were waited for, of all its days (advice 23)."""
    asked = [item for item in items if item.approvals]
    rows = [
        [
            _name(item),
            Md(str(len(item.approvals))),
            Md(str(sum(one.given is not None for one in item.approvals))),
            Md(str(item.waited)),
            Md(str(item.elapsed)),
            Md("-" if item.share is None else f"{item.share} %"),
            entry_numbers(material, (one.seq for one in item.approvals)),
        ]
        for item in asked
    ]
    unended = [one.seq for item in asked for one in item.approvals if not one.counted]
    waits = entry_numbers(material, unended)
    more = f" No end of the wait is on record for {waits}: it counts no day."
    return _told(
        _APPROVALS,
        rows,
        "All days of an item run from its first entry to its acceptance, or to its end, or to "
        "today; a day on which several approvals were waited for counts once."
        + (more if unended else ""),
    )


def _beyond(material: Material, items: Sequence[WorkItem]) -> Md:
    """Return what was asked for beyond the agreement, by item, with its sums (advice 91)."""
    rows = [
        [
            _name(item),
            Md(str(len(item.beyond))),
            sums(material, item.beyond_sums) if item.beyond_sums else Md("-"),
            entry_numbers(material, item.change_orders),
            entry_numbers(material, item.beyond),
        ]
        for item in items
        if item.beyond
    ]
    return _told(_BEYOND, rows, "The sum is that of the entries that name one.")


def _told(headers: Sequence[str], rows: Sequence[Sequence[Md]], how: str) -> Md:
    """Return a table with how it was counted; nothing without rows."""
    return paragraphs(gfm_table(headers, rows), Md(how)) if rows else Md("")


def _name(item: WorkItem) -> Md:
    """Return an item by its project or its first delivery, and what that was."""
    first = f"entry {item.deliveries[0]}" if item.deliveries else ""
    named = [item.project or first, item.what]
    return cell(": ".join(filter(None, named)) or "no item named")
