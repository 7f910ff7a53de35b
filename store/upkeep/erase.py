"""Erasing one client, or what is private about one: that goes, and nobody else's bytes change.

Nothing is overwritten first: on most disks that reaches no old copy, so it is not promised.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from store.drafts import PRIVATE, text_in
from store.errors import DocketError, plain_words
from store.evidence.citations import Cited, read_cited, torn_hashes
from store.evidence.holds import all_claims
from store.files import (
    WriteError,
    is_left,
    left,
    name_in_making,
    remove_left,
    sweep,
    sync_folder,
    uninterrupted,
)
from store.files import locked as locked_beside
from store.index.rows import index_files, owner
from store.journal.disk import first_line
from store.journal.lock import locked_journal
from store.journal.outbox import Outbox
from store.places import Places
from store.private.model import Private
from store.text import fold
from store.workspace import Workspace
from store.workspace.exports import EVERYBODY, clear, unfinished_notes
from store.workspace.timer import running

NOT_REACHED = (
    "Backups, records and anchors that were copied elsewhere are not touched, nor is what other "
    "dockets say. The bytes are deleted, not overwritten: a disk may hold them for a while."
)
NOT_FORGOTTEN = (
    "The docket stays. A backup made with private things still has them. The bytes are deleted, "
    "not overwritten: a disk may hold them for a while."
)
_OWNERLESS = re.compile(r"\.[0-9a-f]{16}\.part")
"""A copy of an exhibit that an older Docket left half-made."""


@dataclass(frozen=True)
class Erasure:
    """What erasing one client removes, or has removed; `files` are relative to the workspace.

    `shared` are exhibits that stay because other dockets have them too; `unknown` says why no
    exhibit goes, if so; `private` tells whether there is anything in the private file. `outside`
    are half-made copies elsewhere that sessions cut short left, `unreached` where more may lie.
    """

    client: str
    entries: int
    files: tuple[str, ...]
    exhibits: tuple[str, ...]
    shared: tuple[str, ...]
    private: bool
    unknown: str = ""
    outside: tuple[str, ...] = ()
    unreached: tuple[str, ...] = ()


@dataclass(frozen=True)
class Forgetting:
    """What forgetting the private things about one client removes, or has removed.

    The first three are counts; `referral` tells whether it is kept who sent them. `files` are
    drafts of private forms and, as they hold verdicts, the summaries, relative to the workspace.
    """

    client: str
    checkins: int
    guts: int
    decisions: int
    referral: bool
    files: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        """Whether nothing private is kept about them."""
        return not (self.checkins or self.guts or self.decisions or self.referral or self.files)


def plan_erasure(workspace: Workspace, client: str, *, leave_exhibits: bool = False) -> Erasure:
    """Return what `erase` would remove; nothing is touched.

    Raises DocketError where a docket cannot be read well enough to know which exhibits are only
    this client's, unless `leave_exhibits`: then all exhibits stay, and `unknown` says why.
    """
    cited = read_cited(workspace.path(client))
    own, others, unknown = _exhibits(workspace, client, cited)
    if unknown and not leave_exhibits:
        raise DocketError(
            f"{client} was not erased",
            f"which exhibits are only theirs cannot be known, as {unknown}",
            "Restore that docket from a backup, or add --leave-exhibits: they stay, the rest goes",
        )
    kept = {name for name in own if (workspace.places.exhibits / name).is_file()}
    files = {
        *_of_docket(workspace, client),
        *_drafts(workspace, client, cited.names),
        *_half_made(workspace, client),
        *_timer(workspace, client),
    }
    elsewhere = [
        one for one in unfinished_notes(workspace.root) if one.client in (client, EVERYBODY)
    ]
    copies = {*left(workspace.root), *(rest for one in elsewhere for rest in one.rest)}
    return Erasure(
        client=client,
        entries=cited.entries,
        files=tuple(sorted(str(path.relative_to(workspace.root)) for path in files)),
        exhibits=() if unknown else tuple(sorted(kept - others)),
        shared=() if unknown else tuple(sorted(kept & others)),
        private=workspace.private.knows(client),
        unknown=unknown,
        outside=tuple(sorted(map(str, copies))),
        unreached=tuple(sorted({str(one.target) for one in elsewhere if not one.reachable})),
    )


def erase(workspace: Workspace, client: str, *, leave_exhibits: bool = False) -> Erasure:
    """Remove everything of `client` and return what that was; see `plan_erasure` for errors.

    The docket's lock is held meanwhile and its file goes last, so that what was cut short is
    taken up by erasing again. No room is needed: where the private file cannot be written anew
    before the rest is gone, it is afterwards, and the docket's entries make the last room.
    """
    workspace.finish_import()
    path = workspace.path(client)
    shared, begun = workspace.journals.shared, workspace.journals.begun_here(client)
    if shared and not (begun and not begun.sent) and not shared.backend.closed(client):
        shared.backend.erase(client)  # whoever may not do that keeps what is here too
    with locked_journal(path) as docket, uninterrupted():
        plan = plan_erasure(workspace, client, leave_exhibits=leave_exhibits)
        with _in_part(client):
            private = not plan.private or _private_erased(workspace, client)
            sweep(workspace.private.path)
            _remove(workspace, plan)
            for folder in _emptied(workspace, client):
                folder.rmdir()
            if not private:
                os.ftruncate(docket, len(first_line(docket, path)[1]) + 1)
                workspace.private.erase(client, as_source=True)
            Outbox(workspace.places.outbox).forget(client)
            path.unlink()
            for again in index_files(workspace.root, client):  # who reads may have kept it anew
                again.unlink(missing_ok=True)
            touched = {(workspace.root / name).parent for name in plan.files}
            for folder in {*touched, workspace.places.anchors, workspace.places.exhibits}:
                if folder.is_dir():
                    sync_folder(folder)
    return plan


def plan_forgetting(workspace: Workspace, client: str) -> Forgetting:
    """Return what `forget_private` would remove; nothing is touched."""
    kept = workspace.private.of(client)
    files = [
        one.path
        for one in workspace.drafts.named()
        if one.slot.client == client and one.slot.form in PRIVATE
    ]
    if kept != Private() or files:
        files += index_files(workspace.root, "")
    return Forgetting(
        client=client,
        checkins=len(kept.checkins),
        guts=len(kept.guts),
        decisions=len(kept.decisions),
        referral=bool(kept.referred_by),
        files=tuple(sorted(str(path.relative_to(workspace.root)) for path in files)),
    )


def forget_private(workspace: Workspace, client: str) -> Forgetting:
    """Remove what is private about `client` and return what that was.

    Whom they sent is about other clients, and stays. DocketError where a file cannot be removed;
    what was cut short is taken up by forgetting again.
    """
    plan = plan_forgetting(workspace, client)
    if plan.nothing:
        return plan
    with _in_part(f"What is private about {client}"):
        for name in plan.files:
            (workspace.root / name).unlink(missing_ok=True)
        for folder in {(workspace.root / name).parent for name in plan.files}:
            sync_folder(folder)
    workspace.private.erase(client)
    return plan


@contextmanager
def _in_part(whom: str) -> Iterator[None]:
    """Say of what stops the block that the rest of `whom` is still there."""
    try:
        yield
    except (OSError, WriteError) as error:
        what = f"{whom} is only erased in part"
        if isinstance(error, WriteError):
            what, why, remedy = f"{what}: {error.what}", error.why, error.remedy
        else:
            why, remedy = plain_words(error)
        raise DocketError(what, why, f"{remedy}; erase again to finish") from error


def _private_erased(workspace: Workspace, client: str) -> bool:
    """Forget what is private about `client`; False where there is no room to write the rest."""
    try:
        workspace.private.erase(client, as_source=True)
    except WriteError as error:
        if error.no_room:
            return False
        raise
    return True


def _remove(workspace: Workspace, plan: Erasure) -> None:
    """Remove all files of the plan but the docket itself."""
    with ExitStack() as stack:
        with suppress(WriteError):  # for want of room the lock is done without
            stack.enter_context(locked_beside(workspace.places.exhibits))
        for name in plan.exhibits:
            (workspace.places.exhibits / name).unlink(missing_ok=True)
    clear(workspace.root, plan.client)
    for copy in left(workspace.root):
        remove_left(copy)
    for name in plan.files:
        path = workspace.root / name
        if path != workspace.path(plan.client) and not (_is_folder(path) and remove_left(path)):
            path.unlink(missing_ok=True)


def _exhibits(workspace: Workspace, client: str, cited: Cited) -> tuple[set[str], set[str], str]:
    """Return the exhibits of `client`, those of all others, and what could not be read."""
    unread = [f"{client}: {cited.unread}"] if cited.unread else []
    waiting = all_claims(workspace.root)
    own = {*cited.hashes, *(one.sha256 for one in waiting if one.client == client)}
    others = {one.sha256 for one in waiting if one.client != client and not is_left(one.path)}
    for other in workspace.client_ids():
        if other != client:
            read = read_cited(workspace.path(other))
            others |= read.hashes
            unread += [f"{other}: {read.unread}"] if read.unread else []
    for path in workspace.places.torn():
        (own if owner(path) == client else others).update(torn_hashes(path))
    for one in Outbox(workspace.places.outbox).waiting():
        hashes = {each["sha256"] for each in one.fields.get("exhibits", ())}
        (own if one.client == client else others).update(hashes)
    return own, others, "; ".join(unread)


def _of_docket(workspace: Workspace, client: str) -> Iterator[Path]:
    """Yield the docket, what was set aside of it, what the index has, its anchors, half copies."""
    yield from index_files(workspace.root, client)
    yield from _theirs(workspace.places.clients, client)
    for path in _theirs(workspace.places.anchors, client):
        yield from (one for one in (path, *path.rglob("*")) if not _is_folder(one))
    for half in workspace.root.glob(".rehearsal-*/copy"):
        yield from _theirs(Places(half).clients, client)


def _timer(workspace: Workspace, client: str) -> Iterator[Path]:
    """Yield the timer if it runs for `client`, or for nobody who is there: it may be torn."""
    timer, path = running(workspace.root), workspace.places.timer
    others = set(workspace.client_ids()) - {client}
    if os.path.lexists(path) and (timer is None or timer.client not in others):
        yield path


def _half_made(workspace: Workspace, client: str) -> Iterator[Path]:
    """Yield what sessions cut short left half-made, of `client` or of no client that is there."""
    others = set(workspace.client_ids()) - {client}
    for path in workspace.root.rglob(".*"):
        told = name_in_making(path) or _OWNERLESS.fullmatch(path.name)
        noted_or_draft = path.parent in (workspace.places.exports, workspace.places.drafts)
        if told and not noted_or_draft and owner(path) not in others and is_left(path):
            yield path


def _emptied(workspace: Workspace, client: str) -> list[Path]:
    """Return the folders that held nothing but anchors of `client`, innermost first."""
    own = workspace.places.anchors / client
    return [*sorted(filter(_is_folder, own.rglob("*")), reverse=True), own] if own.is_dir() else []


def _drafts(workspace: Workspace, client: str, names: Iterable[str]) -> Iterator[Path]:
    """Yield the drafts of `client` and those that name it, half-written ones and copies too."""
    for one in workspace.drafts.named():
        if one.slot.client == client or _mentions(text_in(one.path) or "", client, names):
            yield one.path


def _mentions(text: str, client: str, names: Iterable[str]) -> bool:
    """Whether a text begins with the id, as a line to log does, or holds a name of the client.

    An id may be a word like any other (`mail`), so that it says nothing further on.
    """
    if text.split(maxsplit=1)[:1] == [client]:
        return True
    found = fold(text)
    return any(
        re.search(rf"(?<![\w-]){re.escape(fold(name))}(?![\w-])", found) for name in names if name
    )


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _theirs(folder: Path, client: str) -> list[Path]:
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    return [path for path in found if owner(path) == client]
