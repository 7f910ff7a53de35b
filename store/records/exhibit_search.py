"""Looking through exhibits for what a record is to withhold, before any of them is handed over."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from html import unescape
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from store.errors import UsageError
from store.intake.mail_headers import words
from store.intake.mail_parts import walk
from store.records.material import Labelled, Material
from store.records.needle import Needle
from store.records.options import RecordError

_PIECE: Final = 1 << 20
_PROBE: Final = 1 << 16
_HEADER = re.compile(rb"From |[A-Za-z][A-Za-z0-9-]{1,40}:")
_SENDER = re.compile(rb"^From:", re.I | re.M)
_TAGS = re.compile(r"<[^<>]*>")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_OVERLAP: Final = 1000


class Looked(NamedTuple):
    """What was found in one file; `sure` is false where finding nothing says little."""

    found: str = ""
    sure: bool = True


def look_through_exhibits(
    material: Material, kept: Path, needles: Sequence[Needle]
) -> tuple[str, ...]:
    """Return the labels of exhibits that cannot be searched: pictures, PDF, packed, attachments.

    Raises RecordError where one holds what is to be withheld, naming all that do, since a file
    cannot be withheld in part (RECORDS C7).
    """
    if not needles:
        return ()
    looked = {
        sha256: look(kept / sha256, needles)
        for sha256 in material.exhibits
        if (kept / sha256).is_file()
    }
    hit = [(material.exhibits[sha256], one.found) for sha256, one in looked.items() if one.found]
    if hit:
        raise _holding(hit)
    return tuple(material.exhibits[sha256].label for sha256, one in looked.items() if not one.sure)


def look(path: Path, needles: Sequence[Needle]) -> Looked:
    """Look through one file: its bytes, then as text, and of a mail the texts as they are read."""
    with path.open("rb") as file:
        first = file.read(_PROBE)
        file.seek(0)
        if found := _in_bytes(file, needles):
            return Looked(found)
        file.seek(0)
        read = _in_text(file, needles)
        if read.found or not _is_mail(first):
            return read
        file.seek(0)
        return _in_mail(file, needles)


def _in_bytes(file: BinaryIO, needles: Sequence[Needle]) -> str:
    sought = {data: needle.typed for needle in needles for data in needle.bytes_sought()}
    overlap = max(map(len, sought)) - 1
    tail = b""
    while piece := file.read(_PIECE):
        data = (tail + piece).lower()
        if found := next((typed for one, typed in sought.items() if one in data), ""):
            return found
        tail = data[-overlap:]
    return ""


def _in_text(file: BinaryIO, needles: Sequence[Needle]) -> Looked:
    """Look through a file as the text it may be; one that is none cannot be searched."""
    marked = file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-16" if marked else "utf-8")()
    tail, begun = "", False
    try:
        while piece := file.read(_PIECE):
            text = tail + decoder.decode(piece)
            if "\0" in text or (not begun and text.startswith("%PDF")):
                return Looked(sure=False)
            if found := _found(text, needles):
                return Looked(found)
            tail, begun = text[-_OVERLAP:], True
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return Looked(sure=False)
    return Looked()


def _found(text: str, needles: Sequence[Needle]) -> str:
    """Return what stands in a text, also through the escapes of HTML and JSON."""
    plain = _ESCAPED.sub(lambda sign: chr(int(sign[1], 16)), text)
    for one in {text, plain, unescape(_TAGS.sub("", text))}:
        for needle in needles:
            if found := needle.part_in(one):
                return found
    return ""


def _in_mail(file: BinaryIO, needles: Sequence[Needle]) -> Looked:
    try:
        top, parts = walk(file)
    except UsageError:
        return Looked(sure=False)
    texts = [words(str(value)) for value in top.message.values()]
    for part in parts:
        texts += [part.named, *([part.text] if part.inline else [])]
    for text in texts:
        if found := _found(text, needles):
            return Looked(found)
    return Looked(sure=all(part.inline and not part.cut for part in parts))


def _is_mail(first: bytes) -> bool:
    head = re.split(rb"\r?\n\r?\n", first, maxsplit=1)[0]
    return bool(_HEADER.match(head) and _SENDER.search(head))


def _holding(hit: Sequence[tuple[Labelled, str]]) -> RecordError:
    named = ", ".join(f"{one.label} holds {typed!r}" for one, typed in hit)
    places = dict.fromkeys(f"--redact '#{one.entry.seq}.exhibits'" for one, _ in hit)
    return RecordError(
        f"No record was written: exhibit {named}",
        "a file cannot be withheld in part",
        f"Leave {'it' if len(hit) == 1 else 'them'} out with {' '.join(places)}",
    )
