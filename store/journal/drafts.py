"""What the journal makes of the fields it is given: checked, dated by the clock, chained."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from .canonical import spelled_parts
from .chain import Line, Spelled, read_again
from .disk import MAX_LINE
from .errors import NotCanonicalError, RefusedEntryError

Clock = Callable[[], datetime]
"""Returns the time now, as a datetime that knows its zone."""

Fields = Mapping[str, Any]
"""What an entry says, as JSON values by name."""


_AROUND: Final = len('"":,')
"""Bytes of a field on its line, beside its name and value."""


class TypedBefore(NamedTuple):
    """An entry that was typed before it could be put on record: its id, and when that was (UTC)."""

    id: str
    typed_at: str
    fields: Fields


Judge = Callable[[Sequence[Line]], Iterable[Fields | TypedBefore]]
"""Gives the entries to append, and may raise to append none. It is called when nobody else can
append any more; the lines it is handed grow by each entry before the next is asked for."""

RESERVED: Final = frozenset({"id", "recorded_at", "clock_behind", "typed_at"})
"""The fields the journal itself writes; a caller may not."""


def utc_now() -> datetime:
    """Return the system's time."""
    return datetime.now(UTC)


def random_id() -> str:
    """Return 32 random hex digits."""
    return os.urandom(16).hex()


def journal_time(moment: datetime) -> str:
    """Return a time as it stands in a journal: UTC, to the microsecond, ending in Z."""
    if moment.tzinfo is None:
        raise ValueError("a clock must give a time with its zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


class Spellable(dict[str, Any]):
    """Fields that can be kept, and in `parts` how each of them is spelled."""

    def __init__(self, fields: Fields, parts: Mapping[str, bytes]) -> None:
        """Take the fields, and how they are spelled."""
        super().__init__(fields)
        self.parts = parts


def checked(fields: Fields) -> Spellable:
    """Return a copy that can be kept; RefusedEntryError when it cannot."""
    if taken := sorted(RESERVED & fields.keys()):
        raise RefusedEntryError(f"{', '.join(taken)} is written by the journal alone")
    if not fields:
        raise RefusedEntryError("it is empty")
    try:
        parts = spelled_parts(fields)
    except NotCanonicalError as error:
        raise RefusedEntryError(error.why) from error
    size = sum(len(name) + len(part) + _AROUND for name, part in parts.items())
    if size > MAX_LINE - 1024:
        raise RefusedEntryError(
            f"it is {size:,} bytes long and a line holds at most {MAX_LINE:,}",
            "Attach the long part as a file",
        )
    return Spellable(fields, parts)


def judge_of(many: Iterable[Fields | TypedBefore] | Judge) -> Judge:
    """Return what gives the entries in `many` as they can be kept; RefusedEntryError if not."""
    if callable(many):
        return lambda made: map(_checked, many(made))
    drafts = list(map(_checked, many))
    return lambda made: drafts


def _checked(given: Fields | TypedBefore) -> Fields | TypedBefore:
    if isinstance(given, TypedBefore):
        return given._replace(fields=checked(given.fields))
    return checked(given)


class Tip(NamedTuple):
    """What the next entry is tied to: number, hash and time of the one before."""

    seq: int
    hash: str
    recorded_at: object


def chained(
    link: Tip,
    judge: Judge,
    now: datetime,
    new_id: Callable[[], str],
    new_seed: Callable[[], str],
) -> tuple[list[Line], list[bytes]]:
    """Return the entries that `judge` gives, after `link`, numbered, dated `now`, hashed; and how
    each is spelled, without its newline. What it gives is `checked` already."""
    behind = _seconds_behind(now, link.recorded_at)
    seq, prev = link.seq, link.hash
    lines: list[Line] = []
    raws: list[bytes] = []
    for given in judge(lines):
        seq += 1
        if isinstance(given, TypedBefore):
            own = {"id": given.id, "typed_at": given.typed_at}
            given = given.fields
        else:
            own = {"id": new_id()}
        own["recorded_at"] = journal_time(now)
        late = {"clock_behind": behind} if behind and seq == link.seq + 1 else {}
        known = given.parts if isinstance(given, Spellable) else spelled_parts(given)
        parts = {**known, **spelled_parts({**own, **late})}
        spelled = Spelled.of(prev, seq, new_seed(), parts)
        prev = spelled.hash
        raws.append(spelled.raw)
        lines.append(read_again(spelled.raw))
    return lines, raws


def _seconds_behind(now: datetime, recorded_at: object) -> int:
    if not isinstance(recorded_at, str):
        return 0
    try:
        before = datetime.fromisoformat(recorded_at)
    except ValueError:
        return 0
    if before.tzinfo is None:
        return 0
    return max(0, math.ceil((before - now).total_seconds()))
