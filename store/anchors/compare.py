"""Holding a docket against what somebody noted of it: an anchor, or the last check here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from store.anchors.anchor import Anchor
from store.journal import Checkpoint, Report


@dataclass(frozen=True, slots=True)
class Held:
    """What comparing one anchor showed; `ok` is None where other damage keeps it from showing."""

    ok: bool | None
    said: str


def marks_of(anchors: Iterable[Anchor]) -> set[int]:
    """Return the numbers whose hashes a check must bring along to be held against `anchors`."""
    found = set()
    for anchor in anchors:
        found.add(anchor.count)
        if anchor.genesis:
            found.add(0)
    return found


def hold(anchor: Anchor, report: Report) -> Held:
    """Hold a checked docket against an anchor (FORMAT.md section 6, step 5).

    It must have at least `count` entries, and entry `count` must have the hash `head`. A break
    that the check itself found keeps a match from meaning anything for what stands before it.
    """
    count = anchor.count
    if report.count < count:
        said = f"it had {entries(count)}, now there {are(report.count)}: {_gone(count, report)}"
        return Held(False, said)
    found = report.hashes.get(count)
    if found is None:
        return Held(None, f"entry {count} cannot be read, so it cannot be compared")
    if found != anchor.head:
        return Held(False, _other(anchor, report))
    if any(broken.seq is None or broken.seq <= count for broken in report.findings):
        said = f"entry {count} still states the hash it had, but what it stands on is not whole"
        return Held(None, said)
    if not count:
        return Held(True, "its first line is the same as when the anchor was made")
    which = "entry 1 is" if count == 1 else f"entries 1 to {count} are"
    return Held(True, f"{which} the same as when the anchor was made, none changed, none missing")


def hold_checkpoint(since: Checkpoint, report: Report) -> str:
    """Return how a docket fails to go on from the last check here; empty if it does."""
    if report.count < since.count:
        return (
            f"at the last check here it had {entries(since.count)}, now there "
            f"{are(report.count)}: {_gone(since.count, report)}"
        )
    found = report.hashes.get(since.count)
    if found in (since.hash, None):  # None: damaged there, which the check tells itself
        return ""
    return (
        f"entry {since.count} is another than at the last check here: the chain was rebuilt, or "
        "another copy was put in its place"
    )


def entries(count: int) -> str:
    """Return `1 entry` or `41 entries`."""
    return "1 entry" if count == 1 else f"{count:,} entries"


def are(count: int) -> str:
    """Return `is 1` or `are 38`."""
    return "is 1" if count == 1 else f"are {count:,}"


def _gone(count: int, report: Report) -> str:
    missing = count - report.count
    return f"{entries(missing)} cut off its end, or this is an older copy"


def _other(anchor: Anchor, report: Report) -> str:
    begun = report.hashes.get(0)
    if anchor.count == 0 or (anchor.genesis and begun is not None and begun != anchor.genesis):
        return "the docket was begun anew: its first line is another, so the chain was rebuilt"
    which = "entry 1" if anchor.count == 1 else f"entry {anchor.count} or one before it"
    return (
        f"entry {anchor.count} has another hash than it had: {which} was changed afterwards and "
        "the chain was rebuilt"
    )
