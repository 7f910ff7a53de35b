"""Reads what is typed in quick capture against a workspace: what it says, could say, and costs."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final

from store.capture.completion import Completions, Knowledge, offer
from store.capture.read import client_meant, read_capture
from store.capture.reading import NEW_CLIENT, Reading
from store.capture.typed import LineHistory
from store.docket import Docket
from store.docket.discretion import docket_shown
from store.entries import KINDS
from store.errors import DocketError
from store.playbook.guards import question
from store.tone.implied import implied
from store.workspace import Workspace

if TYPE_CHECKING:
    from store.index.summary import Summary

_MANY: Final = 1_000
"""Entries from which on the books of a docket are not made while somebody types."""


@dataclass(frozen=True, slots=True)
class Backdrop:
    """What a line is read against: the clients, how they stand, and what was logged before.

    Dockets of `unread` clients are left alone.
    """

    names: Mapping[str, str]
    current: str | None = None
    unread: Container[str] = ()
    standing: Mapping[str, Summary] = field(default_factory=dict)
    history: LineHistory = field(default_factory=LineHistory)


class LineReader:
    """Reads a text at every key; `reading` is what the last one says."""

    def __init__(self, workspace: Workspace, known: Backdrop) -> None:
        self.workspace = workspace
        self.known = known
        self.reading = Reading(known.current, None)
        self._asked_before = ""
        self.lacks: Docket | None = None
        """The docket that is meant, where its books are to be made first, which takes a while."""

    @property
    def name(self) -> str:
        """The name of the client that is meant."""
        return self.known.names.get(self.reading.client or "", "")

    @property
    def private(self) -> bool:
        """Whether it is not for others to see, should they look at what was typed before."""
        return self.reading.kind == NEW_CLIENT or self.reading.visibility == "internal"

    def read(self, text: str) -> Reading:
        """Return what `text` says."""
        config = self.workspace.config
        self.reading = read_capture(
            text,
            clients=self.known.names,
            now=self._now(),
            current=self.known.current,
            docket=self._docket(text.partition("\n")[0]),
            currency=config.currency,
            own=config.kinds,
        )
        return self.reading

    def offer(self, head: str, *, asked: bool = False) -> Completions:
        """Return what the last word of `head` could be."""
        known = Knowledge(
            self.known.names,
            self._now(),
            self.known.current,
            self._docket(head),
            self.workspace.config.kinds,
        )
        return offer(head, known, asked=asked)

    def implied(self, more: str) -> str:
        """Ask about what the words say and the kind does not; only the user can say so."""
        read = self.reading
        if read.kind not in KINDS or not read.complete or self.workspace.discreet:
            return ""
        texts = [read.statement, more, *read.quotes]
        found = implied(read.kind, KINDS[read.kind].group, texts)
        return f". {found.question} Then its kind is {found.kind}" if found else ""

    def guard(self) -> str:
        """Return what is to be asked before it is logged, and was not asked yet on this line."""
        read = self.reading
        if read.data.get("by") == "me":
            return ""
        summary = self.known.standing.get(read.client or "")
        spent = read.data.get("spent", "work")
        owing = summary and summary.owing
        asked = question(read.kind or "", owing, self._now().date(), read.statement, spent)
        before, self._asked_before = self._asked_before, asked
        return asked if asked != before else ""

    def _docket(self, line: str) -> Docket | None:
        own = self.workspace.config.kinds
        client, _, _ = client_meant(line, self.known.names, self.known.current, own)
        self.lacks = None
        if client is None or client in self.known.unread:
            return None
        try:
            found = docket_shown(self.workspace, client)
        except DocketError:  # said once it is to be saved; until then typing goes on
            return None
        if found is not self.workspace.at_hand(client) or len(found.entries) < _MANY:
            return found
        self.lacks = None if "ledger" in vars(found) else found
        return None if self.lacks else found

    def _now(self) -> datetime:
        return self.workspace.clock()
