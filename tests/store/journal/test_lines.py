"""Lines kept as bytes: what is read from them is what the strict reader reads, always."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.journal import JournalFile, Line, NotCanonicalError
from store.journal.chain import dump_line, read_line, read_next
from tests.store.journal.support import fields, small, value

PREV = "ab" * 32
KEYS = st.sampled_from(Line._fields)


def spelled(content: object) -> bytes:
    """Spell a line with its keys in order, however wrong it is."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def entry(number: int, content: dict[str, object]) -> dict[str, object]:
    """Return what the line of an entry holds."""
    return Line(number, content, "0f" * 16, PREV, "cd" * 32)._asdict()


def check_same(raw: bytes) -> None:
    """Check that what is plainly read is what the strict reader reads, and follows entry 0."""
    plain = read_next(raw, 0, PREV)
    if plain is None:
        return
    line = read_line(raw)
    assert plain == (line.fields, (line.seq, line.hash))
    assert (line.seq, line.prev) == (1, PREV)


@given(st.integers(0, 2**53), fields)
def test_an_entry_that_follows_is_read_as_the_strict_reader_does(
    seq: int, content: dict[str, object]
) -> None:
    line = Line(seq + 1, content, "0f" * 16, PREV, "cd" * 32)
    raw = spelled(line._asdict())
    if seq + 1 < 2**53:
        assert read_next(raw, seq, PREV) == (content, (seq + 1, line.hash))
        assert read_line(raw) == line
    else:
        assert read_next(raw, seq, PREV) is None


@given(fields, KEYS, value)
def test_a_line_of_another_shape_is_left_to_the_strict_reader(
    content: dict[str, object], key: str, other: object
) -> None:
    raw = spelled(entry(1, content) | {key: other})
    check_same(raw)


@given(fields, st.data())
def test_a_line_with_changed_bytes_is_left_to_the_strict_reader(
    content: dict[str, object], data: st.DataObject
) -> None:
    raw = bytearray(spelled(entry(1, content)))
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at : at + data.draw(st.integers(0, 2))] = data.draw(st.binary(max_size=2))
    check_same(bytes(raw))


@pytest.mark.parametrize(
    "changed", [{"seq": True}, {"prev": ""}, {"seed": ""}, {"fields": []}, {"more": 1}]
)
def test_what_only_looks_like_an_entry_is_none(changed: dict[str, object]) -> None:
    raw = spelled(entry(1, {"kind": "note"}) | changed)
    assert read_next(raw, 0, PREV) is None
    with pytest.raises(NotCanonicalError):
        read_line(raw)


def test_lines_grow_in_place_and_are_another_object_once_they_no_longer_stand(
    tmp_path: Path,
) -> None:
    other = small(tmp_path, 3)
    reader = JournalFile(other.path, peek=("kind", "absent"))
    lines = reader.lines
    assert [tuple(one) for one in lines.peeked] == [("note", None)] * 3
    other.append({"kind": "thanks"})
    reader.append({"kind": "hours"})
    assert reader.lines is lines
    assert list(lines.numbers) == [line.seq for line in lines] == [1, 2, 3, 4, 5]
    assert [kind for kind, _ in lines.peeked] == ["note", "note", "note", "thanks", "hours"]
    assert [dump_line(line) for line in lines] == other.path.read_bytes().splitlines()[1:]
    copy = other.path.read_bytes()
    other.path.unlink()
    other.path.write_bytes(copy)
    assert reader.lines is lines
    other.path.write_bytes(b"".join(copy.splitlines(keepends=True)[:3]))
    assert reader.lines is not lines
    assert (len(reader.lines), len(lines), reader.generation) == (2, 5, 1)


def test_an_entry_that_was_taken_can_be_changed_without_harm(tmp_path: Path) -> None:
    lines = small(tmp_path, 1).lines
    taken = lines[0].fields
    assert isinstance(taken, dict)
    taken.clear()
    assert lines[0].fields["kind"] == "note"
