"""What a document is made from: the shown entries, the options, and nothing that was left out."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, Literal

from store.anchors import Anchor
from store.dates import in_zone
from store.docket import Docket, Standing
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

_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}$")


@dataclass(frozen=True, slots=True)
class Digest:
    """An entry's number and hash in the chain, and whether a record shows the entry."""

    seq: int
    hash: str
    shown: bool


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
    digests: tuple[Digest, ...]
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

    Raises RecordError if the docket is empty, if lines and entries do not belong together, where
    leaving something out would make the rest untrue, or where a withheld text would still stand
    in the rest; UsageError where what is to be withheld names nothing.
    """
    _check_same(docket, lines)
    whole = docket.as_of(now.date())
    if options.purpose == "public":
        options = replace(options, name=docket.name)
    # What has no words yet is made in English, and stays so when there are some.
    options = replace(options, language=Texts(options.language, "record").language)
    redaction = plan(lines, options) if options.redact else Redaction()
    hidden = hidden_entries(whole, options, redaction.entries)
    names = {line.seq: redaction.of(line, options) for line in lines if line.seq not in hidden}
    withheld = _withheld(lines, names)
    material = Material(
        client=docket.client,
        entries=tuple(_as_shown(docket, lines, names, withheld, options)),
        digests=tuple(Digest(line.seq, line.hash, line.seq not in hidden) for line in lines),
        left_out=count(hidden, options.purpose),
        options=options,
        now=now,
        numbering=numbering,
        withheld=tuple(one for seq in names for one in withheld.get(seq, ())),
        redacted=tuple(seq for seq, why in sorted(hidden.items()) if why == "redacted"),
    )
    material = replace(material, options=_at_work(material), **_numbered(docket, material, hidden))
    check_consistent(whole, material.docket, options)
    _check_withheld(redaction, lines, names, material)
    return material


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
    shown: Container[int],
    withheld: Mapping[int, Sequence[Withheld]],
    options: RecordOptions,
) -> Iterator[Entry]:
    """Yield the entries of the lines that are shown, without the fields that are withheld."""
    for place, entry in enumerate(docket.entries):
        if entry.seq in shown:
            left = withheld.get(entry.seq)
            yield read_shown(lines[place], left, options) if left else entry


def _check_withheld(
    redaction: Redaction,
    lines: Sequence[Line],
    names: Mapping[int, frozenset[str]],
    material: Material,
) -> None:
    """Refuse a material in which a text that is withheld would stand elsewhere."""
    check_no_other_copy(redaction, lines, names.keys())
    left = ((line, names[line.seq]) for line in lines if line.seq in names)
    check_nothing_left(redaction, left, _said(material), material.options.despite)


def _at_work(material: Material) -> RecordOptions:
    """Return the options with the working days that the document tells of, if it does."""
    working, first = WorkingDays(), material.docket.started
    if first and material.numbering["elapsed"]:
        working = material.options.working.spelled(first, material.today)
    return replace(material.options, working=working)


def _check_same(docket: Docket, lines: Sequence[Line]) -> None:
    """Raise RecordError if the docket is empty, or is not the one that has these lines."""
    if not lines:
        raise RecordError(f"{docket.client} has no entries", "", "Log something first")
    if [(line.seq, line.hash) for line in lines] != [(e.seq, e.hash) for e in docket.entries]:
        raise RecordError(
            f"The docket {docket.client} changed while its record was made", "", "Try again"
        )


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


def _withheld(
    lines: Iterable[Line], names: Mapping[int, frozenset[str]]
) -> dict[int, tuple[Withheld, ...]]:
    found = {}
    for line in lines:
        if names.get(line.seq):
            known = digests(line.seed, line.fields)
            found[line.seq] = tuple(
                Withheld(line.seq, name, known[name]) for name in sorted(names[line.seq])
            )
    return found
