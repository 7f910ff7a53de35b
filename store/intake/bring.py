"""Logs what was read: good lines on their dockets, in their order, and a reason for every other."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from store.attach import note_added
from store.docket.checks import needs_docket
from store.entries import Draft
from store.errors import DocketError, UsageError
from store.exhibits import Exhibits
from store.files import making_folder, sweep
from store.intake.lines import ReadLine
from store.workspace import Workspace

_BATCH = 500
_KEPT = "named in an import, kept here before"


@dataclass(slots=True)
class Brought:
    """What came of an import: how many entries were logged, and the bad lines by number.

    `new_clients` are those whose dockets it began; `failure` is why it stopped half-way, if so;
    `notices` are what there is to tell of the custody of exhibits.
    """

    logged: int = 0
    bad: list[tuple[int, str]] = field(default_factory=list)
    new_clients: list[str] = field(default_factory=list)
    failure: DocketError | None = None
    notices: list[str] = field(default_factory=list)


def bring(workspace: Workspace, lines: Iterable[ReadLine], *, new_clients: bool) -> Brought:
    """Log every good line; a client nobody knows is begun if `new_clients`, else its line is bad.

    Entries that stand by themselves and invoices are appended many at a time, those that lean on
    others one by one, so that no session waits long for its turn. Stops where nothing can be
    written.
    """
    return _Run(workspace, new_clients).all(lines)


def rehearse(workspace: Workspace, lines: Sequence[ReadLine], *, new_clients: bool) -> Brought:
    """Do what `bring` would do on a copy that is thrown away, and return what would come of it."""
    sweep(workspace.root / "rehearsal")
    with making_folder(workspace.root / "rehearsal") as folder:
        copy = Workspace.create(folder / "copy", clock=workspace.clock)
        for client in {line.draft.client for line in lines if line.draft}:
            with suppress(FileNotFoundError):
                shutil.copyfile(workspace.path(client), copy.path(client))
        return _Run(copy, new_clients, Exhibits(workspace.root / "exhibits")).all(lines)


class _Run:
    """One import: entries that wait to be appended together, and what came of it so far."""

    def __init__(
        self, workspace: Workspace, new_clients: bool, exhibits: Exhibits | None = None
    ) -> None:
        self.workspace = workspace
        self.new_clients = new_clients
        self.exhibits = exhibits or Exhibits(workspace.root / "exhibits")
        self.known = set(workspace.client_ids())
        self.waiting: dict[str, list[tuple[int, Draft]]] = {}
        self.came = Brought()

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
        lost = [one.name for one in draft.exhibits if not self.exhibits.path(one.sha256).exists()]
        if draft.client not in self.known and not self.new_clients:
            self._refuse(line.number, f"there is no client {draft.client}")
        elif lost:
            self._refuse(line.number, f"the workspace has no exhibit {lost[0]}")
        else:
            self._log(line.number, draft)

    def _log(self, number: int, draft: Draft) -> None:
        client = draft.client
        if client not in self.known:
            self._begin(draft)
        queue = self.waiting.setdefault(client, [])
        leans = needs_docket(draft) and (draft.kind != "invoice" or bool(draft.links))
        if leans:
            self._append(client)
        queue.append((number, draft))
        if leans or len(queue) >= _BATCH:
            self._append(client)

    def _begin(self, draft: Draft) -> None:
        profile = [] if draft.kind == "client" else [self._profile(draft.client)]
        self.workspace.new_client(draft.client, profile)
        self.known.add(draft.client)
        self.came.new_clients.append(draft.client)

    def _profile(self, client: str) -> Draft:
        return self.workspace.draft(client, "client", data={"name": client})

    def _append(self, client: str) -> None:
        """Append what waits for `client`."""
        queue, self.waiting[client][:] = list(self.waiting[client]), []
        if queue:
            self._write(client, queue)

    def _write(self, client: str, queue: Sequence[tuple[int, Draft]]) -> None:
        """Append these; where not all can go together, each half by itself, to the bad ones."""
        try:
            entries = self.workspace.append(client, [draft for _, draft in queue])
        except UsageError as error:
            if len(queue) == 1:
                reason = f"{error.what}: {error.why}" if error.why else error.what
                self._refuse(queue[0][0], reason)
                return
            half = len(queue) // 2
            self._write(client, queue[:half])
            self._write(client, queue[half:])
            return
        self.came.logged += len(queue)
        for entry in entries:
            if entry.exhibits:
                origins = [_KEPT] * len(entry.exhibits)
                self.came.notices += note_added(self.workspace, entry, origins)

    def _refuse(self, number: int, problem: str) -> None:
        self.came.bad.append((number, problem))
