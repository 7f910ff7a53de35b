"""Mails in other forms than one file each: .msg, .emlx, Maildir folders, and what is no mail."""

from __future__ import annotations

import gzip
import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from store.errors import DocketError, UsageError
from store.intake.mail import read_mail
from store.intake.mail_headers import Address
from store.intake.mbox import folder_files, mails_of
from tests.store.intake.compound import compound, fixed, narrow, text, ticks

PDF = b"%PDF-1" * 800
SENT = datetime(2026, 10, 2, 8, 0, tzinfo=UTC)
MAIL = b"From: Ann <ann@acme.example>\nDate: Fri, 2 Oct 2026 10:00:00 +0200\n\nI will not pay.\n"
ANN: dict[str, Any] = {
    **text(0x0037, "Invoice"),
    **text(0x0042, "Ann Acme"),
    **text(0x5D01, "ann@acme.example"),
    **text(
        0x1000, "I will not pay.\r\n\r\nFrom: Kim\r\nSent: Thu\r\nSubject: Bill\r\n\r\nPlease pay."
    ),
    **fixed(32, p0039=ticks(SENT)),
    "__recip_version1.0_#00000000": {
        **text(0x3001, "Kim"),
        **text(0x39FE, "me@studio.example"),
        **fixed(8, p0C15=1),
    },
    "__attach_version1.0_#00000000": {
        **text(0x3707, "Rückzahlung März.pdf"),
        "__substg1.0_37010102": PDF,
        **fixed(8),
    },
}


def test_a_msg_is_read() -> None:
    mail = read_mail(io.BytesIO(compound(ANN)), "x.msg")
    assert mail.sender == Address("Ann Acme", "ann@acme.example")
    assert mail.recipients == (Address("Kim", "me@studio.example"),)
    assert (mail.subject, mail.body, mail.when) == ("Invoice", "I will not pay.", SENT)
    assert mail.earlier
    assert mail.ending == "msg"
    (file,) = mail.files
    assert (file.name, b"".join(file.chunks())) == ("Rückzahlung März.pdf", PDF)


def test_a_msg_that_was_received_has_its_headers() -> None:
    headers = "From: Ann B <b@acme.example>\r\nDate: Fri, 2 Oct 2026 10:00:00 +0200\r\n\r\n"
    mail = read_mail(io.BytesIO(compound({**ANN, **text(0x007D, headers)})), "x.msg")
    assert str(mail.sender) == "Ann B <b@acme.example>"
    assert mail.when is not None
    assert mail.when.isoformat() == "2026-10-02T10:00:00+02:00"


def test_a_msg_in_a_code_page_and_in_html_only() -> None:
    html = '<p>Нет.</p><div class="gmail_quote"><blockquote>mine</blockquote></div>'
    made = {
        **narrow(0x0037, "Счёт".encode("cp1251")),
        **narrow(0x0C1A, "Анна".encode("cp1251")),
        "__substg1.0_10130102": html.encode("cp1251"),
        **fixed(32, p3FDE=1251, p0039=ticks(SENT)),
    }
    mail = read_mail(io.BytesIO(compound(made)), "x.msg")
    assert (mail.subject, mail.sender.name, mail.body) == ("Счёт", "Анна", "Нет.")
    assert mail.from_html
    assert mail.earlier


def test_a_damaged_msg_is_refused_and_one_that_is_no_mail() -> None:
    raw = compound({"WordDocument": b"x" * 600})
    with pytest.raises(UsageError, match=r"it is a damaged \.msg, or no mail of Outlook's"):
        read_mail(io.BytesIO(raw), "x.doc")
    for end in range(8, len(compound(ANN)), 251):
        for broken in (compound(ANN)[:end], compound(ANN)[:end] + b"\xff" * 300):
            try:
                read_mail(io.BytesIO(broken), "x.msg")
            except UsageError as error:
                assert str(error).startswith("x.msg is no mail")


def test_what_apple_mail_adds_is_left_out(tmp_path: Path) -> None:
    raw = b"%d  \n" % len(MAIL) + MAIL + b'<?xml version="1.0"?><plist>secret</plist>'
    with mails_of([io.BytesIO(raw)], tmp_path) as laid:
        (one,) = laid.mails
        assert one.read() == MAIL


def test_a_maildir_is_read_new_and_old(tmp_path: Path) -> None:
    for folder in ("cur", "new", "tmp"):
        (tmp_path / folder).mkdir()
    (tmp_path / "cur" / "1700000002.b:2,S").write_bytes(MAIL)
    (tmp_path / "new" / "1700000001.a").write_bytes(MAIL)
    (tmp_path / "tmp" / "1700000000.c").write_bytes(b"half")
    assert [one.name for one in folder_files(tmp_path)] == ["1700000001.a", "1700000002.b:2,S"]


def test_a_folder_of_mails_is_read_and_one_without_is_refused(tmp_path: Path) -> None:
    (tmp_path / "b.EML").write_bytes(MAIL)
    (tmp_path / "a.msg").write_bytes(compound(ANN))
    (tmp_path / "c.pdf").write_bytes(b"%PDF")
    assert [one.name for one in folder_files(tmp_path)] == ["a.msg", "b.EML"]
    (tmp_path / "cur").mkdir()
    with pytest.raises(UsageError, match="no Maildir with mails in cur or new"):
        folder_files(tmp_path)
    with pytest.raises(DocketError):
        folder_files(tmp_path / "none")


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (gzip.compress(MAIL, mtime=0), "packed with gzip: unpack it first"),
        (MAIL.decode().encode("utf-16"), "text in UTF-16"),
        (b"PK\x03\x04rest", "a zip, or a document packed as one"),
        (b"!BDN rest", "a whole mailbox of Outlook"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"<!DOCTYPE html><html>", "a web page"),
        (b'{"client": "acme"}\n', "JSON"),
        (b"\x78\x9f\x3e\x22rest", "winmail.dat"),
        (bytes(257) + b"ustar", "a tar archive"),
    ],
)
def test_what_is_no_mail_is_told_by_what_it_is(raw: bytes, what: str) -> None:
    with pytest.raises(UsageError, match=what):
        read_mail(io.BytesIO(raw), "x")


def test_a_first_line_with_a_mark_before_from_is_passed_over() -> None:
    mail = read_mail(io.BytesIO(b">From ann@acme.example Fri Oct  2 10:00:00 2026\n" + MAIL), "x")
    assert (mail.body, mail.when and mail.when.date()) == ("I will not pay.", date(2026, 10, 2))


def test_lines_that_may_begin_a_mail_are_counted(tmp_path: Path) -> None:
    between = b"From ann Fri Oct  2 10:00:00 2026\n"
    raw = between + MAIL + b"\nFrom here on, nothing.\n" + between + b"no headers\n"
    with mails_of([io.BytesIO(raw + between + MAIL)], tmp_path) as laid:
        assert len(laid.mails) == 2
        assert laid.doubtful == 1
