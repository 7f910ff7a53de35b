"""TinyDB over a journal: its queries all work and are never stale; changes are refused."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tinydb import Query, where
from tinydb.table import Document

from store.journal import AppendOnlyError, Journal, RefusedEntryError, verify_file
from tests.store.journal.support import rewritten


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    journal = Journal.create(tmp_path / "acme.jsonl")
    journal.insert_multiple(
        [
            {"kind": "late-payment", "statement": "INV-42", "data": {"days": 12}, "quotes": []},
            {"kind": "no-reply", "statement": "logo", "data": {"days": 3}, "quotes": ["soon"]},
        ]
    )
    return journal


def test_tinydb_queries_work(journal: Journal) -> None:
    days = Query().data.days
    assert [doc.doc_id for doc in journal.search(days > 5)] == [1]
    assert [doc.doc_id for doc in journal.search((days < 5) & where("kind").matches("no"))] == [2]
    assert journal.search(Query().quotes.any(["soon"]))[0]["statement"] == "logo"
    assert journal.get(doc_id=2)["kind"] == "no-reply"
    assert journal.get(doc_id=3) is None
    assert journal.get(where("kind") == "no-reply").doc_id == 2
    assert [doc.doc_id for doc in journal.get(doc_ids=[1, 2])] == [1, 2]
    assert journal.contains(where("statement") == "INV-42")
    assert not journal.contains(doc_id=9)
    assert journal.count(days.exists()) == len(journal) == len(journal.all()) == 2
    assert [doc.doc_id for doc in journal] == [1, 2]
    assert journal.tables() == {"_default"}
    assert {"id", "recorded_at"} < journal.all()[0].keys()
    assert "total=2" in repr(journal.table())


def test_insert_numbers_the_document(journal: Journal) -> None:
    assert journal.insert({"kind": "note"}) == 3
    assert journal.insert_multiple([{"kind": "note"}, {"kind": "note"}]) == [4, 5]
    assert journal.insert_multiple([]) == []
    for wrong in (Document({"kind": "note"}, 9), ["kind"]):
        with pytest.raises(RefusedEntryError):
            journal.insert(wrong)
    assert verify_file(journal.path).count == 5


@pytest.mark.parametrize(
    "change",
    [
        lambda db: db.update({"kind": "x"}),
        lambda db: db.update({"kind": "x"}, doc_ids=[1]),
        lambda db: db.update_multiple([({"kind": "x"}, where("kind") == "no-reply")]),
        lambda db: db.upsert({"kind": "x"}, where("kind") == "no-reply"),
        lambda db: db.upsert(Document({"kind": "x"}, 1)),
        lambda db: db.remove(doc_ids=[1]),
        lambda db: db.remove(where("kind") == "no-reply"),
        lambda db: db.truncate(),
        lambda db: db.drop_tables(),
        lambda db: db.drop_table("_default"),
        lambda db: db.storage.write({}),
        lambda db: db.table()._update_table(lambda table: table.clear()),
    ],
)
def test_changing_or_removing_is_refused(
    journal: Journal, change: Callable[[Journal], object]
) -> None:
    before = journal.path.read_bytes()
    with pytest.raises(AppendOnlyError, match="an entry is never changed or deleted") as caught:
        change(journal)
    assert "Amend or void it instead" in str(caught.value)
    assert journal.path.read_bytes() == before
    assert len(journal) == 2


def test_there_is_one_table_only(journal: Journal) -> None:
    with pytest.raises(RefusedEntryError):
        journal.table("other")
    assert journal.table() is journal.table("_default")


def test_another_handle_s_entries_are_seen_at_once(journal: Journal) -> None:
    other = Journal(journal.path)
    late = where("kind") == "late-payment"
    for expected in range(1, 6):
        assert [other.count(late), journal.count(late)] == [expected, expected]
        writer = journal if expected % 2 else other
        writer.insert({"kind": "late-payment"})
    assert len(other) == 7
    assert [line.seq for line in other.refresh()] == [3, 5, 7]
    assert [line.seq for line in journal.refresh()] == [4, 6]
    assert other.refresh() == journal.refresh() == []
    assert [line.seq for line in journal.after(5)] == [6, 7]


def test_an_append_takes_in_what_others_appended_before(journal: Journal) -> None:
    other = Journal(journal.path)
    assert len(journal) == len(other) == 2
    other.insert_multiple([{"kind": "theirs"}, {"kind": "theirs"}])
    assert journal.insert({"kind": "mine"}) == 5
    assert [line.seq for line in journal.lines] == [1, 2, 3, 4, 5]
    assert [line.fields["kind"] for line in journal.refresh()] == ["theirs", "theirs"]
    assert [line.seq for line in other.refresh()] == [5]
    assert (journal.notices, other.notices) == ([], [])


def test_changing_a_document_changes_nothing_kept(journal: Journal) -> None:
    found = journal.search(where("kind") == "no-reply")
    found[0]["quotes"].append("never")
    found[0]["data"]["days"] = 99
    found.clear()
    again = journal.search(where("kind") == "no-reply")
    assert again[0]["quotes"] == ["soon"]
    assert again[0]["data"] == {"days": 3}


def test_a_look_at_an_unchanged_journal_reads_nothing(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(journal) == 2

    def opened(*_: object) -> int:
        raise AssertionError("the file was opened")

    with monkeypatch.context() as patch:
        patch.setattr("os.open", opened)
        assert journal.count(where("kind") == "no-reply") == 1
        assert journal.refresh() == []


def test_a_file_cut_or_replaced_is_read_again_and_said(journal: Journal) -> None:
    journal.insert_multiple({"kind": "note", "n": number} for number in range(5))
    whole = journal.path.read_bytes()
    lines = whole.splitlines(keepends=True)
    assert len(journal) == 7
    for number, data in enumerate(
        [b"".join(lines[:4]), b"".join(lines[:3]) + lines[3].replace(b"note", b"vote"), whole],
        start=1,
    ):
        rewritten(journal.path, data)
        assert len(journal) == data.count(b"\n") - 1
        told = number if number < 3 else 3
        assert journal.generation == told
        assert "shortened or replaced" in journal.notices[-1]
    journal.notices.clear()
    copy = journal.path.with_name("copy")
    copy.write_bytes(whole)
    copy.replace(journal.path)
    Journal(journal.path).insert({"kind": "note"})
    assert [line.seq for line in journal.refresh()] == [8]
    assert (journal.generation, journal.notices) == (3, [])


def test_an_edit_that_keeps_the_size_is_seen(journal: Journal) -> None:
    assert journal.contains(where("statement") == "logo")
    before = journal.path.stat()
    data = journal.path.read_bytes().replace(b'"logo"', b'"file"')
    with journal.path.open("r+b") as file:
        file.write(data)
    os.utime(journal.path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert journal.contains(where("statement") == "file")
    assert journal.generation == 1
