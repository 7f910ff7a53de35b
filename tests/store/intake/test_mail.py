"""One mail, however it is encoded, read as clean text: written here byte by byte."""

from __future__ import annotations

import base64
import io
from datetime import UTC, datetime, timedelta, timezone

import pytest

from store.intake.mail import Mail, read_mail
from store.intake.mail_headers import Address

FROM = b"From: Ann Acme <ann@acme.example>\n"
DATED = b"Date: Thu, 05 Nov 2026 14:05:09 +0100\n"
HEAD = FROM + b"To: Robin <me@studio.example>, jo@studio.example\nSubject: Your invoice\n" + DATED


def read(raw: bytes) -> Mail:
    return read_mail(io.BytesIO(raw), "x.eml")


def body(headers: bytes, text: bytes) -> str:
    return read(HEAD + headers + b"\n" + text).body


def test_a_plain_mail_says_who_wrote_what_and_when() -> None:
    mail = read(HEAD + b"Message-ID: <1@acme.example>\n\nKeep going,\r\nI'll pay.\n")
    assert mail == Mail(
        sender=Address("Ann Acme", "ann@acme.example"),
        recipients=(Address("Robin", "me@studio.example"), Address("", "jo@studio.example")),
        subject="Your invoice",
        when=datetime(2026, 11, 5, 14, 5, 9, tzinfo=timezone(timedelta(hours=1))),
        precision="minute",
        dated="Thu, 05 Nov 2026 14:05:09 +0100",
        message_id="<1@acme.example>",
        body="Keep going,\nI'll pay.",
    )


def test_html_alone_becomes_text_and_says_so() -> None:
    html = (
        "<html><head><title>no</title><style>p { color: red }</style></head><body>"
        "<!-- <p>hidden --><p>Keep <b>going</b>,&nbsp;I&#39;ll &amp; you</p>"
        "<script>document.write('<p>evil</p>')</script><img src='http://track.example/1.png'>"
        "<ul><li>one</li><li>two</li></ul><table><tr><td>a</td><td>b</td></tr></table>"
        "<a href='http://x.example/' title='1 > 0'>link</a></body></html>"
    )
    mail = read(HEAD + b"Content-Type: text/html; charset=utf-8\n\n" + html.encode())
    assert mail.body == "Keep going, I'll & you\n\n- one\n\n- two\n\na b\n\nlink"
    assert mail.from_html


def test_plain_text_goes_before_html_and_attachments_are_named_and_measured() -> None:
    pdf = base64.encodebytes(b"%PDF" + bytes(30_000))
    mail = read(
        HEAD
        + b'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="o=u t"\n\nnot shown\n'
        + b"--o=u t\nContent-Type: multipart/alternative; boundary=in\n\n"
        + b"--in\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes("Zahlung später".encode())
        + b"--in\nContent-Type: text/html\n\n<p>Other words</p>\n--in--\n"
        + b"--o=u t\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n"
        + b"Content-Disposition: attachment; filename*=utf-8''rechnung%20%E2%82%AC.pdf\n\n"
        + pdf
        + b"--o=u t\nContent-Type: text/plain; name=notes.txt\n\nnot the mail's words\n"
        + b"--o=u t\nContent-Type: text/plain\n\nAnd a line below.\n"
        + b"--o=u t--\nnot shown either\n"
    )
    assert mail.body == "Zahlung später\n\nAnd a line below."
    assert not mail.from_html
    files = [(one.name, one.size, b"".join(one.chunks())) for one in mail.attachments]
    words = b"not the mail's words"  # the line end belongs to the boundary below
    assert files == [
        ("rechnung €.pdf", 30_004, b"%PDF" + bytes(30_000)),
        ("notes.txt", len(words), words),
    ]


def test_a_mail_inside_the_mail_is_an_attachment_not_its_words() -> None:
    mail = read(
        HEAD
        + b"Content-Type: multipart/mixed; boundary=a\n\n--a\n\nSee below.\n--a\n"
        + b"Content-Type: message/rfc822\n\nFrom: other@x.example\nSubject: inner\n"
        + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\ninner words\n--b--\n\n--a--\n"
    )
    assert (mail.sender.address, mail.subject) == ("ann@acme.example", "Your invoice")
    assert mail.body == "See below."
    assert [one.name for one in mail.attachments] == ["message/rfc822"]


@pytest.mark.parametrize(
    ("headers", "text", "said"),
    [
        (b"Content-Type: text/plain; charset=us-ascii\n", b"\x84Ja\x93 M\xfcnchen", "„Ja“ München"),
        (b"Content-Type: text/plain; charset=iso-8859-1\n", b"\x93no\x94 \x80 5", "“no” € 5"),
        (b"Content-Type: text/plain; charset=utf-8\n", b"Caf\xe9", "Café"),
        (b"Content-Type: text/plain; charset=us-ascii\n", "Köszönöm".encode(), "Köszönöm"),
        (b"Content-Type: text/plain; charset=x-unknown-9\n", "später".encode(), "später"),
        (b"Content-Type: text/plain; charset=x-unknown-9\n", b"sp\xe4ter", "später"),
        (b"Content-Type: text/plain; charset=unicode_escape\n", b"a\\x1b[2J", "a\\x1b[2J"),
        (b"Content-Type: text/plain; charset=zlib\n", b"text", "text"),
        (b"Content-Type: text/plain; charset=utf-16\n", "später".encode("utf-16"), "später"),
        (b"Content-Type: text/plain; charset=shift_jis\n", "支払い".encode("shift_jis"), "支払い"),
        (b"Content-Type: text/plain; charset=koi8-r\n", "оплата".encode("koi8-r"), "оплата"),
        (b"Content-Transfer-Encoding: Quoted-Printable\n", b"sp=C3=A4=\nter=ZZ", "später=ZZ"),
        (b"Content-Transfer-Encoding: base64\n", b"SGVsbG8gd29ybGQ", "Hello world"),
        (b"Content-Transfer-Encoding: base64\n", b"SGVs!bG8g\nd29y??bGQ=", "Hello world"),
        (b"Content-Transfer-Encoding: x-unknown\n", b"as it is", "as it is"),
        (b"Content-Type: ;;;\n", b"odd", "odd"),
        (b"", b"nul\x00s and \x07bells", "nuls and bells"),
        (b"", b"\xef\xbb\xbfmarked", "marked"),
    ],
)  # fmt: skip
def test_words_survive_their_encoding(headers: bytes, text: bytes, said: str) -> None:
    assert body(headers, text) == said


def word(text: str, charset: str = "utf-8") -> bytes:
    return f"=?{charset}?B?{base64.b64encode(text.encode(charset)).decode()}?=".encode()


@pytest.mark.parametrize(
    ("raw", "subject"),
    [
        (word("Fizetési felszólítás"), "Fizetési felszólítás"),
        (word("تذكير بالدفع"), "تذكير بالدفع"),
        (word("ការរំលឹកការទូទាត់"), "ការរំលឹកការទូទាត់"),
        (b"=?iso-8859-2?Q?Fizet=E9s?= holnap", "Fizetés holnap"),
        (b"Re: =?utf-8?q?sp=C3?=\n =?utf-8?q?=A4ter?= now", "Re: später now"),
        (b"=?utf-8?B?a?= b", "=?utf-8?B?a?= b"),
        (b"=?no-such?Q?caf=C3=A9?=", "café"),
        (b"=?utf-8?q?", "=?utf-8?q?"),
        ("Köszönöm".encode(), "Köszönöm"),
        (b"Caf\xe9", "Café"),
        (b"one\n\ttwo\n   three", "one two three"),
        (b"=?utf-8?q?=1B]52;c;QUFB=07?= x\x1b[31m", "x"),
        ("to \u202egnp.exe".encode(), "to <U+202E>gnp.exe"),
        (b"", ""),
    ],
)
def test_a_subject_is_one_clean_line(raw: bytes, subject: str) -> None:
    assert read(FROM + b"Subject: " + raw + b"\n" + DATED + b"\nx").subject == subject


@pytest.mark.parametrize(
    ("raw", "sender"),
    [
        (b"ann@acme.example", Address("", "ann@acme.example")),
        (b'"Acme, Ann" <ann@acme.example>', Address("Acme, Ann", "ann@acme.example")),
        (word("Ánn Ácme") + b" <ann@acme.example>", Address("Ánn Ácme", "ann@acme.example")),
        (b"ann@acme.example (Ann)", Address("Ann", "ann@acme.example")),
        (b"Ann <ann@acme.example", Address("Ann", "ann@acme.example")),
        (b"<<ann@acme.example>>, ,", Address("", "ann@acme.example")),
        (b"Ann, of [Acme] <ann@acme.example>", Address("of [Acme]", "ann@acme.example")),
        (b"[Acme] Ann <ann@acme.example>", Address("[Acme] Ann", "ann@acme.example")),
        (b'"Ann [Acme]" <ann@acme.example>', Address("Ann [Acme]", "ann@acme.example")),
        (b"just Ann", Address("just Ann", "")),
        (b"\x1b[2JAnn <ann@acme.example>", Address("Ann", "ann@acme.example")),
    ],
)
def test_a_sender_is_found_in_broken_headers(raw: bytes, sender: Address) -> None:
    assert read(b"From: " + raw + b"\n" + DATED + b"\nx").sender == sender


@pytest.mark.parametrize(
    ("raw", "when", "precision"),
    [
        (b"Thu, 05 Nov 2026 14:05:09 -0800", datetime(2026, 11, 5, 22, 5, 9, tzinfo=UTC), "minute"),
        (b"5 Nov 2026 14:05 GMT", datetime(2026, 11, 5, 14, 5, tzinfo=UTC), "minute"),
        (b"5 Nov 2026 14:05 -0000", datetime(2026, 11, 5, 14, 5, tzinfo=UTC), "minute"),
        (b"5 Nov 2026 23:05 CEST", datetime(2026, 11, 5, 23, 5), "day"),
        (b"", None, "day"),
        (b"yesterday", None, "day"),
        (b"Thu, 55 Nov 2026 14:05:09 +0100", None, "day"),
        (b"Thu, 05 Nov 2026 14:05:09 +9999", None, "day"),
        (b"Thu, 05 Nov 99999999999 14:05:09 +0100", None, "day"),
        (b"Fri, 31 Dec 9999 23:59:59 -1200", None, "day"),
        (b"Thu, 01 Jan 1900 00:00:00 +0000", None, "day"),
    ],
)
def test_a_date_is_read_or_missing(raw: bytes, when: datetime | None, precision: str) -> None:
    mail = read(FROM + b"Date: " + raw + b"\n\nx")
    assert (mail.when, mail.precision) == (when, precision)


def test_headers_end_where_the_body_begins_even_with_windows_line_ends() -> None:
    raw = (HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHello\n--b--\n").replace(
        b"\n", b"\r\n"
    )
    mail = read(raw)
    assert (mail.subject, mail.body) == ("Your invoice", "Hello")


def test_a_part_that_never_ends_is_read_to_the_end() -> None:
    mail = read(HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHello\nthere\n")
    assert mail.body == "Hello\nthere"
