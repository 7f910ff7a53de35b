"""Withholding inside a record: which fields and entries, and whether any of it still got out.

A withheld field keeps its salted digest in `chain.jsonl`, so the record still verifies to the same
head. Fields are withheld whole: half a sentence could not be verified.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from store.docket import read_entry
from store.entries import KIND_OF, KINDS, Entry, NoData
from store.errors import UsageError
from store.journal import Line
from store.records.facts import only_moves
from store.records.options import RecordError, RecordOptions
from store.records.redaction.needle import Needle

PRIVATE_FIELDS = frozenset({"called"})
"""Fields that no record shows: a word of the user's own for a kind, and it may be an insult."""

REDACTABLE = frozenset({"statement", "quotes", "exhibits", "refs", "author", "data"})
"""What can be withheld of an entry that is shown; the rest says what and when it is."""

_PUBLIC = REDACTABLE - {"exhibits"}
_PLACE = re.compile(r"[a-z0-9-]{0,40}#(?P<seq>\d{1,9})(?:[.:](?P<field>[a-z]+))?")


@dataclass(frozen=True, slots=True)
class Withheld:
    """One field of a shown entry that is withheld, and its digest in the chain."""

    seq: int
    field: str
    digest: str

    def words(self, reason: str) -> str:
        """Return what stands in its place."""
        return f"[withheld: {reason}, digest {self.digest[:8]}]"


@dataclass(frozen=True, slots=True)
class Redaction:
    """What is to be withheld: whole entries, fields of others, and the texts that were named."""

    entries: frozenset[int] = frozenset()
    fields: Mapping[int, frozenset[str]] = field(default_factory=dict)
    needles: tuple[Needle, ...] = ()

    def of(self, line: Line, options: RecordOptions) -> frozenset[str]:
        """Return the names of the fields that are withheld of an entry that is shown."""
        always = PRIVATE_FIELDS
        if options.purpose == "public":
            move = line.fields.get("kind") == "amendment" and only_moves(line.fields["data"])
            always |= _PUBLIC - {"data"} if move else _PUBLIC
        chosen = self.fields.get(line.seq, frozenset())
        return frozenset(name for name in always | chosen if name in line.fields)


def plan(lines: Sequence[Line], options: RecordOptions) -> Redaction:
    """Return what `options.redact` means on this docket.

    `#12` is a whole entry, `#12.statement` one field, anything else a text to be withheld
    wherever it stands, whatever the case, the accents or the spaces. Raises UsageError where it
    names nothing, RecordError where the sums depend on what would be withheld.
    """
    entries: set[int] = set()
    fields: dict[int, set[str]] = {}
    needles = []
    for what in options.redact:
        if place := _PLACE.fullmatch(what.strip()):
            _add_place(lines, place, entries, fields)
        else:
            needles.append(Needle.of(what))
    for needle in needles:  # after the places: what is withheld whole needs no more
        _add_text(lines, needle, entries, fields)
    frozen = {seq: frozenset(names) for seq, names in fields.items() if seq not in entries}
    return Redaction(frozenset(entries), frozen, tuple(needles))


def read_shown(line: Line, withheld: Iterable[Withheld], options: RecordOptions) -> Entry:
    """Return the entry that a line shows once some fields of it are withheld.

    A statement that is withheld says so in its place, except on a facts sheet, which has none.
    """
    names = {one.field: one for one in withheld}
    if not names:
        return read_entry(line)
    fields = {name: value for name, value in line.fields.items() if name not in names}
    if "statement" in names and options.purpose != "public":
        fields["statement"] = names["statement"].words(options.because)
    if "data" in names:
        fields["data"] = NoData()
    try:
        return Entry.read(line.seq, line.hash, fields)
    except ValidationError:
        return read_entry(line)


def check_nothing_left(
    redaction: Redaction,
    shown: Iterable[tuple[Line, frozenset[str]]],
    said: Mapping[str, str],
    despite: Collection[str] = (),
) -> None:
    """Refuse a record that still holds a withheld text, or a part of one.

    `shown` are the lines with the names of their withheld fields; `said` are the texts beside
    them that the record prints, such as who prepared it, by what they are; `despite` are the
    entries, as `#12`, that may hold what only looks like it.
    """
    if not redaction.needles:
        return
    for name, text in said.items():
        _refuse_hit(redaction, name, "", text)
    doubted: dict[int, tuple[str, str]] = {}
    for line, names in shown:
        for name, value in line.fields.items():
            if name not in names:
                _refuse_hit(redaction, f"entry {line.seq}", name, value)
                if doubt := _doubt(redaction, value):
                    doubted.setdefault(line.seq, doubt)
    left = {seq: doubt for seq, doubt in doubted.items() if f"#{seq}" not in despite}
    if left:
        raise _doubtful(left)


def _doubt(redaction: Redaction, value: Any) -> tuple[str, str] | None:
    """Return what stands in a value that looks like something withheld, and what that is."""
    for needle in redaction.needles:
        for text in _texts(value):
            if found := needle.doubt_in(text):
                return found, needle.typed
    return None


def _doubtful(left: Mapping[int, tuple[str, str]]) -> RecordError:
    (found, typed), several = next(iter(left.values())), len(left) > 1
    ways = (" ".join(f"--{way} '#{seq}'" for seq in left) for way in ("redact", "despite"))
    withhold, despite = ways
    return RecordError(
        f"No record was written: {'entries' if several else 'entry'} "
        f"{', '.join(map(str, left))} may hold {typed!r} in other letters",
        f"{found!r} looks like it",
        f"Leave {'them' if several else 'it'} out with {withhold}, or show "
        f"{'them' if several else 'it'} all the same with {despite}",
    )


def check_no_other_copy(
    redaction: Redaction, lines: Iterable[Line], hidden: Container[int]
) -> None:
    """Refuse a record that hands over by one entry the very file it withholds at another."""
    given: dict[str, int] = {}
    kept_back: dict[str, int] = {}
    for line in lines:
        withheld = line.seq in redaction.entries or "exhibits" in redaction.fields.get(line.seq, ())
        for exhibit in line.fields.get("exhibits", []):
            if withheld:
                kept_back[exhibit["sha256"]] = line.seq
            elif line.seq not in hidden:
                given[exhibit["sha256"]] = line.seq
    for sha256 in kept_back.keys() & given.keys():
        raise RecordError(
            f"No record was written: the file withheld at entry {kept_back[sha256]} would go out "
            f"with entry {given[sha256]}",
            "it is the same file",
            f"Withhold it there too: --redact '#{given[sha256]}.exhibits'",
        )


def _refuse_hit(redaction: Redaction, where: str, name: str, value: Any) -> None:
    for needle in redaction.needles:
        found = next(filter(None, map(needle.part_in, _texts(value))), "")
        if found:
            field_words = f" in its {name}" if name else ""
            remedy = f"Withhold that too: --redact {found!r}" + (
                f", or --redact '#{where.removeprefix('entry ')}'" if name else ""
            )
            raise RecordError(
                f"No record was written: {where} still holds {found!r}{field_words}",
                f"it is, or is part of, {needle.typed!r}",
                remedy if name else "That stands in every record, so withhold something else",
            )


def _add_place(
    lines: Sequence[Line],
    place: re.Match[str],
    entries: set[int],
    fields: dict[int, set[str]],
) -> None:
    seq, name = int(place["seq"]), place["field"]
    if not 0 < seq <= len(lines):
        raise UsageError(
            f"There is no entry #{seq} to withhold", f"the docket has 1 to {len(lines)}", ""
        )
    if name is None:
        entries.add(seq)
        return
    line = lines[seq - 1]
    if name not in REDACTABLE or name not in line.fields:
        has = ", ".join(sorted(REDACTABLE & line.fields.keys())) or "nothing that can be"
        raise UsageError(
            f"#{seq} has no {name} to withhold", f"it has {has}", f"Write #{seq} for all of it"
        )
    if name == "data" and not _is_free(line):
        raise _needed(line)
    fields.setdefault(seq, set()).add(name)


def _add_text(
    lines: Sequence[Line], needle: Needle, entries: set[int], fields: dict[int, set[str]]
) -> None:
    found = False
    for line in lines:
        for name, value in line.fields.items():
            if not any(map(needle.whole_in, _texts(value))):
                continue
            found = True
            if name in PRIVATE_FIELDS or line.seq in entries:
                continue
            if name in REDACTABLE and (name != "data" or _is_free(line)):
                fields.setdefault(line.seq, set()).add(name)
            elif corrected := list(_corrected(line)):  # it goes with what it corrects
                entries.update([line.seq, *corrected])
            elif name == "data":
                raise _needed(line)
            else:
                entries.add(line.seq)
    if not found:
        raise UsageError(
            f"{needle.typed!r} stands in no entry", "so nothing would be withheld", "Check it"
        )


def _is_free(line: Line) -> bool:
    """Whether nothing is reckoned from the data of an entry, so that it can be withheld."""
    if line.fields.get("kind") != "amendment":
        kind = KINDS.get(line.fields.get("kind", ""))
        return kind is not None and kind.free
    return set(line.fields["data"]["changes"]) <= {"statement"}


def _corrected(line: Line) -> Iterator[int]:
    kind = KINDS.get(line.fields.get("kind", ""))
    for link in line.fields.get("links", []):
        if link.get("rel") in KIND_OF or (kind and kind.follows.needed):
            yield link["seq"]


def _texts(value: Any) -> Iterator[str]:
    """Yield every text inside a field's value, names of its parts left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _needed(line: Line) -> RecordError:
    kind = KINDS.get(str(line.fields.get("kind")))
    return RecordError(
        f"Entry {line.seq} ({kind.label if kind else 'unknown'}) cannot be withheld in part",
        "what it holds is reckoned with, and the record would say something else without it",
        f"Withhold all of it with --redact '#{line.seq}', or withhold something else",
    )
