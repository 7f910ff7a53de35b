"""Files of other programs are known by how they begin, and lines with a bad one among them not."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import UsageError
from store.intake.lines import other_format, read_lines
from tests.examples import examples

GOOD = '{"client": "acme", "kind": "note", "occurred_at": "2026-10-02", "statement": "a; b, c"}\n'


def packed(name: str) -> bytes:
    """Return a zip with one file of that name."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, "x")
    return made.getvalue()


OTHERS = [
    ("2026-10-05;x;\n" * 5000, "a table (CSV)"),
    ('Date,Project,Hours\n2026-10-01,"A, B",1.5\n2026-10-02,C,2\n', "a table (CSV)"),
    ("\ufeffDatum;Betrag\r\n2026-10-01;1,50\r\n", "a table (CSV)"),
    ("Date\tHours\n2026-10-01\t2\n", "a table (CSV)"),
    ("client,kind,occurred_at,statement\n", "a table (CSV)"),
    ("\ufeffBEGIN:VCARD\r\nVERSION:3.0\r\nEND:VCARD\r\n", "a vCard"),
    ("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "an iCalendar file"),
    ("02.10.26, 10:00 - Ann: hallo; du\n02.10.26, 10:01 - Ann: gut; so\n", "a chat"),
    ("\u200e[02.10.26, 10:00:00] Ann: hallo\n", "a chat"),
    ("10/2/26, 10:00\u202fAM - Ann: hello, there\n", "a chat"),
    ("[2026-10-02 10:00] Me: hello\n", "a chat"),
    ("[Oct 2, 2026 10:00 AM] Me: hello\n", "a chat"),
    (f"[{GOOD.strip()},\n{GOOD.strip()}]\n", "one JSON array"),
    (f"[{GOOD.strip()}]", "one JSON array"),
    ("[\n  {\n", "one JSON array"),
    ('{\n  "client": "acme"\n}\n', "one object over several lines"),
    ("From a@b Fri Oct  2 10:00:00 2026\nFrom: x\n\nhi\n", "a mail"),
    ("Received: from a, b; c\nFrom: a@b\n\nhi\n", "a mail"),
    ("<?xml version='1.0'?>\n<Document/>\n", "XML"),
    ("OFXHEADER:100\n", "OFX"),
    (gzip.compress(GOOD.encode(), mtime=0), "gzip"),
    (GOOD.encode("utf-16"), "UTF-16"),
    (GOOD.encode("utf-16-be"), "UTF-16"),
    (packed("xl/workbook.xml"), ".xlsx"),
    (packed("old.jsonl"), "a zip"),
    (b"%PDF-1.7\n", "a PDF"),
    (b"a\x00b\nrest of it, none of it text\n", "no text"),
]


@pytest.mark.parametrize(("raw", "said"), OTHERS, ids=[said for _, said in OTHERS])
def test_a_file_of_another_format_is_named_and_nothing_of_it_read(
    raw: str | bytes, said: str
) -> None:
    data = raw.encode() if isinstance(raw, str) else raw
    with pytest.raises(UsageError, match="it is ") as refused:
        next(read_lines(io.BytesIO(data), "in.x"))
    assert str(refused.value).startswith("in.x is no JSON Lines: it is ")
    assert said in refused.value.why


@pytest.mark.parametrize(
    "raw",
    [
        *("", "\n \n", GOOD, f"[]\n{GOOD}", f"client,kind\n{GOOD}", f"1;2\n3;4\n{GOOD}"),
        *("nonsense\n", "1\n2\n3\n", '"a, b"\n', '{"client":"acme",', "{}", "[1, 2]\n"),
    ],
    ids=lambda raw: ascii(raw)[:24],
)
def test_lines_with_bad_ones_among_them_are_lines(raw: str) -> None:
    assert other_format(raw.encode()) == ("", "")


@given(st.lists(st.dictionaries(st.text(), st.text() | st.integers()), min_size=1))
@examples(200)
def test_no_json_lines_are_taken_for_something_else(objects: list[dict[str, object]]) -> None:
    raw = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in objects)
    assert other_format(raw.encode("utf-8", "surrogatepass")[:4096]) == ("", "")


@given(st.binary(max_size=300))
@examples(300)
def test_any_bytes_have_an_answer(raw: bytes) -> None:
    what, remedy = other_format(raw)
    assert bool(what) == bool(remedy)
