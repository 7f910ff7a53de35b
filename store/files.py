"""Every durable write: new files and folders whole or absent, replaced files, locks, leftovers.

What is being made is called `.<the name it is to have>.<8 hex digits>.tmp` until it is whole, and
its maker holds a lock on it. The kernel drops that lock with the process, so what nobody holds was
left by one that was cut short: `left` finds it, and whoever makes the same again removes it.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from store.errors import DocketError, UsageError, plain_words

_WAIT: Final = 5.0
"""Seconds a session waits for another one before it gives up."""

STALE: Final = 3600.0
"""Seconds after which nobody makes a thing any more, where the file system gives no locks."""

MOST_BYTES: Final = 64 << 20
"""Bytes of the longest file that is read whole: ten times what years of use make of one."""

TICK: Final = 20_000_000
"""Nanoseconds within which a file that was changed twice may look the same."""

Stamp = tuple[int, int, int, int, int]

_MAKING: Final = r"(?s)\.(.+)\.[0-9a-f]{8}\.(?:tmp|part)"  # .part is what older Dockets wrote
_POLL = 0.01
_NAME_LIMIT = 200


class WriteError(DocketError):
    """A file could not be written; what was there before is still there."""

    no_room = False
    """Whether that was for lack of room."""


class NotPlainError(OSError):
    """What is there is no regular file."""


# Whole or absent.


def write_atomic(path: Path, data: bytes) -> None:
    """Replace `path` by `data`, mode 0600 and durable.

    Raises WriteError with the reason; the old file stands untouched then, unless the error says
    that the new one is there but may not outlast a power cut. A device such as /dev/null or a pipe
    is refused: it would be gone, with a file in its place.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        raise WriteError(f"{path.name} was not saved", "it is no plain file", "Name another")
    try:
        sweep(path)
        with making(path) as (fd, made):
            write_all(fd, data)
            os.fsync(fd)
            made.replace(path)
    except OSError as error:
        raise _not_saved(path, error) from error
    try:
        sync_folder(path.parent)
    except OSError as error:
        why, remedy = plain_words(error)
        raise WriteError(
            f"{path.name} was saved, but a power cut may still undo that", why, remedy
        ) from error


def write_new(path: Path, data: bytes) -> None:
    """Create `path` (0600, never over another file) holding `data`, durable; else leave nothing.

    The name appears once all of `data` is behind it. OSError where it cannot be written,
    FileExistsError where something has that name.
    """
    sweep(path)
    with making(path) as (fd, made):
        write_all(fd, data)
        os.fsync(fd)
        place(made, path)


def write_within(path: Path, data: bytes) -> None:
    """Create `path` (0600) holding `data`, in a folder that is still being made itself."""
    fd = create(path)
    try:
        write_all(fd, data)
        os.fsync(fd)
    finally:
        os.close(fd)


@contextmanager
def making(path: Path, mode: int = 0o600) -> Iterator[tuple[int, Path]]:
    """Yield a descriptor and a path to make what is to become the file `path`.

    Rename or `place` it when it is whole and synced; what is not is removed at the end.
    """
    made, fd = _temporary(path), -1
    try:
        fd = create(made, mode)
        _hold(fd)
        os.fchmod(fd, mode)
        yield fd, made
    finally:
        _end_making(made, fd)


@contextmanager
def making_folder(path: Path) -> Iterator[Path]:
    """Yield a folder, mode 0700, to make what is to become the folder `path`; see `making`."""
    made, fd = _temporary(path), -1
    try:
        made.mkdir(mode=0o700)
        fd = os.open(made, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        _hold(fd)
        yield made
    finally:
        _end_making(made, fd)


def _end_making(made: Path, fd: int) -> None:
    """Remove what was not renamed, then let go of it."""
    try:
        _remove(made)
    except BaseException:  # a signal that came just now
        _remove(made)
        raise
    finally:
        if fd >= 0:
            os.close(fd)


def place(made: Path, path: Path) -> None:
    """Give what was made its name, never over another file, durable; else it has none.

    Raises FileExistsError if something has that name, OSError if the disk refuses.
    """
    with uninterrupted():
        name_it(made, path)
        try:
            made.unlink(missing_ok=True)
            sync_folder(path.parent)
        except OSError:
            path.unlink()
            raise


def name_it(made: Path, path: Path) -> None:
    """Give what was made its name beside the one it has; see `place`, which also makes it last."""
    try:
        os.link(made, path, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError:  # no hard links here: the name is taken first, as a rename replaces
        os.close(create(path))
        try:
            made.replace(path)
        except OSError:
            path.unlink()
            raise


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let the last steps of a write finish: Ctrl-C, hang-up and termination wait for the end."""
    import signal

    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    try:
        signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGHUP, signal.SIGTERM))
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# Careful reading.


def typed_path(name: Path | str) -> Path:
    """Return the path that was typed, `~` in it being a home; UsageError where it is nobody's."""
    try:
        return Path(name).expanduser()
    except RuntimeError:  # pathlib's word for a home that is not known
        who = Path(name).parts[0]
        raise UsageError(f"There is no user {who[1:41]}", "", f"Write {who} in full") from None


def open_plain(path: Path | str, flags: int = 0) -> int:
    """Return a descriptor to read the plain file `path`; NotPlainError for any other.

    A named pipe or a device put in its place neither hangs the program nor feeds it for ever.
    """
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | flags)
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise NotPlainError(errno.EINVAL, "it is not a regular file", str(path))
    return fd


def read_plain(path: Path, most: int = MOST_BYTES) -> bytes:
    """Return what is in the plain file `path`, of at most `most` bytes; OSError for any other."""
    with os.fdopen(open_plain(path), "rb") as file:
        raw = file.read(most + 1)
    if len(raw) > most:
        raise OSError(errno.EFBIG, f"it is longer than {most >> 20} MiB", str(path))
    return raw


def stamp(info: os.stat_result) -> Stamp:
    """Return what tells one state of a file from the next.

    The time of its last change betrays an edit that keeps its size and the time of that edit.
    """
    return (info.st_dev, info.st_ino, info.st_size, info.st_mtime_ns, info.st_ctime_ns)


def settled(found: Stamp, now: int) -> bool:
    """Tell whether the next change of a file will show in its stamp; `now` is in nanoseconds.

    Within a tick of its clock a file system may give two changes the same time.
    """
    return found[-1] + TICK < now


def json_of(raw: bytes) -> Any:
    """Return the JSON value in `raw`; ValueError where there is none, or it nests too deeply."""
    import json

    try:
        return json.loads(raw)
    except RecursionError:
        raise ValueError("it nests too deeply") from None


# What the above stands on.


def create(path: Path, mode: int = 0o600) -> int:
    """Return a descriptor to write to the new file `path`; FileExistsError if one is there."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
    return os.open(path, flags, mode)


def write_all(fd: int, data: bytes | memoryview) -> None:
    """Write all of `data`, however little the system takes at a time."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(fd, rest) :]


def make_folder(folder: Path) -> None:
    """Make `folder` and the parents it lacks, mode 0700 and durable; OSError if it cannot be."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    with suppress(PermissionError):  # one may be allowed to add to a folder and not to read it
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make renames and new names in `folder` survive a power cut."""
    _sync(folder, os.O_DIRECTORY)


def sync_file(path: Path) -> None:
    """Make a file that was written durable."""
    _sync(path, 0)


def _sync(path: Path, flag: int) -> None:
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | flag)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def _temporary(path: Path) -> Path:
    if not path.name:  # `/`, which has no name beside which one could be made
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    return path.with_name(f".{_short(path.name)}.{os.urandom(4).hex()}.tmp")


def _short(name: str) -> str:
    """Return as much of a name as leaves room for what is put around it."""
    return os.fsencode(name)[:_NAME_LIMIT].decode("utf-8", "ignore")


# Locks.


@contextmanager
def locked(path: Path, wait: float = _WAIT) -> Iterator[None]:
    """Hold an exclusive lock beside `path` while a file is read, changed and replaced.

    `wait` is in seconds; WriteError after it, and where the file system gives no locks.
    """
    lock = path.with_name(f".{path.name}.lock")
    try:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise _not_saved(path, error) from error
    try:
        try:
            taken = _take(handle, wait)
        except OSError as error:
            raise _not_saved(path, error) from error
        if not taken:
            raise WriteError(
                f"{path.name} was not saved",
                f"another session has held its lock for {wait:g} seconds",
                "Try again; if it stays so, look for a stopped docket (`lsof` names it) and end it",
            )
        yield
    finally:
        os.close(handle)


def _take(fd: int, wait: float, kind: int = fcntl.LOCK_EX) -> bool:
    """Take a lock on an open file within `wait` seconds; False if others held it that long."""
    deadline = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(fd, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(_POLL)
        else:
            return True


def _hold(fd: int) -> None:
    """Hold what is being made, so that nobody takes it for left; without locks its age tells."""
    with suppress(OSError):
        _take(fd, 1.0)  # somebody may just be looking whether it is held


def _not_saved(path: Path, error: OSError) -> WriteError:
    if error.errno == errno.ENOENT:
        return WriteError(f"{path.name} was not saved", f"{path.parent} is gone", "Put it back")
    refused = WriteError(f"{path.name} was not saved", *plain_words(error))
    refused.no_room = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return refused


# What was left by a process cut short.


def left(path: Path) -> list[Path]:
    """Return what is left, beside `path`, of making it: whole or half, and nobody's any more."""
    begin = f".{_short(path.name)}."
    try:
        names = [name for name in os.listdir(path.parent) if name.startswith(begin)]  # noqa: PTH208
    except OSError:
        return []
    made = (one for one in map(path.with_name, names) if name_in_making(one) == begin[1:-1])
    return sorted(filter(is_left, made))


def name_in_making(made: Path) -> str:
    """Return the name that `made` is to have once it is whole; empty where it is no such thing."""
    found = re.fullmatch(_MAKING, made.name)
    return found[1] if found else ""


def is_left(made: Path) -> bool:
    """Tell whether nobody is making this any more."""
    try:
        fd = os.open(made, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOFOLLOW)
    except FileNotFoundError:
        return False
    except OSError:
        return _old(made)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return _old(made)
    finally:
        os.close(fd)
    return True


def sweep(path: Path) -> None:
    """Remove what is left of making `path` before; what cannot be removed stays.

    Where the name was taken already, and nothing is behind it yet, that goes too.
    """
    if not (rest := left(path)):
        return
    with suppress(OSError):
        if path.lstat().st_size == 0 and path.is_file():
            path.unlink()
    for made in rest:
        remove_left(made)


def remove_left(made: Path) -> bool:
    """Remove a file or folder that `is_left`; False where it is not, or cannot be removed."""
    if is_left(made):
        _remove(made)
    return not os.path.lexists(made)


def _remove(made: Path) -> None:
    """Remove a file or folder, unless it was renamed; what stays has a reason that says more."""
    try:
        made.unlink(missing_ok=True)
    except IsADirectoryError:
        _remove_folder(made)
    except OSError:
        if made.is_dir():
            _remove_folder(made)


def _remove_folder(made: Path) -> None:
    import shutil  # loaded by nothing that is in haste

    shutil.rmtree(made, ignore_errors=True)


def _old(made: Path) -> bool:
    try:
        return time.time() - made.lstat().st_mtime > STALE
    except OSError:
        return False
