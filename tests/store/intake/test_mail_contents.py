"""Every byte of a mail file is told: decoded in a part that was seen, or not understood."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pytest

from store.intake.mail_contents import Content, contents, is_mail
from store.intake.mail_parts import DEEPEST, MOST_PARTS

MAILS = Path(__file__).parent / "mails"
HEAD = b"From: Ann <ann@acme.example>\nDate: Fri, 2 Oct 2026 10:00:00 +0200\n"
SECRET = base64.b64encode(b"Kari Nordmann knows")


def found(raw: bytes) -> list[Content]:
    return list(contents(io.BytesIO(raw)))


def texts(raw: bytes) -> str:
    return "\n".join(one.text or "" for one in found(raw))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("f01a-redact-gb2312.eml", "林喆"),
        ("f01b-redact-folded-boundary.eml", "Kari Nordmann"),
        ("f01c-redact-second-mail-of-attached.mbox", "Kari Nordmann"),
        ("f01d-redact-base64-trailing-space.eml", "Kari Nordmann"),
        ("f01e-redact-no-boundary.eml", "Kari Nordmann"),
    ],
)
def test_what_was_hidden_by_form_is_found(name: str, said: str) -> None:
    raw = (MAILS / name).read_bytes()
    assert said in texts(raw)
    assert is_mail(raw)


def test_mails_and_mboxes_inside_a_mail_are_gone_into() -> None:
    inner = HEAD + b"Content-Transfer-Encoding: base64\n\n" + SECRET + b"\n"
    mbox = b"From a Fri Oct  2 10:00:00 2026\n" + HEAD + b"\nfirst\n\n"
    mbox += b"From 900001@xxx\n" + inner
    for kind in (b"application/mbox", b"application/octet-stream", b"message/rfc822"):
        raw = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: " + kind
        raw += b"\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(mbox) + b"--b--\n"
        assert "Kari Nordmann" in texts(raw)
        where = [one.where for one in found(raw) if "Kari" in (one.text or "")]
        assert where == ["the mail, part 1, mail 2"]


def test_what_stands_beside_the_parts_is_told_too() -> None:
    raw = (
        HEAD + b"Content-Type: multipart/mixed; boundary=b\n\nbefore\n--b\n\nin it\n--b--\nafter\n"
    )
    holder, part = found(raw)
    assert part.text == "in it"
    assert holder.text is not None
    assert "before" in holder.text
    assert "after" in holder.text


def test_headers_of_every_part_are_read() -> None:
    raw = HEAD + b"Subject: =?gb2312?B?" + base64.b64encode("林喆".encode("gbk")) + b"?=\n"
    raw += b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: image/png;\n"
    raw += b" name*=gb2312''%C1%D6%86%B4.png\n\nx\n--b--\n"
    holder, part = found(raw)
    assert "subject: 林喆" in holder.headers
    assert part.name == "林喆.png"


@pytest.mark.parametrize(
    ("headers", "body", "why"),
    [
        (b"Content-Transfer-Encoding: x-rot", b"x", "transfer encoding x-rot is not known"),
        (b"Content-Type: multipart/mixed", b"no parts here", "no parts that can be found"),
        (b"Content-Type: multipart/mixed; boundary=q", b"--b\n\nx\n--b--", "boundary was guessed"),
        (
            b"Content-Transfer-Encoding: base64",
            b"eA==\n\n-- \na list",
            "below the end of its base64",
        ),
        (
            b"Content-Type: multipart/mixed; boundary=b",
            b"--b\n\nx\n" * (MOST_PARTS + 5),
            "more than 1,000 parts",
        ),
    ],
)
def test_what_is_not_understood_is_said(headers: bytes, body: bytes, why: str) -> None:
    unread = [line for one in found(HEAD + headers + b"\n\n" + body + b"\n") for line in one.unread]
    assert any(why in line for line in unread), unread


def test_parts_nested_too_deeply_are_named() -> None:
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n)
        for n in range(DEEPEST + 5)
    )
    unread = [line for one in found(HEAD + nested + b"\nx\n") for line in one.unread]
    assert "its parts are nested too deeply" in unread


def test_mails_nested_too_deeply_are_named() -> None:
    raw = HEAD + b"\nx\n"
    for _ in range(20):
        raw = HEAD + b"Content-Type: message/rfc822\n\n" + raw
    unread = [line for one in found(raw) for line in one.unread]
    assert unread == ["mails are nested too deeply in it"]


def test_a_guess_is_told() -> None:
    utf8 = "Rechnung über 500 €".encode()
    (one,) = found(HEAD + b"Content-Type: text/plain; charset=iso-8859-1\n\n" + utf8)
    assert (one.text, one.charset, one.guessed) == ("Rechnung über 500 €", "utf-8", True)
    (one,) = found(HEAD + b"Content-Type: text/plain; charset=utf-8\n\n" + utf8 + b" M\xfcller")
    assert (one.text, one.lost) == ("Rechnung über 500 € M\ufffdller", 1)
