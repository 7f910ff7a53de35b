"""Takes mails in: reads what came, passes over what is there, logs each with itself as exhibit."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from typing import Any, BinaryIO, Final, NamedTuple

from store.docket import Standing
from store.entries import Entry, Exhibit
from store.errors import UsageError
from store.evidence.attach import note_added
from store.evidence.citations import read_cited
from store.evidence.exhibits import Exhibits
from store.evidence.holds import claiming, settle
from store.intake.mail import Mail, read_mail
from store.intake.mail_entries import Proposed, UndatedError, propose
from store.intake.mail_headers import short
from store.intake.mbox import mails_of
from store.stopping import piece_done, turn_to
from store.text import plural
from store.workspace import Workspace

_BLOCK: Final = 1 << 20
OBTAINED: Final = "the mail itself, with all its headers"


@dataclass(frozen=True, slots=True)
class Posted:
    """A mail that was read, the stream that holds it, and the SHA-256 and size of its bytes.

    `number` is its place in the file, from 1.
    """

    mail: Mail
    file: BufferedReader
    sha256: str
    size: int
    number: int = 1


class LoggedMails(NamedTuple):
    """The entries that were logged, in order, and what there is to tell beside."""

    entries: tuple[Entry, ...] = ()
    notices: tuple[str, ...] = ()


class UnreadMail(NamedTuple):
    """What is no mail, or cannot be logged as one, by its place in the file."""

    number: int
    error: UsageError


@dataclass(frozen=True, slots=True)
class Mailbox:
    """The mails of a file or a folder, those that are none, and how many lines may begin more."""

    posted: list[Posted]
    bad: list[UnreadMail]
    doubtful: int = 0

    @property
    def many(self) -> bool:
        """Whether there is more than one."""
        return len(self.posted) + len(self.bad) > 1

    def doubt(self) -> str:
        """Return what to tell of lines that may begin a mail, or nothing."""
        if not self.doubtful:
            return ""
        looks = "line looks" if self.doubtful == 1 else "lines look"
        count = plural(len(self.posted) + len(self.bad), "mail")
        return (
            f"{count}; {self.doubtful} more {looks} as if a mail began there, without headers "
            "below: see whether anything is missing."
        )


@contextmanager
def read_mails(
    workspace: Workspace, sources: Iterable[BinaryIO], label: str, skip: Collection[int] = ()
) -> Iterator[Mailbox]:
    """Yield the mails in `sources`, which lie open until the block ends, but for those to `skip`.

    They are counted from 1 over all sources. One mail that is none, of several, is among the bad;
    raises UsageError, naming `label`, if it is the only one.
    """
    settle(workspace.root)
    with mails_of(sources, workspace.root) as laid:
        box = Mailbox([], [], laid.doubtful)
        turn_to("Reading", len(laid.mails), "mails")
        for number, file in enumerate(laid.mails, start=1):
            piece_done()
            named = f"Mail {number} of {label}" if len(laid.mails) > 1 else label
            if number in skip:
                continue
            try:
                mail = read_mail(file, named)
            except UsageError as error:
                if len(laid.mails) == 1:
                    raise
                box.bad.append(UnreadMail(number, error))
                continue
            file.seek(0)
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            box.posted.append(Posted(mail, file, sha256, file.tell(), number))
        yield box


def proposed_of(
    workspace: Workspace, client: str, posted: Sequence[Posted], kind: str, **said: Any
) -> tuple[list[tuple[Proposed, Posted]], list[UnreadMail]]:
    """Return the entry that each mail makes, and those that cannot make one for want of a date.

    `said`: see `propose`. Raises UsageError as that does for anything else.
    """
    made, bad = [], []
    for one in posted:
        try:
            made.append((propose(workspace, client, one.mail, kind, **said), one))
        except UndatedError as error:
            bad.append(UnreadMail(one.number, error))
    return made, bad


def left_out(bad: Sequence[UnreadMail], label: str) -> UsageError:
    """Return the error that names the mails that cannot be logged, and how to go on without."""
    first = bad[0]
    others = f"; so are {', '.join(str(one.number) for one in bad[1:9])}" if bad[1:] else ""
    what = first.error.what.removeprefix(f"Mail {first.number} of {label} ").removeprefix("The ")
    skips = " ".join(f"--skip {one.number}" for one in bad[:9])
    return UsageError(
        f"Mail {first.number} of {label} cannot be logged{others}",
        f"{what}: {first.error.why}" if first.error.why else what,
        f"Nothing was logged. Leave it out with {skips}, or all such with --skip-bad",
    )


def already(workspace: Workspace, client: str, posted: Sequence[Posted]) -> dict[str, int]:
    """Return which mails are exhibits of entries that stand: hash to the number of the entry."""
    docket = workspace.docket(client)
    wanted = {one.sha256 for one in posted}
    found: dict[str, int] = {}
    for citation in read_cited(workspace.path(client)).citations:
        if citation.sha256 in wanted:
            standing = docket.find(citation.seq)
            if standing is not None and not standing.void and _itself(standing, citation.sha256):
                found.setdefault(citation.sha256, citation.seq)
    return found


def _itself(standing: Standing, sha256: str) -> bool:
    """Whether an entry has that exhibit as its own mail, not as a file that came with another."""
    kept = [one for one in standing.original.exhibits if one.sha256 == sha256]
    return not kept or any(one.derived_from is None for one in kept)


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
    client, drafts, where = proposed[0][0].draft.client, [], []
    turn_to("Keeping", len(proposed), "mails")
    with claiming(workspace.root, client) as exhibits:
        for one, posted in sorted(proposed, key=lambda pair: pair[0].draft.occurred_at):
            piece_done()
            posted.file.seek(0)
            kept = exhibits.keep_stream(posted.file, one.exhibit_name)
            kept = kept.model_copy(update={"obtained": OBTAINED})
            files = _attached(exhibits, one, posted)
            drafts.append(
                one.draft.model_copy(update={"exhibits": (kept, *files, *one.draft.exhibits)})
            )
            where.append([*origins[:1], *[f"in {one.exhibit_name}"] * len(files), *origins[1:]])
        entries = workspace.append(client, drafts)
    notices = [
        told
        for entry, origin in zip(entries, where, strict=True)
        for told in note_added(workspace, entry, origin[: len(entry.exhibits)])
    ]
    return LoggedMails(tuple(entries), tuple(notices))


def _attached(exhibits: Exhibits, one: Proposed, posted: Posted) -> list[Exhibit]:
    """Keep the files that came with a mail, each tied to the mail it was taken from."""
    mail, day = posted.mail, one.draft.day
    kept = []
    for file in (one for one in mail.files if one.size):
        found = exhibits.keep_stream(_Chunks(file.chunks()), file.file_name)
        if found.size and found.sha256 != posted.sha256:
            obtained = short(f"attached to the mail of {mail.sender}, {day}", 900)
            told = {"obtained": obtained, "derived_from": posted.sha256}
            kept.append(found.model_copy(update=told))
    return list({found.sha256: found for found in kept}.values())


class _Chunks(io.RawIOBase, BinaryIO):
    """A stream of pieces of bytes."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        super().__init__()
        self._chunks = chunks

    def read(self, size: int = -1, /) -> bytes:
        """Return the next pieces, about a block of them, whatever size is asked for."""
        taken = bytearray()
        for chunk in self._chunks:
            taken += chunk
            if len(taken) >= _BLOCK:
                break
        return bytes(taken)
