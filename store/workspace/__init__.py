"""The folder that holds everything: one journal per client, the private file, drafts, config."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

from store.client_ids import free_id, is_id, meant
from store.dates import Clock, system_clock, zone_name
from store.entries.words import PEEK, WRITTEN
from store.errors import DocketError, UsageError
from store.files import json_of, make_folder, name_in_making, read_plain, remove_left, write_atomic
from store.journal import JournalError, JournalFile, random_id
from store.settings.config import Config, load_config, set_texts
from store.tone.settlement import begins_as

if TYPE_CHECKING:  # models, TinyDB and what stands on them load when a method needs them
    from store.docket import Docket, Entries
    from store.drafts import Drafts
    from store.entries import Draft, Entry
    from store.entries.plain import Logged
    from store.private.file import PrivateFile


_BEFORE = frozenset({"config.toml", ".config.toml.lock"})
"""What may lie in a folder that becomes a workspace: settings that were made first."""


class Workspace:
    """A workspace folder, mode 0700; every read and write of a docket goes through it."""

    def __init__(
        self, root: Path, *, clock: Clock = system_clock, entropy: Callable[[], str] = random_id
    ) -> None:
        self.root = root
        self.clock = clock
        self.entropy = entropy
        self._files: dict[str, JournalFile] = {}
        self._entries: dict[str, Entries] = {}
        self._locks: dict[str, RLock] = {}  # per client: a long docket is read in a thread
        self._dockets: dict[str, Docket] = {}
        # What `find` and `dockets` passed over, and why.
        self.skipped: dict[str, JournalError] = {}

    @classmethod
    def open(cls, root: Path, *, clock: Clock = system_clock) -> Workspace:
        """Open the workspace at `root`; DocketError if there is none, or a newer Docket made it."""
        check_marker(root)
        return cls(root, clock=clock)

    @classmethod
    def create(
        cls, root: Path, *, clock: Clock = system_clock, entropy: Callable[[], str] = random_id
    ) -> Workspace:
        """Make a workspace at `root`, or open the one that is there.

        `entropy` gives 32 hex digits at a time for ids and seeds; only the sample replaces it.
        """
        if (root / "workspace.json").exists():
            return cls.open(root, clock=clock)
        try:
            make_folder(root)
            if any(path.name not in _BEFORE for path in root.iterdir()):
                raise DocketError(
                    f"{root} is not empty", "a workspace gets a folder of its own", "Name another"
                )
            root.chmod(0o700)
            (root / "clients").mkdir(mode=0o700)
        except OSError as error:
            raise DocketError(
                f"No workspace can be made at {root}",
                error.strerror or str(error),
                "Choose another folder with --workspace",
            ) from error
        write_marker(root)
        return cls(root, clock=clock, entropy=entropy)

    @cached_property
    def private(self) -> PrivateFile:
        """Check-ins, gut answers and decisions."""
        from store.private.file import PrivateFile

        return PrivateFile(self.root / "private.json")

    @cached_property
    def config(self) -> Config:
        """The user's settings."""
        return load_config(self.root / "config.toml")

    def set_texts(self, texts: Mapping[str, str]) -> None:
        """Set texts of the config, such as `author`; see `store.settings.config.set_texts`."""
        set_texts(self.root / "config.toml", texts)
        for kept in ("config", "author"):
            vars(self).pop(kept, None)

    @cached_property
    def drafts(self) -> Drafts:
        """What was typed and not yet logged, as this session sees it."""
        from store.drafts import Drafts

        return Drafts(self.root / "drafts")

    @cached_property
    def author(self) -> str:
        """Who writes: the configured author, else the login name."""
        return self.config.author or os.environ.get("USER") or os.environ.get("LOGNAME") or "me"

    def client_ids(self) -> list[str]:
        """Return the ids of all clients, in order."""
        try:
            names = [path.stem for path in (self.root / "clients").glob("*.jsonl")]
        except OSError as error:
            raise DocketError(
                "The clients folder cannot be read", error.strerror or str(error), "Check it"
            ) from error
        return sorted(name for name in names if is_id(name))

    def path(self, client: str) -> Path:
        """Return where the docket of `client` lies."""
        return self.root / "clients" / f"{client}.jsonl"

    def file(self, client: str) -> JournalFile:
        """Return the journal of `client`: what its docket is read from and appended to."""
        if client not in self._files:
            opened = JournalFile(self.path(client), clock=self.clock, peek=PEEK)
            self._files.setdefault(client, opened)
        return self._files[client]

    def find(self, text: str) -> str:
        """Return the id of the client meant by `text`: the id, or any unambiguous part of a name.

        Raises UsageError if none or several fit.
        """
        if is_id(text) and self.path(text).exists():
            return text
        from store.index.names import NameIndex

        index = NameIndex(self.root)
        names = index.names(self.client_ids())
        for client in [client for client, name in names.items() if name is None]:
            if docket := self.readable(client):
                names[client] = docket.name
                index.learn(client, docket.name)
        index.save()
        return meant(text, names)

    def new_id(self, name: str, wanted: str = "") -> str:
        """Return a free id for a client called `name`, or check the one that is `wanted`."""
        return free_id(name, wanted, self.client_ids())

    def new_client(self, client: str, drafts: Sequence[Draft]) -> list[Entry]:
        """Start the docket `client` with its first entries, or leave no trace of it."""
        from store.docket import Docket
        from store.docket.checks import check_alone
        from store.docket.trial import judged

        now = self.clock()
        for draft in drafts:
            check_alone(draft, now)
        nothing = Docket.of(client, (), now.date())
        self.finish_import()
        with self._reading(client):
            begun = JournalFile.create(
                self.path(client),
                clock=self.clock,
                new_id=self.entropy,
                new_seed=self.entropy,
                peek=PEEK,
                first=lambda made: judged(nothing, drafts, made, now),
            )
            # There may have been a client of this name, since erased.
            self._entries.pop(client, None)
            self._dockets.pop(client, None)
            self._files[client] = begun
            return list(self.entries(client))

    def draft(self, client: str, kind: str, statement: str = "", **fields: Any) -> Draft:
        """Return a draft with author, zone and the present moment filled in; UsageError if wrong.

        `fields` are those of Draft; `data` is a mapping that fits the kind.
        """
        return parse_draft(self.filled(client, kind, statement, **fields))

    def filled(self, client: str, kind: str, statement: str = "", **fields: Any) -> dict[str, Any]:
        """Return the fields of a draft, not checked yet: see `draft`."""
        if fields.get("occurred_at") is None:
            fields |= {"occurred_at": self.clock(), "precision": "minute"}
        if fields.get("source") is None and fields.get("channel") in WRITTEN:
            fields["source"] = "message"
        if fields.get("visibility") is None:
            fields["visibility"] = begins_as(kind, _said(statement, fields.get("quotes")))
        return {
            "client": client,
            "kind": kind,
            "statement": statement,
            "author": self.author,
            "zone": zone_name(),
            **{name: value for name, value in fields.items() if value is not None},
        }

    def finish_import(self) -> None:
        """Put in what a session that was cut short has left of a strict import."""
        if os.path.lexists(self.root / "importing"):
            from store.workspace.batch import finish

            finish(self.root)

    def tidy(self) -> None:
        """Finish or remove what sessions cut short have left among the dockets."""
        self.finish_import()
        for made in (self.root / "clients").glob(".*.tmp"):
            if name_in_making(made):
                remove_left(made)

    def _settled(self, client: str) -> JournalFile:
        """Return the file to append to, once no import is half put in before it."""
        with suppress(DocketError):  # if the disk is full, appending says so too
            self.finish_import()
        return self.file(client)

    def append(self, client: str, drafts: Iterable[Draft]) -> list[Entry]:
        """Log `drafts` on the docket of `client`, all or none; acknowledged once on disk.

        Raises UsageError where an entry contradicts the docket, JournalError where it cannot be
        written.
        """
        from store.docket import read_entry
        from store.docket.checks import check_alone, needs_docket
        from store.docket.trial import judged

        wanted, now = list(drafts), self.clock()
        for draft in wanted:
            check_alone(draft, now)
        if any(map(needs_docket, wanted)):
            # Under the lock of the file: another session may have logged the same just now.
            lines = self._settled(client).append_many(
                lambda made: judged(self.docket(client), wanted, made, now)
            )
        else:
            lines = self._settled(client).append_many([draft.fields() for draft in wanted])
        return [read_entry(line) for line in lines]

    def log(self, draft: Draft) -> Entry:
        """Log one draft on its client's docket."""
        return self.append(draft.client, [draft])[0]

    def log_plain(self, filled: Mapping[str, Any]) -> Logged | None:
        """Log a plain entry without loading the models, which takes longer than logging it.

        It writes and refuses what `log` of a draft of the same fields does. Returns None, with
        nothing logged, where only `log` can tell.
        """
        from store.entries.plain import Logged, plain_fields, says_nothing

        fields = plain_fields(filled)
        ahead = filled["occurred_at"] > self.clock()
        if fields is None or ahead or says_nothing(fields):
            return None
        line = self._settled(filled["client"]).append(fields)
        return Logged.read(line.seq, line.fields)

    def _reading(self, client: str) -> RLock:
        return self._locks.setdefault(client, RLock())

    def entries(self, client: str) -> Entries:
        """Return every entry of `client` in order of number, caught up with other sessions.

        The same object comes back while nothing was added; each is read when it is looked at.
        """
        from store.docket import Entries

        with self._reading(client):
            lines = self.file(client).lines
            known = self._entries.get(client)
            found = known.caught_up(lines) if known else Entries(lines)
            self._entries[client] = found
            return found

    def docket(self, client: str, today: date | None = None) -> Docket:
        """Return the docket of `client` as of `today`, by default the clock's day.

        The same object comes back while nothing was added, so what it derived is not redone.
        """
        from store.docket import Docket

        day = today or self.clock().date()
        with self._reading(client):
            entries = self.entries(client)
            kept = self._dockets.get(client)
            if kept is None or kept.entries is not entries or kept.today != day:
                kept = Docket.of(client, entries, day, self._reply_days)
                self._dockets[client] = kept
            return kept

    @property
    def _reply_days(self) -> int:
        try:
            return self.config.policy.reply_days
        except DocketError:  # a wrong setting is said where settings are used, not on every look
            return Config().policy.reply_days

    def currency(self, client: str) -> str:
        """Return the currency agreed with `client`, else the configured one."""
        return self.docket(client).terms.currency or self.config.currency

    def dockets(self, today: date | None = None) -> list[Docket]:
        """Return every client's docket that can be read; `skipped` says why others cannot."""
        found = [self.readable(client, today) for client in self.client_ids()]
        return [docket for docket in found if docket]

    def readable(self, client: str, today: date | None = None) -> Docket | None:
        """Return the docket of `client`, or None, with the reason in `skipped`."""
        try:
            docket = self.docket(client, today)
        except JournalError as error:
            self.skipped[client] = error
            return None
        self.skipped.pop(client, None)
        return docket


def _said(statement: object, quotes: object) -> list[str]:
    """Return the texts of an entry that is not checked yet, whatever stands in their place."""
    told = [statement]
    if isinstance(quotes, list | tuple):
        told += [one.get("text") if isinstance(one, Mapping) else None for one in quotes]
    return [text for text in told if isinstance(text, str)]


def parse_draft(fields: Mapping[str, Any]) -> Draft:
    """Return the draft in `fields`, or raise UsageError saying what is wrong with it."""
    from pydantic import ValidationError

    from store.entries import Draft, draft_problems

    if fields.get("visibility") is None:
        kind, said = str(fields.get("kind")), _said(fields.get("statement"), fields.get("quotes"))
        fields = {**fields, "visibility": begins_as(kind, said)}
    try:
        return Draft.model_validate(fields)
    except ValidationError as error:
        raise UsageError("That entry is not right", draft_problems(error), "") from None


FORMAT = 1
_LONGEST = 1 << 20  # bytes


def check_marker(root: Path) -> None:
    """Raise DocketError if `root` is no workspace, or one that a newer Docket made."""
    marker = root / "workspace.json"
    try:
        content = json_of(read_plain(marker, _LONGEST))
        version = content["format"]
    except FileNotFoundError:
        raise DocketError(
            f"There is no workspace at {root}", "", "`docket new NAME` makes one"
        ) from None
    except OSError as error:
        raise DocketError(
            f"The workspace {root} cannot be read",
            error.strerror or str(error),
            "Check who owns the folder",
        ) from error
    except (ValueError, KeyError, TypeError):
        raise DocketError(
            f"{marker} is damaged",
            "it does not say which format the workspace has",
            f'Dockets are whole; put back {{"format": {FORMAT}}} there',
        ) from None
    if not isinstance(version, int) or version > FORMAT:
        raise DocketError(
            f"The workspace {root} has format {version}",
            f"this Docket reads up to {FORMAT}",
            "Update Docket, then try again",
        )


def write_marker(root: Path) -> None:
    """Make `root` a workspace of this format."""
    write_atomic(root / "workspace.json", json.dumps({"format": FORMAT}).encode() + b"\n")
