"""What of a file cannot be read is named, so that finding nothing in it says nothing."""

from __future__ import annotations

import io
import zipfile
import zlib
from base64 import b64encode

import pytest
from pypdf import PdfReader, PdfWriter

from store.records.folder.exhibits import look_in
from store.records.redaction.needle import Needle
from tests.store.records.planted import planted

NEEDLES = [Needle.of("Kari Nordmann")]
BASE64 = b"From: a\nContent-Transfer-Encoding: base64\n\n"


def zipped(**files: bytes) -> bytes:
    """Return a zip file with these files in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return made.getvalue()


def pdf(*, password: str = "") -> bytes:
    """Return a PDF of one page that says something."""
    number = next(n for n in range(1000) if planted(n).what.startswith("pdf"))
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(planted(number).data)))
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "a picture"),
        (BASE64 + b64encode(b"\x89PNG\r\n\x1a\n\0\0"), "a picture (byte 43)"),
        (b"\x1f\x8b\x08\0\0", "packed"),
        (b"\xd0\xcf\x11\xe0\0\0", "an old Office file"),
        (b"abc\0\x01\x02\xff", "no plain text"),
        (b"From: a\nContent-Type: text/plain; charset=x-made-up\n\nHello", "x-made-up"),
        (b"From: a\nContent-Type: text/plain; charset=euc-kr\n\n\xff\xfe\xfd", "does not fit"),
        (b"From: a\nContent-Transfer-Encoding: x-mine\n\nHello", "a part coded as x-mine"),
        (BASE64 + b"SGVsbG8#d29y!bGQ=\n", "signs that are none of it"),
        (BASE64 + b64encode(zlib.compress(b"hello")), "no plain text"),
        (b"Subject: =?x-made-up?B?SGVsbG8=?=\n\nHello", "x-made-up"),
        (zipped(a=b"\x89PNG\r\n\x1a\n\0\0"), "a picture (a)"),
        (zipped(a=b"hello")[:-30], "packed in a way that cannot be read"),
        (b"%PDF-1.4 and nothing", "a PDF that cannot be read"),
        (pdf(password="secret"), "a PDF with a password"),
        (pdf() + b"\nleft here\n", "bytes that belong to nothing in it"),
        (pdf() + pdf(), "an earlier state of it inside"),
        (b"=ybegin line=128 size=3 name=a\nabc\n=yend", "=ybegin"),
        (b"call with \xd0\x9aari today", "looks like it"),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, why: str) -> None:
    looked = look_in(data, NEEDLES)
    assert not looked.found
    assert not looked.sure
    assert why in looked.why


def test_what_lies_in_a_zip_beside_its_files_is_named() -> None:
    good = zipped(a=b"hello")
    assert look_in(good, NEEDLES).sure
    place = good.index(b"PK\1\2")
    end = bytearray(good[good.index(b"PK\5\6") :])
    moved = int.from_bytes(end[16:20], "little") + 9
    end[16:20] = moved.to_bytes(4, "little")
    hidden = good[:place] + b"unlisted!" + good[place : good.index(b"PK\5\6")] + bytes(end)
    assert "bytes that belong to no file in it" in look_in(hidden, NEEDLES).why


def test_a_bomb_is_not_unpacked() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a", b"\0" * (64 << 20))
    assert "too much to read" in look_in(made.getvalue(), NEEDLES).why
