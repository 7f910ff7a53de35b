"""Reading a docket whole for a record: every entry checked, and held against its anchors."""

from __future__ import annotations

from dataclasses import dataclass, field

from store.anchors import Kept, Shelf, hold, marks_of
from store.errors import VerificationError
from store.journal import Line, verify_file
from store.records.folder.contents import Salts
from store.workspace import Workspace


@dataclass(slots=True)
class WholeDocket:
    """The entries of a docket as they were found whole, the salts that took, and its anchors."""

    anchors: tuple[Kept, ...]
    lines: list[Line] = field(default_factory=list)
    salts: dict[int, Salts] = field(default_factory=dict)

    def take(self, line: Line, salts: Salts) -> None:
        """Keep the next entry."""
        self.lines.append(line)
        self.salts[line.seq] = salts


def read_whole(workspace: Workspace, client: str) -> WholeDocket:
    """Return the docket of `client`, read to its end.

    Raises VerificationError for one that is not what was written or anchored: its record would
    pass for whole. An anchor that cannot be read is no word against the docket.
    """
    kept = tuple(one for one in Shelf(workspace.root).of(client) if one.anchor)
    whole = WholeDocket(kept)
    anchors = [one.anchor for one in kept if one.anchor]
    report = verify_file(workspace.path(client), marks=marks_of(anchors), each=whole.take)
    found = report.first.what if report.first else ""
    for anchor in anchors:
        held = hold(anchor, report)
        if held.ok is False:
            found = found or f"anchor of {anchor.at}: {held.said}"
    if not found:
        return whole
    raise VerificationError(
        f"No record of {client} was written, as the docket is not whole",
        found,
        f"Run `docket verify {client}` and compare it with a backup",
    )
