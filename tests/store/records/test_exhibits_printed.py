"""Mails and texts as PDFs: by a browser where there is one, else pages with what to do."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

import store.records.printed as printed
from store.records import RecordError, RecordOptions, WrittenRecord, verify_record, write_record
from store.records.facsimile import facsimile
from store.records.platform.lines import PRINTABLE
from store.records.printed import browser, print_exhibits, print_record
from tests.store.records.case import Case

MAIL = """\
From: Astrid Lund <astrid@norrvik.example>
To: jo@ek.example
Cc: Books <books@norrvik.example>
Message-ID: <c1f0@norrvik.example>
Subject: The filter page
Date: Tue, 14 Jul 2026 09:12:00 +0200
Content-Type: text/plain; charset=utf-8

We will not pay it. <b>Not</b> ever. ខ្មែរ

On 10 Jul 2026 Jo Ek wrote:
> NV-04 is due on 14 July.
"""


DELIVERED = "service_documentation.html"
PICTURE = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
def written(tmp_path: Path) -> WrittenRecord:
    """Return a platform's record with a mail, a text, a picture and bytes that are no text."""
    case = Case(tmp_path)
    files = {
        "mail.eml": MAIL.encode(),
        "notes.txt": b"Line one\n  line two *x*\n",
        "photo.png": PICTURE,
        "odd.txt": b"a\0b",
        "table.xlsx": b"PK",
    }
    for name, data in files.items():
        case.log("note", "2026-03-03", "A file", exhibits=[case.exhibit(data, name)])
    options = RecordOptions("platform", None, None, "Ann Berg")
    return write_record(case.workspace, "acme", options, tmp_path / "out")


def test_what_the_pack_says_is_printed_is() -> None:
    assert set(PRINTABLE) == set(printed._READERS)


def test_without_a_browser_there_are_pages_and_a_word_of_what_to_do(
    written: WrittenRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printed, "_BROWSERS", ("no-such-browser",))
    made = print_exhibits(written)
    assert [path.name for path in made.by_hand] == ["AB-1.html", "AB-2.html", DELIVERED]
    assert (made.files, made.left) == ((), ("AB-4.txt", "AB-5.xlsx"))
    page = made.by_hand[0].read_text("utf-8")
    assert "Astrid Lund &lt;astrid@norrvik.example&gt;" in page and "The filter page" in page
    assert "&lt;b&gt;Not&lt;/b&gt; ever. ខ្មែរ" in page
    page = re.sub("</?span[^>]*>", "", page)
    heads = re.findall(r"<li dir=\"auto\">([\w-]+): (.*?)</li>", page)
    assert dict(heads) == {
        "From": "Astrid Lund &lt;astrid@norrvik.example&gt;",
        "To": "jo@ek.example",
        "Cc": "Books &lt;books@norrvik.example&gt;",
        "Date": "2026-07-14 09:12+02:00",
        "Subject": "The filter page",
        "Message-ID": "&lt;c1f0@norrvik.example&gt;",
    }
    assert page.index("Message-ID") < page.index("We will not pay") < page.index("Earlier mail")
    assert "NV-04 is due on 14 July." in page
    assert "line two *x*" in made.by_hand[1].read_text("utf-8")
    assert (
        "open AB-1.html, AB-2.html, service_documentation.html in" in made.lines[0]
        and "install Chromium" in made.lines[0]
    )
    assert "Not a mail or a text, so not printed: AB-4.txt, AB-5.xlsx." in made.lines[1]
    assert verify_record(written.folder).ok, "the record itself is as it was"
    with pytest.raises(RecordError, match="it is there already"):
        print_exhibits(written)


@pytest.mark.slow
@pytest.mark.skipif(not browser(), reason="there is no browser that prints")
def test_a_browser_prints_them(written: WrittenRecord) -> None:
    made = print_exhibits(written)
    names = ["AB-1.pdf", "AB-2.pdf", "service_documentation.pdf"]
    assert [path.name for path in made.files] == names
    assert sorted(path.name for path in made.folder.iterdir()) == names
    assert "We will not pay it." in PdfReader(made.files[0]).pages[0].extract_text()


def test_a_record_is_one_page_with_its_exhibits_shown(
    written: WrittenRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printed, "_BROWSERS", ("no-such-browser",))
    (page,) = print_record(written, "letter").by_hand
    text = page.read_text("utf-8")
    covers = re.findall(r'<h2 class="cover" dir="auto">(.*?)</h2>', text)
    assert covers == [
        "Exhibit 1 of 5, AB-1: mail.eml",
        "Exhibit 2 of 5, AB-2: notes.txt",
        "Exhibit 3 of 5, AB-3: photo.png",
        "Exhibits enclosed as files",
    ]
    assert "@page { size: letter;" in text
    assert "img-src data:; base-uri 'none'" in text
    assert f'<img alt="" src="data:image/png;base64,{b64encode(PICTURE).decode()}">' in text
    assert "&lt;b&gt;Not&lt;/b&gt; ever. ខ្មែរ" in text
    apart = re.sub("</?(?:span|code)[^>]*>", "", text)
    assert "Exhibit 4 of 5, AB-4: odd.txt: enclosed as exhibits/AB-4.txt." in apart
    assert "Exhibit 5 of 5, AB-5: table.xlsx: enclosed as exhibits/AB-5.xlsx." in apart
    assert verify_record(written.folder).ok, "the record itself is as it was"


@pytest.mark.slow
@pytest.mark.skipif(not browser(), reason="there is no browser that prints")
def test_a_browser_prints_it_with_one_count_of_pages(written: WrittenRecord) -> None:
    (paper,) = print_record(written).files
    pages = [page.extract_text() for page in PdfReader(paper).pages]
    assert "1 / " in pages[0] and f"/ {len(pages)}" in pages[-1]
    for at in range(1, 6):
        assert sum(f"Exhibit {at} of 5" in page for page in pages) == 1


def _pdf(pages: int, **more: object) -> bytes:
    writer, made = PdfWriter(), BytesIO()
    for at in range(pages):
        page = writer.add_blank_page(300, 400)
        font = DictionaryObject({NameObject("/Type"): NameObject("/Font")})
        font[NameObject("/Subtype")] = NameObject("/Type1")
        font[NameObject("/BaseFont")] = NameObject("/Helvetica")
        fonts = DictionaryObject({NameObject("/F"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        said = DecodedStreamObject()
        said.set_data(b"Q Q BT /F 24 Tf 40 200 Td (Clause %d holds) Tj ET" % (at + 1))
        page[NameObject("/Contents")] = writer._add_object(said)
        page.rotate(90)
    script = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert(1)")}
    acts = DictionaryObject({NameObject(name): value for name, value in script.items()})
    writer.root_object[NameObject("/OpenAction")] = acts
    if "password" in more:
        writer.encrypt("secret")
    if "note" in more:
        writer.add_annotation(0, FreeText(text="no", rect=(1, 1, 90, 90)))
    writer.write(made)
    return made.getvalue()


def test_a_pdf_is_copied_without_what_acts_or_the_reason_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    told = []
    many, locked, noted = _pdf(21), _pdf(1, password=1), _pdf(1, note=1)
    for data in (many, locked, noted, b"%PDF-1.7 broken", b""):
        path.write_bytes(data)
        told.append(facsimile(path).why)
    assert told == ["long", "locked", "marked", "unread", "unread"]
    path.write_bytes(_pdf(2))
    copy = facsimile(path)
    assert (copy.pages, copy.why) == (2, "") and b"/JavaScript" not in copy.pdf
    page = PdfReader(BytesIO(copy.pdf)).pages[0]
    assert (page.mediabox.width, page.mediabox.height) == (400, 300)


@pytest.mark.skipif(not browser(), reason="there is no browser that prints")
def test_a_pdf_is_shown_page_by_page_in_the_one_file(tmp_path: Path) -> None:
    case = Case(tmp_path)
    for name in ("agreement.pdf", "broken.pdf"):
        data = _pdf(2) if name == "agreement.pdf" else b"%PDF"
        case.log("note", "2026-03-03", "A file", exhibits=[case.exhibit(data, name)])
    options = RecordOptions("court", None, None, "Ann Berg")
    written = write_record(case.workspace, "acme", options, tmp_path / "out")
    (paper,) = print_record(written).files
    pages = [page.extract_text() for page in PdfReader(paper).pages]
    for page, at in zip(pages[-3:-1], (1, 2), strict=True):
        assert f"AB-1: agreement.pdf, page {at} of 2" in page and f"Clause {at} holds" in page
    assert "AB-2: broken.pdf: enclosed as" in pages[-1] and f"/ {len(pages)}" in pages[-1]
    assert b"app.alert" not in paper.read_bytes() and verify_record(written.folder).ok
