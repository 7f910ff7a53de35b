"""The pages of PDFs: an exhibit's, laid into a printed file, and where its sections begin."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from store.records.html import ShownExhibit
from store.records.paper import section_name

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader, PdfWriter
    from pypdf.generic import StreamObject

MOST_PAGES: Final = 20
"""Of one exhibit; a longer one is read in its file."""
_LARGEST: Final = 20 << 20
_MM: Final = 72 / 25.4
_TOP, _RIGHT, _BOTTOM, _LEFT = 34 * _MM, 18 * _MM, 16 * _MM, 35 * _MM
"""What of a sheet is the margin of html.css, and below the top one the lines of the cover."""
_DRAWN: Final = ("/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading")
_ALTERING: Final = ("/AcroForm", "/OCProperties", "/Collection", "/NeedsRendering")
_NEVER_SEEN: Final = ("/Link", "/Popup")


class Facsimile(NamedTuple):
    """The pages of a PDF, as a PDF in which nothing is but what they show; or why there are none.

    `why` names the reason: `locked`, `unread`, `long` or `marked`.
    """

    pages: int = 0
    pdf: bytes = b""
    why: str = ""


def facsimile(path: Path) -> Facsimile:
    """Return the pages of a PDF as they are printed; none, with the reason, where a copy could lie.

    What stands on a page without being part of it (fields, notes, stamps), and layers, of which
    some may be hidden, are not copied, so such a file is better read itself.
    """
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        if path.is_symlink() or path.stat().st_size > _LARGEST:
            return Facsimile(why="unread")
        reader = PdfReader(path, strict=False)
        if reader.is_encrypted:
            return Facsimile(why="locked")
        count = len(reader.pages)
        if not 0 < count <= MOST_PAGES:
            return Facsimile(count, why="long" if count else "unread")
        if _is_altered(reader):
            return Facsimile(count, why="marked")
        return Facsimile(count, _copied(reader))
    except Exception:  # the library may raise anything on a file that was made to break it
        return Facsimile(why="unread")


def _is_altered(reader: PdfReader) -> bool:
    """Whether a reader's program shows more, or less, than what the pages themselves draw."""
    if any(name in reader.root_object for name in _ALTERING):
        return True
    notes = (note.get_object() for page in reader.pages for note in page.annotations or ())
    return any(note.get("/Subtype") not in _NEVER_SEEN for note in notes)


def _copied(reader: PdfReader) -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer, made = PdfWriter(), BytesIO()
    for page in reader.pages:
        _copy(page, writer)
    writer.write(made)
    if len(PdfReader(made).pages) != len(reader.pages):
        raise ValueError("not all pages were copied")
    return made.getvalue()


def _copy(page: PageObject, writer: PdfWriter) -> None:
    """Add a page upright, its drawing in a box of its own that it cannot get out of."""
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    left, low, right, top = (float(one) for one in page.cropbox)
    wide, high = right - left, top - low
    moves = {
        0: (1, 0, 0, 1, -left, -low),
        90: (0, -1, 1, 0, -low, right),
        180: (-1, 0, 0, -1, right, top),
        270: (0, 1, -1, 0, top, -left),
    }
    turn = page.rotation % 360
    if turn in (90, 270):
        wide, high = high, wide
    sheet = writer.add_blank_page(wide, high)
    box = DictionaryObject({NameObject("/P"): writer._add_object(_drawing(page, writer))})
    sheet[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): box})
    matrix = " ".join(f"{one:.4f}" for one in moves[turn])
    shows = DecodedStreamObject()
    frame = f"q 0.6 G 0.6 w 0 0 {wide:.3f} {high:.3f} re S Q"
    shows.set_data(f"q {matrix} cm /P Do Q {frame}".encode())
    sheet[NameObject("/Contents")] = writer._add_object(shows)


def _drawing(page: PageObject, writer: PdfWriter) -> StreamObject:
    """Return what a page draws, and of all else in it only what the drawing may use."""
    from pypdf.generic import (
        ArrayObject,
        DecodedStreamObject,
        DictionaryObject,
        FloatObject,
        NameObject,
    )

    drawn = DecodedStreamObject()
    contents = page.get_contents()
    drawn.set_data(contents.get_data() if contents is not None else b"")
    uses: Any = page.get("/Resources", DictionaryObject()).get_object()
    kept = DictionaryObject({NameObject(name): uses[name] for name in _DRAWN if name in uses})
    drawn[NameObject("/Type")] = NameObject("/XObject")
    drawn[NameObject("/Subtype")] = NameObject("/Form")
    drawn[NameObject("/BBox")] = ArrayObject(map(FloatObject, page.cropbox))
    drawn[NameObject("/Resources")] = kept.clone(writer)
    if "/Group" in page:
        drawn[NameObject("/Group")] = page["/Group"].clone(writer)
    return drawn.flate_encode()


def lay_in(pdf: Path, exhibits: Sequence[ShownExhibit]) -> bool:
    """Whether the pages of PDF exhibits were laid into the sheets that a browser left for them.

    The sheets are found by the bookmarks of the covers, and must be as many as there are pages.
    The file is as it was where they are not found.
    """
    from pypdf import PdfReader, PdfWriter

    try:
        writer, made = PdfWriter(clone_from=pdf), BytesIO()
        begins = [*_begins(PdfReader(pdf), exhibits), len(writer.pages)]
        for one, begin, end in zip(exhibits, begins, begins[1:], strict=False):
            if not one.pdf:
                continue
            copies = PdfReader(BytesIO(one.pdf)).pages
            for sheet, copy in zip(writer.pages[begin:end], copies, strict=True):
                _lay(copy, sheet)
        writer.write(made)
        pdf.write_bytes(made.getvalue())
    except Exception:  # a browser of another make, or a file made to break the library
        return False
    return True


def section_pages(pdf: Path, count: int) -> list[int]:
    """Return on which page, from 1, each of so many sections begins; none where it is not told."""
    from pypdf import PdfReader

    if not count:
        return []
    try:
        reader = PdfReader(pdf)
        places = reader.named_destinations
        names = (f"/{section_name(number)}" for number in range(1, count + 1))
        pages = [reader.get_destination_page_number(places[name]) for name in names]
    except Exception:  # a browser of another make
        return []
    known = [page + 1 for page in pages if page is not None]
    return known if len(known) == count else []


def _begins(reader: PdfReader, exhibits: Sequence[ShownExhibit]) -> list[int]:
    """Return at which page, from 0, each exhibit begins; raises ValueError where it is not told."""
    marks = list(_flat(reader.outline))[-len(exhibits) :]
    said = ["".join(str(mark.title).split()) for mark in marks]
    covers = ("".join(one.cover.split()) for one in exhibits)
    if any(mark not in (cover, cover * 2) for mark, cover in zip(said, covers, strict=True)):
        raise ValueError("the browser made no bookmarks of the covers")
    return [reader.get_destination_page_number(mark) or 0 for mark in marks]


def _flat(outline: Sequence[Any]) -> Iterator[Any]:
    for one in outline:
        if isinstance(one, list):
            yield from _flat(one)
        else:
            yield one


def _lay(copy: PageObject, sheet: PageObject) -> None:
    """Draw a page under the cover of its sheet, as large as there is room and never larger."""
    from pypdf import Transformation

    paper, size = sheet.mediabox, copy.mediabox
    room = (float(paper.width) - _LEFT - _RIGHT, float(paper.height) - _TOP - _BOTTOM)
    scale = min(1, room[0] / float(size.width), room[1] / float(size.height))
    across = _LEFT + (room[0] - scale * float(size.width)) / 2
    up = float(paper.height) - _TOP - scale * float(size.height)
    sheet.merge_transformed_page(copy, Transformation().scale(scale).translate(across, up))
    sheet.compress_content_streams()
