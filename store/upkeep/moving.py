"""A docket moved to another workspace, byte for byte: between folders, or to a server and back."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from store.errors import DocketError, VerificationError
from store.evidence.at_hand import hand_over_exhibits
from store.files import sync_folder, write_new
from store.journal import Head, verify_file
from store.journal.lock import locked_journal
from store.journal.served import served_lines
from store.journal.shared import put_aside
from store.places import CUSTODY
from store.text import plural
from store.workspace import Workspace


class MovedDocket(NamedTuple):
    """What was moved, and what else there is to say."""

    entries: int
    head: str
    told: tuple[str, ...] = ()


def move_docket(source: Workspace, client: str, target: Workspace) -> MovedDocket:
    """Move the docket of `client`, the custody of its exhibits and those, and return what it was.

    Nothing is made anew: lines and hashes stay, so its records verify as before. What stays in
    the old place is set aside there and closed, so that two do not grow from one. VerificationError
    where the docket is not whole, DocketError where `target` has such a client.
    """
    path = source.path(client)
    custody = path.with_suffix(CUSTODY)
    if source.journals.begun_here(client):
        why = "it was begun here, and is not on the server yet"
        raise DocketError(f"{client} was not moved", why, "`docket server send` sends it first")
    if target.path(client).exists():
        raise DocketError(f"{client} was not moved", "there is such a client already", "")
    with locked_journal(path):
        report = verify_file(path, wait=0)  # the lock is ours
        if not report.ok:
            raise VerificationError(
                f"{client} was not moved", report.findings[0].what, f"Run `docket verify {client}`"
            )
        head = Head(report.count, report.head)
        missing = hand_over_exhibits(source, client, target)
        _put(custody, target)
        _put(path, target)
        if source.journals.shared:
            source.journals.shared.backend.close_docket(path.name, head)
        for one in (custody, path):
            if one.exists():
                put_aside(one, source.clock(), "moved")
        sync_folder(path.parent)
    lost = f"{plural(len(missing), 'exhibit')} of {client} was missing, and is missing still."
    return MovedDocket(*head, (lost,) if missing else ())


def _put(path: Path, target: Workspace) -> None:
    """Put a journal in its place in another workspace."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return
    there = target.places.clients / path.name
    if target.journals.shared:
        target.journals.shared.backend.create(path.name, served_lines(raw))
    write_new(there, raw)
