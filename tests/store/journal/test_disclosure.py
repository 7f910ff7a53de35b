"""A journal shown in part keeps its head, gives nothing withheld away, and cannot be altered."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.journal import (
    Line,
    check_disclosed,
    disclose,
    disclose_leaf,
    dump_disclosed,
    verify_disclosed,
)
from store.journal.chain import Header, entry_hash, field_digest, genesis
from tests.examples import examples
from tests.store.journal.support import fields, small

HEADER = Header("acme", "2026-09-01T09:00:00.000000Z", "0" * 32)


def chained(contents: list[dict[str, Any]]) -> list[Line]:
    lines: list[Line] = []
    for seq, content in enumerate(contents, start=1):
        prev = lines[-1].hash if lines else genesis(HEADER)
        seed = f"{seq:032x}"
        lines.append(Line(seq, content, seed, prev, entry_hash(prev, seq, seed, content)))
    return lines


@examples(60)
@given(st.lists(fields, min_size=1, max_size=5), st.data())
def test_whatever_is_withheld_the_head_stays(
    contents: list[dict[str, Any]], data: st.DataObject
) -> None:
    lines = chained(contents)
    items = []
    for line in lines:
        hidden = data.draw(st.sets(st.sampled_from(sorted(line.fields))))
        items.append(disclose_leaf(line) if data.draw(st.booleans()) else disclose(line, hidden))
    report = check_disclosed(HEADER, items)
    assert (report.ok, report.count, report.head) == (True, len(lines), lines[-1].hash)
    assert verify_disclosed(dump_disclosed(HEADER, items)) == report


def test_nothing_withheld_can_be_read_or_recomputed(tmp_path: Path) -> None:
    journal = small(tmp_path)
    line = journal.append({"kind": "talk", "phone": "5550101", "sorrow": "unsaid"})
    items = [*map(disclose_leaf, journal.lines[:-1]), disclose(line, {"phone", "sorrow", "none"})]
    text = dump_disclosed(journal.header, items).decode()
    assert "5550101" not in text
    assert "unsaid" not in text
    assert line.seed not in text
    assert set(items[-1]["withheld"]) == {"phone", "sorrow"}
    assert set(items[-1]["salts"]) == {"kind", "id", "recorded_at"}


def break_value(items: list[Any]) -> int:
    items[1]["fields"]["kind"] = "note!"
    return 2


def break_salt(items: list[Any]) -> int:
    items[2]["salts"]["kind"] = "0" * 64
    return 3


def drop_field(items: list[Any]) -> int:
    del items[1]["fields"]["kind"], items[1]["salts"]["kind"]
    return 2


def drop_entry(items: list[Any]) -> int:
    del items[2]
    return 3


def swap(items: list[Any]) -> int:
    items[1], items[2] = items[2], items[1]
    return 2


def repeat(items: list[Any]) -> int:
    items.insert(2, items[1])
    return 2


def both(items: list[Any]) -> int:
    """Show a forged value beside the true digest: the leaf alone would still come out right."""
    item = items[1]
    item["withheld"]["kind"] = field_digest(item["salts"]["kind"], "kind", item["fields"]["kind"])
    item["fields"]["kind"] = "forged"
    return 2


def not_one(items: list[Any]) -> int:
    items[4] = ["an entry"]
    return 5


def break_leaf(items: list[Any]) -> int:
    items[3]["leaf"] = "f" * 64
    return 4


@pytest.mark.parametrize(
    "damage",
    [break_value, break_salt, drop_field, drop_entry, swap, repeat, both, not_one, break_leaf],
)
def test_an_altered_disclosure_is_found_at_its_entry(tmp_path: Path, damage: Any) -> None:
    journal = small(tmp_path)
    items = [
        disclose_leaf(line) if line.seq == 4 else disclose(line, {"statement"})
        for line in journal.lines
    ]
    assert check_disclosed(journal.header, items).ok
    seq = damage(items)
    report = check_disclosed(journal.header, items)
    assert not report.ok
    assert report.findings[0].seq == seq


def test_every_changed_byte_of_a_disclosed_file_is_found(tmp_path: Path) -> None:
    journal = small(tmp_path, 2)
    items = [disclose(journal.lines[0], {"statement"}), disclose_leaf(journal.lines[1])]
    whole = dump_disclosed(journal.header, items)
    assert verify_disclosed(whole).ok
    for at in range(len(whole)):
        changed = bytearray(whole)
        changed[at] ^= 1
        assert not verify_disclosed(bytes(changed)).ok, at
    for end in range(len(whole)):
        cut = whole[:end]
        lines_left = cut.count(b"\n")
        # What ends after a whole entry is a cut tail: the one thing a chain cannot show.
        assert verify_disclosed(cut).ok == (cut.endswith(b"\n") and lines_left > 0), end


def test_a_foreign_header_is_found() -> None:
    lines = chained([{"kind": "note"}])
    items = json.loads(json.dumps([disclose(lines[0])]))
    assert check_disclosed(HEADER, items).ok
    assert not check_disclosed(HEADER._replace(docket="bolt"), items).ok
