"""Takes mails in: reads what came, passes over what is there, logs each with itself as exhibit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from typing import BinaryIO, Final, NamedTuple

from store.attach import note_added
from store.cited import read_cited
from store.claims import claiming
from store.entries import Entry
from store.intake.mail import Mail, read_mail
from store.intake.mail_entries import Proposed
from store.intake.mbox import mails_of
from store.workspace import Workspace

OBTAINED: Final = "the mail itself, with all its headers"


@dataclass(frozen=True, slots=True)
class Posted:
    """A mail that was read, the stream that holds it, and the SHA-256 and number of its bytes."""

    mail: Mail
    file: BufferedReader
    sha256: str
    size: int


class LoggedMails(NamedTuple):
    """The entries that were logged, in order, and what there is to tell beside."""

    entries: tuple[Entry, ...] = ()
    notices: tuple[str, ...] = ()


@contextmanager
def read_mails(workspace: Workspace, source: BinaryIO, label: str) -> Iterator[list[Posted]]:
    """Yield the mails in `source`, one or an mbox of them, which lie open until the block ends.

    Raises UsageError, naming `label`, if one of them is no mail.
    """
    with mails_of(source, workspace.root) as laid:
        posted = []
        for number, file in enumerate(laid.mails, start=1):
            named = f"Mail {number} of {label}" if len(laid.mails) > 1 else label
            mail = read_mail(file, named)
            file.seek(0)
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            posted.append(Posted(mail, file, sha256, file.tell()))
        yield posted


def already(workspace: Workspace, client: str, posted: Sequence[Posted]) -> dict[str, int]:
    """Return which mails are exhibits of entries that stand: hash to the number of the entry."""
    docket = workspace.docket(client)
    wanted = {one.sha256 for one in posted}
    found: dict[str, int] = {}
    for citation in read_cited(workspace.path(client)).citations:
        if citation.sha256 in wanted:
            standing = docket.find(citation.seq)
            if standing is not None and not standing.void:
                found.setdefault(citation.sha256, citation.seq)
    return found


def fresh(posted: Sequence[Posted], known: Mapping[str, int]) -> list[Posted]:
    """Return the mails that are not `known`, each once."""
    return list({one.sha256: one for one in posted if one.sha256 not in known}.values())


def log_mails(
    workspace: Workspace, proposed: Sequence[tuple[Proposed, Posted]], origins: Sequence[str]
) -> LoggedMails:
    """Keep each mail as an exhibit and log the entries in order of date, all or none.

    They are all of one client. `origins` say where mail and other exhibits came from, by path or
    in words. Raises DocketError where something cannot be kept or written.
    """
    if not proposed:
        return LoggedMails()
    client, drafts = proposed[0][0].draft.client, []
    with claiming(workspace.root, client) as exhibits:
        for one, posted in sorted(proposed, key=lambda pair: pair[0].draft.occurred_at):
            posted.file.seek(0)
            kept = exhibits.keep_stream(posted.file, one.exhibit_name)
            kept = kept.model_copy(update={"obtained": OBTAINED})
            drafts.append(one.draft.model_copy(update={"exhibits": (kept, *one.draft.exhibits)}))
        entries = workspace.append(client, drafts)
    notices = [told for entry in entries for told in note_added(workspace, entry, origins)]
    return LoggedMails(tuple(entries), tuple(notices))
