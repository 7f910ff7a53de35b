"""Mails one after another, each as it was sent; a single mail stays as it is, to the byte."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from store.errors import DocketError, UsageError
from store.intake import mbox
from store.intake.mbox import mails_of

ONE = b"From: a@b.example\nSubject: one\n\nFrom here on\n\nbye\n"


def apart(raw: bytes, folder: Path) -> list[bytes]:
    with mails_of([io.BytesIO(raw)], folder) as (files, _):
        return [file.read() for file in files]


def test_a_single_mail_stays_as_it_is(tmp_path: Path) -> None:
    for raw in (ONE, ONE.replace(b"\n", b"\r\n"), b">From x\n\n\n", b"", b"\n\nFrom a Mon Jan  1"):
        assert apart(raw, tmp_path) == [raw]


@pytest.mark.parametrize(
    "between",
    [
        b"From ann@acme.example Thu Nov  5 14:05:09 2026\n",
        b"From - Thu Nov  5 14:05:09 2026\n",
        b"From MAILER-DAEMON Fri Jul  8 12:08:34 2011\r\n",
        b"From ann@acme.example Sat Jan  3 01:05:34 1996 +0000\n",
        b'From "ann b"@acme.example Thu, 5 Nov 14:05:09 CET 2026\n',
        b"From  Thu Nov  5 14:05:09 2026\n",
    ],
)
def test_an_mbox_falls_into_its_mails(tmp_path: Path, between: bytes) -> None:
    two = b"From: c@d.example\n\n>From here\n>>From there\n> From a reply\n"
    whole = between + ONE + b"\n" + between + two + b"\n" + between + b"Subject: 3\n\nlast"
    assert apart(whole, tmp_path) == [
        ONE,
        b"From: c@d.example\n\nFrom here\n>From there\n> From a reply\n",
        b"Subject: 3\n\nlast",
    ]


def test_what_a_mail_reader_pipes_is_the_mail_as_it_was_sent(tmp_path: Path) -> None:
    assert apart(b"From ann@acme.example Thu Nov  5 14:05:09 2026\n" + ONE, tmp_path) == [ONE]
    assert apart(b"From ann\n" + ONE + b"\n", tmp_path) == [ONE]


def test_streams_are_apart_and_can_be_read_again(tmp_path: Path) -> None:
    between = b"From - Thu Nov  5 14:05:09 2026\n"
    raw = io.BytesIO(between + b"A: 1\n\na\n\n" + between + b"B: 2\n\nb\n")
    with mails_of([raw], tmp_path) as ((first, second), _):
        assert first.readline() == b"A: 1\n"
        assert second.read(3) == b"B: "
        assert first.read() == b"\na\n"
        assert second.read() == b"2\n\nb\n"
        assert first.seek(0, io.SEEK_END) == 8
        first.seek(0)
        assert first.read() == b"A: 1\n\na\n"
    assert list(tmp_path.iterdir()) == []


def test_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mbox, "_MOST", 1_000)
    for raw in (b"x" * 1_001, b"From x\n" + b"y\n" * 501):
        with pytest.raises(UsageError, match="too much mail"):
            apart(raw, tmp_path)


def test_a_folder_that_takes_nothing_is_said(tmp_path: Path) -> None:
    with pytest.raises(DocketError, match="could not be taken in: No such file"):
        apart(ONE, tmp_path / "none")


def test_a_stream_that_breaks_is_said(tmp_path: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    with (
        pytest.raises(DocketError, match="Input/output error"),
        mails_of([Broken(b"From: a@b.example\n")], tmp_path),
    ):
        pass
