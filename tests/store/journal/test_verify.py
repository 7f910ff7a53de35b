"""Verification finds every change to a journal, names its place, and says what it cannot see."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from store.journal import (
    LIMITS,
    JournalFile,
    JournalMissingError,
    NewerFormatError,
    NotAJournalError,
    verify_file,
)
from store.journal.disk import MAX_LINE
from store.journal.walk import MAX_FINDINGS
from tests.store.journal.support import rewritten, small


@pytest.mark.slow
def test_every_byte_changed_is_found_at_the_right_entry(tmp_path: Path) -> None:
    path = small(tmp_path, 3).path
    whole = path.read_bytes()
    for at in range(len(whole)):
        line = whole[:at].count(b"\n")
        for flip in (1, 0x20, 0x80):
            changed = bytearray(whole)
            changed[at] ^= flip
            report = rewritten(path, bytes(changed))
            assert not report.ok, (at, flip)
            first = report.findings[0]
            assert (first.seq, first.line_no) == (line or None, line + 1), (at, flip, report)


@pytest.mark.parametrize("blot", [b" ", b"\n", b"\0", b"}", b"\\", b"\xff", b"0"])
def test_every_byte_inserted_is_found(tmp_path: Path, blot: bytes) -> None:
    path = small(tmp_path, 2).path
    whole = path.read_bytes()
    for at in range(len(whole)):
        line = whole[:at].count(b"\n")
        # A newline put in at the end of a line makes an empty line of its own after it.
        after = blot == b"\n" == whole[at : at + 1]
        inserted = rewritten(path, whole[:at] + blot + whole[at:])
        assert not inserted.ok, at
        assert inserted.findings[0].seq == ((line + after) or None), (at, inserted)


def test_every_byte_deleted_is_found(tmp_path: Path) -> None:
    path = small(tmp_path, 2).path
    whole = path.read_bytes()
    for at in range(len(whole)):
        line = whole[:at].count(b"\n")
        deleted = rewritten(path, whole[:at] + whole[at + 1 :])
        assert not deleted.ok, at
        assert deleted.findings[0].seq == (line or None), (at, deleted)


def test_one_damage_is_told_once(tmp_path: Path) -> None:
    path = small(tmp_path).path
    lines = path.read_bytes().splitlines(keepends=True)
    stored = verify_file(path).head.encode()
    for old, new, word in [
        (b'"note"', b'"Note"', "content"),
        (b'"seq":2', b'"seq":9', "number"),
        (b'"prev":"', b'"prev": "', "spelled"),
    ]:
        damaged = [*lines[:2], lines[2].replace(old, new), *lines[3:]]
        report = rewritten(path, b"".join(damaged))
        assert [(f.seq, f.line_no) for f in report.findings] == [(2, 3)], report
        assert word in report.findings[0].what
        assert report.count == 5
        assert report.head.encode() == stored


def test_a_changed_hash_is_told_once(tmp_path: Path) -> None:
    journal = small(tmp_path)
    second = journal.lines[1].hash.encode()
    lines = journal.path.read_bytes().splitlines(keepends=True)
    lines[2] = lines[2].replace(second, second[::-1])
    report = rewritten(journal.path, b"".join(lines))
    assert [(f.seq, f.line_no) for f in report.findings] == [(2, 3)], report


def test_a_changed_link_is_named(tmp_path: Path) -> None:
    path = small(tmp_path).path
    lines = path.read_bytes().splitlines(keepends=True)
    at = lines[3].index(b'"prev":"') + 8
    lines[3] = (
        lines[3][:at] + (b"0" if lines[3][at : at + 1] != b"0" else b"1") + lines[3][at + 1 :]
    )
    report = rewritten(path, b"".join(lines))
    assert [f.seq for f in report.findings] == [3]
    assert "link" in report.findings[0].what


def test_deleted_swapped_and_repeated_lines_are_named(tmp_path: Path) -> None:
    path = small(tmp_path).path
    lines = path.read_bytes().splitlines(keepends=True)
    for n in range(1, 5):
        report = rewritten(path, b"".join(lines[:n] + lines[n + 1 :]))
        assert [f.seq for f in report.findings] == [n]
        assert f"entry {n} is missing" in report.findings[0].what
        report = rewritten(path, b"".join([*lines[:n], lines[n + 1], lines[n], *lines[n + 2 :]]))
        assert [(f.seq, f.line_no) for f in report.findings] == [(n, n + 1), (n, n + 2)]
    for n in range(1, 6):
        report = rewritten(path, b"".join(lines[: n + 1] + lines[n:]))
        assert [(f.seq, f.line_no) for f in report.findings] == [(n, n + 2)]
        assert "again" in report.findings[0].what


def test_a_line_of_another_journal_is_named(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    foreign = small(tmp_path / "other").path.read_bytes().splitlines(keepends=True)
    path = small(tmp_path).path
    lines = path.read_bytes().splitlines(keepends=True)
    for n in range(1, 6):
        report = rewritten(path, b"".join([*lines[:n], foreign[n], *lines[n + 1 :]]))
        assert report.findings[0].line_no == n + 1 if n > 1 else 1
        assert not report.ok
        report = rewritten(path, b"".join([*lines[:n], foreign[n], *lines[n:]]))
        assert not report.ok


def test_a_foreign_header_and_a_new_name_are_found(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    foreign = small(tmp_path / "other").path.read_bytes().splitlines(keepends=True)
    path = small(tmp_path).path
    lines = path.read_bytes().splitlines(keepends=True)
    report = rewritten(path, b"".join([foreign[0], *lines[1:]]))
    assert [(f.seq, f.line_no) for f in report.findings] == [(None, 1)]
    renamed = tmp_path / "bolt.jsonl"
    renamed.write_bytes(b"".join(lines))
    report = verify_file(renamed)
    assert [(f.seq, f.line_no) for f in report.findings] == [(None, 1)]
    assert "acme" in report.findings[0].what
    assert "acme.jsonl" in JournalFile(renamed).notices[0]


def test_later_independent_damage_is_named_too(tmp_path: Path) -> None:
    path = small(tmp_path, 9).path
    lines = path.read_bytes().splitlines(keepends=True)
    lines[2] = lines[2].replace(b"note", b"mote")
    lines[5] = b"not json\n"
    lines[7] = lines[7].replace(b"note", b"vote")
    report = rewritten(path, b"".join(lines) + b'{"fie')
    assert [(f.seq, f.line_no) for f in report.findings] == [(2, 3), (5, 6), (7, 8), (10, 11)]


def test_what_cannot_be_seen_is_said_and_true(tmp_path: Path) -> None:
    journal = small(tmp_path)
    lines = journal.path.read_bytes().splitlines(keepends=True)
    assert rewritten(journal.path, b"".join(lines[:-1])).ok
    assert "cut entries off its end" in LIMITS
    assert "rebuild the whole chain" in LIMITS
    assert "tamper-proof" not in LIMITS


def test_many_findings_and_giant_lines_do_not_fill_the_memory(tmp_path: Path) -> None:
    path = small(tmp_path, 1).path
    start = path.read_bytes()
    report = rewritten(path, start + b"x\n" * (MAX_FINDINGS + 7))
    assert (len(report.findings), report.unlisted) == (MAX_FINDINGS, 7)
    report = rewritten(path, start + b"[" * (2 * MAX_LINE + 5) + b"\n" + b"[" * 100_000 + b"\n")
    assert [(f.seq, f.line_no) for f in report.findings] == [(2, 3), (3, 4)]


def test_what_is_no_journal_is_refused_in_one_line(tmp_path: Path) -> None:
    path = small(tmp_path).path
    link = tmp_path / "link.jsonl"
    link.symlink_to(path)
    pipe = tmp_path / "pipe.jsonl"
    os.mkfifo(pipe)
    for wrong in (link, pipe, tmp_path):
        for use in (verify_file, JournalFile):
            with pytest.raises(NotAJournalError) as caught:
                use(wrong)
            assert "\n" not in str(caught.value)
    with pytest.raises(JournalMissingError):
        verify_file(tmp_path / "none.jsonl")
    path.write_bytes(path.read_bytes().replace(b'"format":1', b'"format":2'))
    with pytest.raises(NewerFormatError):
        JournalFile(path)
    assert "format 2" in verify_file(path).findings[0].what
    for text in (b"", b"{}\n", b"hello", b"\0" * 5000, b'{"format":1}\n'):
        path.write_bytes(text)
        assert not verify_file(path).ok
        with pytest.raises(NotAJournalError):
            JournalFile(path)
