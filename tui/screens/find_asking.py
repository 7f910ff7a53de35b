"""Asks all dockets in a thread: the newest question only, and no answer replaces a newer one."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from functools import partial
from threading import Lock
from typing import Final, NamedTuple, TypeVar

from store.docket import Standing
from store.docket.filter import Filter
from store.errors import DocketError
from store.index.sealed import StoppedError
from store.index.words import Hit
from store.overview.finding import MOST_LISTED, Finder, Found, some_at_a_time
from tui.widgets.aside import aside

_PATIENCE: Final = 4.0
"""Seconds that a key about what is found waits for it, as long as nothing is found yet."""
_FIRST: Final = 50
"""Entries that are read before anything is shown: as many as a screen has lines."""
_T = TypeVar("_T")


class FindAnswer(NamedTuple):
    """What fits the newest question, and the names near its words; `wrong` is why nothing does.

    `entries` is how many were looked through, `read` are the first of those that were found.
    """

    asked: Filter | None
    found: Found = Found([], {})
    near: tuple[str, ...] = ()
    entries: int = 0
    read: dict[Hit, Standing] = {}  # noqa: RUF012 - nobody changes it
    wrong: str = ""


class Asker:
    """Answers one question after the other for a screen, which it is told by `shows` and `reads`.

    `answer` is the last one; `left` is whether no more is asked.
    """

    def __init__(
        self,
        finder: Finder,
        today: Callable[[], date],
        shows: Callable[[FindAnswer], None],
        reads: Callable[[dict[Hit, Standing]], None],
    ) -> None:
        """Take what shows an answer, and what takes in more of what was found, once read."""
        self.finder = finder
        self.answer = FindAnswer(None)
        self._today, self._shows, self._reads = today, shows, reads
        self._asked: Filter | None = None
        self._turn = self._answered = 0
        self._working = self.left = False
        self._alone = Lock()
        self._since = 0.0
        self._bytes = self._done = 0

    @property
    def busy(self) -> bool:
        """Whether the newest question is not answered yet."""
        return self._answered != self._turn

    @property
    def worth_waiting(self) -> bool:
        """Whether it is, and a key about what is found had better wait."""
        return self.busy and time.monotonic() < self._since + _PATIENCE

    @property
    def part_read(self) -> int | None:
        """How many percent were read of what is new on the dockets; None where that is all."""
        return 100 * self._done // self._bytes if self._done < self._bytes else None

    def ask(self, asked: Filter | None) -> bool:
        """Take a question, none to look only what is new; True where `work` is to be begun."""
        self._asked = asked
        self._turn += 1
        self.finder.interrupt()
        begun, self._working = self._working, True
        return not begun

    def leave(self) -> None:
        """Ask no more, and let go of what is kept once no thread needs it."""
        self.left = True
        self.finder.interrupt()
        if self._alone.acquire(blocking=False):
            self.finder.close()
            self._alone.release()

    async def work(self) -> None:
        """Answer the newest question, and those that come meanwhile."""
        try:
            while self.busy and not self.left:
                self._since = time.monotonic()
                await self._work(self._turn, self._asked)
        finally:
            self._working = False

    async def _work(self, turn: int, asked: Filter | None) -> None:
        try:
            answer = await self._thread(partial(self._find, asked, self._today()))
        except StoppedError:
            return
        except DocketError as error:
            answer = FindAnswer(asked, wrong=str(error))
        if turn != self._turn or self.left:
            return
        self.answer, self._answered = answer, turn
        self._shows(answer)
        for hits in some_at_a_time(answer.found.hits[_FIRST:]):
            try:
                read = await self._thread(partial(self.finder.standing, hits))
            except StoppedError:
                return
            if turn != self._turn or self.left:
                return
            self._reads(read)

    async def _thread(self, work: Callable[[], _T]) -> _T:
        """Return what `work` returns in a thread, which lets go of the file if one has left."""

        def alone() -> _T:
            with self._alone:
                try:
                    return work()
                finally:
                    if self.left:
                        self.finder.close()

        return await aside(alone)

    def _find(self, asked: Filter | None, today: date) -> FindAnswer:
        """Find, in a thread, once what is new on the dockets was read."""
        self._bytes, self._done = self.finder.behind(), 0
        self.finder.look(self._told, lambda: self.left)
        self._bytes = 0
        entries = self.finder.entries()
        if asked is None:
            return FindAnswer(None, entries=entries)
        found = self.finder.find(asked, today, most=MOST_LISTED)
        read = self.finder.standing(found.hits[:_FIRST])
        near = tuple(self.finder.near(asked.values("text")))
        return FindAnswer(asked, found, near, entries, read)

    def _told(self, count: int) -> None:
        self._done += count
