"""An anchor is spelled in one way as a file, and found again in any mail as a line."""

from __future__ import annotations

import json
import re
import textwrap
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import store.journal
from store.anchors import NAMESPACE, Anchor, AnchorError, Shelf, anchor_time, find_lines
from store.anchors.anchor import read_anchor
from tests.store.anchors.owner import anchored
from tests.store.building import workspace

HEAD = "0a1b2c3d" * 8
GENESIS = "4e5f6071" * 8
ACME = Anchor("acme", 41, HEAD, "2026-11-22T12:00:00Z", GENESIS)

anchors = st.builds(
    Anchor,
    st.from_regex(r"[a-z0-9][a-z0-9-]{0,39}", fullmatch=True),
    st.integers(0, 2**53 - 1),
    st.text("0123456789abcdef", min_size=64, max_size=64),
    st.datetimes(datetime(1000, 1, 1), datetime(9999, 1, 1), timezones=st.just(UTC)).map(
        anchor_time
    ),
    st.just(GENESIS),
)


def test_the_line_is_exact() -> None:
    assert ACME.line == f"docket anchor acme 41 entries head {HEAD} 2026-11-22T12:00:00Z"
    assert " 1 entry head " in replace(ACME, count=1).line
    assert ACME.stem == "41-0a1b2c3d"
    assert anchor_time(datetime(2026, 11, 22, 1, 0, 0, 9, timezone(timedelta(hours=3)))) == (
        "2026-11-21T22:00:00Z"
    )


@given(anchors)
def test_a_file_and_a_line_say_what_was_put_in(anchor: Anchor) -> None:
    assert read_anchor(anchor.dump()) == anchor
    assert find_lines(anchor.line) == [replace(anchor, genesis="")]


@given(anchors, st.integers(20, 80), st.sampled_from(["", "> ", ">> ", "| ", "\t"]), st.booleans())
def test_a_line_is_found_in_a_mail(anchor: Anchor, width: int, quote: str, crlf: bool) -> None:
    mail = f"Hello Bo,\n\nplease keep this: {anchor.line}. Best, me"
    wrapped = textwrap.wrap(mail, width, break_long_words=False, break_on_hyphens=False)
    text = ("\r\n" if crlf else "\n").join(quote + row for row in wrapped)
    assert find_lines(text) == [replace(anchor, genesis="")]


def test_a_line_is_found_in_quoted_printable_mail() -> None:
    line = ACME.line
    assert find_lines(f"{line[:75]}=\r\n{line[75:]}") == [replace(ACME, genesis="")]


def test_what_is_almost_a_line_is_not_taken_for_one() -> None:
    line = ACME.line
    for wrong in (
        line.replace(HEAD, HEAD[:-1]),
        line.replace(HEAD, HEAD.upper()),
        line.replace("41", "041"),
        line.replace("41", "-1"),
        line.replace("Z", ""),
        line.replace("acme", "Ac/me"),
        line.removeprefix("docket "),
        "",
    ):
        assert find_lines(wrong) == [], wrong
    assert len(find_lines(f"{line}\n{line}\n{line.replace('41', '42')}")) == 2


def test_every_changed_byte_of_a_file_is_refused_or_another_anchor() -> None:
    raw = ACME.dump()
    for at in range(len(raw)):
        for flip in (1, 0x20, 0x80):
            changed = bytearray(raw)
            changed[at] ^= flip
            try:
                assert read_anchor(bytes(changed)) != ACME, (at, flip)
            except AnchorError:
                continue
    value = json.loads(raw)
    wrongs: list[object] = [[], {**value, "count": True}, {**value, "format": 2}, {**value, "x": 1}]
    for wrong in wrongs:
        with pytest.raises(AnchorError):
            read_anchor(json.dumps(wrong, sort_keys=True, separators=(",", ":")).encode() + b"\n")
    for spelled in (raw[:-1], raw + b"\n", raw.replace(b":", b": "), b""):
        with pytest.raises(AnchorError):
            read_anchor(spelled)


def test_an_anchor_is_kept_once_and_privately(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    kept = anchored(made)
    assert kept.path.parent == made.root / "anchors" / "acme"
    assert kept.path.stat().st_mode & 0o777 == 0o600
    assert kept.path.parent.stat().st_mode & 0o777 == 0o700
    assert kept.path.parent.parent.stat().st_mode & 0o777 == 0o700
    assert kept.anchor
    again = Shelf(made.root).place(replace(kept.anchor, at="2027-01-01T00:00:00Z"))
    assert again == kept  # the older one stays: a signature or a time stamp may hang on it
    other = replace(kept.anchor, head=kept.anchor.head[:8] + "f" * 56)
    with pytest.raises(AnchorError, match="in the way"):
        Shelf(made.root).place(other)


def test_the_format_page_shows_what_is_written() -> None:
    page = (Path(store.journal.__file__).parent / "FORMAT.md").read_text("utf-8")
    blocks = dict(re.findall(r"```\w+ ([a-z-]+)\n(.*?)```", page, re.DOTALL))
    anchor = read_anchor(blocks["anchor"].encode())
    assert blocks["anchor-line"] == f"{anchor.line}\n"
    assert anchor.genesis == blocks["genesis"].strip()
    assert anchor.head == json.loads(blocks["steps"])[anchor.count - 1]["hash"]
    assert NAMESPACE in page
