"""Several handles on one journal: what one wrote the others see at once, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from store.journal import JournalFile
from tests.store.journal.homes import Home
from tests.store.journal.support import rewritten


@pytest.fixture
def journal(home: Home, tmp_path: Path) -> JournalFile:
    journal = home.create(tmp_path / "acme.jsonl")
    journal.append_many(
        [
            {"kind": "late-payment", "statement": "INV-42", "data": {"days": 12}, "quotes": []},
            {"kind": "no-reply", "statement": "logo", "data": {"days": 3}, "quotes": ["soon"]},
        ]
    )
    return journal


def late(journal: JournalFile) -> int:
    """Return how many late payments a handle sees."""
    return sum(line.fields["kind"] == "late-payment" for line in journal.lines)


def test_another_handle_s_entries_are_seen_at_once(home: Home, journal: JournalFile) -> None:
    other = home.open(journal.path)
    for expected in range(1, 6):
        assert [late(other), late(journal)] == [expected, expected]
        writer = journal if expected % 2 else other
        writer.append({"kind": "late-payment"})
    assert len(other.lines) == 7
    assert [line.seq for line in other.refresh()] == [3, 5, 7]
    assert [line.seq for line in journal.refresh()] == [4, 6]
    assert other.refresh() == journal.refresh() == []
    assert [line.seq for line in journal.after(5)] == [6, 7]


def test_an_append_takes_in_what_others_appended_before(home: Home, journal: JournalFile) -> None:
    other = home.open(journal.path)
    assert len(journal.lines) == len(other.lines) == 2
    other.append_many([{"kind": "theirs"}, {"kind": "theirs"}])
    assert journal.append({"kind": "mine"}).seq == 5
    assert [line.seq for line in journal.lines] == [1, 2, 3, 4, 5]
    assert [line.fields["kind"] for line in journal.refresh()] == ["theirs", "theirs"]
    assert [line.seq for line in other.refresh()] == [5]
    assert (journal.notices, other.notices) == ([], [])


def test_changing_what_was_read_changes_nothing_kept(journal: JournalFile) -> None:
    (found,) = [line.fields for line in journal.lines if line.fields["kind"] == "no-reply"]
    found["quotes"].append("never")
    found["data"]["days"] = 99
    assert journal.lines[1].fields["quotes"] == ["soon"]
    assert journal.lines[1].fields["data"] == {"days": 3}


def test_a_look_at_an_unchanged_journal_reads_nothing(
    journal: JournalFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(journal.lines) == 2

    def opened(*_: object) -> int:
        raise AssertionError("the file was opened")

    with monkeypatch.context() as patch:
        patch.setattr("os.open", opened)
        assert late(journal) == 1
        assert journal.refresh() == []


def test_a_file_cut_or_replaced_is_read_again_and_said(journal: JournalFile) -> None:
    journal.append_many({"kind": "note", "n": number} for number in range(5))
    whole = journal.path.read_bytes()
    lines = whole.splitlines(keepends=True)
    assert len(journal.lines) == 7
    for number, data in enumerate(
        [b"".join(lines[:4]), b"".join(lines[:3]) + lines[3].replace(b"note", b"vote"), whole],
        start=1,
    ):
        rewritten(journal.path, data)
        assert len(journal.lines) == data.count(b"\n") - 1
        told = number if number < 3 else 3
        assert journal.generation == told
        assert "shortened or replaced" in journal.notices[-1]
    journal.notices.clear()
    copy = journal.path.with_name("copy")
    copy.write_bytes(whole)
    copy.replace(journal.path)
    JournalFile(journal.path).append({"kind": "note"})
    assert [line.seq for line in journal.refresh()] == [8]
    assert (journal.generation, journal.notices) == (3, [])


def test_an_edit_that_keeps_the_size_is_seen(journal: JournalFile) -> None:
    assert journal.lines[1].fields["statement"] == "logo"
    before = journal.path.stat()
    data = journal.path.read_bytes().replace(b'"logo"', b'"file"')
    with journal.path.open("r+b") as file:
        file.write(data)
    os.utime(journal.path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert journal.lines[1].fields["statement"] == "file"
    assert journal.generation == 1
