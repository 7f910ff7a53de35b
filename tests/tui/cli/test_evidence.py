"""From the shell: tampering is found and named, and hostile text does no harm."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.store.records.hostile import NAME, NOTE
from tests.tui.cli.conftest import Cli

_DRIVES = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")


def _lines(cli: Cli) -> tuple[Path, list[bytes]]:
    path = cli.root / "clients" / "acme.jsonl"
    return path, path.read_bytes().splitlines(keepends=True)


@pytest.fixture
def logged(acme: Cli) -> Cli:
    for text in ("Called, no answer", "Called again", "Wrote a mail"):
        acme.ok("log", "acme", "no-reply", text, "--on", "2026-11-02")
    return acme


def test_a_deleted_swapped_inserted_or_doubled_line_is_found_and_named(logged: Cli) -> None:
    path, lines = _lines(logged)
    tampered = {
        "entry 4": [*lines[:4], *lines[5:]],
        "entry 3": [*lines[:3], lines[4], lines[3], *lines[5:]],
        "entry 2": [*lines[:3], lines[2], *lines[3:]],
        "entry 5": [*lines[:5], lines[5].replace(b"mail", b"fax!")],
    }
    for named, content in tampered.items():
        path.write_bytes(b"".join(content))
        result = logged("verify")
        assert (result.status, named in result.out) == (3, True), result.out
    path.write_bytes(b"".join(lines))
    assert logged("verify").status == 0


def test_every_changed_byte_of_an_entry_is_found(logged: Cli) -> None:
    path, lines = _lines(logged)
    start = sum(len(line) for line in lines[:3])
    whole = path.read_bytes()
    for offset in range(start, start + len(lines[3]), 7):
        path.write_bytes(whole[:offset] + bytes([whole[offset] ^ 1]) + whole[offset + 1 :])
        result = logged("verify", "acme")
        assert result.status == 3, offset
        assert re.search(r"entry [34]\b", result.out), (offset, result.out)


def test_a_hostile_client_and_note_do_no_harm_anywhere(cli: Cli, tmp_path: Path) -> None:
    cli.ok("new", NAME, "--id", "foo", "--currency", "EUR", "--terms", "net14")
    cli.ok("log", "foo", "abuse", NOTE, "--quote", NOTE, "--on", "2026-11-02")
    cli.ok("invoice", "foo", "# | 1", "100", "--issued", "2026-10-01")
    cli.ok("ask", "foo", NOTE)
    for words in (
        ["clients"],
        ["show", "foo"],
        ["show", "foo", "--json"],
        ["decide", "foo"],
        ["verify"],
        ["doctor"],
        ["log", "\x1b[31mnobody", "abuse", "x"],
        ["show", "foo", "--kind", "\x1b]0;x\x07"],
    ):
        result = cli(*words)
        assert not _DRIVES.search(result.out + result.err), words
    document = cli.ok("record", "foo", "--for", "court", "-o", str(tmp_path)).strip()
    text = Path(document).read_text(encoding="utf-8")
    assert not _DRIVES.search(text)
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert [line for line in headings if "Statement of truth" in line] == [
        "## 15. Statement of truth"
    ]
    assert "Verdict: guilty" not in "".join(headings)
    assert cli("verify", str(Path(document).parent)).status == 0
