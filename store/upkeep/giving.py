"""Lines given back to a server that lost them, out of the checked copies that this machine has.

A server that was restored from an older backup, or lost its end, shows less than its members have
seen. What it shows has to be the beginning of what is at hand; where it is not, nothing is touched.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from store.errors import DocketError, VerificationError
from store.evidence.citations import read_cited
from store.journal import Head, verify_file
from store.journal.errors import ForkedError
from store.journal.lock import locked_journal
from store.journal.protocol import Backend, ServedLine
from store.journal.served import served_lines
from store.journal.shared import is_journal
from store.places import DOCKET
from store.text import plural
from store.workspace import Workspace

_AT_A_TIME: Final = 500
"""Lines in one transaction: what was cut short is taken up where it ended."""


class Lack(NamedTuple):
    """What a server lacks of one journal: the lines above the number `after`, up to `last`.

    A journal that is not there at all lacks even its header, and `after` is -1.
    """

    name: str
    after: int
    last: int

    @property
    def said(self) -> str:
        """What would be given back, in words."""
        client, _, part = self.name.rpartition(".")
        what = "" if f".{part}" == DOCKET else "the custody of its exhibits, "
        if self.after < 0:
            return f"{client}: {what}all of it, {plural(self.last, 'entry', 'entries')}"
        many = plural(self.last - self.after, "entry", "entries")
        return f"{client}: {what}{many}, #{self.after + 1} to #{self.last}"


class Given(NamedTuple):
    """What a server lacks, or was given, and why some journals were left alone."""

    lacking: tuple[Lack, ...]
    refused: tuple[str, ...]


def lacking(workspace: Workspace, backend: Backend) -> Given:
    """Return what the server lacks of what this machine has; nothing is touched."""
    found, refused = [], []
    for path in _copies(workspace):
        try:
            if lack := _lack(path, backend):
                found.append(lack)
        except DocketError as error:
            refused.append(str(error))
    return Given(tuple(found), tuple(refused))


def give_back(workspace: Workspace, backend: Backend) -> Given:
    """Append what the server lacks, byte for byte, with the exhibits; return what that was."""
    wanted = lacking(workspace, backend)
    given, refused, shared = [], list(wanted.refused), workspace.journals.shared
    for lack in wanted.lacking:
        path = workspace.places.clients / lack.name
        try:
            with locked_journal(path, shared=True):
                rows = served_lines(path.read_bytes())
            _give(path, backend, rows, lack)
            if path.suffix == DOCKET:
                _send_exhibits(workspace, path, backend)
        except DocketError as error:
            refused.append(str(error))
        else:
            given.append(lack)
            if shared and shared.backend is backend:
                shared.trouble.pop(lack.name, None)  # it contradicts nothing any more
    return Given(tuple(given), tuple(refused))


def _copies(workspace: Workspace) -> list[Path]:
    """Return the journals at hand; a docket comes before its custody."""
    begun = workspace.journals.outbox.begun if workspace.journals.outbox else {}
    there = (path for path in workspace.places.clients.iterdir() if path.stem not in begun)
    found = filter(is_journal, there)
    return sorted(found, key=lambda path: (path.stem, path.suffix != DOCKET))


def _lack(path: Path, backend: Backend) -> Lack | None:
    """Return what the server lacks of one journal; None where it has all that is here, or more.

    ForkedError where it has something else.
    """
    report = verify_file(path)
    if not report.ok:
        found = report.findings[0].what
        what = f"{path.stem} is not whole on this machine"
        raise VerificationError(what, found, f"Run `docket verify {path.stem}`")
    head = backend.head(path.name)
    if head is None:
        if closed := backend.closed(path.stem):
            what = f"{path.stem} is closed on the server"
            raise DocketError(what, f"{closed.how} by {closed.who}, {closed.at}", "")
        return Lack(path.name, -1, report.count)
    with locked_journal(path, shared=True):
        rows = served_lines(path.read_bytes())
    common = min(head.count, report.count)
    theirs = next(backend.read(path.name, common), b"")
    if theirs != rows[common].raw:
        raise ForkedError(path, _parting(path, backend, rows))
    _check_head(path, rows, head)
    return Lack(path.name, head.count, report.count) if head.count < report.count else None


def _parting(path: Path, backend: Backend, rows: Sequence[ServedLine]) -> int:
    """Return the first number at which the server has another line."""
    pairs = zip(rows, backend.read(path.name, 0), strict=False)
    return next((mine.seq for mine, theirs in pairs if mine.raw != theirs), len(rows))


def _check_head(path: Path, rows: Sequence[ServedLine], head: Head) -> None:
    if head.count < len(rows) and rows[head.count].hash != head.hash:
        raise ForkedError(path, head.count)


def _give(path: Path, backend: Backend, rows: Sequence[ServedLine], lack: Lack) -> None:
    """Append line after line; whoever was quicker meanwhile has to have appended the same."""
    at = lack.after + 1
    if at == 0:
        at = min(len(rows), _AT_A_TIME)
        backend.create(path.name, rows[:at])

    def rest(head: Head) -> Sequence[ServedLine]:
        nonlocal at
        _check_head(path, rows, head)
        at = head.count + 1 + _AT_A_TIME
        return rows[head.count + 1 : at]

    while at < len(rows):
        backend.append(path.name, rest)


def _send_exhibits(workspace: Workspace, path: Path, backend: Backend) -> None:
    for sha256 in sorted(read_cited(path).hashes):
        exhibit = workspace.places.exhibits / sha256
        if exhibit.exists():
            with exhibit.open("rb") as stream:
                backend.put_exhibit(path.stem, sha256, stream, exhibit.stat().st_size)
