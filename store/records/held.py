"""The anchors in a record folder, held against its chain."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from store.anchors import Anchor, Kept, hold_all, marks_of, take
from store.journal import Report


@dataclass(frozen=True, slots=True)
class Said:
    """What the anchors say of a chain: what is wrong, and what else is to be told."""

    findings: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeldAnchors:
    """The anchor files of a folder, the smallest count first."""

    kept: tuple[Kept, ...]

    @property
    def sound(self) -> tuple[Anchor, ...]:
        """The anchors that can be read."""
        return tuple(one.anchor for one in self.kept if one.anchor)

    @property
    def marks(self) -> set[int]:
        """The numbers whose hashes a check of the chain must bring along."""
        return marks_of(self.sound)

    def against(self, report: Report) -> Said:
        """Hold them against a checked chain; what the chain itself lacks is not said again."""
        anchors = hold_all(report, self.kept).anchors
        findings = [f"{one.name}: {what}" for one in anchors for what in one.findings]
        notes = ["; ".join([f"{one.name}: {one.said}", *one.notes]) for one in anchors if one.said]
        return Said(tuple(findings), tuple(notes))


def hold_anchors(folder: Path, client: str) -> HeldAnchors:
    """Read the anchors in `folder`, if it is there; one of another docket is a problem itself."""
    if not folder.is_dir() or folder.is_symlink():
        return HeldAnchors(())
    kept = [take(path) for path in sorted(folder.glob("*.json"))]
    judged = [
        one
        if one.anchor is None or one.anchor.docket == client
        else Kept(one.path, one.raw, None, f"it is an anchor of {one.anchor.docket}")
        for one in kept
    ]
    order = sorted(judged, key=lambda one: (one.anchor.count if one.anchor else 0, one.path.name))
    return HeldAnchors(tuple(order))
