"""What mails say on a docket: the local moment, whose words they are, and what to know of them."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from store.docket.checks import check_alone
from store.entries import Draft
from store.errors import UsageError
from store.intake.mail import Mail, read_mail
from store.intake.mail_entries import NoClientError, client_of, propose
from store.intake.mail_log import already, fresh, log_mails, read_mails
from store.intake.mail_text import BODY_LIMIT
from store.text import size_words
from store.workspace import Workspace

TOKYO = timezone(timedelta(hours=9))
NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
HEAD = b"From: Ann <ann@acme.example>\nTo: me@studio.example\nSubject: Hi\n"
DATED = HEAD + b"Date: Sun, 22 Nov 2026 01:00:00 +1300\n"


def made(folder: Path, now: datetime = NOW, email: str = "ANN@acme.example") -> Workspace:
    workspace = Workspace.create(folder / "w", clock=lambda: now)
    for client, address in (("acme", email), ("bolt", "Jo <jo@bolt.example>, pay@bolt.example")):
        data = {"name": client, "email": address}
        workspace.new_client(client, [workspace.draft(client, "client", data=data)])
    return workspace


def mail(raw: bytes) -> Mail:
    return read_mail(io.BytesIO(raw), "x.eml")


def draft(workspace: Workspace, raw: bytes, **said: Any) -> Draft:
    return propose(workspace, "acme", mail(raw), **said).draft


def test_the_moment_is_that_of_this_place_or_the_day_would_be_another(tmp_path: Path) -> None:
    found = draft(made(tmp_path), DATED + b"\nx")
    assert found.occurred_at.isoformat() == "2026-11-21T12:00:00+00:00"
    elsewhere = draft(made(tmp_path / "b", NOW.astimezone(TOKYO)), DATED + b"\nx")
    assert elsewhere.occurred_at.isoformat() == "2026-11-21T21:00:00+09:00"


def test_a_clock_that_runs_a_little_ahead_is_no_future(tmp_path: Path) -> None:
    workspace = made(tmp_path)
    head = HEAD + b"Date: Sun, 22 Nov 2026 08:34:00 +0000\n\nx"
    check_alone(draft(workspace, head), NOW)
    with pytest.raises(UsageError, match="has not come yet"):
        draft(workspace, head.replace(b"08:34", b"08:36"))


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (b"\nwords", []),
        (b"\n", ["It has no text that can be quoted; the mail is kept as an exhibit."]),
        (b"\n" + b"word " * 9_000, ["Quoted is its beginning; the whole of it is in the exhibit."]),
        (b"Content-Type: text/html\n\n<p>words", ["It is HTML only: quoted is its text."]),
        (b"\nwords\n\nOn 12 Sep I wrote:\n> x\n", ["Earlier mail below it is in the file."]),
        (
            b"\n> x\n",
            [
                "It has no text that can be quoted; the mail is kept as an exhibit.",
                "Earlier mail below it is in the file.",
            ],
        ),
        (
            b"Content-Type: application/pdf; name=a.pdf\n\n%PDF",
            [
                "Attached: a.pdf (4 bytes).",
                "It has no text that can be quoted; the mail is kept as an exhibit.",
            ],
        ),
    ],
)
def test_the_statement_says_what_is_to_know_of_the_quote(
    tmp_path: Path, body: bytes, lines: list[str]
) -> None:
    found = draft(made(tmp_path), DATED + body)
    assert found.statement.splitlines() == ["Mail from Ann <ann@acme.example>: Hi", *lines]
    assert len(found.quotes) == (0 if any("no text" in line for line in lines) else 1)
    assert all(len(quote.text) <= BODY_LIMIT for quote in found.quotes)


def test_many_attachments_are_counted(tmp_path: Path) -> None:
    parts = b"".join(b"--b\nContent-Type: image/png; name=%d.png\n\n12345\n" % n for n in range(12))
    raw = DATED + b"Content-Type: multipart/mixed; boundary=b\n\n" + parts + b"--b--\n"
    assert "7.png (5 bytes) and 4 more." in draft(made(tmp_path), raw).statement


def test_whose_client_a_mail_is_about(tmp_path: Path) -> None:
    workspace = made(tmp_path)
    mine = mail(b"From: me@studio.example\nTo: x@y.example\nCc: Pay <PAY@bolt.example>\n\nx")
    assert client_of(workspace, [mail(HEAD + b"\nx")]) == "acme"
    assert client_of(workspace, [mine]) == "bolt"
    with pytest.raises(NoClientError, match="several clients: acme, bolt"):
        client_of(workspace, [mail(HEAD + b"\nx"), mine])
    with pytest.raises(NoClientError, match=r"this mail from Eve <eve@evil\.example>"):
        client_of(workspace, [mail(b"From: Eve <eve@evil.example>\n\nx")])
    between = mail(b"From: ann@acme.example\nTo: jo@bolt.example\n\nx")
    assert client_of(workspace, [between]) == "acme", "the sender goes before the recipients"


def test_a_client_without_an_address_fits_no_mail_without_one(tmp_path: Path) -> None:
    workspace = made(tmp_path, email="not known")
    with pytest.raises(NoClientError):
        client_of(workspace, [mail(b"From: just Ann\n\nx")])


def test_what_is_logged_is_known_then(
    tmp_path: Path,
) -> None:
    workspace = made(tmp_path)
    two = b"From - Thu Nov  5 14:05:09 2026\n".join([b"", DATED + b"\none\n\n", DATED + b"\ntwo\n"])
    with read_mails(workspace, [io.BytesIO(two)], "x.mbox") as box:
        posted = box.posted
        assert len(posted) == 2
        pairs = [(propose(workspace, "acme", one.mail), one) for one in posted]
        done = log_mails(workspace, pairs, ["/x.mbox"])
        assert [entry.quotes[0].text for entry in done.entries] == ["one", "two"]
        known = already(workspace, "acme", posted)
        assert sorted(known.values()) == [2, 3]
        assert fresh(posted, known) == []
    assert log_mails(workspace, [], []) == ((), ())


def test_sizes_are_told_in_words() -> None:
    assert [size_words(n) for n in (1, 999, 1_500, 48_000, 37_050_000)] == [
        *("1 byte", "999 bytes", "2 kB", "48 kB", "37.0 MB"),
    ]
