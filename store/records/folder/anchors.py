"""The anchors in a record folder, held against its chain, and what a signature's file may hold."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from store.anchors import Anchor, KeptAnchor, hold_all, judged_anchor, marks_of, take
from store.anchors.timestamp import is_about
from store.journal import Report
from store.records.folder.reader import There, TooLargeError

_LARGEST: Final = 2 << 20
"""The most bytes of what may lie beside an anchor or a manifest."""

_BEGIN = b"-----BEGIN SSH SIGNATURE-----\n"
_END = b"-----END SSH SIGNATURE-----\n"
_WIDTH = 70


@dataclass(frozen=True, slots=True)
class Said:
    """What the anchors say of a chain: what is wrong, and what else is to be told."""

    findings: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeldAnchors:
    """The anchor files of a folder, the smallest count first; `beside` is wrong next to them."""

    kept: tuple[KeptAnchor, ...]
    beside: tuple[str, ...] = field(default=())

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
        return Said((*findings, *self.beside), tuple(notes))


def hold_anchors(folder: Path, client: str) -> HeldAnchors:
    """Read the anchors in `folder`, if it is there; one of another docket is a problem itself."""
    if not folder.is_dir() or folder.is_symlink():
        return HeldAnchors(())
    kept = [judged_anchor(take(path), client) for path in sorted(folder.glob("*.json"))]
    order = sorted(kept, key=lambda one: (one.anchor.count if one.anchor else 0, one.path.name))
    there = There.of(folder)
    return HeldAnchors(tuple(order), tuple(what for one in order for what in _beside(there, one)))


def more_than_armor(there: There, name: str) -> str:
    """Return what is wrong with a signature's file; empty if it is armor and not a byte more.

    ssh-keygen reads to the end of the armor, and would not tell of words that follow it.
    """
    try:
        data = there.read(name, _LARGEST) or b""
    except TooLargeError as error:
        return str(error)
    try:
        signature = base64.b64decode(data[len(_BEGIN) : -len(_END)].replace(b"\n", b""))
    except ValueError:
        signature = b""
    coded = base64.b64encode(signature)
    lines = [coded[at : at + _WIDTH] + b"\n" for at in range(0, len(coded), _WIDTH)]
    whole = data == _BEGIN + b"".join(lines) + _END
    return "" if whole else "it is not the armor that ssh-keygen writes, or there is more in it"


def _beside(there: There, kept: KeptAnchor) -> Iterator[str]:
    """Yield what is wrong with the signature and the query next to an anchor.

    Whether the signature is one of this anchor, and the answer, `hold_all` looks at.
    """
    folder = there.folder.name
    name = kept.signature.name
    if there.plain.get(name) and (what := more_than_armor(there, name)):
        yield f"{folder}/{name}: {what}"
    name = kept.query.name
    if os.path.lexists(kept.query) and not is_about(there.start(name, _LARGEST) or b"", kept.raw):
        yield f"{folder}/{name}: it is a query about another file"
