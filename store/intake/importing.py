"""Logs what was read: good lines on their dockets, in their order, and a reason for every other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from store.entries import Draft, Exhibit
from store.errors import DocketError, UsageError, plain_words
from store.evidence.attach import note_added
from store.evidence.exhibits import Exhibits
from store.files import making_folder, read_plain, sweep, write_within
from store.intake.lines import ReadLine
from store.journal import JournalMissingError
from store.journal.copy import copy_journal
from store.workspace import Workspace
from store.workspace.batch import COPY, put_in, tidy

_BATCH = 500
_TRIES = 5
_KEPT = "named in an import, kept here before"


@dataclass(slots=True)
class Brought:
    """What came of an import: how many entries were logged, and the bad lines by number.

    `new_clients` are those whose dockets it began; `failure` is why it stopped half-way, if so;
    `notices` are what there is to tell of the custody of exhibits, `last` is the number of the last
    line of each client that was logged or found bad.
    """

    logged: int = 0
    bad: list[tuple[int, str]] = field(default_factory=list)
    new_clients: list[str] = field(default_factory=list)
    failure: DocketError | None = None
    notices: list[str] = field(default_factory=list)
    last: dict[str, int] = field(default_factory=dict)


def bring(
    workspace: Workspace,
    lines: Iterable[ReadLine],
    *,
    new_clients: bool,
    came: Brought | None = None,
) -> Brought:
    """Log every good line; a client nobody knows is begun if `new_clients`, else its line is bad.

    Entries are appended many at a time, so many that no session waits long for its turn. Stops
    where nothing can be written. `came` is filled meanwhile, for whoever cuts it short.
    """
    tidy(workspace.root)
    return _Run(workspace, new_clients, came=came).all(lines)


def bring_all(
    workspace: Workspace, lines: Sequence[ReadLine], *, new_clients: bool, only_try: bool = False
) -> Brought:
    """Log every line or none, whatever happens meanwhile, and return what came of it; see `bring`.

    They are logged to copies of the dockets, which are then put in all together: a session that
    is killed before that has logged nothing, one that is killed after it is finished by the next.
    On a server they are tried on such copies first, and then those of each client go in together.
    With `only_try` that is all, and nothing is logged: what would be is returned.
    """
    tidy(workspace.root)
    for _ in range(_TRIES):
        came = _bring_all(workspace, lines, new_clients, only_try)
        if came is not None:
            return came
    raise DocketError("Nothing was imported", "other sessions are logging to it", "Try it again")


def _bring_all(
    workspace: Workspace, lines: Sequence[ReadLine], new_clients: bool, only_try: bool
) -> Brought | None:
    """Return what came of it; None, with nothing done, where another session logged meanwhile."""
    places, counts, sizes = workspace.places, dict[str, int](), dict[str, int]()
    try:
        sweep(places.batch)
        with making_folder(places.batch) as folder:
            copy = Workspace.create(folder / COPY, clock=workspace.clock)
            with suppress(FileNotFoundError):
                settings = read_plain(places.config)
                write_within(copy.places.config, settings)
            for client in sorted({line.draft.client for line in lines if line.draft}):
                with suppress(JournalMissingError):
                    report, _ = copy_journal(workspace.path(client), copy.path(client))
                    counts[client] = report.count
                    sizes[client] = copy.path(client).stat().st_size
            came = _Run(copy, new_clients, Exhibits(places.exhibits)).all(lines)
            if only_try:
                return came
            if came.bad or came.failure:
                return Brought(bad=came.bad, failure=came.failure)
            if workspace.journals.shared:
                return _Run(workspace, new_clients, batch=len(lines)).all(lines)
            for client in came.new_clients:
                sizes[client] = 0
            if not put_in(places.root, folder, sizes):
                return None
    except OSError as error:
        raise DocketError("Nothing was imported", *plain_words(error)) from error
    came.notices = [
        notice
        for client in sizes
        for entry in workspace.entries(client)[counts.get(client, 0) :]
        if entry.exhibits
        for notice in note_added(workspace, entry, [_KEPT] * len(entry.exhibits))
    ]
    return came


class _Run:
    """One import: entries that wait to be appended together, and what came of it so far."""

    def __init__(
        self,
        workspace: Workspace,
        new_clients: bool,
        exhibits: Exhibits | None = None,
        came: Brought | None = None,
        batch: int = _BATCH,
    ) -> None:
        self.workspace, self.batch = workspace, batch
        self.new_clients = new_clients
        self.exhibits = exhibits or Exhibits(workspace.places.exhibits)
        self.known = set(workspace.client_ids())
        self.waiting: dict[str, list[tuple[int, Draft]]] = {}
        self.came = came or Brought()
        self.theirs: dict[str, set[tuple[str, int]]] = {}

    def all(self, lines: Iterable[ReadLine]) -> Brought:
        """Log `lines` and return what came of it."""
        try:
            for line in lines:
                self._one(line)
            for client in list(self.waiting):
                self._append(client)
        except DocketError as error:
            self.came.failure = error
        self.came.bad.sort()
        return self.came

    def _one(self, line: ReadLine) -> None:
        if line.draft is None:
            self._refuse(line.number, line.problem)
            return
        draft = line.draft
        lost = [one.name for one in draft.exhibits if not self._kept(draft.client, one)]
        if draft.client not in self.known and not self.new_clients:
            self._refuse(line.number, f"there is no client {draft.client}")
        elif lost:
            self._refuse(line.number, f"no entry of {draft.client} has the exhibit {lost[0]}")
        else:
            self._log(line.number, draft)

    def _kept(self, client: str, exhibit: Exhibit) -> bool:
        """Whether the file is kept, and an entry of this very client has it: not one of others."""
        if client not in self.theirs:
            entries = self.workspace.entries(client) if client in self.known else ()
            self.theirs[client] = {(e.sha256, e.size) for one in entries for e in one.exhibits}
        named = (exhibit.sha256, exhibit.size) in self.theirs[client]
        return named and self.exhibits.path(exhibit.sha256).exists()

    def _log(self, number: int, draft: Draft) -> None:
        client = draft.client
        if client not in self.known:
            self._begin(draft)
        queue = self.waiting.setdefault(client, [])
        queue.append((number, draft))
        if len(queue) >= self.batch:
            self._append(client)

    def _begin(self, draft: Draft) -> None:
        profile = [] if draft.kind == "client" else [self._profile(draft.client)]
        self.workspace.new_client(draft.client, profile)
        self.known.add(draft.client)
        self.came.new_clients.append(draft.client)

    def _profile(self, client: str) -> Draft:
        return self.workspace.draft(client, "client", data={"name": client})

    def _append(self, client: str) -> None:
        """Append what waits for `client`; each line that does not go is a bad one."""
        queue, self.waiting[client] = self.waiting[client], []
        if not queue:
            return

        def refused(place: int, error: UsageError) -> None:
            bad[queue[place][0]] = f"{error.what}: {error.why}" if error.why else error.what

        bad: dict[int, str] = {}
        entries = self.workspace.append(client, [draft for _, draft in queue], refused)
        self.came.bad += bad.items()
        self.came.logged += len(entries)
        self.came.last[client] = queue[-1][0]
        for entry in entries:
            if entry.exhibits:
                origins = [_KEPT] * len(entry.exhibits)
                self.came.notices += note_added(self.workspace, entry, origins)

    def _refuse(self, number: int, problem: str) -> None:
        self.came.bad.append((number, problem))
