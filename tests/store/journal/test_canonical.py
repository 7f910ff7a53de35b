"""One value, one spelling: what has no canonical form is refused when written and when read."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from store.journal import NotCanonicalError
from store.journal.canonical import canonical, parse
from tests.store.journal.support import value


@given(value)
def test_the_canonical_form_reads_back_and_is_what_format_md_says(content: Any) -> None:
    raw = canonical(content)
    assert parse(raw) == content
    assert canonical(parse(raw)) == raw
    assert b"\n" not in raw
    plain = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert raw == plain.encode()


@pytest.mark.parametrize(
    "raw", [b"1.5", b"1e3", b"NaN", b"-Infinity", b'"\xff"', b"", b"[" * 99999]
)
def test_what_is_no_canonical_json_is_not_read(raw: bytes) -> None:
    with pytest.raises(NotCanonicalError):
        parse(raw)


@pytest.mark.parametrize("raw", [b'"\\ud800"', b"9007199254740992", b'{"\xc3\xa9":1}'])
def test_what_could_be_read_but_never_written_is_refused(raw: bytes) -> None:
    with pytest.raises(NotCanonicalError):
        canonical(parse(raw))


@pytest.mark.parametrize(
    "raw", [b"-0", b'{"a":1,"a":1}', b"[1, 2]", b'"\\u00e9"', b'{"b":1,"a":1}']
)
def test_another_spelling_shows(raw: bytes) -> None:
    assert canonical(parse(raw)) != raw
