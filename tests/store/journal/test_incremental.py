"""A check that goes on from an earlier one reads only what is new, and says what it trusts."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.journal import (
    Checkpoint,
    JournalFile,
    NotCanonicalError,
    Place,
    dump_checkpoint,
    read_checkpoint,
    verify_file,
)
from tests.store.journal.support import small

IO = Path("/proc/self/io")


def checked(path: Path) -> Checkpoint:
    """Check the whole journal, which must be whole, and return where that ended."""
    checkpoint = verify_file(path).checkpoint
    assert checkpoint is not None
    return checkpoint


def patch(path: Path, at: int, data: bytes) -> None:
    """Overwrite bytes in place, as no append would."""
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)


def bytes_read() -> int:
    """Return how many bytes this process has read so far."""
    return int(IO.read_text().split("rchar: ")[1].split()[0])


def test_only_the_new_entries_are_checked(tmp_path: Path) -> None:
    journal = small(tmp_path)
    since = checked(journal.path)
    assert (since.count, since.hash) == journal.head
    journal.append({"kind": "note", "statement": "six"})
    report = verify_file(journal.path, since=since)
    assert (report.ok, report.trusted, report.count, report.head) == (True, 5, *journal.head)
    assert report.checkpoint == checked(journal.path)
    again = verify_file(journal.path, since=report.checkpoint)
    assert (again.ok, again.trusted, again.checkpoint) == (True, 6, report.checkpoint)


@pytest.mark.skipif(not IO.exists(), reason="this system does not count the bytes a process reads")
def test_only_the_new_bytes_are_read(tmp_path: Path) -> None:
    journal = small(tmp_path)
    for _ in range(20):
        journal.append({"kind": "note", "statement": "x" * 100_000})
    since = checked(journal.path)
    journal.append({"kind": "note", "statement": "y" * 1000})
    before = bytes_read()
    assert verify_file(journal.path, since=since).ok
    quick = bytes_read() - before
    before = bytes_read()
    assert verify_file(journal.path).ok
    assert bytes_read() - before > 2_000_000
    assert quick < 120_000  # the last line that is trusted, the new one, a buffer


def test_damage_in_the_new_part_is_found_at_its_line(tmp_path: Path) -> None:
    journal = small(tmp_path)
    since = checked(journal.path)
    end = journal.path.stat().st_size
    journal.append({"kind": "note", "statement": "six"})
    journal.append({"kind": "note", "statement": "seven"})
    whole = journal.path.read_bytes()
    for at in range(end, len(whole)):
        patch(journal.path, at, bytes([whole[at] ^ 1]))
        report = verify_file(journal.path, since=since)
        assert (report.ok, report.trusted, report.checkpoint) == (False, 5, None), at
        line = whole[:at].count(b"\n")
        assert (report.findings[0].seq, report.findings[0].line_no) == (line, line + 1), at
        patch(journal.path, at, whole[at : at + 1])
    with journal.path.open("ab") as file:
        file.write(b'{"fie')
    assert "never finished" in verify_file(journal.path, since=since).findings[0].what


def test_the_trusted_part_is_not_looked_at(tmp_path: Path) -> None:
    journal = small(tmp_path)
    since = checked(journal.path)
    patch(journal.path, journal.path.read_bytes().index(b'"note"'), b'"Note"')
    # As it was not an append, this is noticed while nothing has been appended since.
    assert not verify_file(journal.path, since=since).ok
    journal.append({"kind": "note", "statement": "six"})
    assert verify_file(journal.path, since=since).ok
    assert not verify_file(journal.path).ok


def test_a_file_that_no_longer_fits_is_read_from_the_start(tmp_path: Path) -> None:
    journal = small(tmp_path)
    path = journal.path
    since = checked(path)
    whole = path.read_bytes()
    lines = whole.splitlines(keepends=True)

    os.truncate(path, len(whole) - len(lines[-1]))
    cut = verify_file(path, since=since, marks=[5])
    assert (cut.ok, cut.trusted, cut.count, cut.hashes) == (True, 0, 4, {})

    rebuilt = JournalFile(path)
    rebuilt.append({"kind": "note", "statement": "another fifth " + "x" * len(lines[-1])})
    found = verify_file(path, since=since, marks=[5])
    assert (found.ok, found.trusted, found.count) == (True, 0, 5)
    assert found.hashes[5] != since.hash

    (tmp_path / "copy").write_bytes(whole.replace(b'"note"', b'"Note"', 1))
    (tmp_path / "copy").replace(path)
    JournalFile(path).append({"kind": "note", "statement": "six"})
    replaced = verify_file(path, since=since)
    assert (replaced.ok, replaced.trusted) == (False, 0)


def test_hashes_that_are_asked_for_are_known_or_looked_up(tmp_path: Path) -> None:
    journal = small(tmp_path)
    lines = journal.lines
    first = verify_file(journal.path, marks=[0, 2, 9])
    assert first.hashes == {0: lines[0].prev, 2: lines[1].hash}
    journal.append({"kind": "note", "statement": "six"})
    for marks, trusted in [([2, 5, 6], 5), ([3], 0), ([0], 5), ([7], 5)]:
        report = verify_file(journal.path, since=first.checkpoint, marks=marks)
        every = {0: lines[0].prev, **{line.seq: line.hash for line in journal.lines}}
        assert report.trusted == trusted, marks
        assert report.hashes == {n: every[n] for n in marks if n in every}


def test_an_empty_journal_leaves_nothing_to_trust(tmp_path: Path) -> None:
    journal = JournalFile.create(tmp_path / "acme.jsonl")
    since = checked(journal.path)
    assert (since.count, since.place) == (0, None)
    journal.append({"kind": "note", "statement": "one"})
    assert verify_file(journal.path, since=since).trusted == 0


@given(st.binary() | st.sampled_from([b"[]", b"{}", b"null", b"1e999", b"[" * 100_000]))
def test_what_is_no_checkpoint_is_refused(raw: bytes) -> None:
    with pytest.raises(NotCanonicalError):
        read_checkpoint(raw)


def test_a_checkpoint_survives_its_file(tmp_path: Path) -> None:
    since = checked(small(tmp_path).path)
    assert read_checkpoint(dump_checkpoint(since)) == since
    assert since.place is not None
    big = replace(since, place=since.place._replace(inode=2**64 - 1), known={0: since.hash})
    assert read_checkpoint(dump_checkpoint(big)) == big
    for wrong in (
        replace(since, count=-1),
        replace(since, hash="x"),
        replace(since, known={2: ""}),
        replace(since, place=Place(-5, 9, 1, 1)),
    ):
        with pytest.raises(NotCanonicalError):
            read_checkpoint(dump_checkpoint(wrong))


def test_a_wrong_checkpoint_costs_only_time(tmp_path: Path) -> None:
    journal = small(tmp_path)
    since = checked(journal.path)
    place = since.place
    assert place is not None
    journal.append({"kind": "note", "statement": "six"})
    wrong = [place._replace(start=n, end=n + size) for n in (0, 1, 10**9) for size in (0, 200)]
    wrong += [place._replace(end=place.end - 1), place._replace(start=place.start + 1)]
    for other in [*wrong, None]:
        report = verify_file(journal.path, since=replace(since, place=other))
        assert (report.ok, report.trusted, report.count) == (True, 0, 6), other
