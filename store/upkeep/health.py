"""The checks behind `docket doctor`: every finding has its remedy, and nothing is changed."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from store.anchors import Shelf, check_docket
from store.dates import Clock
from store.entries import Exhibit
from store.errors import DocketError
from store.evidence.citations import Cited, read_cited, torn_hashes
from store.evidence.custody import SUFFIX
from store.evidence.exhibits import Exhibits
from store.evidence.holds import claims
from store.files import STALE, is_left, left
from store.journal import JournalMissingError, verify_file
from store.journal.disk import first_line
from store.journal.lock import locked
from store.upkeep.housekeeping import (
    Trouble,
    half_made,
    imports,
    leftovers,
    locks,
    modes,
    outside,
    room,
)
from store.workspace import Workspace

LOW_DISK: Final = 50 * 2**20
"""Bytes below which a disk is called nearly full."""

SLACK: Final = 5.0
"""Seconds that the clock may stand behind the newest entry before that is worth a word."""

_BUSY_WAIT = 1.0
_SEEN = 60


def examine(root: Path, clock: Clock, *, low_disk: int = LOW_DISK) -> Iterator[Trouble]:
    """Yield everything in the workspace at `root` that needs a look.

    Nothing is changed but what `docket verify` remembers of its last check, and a probe file
    that is gone at once. `low_disk` is in bytes.
    """
    yield from map(half_made, left(root))  # beside it, by restoring into it
    if os.access(root / "workspace.json", os.F_OK):
        yield from modes(root)  # only then is it ours to judge
    try:
        workspace = Workspace.open(root, clock=clock)
        clients = workspace.client_ids()
    except DocketError as error:
        yield named(error)
        return
    read = {client: read_cited(workspace.path(client)) for client in clients}
    for client in clients:
        yield from _docket(root, workspace.path(client))
        yield from _custody(workspace.path(client))
        yield from _ahead(client, read[client], clock())
    yield from _orphans(root, clients)
    yield from _exhibits(root, read)
    yield from _unnamed(root, read, clock())
    yield from _settings(workspace)
    yield from leftovers(root, clock())
    yield from outside(root)
    yield from imports(root)
    yield from room(root, low_disk)
    yield from locks(root)


def named(error: DocketError) -> Trouble:
    """Return an error as a finding."""
    what = f"{error.what}: {error.why}" if error.why else error.what
    return Trouble(what.rstrip("."), error.remedy.rstrip(".") or "Put that right")


def _docket(root: Path, path: Path) -> Iterator[Trouble]:
    """Yield what is wrong with one docket: busy, newer, torn, not whole, or not as anchored."""
    try:
        with locked(path, _BUSY_WAIT, shared=True) as fd:
            if os.fstat(fd).st_size:
                first_line(fd, path)
        checked = check_docket(path, root=root)
    except DocketError as error:
        yield named(error)
        return
    for finding in checked.findings:
        yield Trouble(f"{path.stem}: {finding}", _remedy(finding, path))


def _remedy(finding: str, path: Path) -> str:
    if "the file ends in" in finding:
        return "Nothing that was saved is lost; what is written next sets the rest aside to be read"
    return f"Restore {path} from a backup; change nothing"


def _custody(docket: Path) -> Iterator[Trouble]:
    """Yield what is wrong with the custody journal beside a docket, if there is one."""
    path = docket.with_suffix(SUFFIX)
    try:
        report = verify_file(path, wait=_BUSY_WAIT)
    except JournalMissingError:
        return
    except DocketError as error:
        yield named(error)
        return
    for finding in report.findings:
        what = f"custody of {docket.stem}: line {finding.line_no}: {finding.what}"
        yield Trouble(what, _remedy(finding.what, path))


def _orphans(root: Path, clients: Collection[str]) -> Iterator[Trouble]:
    """Yield the folders of anchors, and the custody journals, whose docket is gone."""
    shelf = Shelf(root)
    try:
        gone = [one for one in shelf.clients() if one not in clients and shelf.of(one)]
    except DocketError as error:
        yield named(error)
        return
    for folder in shelf.strange():
        yield Trouble(f"{folder} is not Docket's", "Move it out of the workspace")
    for client in gone:
        yield Trouble(
            f"The docket of {client} is gone, and its anchors are left",
            f"Restore it from a backup; if you erased it, delete {shelf.folder / client}",
        )
    for path in sorted((root / "clients").glob(f"*{SUFFIX}")):
        if path.stem not in clients:
            yield Trouble(
                f"The docket of {path.stem} is gone, and the custody of its exhibits is left",
                f"Restore it from a backup; if you erased it, delete {path}",
            )


def _ahead(client: str, read: Cited, now: datetime) -> Iterator[Trouble]:
    try:
        behind = (datetime.fromisoformat(read.recorded_at) - now).total_seconds()
    except (ValueError, TypeError):
        return
    if behind > SLACK:
        yield Trouble(
            f"The clock stands {_span(behind)} behind the newest entry of {client}",
            "Set the clock, or wait: entries logged now say that it stood behind",
        )


def _exhibits(root: Path, read: Mapping[str, Cited]) -> Iterator[Trouble]:
    kept = Exhibits(root / "exhibits")
    problems: dict[str, str] = {}
    for client, cited in read.items():
        for seq, sha256, name in cited.citations:
            if sha256 not in problems:
                problems[sha256] = kept.problem(Exhibit(sha256=sha256, name="", size=0))
            if problems[sha256]:
                shown = " ".join(name.split())[:_SEEN]
                yield Trouble(
                    f"exhibit {shown} of {client}#{seq}: {problems[sha256]}",
                    "Restore it from a backup, or attach the file again with a new entry",
                )


def _unnamed(root: Path, read: Mapping[str, Cited], now: datetime) -> Iterator[Trouble]:
    """Yield exhibits that no entry has; those just kept may be waiting for their entry."""
    folder = root / "exhibits"
    if not folder.is_dir() or any(cited.unread for cited in read.values()):
        return
    known = set[str]().union(*(cited.hashes for cited in read.values()))
    for path in sorted((root / "clients").glob("*.torn-*")):
        known |= torn_hashes(path)
    waiting = claims(root)
    held = {one.sha256 for one in waiting if not is_left(one.path)}
    for one in waiting:
        path = folder / one.sha256
        if one.sha256 not in known | held and path.exists():
            known.add(one.sha256)
            yield Trouble(
                f"{path} was kept for {one.client} by a session cut short before its entry",
                "Attach the file again if it is wanted; the next file attached removes it",
            )
    for path in sorted(folder.glob("[!.]*")):
        if path.name in known | held:
            continue
        if now.timestamp() - path.lstat().st_mtime > STALE:
            yield Trouble(
                f"No docket names the exhibit {path}",
                "Look at it; add it to an entry with `docket attach`, or delete it",
            )


def _settings(workspace: Workspace) -> Iterator[Trouble]:
    try:
        _ = workspace.config
    except DocketError as error:
        yield named(error)
    try:
        workspace.private.of("")
    except DocketError as error:
        yield named(error)


def _span(seconds: float) -> str:
    for size, unit in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            count = int(seconds // size)
            return f"{count} {unit}{'s' * (count != 1)}"
    return f"{int(seconds)} seconds"
