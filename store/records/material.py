"""What a document is made from: the shown entries, the options, and nothing that was left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from store.docket import Docket, Standing
from store.entries import Entry, Exhibit
from store.journal import Line
from store.records.options import LeftOut, RecordError, RecordOptions
from store.records.selection import check_consistent, count, hidden_entries

PRIVATE_FIELDS = frozenset({"called"})
"""Fields that no record shows: a word of the user's own for a kind, and it may be an insult."""


@dataclass(frozen=True, slots=True)
class Digest:
    """An entry's number and hash in the chain, and whether a record shows the entry."""

    seq: int
    hash: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Labelled:
    """An exhibit with the label it has in every record, and the entry it came with."""

    label: str
    exhibit: Exhibit
    entry: Entry


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
    unnamed: tuple[int, ...] = ()
    """The shown entries whose word of the user's own is withheld (PRIVATE_FIELDS), by number."""

    @property
    def today(self) -> date:
        """The day the record is made."""
        return self.now.date()

    @cached_property
    def docket(self) -> Docket:
        """The docket of the shown entries alone."""
        return Docket.of(self.client, self.entries, self.today)

    @cached_property
    def standing(self) -> dict[int, Standing]:
        """The shown entries as they stand, by number."""
        return {one.seq: one for one in self.docket.standing}

    @cached_property
    def chronology(self) -> list[Standing]:
        """What the chronology lists, oldest first: withdrawn entries too, corrections not."""
        listed = [
            one
            for one in self.docket.standing
            if one.original.group != "correction" or one.original.kind == "late-entry"
        ]
        return sorted(listed, key=lambda one: (one.entry.occurred_at, one.seq))

    @cached_property
    def exhibits(self) -> dict[str, Labelled]:
        """Every exhibit of a shown entry by its SHA-256, in order of number.

        The label is the number of the first entry that has it, so it never changes.
        """
        found: dict[str, Labelled] = {}
        for entry in self.docket.entries:
            for place, exhibit in enumerate(entry.exhibits, start=1):
                suffix = f".{place}" if len(entry.exhibits) > 1 else ""
                label = f"{self.options.initials}-{entry.seq}{suffix}"
                found.setdefault(exhibit.sha256, Labelled(label, exhibit, entry))
        return found

    def labels(self, seqs: Iterable[int]) -> list[str]:
        """Return the labels of the exhibits of these entries, each once."""
        labels = {
            self.exhibits[exhibit.sha256].label: None
            for seq in seqs
            for exhibit in self.standing[seq].entry.exhibits
        }
        return list(labels)


def gather(
    docket: Docket, lines: Sequence[Line], options: RecordOptions, now: datetime
) -> Material:
    """Return the material of a record of `docket`, whose journal has `lines`.

    Raises RecordError if the docket is empty, if lines and entries do not belong together, or
    where leaving something out would make the rest untrue.
    """
    if not lines:
        raise RecordError(f"{docket.client} has no entries", "", "Log something first")
    if [(line.seq, line.hash) for line in lines] != [(e.seq, e.hash) for e in docket.entries]:
        raise RecordError(
            f"The docket {docket.client} changed while its record was made", "", "Try again"
        )
    whole = docket.as_of(now.date())
    hidden = hidden_entries(whole, options)
    shown = [entry for entry in docket.entries if entry.seq not in hidden]
    material = Material(
        client=docket.client,
        entries=tuple(shown),
        digests=tuple(Digest(line.seq, line.hash, line.seq not in hidden) for line in lines),
        left_out=count(hidden),
        options=options,
        now=now,
        unnamed=tuple(entry.seq for entry in shown if entry.called),
    )
    check_consistent(whole, material.docket)
    return material
