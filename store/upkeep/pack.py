"""One docket handed over as a file, and taken back with what was added to it meanwhile.

The file is a backup of a workspace that holds this docket alone, so all that is checked of a backup
is checked of it, and a docket can be taken from any backup.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NamedTuple

from store.errors import DocketError, UsageError, plain_words
from store.evidence.citations import read_cited
from store.evidence.exhibits import Exhibits
from store.evidence.holds import claiming
from store.files import make_folder, making, making_folder, place, typed_path
from store.journal import JournalMissingError, verify_file
from store.journal.copy import copy_journal, go_on
from store.journal.errors import ForkedError
from store.places import CUSTODY
from store.upkeep.backup import WrittenBackup, write_backup
from store.upkeep.restore import restore_backup
from store.workspace import Workspace
from store.workspace.exports import clear, refuse_inside


class Unpacked(NamedTuple):
    """What came of a docket that was handed over: how many entries and exhibits were taken.

    `added` is below 0 where the docket here has that many more. `begun` says that there was none.
    """

    client: str
    added: int
    begun: bool
    exhibits: int
    notices: tuple[str, ...] = ()


def pack(workspace: Workspace, client: str, target: Path) -> WrittenBackup:
    """Write the docket of `client` with its exhibits and their custody to the new file `target`.

    Raises UsageError where `target` cannot be, DocketError where the docket is not whole or it
    cannot be written; nothing is left at `target` then.
    """
    target = typed_path(target).absolute()
    workspace.finish_import()
    clear(workspace.root)
    refuse_inside(workspace.root, target)
    try:
        with making_folder(target) as scratch:
            alone = Workspace.create(scratch / "alone", clock=workspace.clock)
            report, _ = copy_journal(workspace.path(client), alone.path(client))
            if report.first:
                raise DocketError(
                    f"The docket of {client} is not whole", report.first.what, "docket verify"
                )
            _copy_rest(workspace, alone, client)
            return write_backup(alone, target)
    except OSError as error:
        raise DocketError(f"{target} was not written", *plain_words(error)) from error


def _copy_rest(workspace: Workspace, alone: Workspace, client: str) -> None:
    """Copy the custody of a docket, and the exhibits it names."""
    custody = workspace.path(client).with_suffix(CUSTODY)
    if custody.exists():
        copy_journal(custody, alone.path(client).with_suffix(CUSTODY))
    kept = Exhibits(workspace.places.exhibits)
    make_folder(alone.places.exhibits)
    for sha256 in sorted(read_cited(alone.path(client)).hashes):
        if kept.path(sha256).exists():
            shutil.copyfile(kept.path(sha256), alone.places.exhibits / sha256)


def unpack(workspace: Workspace, path: Path, client: str = "") -> Unpacked:
    """Take the docket in the file at `path`, of `client` where it holds several, into a workspace.

    A docket that is not there begins; one that is goes on by what was added. ForkedError, with
    nothing taken, where both went on by themselves; BackupError where the file is not whole.
    """
    if workspace.journals.shared:
        why = "its dockets are on a server"
        raise UsageError("Nothing is unpacked there", why, "Use a workspace of files")
    workspace.finish_import()
    with making_folder(workspace.root) as scratch:
        restored = restore_backup(path, scratch / "given", clock=workspace.clock)
        given = Workspace.open(restored.root, clock=workspace.clock)
        found = _meant(given, client, path)
        try:
            return _take(workspace, given, found)
        except OSError as error:
            raise DocketError(f"{path} was not unpacked", *plain_words(error)) from error


def _meant(given: Workspace, client: str, path: Path) -> str:
    ids = given.client_ids()
    if client in ids or (len(ids) == 1 and not client):
        return client or ids[0]
    held = ", ".join(ids) or "no docket"
    raise UsageError(f"{path} does not say which docket", f"it holds {held}", "Name one of them")


def _take(workspace: Workspace, given: Workspace, client: str) -> Unpacked:
    here, theirs = workspace.path(client), given.path(client)
    begun = not here.exists()
    if not begun:
        _check_one(here, theirs)
    with claiming(workspace.root, client) as exhibits:
        new = 0
        for sha256 in sorted(read_cited(theirs).hashes):
            kept = given.places.exhibits / sha256
            if kept.exists() and not exhibits.path(sha256).exists():
                exhibits.keep(kept)
                new += 1
        added = _begin(here, theirs) if begun else go_on(here, theirs)
    return Unpacked(client, added, begun, new, _custody(workspace, given, client))


def _check_one(here: Path, theirs: Path) -> None:
    """Refuse a fork before anything is copied: the shorter must be the beginning of the longer."""
    with here.open("rb") as mine, theirs.open("rb") as other:
        for line, (one, two) in enumerate(zip(mine, other, strict=False)):
            if one != two and one.endswith(b"\n"):
                raise ForkedError(here, line)


def _begin(here: Path, theirs: Path) -> int:
    with making(here) as (fd, made), theirs.open("rb") as given:
        with os.fdopen(os.dup(fd), "wb") as copy:
            shutil.copyfileobj(given, copy)
        os.fsync(fd)
        place(made, here)
    return verify_file(here).count


def _custody(workspace: Workspace, given: Workspace, client: str) -> tuple[str, ...]:
    """Take the custody lines that go on from those here; return what there is to tell."""
    here, theirs = (one.path(client).with_suffix(CUSTODY) for one in (workspace, given))
    if not theirs.exists():
        return ()
    try:
        if here.exists():
            go_on(here, theirs)
        else:
            _begin(here, theirs)
    except ForkedError:
        return ("Exhibits were looked at on both sides: who looked there stays in the file.",)
    except JournalMissingError:
        return ()
    return ()
