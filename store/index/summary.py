"""What the list of clients says of each, kept in `cache/` so that it need not be worked out again.

It holds verdicts, so it is private: no backup has it, no record either, and erasing any client
removes it whole. It can be lost at any time, at the cost of time.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from store.errors import DocketError
from store.files import read_plain
from store.index.names import FOLDER
from store.private.tables import by_client, tables_in

if TYPE_CHECKING:
    from store.decision import Assessment
    from store.docket import Docket
    from store.private.model import Private

_TAIL = 512
# Within a tick of its clock a file system may give two changes the same time.
_TICK = 20_000_000


class Summary(NamedTuple):
    """One line of the list of clients; `overdue` is (amount, currency), days are ISO days.

    `unsaid` is for how many days trouble has gone unanswered, `review` the day a decision was to
    be looked at again, if that has come.
    """

    name: str
    verdict: str
    provisional: bool
    score: float | None
    coverage: float
    overdue: tuple[tuple[str, str], ...]
    open_requests: int
    last_touch: str | None
    entries: int
    ended: bool = False
    rung: str = "unknown"
    unsaid: int | None = None
    review: str | None = None

    @classmethod
    def of(cls, docket: Docket, assessment: Assessment, private: Private) -> Summary:
        """Return the summary of a docket, from what was made of it."""
        from store.decision.history import review_due

        due = review_due(private, docket.today)
        return cls(
            name=docket.name,
            verdict=assessment.verdict,
            provisional=assessment.provisional,
            score=assessment.score,
            coverage=assessment.coverage,
            overdue=tuple((str(one.rounded()), one.currency) for one in docket.overdue_totals),
            open_requests=len(docket.open_requests),
            last_touch=docket.last_touch.isoformat() if docket.last_touch else None,
            entries=len(docket.entries),
            ended=docket.ended is not None,
            rung=assessment.money.rung,
            unsaid=assessment.unsaid.days if assessment.unsaid else None,
            review=due.isoformat() if due else None,
        )


class Summaries:
    """The summaries that were kept, as far as everything they were made from is as it was then.

    Of the journal that is its size, place, times and last bytes, which hold the head hash; the
    private things about the client, the settings, the day and this program's own files matter
    too. What does not fit, or cannot be read, is passed over in silence.
    """

    def __init__(self, root: Path, today: date, *, clock: Callable[[], int] = time.time_ns) -> None:
        """Take the day that the summaries are of; `clock` is the file system's, in nanoseconds."""
        self.root = root
        self._clock = clock
        self.path = root / FOLDER / "summaries.json"
        self._today = today
        self._changed = False

    def state(self, client: str) -> str:
        """Return what the summary of a client depends on, in short; empty if it cannot be told.

        Ask before the docket is read, so that what is appended meanwhile shows later.
        """
        journal = _journal(self.root / "clients" / f"{client}.jsonl")
        if journal is None or self._private is None or not self._common:
            return ""
        return _digest([self._common, journal, self._private.get(client)])

    def get(self, client: str, state: str) -> Summary | None:
        """Return the summary of a client that was kept in this state."""
        kept = self._kept.get(client)
        return _summary(kept[1]) if state and kept and kept[0] == state else None

    def put(self, client: str, state: str, summary: Summary) -> None:
        """Keep the summary of a client in the state it was in before its docket was read."""
        with suppress(OSError):
            changed = (self.root / "clients" / f"{client}.jsonl").stat().st_ctime_ns
            if state and self._clock() - changed > _TICK:
                self._kept[client] = (state, summary)
                self._changed = True

    def save(self) -> None:
        """Write down what was put, without clients that are gone; a failure costs only time."""
        here = {c: kept for c, kept in self._kept.items() if self._there(c)}
        if not self._changed and len(here) == len(self._kept):
            return
        from store.files import WriteError, make_folder, write_atomic

        body = json.dumps(here, separators=(",", ":"))
        with suppress(OSError, WriteError):
            make_folder(self.path.parent)
            write_atomic(self.path, f"{_sha(body.encode())}\n{body}".encode())
            self._changed = False

    def _there(self, client: str) -> bool:
        return (self.root / "clients" / f"{client}.jsonl").exists()

    @cached_property
    def _kept(self) -> dict[str, tuple[str, Any]]:
        try:
            check, _, body = read_plain(self.path).partition(b"\n")
            if check.decode("ascii") != _sha(body):
                return {}
            return {
                str(client): (str(kept[0]), kept[1]) for client, kept in json.loads(body).items()
            }
        except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
            return {}

    @cached_property
    def _private(self) -> dict[str, Any] | None:
        """What is private about each client; None where it cannot be read, as others are to say."""
        path = self.root / "private.json"
        try:
            return by_client(tables_in(read_plain(path), path))
        except FileNotFoundError:
            return {}
        except (OSError, DocketError):
            return None

    @cached_property
    def _common(self) -> str:
        """What every summary depends on; empty if it cannot be told."""
        try:
            settings = read_plain(self.root / "config.toml")
        except FileNotFoundError:
            settings = b""
        except OSError:
            return ""
        return _digest([self._today.isoformat(), settings.hex(), _program()])


def _journal(path: Path) -> list[Any] | None:
    """Return what tells one state of a journal from another, its end included."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        info = os.fstat(fd)
        end = os.pread(fd, _TAIL, max(0, info.st_size - _TAIL))
    except OSError:
        return None
    finally:
        os.close(fd)
    place = [info.st_dev, info.st_ino, info.st_size, info.st_mtime_ns, info.st_ctime_ns]
    return [*place, end.hex()]


def _program() -> list[tuple[str, int, int]]:
    """Return what tells this program from an older or newer one: the files it is made of."""
    files = []
    folders = [Path(__file__).parents[1]]
    while folders:
        with os.scandir(folders.pop()) as found:
            for one in found:
                if one.is_dir() and one.name != "__pycache__":
                    folders.append(Path(one.path))
                elif one.name.endswith(".py"):
                    info = one.stat()
                    files.append((one.path, info.st_size, info.st_mtime_ns))
    return sorted(files)


def _summary(raw: Any) -> Summary | None:
    """Return the summary in what was kept; None where it is not one."""
    if isinstance(raw, Summary):
        return raw
    try:
        kept = Summary(*raw)
        return kept._replace(overdue=tuple((amount, code) for amount, code in kept.overdue))
    except (TypeError, ValueError):
        return None


def _digest(value: Any) -> str:
    return _sha(json.dumps(value, sort_keys=True).encode())


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
