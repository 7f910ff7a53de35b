"""An entry as it stands on a docket: what is weighed at hand, what it says read when it is shown.

A docket of 100,000 entries is weighed whole and shown by the page. So an entry holds its kind,
moment, links and data, and shares with others what most of a docket say alike; its words stay
where they came from, in the journal. What it holds fits `WholeEntry`, or it was not read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol, Self, TypeVar, get_args

from store.dates import Precision, in_zone, lag_days
from store.entries.data import Data
from store.entries.kinds import KINDS
from store.entries.parts import Dated, Link, Quote, Refs
from store.entries.plainly import ToJudgeError, plain_line
from store.entries.words import EARLIEST, Channel, Relation, Source, Visibility
from store.errors import UsageError
from store.journal.chain import NOT_YET
from store.text import clean

if TYPE_CHECKING:
    from store.entries.model import Exhibit, Origin, WholeEntry

_MODELLED: Final = frozenset(("exhibits", "origin", "typed_at"))
"""The fields that the model reads; most entries have none of them."""
_MANNER: Final = (
    *("client", "called", "precision", "zone", "author", "source", "channel", "visibility"),
)
_PLAIN_NAMES: Final = frozenset(
    ("id", "kind", "occurred_at", "recorded_at", "statement", "quotes", "links", "data")
).union(_MANNER, ("refs", "clock_behind"))
_LINKED: Final = frozenset(("rel", "seq", "id", "reason"))
_OCCURRED: Final = len("2026-11-21T14:30:00+01:00")
_RECORDED: Final = len("2026-11-21T13:30:00.000000Z")
_SHARED: Final = 1 << 12
"""How many different data are kept to be shared."""
_CLIENT: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_SHORT: Final = 1_000
"""Under so many plain characters there is nothing to judge in a text."""
_Word = TypeVar("_Word")
_RELATIONS: Final[dict[object, Relation]] = {one: one for one in get_args(Relation)}
_PRECISIONS: Final[dict[Any, Precision]] = {one: one for one in get_args(Precision)}
_SOURCES: Final[dict[Any, Source]] = {one: one for one in get_args(Source)}
_CHANNELS: Final[dict[Any, Channel | None]] = {one: one for one in get_args(Channel)}
_VISIBILITIES: Final[dict[Any, Visibility]] = {one: one for one in get_args(Visibility)}


class Manner(NamedTuple):
    """How an entry is told: what most entries of a docket have in common."""

    client: str
    called: str
    precision: Precision
    zone: str
    author: str
    source: Source
    channel: Channel | None
    visibility: Visibility
    refs: Refs
    clock_behind: int
    bare: bool = True
    """Whether it has nothing of what the model reads: no files, origin or time of typing."""


class Teller(Protocol):
    """Where the words of an entry are read."""

    def told(self, seq: int) -> tuple[str, Mapping[str, Any]]:
        """Return the hash of entry `seq`, and its fields as the journal has them."""


class _Line(NamedTuple):
    """The words of one entry, which are at hand."""

    hash: str
    fields: Mapping[str, Any]

    def told(self, seq: int) -> tuple[str, Mapping[str, Any]]:
        return self.hash, self.fields


class Entry(Dated):
    """An entry on a docket; it is never changed once made."""

    __slots__ = ("_from", "_manner", "data", "kind", "links", "occurred_at", "seq")

    def __init__(
        self,
        seq: int,
        kind: str,
        occurred_at: datetime,
        links: tuple[Link, ...],
        data: Data,
        manner: Manner,
        told: Teller | WholeEntry,
    ) -> None:
        """Take what is at hand, and what the rest is read from."""
        self.seq = seq
        self.kind = kind
        self.occurred_at = occurred_at
        self.links = links
        self.data = data
        self._manner = manner
        self._from = told

    @classmethod
    def read(
        cls,
        seq: int,
        entry_hash: str,
        fields: Mapping[str, Any],
        told: Teller | None = None,
    ) -> Self:
        """Return the entry that a journal line holds; ValidationError if it fits no kind.

        Its words are read from `told` again where that is given; else the fields are kept.
        """
        held = told or _Line(entry_hash, fields)
        plain = _plain(fields)
        if plain is None:
            return cls.of(_judged(seq, entry_hash, fields), held)
        return cls(seq, *plain, held)

    @classmethod
    def of(cls, model: WholeEntry, told: Teller | None = None) -> Self:
        """Return the entry that a model holds; the model is kept unless its words are `told`."""
        manner, held = _manner_of(model), told or model
        return cls(model.seq, model.kind, model.occurred_at, model.links, model.data, manner, held)

    @property
    def whole(self) -> WholeEntry:
        """All it says, as the model that judges it."""
        if model := self._model:
            return model
        return _judged(self.seq, self.hash, self.as_told)

    @property
    def as_told(self) -> Mapping[str, Any]:
        """All it says but for number and hash, as JSON values: from its line where it has one."""
        if model := self._model:
            return model.model_dump(mode="json", exclude_none=True, exclude={"seq", "hash"})
        return self._told.told(self.seq)[1]

    @property
    def _model(self) -> WholeEntry | None:
        held = self._from
        return None if hasattr(held, "told") else held

    @property
    def _told(self) -> Teller:
        held = self._from
        assert hasattr(held, "told")
        return held

    def fields(self) -> dict[str, Any]:
        """Return all it says as JSON values, empty ones left out."""
        return self.whole.fields()

    def changed(self, **fields: Any) -> Self:
        """Return the same entry with other values in fields of it, which are not judged."""
        return self.of(self.whole.model_copy(update=fields))

    def _field(self, name: str, read: Callable[[Any], Any], otherwise: Any) -> Any:
        if model := self._model:
            return getattr(model, name)
        if self._manner.bare and name in _MODELLED:
            return otherwise
        raw = self._told.told(self.seq)[1].get(name)
        return otherwise if raw is None else read(raw)

    @property
    def hash(self) -> str:
        """Its hash, 64 hex digits."""
        model = self._model
        return model.hash if model else self._told.told(self.seq)[0]

    @property
    def id(self) -> str:
        """The 32 hex digits that name it on any machine."""
        return str(self._field("id", str, ""))

    @property
    def recorded_at(self) -> datetime:
        """When it was recorded, in UTC."""
        found: datetime | None = self._field("recorded_at", _recorded, None)
        return found or self.whole.recorded_at

    @property
    def typed_at(self) -> datetime | None:
        """When it was typed, by its machine's clock, where it waited in an outbox."""
        found: datetime | None = self._field("typed_at", lambda _: self.whole.typed_at, None)
        return found

    @property
    def on_record(self) -> bool:
        """Whether it has a number: what waits in an outbox has none yet."""
        return self.seq < NOT_YET

    @property
    def statement(self) -> str:
        """What happened, in the words of who wrote it."""
        return str(self._field("statement", clean, ""))

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Words as they were said."""
        found: tuple[Quote, ...] = self._field("quotes", _quotes, ())
        return found

    @property
    def exhibits(self) -> tuple[Exhibit, ...]:
        """The files that are kept with it."""
        found: tuple[Exhibit, ...] = self._field("exhibits", lambda _: self.whole.exhibits, ())
        return found

    @property
    def origin(self) -> Origin | None:
        """The row of a file that it was made of, if it was."""
        found: Origin | None = self._field("origin", lambda _: self.whole.origin, None)
        return found

    @property
    def client(self) -> str:
        """The id of the client."""
        return self._manner.client

    @property
    def called(self) -> str:
        """The word of the user's own that it was logged by."""
        return self._manner.called

    @property
    def precision(self) -> Precision:
        """How exactly its moment is known."""
        return self._manner.precision

    @property
    def zone(self) -> str:
        """The IANA zone of where it was written."""
        return self._manner.zone

    @property
    def author(self) -> str:
        """Who wrote it."""
        return self._manner.author

    @property
    def source(self) -> Source:
        """How it came to be known."""
        return self._manner.source

    @property
    def channel(self) -> Channel | None:
        """The way it came."""
        return self._manner.channel

    @property
    def visibility(self) -> Visibility:
        """Who may see it."""
        return self._manner.visibility

    @property
    def refs(self) -> Refs:
        """What else it is about."""
        return self._manner.refs

    @property
    def clock_behind(self) -> int:
        """How many seconds the clock stood behind the entry before."""
        return self._manner.clock_behind

    @property
    def recorded_local(self) -> datetime:
        """When it was recorded, on the clocks of the place where it was."""
        return in_zone(self.recorded_at, self.zone, self.occurred_at.tzinfo)

    @property
    def typed_local(self) -> datetime | None:
        """When it was typed, by the same clocks, where that was before it could be recorded."""
        at = self.typed_at
        return in_zone(at, self.zone, self.occurred_at.tzinfo) if at else None

    @property
    def lag_days(self) -> int:
        """Whole days between occurring and being recorded; never negative."""
        return lag_days(self.occurred_at, self.recorded_local)

    def __eq__(self, other: object) -> bool:
        """Compare all they say."""
        if not isinstance(other, Entry):
            return NotImplemented
        at_hand = self.seq, self.kind, self.occurred_at, self.data, self._manner
        theirs = other.seq, other.kind, other.occurred_at, other.data, other._manner
        return at_hand == theirs and (self._from is other._from or self.whole == other.whole)

    def __hash__(self) -> int:
        """Return the same of entries that are equal."""
        return hash((self.seq, self.kind, self.occurred_at))

    def __repr__(self) -> str:
        """Return all it says."""
        return f"Entry({self.whole!r})"


def _judged(seq: int, entry_hash: str, fields: Mapping[str, Any]) -> WholeEntry:
    from store.entries.model import WholeEntry

    return WholeEntry.model_validate({**fields, "seq": seq, "hash": entry_hash})


_Plain = tuple[str, datetime, tuple[Link, ...], Data, Manner]


def _plain(fields: Mapping[str, Any]) -> _Plain | None:
    """Return what an entry has at hand; None where WholeEntry must judge all of it.

    Nothing is refused here: what is not said as this program writes it is left to the model.
    """
    get = fields.get
    try:
        kind = KINDS[fields["kind"]]
        statement, links = get("statement", ""), get("links", [])
        plain = type(fields["id"]) is type(statement) is str and type(links) is list
        if not plain or not fields.keys() <= _PLAIN_NAMES or None in fields.values():
            return None  # what is None counts as not said here, and there it may be refused
        if _recorded(fields["recorded_at"]) is None:
            return None
        if not (len(statement) < _SHORT and statement.isascii() and statement.isprintable()):
            clean(statement)
        if type(fields.get("quotes", [])) is not list:
            return None
        _quotes(fields.get("quotes", ()))
        return (
            kind.id,
            _occurred(fields["occurred_at"]),
            tuple(map(_link, links)),
            _data(kind.id, get("data")),
            _told_as(fields, kind.id if kind.group == "incident" else "note"),
        )
    except (AttributeError, KeyError, ToJudgeError, TypeError, ValueError, UsageError):
        return None


def _quotes(raw: Any) -> tuple[Quote, ...]:
    """Return quotes as they are spelled; ValidationError where they are none."""
    return tuple(map(Quote.model_validate, raw))


def _occurred(raw: Any) -> datetime:
    if len(raw) != _OCCURRED or raw[4] != "-" or raw[7] != "-" or raw[10] != "T":
        raise ValueError(raw)
    at = datetime.fromisoformat(raw)
    if at < EARLIEST:  # TypeError where it has no zone
        raise ValueError(raw)
    offset = at.utcoffset()
    return at.replace(tzinfo=_zone(offset)) if offset else at


@lru_cache(maxsize=64)
def _zone(offset: timedelta) -> timezone:
    return timezone(offset)


def _recorded(raw: Any) -> datetime | None:
    """Return a moment that is spelled as the journal spells it; None where it is not."""
    if type(raw) is not str or len(raw) != _RECORDED or raw[10] != "T" or raw[-1] != "Z":
        return None
    return datetime.fromisoformat(raw) if raw[4] == raw[7] == "-" else None


def _link(raw: Mapping[str, Any]) -> Link:
    relation, seq = _RELATIONS[raw["rel"]], raw["seq"]
    if not raw.keys() <= _LINKED or type(seq) is not int or seq < 1:
        raise ValueError(raw)
    return Link(relation, seq, plain_line(raw.get("id", "")), plain_line(raw.get("reason", "")))


_shared: Final[dict[tuple[str, str], Data]] = {}


def _data(kind: str, raw: Any) -> Data:
    """Return the data of an entry of a kind, the same object where the same is said again."""
    if raw is not None and type(raw) is not dict:
        raise TypeError(raw)
    key = kind, repr(raw)
    found = _shared.get(key)
    if found is None:
        found = KINDS[kind].data.model_validate(raw or {})
        if len(_shared) >= _SHARED:
            _shared.clear()
        _shared[key] = found
    return found


def _told_as(fields: Mapping[str, Any], kind: str) -> Manner:
    get = fields.get
    refs, behind = get("refs", {}), get("clock_behind", 0)
    if not refs.keys() <= {"project", "invoice"} or type(behind) is not int:
        raise ValueError(refs)
    told = tuple(map(get, _MANNER))
    return _manner(kind, told, refs.get("project"), refs.get("invoice"), behind)


@lru_cache(maxsize=4096)
def _manner(
    kind: str, told: tuple[Any, ...], project: str | None, invoice: str | None, behind: int
) -> Manner:
    """Return how an entry is told; ValueError where the model has to judge that."""
    client, called, precision, zone, author, source, channel, visibility = told
    if not _CLIENT.fullmatch(client) or (called and KINDS[kind].group != "incident"):
        raise ValueError(told)
    return Manner(
        client=client,
        called=plain_line(called or ""),
        precision=_one_of(_PRECISIONS, precision, "day"),
        zone=plain_line(zone or ""),
        author=plain_line(author or ""),
        source=_one_of(_SOURCES, source, "witnessed"),
        channel=_one_of(_CHANNELS, channel, None),
        visibility=_one_of(_VISIBILITIES, visibility, "record"),
        refs=Refs.model_construct(project=_named(project), invoice=_named(invoice)),
        clock_behind=behind,
    )


def _one_of(known: Mapping[_Word, _Word], said: Any, otherwise: _Word) -> _Word:
    return otherwise if said is None else known[said]


def _named(raw: str | None) -> str | None:
    return None if raw is None else plain_line(raw)


def _manner_of(model: WholeEntry) -> Manner:
    *names, _ = Manner._fields
    bare = not any(getattr(model, name) for name in _MODELLED)
    return Manner(*[*(getattr(model, name) for name in names), bare])
