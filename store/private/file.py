"""The private file, read and rewritten whole: what is in it can be changed and erased.

It is about the user and is no evidence (DESIGN.md 7).
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from store.errors import DocketError, UsageError
from store.files import MOST, locked, open_plain, write_atomic
from store.private.model import (
    FORMAT,
    CheckIn,
    Decision,
    GutAnswer,
    Private,
    PrivateContent,
    Right,
)
from store.text import clean, plural

_T = TypeVar("_T")
_Stamp = tuple[int, int, int, int]
# Nanoseconds. A file changed twice within one tick of the file system's clock may look the same,
# so what was read that soon after a change is not kept.
_TICK = 50_000_000


class PrivateFile:
    """Reads and rewrites `private.json`: whole, atomic, locked, mode 0600."""

    def __init__(self, path: Path, *, now: Callable[[], int] = time.time_ns) -> None:
        """Take the file at `path`; `now` is in nanoseconds since 1970, as file times are."""
        self.path = path
        self._now = now
        self._kept: tuple[_Stamp, PrivateContent] | None = None

    def of(self, client: str) -> Private:
        """Return the private things about `client`; empty where nothing was said."""
        return self._current().clients.get(client, Private())

    def add_checkin(self, client: str, checkin: CheckIn) -> None:
        """Keep one more check-in."""
        self._change(
            client, lambda kept: kept.model_copy(update={"checkins": (*kept.checkins, checkin)})
        )

    def add_gut(self, client: str, answer: GutAnswer) -> None:
        """Keep one more gut answer."""
        self._change(client, lambda kept: kept.model_copy(update={"guts": (*kept.guts, answer)}))

    def add_decision(self, client: str, decision: Decision) -> None:
        """Keep one more decision."""
        self._change(
            client, lambda kept: kept.model_copy(update={"decisions": (*kept.decisions, decision)})
        )

    def judge(self, client: str, number: int, right: Right, why: str, at: datetime) -> Decision:
        """Keep whether decision `number`, counted from 1, was right, and return it.

        A later answer takes the place of an earlier one. UsageError if there is no such decision.
        """
        told = {"right": right, "right_why": clean(why, what="the reason"), "right_at": at}

        def judged(kept: Private) -> Private:
            before, one, after = _around(kept.decisions, number, "decision", client)
            decisions = (*before, one.model_copy(update=told), *after)
            return kept.model_copy(update={"decisions": decisions})

        kept = self._change(client, judged)
        return kept.decisions[number - 1].model_copy(update=told)

    def forget_checkin(self, client: str, number: int) -> CheckIn:
        """Forget check-in `number`, counted from 1, and return what it was.

        Those after it count one less from then on. UsageError if there is no such check-in.
        """

        def without(kept: Private) -> Private:
            before, _, after = _around(kept.checkins, number, "check-in", client)
            return kept.model_copy(update={"checkins": (*before, *after)})

        kept = self._change(client, without)
        return kept.checkins[number - 1]

    def set_referred_by(self, client: str, source: str) -> None:
        """Keep that the client `source` sent `client`; an empty `source` forgets it (row 74)."""
        if source == client:
            raise UsageError(f"{client} cannot have sent themselves", "", "Name another client")
        self._change(client, lambda kept: kept.model_copy(update={"referred_by": source}))

    def knows(self, client: str) -> bool:
        """Tell whether anything is kept about `client`, or that they sent another client."""
        clients = self._current().clients
        return client in clients or any(one.referred_by == client for one in clients.values())

    def erase(self, client: str, *, as_source: bool = False) -> None:
        """Forget everything private about `client`; `as_source`, also whom they sent."""

        def erased(clients: Mapping[str, Private]) -> dict[str, Private]:
            return {
                other: kept.model_copy(update={"referred_by": ""})
                if as_source and kept.referred_by == client
                else kept
                for other, kept in clients.items()
                if other != client
            }

        self._rewrite(erased)

    def _current(self) -> PrivateContent:
        """Return what the file holds, read again only if its stamp changed."""
        kept = self._kept
        try:
            if kept and kept[0] == _stamp(self.path.stat()):
                return kept[1]
        except OSError:  # reading says what is wrong, or that there is nothing
            self._kept = None
        return self._read()

    def _read(self) -> PrivateContent:
        try:
            with os.fdopen(open_plain(self.path), "rb") as file:
                info = os.fstat(file.fileno())
                raw = file.read(MOST)
        except FileNotFoundError:
            return PrivateContent()
        except OSError as error:
            raise DocketError(
                "The private file cannot be read", error.strerror or str(error), "Check its rights"
            ) from error
        content = self._parsed(raw)
        settled = info.st_ctime_ns + _TICK < self._now()
        self._kept = (_stamp(info), content) if settled else None
        return content

    def _parsed(self, raw: bytes) -> PrivateContent:
        if _format(raw) > FORMAT:
            raise DocketError(
                f"{self.path} was written by a newer Docket", "", "Update Docket, then try again"
            )
        try:
            return PrivateContent.model_validate_json(raw)
        except ValidationError:
            raise DocketError(
                f"{self.path} is not a private file Docket can read",
                "its content fits no known form",
                "Move it away to start afresh; dockets are not affected",
            ) from None

    def _change(self, client: str, change: Callable[[Private], Private]) -> Private:
        """Change what is kept about one client; return what it was before."""
        before = Private()

        def changed(clients: Mapping[str, Private]) -> dict[str, Private]:
            nonlocal before
            before = clients.get(client, Private())
            return {**clients, client: change(before)}

        self._rewrite(changed)
        return before

    def _rewrite(self, change: Callable[[Mapping[str, Private]], Mapping[str, Private]]) -> None:
        with locked(self.path):
            clients = change(self._read().clients)
            told = {client: kept for client, kept in clients.items() if kept != Private()}
            written = PrivateContent(clients=told)
            write_atomic(self.path, written.model_dump_json(exclude_defaults=True).encode())


def _stamp(info: os.stat_result) -> _Stamp:
    return (info.st_ino, info.st_size, info.st_mtime_ns, info.st_ctime_ns)


def _format(raw: bytes) -> int:
    """Return the format `raw` says it has; 0 where it says none, as for the first."""
    match = re.match(rb'\s*\{\s*"format"\s*:\s*(\d{1,9})\b', raw)
    return int(match[1]) if match else 0


def _around(
    kept: Sequence[_T], number: int, what: str, client: str
) -> tuple[Sequence[_T], _T, Sequence[_T]]:
    """Return what stands before number `number`, that one, and what stands after it."""
    if 1 <= number <= len(kept):
        return kept[: number - 1], kept[number - 1], kept[number:]
    listed = (
        f"docket decisions {client}" if what == "decision" else f"docket checkin {client} --list"
    )
    raise UsageError(
        f"{client} has no {what} {number}",
        f"{plural(len(kept), what)} {'is' if len(kept) == 1 else 'are'} kept, numbered from 1",
        f"`{listed}` has the numbers",
    )
