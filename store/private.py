"""The private file: check-ins, gut answers and decisions, which never enter a docket or a record.

They can be changed and erased, because they are about the user and not evidence (DESIGN.md 7).
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from store.atomic import locked, write_atomic
from store.errors import DocketError

FORMAT = 1
Scale = Annotated[int, Field(ge=0, le=10)]
Gut = Literal["keep", "set-boundaries", "stop-work", "walk-away", "unsure"]


_Stamp = tuple[int, int, int, int]
# Nanoseconds. A file changed twice within one tick of the file system's clock may look the same,
# so what was read that soon after a change is not kept.
_TICK = 50_000_000


class Base(BaseModel):
    """Base of the private models."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class CheckIn(Base):
    """How it feels, 0 to 10, worst at 10 but for energy and fit (SEEDS rows 38, 40, 42, 49, 63)."""

    at: AwareDatetime
    stress_client: Scale | None = None
    stress_work: Scale | None = None
    dread: Scale | None = None
    version: Scale | None = None
    energy: Scale | None = None
    fit_communication: Scale | None = None
    fit_vision: Scale | None = None
    fit_direction: Scale | None = None
    note: str = ""


class GutAnswer(Base):
    """What the gut said before the score was shown (SEEDS row 51)."""

    at: AwareDatetime
    answer: Gut


class Decision(Base):
    """What was chosen and why, with the assessment it rested on."""

    at: AwareDatetime
    choice: Gut
    why: str = ""
    review: date | None = None
    verdict: str = ""
    score: float | None = None
    entries: int = 0


class Private(Base):
    """All private things about one client."""

    checkins: tuple[CheckIn, ...] = ()
    guts: tuple[GutAnswer, ...] = ()
    decisions: tuple[Decision, ...] = ()


class PrivateContent(Base):
    """The whole private file."""

    format: int = FORMAT
    clients: dict[str, Private] = {}


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

    def erase(self, client: str) -> None:
        """Forget everything private about `client`."""
        self._change(client, lambda kept: Private())

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
            with self.path.open("rb") as file:
                info = os.fstat(file.fileno())
                raw = file.read()
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

    def _change(self, client: str, change: Callable[[Private], Private]) -> None:
        with locked(self.path):
            content = self._read()
            changed = change(content.clients.get(client, Private()))
            clients = {**content.clients, client: changed}
            if changed == Private():
                del clients[client]
            written = PrivateContent(clients=clients)
            write_atomic(self.path, written.model_dump_json(exclude_defaults=True).encode())


def _stamp(info: os.stat_result) -> _Stamp:
    return (info.st_ino, info.st_size, info.st_mtime_ns, info.st_ctime_ns)


def _format(raw: bytes) -> int:
    """Return the format `raw` says it has; 0 where it says none, as for the first."""
    match = re.match(rb'\s*\{\s*"format"\s*:\s*(\d{1,9})\b', raw)
    return int(match[1]) if match else 0
