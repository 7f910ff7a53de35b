"""Plain entries without the models: the fields a Draft would give, or nothing where it must judge.

Loading the models takes longer than logging: they add 110 ms of processor time to the 46 ms of
`docket log acme note x`, pydantic's bare core 23 ms, so no way of loading them makes this needless.
Nothing is refused here: what is not plainly right is left to Draft and the docket's checks, which
say what is wrong. Its one door is `plain_fields`, which a property holds equal to both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple, get_args

from store.dates import Precision, in_zone, lag_days
from store.entries.kinds import IN_WORDS, KINDS, Group, Kind, Shape
from store.entries.words import EARLIEST, SLACK, Channel, Source, Visibility
from store.errors import UsageError
from store.text import clean, clean_line

PLAIN_FIELDS: Final[Mapping[Shape, frozenset[str]]] = {
    "NoData": frozenset(),
    "StepData": frozenset(),
    "IncidentData": frozenset({"severity", "hours"}),
    "AdviceData": frozenset({"severity", "hours"}),
}
"""The shapes that a plain entry's data may have, and which fields it may then hold."""

_GROUPS: Final[frozenset[Group]] = frozenset(
    {"incident", "good-day", "circumstance", "step", "note"}
)
_CLIENT = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_TAKEN = frozenset(
    "client kind occurred_at precision zone author source channel statement quotes refs "
    "visibility data".split()
)


class Logged(NamedTuple):
    """What is said of a plain entry once it is on its docket; no own word called it."""

    client: str
    seq: int
    kind: str
    occurred_at: datetime
    precision: str
    recorded_at: datetime
    zone: str = ""
    called: str = ""
    typed_local: datetime | None = None

    @classmethod
    def read(cls, seq: int, fields: Mapping[str, Any]) -> Logged:
        """Return what the journal line of a plain entry says."""
        return cls(
            fields["client"],
            seq,
            fields["kind"],
            datetime.fromisoformat(fields["occurred_at"]),
            fields["precision"],
            datetime.fromisoformat(fields["recorded_at"]),
            fields.get("zone", ""),
        )

    @property
    def recorded_local(self) -> datetime:
        """When it was recorded, on the clocks of the place where it was."""
        return in_zone(self.recorded_at, self.zone, self.occurred_at.tzinfo)

    @property
    def lag_days(self) -> int:
        """Whole days between occurring and being recorded; never negative."""
        return lag_days(self.occurred_at, self.recorded_local)


class _NotPlainError(Exception):
    """A Draft must judge this."""


def plain_fields(raw: Mapping[str, Any], now: datetime) -> dict[str, Any] | None:
    """Return what `Draft.model_validate(raw).fields()` returns, or None where that must judge.

    What has not come yet at `now`, or lacks the words that its kind needs, is not plain either.
    """
    try:
        said = _fields(raw, now)
    except (_NotPlainError, UsageError):
        return None
    return {name: value for name, value in said.items() if value not in (None, "", [], {})}


def _fields(raw: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    name = raw.get("kind")
    kind = KINDS.get(name) if isinstance(name, str) else None
    if kind is None or kind.shape not in PLAIN_FIELDS or kind.group not in _GROUPS:
        raise _NotPlainError
    _need(raw.keys() <= _TAKEN)
    statement, quotes = _text(raw.get("statement", "")), _quotes(raw.get("quotes", ()))
    _need(bool(statement or quotes) or kind.group not in IN_WORDS)
    client = raw.get("client")
    _need(isinstance(client, str) and _CLIENT.fullmatch(client) is not None)
    return {
        "client": client,
        "kind": kind.id,
        "occurred_at": _moment(raw.get("occurred_at"), now),
        "precision": _choice(raw.get("precision", "day"), get_args(Precision)),
        "zone": _line(raw.get("zone", "")),
        "author": _line(raw.get("author", "")),
        "source": _choice(raw.get("source", "witnessed"), get_args(Source)),
        "channel": _choice(raw.get("channel"), (None, *get_args(Channel))),
        "statement": statement,
        "quotes": quotes,
        "refs": _refs(raw.get("refs", {})),
        "visibility": _choice(raw.get("visibility", "record"), get_args(Visibility)),
        "data": _data(raw.get("data"), kind),
    }


def _need(fits: bool) -> None:
    if not fits:
        raise _NotPlainError


def _text(value: Any) -> str:
    _need(isinstance(value, str))
    return clean(value)


def _line(value: Any) -> str:
    _need(isinstance(value, str))
    return clean_line(value)


def _choice(value: Any, choices: tuple[Any, ...]) -> Any:
    _need(value in choices)
    return value


def _moment(value: Any, now: datetime) -> str:
    _need(isinstance(value, datetime) and value.utcoffset() is not None)
    _need(EARLIEST <= value <= now + SLACK)
    return str(value.isoformat(timespec="seconds"))


def _quotes(value: Any) -> list[dict[str, str]]:
    _need(isinstance(value, tuple | list))
    _need(all(isinstance(quote, dict) and quote.keys() == {"text"} for quote in value))
    return [{"text": _text(quote["text"]), "by": "client"} for quote in value]


def _refs(value: Any) -> dict[str, str]:
    _need(isinstance(value, dict) and value.keys() <= {"project", "invoice"})
    return {name: _line(reference) for name, reference in value.items()}


def _data(value: Any, kind: Kind) -> dict[str, Any]:
    given = {} if value is None else value
    _need(isinstance(given, dict) and given.keys() <= PLAIN_FIELDS[kind.shape])
    if kind.group != "incident":
        return {}
    said = {"severity": _choice(given.get("severity", 1), (1, 2, 3)), "my_share": False}
    _need(type(said["severity"]) is int)
    return said | ({"hours": _hours(given["hours"])} if "hours" in given else {})


def _hours(value: Any) -> str:
    from decimal import Decimal

    _need(isinstance(value, Decimal) and value.is_finite() and 0 < value <= 1000)
    _need(value.as_tuple().exponent == -2)
    return str(value)
