"""What changed in the workspace, as the system tells it: nobody has to look while nothing does.

Linux tells by inotify, which is two calls of libc; the package that wraps them starts a program
to find libc. Folders that other machines may change, and other systems, are looked at instead.
"""

from __future__ import annotations

import asyncio
import ctypes
import os
import struct
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

_CHANGES: Final = 0x2 | 0x40 | 0x80 | 0x100 | 0x200
"""Written, moved away, moved here, made, removed."""
_BLIND: Final = 0x2000 | 0x8000
"""The disk or the folder is gone, or is not followed any more."""
_HEAD: Final = struct.Struct("iIII")
_ROOM: Final = 65_536
_MOMENT: Final = 0.2
"""Seconds in which changes gather: an import makes thousands."""
_SHARED: Final = ("nfs", "cifs", "smb", "9p", "fuse", "afs", "ceph", "gfs", "ocfs", "lustre")
_SHARED_TOO: Final = frozenset({"coda", "ncpfs", "vboxsf", "virtiofs", "prl_fs", "davfs"})
_MOUNTS: Final = Path("/proc/self/mountinfo")


class Watcher:
    """Calls `changed` soon after something changed in one of `folders`.

    It calls `blind` once, if it can tell no more.
    """

    def __init__(
        self, folders: Iterable[Path], changed: Callable[[], None], blind: Callable[[], None]
    ) -> None:
        """Begin, inside a running loop; OSError where the system cannot tell."""
        self._changed, self._blind = changed, blind
        self._loop = asyncio.get_running_loop()
        self._soon: asyncio.TimerHandle | None = None
        self._fd = _followed([os.fsencode(one) for one in folders])
        self._loop.add_reader(self._fd, self._read)

    def close(self) -> None:
        """Stop."""
        if self._fd >= 0:
            self._loop.remove_reader(self._fd)
            os.close(self._fd)
            self._fd = -1
        if self._soon:
            self._soon.cancel()

    def _read(self) -> None:
        told, at, seen = os.read(self._fd, _ROOM), 0, 0
        while at < len(told):
            _, mask, _, size = _HEAD.unpack_from(told, at)
            at, seen = at + _HEAD.size + size, seen | mask
        if self._soon is None:
            self._soon = self._loop.call_later(_MOMENT, self._tell)
        if seen & _BLIND:
            self.close()
            self._blind()

    def _tell(self) -> None:
        self._soon = None
        self._changed()


def _followed(folders: Iterable[bytes]) -> int:
    """Return what can be read once something changes in one of `folders`."""
    if sys.platform != "linux" or any(map(_shared, folders)):
        raise OSError("the system does not tell")
    libc = ctypes.CDLL(None, use_errno=True)
    fd = libc.inotify_init1(os.O_CLOEXEC | os.O_NONBLOCK)
    for folder in folders if fd >= 0 else ():
        if libc.inotify_add_watch(fd, folder, _CHANGES) < 0:
            os.close(fd)
            fd = -1
            break
    if fd < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return int(fd)


def _shared(folder: bytes, mounts: Path = _MOUNTS) -> bool:
    """Whether a folder is on a disk that others may change without this system knowing."""
    real, kind, longest = os.path.realpath(folder) + b"/", b"", -1
    for line in mounts.read_bytes().splitlines():
        head, _, tail = line.partition(b" - ")
        point = head.split(b" ")[4].decode("unicode_escape").encode("latin-1").rstrip(b"/") + b"/"
        if real.startswith(point) and len(point) >= longest:
            kind, longest = tail.split(b" ")[0], len(point)
    return kind.decode().startswith(_SHARED) or kind.decode() in _SHARED_TOO
