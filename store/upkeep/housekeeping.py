"""What can go wrong around the dockets: modes, leftovers, locks and room on the disk."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from store.drafts import Drafts
from store.errors import DocketError, plain_words
from store.files import STALE, is_left, name_in_making
from store.workspace.batch import FOLDER as IMPORTING
from store.workspace.exports import notes

PROBE_WAIT: Final = 10.0
"""Seconds that a file system has to answer whether its locks work."""

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


class Trouble(NamedTuple):
    """One finding and what to do about it; `path` and `mode` where setting a mode is enough."""

    what: str
    remedy: str
    path: Path | None = None
    mode: int | None = None


def modes(root: Path) -> Iterator[Trouble]:
    """Yield every file and folder that others can get at, or that its owner cannot use."""
    for path in (root, *sorted(root.rglob("*"))):
        try:
            mode = stat.S_IMODE(path.lstat().st_mode)
        except (FileNotFoundError, PermissionError):
            continue  # just replaced by another session, or in a folder that is named already
        if path.is_symlink():
            yield Trouble(f"{path} is a symbolic link", "Put the file itself there")
        elif mode & _OTHERS:
            right = mode & ~_OTHERS | _needed(path)
            yield Trouble(f"Others can get at {path}", f"chmod go= '{path}'", path, right)
        elif _needed(path) & ~mode:
            right = mode | _needed(path)
            yield Trouble(f"You cannot use {path}", f"chmod {right:o} '{path}'", path, right)


def set_mode(trouble: Trouble) -> bool:
    """Set the mode that settles `trouble`; False where there is none or it is not allowed."""
    if trouble.path is None or trouble.mode is None:
        return False
    try:
        trouble.path.chmod(trouble.mode)
    except OSError:
        return False
    return True


def leftovers(root: Path, now: datetime) -> Iterator[Trouble]:
    """Yield what was set aside, never logged, or left by a session that was cut short."""
    for path in sorted((root / "clients").glob("*.torn-*")):
        yield Trouble(
            f"{path.name} holds an entry that was broken off while it was written",
            "Read it, log again what it says, then delete it",
        )
    yield from _drafts(Drafts(root / "drafts"))
    for path in sorted(root.rglob(".*")):
        with suppress(FileNotFoundError, PermissionError):
            old = now.timestamp() - path.lstat().st_mtime > STALE
            named = name_in_making(path)
            if (named and is_left(path)) or (old and _OLDER.fullmatch(path.name)):
                yield half_made(path)
            elif old and path.name.endswith(".lock") and _abandoned(path):
                yield Trouble(f"{path} locks a file that is not there", "Delete it")


def imports(root: Path) -> Iterator[Trouble]:
    """Yield a strict import of which a session cut short did not put in all."""
    if (root / IMPORTING).is_dir():
        what = "An import was cut short while it was put in, after all of it was checked"
        yield Trouble(what, "Log an entry, or import something: that puts in the rest")


def outside(root: Path) -> Iterator[Trouble]:
    """Yield what sessions cut short left half-made outside the workspace, as far as it is noted."""
    for note in notes(root):
        yield from map(half_made, note.rest)
        if not note.reachable:
            where = f"{note.target.parent} is not there now"
            yield Trouble(
                f"A session was cut short while it made {note.target}, and {where}",
                f"Look there for hidden files called .{note.target.name}, and delete them",
            )


def half_made(path: Path) -> Trouble:
    """Return the finding that nobody is making this any more."""
    return Trouble(f"{path} was left half-written by a session cut short", "Delete it")


def _drafts(drafts: Drafts) -> Iterator[Trouble]:
    """Yield what was typed and never logged, and what an editor left beside it."""
    try:
        kept = drafts.kept()
        beside = [one.path for one in drafts.named() if one.others]
    except DocketError as error:
        yield Trouble(error.what, error.remedy)
        return
    for one in kept:
        yield Trouble(
            f"{one.path} holds text that was never logged: {one.slot.words}",
            "`docket drafts` prints it or throws it away; D in the app goes on with it",
        )
    for path in beside:
        if path.is_file() and not any(one.path == path for one in kept):
            remedy = "Recover it there (`vim -r` does for vim), or delete it"
            yield Trouble(f"{path} was left by your editor", remedy)


def room(root: Path, low_disk: int) -> Iterator[Trouble]:
    """Yield a trouble if fewer than `low_disk` bytes are free."""
    free = shutil.disk_usage(root).free
    if free < low_disk:
        yield Trouble(f"Only {free // 2**20} MB are free for {root}", "Free some space")


def locks(root: Path) -> Iterator[Trouble]:
    """Yield a trouble if two sessions would not keep out of each other's way on this disk."""
    try:
        fd, name = tempfile.mkstemp(dir=root, prefix=".probe-", suffix=".tmp")
    except OSError as error:
        why, remedy = plain_words(error)
        yield Trouble(f"Nothing can be written in {root}: {why}", remedy)
        return
    os.close(fd)
    try:
        problem = probe(Path(name))
    finally:
        Path(name).unlink(missing_ok=True)
    if problem:
        what = f"{problem} on the file system of {root}, so two sessions can spoil a docket"
        yield Trouble(what, "Move the workspace to a local disk; until then, run one session only")


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


def _needed(path: Path) -> int:
    if path.is_dir():
        return 0o700
    return 0o400 if path.parent.name == "exhibits" else 0o600


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
