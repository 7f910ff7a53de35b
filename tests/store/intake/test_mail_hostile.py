"""Mails made to hurt: any bytes are a Mail or a UsageError, soon, in little memory, all clean."""

from __future__ import annotations

import dataclasses
import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import UsageError
from store.intake.mail import Mail, read_mail
from store.intake.mail_html import plain_of
from store.intake.mail_text import BODY_LIMIT
from store.text import clean
from tests.examples import examples
from tests.store.intake.test_mail import HEAD

REPO = Path(__file__).parents[3]
CALLS = 8  # of functions for each byte, where most of these take well under one
HTML = HEAD + b"Content-Type: text/html; charset=utf-8\n\n"
MIXED = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n"
NESTED = b"".join(
    b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(20_000)
)
BOMBS = {
    "comments in From": b"From: a@b.example" + b"(" * 200_000 + b"\n\nx",
    "brackets in From": b"From: " + b"[" * 200_000 + b"\n\nx",
    "a long To": HEAD + b"Cc: " + b"a@b.example, " * 15_000 + b"\n\nx",
    "words in Subject": b"Subject: " + b"=?utf-8?q?x?= " * 15_000 + b"\n" + HEAD + b"\nx",
    "many headers": b"".join(b"X-%d: y\n" % n for n in range(15_000)) + HEAD + b"\nx",
    "many parameters": HEAD + b"Content-Type: text/plain; " + b"a*0=b; " * 30_000 + b"\n\nx",
    "a huge number": HEAD + b"Content-Type: text/plain; name*" + b"9" * 9_000 + b"=x\n\nx",
    "nested parts": HEAD + NESTED,
    "many parts": MIXED + b"--b\n\nx\n" * 200_000,
    "many boundaries": MIXED + b"--b \t\n" * 300_000,
    "unclosed comments": HTML + b"<!--" * 120_000,
    "unclosed tags": HTML + b"<a" * 250_000,
    "unclosed attributes": HTML + b"<a b='" * 80_000,
    "unclosed declarations": HTML + b"<![CDATA[" * 50_000,
    "unclosed scripts": HTML + b"<script>" * 60_000,
    "big character numbers": HTML + b"<p>&#" + b"9" * 100_000 + b";",
    "nested tags": HTML + b"<div>" * 100_000 + b"deep",
    "unclosed titles of terminals": HEAD + b"\n" + b"\xc2\x9d" * 200_000,
    "escapes": HEAD + b"\n" + b"\x1b]" * 200_000,
    "accents": HEAD + b"\n" + "a\u0301\u0300\u0327".encode() * 60_000,
    "bidi": HEAD + b"Subject: " + "\u202e".encode() * 5_000 + b"\n\n" + "\u202e".encode() * 90_000,
    "a line without end": HEAD + b"\n" + b"x" * 3_000_000,
    "base64 without end": HEAD + b"Content-Transfer-Encoding: base64\n\n" + b"A" * 3_000_001,
}


def texts(mail: Mail) -> list[str]:
    """Return every text of a mail."""
    people = [mail.sender, *mail.recipients]
    names = [part for one in people for part in (one.name, one.address)]
    files = [one.name for one in mail.attachments]
    return [mail.subject, mail.dated, mail.message_id, mail.body, *names, *files]


def holds(raw: bytes) -> Mail | None:
    """Read `raw`, check what is always true, and return the mail if it is one."""
    try:
        mail = read_mail(io.BytesIO(raw), "x.eml")
    except UsageError as error:
        assert str(error).startswith("x.eml is no mail: ")
        assert "\n" not in str(error)
        return None
    for text in texts(mail):
        assert clean(text, limit=10**6) == text
    for text in (mail.subject, mail.sender.name, mail.sender.address):
        assert "\n" not in text
    assert len(mail.body) <= BODY_LIMIT
    assert len(mail.subject) <= 300
    assert len(mail.recipients) <= 100
    assert len(mail.attachments) <= 200
    assert mail.sender.name or mail.sender.address
    return mail


class Busy(Exception):  # noqa: N818
    """More was done than a mail of that length asks for."""


def within(most: int, work: Callable[[], object]) -> None:
    """Do `work`, which may call at most `most` functions, those written in C included."""
    left = most

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal left
        left -= event in ("call", "c_call")
        if left < 0:
            sys.setprofile(None)
            raise Busy(f"more than {most:,} calls")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)


@pytest.mark.parametrize("name", BOMBS)
def test_no_mail_takes_more_work_than_it_is_long(name: str) -> None:
    raw = BOMBS[name]
    within(CALLS * len(raw) + 50_000, lambda: holds(raw))


@pytest.mark.parametrize(
    "piece",
    ["<div>", "<blockquote>", "<b style='color:red'>", "<li>", "<p>x</p>", "<", "<td>", "&"],
)
def test_html_takes_work_in_proportion(piece: str) -> None:
    html = piece * 4_000
    calls = []
    for many in (html, html * 2):
        counted = 0

        def count(frame: FrameType, event: str, argument: object) -> None:
            nonlocal counted
            counted += event in ("call", "c_call")

        sys.setprofile(count)
        try:
            plain_of(many)
        finally:
            sys.setprofile(None)
        calls.append(counted)
    assert calls[1] < calls[0] * 2.2 + 500, calls


def test_style_sheets_take_time_in_proportion() -> None:
    def took(sheets: int) -> float:
        html, begun = "<style>.a{x:y}</style>" * sheets, process_time()
        plain_of(html)
        return process_time() - begun

    assert min(took(4_000) for _ in range(3)) < 8 * min(took(1_000) for _ in range(3)) + 0.05


def test_each_style_sheet_hides_what_it_names() -> None:
    html = "<style>.a{display:none}</style><p class=a>x<style>.b{display:none}</style><p class=b>x"
    assert plain_of(f"{html}<p>shown<p class=a>x").strip() == "shown"


def test_a_hundred_thousand_headers_are_refused_or_cut() -> None:
    many = b"".join(b"X-%d: y\n" % n for n in range(100_000))
    with pytest.raises(UsageError, match="its headers have no end"):
        read_mail(io.BytesIO(many + HEAD + b"\nx"), "x.eml")
    part = holds(MIXED + b"--b\n" + many + b"\nwords\n--b--\n")
    assert part is not None
    assert part.body == "words"
    assert any("headers were cut" in doubt for doubt in part.doubts)


def test_headers_without_end_are_refused() -> None:
    with pytest.raises(UsageError, match="its headers have no end"):
        read_mail(io.BytesIO(b"X: y\n" * 1_000_000), "x.eml")


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "it is empty"),
        (b"\r\n\n", "it is empty"),
        (b"hi there\n", "does not say who"),
        (b"%PDF-1.7\n\xe2\xe3\xcf\xd3\n1 0 obj\n", "does not say who"),
        (b"\x00" * 5_000, "does not say who"),
        (b"Subject: x\n\nFrom: ann@acme.example\n", "does not say who"),
        (b"From: \nSubject: x\n\ny", "does not say who"),
    ],
)
def test_what_is_no_mail_is_refused_in_one_line(raw: bytes, why: str) -> None:
    with pytest.raises(UsageError, match=f"^x.eml is no mail: it.*{why.removeprefix('it ')}"):
        read_mail(io.BytesIO(raw), "x.eml")


def test_what_drives_a_terminal_is_gone_and_direction_is_shown() -> None:
    mail = holds(
        HEAD.replace(b"Your invoice", b"\x1b]0;owned\x07in\xc2\x9b31mvoice \xe2\x80\xaefdp.exe")
        + b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n"
        + b"\x1b[2J\x1b[Hgone\x07\r\n<b>no</b> [red]markup[/red]\n"
        + b'--b\nContent-Type: application/pdf; name="../../\x1b[31ma\n b.pdf"\n\nx\n--b--\n'
    )
    assert mail is not None
    assert mail.subject == "invoice <U+202E>fdp.exe"
    assert mail.body == "gone\n<b>no</b> [red]markup[/red]"
    assert mail.attachments[0].name == "../../a b.pdf"


def test_a_long_body_is_cut_and_says_so() -> None:
    mail = holds(HEAD + b"\n" + b"word " * 10_000)
    assert mail is not None
    assert mail.cut
    assert len(mail.body) in (BODY_LIMIT, BODY_LIMIT - 1)
    short = holds(HEAD + b"\n" + b"word " * 100)
    assert short is not None
    assert not short.cut


@examples(300)
@given(st.binary(max_size=2_000))
def test_any_bytes_are_a_mail_or_refused(raw: bytes) -> None:
    holds(raw)


PIECES = st.sampled_from(
    [
        *(b"From: ", b"To: ", b"Date: ", b"Subject: ", b"Content-Type: ", b"\n", b"\r\n", b"\n\n"),
        *(b"multipart/mixed; boundary=", b"text/html", b"text/plain; charset=", b"message/rfc822"),
        *(b"Content-Transfer-Encoding: ", b"base64", b"quoted-printable", b"x-uuencode", b"--b"),
        *(b"--b--", b"b", b'"', b"=?utf-8?q?", b"=?x?b?", b"?=", b"=C3", b"<", b">", b"(", b")"),
        *(b"[", b"]", b"@", b"a@b.example", b";", b",", b"\x1b[2J", b"\xff", b"\x00", b"*0*=''"),
        *(b"Thu, 05 Nov 2026 14:05:00 ", b"+0100", b"99999", b"<script>", b"<!--", b"&#27;", b" "),
        *(one.encode() for one in ("\u202e", "ះ", "e\u0301", "\x9d", "𝕏")),
        *(b"utf-16", b"utf-7", b"idna", b"+AGE-", b"begin 644 x\n", b"name*=utf-8''%1B", b"\t"),
    ]
)


@examples(500)
@given(st.lists(st.one_of(PIECES, st.binary(max_size=4)), max_size=60))
def test_any_pieces_of_a_mail_are_a_mail_or_refused(pieces: list[bytes]) -> None:
    holds(b"".join(pieces))
    holds(b"From: a@b.example\n" + b"".join(pieces))


@examples(300)
@given(st.text(alphabet=st.sampled_from("<>/!-\"'= abptrd&#;\n[]scriptyle"), max_size=200))
def test_any_html_is_some_text(html: str) -> None:
    assert isinstance(plain_of(html), str)


MEMORY = """
import sys, tracemalloc
from store.intake.mail import read_mail
line = b"QUJD" * 19 + b"\\n"
head = b"From: a@b.example\\nContent-Type: multipart/mixed; boundary=b\\n\\n--b\\n\\nHello\\n--b\\n"
head += b"Content-Type: application/pdf; name=x.pdf\\nContent-Transfer-Encoding: base64\\n\\n"
path = sys.argv[1]
with open(path, "wb") as file:
    file.write(head)
    for _ in range(int(sys.argv[2]) * 1_000_000 // len(line)):
        file.write(line)
    file.write(b"--b\\n\\nand after it\\n--b--\\n")
tracemalloc.start()
with open(path, "rb") as file:
    mail = read_mail(file, "x.eml")
assert mail.body == "Hello\\n\\nand after it", mail.body
print(tracemalloc.get_traced_memory()[1], mail.attachments[0].size)
"""


@pytest.mark.slow
def test_fifty_megabytes_are_read_in_the_memory_of_one(tmp_path: Path) -> None:
    peaks = {}
    for megabytes in (1, 50):
        done = subprocess.run(
            [sys.executable, "-c", MEMORY, str(tmp_path / "big.eml"), str(megabytes)],
            cwd=REPO,
            capture_output=True,
            text=True,
            check=True,
            timeout=100,
        )
        peak, size = map(int, done.stdout.split())
        peaks[megabytes] = peak
        assert size == pytest.approx(megabytes * 1_000_000 * 76 / 77 * 3 / 4, rel=0.001)
    assert peaks[50] < peaks[1] + 200_000
    assert peaks[50] < 2_000_000


def test_a_mail_is_frozen() -> None:
    mail = holds(HEAD + b"\nx")
    with pytest.raises(dataclasses.FrozenInstanceError):
        mail.subject = "other"  # type: ignore[misc,union-attr]
