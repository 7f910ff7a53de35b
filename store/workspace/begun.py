"""Dockets that were begun here while there was no line: sent to the server, or called otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, Protocol

from store.client_ids import free_id
from store.errors import DocketError, UsageError
from store.files import sync_folder
from store.journal import JournalFile, Line
from store.journal.drafts import RESERVED, TypedBefore
from store.journal.errors import NotKnownError, ServerAwayError
from store.journal.lock import locked_journal
from store.journal.outbox import Begun, Outbox
from store.journal.protocol import Journal
from store.journal.shared import Shared, SharedJournal, put_aside
from store.places import CUSTODY
from store.text import plural

if TYPE_CHECKING:
    from pathlib import Path

    from store.docket import Docket
    from store.drafts import Drafts
    from store.journal import Clock
    from store.places import Places
    from store.private.file import PrivateFile

_ELSE: Final = (
    "`docket server send {0} --as ID` sends it under another id, `docket erase {0}` drops it"
)


class Dockets(Protocol):
    """What is asked of a workspace to send what is its."""

    clock: Clock
    places: Places
    journals: Any

    @property
    def drafts(self) -> Drafts:
        """What was typed and not logged."""

    @property
    def private(self) -> PrivateFile:
        """Check-ins, gut answers and decisions."""

    def client_ids(self) -> list[str]:
        """Return the ids of all clients."""

    def path(self, client: str) -> Path:
        """Return where the docket of `client` lies."""

    def file(self, client: str) -> Journal:
        """Return its journal."""

    def docket(self, client: str) -> Docket:
        """Return it as of the clock's day."""


def send_begun(dockets: Dockets, shared: Shared, outbox: Outbox, one: Begun) -> str:
    """Put a docket that was begun here on the server, byte for byte; return what to say of it.

    From the first try on nothing is added to it here, so that there are never two of it, and it
    is known there by its first line, which no other has. UsageError where it is refused.
    """
    client, path = one.client, dockets.path(one.client)
    if not path.exists():  # it was never whole
        outbox.arrived(client)
        return ""
    docket = shared.open(path)
    try:
        _give(docket, outbox, one)
        if (custody := path.with_suffix(CUSTODY)).exists():
            shared.open(custody).give()
    except (ServerAwayError, NotKnownError):
        raise
    except DocketError as error:
        why = f"{error.what}: {error.why}" if error.why else error.what
        refused = Begun(client, why=why, remedy=_ELSE.format(client))
        outbox.begin(refused)
        raise UsageError(f"{client} is not on the server", why, refused.remedy) from error
    for sha256 in _exhibits(docket):
        with suppress(FileNotFoundError):  # that it is missing is said where it is looked for
            shared.send(client, dockets.places.exhibits / sha256)
    outbox.arrived(client)
    return f"{client} is on the server now, with {plural(docket.head.count, 'entry', 'entries')}."


def _give(docket: SharedJournal, outbox: Outbox, one: Begun) -> None:
    try:
        docket.give(lambda: outbox.begin(Begun(one.client, sent=True)))
    except ServerAwayError:
        if not one.sent:  # it is known that the server has nothing of it
            outbox.begin(Begun(one.client))
        raise


def send_as(dockets: Dockets, client: str, wanted: str) -> str:
    """Let a docket that was begun here have another id, and return what to say.

    Its entries keep their ids and numbers, and say when they were typed. UsageError where it was
    not begun here, or may be on the server already.
    """
    outbox: Outbox | None = dockets.journals.outbox
    path, one = dockets.path(client), outbox.begun.get(client) if outbox else None
    if outbox is None or one is None or one.sent or not path.exists():
        raise UsageError(
            f"{client} keeps its id", "it was not begun here, or is on the server", "Choose another"
        )
    new = free_id(client, wanted, dockets.client_ids())
    with locked_journal(path):
        outbox.begin(Begun(new))
        for old in (path.with_suffix(CUSTODY), path):
            if old.exists():
                _chain_anew(old, new, dockets.clock)
        dockets.private.call_otherwise(client, new)
        for old in (path.with_suffix(CUSTODY), path):
            if old.exists():
                put_aside(old, dockets.clock(), "renamed")
        sync_folder(path.parent)
        outbox.arrived(client)
    return f"{client} is called {new} now"


def _chain_anew(path: Path, client: str, clock: Clock) -> None:
    """Begin a journal of another client with all that one holds."""
    typed = [_typed(line, client) for line in JournalFile(path).lines]
    JournalFile.create(path.with_stem(client), clock=clock, first=lambda _: typed)


def _typed(line: Line, client: str) -> TypedBefore:
    """Return a line as it is chained anew: with its id, and when it was typed."""
    said = {name: told for name, told in line.fields.items() if name not in RESERVED}
    said |= {"client": client} if "client" in said else {}
    at = str(line.fields.get("typed_at") or line.fields["recorded_at"])
    return TypedBefore(str(line.fields["id"]), at, said)


def _exhibits(file: Journal) -> Iterator[str]:
    """Yield the exhibits that entries name."""
    for line in file.lines:
        yield from (one["sha256"] for one in line.fields.get("exhibits", ()))
