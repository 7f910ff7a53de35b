"""A row of a file from elsewhere, what is told of the file, and how its times are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any, Final, NamedTuple

from store.errors import UsageError

LARGEST_FILE: Final = 256 * 2**20
"""The largest file that is read; such a chat would be of some million lines."""


OF_ANOTHER: Final = "of another client"
THERE: Final = "on the docket already"


class ForeignRow(NamedTuple):
    """What one row would be on a docket: fields of a Draft but for its client; or why it is none.

    `number` is its line, or its place where the file has no lines. `whose` is what the file calls
    the client, empty where it does not say. `passed` are words that rows count together by. `own`
    is the entry, as `acme#12`, of which Docket itself wrote the row.
    """

    number: int
    fields: Mapping[str, Any] | None = None
    whose: str = ""
    passed: str = ""
    own: str = ""


@dataclass(frozen=True)
class HowRead:
    """What is said beside a file: the moment now, who I am in it, and how it is to be read.

    `columns` names the column of a field, where the file is a table; `day_first` says whether
    `3/4/26` is a day of April, and None that the file has to tell.
    """

    now: datetime
    me: frozenset[str] = frozenset()
    currency: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    day_first: bool | None = None

    @property
    def zone(self) -> tzinfo | None:
        """The zone of times that name none."""
        return self.now.tzinfo

    def mine(self, name: str) -> bool:
        """Whether somebody of that name is me, as who writes a chat out may be called in it."""
        return name.strip().casefold() in {"me", *self.me}

    def local(self, moment: datetime) -> datetime:
        """Return a moment on the clocks of this place; one without a zone is of here already."""
        here = self.now.astimezone().utcoffset() == self.now.utcoffset()
        if moment.tzinfo is None:
            return moment.astimezone() if here else moment.replace(tzinfo=self.zone)
        return moment.astimezone(None if here else self.zone)


class ForeignFile(NamedTuple):
    """A file as it was read: its name, its bytes, and its text where it is one.

    `told` names columns of a table by their fields, where its heads alone do not tell.
    """

    name: str
    raw: bytes
    text: str
    told: tuple[tuple[str, str], ...] = ()


class FileSort(NamedTuple):
    """One kind of file: its name in words, how it is known, and how its rows are read.

    `one` says that all of such a file is about one client.
    """

    name: str
    fits: Callable[[ForeignFile], bool]
    rows: Callable[[ForeignFile, HowRead], Iterator[ForeignRow]]
    one: bool = False


def moment_fields(asked: HowRead, at: datetime, *, exact: bool = True) -> dict[str, Any]:
    """Return when something was, as fields of a Draft: to the minute, or the day alone."""
    local = asked.local(at)
    if exact:
        return {"occurred_at": local, "precision": "minute"}
    return {"occurred_at": local.replace(hour=0, minute=0, second=0, microsecond=0)}


def day_comes_first(pairs: Iterable[tuple[int, int]], asked: HowRead) -> bool:
    """Return whether the first of two numbers of a date is its day, as a whole file tells.

    It is where one is above 12, or where the dates are in order one way and not the other. Raises
    UsageError where nothing tells.
    """
    if asked.day_first is not None:
        return asked.day_first
    first, second, orders = False, False, [True, True]
    before = [(0, 0), (0, 0)]
    for one, two in pairs:
        first |= one > 12
        second |= two > 12
        for number, (day, month) in enumerate(((one, two), (two, one))):
            falls = (month, day) < before[number] and not (before[number][0] == 12 and month == 1)
            orders[number] &= not falls
            before[number] = (month, day)
    if first != second:
        return first
    if orders[0] != orders[1]:
        return orders[0]
    raise UsageError(
        "It does not say whether days or months come first",
        "every date in it could be read in both ways",
        "Say --day-first or --month-first",
    )
