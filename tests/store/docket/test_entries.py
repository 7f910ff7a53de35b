"""Entries that are read when looked at: the same docket, and hardly any of it read to show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

import store.docket.entries
from store.docket import Docket, Entries, read_entry
from store.docket.docket import go_on_from
from store.docket.filter import parse_filter
from store.docket.hours import hours_spent
from store.docket.table import EntryRow
from store.docket.tracking import blocked_days
from store.entries import KINDS, Entry
from store.entries.words import PEEK
from store.journal import JournalFile, Line
from store.journal.lines import Lines
from tests.examples import examples
from tests.store.building import NOON, TODAY

INSIDE = {"amendment", "addendum", "void"}
SCREEN = 60
DAYS = st.integers(0, 9)
HOURS = st.sampled_from(["+00:00", "+02:00", "-05:00"])
CORRECTIONS = (("amendment", "amends"), ("addendum", "adds-to"), ("void", "voids"))

Fields = dict[str, Any]


def fields(kind: str, ago: int, zone: str = "+00:00", **more: Any) -> Fields:
    """Return the fields of an entry, `ago` days before TODAY."""
    day = TODAY - timedelta(days=ago)
    at = f"{day.isoformat()}T{ago % 24:02d}:00:00{zone}"
    return {"client": "acme", "kind": kind, "occurred_at": at, "statement": kind, **more}


plain = st.one_of(
    st.builds(
        fields,
        st.sampled_from(sorted(set(KINDS) - INSIDE - {"answer", "hours", "invoice", "payment"})),
        DAYS,
        HOURS,
        data=st.sampled_from([{}, {}, {"by": "client", "due": "2026-11-20"}, {"name": "Acme"}]),
    ),
    st.builds(fields, st.just("client"), DAYS, data=st.just({"name": "Acme"})),
    st.builds(fields, st.just("hours"), DAYS, data=st.just({"hours": "1.5"})),
    st.builds(
        lambda ago, number: fields(
            "invoice",
            ago,
            data={"number": number, "amount": "90", "currency": "EUR", "due": "2026-11-18"},
        ),
        DAYS,
        st.sampled_from(["A", "B"]),
    ),
    st.builds(fields, st.just("payment"), DAYS, data=st.just({"amount": "50", "currency": "EUR"})),
)


def linked(way: tuple[str, str], target: int, ago: int, changes: Fields) -> Fields:
    """Return an entry that refers to another; `changes` are for an amendment."""
    kind, relation = way
    data = {"data": {"changes": changes}} if kind == "amendment" else {}
    return fields(kind, ago) | {"links": [{"rel": relation, "seq": target}], **data}


linking = st.builds(
    linked,
    st.sampled_from([*CORRECTIONS, ("answer", "answers"), ("note", "keeps"), ("note", "breaks")]),
    st.integers(1, 12),
    DAYS,
    st.sampled_from([{"statement": "better"}, {"occurred_at": "2026-11-30"}, {"severity": 3}]),
)
damaged = st.sampled_from(
    [
        fields("from-a-later-version", 3),
        fields("note", 3) | {"occurred_at": "yesterday"},
        fields("note", 3) | {"occurred_at": "1960-01-01T00:00:00+00:00"},
        fields("note", 3) | {"occurred_at": "2026-11-20"},
        fields("note", 3) | {"kind": ["note"]},
        fields("note", 3) | {"links": [{"seq": 1}]},
        fields("note", 3) | {"links": {"rel": "voids"}},
        fields("note", -30),
    ]
)
logs = st.lists(st.one_of(plain, plain, linking, damaged), max_size=14)


def written(folder: Path, many: list[Fields]) -> JournalFile:
    """Write a journal of these entries, each recorded ten minutes after TODAY's noon."""
    return JournalFile.create(
        folder / "acme.jsonl", clock=lambda: NOON + timedelta(minutes=10), first=many, peek=PEEK
    )


def everything(docket: Docket) -> Iterator[tuple[str, object]]:
    """Yield all that is asked of a docket, before anything has made it read the whole."""
    for name in ("profile", "terms", "ledger", "requests", "promises", "stopped", "ended"):
        yield name, getattr(docket, name)
    yield "hours", (hours_spent(docket), hours_spent(docket, days=3))
    for kind in KINDS.values():
        yield kind.id, docket.kind(kind.id)
        yield kind.group, docket.group(kind.group)
    yield "found", [docket.find(seq) for seq in range(16)]
    yield (
        "open",
        (docket.overdue_totals, docket.open_requests, blocked_days(docket.requests, docket.today)),
    )


@examples(150)
@given(logs)
def test_a_docket_read_bit_by_bit_is_the_docket_read_whole(many: list[Fields]) -> None:
    with TemporaryDirectory() as folder:
        lines = written(Path(folder), many).lines
        eager = tuple(map(read_entry, lines))
        bit_by_bit = dict(everything(Docket.of("acme", Entries(lines), TODAY)))
        docket = Docket.of("acme", Entries(lines), TODAY)
        whole = Docket.of("acme", eager, TODAY)
        assert list(docket.entries) == list(eager)
        assert whole.counted == docket.counted
        assert docket.standing == whole.standing
        assert bit_by_bit == dict(everything(docket)) == dict(everything(whole))


@examples(150)
@given(logs)
def test_the_log_is_what_stands_newest_first(many: list[Fields]) -> None:
    with TemporaryDirectory() as folder:
        lines = written(Path(folder), many).lines
        docket = Docket.of("acme", Entries(lines), TODAY)
        listed = [one for one in docket.standing if one.entry.kind not in INSIDE]
        listed.sort(key=lambda one: (one.entry.occurred_at, one.seq), reverse=True)
        for log in (Docket.of("acme", Entries(lines), TODAY).log, docket.log):
            assert {one.seq for one in log} == {one.seq for one in listed}
            assert list(log.numbers) == [one.seq for one in log]
            readable = [one for one in log if one.entry.client == "acme"]
            assert readable == [one for one in listed if one.entry.client == "acme"]
        whole = Docket.of("acme", list(docket.entries), TODAY)
        assert list(whole.log) == listed


@examples(150)
@given(logs, st.integers(0, 14))
def test_a_log_goes_on_from_what_it_was_before_entries_were_added(
    many: list[Fields], before: int
) -> None:
    with TemporaryDirectory() as folder:
        lines, growing = written(Path(folder), many).lines, Lines(PEEK)
        docket = Docket.of("acme", Entries(growing), TODAY)
        for place, line in enumerate(lines):
            if place == before:
                docket = Docket.of("acme", cast(Entries, docket.entries).caught_up(growing), TODAY)
                assert docket.log is not None
            growing.add(lines.raw(place), line.seq, line.fields)
        grown = Docket.of("acme", cast(Entries, docket.entries).caught_up(growing), TODAY)
        go_on_from(docket, grown)
        whole = Docket.of("acme", Entries(lines), TODAY).log
        assert list(grown.log.numbers) == list(whole.numbers)
        assert list(grown.log) == list(whole)


@examples(300)
@given(
    logs,
    st.sampled_from(
        [
            *("kind:note", "kind:answer,late-payment", "kind:amendment", "better", "#3-9", "#2"),
            *("since:5d until:2d", "on:2026-11-30", "kind:hours since:4d", "is:amended is:void"),
            *("cannot read", "about:#3", "severity:3"),
        ]
    ),
)
def test_a_filter_finds_what_it_finds_in_the_docket_read_whole(
    many: list[Fields], text: str
) -> None:
    asked = parse_filter(text, TODAY)
    assert asked.query is not None
    with TemporaryDirectory() as folder:
        lines = written(Path(folder), many).lines
        found = Docket.of("acme", Entries(lines), TODAY).fitting(asked)
        whole = Docket.of("acme", tuple(map(read_entry, lines)), TODAY)
        rows = [one for one in whole.standing if asked.query(cast(Any, EntryRow(one, {})))]
        if asked.days:  # what cannot be read has another day than it seems
            rows = [one for one in rows if one.entry.client == "acme"]
            found = [one for one in found if one.entry.client == "acme"]
        assert list(found) == rows


def test_a_docket_of_20000_entries_is_shown_by_reading_a_screenful(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [fields("note", number % 9) for number in range(20_000)]
    many[0] = fields("client", 9, data={"name": "Acme Média"})
    many[700] = fields("late-payment", 0)
    many[800] = fields("amendment", 0, links=[{"rel": "amends", "seq": 701}]) | {
        "data": {"changes": {"statement": "was late"}}
    }
    lines = written(tmp_path, many).lines
    read: list[int] = []

    def counting(line: Line, told: Lines) -> Entry:
        read.append(line.seq)
        return read_entry(line, told)

    monkeypatch.setattr(store.docket.entries, "read_entry", counting)
    docket = Docket.of("acme", Entries(lines), TODAY)
    assert (docket.name, len(docket.entries)) == ("Acme Média", 20_000)
    shown = docket.log[:SCREEN]
    assert (docket.overdue, docket.ended, docket.open_requests) == ([], None, [])
    assert shown[0].seq == 19_999
    assert len(docket.log) == 19_999
    assert docket.log.numbers.index(701) > 0
    assert (one := docket.find(701)) is not None and one.entry.statement == "was late"
    assert len(read) == len(set(read)) <= SCREEN + 3
    for text in ("kind:late-payment,amendment", "#701-702", "kind:client since:2026-11-01"):
        assert docket.fitting(parse_filter(text, TODAY))
    assert len(read) == len(set(read)) <= SCREEN + 4


def test_entries_that_were_added_later_are_left_out_of_what_was_taken_before(
    tmp_path: Path,
) -> None:
    journal = written(tmp_path, [fields("note", 3), fields("thanks", 2)])
    entries = Entries(journal.lines)
    docket = Docket.of("acme", entries, TODAY)
    assert entries.caught_up(journal.lines) is entries
    journal.append(fields("void", 1, links=[{"rel": "voids", "seq": 2}]))
    grown = entries.caught_up(journal.lines)
    later = Docket.of("acme", grown, TODAY)
    assert [one.seq for one in later.log] == [2, 1]
    assert later.log[0].void is not None
    assert docket.log[0].void is None
    assert (len(entries), len(grown), docket.find(3)) == (2, 3, None)
    assert grown[0] is entries[0]
    assert grown[-1].kind == "void"
    assert grown[1:] == list(grown)[1:]
    with pytest.raises(IndexError):
        _ = entries[2]


def test_what_is_kept_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store.docket.entries, "KEPT", 4)
    entries = Entries(written(tmp_path, [fields("note", 1) for _ in range(10)]).lines)
    assert [entry.seq for entry in entries] == list(range(1, 11))
    assert sum(one is not None for one in entries._kept) <= 4


def test_moments_in_other_zones_are_ordered_by_the_clock_of_the_world(tmp_path: Path) -> None:
    def at(hour: str) -> Mapping[str, Any]:
        return fields("note", 0) | {"occurred_at": f"2026-11-21T{hour}"}

    many = [dict(at("10:00:00+00:00")), dict(at("11:30:00+02:00")), dict(at("04:00:00-05:30"))]
    docket = Docket.of("acme", Entries(written(tmp_path, many).lines), TODAY)
    moments = [one.entry.occurred_at for one in docket.log]
    assert moments == sorted(moments, reverse=True)
    assert list(docket.log.numbers) == [1, 3, 2], "of the same moment, the later number first"
    assert moments[1] == moments[2] == datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
