"""What a PDF says, page by page, and what of it is no text: pictures, drawings, files put in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from store.records.redaction.pieces import FoundText, Unread

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_LARGEST: Final = 32 << 20
_MOST_PAGES: Final = 1_000
_MOST_OBJECTS: Final = 50_000
_MOST_STROKES: Final = 400
_DEEPEST: Final = 20
_OBJECT = re.compile(rb"\b\d{1,10}\s+\d{1,5}\s+obj\b.*?\bendobj\b", re.S)
_FRAME = re.compile(
    rb"%PDF-\d\.\d|%%EOF|startxref\s+\d+|trailer\s*<<.*?>>(?=\s*startxref)"
    rb"|xref\s+(?:\d+\s+\d+\s+(?:\d{10}\s\d{5}\s[fn]\s*)*)+",
    re.S,
)
_LEFTWARDS = re.compile("[\u0590-\u08ff\ufb1d-\ufefc]")
_BINARY_MARK = re.compile(rb"^\s*%[^\r\n]{0,8}[\r\n]")
_STROKE = re.compile(rb"(?<![\w.])[lcvy](?=\s)")
_INLINE = re.compile(rb"(?<![\w/])BI\s.*?\sID\s", re.S)
_ODD = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_OTHER: Final = frozenset({"/XRef", "/ObjStm", "/Type1C", "/CIDFontType0C", "/OpenType"})
_FONTS: Final = frozenset({"/Type0", "/TrueType", "/Type1", "/MMType1"})
_NAMES_LETTERS: Final = frozenset({"/WinAnsiEncoding", "/MacRomanEncoding", "/StandardEncoding"})


def in_pdf(data: bytes) -> Iterator[FoundText | Unread | bytes]:
    """Yield the text of each page, all other words of a PDF, and the files that are put into it.

    The library may raise anything on a file that was made to break it; that is not read then.
    """
    if len(data) > _LARGEST:
        yield Unread("", "a PDF too large to read")
        return
    try:
        import logging

        from pypdf import PdfReader

        logging.getLogger("pypdf").setLevel(logging.CRITICAL)
        reader = PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted:
            yield Unread("", "a PDF with a password")
            return
        if len(reader.pages) > _MOST_PAGES:
            yield Unread("", "a PDF of too many pages")
            return
        for number, page in enumerate(reader.pages, start=1):
            yield from _page(page, f"page {number}", len(data))
        yield from _objects(reader, data)
    except Exception:
        yield Unread("", "a PDF that cannot be read")


def _page(page: PageObject, place: str, size: int) -> Iterator[FoundText | Unread]:
    said = page.extract_text()
    yield FoundText(place, "PDF", said, 0, size)
    yield FoundText(place, "PDF", said.replace("\n", ""), 0, size)
    if _LEFTWARDS.search(said):  # such letters may lie in the order in which they are drawn
        yield FoundText(place, "PDF", said[::-1], 0, size)
    contents = page.get_contents()
    drawn = contents.get_data() if contents is not None else b""
    if drawn.strip() and not said.strip():
        yield Unread(place, "no text, so it may be a picture")
    if "\ufffd" in said or re.search(r"[\ue000-\uf8ff]|/g\d+|\(cid:", said):
        yield Unread(place, "letters without a meaning")


def _objects(reader: PdfReader, data: bytes) -> Iterator[FoundText | Unread | bytes]:
    """Yield what stands in the objects of a PDF, used or not, and what is in none of them."""
    from pypdf.generic import IndirectObject

    numbers = {number for known in reader.xref.values() for number in known}
    numbers |= set(reader.xref_objStm)
    if len(numbers) > _MOST_OBJECTS:
        yield Unread("", "a PDF of too many objects")
        return
    told: set[str] = set()
    for number in sorted(numbers):
        if number == 0:
            continue
        thing = IndirectObject(number, 0, reader).get_object()
        for found in _within(thing, len(data), 0):
            if isinstance(found, Unread):
                if found.why in told:
                    continue
                told.add(found.why)
            yield found
    yield from _within(reader.trailer, len(data), 0)
    rest = _FRAME.sub(b"", _OBJECT.sub(b"", data))
    if _BINARY_MARK.sub(b"", rest).strip():
        yield Unread("", "a PDF with bytes that belong to nothing in it")
    stated = {int(number) for number in re.findall(rb"\b(\d{1,10})\s+\d{1,5}\s+obj\b", data)}
    if data.count(b"%%EOF") > 1 + (b"/Linearized" in data[:2048]) or stated - numbers:
        yield Unread("", "a PDF with an earlier state of it inside")


def _within(thing: Any, size: int, depth: int) -> Iterator[FoundText | Unread | bytes]:
    """Yield the words of one object, what is in it gone into but for other objects."""
    from pypdf.generic import (
        ArrayObject,
        ByteStringObject,
        DictionaryObject,
        StreamObject,
        TextStringObject,
    )

    if depth > _DEEPEST:
        yield Unread("", "a PDF nested too deep")
    elif isinstance(thing, TextStringObject):
        yield FoundText("words", "PDF", str(thing), 0, size)
    elif isinstance(thing, ByteStringObject):
        yield FoundText("words", "PDF", bytes(thing).decode("latin-1"), 0, size)
    elif isinstance(thing, ArrayObject):
        for one in list.__iter__(thing):
            yield from _within(one, size, depth + 1)
    elif isinstance(thing, DictionaryObject):
        for name, one in dict.items(thing):
            yield FoundText("names", "PDF", str(name), 0, size)
            yield from _within(one, size, depth + 1)
        if thing.get("/Type") == "/Font" or "/BaseFont" in thing:
            yield from _font(thing)
        if isinstance(thing, StreamObject):
            yield from _stream(thing)


def _font(font: Any) -> Iterator[Unread]:
    kind, coding = font.get("/Subtype"), font.get("/Encoding")
    named = (isinstance(coding, str) and coding in _NAMES_LETTERS) or coding is None
    named = named or "/ToUnicode" in font or "/Differences" in coding
    if kind == "/Type3":
        yield Unread("", "letters that are drawn")
    elif kind in _FONTS and not (named and (kind != "/Type0" or "/ToUnicode" in font)):
        yield Unread("", "letters without a meaning")


def _stream(stream: Any) -> Iterator[Unread | bytes]:
    """Yield what a stream holds: text is read, a picture is not."""
    if stream.get("/Subtype") == "/Image":
        yield Unread("", "a picture in a PDF")
        return
    if stream.get("/Type") in _OTHER or stream.get("/Subtype") in _OTHER:
        return
    if "/Length1" in stream or "/N" in stream:  # a font, or what colours mean
        return
    data = stream.get_data()
    if _INLINE.search(data):
        yield Unread("", "a picture in a PDF")
    if b"BT" in data or _STROKE.search(data):
        if len(_STROKE.findall(data)) > _MOST_STROKES:
            yield Unread("", "a drawing in a PDF")
        return
    if stream.get("/Type") == "/EmbeddedFile" or not _ODD.search(data):
        yield data
    else:
        yield Unread("", "something in a PDF that is no text")
