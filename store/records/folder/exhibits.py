"""Looking through exhibits for what a record is to withhold, before any of them is handed over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from store.records.dispute.material import Labelled, Material
from store.records.folder.contents import exhibit_path
from store.records.options import RecordError
from store.records.redaction.escapes import readings
from store.records.redaction.needle import Needle
from store.records.redaction.pieces import FoundText, Unread
from store.records.redaction.reading import LARGEST, FileSearch
from store.tone.settlement import settlement_words

_PIECE: Final = 1 << 20
_OVERLAP: Final = 4_000
_MOST_TOLD: Final = 3
_MOST_READ: Final = 1 << 20


class _Part(NamedTuple):
    """A part of a file that was read: where it stands, its bytes there, and in which charset."""

    place: str
    charset: str
    start: int
    end: int


class Looked(NamedTuple):
    """What was found in one file, what in it was read, and what could not be.

    `found` is what is withheld and stands in it; `doubtful` what looks like that. Where neither is
    there and `unread` is empty, every byte of the file was read.
    """

    found: str = ""
    doubtful: str = ""
    unread: tuple[Unread, ...] = ()
    read: tuple[_Part, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether finding nothing says that there is nothing."""
        return not self.unread and not self.doubtful

    @property
    def why(self) -> str:
        """Why it cannot be sure, in words; empty where it is."""
        said = [f"{self.doubtful!r} looks like it"] if self.doubtful else []
        for one in self.unread:
            words = f"{one.why} ({one.place})" if one.place else one.why
            if words not in said:
                said.append(words)
        more = len(said) - _MOST_TOLD
        return ", ".join([*said[:_MOST_TOLD], *([f"and {more} more"] if more > 0 else [])])


class Unsure(NamedTuple):
    """An exhibit of which nobody knows whether it holds what is withheld, why, and its entry."""

    label: str
    name: str
    why: str
    seq: int

    @property
    def words(self) -> str:
        """It in words: its label, its name and why."""
        return f"{self.label} ({self.name}): {self.why}"


def look_through_exhibits(
    material: Material, kept: Path, needles: Sequence[Needle]
) -> tuple[Unsure, ...]:
    """Return the exhibits that may hold what is to be withheld, as not all of them can be read.

    Raises RecordError where one does hold it, naming all that do, since a file cannot be withheld
    in part.
    """
    if not needles:
        return ()
    looked = {
        sha256: _kept(kept / sha256, tuple(needles))
        for sha256 in material.exhibits
        if (kept / sha256).is_file()
    }
    hit = [(material.exhibits[sha256], one.found) for sha256, one in looked.items() if one.found]
    if hit:
        raise _holding(hit)
    unsure = [
        (material.exhibits[sha256], one.why) for sha256, one in looked.items() if not one.sure
    ]
    return tuple(Unsure(one.label, one.exhibit.name, why, one.entry.seq) for one, why in unsure)


def despite(material: Material, unsure: Sequence[Unsure]) -> Material:
    """Return the material that states which files go out although they could not be read.

    Raises RecordError, naming them all, where one was not said to go out despite that.
    """
    options = material.options
    if not options.redact:
        return material.but(options=replace(options, despite=()))
    allowed = {label for typed in options.despite for label in _meant(material, typed)}
    left = [one for one in unsure if one.label not in allowed]
    if left:
        raise _cannot_tell(left)
    stated = [one.label for one in unsure]
    stated += sorted((one for one in allowed if one[0] == "#"), key=lambda one: int(one[1:]))
    return material.but(options=replace(options, despite=tuple(stated)))


def _meant(material: Material, typed: str) -> list[str]:
    """Return the labels of the exhibits that a label or a name means, or the entry, as `#12`."""
    said = typed.strip().casefold()
    number = said.removeprefix("#")
    if (
        said != number
        and number.isdecimal()
        and len(number) < 10
        and int(number) in material.standing
    ):
        return [f"#{int(number)}"]
    return [
        one.label
        for one in material.exhibits.values()
        if said in (one.label.casefold(), one.exhibit.name.casefold(), _file(one).casefold())
    ]


def _file(one: Labelled) -> str:
    return exhibit_path(one).rpartition("/")[2]


@lru_cache(maxsize=512)
def _kept(path: Path, needles: tuple[Needle, ...]) -> Looked:
    """Return what `look` does of a kept file, once: its name is its hash, so it stays as it is."""
    return look(path, needles)._replace(read=())


def look(path: Path, needles: Sequence[Needle]) -> Looked:
    """Look through one file: its bytes in every charset, and all that can be read in it."""
    with path.open("rb") as file:
        if found := _in_bytes(file, needles):
            return Looked(found)
        if path.stat().st_size > LARGEST:
            return Looked(unread=(Unread("", "too long to be read whole"),))
        file.seek(0)
        return look_in(file.read(), needles)


def look_in(data: bytes, needles: Sequence[Needle]) -> Looked:
    """Look through the bytes of one file."""
    sought = _sought(needles)
    able = dict.fromkeys(charset for needle in needles for charset in needle.charsets())
    doubtful = ""
    unread: list[Unread] = []
    read: list[_Part] = []
    texts: set[tuple[str, bool]] = set()
    for piece in FileSearch(tuple(able)).read(data):
        if isinstance(piece, Unread):
            unread.append(piece)
        elif isinstance(piece, bytes):
            small = piece.lower()
            if found := next((typed for one, typed in sought.items() if one in small), ""):
                return Looked(found)
        else:
            read.append(_Part(piece.place, piece.charset, piece.start, piece.end))
            if (piece.text, piece.guess) in texts:
                continue
            texts.add((piece.text, piece.guess))
            for text in _cut(piece):
                if found := _found(text, needles, piece.charsets):
                    return Looked(found)
                if not (doubtful or piece.guess):
                    doubtful = _doubtful(text, needles)
    return Looked("", doubtful, tuple(dict.fromkeys(unread)), tuple(dict.fromkeys(read)))


@lru_cache(maxsize=512)
def said_to_settle(path: Path) -> tuple[str, ...]:
    """Return what a kept file says of a settlement, where it can be read; its name is its hash."""
    if path.stat().st_size > _MOST_READ:
        return ()
    found: dict[str, str] = {}
    for piece in FileSearch().read(path.read_bytes()):
        if isinstance(piece, FoundText):
            for text in readings(piece.text):
                if told := settlement_words(text):
                    found.setdefault(told.words.casefold(), told.words)
    return tuple(found.values())


def _sought(needles: Sequence[Needle]) -> dict[bytes, str]:
    """Return, by what is sought in bytes, the text that it is; of each needle once."""
    return {data: needle.typed for needle in needles for data in needle.bytes_sought()}


def _in_bytes(file: BinaryIO, needles: Sequence[Needle]) -> str:
    sought = _sought(needles)
    overlap = max(map(len, sought), default=1) - 1
    tail = b""
    while piece := file.read(_PIECE):
        data = (tail + piece).lower()
        if found := next((typed for one, typed in sought.items() if one in data), ""):
            return found
        tail = data[-overlap:]
    return ""


def _cut(piece: FoundText) -> Iterator[str]:
    """Yield a text in pieces that can be looked through, each with the end of the one before."""
    for start in range(0, max(1, len(piece.text)), _PIECE):
        yield piece.text[max(0, start - _OVERLAP) : start + _PIECE]


def _found(text: str, needles: Sequence[Needle], charsets: tuple[str, ...]) -> str:
    return next(filter(None, (needle.part_in(text, charsets) for needle in needles)), "")


def _doubtful(text: str, needles: Sequence[Needle]) -> str:
    return next(filter(None, (needle.doubt_in(text) for needle in needles)), "")


def _cannot_tell(left: Sequence[Unsure]) -> RecordError:
    several = len(left) > 1
    told = "; ".join(one.words for one in left)
    ways = " ".join(f"--despite {one.label}" for one in left)
    without = " ".join(dict.fromkeys(f"--redact '#{one.seq}.exhibits'" for one in left))
    return RecordError(
        f"No record was written: not all of it can be read: {told}",
        f"what is withheld may stand in {'them' if several else 'it'}",
        f"Look at {'them' if several else 'it'} yourself, then add {ways}; or leave "
        f"{'them' if several else 'it'} out with {without}",
    )


def _holding(hit: Sequence[tuple[Labelled, str]]) -> RecordError:
    named = ", ".join(f"{one.label} holds {typed!r}" for one, typed in hit)
    places = dict.fromkeys(f"--redact '#{one.entry.seq}.exhibits'" for one, _ in hit)
    return RecordError(
        f"No record was written: exhibit {named}",
        "a file cannot be withheld in part",
        f"Leave {'it' if len(hit) == 1 else 'them'} out with {' '.join(places)}",
    )
