"""The models an entry must fit: as it is written (Draft), and as it stands on a docket."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Annotated, Any, Final

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    SerializationInfo,
    SerializerFunctionWrapHandler,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_serializer,
    model_validator,
)

from store.dates import Precision
from store.entries.data import Data
from store.entries.fields import OneLine, Text
from store.entries.judge import prepare, resolve
from store.entries.kinds import KINDS
from store.entries.parts import Dated, Link, Quote, Refs
from store.entries.shape import Shaped
from store.entries.words import EARLIEST, Channel, Source, Visibility

prepare(Shaped)
resolve(Link)


def _moment(raw: Any) -> Any:
    """Read a bare day as local midnight; leave everything else to pydantic."""
    if isinstance(raw, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", raw):
        raw = datetime.combine(date.fromisoformat(raw), time())
    if isinstance(raw, str) and re.match(r"\d{4}-\d{2}-\d{2}[T ]", raw):
        raw = datetime.fromisoformat(raw)
    if isinstance(raw, datetime):
        return raw if raw.tzinfo else raw.astimezone()
    raise ValueError("write it as 2026-11-21 or 2026-11-21T14:30:00+01:00")


Moment = Annotated[AwareDatetime, BeforeValidator(_moment)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


def _is_data(raw: Any) -> Data:
    if not isinstance(raw, Data):
        raise ValueError("it is no data of a kind")
    return raw


def _told_data(data: Data, info: SerializationInfo) -> dict[str, Any]:
    return data.model_dump(mode=info.mode, exclude_none=info.exclude_none)


ShapedData = Annotated[
    Data,
    PlainValidator(_is_data),
    PlainSerializer(_told_data, return_type=dict[str, Any]),
    WithJsonSchema({"type": "object"}),
]
"""Data that was read by the shape of its kind."""


class Exact(BaseModel):
    """Base of the small models inside an entry."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Exhibit(Exact):
    """A file kept as evidence: its SHA-256 names it in the workspace.

    `modified` is when the file itself says it was last changed, `obtained` how it was come by in
    the user's words, `derived_from` the SHA-256 of what it was made from, as text from a PDF.
    """

    sha256: Sha256
    name: OneLine
    size: Annotated[int, Field(ge=0)]
    modified: AwareDatetime | None = None
    obtained: OneLine = ""
    derived_from: Sha256 | None = None

    @model_serializer(mode="wrap")
    def _as_told(self, plain: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Leave out what was not told, so that it is spelled as it was before it could be."""
        given: dict[str, Any] = plain(self)
        untold = ("modified", "obtained", "derived_from")
        return {name: value for name, value in given.items() if name not in untold or value}


class Origin(Exact):
    """The row of a file from elsewhere that an entry was made of; `line` is its place there."""

    file: OneLine
    sha256: Sha256
    line: Annotated[int, Field(ge=0)]


class Draft(BaseModel, Dated):
    """Everything about an entry that a person says; the journal adds number, id and time.

    `called` is the word of the user's own that an incident was logged by. It is a field by itself,
    not part of `data`, so that a record can withhold it and still verify.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    client: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
    kind: str
    called: OneLine = ""
    occurred_at: Moment
    precision: Precision = "day"
    zone: OneLine = ""
    author: OneLine = ""
    source: Source = "witnessed"
    channel: Channel | None = None
    statement: Text = ""
    quotes: tuple[Quote, ...] = ()
    refs: Refs = Refs()
    links: tuple[Link, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    origin: Origin | None = None
    visibility: Visibility = "record"
    data: ShapedData

    @model_validator(mode="before")
    @classmethod
    def _shape_data(cls, raw: Any) -> Any:
        """Read `data` as the model of its kind, which also names an unknown kind."""
        if not isinstance(raw, Mapping) or isinstance(raw.get("data"), Data):
            return raw
        kind = KINDS.get(str(raw.get("kind", "")))
        if kind is None:
            raise ValueError(f"'{str(raw.get('kind', ''))[:40]}' is not a kind of entry")
        given = raw.get("data")
        shape = kind.data.model_validate({} if given is None else given)
        return {**raw, "data": shape}

    @field_validator("called")
    @classmethod
    def _only_incidents(cls, called: str, known: ValidationInfo) -> str:
        kind = KINDS.get(known.data.get("kind", ""))
        if called and (kind is None or kind.group != "incident"):
            raise ValueError("only an incident has a word of your own")
        return called

    @field_validator("occurred_at")
    @classmethod
    def _since_1970(cls, moment: datetime) -> datetime:
        if moment < EARLIEST:
            raise ValueError("the day is before 1970")
        return moment

    def fields(self) -> dict[str, Any]:
        """Return what goes into the journal: JSON values only, empty ones left out."""
        dumped = self.model_dump(mode="json", exclude_none=True)
        dumped["occurred_at"] = self.occurred_at.isoformat(timespec="seconds")
        return {name: value for name, value in dumped.items() if value not in ("", [], {})}


class WholeEntry(Draft):
    """An entry on a docket with all it says: the model that judges what a journal holds.

    `typed_at` is there where it waited in an outbox: when it was typed, by its machine's clock.
    """

    seq: int
    id: str
    recorded_at: AwareDatetime
    typed_at: AwareDatetime | None = None
    hash: str
    clock_behind: int = 0


_NO_FIELD: Final = frozenset({"extra_forbidden", "unexpected_keyword_argument"})


def draft_problems(error: ValidationError) -> str:
    """Return what is wrong with a draft in one line, such as `data.amount: must be above 0`."""
    lines = []
    for problem in error.errors(include_url=False, include_context=False, include_input=False):
        where = ".".join(str(part) for part in problem["loc"])
        reason = str(problem["msg"]).removeprefix("Value error, ")
        if problem["type"] in _NO_FIELD:
            reason = "this kind has no such field"
        lines.append(f"{where}: {reason}" if where else reason)
    return "; ".join(lines)
