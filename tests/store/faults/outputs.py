"""Writers of whole files to be killed: an exhibit that is attached, a record that is exported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from store.evidence.exhibits import Exhibits
from store.records import RecordOptions, verify_record, write_record
from store.workspace import Workspace
from tests.store.faults.victims import NOW, Ack, Verdict, Victim, ready

OPTIONS = RecordOptions(purpose="court", since=None, until=None, prepared_by="Ida")


def _attaching(folder: Path) -> Callable[[str, Ack], None]:
    exhibits = Exhibits(folder / "ws" / "exhibits")

    def write(token: str, ack: Ack) -> None:
        source = folder / f"{token}.txt"
        source.write_text(token * 3000)
        ack(exhibits.keep(source).sha256)

    return write


def _check_exhibits(folder: Path, acknowledged: Sequence[str]) -> Verdict:
    kept = folder / "ws" / "exhibits"
    there = [path.name for path in kept.iterdir() if not path.name.startswith(".")]
    exhibits, broken = Exhibits(kept), list[str]()
    for token in ("1", "2"):
        exhibit = exhibits.keep(folder / f"{token}.txt")
        if exhibits.problem(exhibit):
            broken.append(f"the copy of {token}.txt")
    lost = set(acknowledged) - set(there)
    return Verdict(tuple(lost), len(set(there) - set(acknowledged)), tuple(broken))


def _exporting(folder: Path) -> Callable[[str, Ack], None]:
    made = Workspace.open(folder / "ws", clock=lambda: NOW)

    def write(token: str, ack: Ack) -> None:
        ack(write_record(made, "acme", OPTIONS, folder / "out").folder.name)

    return write


def _check_records(folder: Path, acknowledged: Sequence[str]) -> Verdict:
    """A killed export may leave a hidden folder, never half a record under its name."""
    out = folder / "out"
    folders = [path for path in out.iterdir() if not path.name.startswith(".")]
    whole = [path.name for path in folders]
    broken = [name for name in whole if not verify_record(out / name).ok]
    lost = set(acknowledged) - set(whole)
    return Verdict(tuple(lost), len(set(whole) - set(acknowledged)), tuple(broken))


OUTPUTS = {
    "exhibit": Victim(ready, _attaching, _check_exhibits),
    "record": Victim(ready, _exporting, _check_records),
}
