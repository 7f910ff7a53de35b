"""Items in words: rounds used of those agreed, approvals, trifles and what was asked beyond it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from store.dates import day_words
from store.docket.items import WorkItem

ITEM_HEAD: Final = ("item", "rounds", "trifles", "approvals", "waited", "beyond", "accepted")


def item_rows(items: Sequence[WorkItem]) -> Iterator[tuple[str, ...]]:
    """Yield a row for each item, under ITEM_HEAD."""
    for item in items:
        given = sum(one.given is not None for one in item.approvals)
        share = f" ({item.share}%)" if item.share is not None else ""
        beyond = [str(len(item.beyond)), *map(str, item.beyond_sums)]
        yield (
            f"{item.name} {item.what}".strip() or "no item named",
            f"{len(item.rounds)} of {item.agreed}" if item.agreed is not None else _count(item),
            str(len(item.trifles) or "-"),
            f"{given} of {len(item.approvals)}" if item.approvals else "-",
            f"{item.waited} of {item.elapsed} d{share}" if item.approvals else "-",
            ", ".join(beyond) if item.beyond else "-",
            day_words(item.accepted) if item.accepted else "-",
        )


def item_notes(items: Sequence[WorkItem]) -> Iterator[str]:
    """Yield what stands out: rounds over those agreed, and approvals that wait."""
    for item in items:
        name = item.name or "what names no item"
        if item.over:
            yield f"{name}: {item.over} more than the {item.agreed} agreed."
        for one in item.waiting:
            yield f"{name}: #{one.seq} waits since {day_words(one.asked)}: {one.what}"


def item_json(item: WorkItem) -> dict[str, Any]:
    """Return an item as `docket items --json` prints it."""
    return {
        "item": item.name,
        "what": item.what,
        "began": item.began.isoformat(),
        "rounds": {"agreed": item.agreed, "used": len(item.rounds), "entries": list(item.rounds)},
        "trifles": list(item.trifles),
        "approvals": [
            {
                "seq": one.seq,
                "what": one.what,
                "asked": one.asked.isoformat(),
                "given": one.given.isoformat() if one.given else None,
            }
            for one in item.approvals
        ],
        "waited_days": item.waited,
        "elapsed_days": item.elapsed,
        "beyond": {
            "entries": list(item.beyond),
            "accepted": list(item.change_orders),
            "sums": [
                {"amount": str(one.rounded()), "currency": one.currency} for one in item.beyond_sums
            ],
        },
        "deliveries": list(item.deliveries),
        "accepted": item.accepted.isoformat() if item.accepted else None,
    }


def _count(item: WorkItem) -> str:
    return str(len(item.rounds) or "-")
