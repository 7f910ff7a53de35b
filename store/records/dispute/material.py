"""What a document is made from: the shown entries, the options, and nothing that was left out."""

from __future__ import annotations

import re
from array import array
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from itertools import chain, zip_longest
from typing import Any, Final, Literal, Self, SupportsIndex, overload

from store.anchors import Anchor
from store.dates import in_zone
from store.docket import Docket, Standing
from store.docket.docket import DEFAULT_REPLY_DAYS
from store.docket.exhibits import exhibit_label, exhibit_numbers
from store.entries import KINDS, Entry, Exhibit
from store.journal import Line, digests
from store.records.dispute.custody import ShownCustody
from store.records.dispute.selection import Omission, check_consistent, count, hidden_entries
from store.records.markdown import Md
from store.records.options import LeftOut, RecordError, RecordOptions
from store.records.redaction.plan import (
    PRIVATE_FIELDS,
    Redaction,
    Withheld,
    check_no_other_copy,
    check_nothing_left,
    plan,
    read_shown,
)
from store.records.texts import Texts
from store.working_days import WorkingDays

_HASH: Final = 32  # bytes
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}$")


@dataclass(frozen=True, slots=True)
class Digest:
    """An entry's number and hash in the chain, and whether a record shows the entry."""

    seq: int
    hash: str
    shown: bool


class Digests(Sequence[Digest]):
    """The digests of a whole chain, which take 41 bytes each."""

    def __init__(self, digests: Iterable[Digest] = ()) -> None:
        self._numbers, self._hashes, self._shown = array("q"), bytearray(), bytearray()
        for one in digests:
            self.add(one.seq, one.hash, shown=one.shown)

    def add(self, seq: int, line_hash: str, *, shown: bool) -> None:
        """Take in that of one more entry."""
        self._numbers.append(seq)
        self._hashes += bytes.fromhex(line_hash)
        self._shown.append(shown)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._numbers)

    @overload
    def __getitem__(self, index: SupportsIndex) -> Digest: ...

    @overload
    def __getitem__(self, index: slice) -> list[Digest]: ...

    def __getitem__(self, index: SupportsIndex | slice) -> Digest | list[Digest]:
        """Return one, or a list of several."""
        places = range(len(self))[index]
        if isinstance(places, range):
            return [self[place] for place in places]
        digest = self._hashes[places * _HASH : (places + 1) * _HASH].hex()
        return Digest(self._numbers[places], digest, bool(self._shown[places]))

    def __eq__(self, other: object) -> bool:
        """Compare with any other sequence of digests."""
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # it grows


NotShownWhy = Literal["withheld", "redacted", "unchosen", "outside"]
"""Why an exhibit is left out."""
_NOT_SHOWN: Mapping[Omission, NotShownWhy] = {
    "internal": "withheld",  # whether it is that or an offer is not told
    "settlement": "withheld",
    "redacted": "redacted",
    "unchosen": "unchosen",
    "outside": "outside",
}


@dataclass(frozen=True, slots=True)
class NotShown:
    """An exhibit of the docket that no shown entry has: its number, and why it is left out."""

    number: int
    why: NotShownWhy


@dataclass(frozen=True, slots=True)
class Labelled:
    """An exhibit with the label it has in every record, and the entry it came with."""

    label: str
    exhibit: Exhibit
    entry: Entry

    @property
    def changed_later(self) -> bool:
        """Whether the file says that it was changed after its entry was recorded."""
        changed = self.exhibit.modified
        return changed is not None and changed > self.entry.recorded_at

    @property
    def file(self) -> str:
        """What its copy is called: its label, and a plain suffix of its name if it has one."""
        suffix = _SUFFIX.search(self.exhibit.name)
        return f"{self.label}{suffix[0].lower() if suffix else ''}"


@dataclass(frozen=True)
class Material:
    """All a record may draw on; two equal ones give the same document, byte for byte.

    It holds only what `chain.jsonl` discloses and the manifest states, so that a reader of the
    folder can make the document again and compare.
    """

    client: str
    entries: tuple[Entry, ...]
    digests: Sequence[Digest]
    left_out: LeftOut
    options: RecordOptions
    now: datetime
    numbering: Mapping[str, str]
    """The number of each section of the document, by name; empty if it is left out."""
    withheld: tuple[Withheld, ...] = ()
    """The fields of shown entries that are withheld, by number and name."""
    redacted: tuple[int, ...] = ()
    """The entries that are withheld whole because the contractor chose so, by number."""
    anchors: tuple[Anchor, ...] = ()
    """The anchors that go with the record, the smallest count first."""
    custody: ShownCustody = field(default_factory=ShownCustody)
    """Who has handled the exhibits, as the record discloses it."""
    pages: Mapping[str, int] = field(default_factory=dict)
    """How many pages each PDF has that a platform is sent, by its SHA-256; nothing elsewhere."""
    numbers: Mapping[str, int] = field(default_factory=dict)
    """The number in the whole docket of each exhibit of a shown entry, by its SHA-256."""
    not_shown: tuple[NotShown, ...] = ()
    """The exhibits that are left out, in order of number."""

    def but(self, **changes: Any) -> Self:
        """Return the same entries with other values beside them; what is known of them is kept."""
        made = replace(self, **changes)
        known = ("docket", "standing", "lags", "as_they_stand", "chronology")
        vars(made).update((name, vars(self)[name]) for name in known if name in vars(self))
        return made

    @property
    def today(self) -> date:
        """The day the record is made."""
        return self.now.date()

    @cached_property
    def texts(self) -> Texts:
        """The sentences of the document."""
        return Texts(self.options.language, "record")

    def place(self, name: str) -> Md:
        """Return where a section stands: `section 5`, `Annex B`; empty if it is left out."""
        number = self.numbering[name]
        if number.isdigit():
            return self.texts.say("words.section", number=Md(number))
        return self.texts.say("words.annex", letter=Md(number)) if number else Md("")

    @property
    def name(self) -> str:
        """What the document calls the client."""
        return self.options.name or self.docket.name

    @cached_property
    def unnamed(self) -> tuple[int, ...]:
        """The shown entries whose word of the user's own is withheld, by number."""
        return tuple(one.seq for one in self.withheld if one.field in PRIVATE_FIELDS)

    @cached_property
    def chosen_to_withhold(self) -> tuple[Withheld, ...]:
        """The fields that are withheld because the contractor chose so."""
        if self.options.purpose == "public":
            return tuple(one for one in self.withheld if one.field == "exhibits")
        return tuple(one for one in self.withheld if one.field not in PRIVATE_FIELDS)

    def withheld_words(self, seq: int, name: str = "data") -> str:
        """Return what stands in place of a withheld field; empty where it is not withheld."""
        one = self._withheld_at.get((seq, name))
        return one.words(self.options.because) if one else ""

    @cached_property
    def _withheld_at(self) -> dict[tuple[int, str], Withheld]:
        return {(one.seq, one.field): one for one in self.withheld}

    @cached_property
    def docket(self) -> Docket:
        """The docket of the shown entries alone."""
        return Docket.of(self.client, self.entries, self.today)

    @cached_property
    def standing(self) -> dict[int, Standing]:
        """The shown entries as they stand, by number."""
        return {one.seq: one for one in self.docket.standing}

    @cached_property
    def lags(self) -> dict[int, int]:
        """How many days later than it occurred each shown entry was noted, by its number."""
        return {entry.seq: entry.lag_days for entry in self.as_they_stand}

    @cached_property
    def as_they_stand(self) -> list[Entry]:
        """The shown entries, corrections too, in order of number, with their amendments applied."""
        return [one.entry for one in self.docket.standing]

    @cached_property
    def chronology(self) -> list[Standing]:
        """What the chronology lists, oldest first: withdrawn entries too, corrections not."""
        listed = [one for one in self.docket.standing if not KINDS[one.original.kind].inside]
        return sorted(listed, key=lambda one: (one.entry.occurred_at, one.seq))

    @cached_property
    def zoned(self) -> bool:
        """Whether entries come from more than one time zone, so that a time needs its offset."""
        entries = [*self.docket.entries, *self.as_they_stand]
        named = {entry.zone for entry in entries if entry.zone}
        if len(named) > 1:
            return True
        zone = next(iter(named), "")
        first = entries[0].occurred_at.tzinfo if entries else None
        return any(
            entry.occurred_at.utcoffset() != in_zone(entry.occurred_at, zone, first).utcoffset()
            for entry in entries
        )

    @cached_property
    def exhibits(self) -> dict[str, Labelled]:
        """Every exhibit of a shown entry by its SHA-256, in order of number."""
        found: dict[str, tuple[Exhibit, Entry]] = {}
        for entry in self.docket.entries:
            for exhibit in entry.exhibits:
                found.setdefault(exhibit.sha256, (exhibit, entry))
        return {
            sha256: Labelled(exhibit_label(self.options.initials, number), *found[sha256])
            for sha256, number in sorted(self.numbers.items(), key=lambda one: one[1])
        }

    def labels(self, seqs: Iterable[int]) -> list[str]:
        """Return the labels of the exhibits of these entries and of what was added to them."""
        labels = {
            self.exhibits[exhibit.sha256].label: None
            for seq in seqs
            for entry in (self.standing[seq].entry, *self.standing[seq].addenda)
            for exhibit in entry.exhibits
        }
        return list(labels)


def gather(
    docket: Docket,
    lines: Sequence[Line],
    options: RecordOptions,
    now: datetime,
    numbering: Mapping[str, str],
) -> Material:
    """Return the material of a record of `docket`, whose journal has `lines`.

    Raises RecordError if it is empty, if lines and entries do not belong together, or where the
    rest would be untrue or still hold what is withheld; UsageError where that names nothing.
    """
    if not lines:
        raise RecordError(f"{docket.client} has no entries", "", "Log something first")
    whole = docket.as_of(now.date())
    # What has no words yet is made in English, and stays so when there are some.
    options = replace(options, language=Texts(options.language, "record").language)
    if options.purpose == "public":
        options = replace(options, name=docket.name)
    redaction = plan(lines, options) if options.redact else Redaction()
    hidden = hidden_entries(whole, options, redaction.entries)
    digested, withheld = _looked_at(docket, lines, hidden, redaction, options)
    material = Material(
        client=docket.client,
        entries=tuple(_as_shown(docket, lines, hidden, withheld, options)),
        digests=digested,
        left_out=count(hidden, options.purpose),
        options=options,
        now=now,
        numbering=numbering,
        withheld=tuple(chain.from_iterable(withheld.values())),
        redacted=tuple(seq for seq, why in sorted(hidden.items()) if why == "redacted"),
    )
    if not hidden and not withheld and whole.reply_days == DEFAULT_REPLY_DAYS:
        vars(material)["docket"] = whole  # which is the same, and knows already what is asked
    material = material.but(options=_at_work(material), **_numbered(docket, material, hidden))
    check_consistent(whole, material.docket, options)
    _check_withheld(redaction, lines, hidden, material)
    return material


def _check_withheld(
    redaction: Redaction, lines: Iterable[Line], hidden: Container[int], material: Material
) -> None:
    """Refuse a material in which a text that is withheld would stand elsewhere."""
    if not material.options.redact:
        return
    check_no_other_copy(redaction, lines, hidden)
    gone: dict[int, set[str]] = {}
    for one in material.withheld:
        gone.setdefault(one.seq, set()).add(one.field)
    left = ((line, frozenset(gone.get(line.seq, ()))) for line in lines if line.seq not in hidden)
    check_nothing_left(redaction, left, _said(material), material.options.despite)


def _looked_at(
    docket: Docket,
    lines: Iterable[Line],
    hidden: Container[int],
    redaction: Redaction,
    options: RecordOptions,
) -> tuple[Digests, dict[int, tuple[Withheld, ...]]]:
    """Return the digest of each line, and of shown ones what is withheld of them, if anything.

    Raises RecordError if the docket is not the one that has these lines.
    """
    digested, withheld = Digests(), {}
    for line, entry in zip_longest(lines, docket.entries):
        if not line or not entry or (line.seq, line.hash) != (entry.seq, entry.hash):
            raise RecordError(
                f"The docket {docket.client} changed while its record was made", "", "Try again"
            )
        shown = line.seq not in hidden
        digested.add(line.seq, line.hash, shown=shown)
        if shown and (left := redaction.of(line, options)):
            known = digests(line.seed, line.fields)
            withheld[line.seq] = tuple(
                Withheld(line.seq, name, known[name]) for name in sorted(left)
            )
    return digested, withheld


def _numbered(docket: Docket, material: Material, hidden: Mapping[int, Omission]) -> dict[str, Any]:
    """Return the numbers of the exhibits shown, and why the others are not.

    One that a shown entry has is left out only where its entry withholds it by choice.
    """
    numbers = exhibit_numbers(docket.entries)
    shown = {one.sha256 for entry in material.entries for one in entry.exhibits}
    first = {one.sha256: e.seq for e in reversed(docket.entries) for one in e.exhibits}
    left = [
        NotShown(numbers[sha256], _NOT_SHOWN[hidden.get(first[sha256], "redacted")])
        for sha256 in numbers.keys() - shown
    ]
    return {
        "numbers": {sha256: number for sha256, number in numbers.items() if sha256 in shown},
        "not_shown": tuple(sorted(left, key=lambda one: one.number)),
    }


def _as_shown(
    docket: Docket,
    lines: Sequence[Line],
    hidden: Container[int],
    withheld: Mapping[int, Sequence[Withheld]],
    options: RecordOptions,
) -> Iterator[Entry]:
    """Yield the entries of the lines that are shown, without the fields that are withheld."""
    for place, entry in enumerate(docket.entries):
        if entry.seq not in hidden:
            left = withheld.get(entry.seq)
            yield read_shown(lines[place], left, options) if left else entry


def _at_work(material: Material) -> RecordOptions:
    """Return the options with the working days that the document tells of, if it does."""
    working, first = WorkingDays(), material.docket.started
    if first and material.numbering["elapsed"]:
        working = material.options.working.spelled(first, material.today)
    return replace(material.options, working=working)


def _said(material: Material) -> dict[str, str]:
    """Return the texts that a record prints beside its entries, by what they are."""
    options = material.options
    return {
        "the name of who prepared it": options.prepared_by,
        "the reason given": options.because,
        "what is asked for": options.remedy,
        "the statement of truth": options.truth,
        "what would settle it": options.would_accept,
        "your address": options.address,
        "your e-mail address": options.email,
        "your telephone number": options.phone,
        "your tax number": options.tax_id,
        "the court": options.court,
        "the number of the case": options.case_number,
        "the docket's id": material.client,
        "the client's name": options.name,
    }
