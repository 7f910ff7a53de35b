"""The checks behind `docket doctor`: every finding has its remedy, and nothing is changed."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from store.anchors import Shelf, check_docket
from store.drafts import Drafts
from store.entries import Exhibit
from store.errors import DocketError, plain_words
from store.evidence.citations import Cited, read_cited, unrecorded_hashes
from store.evidence.exhibits import Exhibits
from store.evidence.holds import all_claims
from store.files import STALE, is_left, left, name_in_making
from store.index.checkpoints import Checkpoints
from store.journal import Clock, JournalMissingError, verify_file
from store.journal.disk import first_line
from store.journal.lock import locked_journal
from store.places import CUSTODY, Places
from store.playbook.ladders import chosen_for_all
from store.playbook.letters import own_troubles
from store.working_days import keeps_holidays
from store.workspace import Workspace
from store.workspace.exports import unfinished_notes
from store.workspace.folder import check_marker

LOW_DISK: Final = 50 * 2**20
"""Bytes below which a disk is called nearly full."""

_SLACK: Final = 5.0
"""Seconds that the clock may stand behind the newest entry before that is worth a word."""

PROBE_WAIT: Final = 10.0
"""Seconds that a file system has to answer whether its locks work."""

_BUSY_WAIT = 1.0
_SEEN = 60
_OTHERS = 0o077
_OLDER = re.compile(r"\..*\.(tmp|part)|\.rehearsal-.*")
"""Half-made things that an older Docket left, which held no lock on them."""

# Two processes, a descriptor each: 0 the second was kept out, 3 it was not, 4 no lock was given.
_PROBE = """
import fcntl, os, sys
def taken():
    try:
        fcntl.flock(os.open(sys.argv[1], os.O_RDWR), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
try:
    taken()
    child = os.fork()
    if child == 0:
        os._exit(3 if taken() else 0)
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
except OSError:
    sys.exit(4)
"""


class Diagnosis(NamedTuple):
    """One finding and what to do about it; `path` and `mode` where setting a mode is enough."""

    what: str
    remedy: str
    path: Path | None = None
    mode: int | None = None


def examine(root: Path, clock: Clock, *, low_disk: int = LOW_DISK) -> Iterator[Diagnosis]:
    """Yield everything in the workspace at `root` that needs a look.

    Nothing is changed but what `docket verify` remembers of its last check, and a probe file
    that is gone at once. `low_disk` is in bytes.
    """
    yield from map(half_made, left(root))  # beside it, by restoring into it
    places = Places(root)
    if os.access(places.marker, os.F_OK):
        yield from modes(root)  # only then is it ours to judge
    try:
        workspace = Workspace.open(root, clock=clock)
        clients = workspace.client_ids()
    except DocketError as error:
        yield diagnosed(error)
        return
    read = {client: read_cited(workspace.path(client)) for client in clients}
    for client in clients:
        yield from _docket(root, workspace.path(client))
        yield from _custody(workspace.path(client))
        yield from _ahead(client, read[client], clock())
    yield from _orphans(places, clients)
    yield from _exhibits(places, read)
    yield from _unnamed(places, read, clock())
    yield from _settings(workspace)
    yield from leftovers(places, clock())
    yield from outside(root)
    yield from imports(places)
    yield from room(root, low_disk)
    yield from locks(root)


def diagnosed(error: DocketError) -> Diagnosis:
    """Return an error as a finding."""
    what = f"{error.what}: {error.why}" if error.why else error.what
    return Diagnosis(what.rstrip("."), error.remedy.rstrip(".") or "Put that right")


def in_settings(places: Places, passed: str) -> Diagnosis:
    """Return as a finding what of the settings was passed over."""
    return Diagnosis(f"In {places.config}, {passed}", "Correct it or take it out")


def _docket(root: Path, path: Path) -> Iterator[Diagnosis]:
    """Yield what is wrong with one docket: busy, newer, torn, not whole, or not as anchored."""
    try:
        with locked_journal(path, _BUSY_WAIT, shared=True) as fd:
            if os.fstat(fd).st_size:
                first_line(fd, path)
        checked = check_docket(path, root=root)
    except DocketError as error:
        yield diagnosed(error)
        return
    for finding in checked.findings:
        yield Diagnosis(f"{path.stem}: {finding}", _remedy(finding, path))


def _remedy(finding: str, path: Path) -> str:
    if "the file ends in" in finding:
        return "Nothing that was saved is lost; what is written next sets the rest aside to be read"
    return f"Restore {path} from a backup; change nothing"


def _custody(docket: Path) -> Iterator[Diagnosis]:
    """Yield what is wrong with the custody journal beside a docket, if there is one."""
    path = docket.with_suffix(CUSTODY)
    try:
        report = verify_file(path, wait=_BUSY_WAIT)
    except JournalMissingError:
        return
    except DocketError as error:
        yield diagnosed(error)
        return
    for finding in report.findings:
        what = f"custody of {docket.stem}: line {finding.line_no}: {finding.what}"
        yield Diagnosis(what, _remedy(finding.what, path))


def _orphans(places: Places, clients: Collection[str]) -> Iterator[Diagnosis]:
    """Yield what is left of dockets that are gone: anchors, custody journals, last checks."""
    shelf = Shelf(places.root)
    try:
        gone = [one for one in shelf.clients() if one not in clients and shelf.of(one)]
    except DocketError as error:
        yield diagnosed(error)
        return
    for folder in shelf.strange():
        yield Diagnosis(f"{folder} is not Docket's", "Move it out of the workspace")
    for client in gone:
        yield Diagnosis(
            f"The docket of {client} is gone, and its anchors are left",
            f"Restore it from a backup; if you erased it, delete {shelf.folder / client}",
        )
    beside = [(path, "the custody of its exhibits") for path in places.custodies()]
    beside += [(path, "its last check") for path in Checkpoints(places.root).files()]
    for path, what in beside:
        if path.stem not in clients:
            yield Diagnosis(
                f"The docket of {path.stem} is gone, and {what} is left",
                f"Restore it from a backup; if you erased it, delete {path}",
            )


def _ahead(client: str, read: Cited, now: datetime) -> Iterator[Diagnosis]:
    try:
        behind = (datetime.fromisoformat(read.recorded_at) - now).total_seconds()
    except (ValueError, TypeError):
        return
    if behind > _SLACK:
        yield Diagnosis(
            f"The clock stands {_span(behind)} behind the newest entry of {client}",
            "Set the clock, or wait: entries logged now say that it stood behind",
        )


def _exhibits(places: Places, read: Mapping[str, Cited]) -> Iterator[Diagnosis]:
    kept = Exhibits(places.exhibits, fetched=bool(check_marker(places.root)))
    problems: dict[str, str] = {}
    for client, cited in read.items():
        for seq, sha256, name in cited.citations:
            if sha256 not in problems:
                problems[sha256] = kept.problem(Exhibit(sha256=sha256, name="", size=0))
            if problems[sha256]:
                shown = " ".join(name.split())[:_SEEN]
                yield Diagnosis(
                    f"exhibit {shown} of {client}#{seq}: {problems[sha256]}",
                    "Restore it from a backup, or attach the file again with a new entry",
                )


def _unnamed(places: Places, read: Mapping[str, Cited], now: datetime) -> Iterator[Diagnosis]:
    """Yield exhibits that no entry has; those just kept may be waiting for their entry."""
    folder = places.exhibits
    if not folder.is_dir() or any(cited.unread for cited in read.values()):
        return
    known = set[str]().union(*(cited.hashes for cited in read.values()))
    known |= unrecorded_hashes(places)
    waiting = all_claims(places.root)
    held = {one.sha256 for one in waiting if not is_left(one.path)}
    for one in waiting:
        path = folder / one.sha256
        if one.sha256 not in known | held and path.exists():
            known.add(one.sha256)
            yield Diagnosis(
                f"{path} was kept for {one.client} by a session cut short before its entry",
                "Attach the file again if it is wanted; the next file attached removes it",
            )
    for path in sorted(folder.glob("[!.]*")):
        if path.name in known | held:
            continue
        if now.timestamp() - path.lstat().st_mtime > STALE:
            yield Diagnosis(
                f"No docket names the exhibit {path}",
                "Look at it; add it to an entry with `docket attach`, or delete it",
            )


def _settings(workspace: Workspace) -> Iterator[Diagnosis]:
    if workspace.settings.wrong:
        yield diagnosed(workspace.settings.wrong)
    for one in workspace.settings.passed:
        yield in_settings(workspace.places, one)
    for look in (
        lambda: workspace.private.of(""),
        lambda: chosen_for_all(workspace.places.ladder),
    ):
        try:
            look()
        except DocketError as error:
            yield diagnosed(error)
    yield from map(diagnosed, own_troubles(workspace.places.letters))
    config = workspace.settings.config
    if config.holidays and not keeps_holidays(config.holidays):
        yield Diagnosis(
            f"No holidays are known for {config.holidays}: weekends alone count",
            "Correct holidays in config.toml",
        )


def _span(seconds: float) -> str:
    for size, unit in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            count = int(seconds // size)
            return f"{count} {unit}{'s' * (count != 1)}"
    return f"{int(seconds)} seconds"


def modes(root: Path) -> Iterator[Diagnosis]:
    """Yield every file and folder that others can get at, or that its owner cannot use."""
    exhibits = Places(root).exhibits
    for path in (root, *sorted(root.rglob("*"))):
        try:
            mode = stat.S_IMODE(path.lstat().st_mode)
        except (FileNotFoundError, PermissionError):
            continue  # just replaced by another session, or in a folder that is named already
        if path.is_symlink():
            yield Diagnosis(f"{path} is a symbolic link", "Put the file itself there")
        elif mode & _OTHERS:
            right = mode & ~_OTHERS | _needed(path, exhibits)
            yield Diagnosis(f"Others can get at {path}", f"chmod go= '{path}'", path, right)
        elif _needed(path, exhibits) & ~mode:
            right = mode | _needed(path, exhibits)
            yield Diagnosis(f"You cannot use {path}", f"chmod {right:o} '{path}'", path, right)


def set_mode(trouble: Diagnosis) -> bool:
    """Set the mode that settles `trouble`; False where there is none or it is not allowed."""
    if trouble.path is None or trouble.mode is None:
        return False
    try:
        trouble.path.chmod(trouble.mode)
    except OSError:
        return False
    return True


def leftovers(places: Places, now: datetime) -> Iterator[Diagnosis]:
    """Yield what was set aside, never logged, or left by a session that was cut short."""
    for path in places.torn():
        yield Diagnosis(
            f"{path.name} holds an entry that was broken off while it was written",
            "Read it, log again what it says, then delete it",
        )
    yield from _drafts(Drafts(places.drafts))
    for path in sorted(places.root.rglob(".*")):
        with suppress(FileNotFoundError, PermissionError):
            old = now.timestamp() - path.lstat().st_mtime > STALE
            named = name_in_making(path)
            if (named and is_left(path)) or (old and _OLDER.fullmatch(path.name)):
                yield half_made(path)
            elif old and path.name.endswith(".lock") and _abandoned(path):
                yield Diagnosis(f"{path} locks a file that is not there", "Delete it")


def imports(places: Places) -> Iterator[Diagnosis]:
    """Yield a strict import of which a session cut short did not put in all."""
    if places.batch.is_dir():
        what = "An import was cut short while it was put in, after all of it was checked"
        yield Diagnosis(what, "Log an entry, or import something: that puts in the rest")


def outside(root: Path) -> Iterator[Diagnosis]:
    """Yield what sessions cut short left half-made outside the workspace, as far as it is noted."""
    for note in unfinished_notes(root):
        yield from map(half_made, note.rest)
        if not note.reachable:
            where = f"{note.target.parent} is not there now"
            yield Diagnosis(
                f"A session was cut short while it made {note.target}, and {where}",
                f"Look there for hidden files called .{note.target.name}, and delete them",
            )


def half_made(path: Path) -> Diagnosis:
    """Return the finding that nobody is making this any more."""
    return Diagnosis(f"{path} was left half-written by a session cut short", "Delete it")


def _drafts(drafts: Drafts) -> Iterator[Diagnosis]:
    """Yield what was typed and never logged, and what an editor left beside it."""
    try:
        kept = drafts.kept()
        beside = [one.path for one in drafts.named() if one.others]
    except DocketError as error:
        yield Diagnosis(error.what, error.remedy)
        return
    for one in kept:
        yield Diagnosis(
            f"{one.path} holds text that was never logged: {one.slot.words}",
            "`docket drafts` prints it or throws it away; D in the app goes on with it",
        )
    for path in beside:
        if path.is_file() and not any(one.path == path for one in kept):
            remedy = "Recover it there (`vim -r` does for vim), or delete it"
            yield Diagnosis(f"{path} was left by your editor", remedy)


def room(root: Path, low_disk: int) -> Iterator[Diagnosis]:
    """Yield a trouble if fewer than `low_disk` bytes are free."""
    free = shutil.disk_usage(root).free
    if free < low_disk:
        yield Diagnosis(f"Only {free // 2**20} MB are free for {root}", "Free some space")


def locks(root: Path) -> Iterator[Diagnosis]:
    """Yield a trouble if two sessions would not keep out of each other's way on this disk."""
    try:
        fd, name = tempfile.mkstemp(dir=root, prefix=".probe-", suffix=".tmp")
    except OSError as error:
        why, remedy = plain_words(error)
        yield Diagnosis(f"Nothing can be written in {root}: {why}", remedy)
        return
    os.close(fd)
    try:
        problem = probe(Path(name))
    finally:
        Path(name).unlink(missing_ok=True)
    if problem:
        what = f"{problem} on the file system of {root}, so two sessions can spoil a docket"
        yield Diagnosis(
            what, "Move the workspace to a local disk; until then, run one session only"
        )


def probe(path: Path, wait: float = PROBE_WAIT) -> str:
    """Return what is wrong with locks on the file at `path`, empty if they work.

    It is tried in other processes, since a lock on a network disk can hang whoever asks for it.
    """
    words = [sys.executable, "-I", "-S", "-c", _PROBE, str(path)]
    try:
        done = subprocess.run(words, timeout=wait, check=False, capture_output=True)
    except subprocess.TimeoutExpired:
        return "Locks do not answer"
    return {0: "", 3: "Locks keep nobody out"}.get(done.returncode, "No locks are given")


def _needed(path: Path, exhibits: Path) -> int:
    if path.is_dir():
        return 0o700
    return 0o400 if path.parent == exhibits else 0o600


def _abandoned(lock: Path) -> bool:
    """Tell whether the file that `lock` is for is gone and no session holds it."""
    if lock.with_name(lock.name.removeprefix(".").removesuffix(".lock")).exists():
        return False
    fd = os.open(lock, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(fd)
    return True
