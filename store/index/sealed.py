"""A SQLite file that holds only what can be made again, and that its owners alone change.

Whoever has changed it seals it: the time of its last change is set to a small number of seconds
after 1970, which also stands in it. So what anything else has done to it, or a power cut, shows in
a look at that time, and the file is thrown away. Sessions take turns at changing it, under a lock
beside it; reading it takes none. Where it cannot be written, one in memory serves.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Any, Final

from store.files import WriteError, create, locked, make_folder, sync_file

_WAIT: Final = 30.0
"""Seconds to wait for another session that changes the file."""
_GLANCE: Final = 0.2


class StoppedError(Exception):
    """Whoever asked does not want to know any more."""


class SealedBase:
    """One such file; for one thread at a time, but for `interrupt`.

    `version` is another once something was changed, by this session or another.
    """

    def __init__(self, path: Path, form: int, schema: str) -> None:
        """Take the tables it is made of; `form` goes up when what stands in them changes."""
        self.path = path
        self.version: tuple[int, ...] = ()
        self._form = form
        self._schema = f"CREATE TABLE state (form, seal); {schema}"
        self._base: sqlite3.Connection | None = None
        self._in_memory = False
        self._guard, self._asking = Lock(), False

    def interrupt(self) -> None:
        """Let what another thread asks just now end with StoppedError."""
        with self._guard:
            if self._asking and self._base:
                self._base.interrupt()

    def close(self) -> None:
        """Let go of the file; what is only in memory is lost."""
        if self._base:
            self._base.close()
        self._base, self.version = None, ()

    def lose(self, *, for_good: bool = False) -> None:
        """Throw the file away; `for_good` where it cannot be written, and memory has to serve."""
        self.close()
        self._in_memory = self._in_memory or for_good
        for end in () if for_good else ("", "-journal"):
            with suppress(OSError):
                Path(f"{self.path}{end}").unlink()

    def intact(self) -> bool:
        """Whether what is open is the file that is there, as its last owner left it."""
        if self._in_memory:
            return self._base is not None
        try:
            info = os.lstat(self.path)
            if self._base is None:
                self._base = _connected(str(self.path))
            form, seal = self._base.execute("SELECT form, seal FROM state").fetchone()
        except (OSError, sqlite3.DatabaseError, TypeError):
            self.close()
            return False
        now = info.st_dev, info.st_ino, seal
        sealed = (form, info.st_mtime_ns) == (self._form, seal * 10**9)
        if not sealed or self.version[:2] not in ((), now[:2]):
            self.close()
            return False
        self.version = now
        return True

    @contextmanager
    def alone(self, stopped: Callable[[], bool]) -> Iterator[None]:
        """Hold the file for oneself, intact or made anew; StoppedError if that takes too long."""
        end = time.monotonic() + _WAIT
        with suppress(OSError):
            make_folder(self.path.parent)
        with ExitStack() as stack:
            while not self._in_memory:
                if stopped():
                    raise StoppedError
                try:
                    stack.enter_context(locked(self.path, _GLANCE))
                    break
                except WriteError as error:  # it is held, or there can be no lock at all
                    if error.__cause__ or time.monotonic() > end:
                        self.lose(for_good=True)
            if not self.intact():
                self._open()
            before = self.version
            try:
                yield
            except sqlite3.Error:
                raise
            except BaseException:
                self._seal(before)
                raise
            self._seal(before)

    def _seal(self, before: tuple[int, ...]) -> None:
        if self._in_memory or self.version == before:
            return
        with suppress(FileNotFoundError):  # erased meanwhile
            sync_file(self.path)  # one for all that was changed, which is not synced by itself
            os.utime(self.path, (self.version[-1],) * 2)

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """Change what stands in it, all or nothing; only while `alone`, which seals it."""
        base = self._base
        assert base
        base.execute("BEGIN IMMEDIATE")
        seal = self.version[-1] + 1
        try:
            yield base
            base.execute("UPDATE state SET seal = ?", [seal])
            base.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                base.execute("ROLLBACK")
            raise
        self.version = *self.version[:-1], seal

    def ask(self, text: str, values: Sequence[Any] = ()) -> list[Any]:
        """Return the rows that an SQL query asks for; other threads run meanwhile."""
        assert self._base, "only once it was alone"
        self._asks(True)
        try:
            return self._base.execute(text, values).fetchall()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname == "SQLITE_INTERRUPT":
                raise StoppedError from error
            raise
        finally:
            self._asks(False)

    def _asks(self, asking: bool) -> None:
        with self._guard:  # only what is asked is interrupted, never what is changed
            self._asking = asking

    def _open(self) -> None:
        """Make the file anew, or one in memory where it cannot be."""
        if not self._in_memory:
            self.lose()
            try:
                os.close(create(self.path))
            except OSError:
                self._in_memory = True
        self._base = _connected(":memory:" if self._in_memory else str(self.path))
        self._base.executescript(f"BEGIN; {self._schema}; COMMIT;")
        self._base.execute("INSERT INTO state VALUES (?, 0)", [self._form])
        self.version = (0, 0, 0)
        if not self._in_memory:
            os.utime(self.path, (0, 0))
            info = os.lstat(self.path)
            self.version = info.st_dev, info.st_ino, 0


def _connected(name: str) -> sqlite3.Connection:
    base = sqlite3.connect(name, timeout=5.0, isolation_level=None, check_same_thread=False)
    base.execute("PRAGMA page_size = 16384")  # a fifth less time to look through than 4096
    base.execute("PRAGMA secure_delete = ON")
    base.execute("PRAGMA synchronous = OFF")
    base.execute("PRAGMA cache_size = -16000")  # what is changed at once fits
    return base
