"""What is killed half-way: each way of writing, what it acknowledges, and what must be there."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from store.errors import DocketError
from store.journal import JournalFile, Line, verify_file
from store.private.model import CheckIn
from store.workspace import Workspace
from tests.drafted import drafted

Ack = Callable[[str], None]
"""Says that the write of this token was acknowledged."""

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
LONG = "x" * 90_000  # many pages, so that a kill can come between two of them


@dataclass(frozen=True)
class Verdict:
    """What a check found: tokens gone, tokens never acknowledged but whole, what does not read."""

    lost: tuple[str, ...] = ()
    extra: int = 0
    unreadable: tuple[str, ...] = ()


@dataclass(frozen=True)
class Victim:
    """One way of writing: `prepare` a folder, `write` one more token, `check` what is there."""

    prepare: Callable[[Path], None]
    opened: Callable[[Path], Callable[[str, Ack], None]]
    check: Callable[[Path, Sequence[str]], Verdict]
    in_flight: int = 1
    spoil: Callable[[Path], None] = lambda _: None


def ready(folder: Path) -> None:
    """Make a workspace with one client under `folder`."""
    made = Workspace.create(folder / "ws", clock=lambda: NOW)
    made.new_client("acme", [made.draft("acme", "client", data={"name": "Acme Media"})])


def _open(folder: Path) -> Workspace:
    return Workspace.open(folder / "ws", clock=lambda: NOW)


def _journal(folder: Path) -> Path:
    return folder / "ws" / "clients" / "acme.jsonl"


def _logging(folder: Path) -> Callable[[str, Ack], None]:
    made = _open(folder)

    def write(token: str, ack: Ack) -> None:
        kind = "no-reply" if int(token) % 3 else "payment"
        data = {} if kind == "no-reply" else {"amount": "5.00", "currency": "EUR"}
        made.log(made.draft("acme", kind, token, data=data))
        ack(token)

    return write


def _appending(size: int, text: str = "") -> Callable[[Path], Callable[[str, Ack], None]]:
    def opened(folder: Path) -> Callable[[str, Ack], None]:
        journal = JournalFile(_journal(folder))

        def write(token: str, ack: Ack) -> None:
            tokens = [token] if size == 1 else [f"{token}.{part}" for part in range(size)]
            journal.append_many({"kind": "note", "statement": one, "text": text} for one in tokens)
            for one in tokens:
                ack(one)

        return write

    return opened


def _careless(folder: Path) -> Callable[[str, Ack], None]:
    """Write as TinyDB's cache does: acknowledged at once, on the disk some time later."""
    journal, kept = JournalFile(_journal(folder)), list[str]()

    def write(token: str, ack: Ack) -> None:
        kept.append(token)
        ack(token)
        if len(kept) == 5:
            journal.append_many({"kind": "note", "statement": one} for one in kept)
            kept.clear()

    return write


def check_journal(folder: Path, acknowledged: Sequence[str]) -> Verdict:
    """Look at the docket as the next session does, log one more entry, and verify."""
    path = _journal(folder)
    torn = [one.what for one in verify_file(path).findings if not _at_the_end(one.what)]
    try:
        lines = list(JournalFile(path).lines)
        JournalFile(path).append({"kind": "note", "statement": "after"})
        _open(folder).file("acme").refresh()
    except DocketError as error:
        return Verdict(unreadable=(*torn, str(error)))
    report = verify_file(path)
    broken = [finding.what for finding in report.findings]
    if report.count != len(lines) + 1 or [line.seq for line in lines] != _numbers(lines):
        broken.append("numbers out of order")
    return _compared(acknowledged, [_token(line) for line in lines], (*torn, *broken))


def _at_the_end(what: str) -> bool:
    return "never finished" in what or "newline at the end is gone" in what


def _numbers(lines: Sequence[Line]) -> list[int]:
    return list(range(1, len(lines) + 1))


def _token(line: Line) -> str:
    return str(line.fields.get("statement", ""))


def _compared(
    acknowledged: Sequence[str], found: Sequence[str], unreadable: Sequence[str]
) -> Verdict:
    there = [token for token in found if token and token != "after"]
    lost = set(acknowledged) - set(there)
    twice = [token for token in set(there) if there.count(token) > 1]
    extra = len(set(there) - set(acknowledged))
    return Verdict(tuple(sorted(lost)), extra, (*unreadable, *(f"{one} twice" for one in twice)))


def _founding(folder: Path) -> Callable[[str, Ack], None]:
    made = _open(folder)

    def write(token: str, ack: Ack) -> None:
        client = f"c{token}"
        made.new_client(client, [made.draft(client, "client", data={"name": token})])
        ack(token)

    return write


def _check_clients(folder: Path, acknowledged: Sequence[str]) -> Verdict:
    made = _open(folder)
    try:
        names = [docket.name for docket in made.dockets() if docket.client != "acme"]
    except DocketError as error:
        return Verdict(unreadable=(str(error),))
    bad = [one for one in made.client_ids() if not verify_file(made.path(one)).ok]
    return _compared(acknowledged, names, bad)


def _checking_in(folder: Path) -> Callable[[str, Ack], None]:
    private = _open(folder).private

    def write(token: str, ack: Ack) -> None:
        private.add("acme", CheckIn(at=NOW, dread=3, note=token))
        ack(token)

    return write


def _check_private(folder: Path, acknowledged: Sequence[str]) -> Verdict:
    private = _open(folder).private
    try:
        notes = [checkin.note for checkin in private.of("acme").checkins]
        private.add("acme", CheckIn(at=NOW, note="after"))
    except DocketError as error:
        return Verdict(unreadable=(str(error),))
    left = [path.name for path in (folder / "ws").glob(".private.json.*.tmp")]
    return _compared(acknowledged, notes, left)


def _drafting(folder: Path) -> Callable[[str, Ack], None]:
    drafts = _open(folder).drafts

    def write(token: str, ack: Ack) -> None:
        drafts.save("capture", json.dumps({"token": token, "pad": "y" * 5000}))
        ack(token)

    return write


def _check_draft(folder: Path, acknowledged: Sequence[str]) -> Verdict:
    """A draft is replaced by the next one: what counts is that it is whole and no older."""
    try:  # a session that is not over has its own
        found = max(
            (int(json.loads(one)["token"]) for one in drafted(_open(folder), "capture")), default=-1
        )
    except (ValueError, KeyError):
        return Verdict(unreadable=("the draft is half of one",))
    newest = max(map(int, acknowledged), default=-1)
    extra = found - newest
    return Verdict((str(newest),), 0) if extra < 0 else Verdict((), extra)


def _tear(folder: Path) -> None:
    with _journal(folder).open("ab") as file:
        file.write(b'{"fields":{"stat')


def _take_newline(folder: Path) -> None:
    path = _journal(folder)
    os.truncate(path, path.stat().st_size - 1)


VICTIMS = {
    "log": Victim(ready, _logging, check_journal),
    "append": Victim(ready, _appending(1), check_journal),
    "batch": Victim(ready, _appending(3), check_journal, in_flight=3),
    "long": Victim(ready, _appending(3, LONG), check_journal, in_flight=3),
    "new": Victim(ready, _founding, _check_clients),
    "checkin": Victim(ready, _checking_in, _check_private),
    "draft": Victim(ready, _drafting, _check_draft),
}

SPOILT = {
    "log after a torn end": Victim(ready, _logging, check_journal, spoil=_tear),
    "batch after an editor": Victim(ready, _appending(3), check_journal, 3, _take_newline),
}
"""Writers that find something to put right first."""

CARELESS = Victim(ready, _careless, check_journal, in_flight=5)
"""A writer that must be caught: without one that fails, a pass proves nothing."""
