"""The work by item: rounds agreed and had, waiting for approvals, what was asked for beyond."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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
    texts, shown = material.texts, [item for item in items if item.rounds or item.trifles]
    rows = [
        [
            _name(material, item),
            Md("-") if agreed is None else texts.value(agreed),
            texts.value(len(item.rounds)),
            texts.value(len(item.trifles)),
            texts.entries((*item.rounds, *item.trifles)),
        ]
        for item in shown
        for agreed in [item.agreed if item.name else material.docket.terms.revisions]
    ]
    return _told(texts.columns("work.rounds"), rows, texts.say("work.rounds-how"), shown)


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
    how = [texts.say("work.approvals-how", day=material.today)]
    if unended:
        how.append(texts.say("work.no-end", entries=texts.entries(unended)))
    return _told(texts.columns("work.approvals"), rows, Md(" ".join(how)), asked)


def _beyond(material: Material, items: Sequence[WorkItem]) -> Md:
    """Return what was asked for beyond the agreement, by item, with its sums (advice 91)."""
    texts, shown = material.texts, [item for item in items if item.beyond]
    rows = [
        [
            _name(material, item),
            texts.value(len(item.beyond)),
            sums(material, item.beyond_sums) if item.beyond_sums else Md("-"),
            entry_numbers(material, item.change_orders),
            texts.entries(item.beyond),
        ]
        for item in shown
    ]
    named = any(item.beyond_sums for item in shown)
    how = texts.say("work.beyond-how") if named else Md("")
    return _told(texts.columns("work.beyond"), rows, how, shown)


def _told(
    headers: Sequence[str], rows: Sequence[Sequence[Md]], how: Md, about: Iterable[WorkItem]
) -> Md:
    """Return a table with how it was counted; nothing where no item of it has a name.

    What names no item stands on page one and among the requests.
    """
    named = any(item.name for item in about)
    return paragraphs(gfm_table(headers, rows), how) if named else Md("")


def _name(material: Material, item: WorkItem) -> Md:
    """Return an item by its project or its first delivery, and what that was."""
    texts, what = material.texts, inline(item.what)
    name = inline(item.project) or texts.entries(item.deliveries[:1])
    if name and what:
        return texts.say("work.item", name=name, what=what)
    return name or what or texts.say("work.no-item")
