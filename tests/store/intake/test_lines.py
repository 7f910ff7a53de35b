"""Lines to import: what is taken, what is passed over, and one reason for every bad one."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.intake.lines import LONGEST, parse_object, read_lines
from tests.examples import examples

GOOD = {
    "client": "acme",
    "kind": "late-payment",
    "occurred_at": "2026-11-05",
    "statement": "មិនទាន់បង់ប្រាក់",
}


def line(**fields: Any) -> bytes:
    """Return a good line with `fields` put in; None takes one out."""
    merged = {name: value for name, value in (GOOD | fields).items() if value is not None}
    return json.dumps(merged).encode() + b"\n"


def problem(raw: bytes) -> str:
    """Return what is wrong with the one line in `raw`."""
    (read,) = read_lines(io.BytesIO(raw))
    assert read.draft is None
    assert "\n" not in read.problem
    return read.problem


def test_a_good_line_becomes_a_draft() -> None:
    (read,) = read_lines(io.BytesIO(line(data={"severity": 2, "hours": "1.5"}, channel="email")))
    assert read.draft is not None
    assert (read.draft.client, read.draft.kind, read.draft.channel) == (
        *("acme", "late-payment"),
        "email",
    )
    assert read.draft.statement == GOOD["statement"]
    assert read.draft.precision == "day"


def test_a_time_of_day_is_known_to_the_minute() -> None:
    (read,) = read_lines(io.BytesIO(line(occurred_at="2026-11-05T10:05:00+01:00")))
    assert read.draft is not None
    assert read.draft.precision == "minute"
    assert read.draft.fields()["occurred_at"] == "2026-11-05T10:05:00+01:00"


def test_what_only_the_journal_says_is_passed_over() -> None:
    raw = line(seq=9, hash="00", recorded_at="2020-01-01T00:00:00Z", id="x", clock_behind=5)
    (read,) = read_lines(io.BytesIO(raw))
    assert read.draft is not None
    assert set(read.dropped) == {"seq", "hash", "recorded_at", "id", "clock_behind"}
    assert not set(read.dropped) & set(read.draft.fields())


def test_lines_are_counted_with_blank_ones_and_a_byte_order_mark() -> None:
    raw = b"\xef\xbb\xbf" + line() + b"\n  \r\n" + b"[]\r\n" + line().rstrip()
    read = list(read_lines(io.BytesIO(raw)))
    assert [one.number for one in read] == [1, 4, 5]
    assert [one.draft is None for one in read] == [False, True, False]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"nonsense", "it is not JSON"),
        (b'{"a":', "it is not JSON"),
        (b"[1, 2]", "no JSON object"),
        (b"12", "no JSON object"),
        (b"\xff{}", "not UTF-8 (byte 1)"),
        (b'{"a\x00b": 1}', "it is not JSON"),
        (b'{"client": "a", "client": "b"}', "says client twice"),
        (b'{"data": {"amount": 12.50}}', '12.50 is inexact: write it as a string, "12.50"'),
        (b'{"a": 1e999}', "inexact"),
        (b'{"a": NaN}', "NaN is no number"),
        (b'{"a": -Infinity}', "-Infinity is no number"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"a": ' * 200_000, "nested too deeply"),
        (b'{"a": ' + b"9" * 10_000 + b"}", "integer string conversion"),
        (b"{}", "it has no client, kind, occurred_at, statement"),
        (line(statement=None), "it has no statement"),
        (line(kind="nonsense"), "'nonsense' is not a kind of entry"),
        (line(client="../etc"), "client"),
        (line(client=7), "client"),
        (line(occurred_at="yesterday"), "occurred_at: write it as 2026-11-21"),
        (line(occurred_at="2026-02-30"), "occurred_at"),
        (line(occurred_at=20261105), "occurred_at"),
        (line(occurred_at="1969-12-31"), "occurred_at: the day is before 1970"),
        (line(statement="x" * 100_001), "too long"),
        (line(data={"severity": 9}), "severity"),
        (line(data={"hours": "-1"}), "hours"),
        (line(data={"amount": "5"}), "currency"),
        (line(data=[1]), "dict"),
        (line(kind="invoice"), "number"),
        (line(visibility="public"), "visibility"),
        (line(colour="red"), "colour"),
        (line(exhibits=[{"sha256": "../../x", "name": "a", "size": 1}]), "sha256"),
    ],
    ids=lambda value: str(value[:40]),
)
def test_every_bad_line_has_its_reason(raw: bytes, said: str) -> None:
    assert said in problem(raw)


def test_a_huge_line_is_passed_by_and_the_next_one_read() -> None:
    raw = b'{"a": "' + b"x" * (3 * LONGEST) + b'"}\n' + line()
    first, second = read_lines(io.BytesIO(raw))
    assert "longer than" in first.problem
    assert (second.number, second.draft is None) == (2, False)


def test_hostile_text_is_cleaned() -> None:
    raw = line(statement="a\x1b]52;c;AAAA\x07b\u0000\u202ec\ud800", quotes=[{"text": "\x9b2Jhi"}])
    (read,) = read_lines(io.BytesIO(raw))
    assert read.draft is not None
    assert read.draft.statement == "ab<U+202E>c\ufffd"
    assert read.draft.quotes[0].text == "hi"


@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_an_unnamed_error(raw: bytes) -> None:
    for read in read_lines(io.BytesIO(b"{}\n" + raw)):
        assert (read.draft is None) == bool(read.problem)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=6,
)


@examples(50)
@given(st.dictionaries(st.sampled_from([*GOOD, "data", "quotes", "links", "refs"]), JSON))
def test_any_json_object_is_a_draft_or_has_a_reason(fields: dict[str, Any]) -> None:
    for read in read_lines(io.BytesIO(json.dumps(GOOD | fields).encode())):
        assert (read.draft is None) == bool(read.problem)


@examples(50)
@given(st.dictionaries(st.text(), JSON, max_size=5))
def test_exact_objects_come_through_unchanged(value: dict[str, Any]) -> None:
    assert parse_object(json.dumps(value).encode()) == value
