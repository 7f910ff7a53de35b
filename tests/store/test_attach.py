"""Attaching: the entry, the copies and the custody lines, and what happens if one cannot be."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from store.errors import UsageError
from store.evidence.attach import Attached, attach, note_added, take_copy
from store.evidence.custody import Custody, CustodyError
from store.evidence.exhibits import Exhibits
from store.evidence.listing import Listed, exhibits_of, list_exhibits, meant, one_meant
from store.workspace import Workspace
from tests.store.building import workspace
from tests.store.faults.disks import frozen


@pytest.fixture
def made(tmp_path: Path) -> Workspace:
    return workspace(tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "SECRETFOLDER" / "order.pdf"
    path.parent.mkdir()
    path.write_bytes(b"%PDF order")
    return path


def added(made: Workspace, *files: Path, seq: int = 2, **told: Any) -> Attached:
    """Attach files to an entry by an addendum."""
    links = ({"rel": "adds-to", "seq": seq},)
    return attach(made, made.draft("acme", "addendum", "See this", links=links), files, **told)


def test_the_original_path_is_in_custody_and_not_on_the_docket(
    made: Workspace, file: Path, tmp_path: Path
) -> None:
    link = tmp_path / "link.pdf"
    link.symlink_to(file)
    entry, notices = added(made, file, link, obtained="mail from Jo")
    assert notices == ()
    assert [one.name for one in entry.exhibits] == ["order.pdf", "link.pdf"]
    assert len({one.sha256 for one in entry.exhibits}) == 1
    assert b"SECRETFOLDER" not in made.path("acme").read_bytes()
    told = Custody(made, "acme").of(entry.exhibits[0].sha256)
    assert [(line.act, line.where, line.obtained, line.entry) for line in told] == [
        ("added", str(file.resolve()), "mail from Jo", entry.seq)
    ] * 2
    assert told[0].at == made.clock()
    assert len(list((made.root / "exhibits").iterdir())) == 1


def test_one_wrong_file_leaves_all_as_it_was(made: Workspace, file: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    before = made.path("acme").read_bytes()
    for wrong in (tmp_path / "none", tmp_path, tmp_path / "pipe"):
        with pytest.raises(UsageError):
            added(made, file, wrong)
    with pytest.raises(UsageError, match="There is no entry acme#99"):
        added(made, file, seq=99)
    assert not (made.root / "exhibits").exists()
    assert made.path("acme").read_bytes() == before
    assert Custody(made, "acme").lines == []


def test_an_empty_file_is_an_exhibit_too(made: Workspace, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    (exhibit,) = added(made, tmp_path / "empty").entry.exhibits
    assert exhibit.size == 0
    assert Exhibits(made.root / "exhibits").problem(exhibit) == ""


def test_a_file_is_not_made_from_itself(made: Workspace, file: Path) -> None:
    first = added(made, file).entry.exhibits[0]
    with pytest.raises(UsageError, match="not made from itself"):
        added(made, file, derived_from=first.sha256)


def test_without_a_custody_line_the_entry_stands_and_it_is_told(
    made: Workspace, file: Path
) -> None:
    Custody(made, "acme").path.mkdir()  # nothing can be appended to that
    entry, (notice,) = added(made, file)
    assert made.entries("acme")[-1].exhibits == entry.exhibits
    assert notice.startswith("acme#3 is logged with its exhibits, but: No custody line")
    assert notice.count("\n") == 0


def test_without_a_custody_line_no_copy_is_taken(
    made: Workspace, file: Path, tmp_path: Path
) -> None:
    (exhibit,) = added(made, file).entry.exhibits
    custody = Custody(made, "acme")
    with frozen(custody.path), pytest.raises(CustodyError):
        take_copy(made, "acme", exhibit, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()
    assert take_copy(made, "acme", exhibit, tmp_path / "copy") == ()
    assert (tmp_path / "copy").read_bytes() == b"%PDF order"
    assert [(line.act, line.where) for line in custody.lines][1:] == [
        ("looked", str(tmp_path / "copy"))
    ]
    with pytest.raises(UsageError, match="is there already"):
        take_copy(made, "acme", exhibit, tmp_path / "copy")
    assert len(custody.lines) == 2


def test_what_is_logged_by_others_is_noted_the_same_way(made: Workspace, file: Path) -> None:
    kept = Exhibits(made.root / "exhibits").keep(file)
    entry = made.log(made.draft("acme", "note", "By mail", exhibits=[kept]))
    assert note_added(made, entry, ["order.pdf of a mail"]) == ()
    assert note_added(made, entry) == ()
    assert [line.where for line in Custody(made, "acme").lines] == ["order.pdf of a mail", ""]


def places(found: list[Listed]) -> list[str]:
    return [one.place for one in found]


def test_an_exhibit_is_named_by_entry_place_record_label_or_hash(
    made: Workspace, tmp_path: Path
) -> None:
    for name in "abc":
        (tmp_path / name).write_text(name)
    added(made, tmp_path / "a")  # acme#3
    added(made, tmp_path / "b", tmp_path / "c")  # acme#4
    made.log(made.draft("acme", "note", '"exhibits":[ are not in words'))
    listed = exhibits_of(made, "acme")
    assert places(listed) == ["3", "4.1", "4.2"]
    assert listed == list_exhibits(made.entries("acme"))
    assert places(meant("2", listed)) == ["3", "4.1", "4.2"]  # what was added to it
    assert places(meant("4", listed)) == ["4.1", "4.2"]
    for text in ("4.2", "AB-4.2", "acme#4.2", listed[2].exhibit.sha256[:8].upper()):
        assert one_meant(text, listed).place == "4.2", text
    assert one_meant("3.1", listed).place == "3"
    assert [one.number for one in listed] == [1, 2, 3]
    for text, place in (("AB-3", "4.2"), ("ab-1", "3"), ("AB-4.1", "4.1")):
        assert one_meant(text, listed).place == place, "a label counts files, not entries"
    with pytest.raises(UsageError, match=r"means several exhibits: 4\.1 b, 4\.2 c"):
        one_meant("4", listed)
    for text in ("9", "4.3", "abcdef", ""):
        with pytest.raises(UsageError, match=r"No exhibit fits .*: there are 3, 4\.1, 4\.2"):
            meant(text, listed)
    with pytest.raises(UsageError, match="there is none"):
        meant("1", [])
