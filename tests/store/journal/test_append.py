"""An append keeps exactly what it was given, numbers and dates it, and costs the same always."""

from __future__ import annotations

import json
import os
import stat
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.journal import (
    RESERVED,
    Head,
    JournalExistsError,
    JournalFile,
    JournalMissingError,
    RefusedEntryError,
    verify_file,
)
from store.journal.disk import MAX_LINE
from tests.examples import examples
from tests.store.journal.homes import Home
from tests.store.journal.support import FakeClock, fields, names, small


def given_back(kept: Any) -> dict[str, Any]:
    return {name: value for name, value in kept.items() if name not in RESERVED}


@examples(80)
@given(st.lists(fields, max_size=4), st.lists(fields, max_size=4))
def test_what_goes_in_comes_out(
    home: Home, one: list[dict[str, Any]], many: list[dict[str, Any]]
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "acme.jsonl"
        writer = home.create(path)
        returned = [writer.append(content) for content in one] + writer.append_many(many)
        for reader in (writer, home.open(path)):
            assert [given_back(line.fields) for line in reader.lines] == one + many
            assert list(reader.lines) == returned
        report = verify_file(path)
        assert report.ok, report
        assert Head(report.count, report.head) == writer.head


def test_the_journal_adds_number_id_and_time(home: Home, tmp_path: Path) -> None:
    clock, names = FakeClock(), iter(["first", "second", "third", "fourth"])
    journal = home.create(tmp_path / "acme.jsonl", clock=clock, new_id=lambda: next(names))
    assert journal.header.created == "2026-09-01T09:00:00.000000Z"
    assert journal.append({"kind": "note"}).fields == {
        "kind": "note",
        "id": "first",
        "recorded_at": "2026-09-01T09:00:00.000000Z",
    }
    clock.move(-61.5)
    late, later = journal.append_many([{"kind": "note"}, {"kind": "note"}])
    assert late.fields["clock_behind"] == 62
    assert "clock_behind" not in later.fields
    assert late.fields["recorded_at"] == "2026-09-01T08:58:58.500000Z"
    clock.move(1)
    assert "clock_behind" not in home.open(journal.path, clock=clock).append({"a": 1}).fields
    assert verify_file(journal.path).ok


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"id": "x"},
        {"recorded_at": "2026"},
        {"clock_behind": 1},
        {"amount": 1.5},
        {"amount": float("nan")},
        {"amount": 2**53},
        {"when": datetime(2026, 1, 1)},
        {"naïve": 1},
        {"data": {"é": 1}},
        {"data": {1: 1}},
        {"text": "\ud800"},
        {"text": "x" * MAX_LINE},
        {"data": json.loads("[" * 40 + "]" * 40)},
    ],
    ids=str,
)
def test_what_cannot_be_kept_is_refused_and_nothing_written(
    home: Home, tmp_path: Path, wrong: dict[str, Any]
) -> None:
    journal = small(tmp_path, 5, home)
    before = journal.path.read_bytes()
    with pytest.raises(RefusedEntryError) as caught:
        journal.append_many([{"kind": "note"}, wrong])
    assert "\n" not in str(caught.value)
    assert journal.path.read_bytes() == before


def test_the_deepest_and_longest_that_is_taken_can_be_verified(home: Home, tmp_path: Path) -> None:
    journal = small(tmp_path, 5, home)
    deep: list[Any] = []
    taken = 0
    while True:
        try:
            journal.append({"data": deep})
        except RefusedEntryError:
            break
        deep, taken = [deep], taken + 1
    assert taken == 30
    journal.append({"text": "x" * (MAX_LINE - 2000)})
    assert verify_file(journal.path).ok


def test_a_last_line_of_any_length_is_found_from_the_end(tmp_path: Path) -> None:
    path = small(tmp_path, 0).path
    lengths = [*range(3700, 3850, 10), 4096, 8192, 20_000, 100_000, 1]
    for seq, length in enumerate(lengths, start=1):
        assert JournalFile(path).append({"text": "x" * length}).seq == seq
    assert JournalFile(path).head.count == len(lengths)
    assert verify_file(path).ok


def test_a_change_to_what_was_given_changes_nothing_kept(tmp_path: Path) -> None:
    journal = small(tmp_path, 0)
    assert journal.lines == []
    content: dict[str, Any] = {"quotes": ["a"]}
    journal.append(content)
    content["quotes"].append("b")
    assert content.keys() == {"quotes"}
    assert journal.lines[0].fields["quotes"] == ["a"]


def test_create_is_private_and_never_over_another_file(tmp_path: Path) -> None:
    mask = os.umask(0)
    try:
        path = small(tmp_path).path
    finally:
        os.umask(mask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    with pytest.raises(JournalExistsError):
        JournalFile.create(path)
    assert path.read_bytes() == before
    dangling = tmp_path / "link.jsonl"
    dangling.symlink_to(tmp_path / "elsewhere.jsonl")
    with pytest.raises(JournalExistsError):
        JournalFile.create(dangling)
    with pytest.raises(JournalMissingError):
        JournalFile.create(tmp_path / "no-folder" / "acme.jsonl")
    with pytest.raises(JournalMissingError):
        JournalFile(tmp_path / "none.jsonl")
    assert names(tmp_path) == ["acme.jsonl", "link.jsonl"]


def test_a_journal_taken_away_is_not_made_anew(tmp_path: Path) -> None:
    journal = small(tmp_path)
    assert len(journal.lines) == 5
    journal.path.unlink()
    for use in (lambda: journal.append({"kind": "note"}), lambda: journal.lines):
        with pytest.raises(JournalMissingError):
            use()
    assert not journal.path.exists()


def bytes_moved(monkeypatch: pytest.MonkeyPatch, path: Path, *, loaded: bool) -> tuple[int, int]:
    """Return how many bytes one append reads and writes."""
    journal = JournalFile(path)
    if loaded:
        assert journal.lines
    read, written = 0, 0
    pread, write = os.pread, os.write

    def counting_read(fd: int, count: int, offset: int) -> bytes:
        nonlocal read
        part = pread(fd, count, offset)
        read += len(part)
        return part

    def counting_write(fd: int, data: bytes) -> int:
        nonlocal written
        done = write(fd, data)
        written += done
        return done

    with monkeypatch.context() as patch:
        patch.setattr(os, "pread", counting_read)
        patch.setattr(os, "write", counting_write)
        journal.append({"kind": "note", "statement": "x"})
    return read, written


def test_an_append_costs_the_same_however_long_the_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = small(tmp_path, 20)
    path = journal.path
    costs = []
    for _ in range(3):
        costs.append(bytes_moved(monkeypatch, path, loaded=False))
        costs.append(bytes_moved(monkeypatch, path, loaded=True))
        journal.append_many({"kind": "note", "statement": "x" * 400} for _ in range(1500))
    assert path.stat().st_size > 2_000_000
    assert all(0 < read < 25_000 and written < 600 for read, written in costs), costs
    assert costs[-2][0] <= costs[0][0] + 8192
