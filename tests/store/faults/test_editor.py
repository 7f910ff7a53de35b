"""An editor at the journal while a workspace is open: it is said, and no entry is lost over it."""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from store.errors import DocketError
from store.journal import JournalFile, NotAJournalError, verify_file
from store.workspace import Workspace
from tests.store.building import workspace
from tests.store.faults.disks import docket
from tests.store.faults.test_disk import one_line

Edit = Callable[[bytes], bytes]


def opened(folder: Path) -> Workspace:
    """Return a workspace of five entries on acme, all of them read."""
    made = workspace(folder)
    for text in ("three", "four", "five"):
        made.log(made.draft("acme", "note", text))
    assert len(made.docket("acme").counted) == 5
    return made


def in_place(path: Path, data: bytes) -> None:
    """Write as editors do that keep the file."""
    with path.open("r+b") as file:
        file.write(data)
        file.truncate()


def replaced(path: Path, data: bytes) -> None:
    """Write as editors do that rename a new file over the old one."""
    other = path.with_name("editor.tmp")
    other.write_bytes(data)
    other.replace(path)


def _last(data: bytes) -> bytes:
    return data[data.rindex(b"\n", 0, -1) + 1 :]


EDITS: dict[str, tuple[Edit, str]] = {
    "a line of prose added": (lambda data: data + b"remember to call\n", "cannot be read"),
    "prose added without an end": (lambda data: data + b"remember to call", ""),
    "an entry added twice": (lambda data: data + _last(data), "out of its place"),
    "the last entry cut off": (lambda data: data[: -len(_last(data))], "shortened or replaced"),
    "an entry cut out": (lambda data: data.replace(_last(data[: -len(_last(data))]), b""), "short"),
    "an entry reworded": (lambda data: data.replace(b"three", b"THREE"), "shortened or replaced"),
    "the last reworded": (lambda data: data.replace(b"five", b"FIVE"), "shortened or replaced"),
    "Windows line ends": (
        lambda data: data.replace(b"\n", b"\r\n"),
        "line ends of another program",
    ),
    "no newline at the end": (lambda data: data[:-1], "the next entry puts it back"),
    "an empty line added": (lambda data: data + b"\n", "cannot be read"),
    "cut in the middle": (lambda data: data[: len(data) // 2], "shortened or replaced"),
}


@pytest.mark.parametrize("save", [in_place, replaced])
@pytest.mark.parametrize("edit", EDITS)
def test_what_an_editor_did_is_said_by_the_open_workspace(
    tmp_path: Path, edit: str, save: Callable[[Path, bytes], None]
) -> None:
    made = opened(tmp_path)
    path, journal = made.path("acme"), made.file("acme")
    change, notice = EDITS[edit]
    save(path, change(path.read_bytes()))
    made.docket("acme")
    assert notice in " ".join(journal.notices)
    assert bool(notice) == bool(journal.notices)
    found = bool(verify_file(path).findings)
    assert found == (edit != "the last entry cut off")
    edited = path.read_bytes()
    try:
        entry = made.log(made.draft("acme", "note", "after the editor"))
    except DocketError as error:
        one_line(str(error), "is damaged", "docket verify")
        assert path.read_bytes() == edited
    else:
        again = Workspace.open(made.root)
        assert again.entries("acme")[-1].statement == "after the editor"
        assert made.entries("acme")[-1].seq == entry.seq
        assert journal.notices
        numbers = [line.seq for line in JournalFile(path).lines]
        assert len(set(numbers)) == len(numbers) or edit == "an entry added twice"


@pytest.mark.parametrize("loaded", [True, False])
def test_a_newline_an_editor_took_costs_no_entry(tmp_path: Path, loaded: bool) -> None:
    made = opened(tmp_path)
    path = made.path("acme")
    whole = path.read_bytes()
    os.truncate(path, len(whole) - 1)
    session = made if loaded else Workspace.open(made.root)
    (finding,) = verify_file(path).findings
    assert "newline at the end is gone" in finding.what
    head = JournalFile(path).head
    assert (head.count, JournalFile(path).torn) == (5, 0)
    if loaded:
        assert [entry.statement for entry in session.entries("acme")][-1] == "five"
    assert session.log(session.draft("acme", "note", "six")).seq == 6
    assert path.read_bytes().startswith(whole)
    assert "put back" in session.file("acme").notices[-1]
    assert verify_file(path).ok
    assert [entry.seq for entry in session.entries("acme")] == [1, 2, 3, 4, 5, 6]
    assert list(path.parent.iterdir()) == [path]


def test_a_newline_taken_and_prose_put_there_is_set_aside(tmp_path: Path) -> None:
    made = opened(tmp_path)
    path = made.path("acme")
    os.truncate(path, path.stat().st_size - 1)
    with path.open("ab") as file:
        file.write(b" remember to call")
    assert made.log(made.draft("acme", "note", "six")).seq == 5
    assert "set aside" in made.file("acme").notices[-1]
    (aside,) = path.parent.glob("acme.torn-*")
    assert b'"five"' in aside.read_bytes()


def test_a_byte_order_mark_is_named(tmp_path: Path) -> None:
    made = opened(tmp_path)
    path = made.path("acme")
    whole = path.read_bytes()
    in_place(path, codecs.BOM_UTF8 + whole)
    for use in (
        lambda: made.docket("acme"),
        lambda: made.log(made.draft("acme", "note", "six")),
        lambda: JournalFile(path),
    ):
        with pytest.raises(NotAJournalError) as caught:
            use()
        one_line(str(caught.value), "byte order mark", "UTF-8 without BOM")
    status, _, err = docket(made.root, "log", "acme", "thanks", "a word")
    assert status == 1
    one_line(err, "byte order mark", "unsent.acme.")
    assert not verify_file(path).ok
    in_place(path, whole)
    assert made.log(made.draft("acme", "note", "six")).seq == 6
    assert verify_file(path).ok


def test_a_handle_that_never_read_notices_that_its_own_entry_is_gone(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    session = Workspace.open(made.root)
    path = made.path("acme")
    before = path.read_bytes()
    assert session.log(session.draft("acme", "note", "three")).seq == 3
    assert session.log(session.draft("acme", "note", "four")).seq == 4
    assert session.file("acme").notices == []
    in_place(path, before)
    assert session.log(session.draft("acme", "note", "again")).seq == 3
    (notice,) = session.file("acme").notices
    assert "shortened or replaced" in notice


def test_the_command_says_that_it_ties_an_entry_to_one_changed_by_hand(tmp_path: Path) -> None:
    made = opened(tmp_path)
    path = made.path("acme")
    path.write_bytes(path.read_bytes().replace(b"five", b"FIVE"))
    status, _, err = docket(made.root, "log", "acme", "thanks", "a word")
    assert status == 0
    one_line(err, "Entry 5 of acme was changed by hand", "docket verify")
    status, _, err = docket(made.root, "log", "acme", "thanks", "a word")
    assert (status, err) == (0, "")


def test_another_docket_put_in_its_place_is_said(tmp_path: Path) -> None:
    made = opened(tmp_path)
    foreign = workspace(tmp_path / "other").path("acme").read_bytes()
    replaced(made.path("acme"), foreign)
    assert len(made.entries("acme")) == 2
    assert "shortened or replaced" in made.file("acme").notices[-1]
    assert made.log(made.draft("acme", "note", "on the other one")).seq == 3
    assert verify_file(made.path("acme")).ok
