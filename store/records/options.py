"""What a record is made for, and what it may leave out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from store.errors import DocketError, UsageError
from store.text import clean_name, fold

Purpose = Literal["court", "platform", "mediator", "own"]
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)


class RecordError(DocketError):
    """A record cannot be made as asked; no folder was written."""


@dataclass(frozen=True, slots=True)
class RecordOptions:
    """Who the record is for, the days it covers (both ends included) and who made it.

    The agreement and the account are always whole, whatever the days. Raises UsageError where
    the words are wrong.
    """

    purpose: Purpose
    since: date | None
    until: date | None
    prepared_by: str
    redact: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.purpose not in PURPOSES:
            raise UsageError(
                f"'{str(self.purpose)[:24]}' is no purpose of a record", "", "Use " + _either()
            )
        if self.since and self.until and self.since > self.until:
            raise UsageError("The record would cover no day", "its first day is after its last", "")
        if self.redact:
            raise UsageError(
                "Nothing was redacted",
                "a record cannot yet withhold words inside an entry",
                "Leave out --redact; entries marked internal are never printed",
            )
        object.__setattr__(self, "prepared_by", clean_name(self.prepared_by))

    @property
    def initials(self) -> str:
        """Up to three initials for exhibit labels, in plain capitals; EX where there are none."""
        letters = re.findall(r"\b[a-z]", fold(self.prepared_by))
        return "".join(letters[:3]).upper() or "EX"

    def covers(self, day: date) -> bool:
        """Whether `day` lies in the period."""
        return (not self.since or day >= self.since) and (not self.until or day <= self.until)

    def as_json(self) -> dict[str, str | None]:
        """Return what `from_json` reads."""
        return {
            "prepared_by": self.prepared_by,
            "purpose": self.purpose,
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> RecordOptions:
        """Return options from `as_json`; ValueError, KeyError, TypeError or UsageError if wrong."""
        since, until = values["since"], values["until"]
        return cls(
            purpose=values["purpose"],
            since=None if since is None else date.fromisoformat(since),
            until=None if until is None else date.fromisoformat(until),
            prepared_by=values["prepared_by"],
        )


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many entries of the docket are not in a record, by reason."""

    internal: int = 0
    settlement: int = 0
    outside: int = 0

    @property
    def total(self) -> int:
        """All entries left out."""
        return self.internal + self.settlement + self.outside


def _either() -> str:
    return f"{', '.join(PURPOSES[:-1])} or {PURPOSES[-1]}"
