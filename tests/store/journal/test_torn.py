"""A write cut short is set aside and said, never dropped in silence and never in the way."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from store.journal import DamagedJournalError, JournalFile, verify_file
from tests.store.journal.support import FakeClock, small


def asides(folder: Path) -> list[Path]:
    return sorted(folder.glob("acme.torn-*"))


def test_a_write_torn_at_any_byte_is_set_aside(tmp_path: Path) -> None:
    path = small(tmp_path, 3).path
    whole = path.read_bytes()
    start = whole.rindex(b"\n", 0, -1) + 1
    for cut in range(start, len(whole) - 1):
        path.write_bytes(whole[:cut])
        torn = whole[start:cut]
        reader = JournalFile(path)
        assert [line.seq for line in reader.lines] == [1, 2]
        assert reader.torn == len(torn)
        assert verify_file(path).ok == (not torn)
        journal = JournalFile(path, clock=FakeClock())
        assert journal.append({"kind": "note"}).seq == 3
        assert verify_file(path).ok
        assert [line.seq for line in reader.refresh()] == [3]
        assert reader.generation == 0
        assert reader.torn == 0
        if torn:
            (aside,) = asides(tmp_path)
            assert aside.name == "acme.torn-20260901T090000Z"
            assert aside.read_bytes() == torn
            assert stat.S_IMODE(aside.stat().st_mode) == 0o600
            assert aside.name in journal.notices[0]
            aside.unlink()
        else:
            assert not journal.notices


@pytest.mark.parametrize("blot", [b"\0" * 9000, b"\0" * 50 + b'x"}\n', b'{"a\0"}\n\0\n', b"\n\0"])
def test_the_zeros_a_power_cut_leaves_are_torn(tmp_path: Path, blot: bytes) -> None:
    journal = small(tmp_path, 3)
    reader = JournalFile(journal.path)
    assert len(reader.lines) == 3
    start = journal.path.stat().st_size
    with journal.path.open("ab") as file:
        file.write(blot)
    assert "never finished" in verify_file(journal.path).findings[-1].what
    torn = blot.removeprefix(b"\n")
    if torn == blot:
        assert len(JournalFile(journal.path).lines) == len(reader.lines) == 3
        assert journal.append({"kind": "note"}).seq == 4
        assert asides(tmp_path)[0].read_bytes() == blot
        assert journal.path.read_bytes()[start : start + 1] == b"{"
        assert [line.seq for line in reader.lines] == [1, 2, 3, 4]
        assert reader.notices == []
        assert verify_file(journal.path).ok
    else:
        with pytest.raises(DamagedJournalError):
            journal.append({"kind": "note"})


def test_two_torn_ends_in_one_second_are_both_kept(tmp_path: Path) -> None:
    clock = FakeClock()
    journal = JournalFile.create(tmp_path / "acme.jsonl", clock=clock)
    for torn in (b"one", b"two"):
        with journal.path.open("ab") as file:
            file.write(torn)
        journal.append({"kind": "note"})
    assert sorted(aside.read_bytes() for aside in asides(tmp_path)) == [b"one", b"two"]
    assert len(journal.notices) == 2


def test_a_damaged_last_line_stops_the_chain_only_when_it_must(tmp_path: Path) -> None:
    path = small(tmp_path, 3).path
    lines = path.read_bytes().splitlines(keepends=True)
    for damaged in (b"not json\n", b"{}\n", lines[3].replace(b'"hash":"', b'"hash":"x')):
        path.write_bytes(b"".join([*lines[:3], damaged]))
        with pytest.raises(DamagedJournalError) as caught:
            JournalFile(path).append({"kind": "note"})
        assert caught.value.line_no == 4
        assert "line 4" in str(caught.value)
        assert path.read_bytes().endswith(damaged)
        reader = JournalFile(path)
        assert [line.seq for line in reader.lines] == [1, 2]
        assert "line 4" in reader.notices[0]
    path.write_bytes(b"".join([*lines[:3], lines[3].replace(b'"note"', b'"Note"')]))
    assert JournalFile(path).append({"kind": "note"}).seq == 4
    assert [finding.seq for finding in verify_file(path).findings] == [3]


def test_damage_come_across_later_is_named_by_its_line(tmp_path: Path) -> None:
    journal = small(tmp_path, 2)
    assert len(journal.lines) == 2
    journal.append_many([{"kind": "note"}, {"kind": "note"}])
    with journal.path.open("ab") as file:
        file.write(b"??\n")
    assert journal.refresh() == []
    assert journal.notices == [
        f"line 6 of acme cannot be read. Run `docket verify {journal.path}`."
    ]


def test_damage_in_the_middle_keeps_nobody_from_reading_or_writing(tmp_path: Path) -> None:
    path = small(tmp_path).path
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:2], b"??\n", *lines[3:]]))
    journal = JournalFile(path)
    assert [line.seq for line in journal.lines] == [1, 3, 4, 5]
    assert "line 3" in journal.notices[0]
    assert journal.append({"kind": "note"}).seq == 6
    assert [finding.seq for finding in verify_file(path).findings] == [2]
