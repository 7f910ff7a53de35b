"""A batch cut short at any byte, and long lines of which a power cut left pages of zeros."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from store.anchors.check import never_written
from store.journal import JournalFile, verify_file
from tests.store.journal.support import FakeClock

PAGE = 4096


def started(folder: Path) -> JournalFile:
    """Return a journal of two entries whose clock stands."""
    return JournalFile.create(
        folder / "acme.jsonl",
        clock=FakeClock(),
        first=[{"kind": "note", "statement": text} for text in ("one", "two")],
    )


def go_on(path: Path) -> tuple[JournalFile, list[str]]:
    """Append with a fresh handle; return it, and the statements in the file after that."""
    journal = JournalFile(path, clock=FakeClock())
    journal.append({"kind": "note", "statement": "next"})
    assert verify_file(path).ok
    return journal, [str(line.fields["statement"]) for line in JournalFile(path).lines]


def test_a_batch_cut_at_any_byte_leaves_whole_entries_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)  # 1,300 cuts: nothing here depends on it
    journal = started(tmp_path)
    path, before = journal.path, journal.path.stat().st_size
    texts = ["a", "b", "c"]
    journal.append_many({"kind": "note", "statement": text} for text in texts)
    whole = path.read_bytes()
    ends = [at + 1 for at in range(before, len(whole)) if whole[at : at + 1] == b"\n"]
    assert len(ends) == 3
    for cut in range(before, len(whole)):
        path.write_bytes(whole[:cut])
        # A line that lacks nothing but its newline is whole.
        kept = sum(cut >= end - 1 for end in ends)
        assert len(JournalFile(path).lines) == 2 + kept
        _, statements = go_on(path)
        assert statements == ["one", "two", *texts[:kept], "next"], cut
        asides = list(tmp_path.glob("acme.torn-*"))
        torn = whole[max([before, *(end for end in ends if end <= cut)]) : cut]
        if cut + 1 in ends:
            assert asides == []
        else:
            assert [aside.read_bytes() for aside in asides] == [torn] * bool(torn)
        for aside in asides:
            aside.unlink()


@pytest.mark.parametrize("lines", [1, 3])
def test_pages_of_zeros_inside_the_last_write_are_torn(tmp_path: Path, lines: int) -> None:
    journal = started(tmp_path)
    path, before = journal.path, journal.path.stat().st_size
    texts = [letter * 9000 for letter in "abc"[:lines]]
    journal.append_many({"kind": "note", "statement": text} for text in texts)
    whole = path.read_bytes()
    first = before // PAGE
    last = (len(whole) - 1) // PAGE
    assert last - first >= 2
    for lost in range(first, last + 1):
        start, end = max(before, lost * PAGE), min(len(whole), (lost + 1) * PAGE)
        blotted = whole[:start] + b"\0" * (end - start) + whole[end:]
        path.write_bytes(blotted)
        lines_hit = blotted[before:].split(b"\n")
        fine = next(n for n, raw in enumerate(lines_hit) if b"\0" in raw)
        reader = JournalFile(path)
        assert not verify_file(path).ok
        if end == len(whole) or b"\0" in lines_hit[-1] + lines_hit[-2]:
            assert [line.seq for line in reader.lines] == list(range(1, 3 + fine))
            writer, statements = go_on(path)
            assert statements == ["one", "two", *texts[:fine], "next"], lost
            assert "set aside" in writer.notices[0]
            (aside,) = tmp_path.glob("acme.torn-*")
            assert aside.read_bytes() == blotted[len(b"".join(_rows(whole)[: 3 + fine])) :]
            aside.unlink()
        else:
            # Whole entries stand after the hole: nothing may be cut off, it is said instead.
            assert len(reader.lines) >= 2
            assert "cannot be read" in reader.notices[0]
            JournalFile(path).append({"kind": "note", "statement": "next"})
            assert path.read_bytes().startswith(blotted)
            assert not verify_file(path).ok


def _rows(data: bytes) -> list[bytes]:
    return data.splitlines(keepends=True)


@pytest.mark.parametrize("pages", [1, 2, 5])
def test_a_file_grown_by_pages_that_were_never_written(tmp_path: Path, pages: int) -> None:
    journal = started(tmp_path)
    path = journal.path
    whole = path.read_bytes()
    path.write_bytes(whole + b"\0" * (pages * PAGE - len(whole) % PAGE))
    assert len(JournalFile(path).lines) == 2
    writer, statements = go_on(path)
    assert statements == ["one", "two", "next"]
    assert "set aside" in writer.notices[0]


def test_of_a_file_longer_than_any_docket_nothing_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "acme.jsonl"
    with path.open("wb") as file:
        file.truncate(8 << 30)
    assert never_written(path) == ""
