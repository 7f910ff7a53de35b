"""The folder that holds everything: one journal per client, the private file, drafts, config."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import cached_property, partial
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

from store.client_ids import free_id, is_id, meant_client
from store.dates import When, system_clock
from store.entries.words import PEEK
from store.errors import DocketError
from store.journal import Clock, JournalError, Line, random_id
from store.journal.chain import NOT_YET
from store.journal.protocol import Journal
from store.places import Places
from store.settings.config import Config, Settings, read_settings, set_texts
from store.workspace.draft import filled, parse_draft
from store.workspace.folder import begin, check_marker
from store.workspace.journals import Journals

if TYPE_CHECKING:
    from store.docket import Docket, Entries
    from store.docket.trial import Refused, Trial
    from store.drafts import Drafts
    from store.entries import Draft, Entry
    from store.entries.plain import Logged
    from store.private.file import PrivateFile


class Handle:
    """What was read of one docket; the same objects come back while nothing was added."""

    def __init__(
        self, client: str, file: Journal, root: Path, before: Callable[[], None] = lambda: None
    ) -> None:
        """Take whose it is; `before` is done before anything is read."""
        self.client = client
        self.file = file
        self._before = before
        self._root = root
        self._lock = RLock()  # a long docket is read in a thread
        self._entries: Entries | None = None
        self._docket: Docket | None = None
        self._trial: Trial | None = None

    def entries(self) -> Entries:
        """Return every entry in order of number; each is read when it is looked at."""
        from store.docket import Entries
        from store.index.outlines import Outlines

        self._before()
        with self._lock:
            known, kept = self._entries, Outlines(self._root)
            outline = None if known else kept.resumed(self.client, self.file)
            lines = self.file.lines
            if not lines.first:  # all of it was read, as nothing is kept that holds
                outline = None
            found = self._entries = known.caught_up(lines) if known else Entries(lines, outline)
            kept.keep(self.client, self.file, lambda: found.outline)
            return found

    def docket(self, today: date, settings: Settings) -> Docket:
        """Return the docket as of `today`, so that what it derived is not redone."""
        from store.docket.docket import Docket, go_on_from

        with self._lock:
            entries, kept = self.entries(), self._docket
            if kept is None or kept.entries is not entries or kept.today != today:
                usual = settings.config.policy.reply_days  # what is wrong in it is said elsewhere
                before, kept = kept, Docket.of(self.client, entries, today, usual)
                if before:
                    go_on_from(before, kept)
                self._docket = kept
            return kept

    @property
    def read(self) -> Docket | None:
        """The docket as it was read last."""
        return self._docket

    def append(
        self,
        drafts: list[Draft],
        now: datetime,
        docket: Callable[[], Docket],
        refused: Refused | None = None,
    ) -> list[Entry]:
        """Log `drafts` where none contradicts the `docket` of that moment.

        All or none; where `refused` is given, it is told of those that are not logged.
        """
        from store.docket import read_entry
        from store.docket.checks import check_alone, needs_docket
        from store.docket.trial import Trial

        if refused is None:
            for draft in drafts:
                check_alone(draft, now)
            if not any(map(needs_docket, drafts)):
                lines = self.file.append_many([draft.fields() for draft in drafts])
                return list(map(read_entry, lines))

        trial, self._trial = self._trial, None  # it has lines that are not written, if this fails

        def judge(made: Sequence[Line]) -> Iterable[dict[str, Any]]:
            # Under the lock of the file: another session may have logged the same just now.
            nonlocal trial
            known = docket()
            trial = trial.now(known) if trial else Trial(known)
            return trial.judged(drafts, made, now, refused)

        lines = self.file.append_many(judge)
        if all(line.seq < NOT_YET for line in lines):
            self._trial = trial
        return list(map(read_entry, lines))


class Workspace:
    """A workspace folder, mode 0700; every read and write of a docket goes through it."""

    def __init__(
        self, root: Path, *, clock: Clock = system_clock, entropy: Callable[[], str] = random_id
    ) -> None:
        self.root = root
        self.clock = clock
        self.entropy = entropy
        self.places = Places(root)
        self.discreet = False  # whether somebody looks along: store/docket/discretion.py
        self.journals = Journals(self.places, clock, entropy)
        self._handles: dict[str, Handle] = {}
        self.skipped: dict[str, JournalError] = {}  # what `find` and `dockets` passed over

    @classmethod
    def open(cls, root: Path, *, clock: Clock = system_clock, at_once: bool = True) -> Workspace:
        """Open the workspace at `root`; DocketError if there is none, or a newer Docket made it."""
        opened = cls(root, clock=clock)
        opened.journals.bring_from(check_marker(root), opened, at_once=at_once)
        return opened

    @classmethod
    def create(
        cls, root: Path, *, clock: Clock = system_clock, entropy: Callable[[], str] = random_id
    ) -> Workspace:
        """Make a workspace at `root`, or open the one that is there.

        `entropy` gives 32 hex digits at a time for ids and seeds; only the sample replaces it.
        """
        if Places(root).marker.exists():
            return cls.open(root, clock=clock)
        begin(root)
        return cls(root, clock=clock, entropy=entropy)

    @cached_property
    def private(self) -> PrivateFile:
        """Check-ins, gut answers and decisions."""
        from store.private.file import PrivateFile

        return PrivateFile(self.places.private)

    @cached_property
    def settings(self) -> Settings:
        """What `config.toml` says, whatever is wrong with it."""
        return read_settings(self.places.config)

    @property
    def config(self) -> Config:
        """The user's settings; DocketError where one is wrong."""
        return self.settings.checked()

    def set_texts(self, texts: Mapping[str, str]) -> None:
        """Set texts of the config, such as `author`; see `store.settings.config.set_texts`."""
        set_texts(self.places.config, texts)
        for kept in ("settings", "author"):
            vars(self).pop(kept, None)

    @cached_property
    def drafts(self) -> Drafts:
        """What was typed and not yet logged, as this session sees it."""
        from store.drafts import Drafts

        return Drafts(self.places.drafts)

    @cached_property
    def author(self) -> str:
        """Who writes: the configured author, else the login name."""
        return self.config.author or os.environ.get("USER") or os.environ.get("LOGNAME") or "me"

    def client_ids(self) -> list[str]:
        """Return the ids of all clients, in order."""
        self.journals.bring()
        try:
            names = [path.stem for path in self.places.dockets()]
        except OSError as error:
            raise DocketError(
                "The clients folder cannot be read", error.strerror or str(error), "Check it"
            ) from error
        return sorted(name for name in names if is_id(name))

    def path(self, client: str) -> Path:
        """Return where the docket of `client` lies."""
        return self.places.docket(client)

    def _handle(self, client: str) -> Handle:
        if client not in self._handles:
            file = self.journals.open(self.path(client), peek=PEEK)
            self._handles.setdefault(client, Handle(client, file, self.root, self.journals.bring))
        return self._handles[client]

    def file(self, client: str) -> Journal:
        """Return the journal of `client`: what its docket is read from and appended to."""
        self.journals.bring()
        return self._handle(client).file

    def find(self, text: str) -> str:
        """Return the id of the client meant by `text`: the id, or any unambiguous part of a name.

        Raises UsageError if none or several fit.
        """
        if is_id(text) and self.path(text).exists():
            return text
        from store.index.names import client_names

        return meant_client(text, client_names(self.root, self.client_ids(), self.readable))

    def new_id(self, name: str, wanted: str = "") -> str:
        """Return a free id for a client called `name`, or check the one that is `wanted`."""
        return free_id(name, wanted, self.client_ids())

    def new_client(self, client: str, drafts: Sequence[Draft]) -> list[Entry]:
        """Start the docket `client` with its first entries, or leave no trace of it."""
        from store.docket import Docket
        from store.docket.trial import Trial

        now = self.clock()
        nothing = Docket.of(client, (), now.date())
        self.finish_import()
        begun = self.journals.begin(
            self.path(client),
            peek=PEEK,
            first=lambda made: Trial(nothing).judged(drafts, made, now),
        )
        # There may have been a client of this name, since erased.
        self._handles[client] = Handle(client, begun, self.root)
        return list(self.entries(client))

    def draft(self, client: str, kind: str, statement: str = "", **fields: Any) -> Draft:
        """Return a draft with author, zone and the present moment filled in; UsageError if wrong.

        `fields` are those of Draft; `data` is a mapping that fits the kind. All that is logged is
        said so, whoever says it: this, `enter` and `add_client` are the one way in.
        """
        return parse_draft(self._meant(client, kind, statement, fields))

    def _meant(
        self, client: str, kind: str, statement: str, fields: dict[str, Any]
    ) -> dict[str, Any]:
        """Return the fields of a draft, not checked yet."""
        told = {"client": client, "kind": kind, "statement": statement, "author": self.author}
        return filled(told, self.journals.named(client, fields), self.clock())

    def finish_import(self) -> None:
        """Put in what a session that was cut short has left of a strict import."""
        if os.path.lexists(self.places.batch):
            from store.workspace.batch import finish

            finish(self.root)

    def _settle(self) -> None:
        """Let nothing be half put in, or wait, before what is appended now."""
        with suppress(DocketError):  # if the disk is full, appending says so too
            self.finish_import()
            self.journals.deliver(self)

    def append(
        self, client: str, drafts: Iterable[Draft], refused: Refused | None = None
    ) -> list[Entry]:
        """Log `drafts` on the docket of `client`, all or none; acknowledged once on disk.

        Raises UsageError where an entry contradicts the docket, JournalError where it cannot be
        written. Where `refused` is given, it is told of what contradicts it; the rest is logged.
        """
        self._settle()
        drafts = self.journals.ready(self, client, drafts)
        known = partial(self.docket, client)
        return self._handle(client).append(drafts, self.clock(), known, refused)

    def log(self, draft: Draft) -> Entry:
        """Log one draft on its client's docket."""
        return self.append(draft.client, [draft])[0]

    def enter(self, client: str, kind: str, statement: str = "", **fields: Any) -> Entry:
        """Log what is meant, said as for `draft`."""
        return self.log(self.draft(client, kind, statement, **fields))

    def enter_plain(
        self, client: str, kind: str, statement: str = "", **fields: Any
    ) -> Entry | Logged:
        """Log what is meant as `enter` does, without loading the models where it can do so."""
        from store.entries.plain import Logged

        ready = self.prepared(client, kind, statement, **fields)
        if not isinstance(ready, dict):
            return self.log(ready)
        self._settle()
        line = self._handle(client).file.append(ready)
        return Logged.read(line.seq, line.fields)

    def prepared(
        self, client: str, kind: str, statement: str, **fields: Any
    ) -> Draft | dict[str, Any]:
        """Return what is meant as `draft` does, or as the journal takes it where that is plain."""
        from store.entries.plain import plain_fields

        meant = self._meant(client, kind, statement, fields)
        return plain_fields(meant, self.clock()) or parse_draft(meant)

    def add_client(
        self,
        client: str,
        profile: Mapping[str, Any],
        terms: Mapping[str, Any],
        when: When | None = None,
    ) -> list[Entry]:
        """Start the docket `client` with who they are, and with what was agreed if anything was."""
        at, precision = (when.at, when.precision) if when else (None, None)
        told = {"client": profile} | ({"terms": terms} if terms else {})
        drafts = [
            self.draft(client, kind, data=data, occurred_at=at, precision=precision)
            for kind, data in told.items()
        ]
        return self.new_client(client, drafts)

    def entries(self, client: str) -> Entries:
        """Return every entry of `client`, caught up with other sessions; see `Handle`."""
        return self._handle(client).entries()

    @property
    def today(self) -> date:
        """The day by the clock."""
        return self.clock().date()

    def docket(self, client: str, today: date | None = None) -> Docket:
        """Return the docket of `client` as of `today`, by default the clock's day."""
        return self._handle(client).docket(today or self.today, self.settings)

    def at_hand(self, client: str) -> Docket | None:
        """Return the docket of `client` as it was read last; None where it was not yet."""
        return self._handles[client].read if client in self._handles else None

    def currency(self, client: str) -> str:
        """Return the currency agreed with `client`, else the configured one."""
        return self.docket(client).terms.currency or self.config.currency

    def dockets(self, today: date | None = None) -> list[Docket]:
        """Return every client's docket that can be read; `skipped` says why others cannot."""
        return list(filter(None, (self.readable(client, today) for client in self.client_ids())))

    def readable(self, client: str, today: date | None = None) -> Docket | None:
        """Return the docket of `client`, or None, with the reason in `skipped`."""
        try:
            docket = self.docket(client, today)
        except JournalError as error:
            self.skipped[client] = error
            return None
        self.skipped.pop(client, None)
        return docket
