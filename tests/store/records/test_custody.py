"""Custody in a record: what was done with the exhibits shown, and nothing of any other."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from store.entries import Entry
from store.evidence.attach import attach
from store.evidence.custody import Custody, Handling
from store.journal import canonical, disclose, verify_disclosed
from store.records.dispute.custody import (
    ShownCustody,
    custody_file,
    read_custody,
    shown_exhibits,
)
from store.records.dispute.sections.exhibits import custody_words, exhibits
from tests.store.records.case import Case

MARKS = ("PATHMARKqz", "TOLDMARKqz", "FOLDERMARKqz")


def attached(case: Case, folder: Path, day: str, name: str, **fields: Any) -> Entry:
    """Attach a file of its own to a note of that day."""
    source = folder / "PATHMARKqz"
    source.mkdir(exist_ok=True)
    (source / name).write_text(name)
    case.clock.now = case.clock.now.replace(
        year=int(day[:4]), month=int(day[5:7]), day=int(day[8:])
    )
    draft = case.workspace.draft("acme", "note", f"About {name}", author="Ann Berg", **fields)
    return attach(case.workspace, draft, [source / name], obtained="TOLDMARKqz").entry


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """A case with an exhibit that is shown, was looked at and exported, and one that is not."""
    made = Case(tmp_path)
    attached(made, tmp_path, "2026-03-02", "order.pdf")  # 2
    attached(made, tmp_path, "2026-03-03", "secret.txt", visibility="internal")  # 3
    attached(made, tmp_path, "2026-03-04", "order.pdf", visibility="internal")  # 4
    made.clock.now = made.clock.now.replace(month=11, day=20)
    order, secret = (made.entries()[seq - 1].exhibits[0].sha256 for seq in (2, 3))
    custody = Custody(made.workspace, "acme")
    custody.add([Handling("looked", order, "FOLDERMARKqz"), Handling("looked", secret)])
    custody.add([Handling("exported", order, "FOLDERMARKqz")] * 2)
    return made


def disclosed(case: Case) -> bytes:
    header, lines = Custody(case.workspace, "acme").chain
    assert header
    return custody_file(header, lines, shown_exhibits(case.record().material.entries))


def test_the_file_verifies_to_the_head_and_shows_only_what_the_record_shows(case: Case) -> None:
    data = disclosed(case)
    report = verify_disclosed(data)
    read = read_custody(data)
    whole = Custody(case.workspace, "acme").chain[1]
    assert (report.ok, report.count, report.head) == (True, 7, whole[-1].hash)
    assert (read.client, read.count, read.head) == ("acme", 7, report.head)
    # Not that it was added to an internal entry as well, nor the other exhibit.
    assert [(line.seq, line.act, line.entry) for line in read.lines] == [
        (1, "added", 2),
        (4, "looked", 0),
        (6, "exported", 0),
        (7, "exported", 0),
    ]
    secret = case.entries()[2].exhibits[0].sha256
    for mark in (*MARKS, secret):
        assert mark.encode() not in data
    shown = [json.loads(row) for row in data.splitlines()[1:] if b'"fields"' in row]
    assert all({"where"} <= item["withheld"].keys() for item in shown)


def test_a_shown_line_verifies_with_its_path_once_that_is_told(case: Case) -> None:
    """The path is withheld by its digest: whoever is shown it later can check it."""
    header, lines = Custody(case.workspace, "acme").chain
    assert header
    shown = shown_exhibits(case.record().material.entries)
    told = custody_file(header, lines, shown).splitlines()

    told[1] = canonical(disclose(lines[0]))
    data = b"".join(row + b"\n" for row in told)
    assert verify_disclosed(data).ok
    assert b"PATHMARKqz" in data
    with pytest.raises(ValueError, match="shows or withholds what no record does"):
        read_custody(data)


def _renamed(data: bytes) -> bytes:
    return data.replace(b'"who":"', b'"who":"x', 1)


def _without_a_line(data: bytes) -> bytes:
    return b"".join(data.splitlines(keepends=True)[:3] + data.splitlines(keepends=True)[4:])


@pytest.mark.parametrize("change", [_renamed, _without_a_line, lambda data: data[:-9], bytes.upper])
def test_a_changed_file_is_refused(case: Case, change: Callable[[bytes], bytes]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_custody(change(disclosed(case)))


def test_the_sentence_counts_looks_and_exports_and_names_what_was_found(case: Case) -> None:
    entry = case.entries()[1]
    sha256 = entry.exhibits[0].sha256
    custody = Custody(case.workspace, "acme")
    material = case.record().material
    assert custody_words(material, entry, []) == "added 2026-03-02 by Ann Berg"
    assert custody_words(material, entry, custody.of(sha256)) == (
        "added 2026-03-02 by Ann Berg; looked at once; exported twice; last on 2026-11-20"
    )
    custody.note({sha256: "missing"})
    custody.note({sha256: "whole"})
    assert custody_words(material, entry, custody.of(sha256)).endswith(
        "last on 2026-11-20; found missing 2026-11-22; found whole 2026-11-22"
    )


def test_the_section_says_where_an_exhibit_came_from_and_who_handled_it(
    case: Case, tmp_path: Path
) -> None:
    original = case.entries()[1].exhibits[0]
    text = tmp_path / "order.txt"
    text.write_text("the order as text")
    links = ({"rel": "adds-to", "seq": 2},)
    draft = case.workspace.draft("acme", "addendum", "As text", links=links, author="Ann Berg")
    attach(case.workspace, draft, [text], derived_from=original.sha256)
    material = case.record().material
    said = exhibits(replace(material, custody=read_custody(disclosed(case))))
    assert "looked at once; exported twice; last on 2026-11-20" in said
    assert "TOLDMARKqz" in said  # of the entry that is shown, in its own words
    described = "As text (entry 5, addendum to entry 2: About order\\.pdf); made from exhibit AB-1"
    assert described in said
    assert f"8 lines to the head {Custody(case.workspace, 'acme').chain[1][-1].hash}" in said
    assert "PATHMARKqz" not in said
    assert "looked at" not in exhibits(replace(material, custody=ShownCustody()))
