"""A docket that goes on from what is kept of it is the docket that is read whole, to the byte."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.docket import Docket
from store.errors import DocketError
from store.index import outlines
from store.journal import reader
from store.journal.lines import KeptLines
from store.places import Places
from store.workspace import Workspace
from tests.benchmarks.fixture import write_workspace

LONG = 2_000
"""Entries of a docket that is so long that it is kept where they stand."""


@pytest.fixture(autouse=True)
def every_docket_is_long(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(reader, "_LONG", 0)
    monkeypatch.setattr(outlines, "_WORTH", 1)
    monkeypatch.setattr(outlines, "settled", lambda *_: True)
    yield


def corrected(root: Path, steps: list[tuple[str, int]]) -> Workspace:
    """Return a workspace with a docket on which these corrections were made of these entries."""
    made = Workspace.create(root)
    made.new_client("acme", [made.draft("acme", "client", data={"name": "Acme"})])
    for number, (step, of) in enumerate(steps):
        last = len(made.entries("acme"))
        link = {"seq": 1 + of % last, "rel": {"void": "voids", "amend": "amends"}.get(step, "")}
        day = made.clock() - timedelta(days=of)
        if step == "note":
            made.enter("acme", "note", f"Note {number}", occurred_at=day, precision="day")
            continue
        data = {}
        if step == "amend":
            changes = {"statement": "other"} | ({"occurred_at": day.isoformat()} if of % 2 else {})
            data = {"changes": changes}
        kind = {"void": "void", "amend": "amendment", "extend": "addendum"}[step]
        links = [link if link["rel"] else {"seq": link["seq"], "rel": "adds-to"}]
        try:
            made.enter("acme", kind, "because", links=links, data=data)
        except DocketError:  # some corrections correct nothing that can be corrected
            made.enter("acme", "thanks", "for nothing")
    return made


def told(docket: Docket) -> list[object]:
    """Return all that is read of a docket entry by entry."""
    numbers = [entry.seq for entry in docket.entries]
    return [
        list(docket.log),
        docket.log.numbers,
        [docket.find(seq) for seq in numbers],
        docket.kind("note"),
        docket.name,
        list(docket.standing),
    ]


STEPS = st.lists(
    st.tuples(st.sampled_from(["note", "amend", "void", "extend"]), st.integers(0, 9)), max_size=8
)


@given(STEPS, STEPS)
def test_going_on_from_what_is_kept_tells_what_reading_all_tells(
    tmp_path_factory: pytest.TempPathFactory,
    before: list[tuple[str, int]],
    after: list[tuple[str, int]],
) -> None:
    root = tmp_path_factory.mktemp("w") / "w"
    made = corrected(root, before)
    Workspace.open(root).entries("acme")
    kept = Places(root).outline("acme")
    assert kept.exists()
    for number, (_, of) in enumerate(after):
        made.enter("acme", "note", f"Later {number}", occurred_at=made.clock() - timedelta(of))
    today = made.today
    resumed = Workspace.open(root).docket("acme", today)
    assert resumed.entries._lines.first  # type: ignore[attr-defined]  # it did go on
    found = told(resumed)
    kept.unlink()
    whole = Workspace.open(root).docket("acme", today)
    assert whole.entries._lines.first == 0  # type: ignore[attr-defined]
    assert found == told(whole)


def test_one_entry_of_a_long_docket_takes_a_fraction_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = write_workspace(tmp_path / "w", {"acme": LONG})
    made.docket("acme")
    taken: list[int] = []
    reading = KeptLines._read

    def counted(self: KeptLines, begin: int, size: int) -> bytes:
        taken.append(size)
        return reading(self, begin, size)

    monkeypatch.setattr(KeptLines, "_read", counted)
    docket = Workspace.open(made.root).docket("acme")
    one = docket.find(5)
    assert one and one.seq == 5
    assert [entry.seq for entry in docket.log[:20]] == list(range(LONG, LONG - 20, -1))
    assert sum(taken) <= 3 * 2**16
    assert made.path("acme").stat().st_size > 2**20


def test_what_is_kept_of_another_state_is_passed_over(tmp_path: Path) -> None:
    made = write_workspace(tmp_path / "w", {"acme": 9})
    root, path = made.root, made.path("acme")
    whole = list(made.entries("acme"))
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b"accountant", b"ACCOUNTANT"))  # an edit in place, of no length
    edited = list(Workspace.open(root).entries("acme"))
    assert edited != whole
    assert "ACCOUNTANT" in edited[-1].statement
    path.unlink()
    path.write_bytes(raw)  # another file
    assert list(Workspace.open(root).entries("acme")) == whole
    path.write_bytes(raw[: raw.index(b"\n", 2_000) + 1])  # cut
    assert len(Workspace.open(root).entries("acme")) < len(whole)
    kept = Places(root).outline("acme")
    kept.write_bytes(kept.read_bytes()[:-1] + b"?")
    assert len(Workspace.open(root).entries("acme")) < len(whole)


def test_a_line_that_is_no_longer_what_it_was_is_no_entry(tmp_path: Path) -> None:
    made = write_workspace(tmp_path / "w", {"acme": 9})
    made.entries("acme")
    opened = Workspace.open(made.root)
    entries = opened.entries("acme")
    path = made.path("acme")
    size = path.stat().st_size
    path.write_bytes(path.read_bytes().replace(b"accountant", b"ACCOUNTANT"))
    with pytest.raises(DocketError, match="changed by another program"):
        entries[3]
    assert "ACCOUNTANT" in opened.entries("acme")[3].statement
    assert path.stat().st_size == size


def test_what_is_amiss_is_said_each_time(tmp_path: Path) -> None:
    made = write_workspace(tmp_path / "w", {"acme": 9})
    path = made.path("acme")
    rows = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*rows[:4], b"what is this?\n", *rows[4:]]))
    for _ in range(2):
        opened = Workspace.open(made.root)
        assert len(opened.entries("acme")) == 9
        assert any("cannot be read" in one for one in opened.file("acme").notices)
    assert not Places(made.root).outline("acme").exists()
