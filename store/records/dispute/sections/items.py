"""The work by item: rounds agreed and had, waiting for approvals, what was asked for beyond."""

from __future__ import annotations

from collections.abc import Sequence

from store.docket.items import WorkItem, work_items
from store.records.dispute.material import Material
from store.records.dispute.words import entry_numbers, sums
from store.records.markdown import Md, gfm_table, inline, paragraphs


def by_item(material: Material) -> Md:
    """Return rounds, approvals and demands of each item; nothing of what says none (advice 18)."""
    items = work_items(material.docket)
    return paragraphs(
        _rounds(material, items), _approvals(material, items), _beyond(material, items)
    )


def _rounds(material: Material, items: Sequence[WorkItem]) -> Md:
    """Return the rounds of each item beside those agreed, and its small changes."""
    texts = material.texts
    rows = [
        [
            _name(material, item),
            Md("-") if item.agreed is None else texts.value(item.agreed),
            texts.value(len(item.rounds)),
            texts.value(len(item.trifles)),
            texts.entries((*item.rounds, *item.trifles)),
        ]
        for item in items
        if item.rounds or item.trifles
    ]
    return _told(texts.columns("work.rounds"), rows, texts.say("work.rounds-how"))


def _approvals(material: Material, items: Sequence[WorkItem]) -> Md:
    """Return how long approvals of each item were waited for, of all its days (advice 23)."""
    texts, asked = material.texts, [item for item in items if item.approvals]
    rows = [
        [
            _name(material, item),
            texts.value(len(item.approvals)),
            texts.value(sum(one.given is not None for one in item.approvals)),
            texts.value(item.waited),
            texts.value(item.elapsed),
            Md("-") if item.share is None else texts.say("work.share", percent=item.share),
            texts.entries(seq for one in item.approvals for seq in one.seqs),
        ]
        for item in asked
    ]
    unended = [one.seq for item in asked for one in item.approvals if not one.counted]
    how = [texts.say("work.approvals-how")]
    if unended:
        how.append(texts.say("work.no-end", entries=texts.entries(unended)))
    return _told(texts.columns("work.approvals"), rows, Md(" ".join(how)))


def _beyond(material: Material, items: Sequence[WorkItem]) -> Md:
    """Return what was asked for beyond the agreement, by item, with its sums (advice 91)."""
    texts = material.texts
    rows = [
        [
            _name(material, item),
            texts.value(len(item.beyond)),
            sums(material, item.beyond_sums) if item.beyond_sums else Md("-"),
            entry_numbers(material, item.change_orders),
            texts.entries(item.beyond),
        ]
        for item in items
        if item.beyond
    ]
    return _told(texts.columns("work.beyond"), rows, texts.say("work.beyond-how"))


def _told(headers: Sequence[str], rows: Sequence[Sequence[Md]], how: Md) -> Md:
    """Return a table with how it was counted; nothing without rows."""
    return paragraphs(gfm_table(headers, rows), how) if rows else Md("")


def _name(material: Material, item: WorkItem) -> Md:
    """Return an item by its project or its first delivery, and what that was."""
    texts, what = material.texts, inline(item.what)
    name = inline(item.project) or texts.entries(item.deliveries[:1])
    if name and what:
        return texts.say("work.item", name=name, what=what)
    return name or what or texts.say("work.no-item")
