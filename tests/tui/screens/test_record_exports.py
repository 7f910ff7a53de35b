"""The last exports: found in a folder by their manifests, whatever else lies there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from store.records import Purpose, RecordOptions, WrittenRecord, write_record
from store.records.outbox import exports_in, since
from store.workspace import Workspace
from tests.tui.screens.host import HOSTILE, workspace
from tui.screens.record_rows import export_rows


def written(made: Workspace, folder: Path, purpose: Purpose = "court") -> WrittenRecord:
    return write_record(made, "acme", RecordOptions(purpose, None, None, "me"), folder)


def test_a_record_is_listed_with_what_it_shows_and_how_the_docket_stands(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    folder = tmp_path / "out"
    written(made, folder)
    lines = made.file("acme").lines
    (found,) = exports_in(folder, "acme")
    assert (found.what, found.entries, found.chained) == ("record for court", 7, 9)
    assert found.head == lines[-1].hash
    assert since(found, lines) == "nothing logged since"
    made.log(made.draft("acme", "note", "one more"))
    assert since(found, made.file("acme").lines) == "1 entry logged since"
    shown = "\n".join(row.text for row in export_rows([found], made.file("acme").lines, 60))
    assert f"7 entries, head {found.head[:8]}" in shown
    assert "Sun 22 Nov 2026" in shown


def test_a_record_of_another_chain_is_said_to_be_one(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    written(made, tmp_path / "out")
    (found,) = exports_in(tmp_path / "out", "acme")
    for other in (found._replace(head="0" * 64), found._replace(chained=99)):
        assert since(other, made.file("acme").lines).startswith("this docket never had that head")


def test_every_kind_of_export_is_listed_and_nothing_else(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    folder = tmp_path / "out"
    for purpose in ("court", "own", "public"):
        written(made, folder, purpose)
    (folder / "2026-11-23_acme_statement_EUR.md").write_text("a statement")
    (folder / "2026-11-24_acme_final-report-2.md").write_text("a report")
    (folder / "2026-11-24_acme_final-report-2.html").write_text("its page")
    (folder / "2026-11-25_acme_letter.md").write_text("no export")
    (folder / "2026-11-25_acme-2_statement_EUR.md").write_text("of another")
    assert [one.what for one in exports_in(folder, "acme")] == [
        "final report",
        "statement of account",
        "facts sheet",
        "record for own files",
        "record for court",
    ]


@pytest.mark.parametrize(
    "manifest",
    [
        "",
        "[]",
        "{}",
        '{"client": "other"}',
        '{"client": "acme", "head": 1, "left_out": 2}',
        "[" * 100_000,
        '{"client": "acme", "head": {"count": "x"}, "left_out": {}}',
    ],
)
def test_a_damaged_manifest_is_passed_over(tmp_path: Path, manifest: str) -> None:
    folder = tmp_path / "2026-11-22_acme_dispute-record_court"
    folder.mkdir()
    (folder / "manifest.json").write_text(manifest)
    assert exports_in(tmp_path, "acme") == []


def test_a_folder_that_is_not_there_has_none(tmp_path: Path) -> None:
    assert exports_in(tmp_path / "none", "acme") == []
    (tmp_path / "file").write_text("")
    assert exports_in(tmp_path / "file", "acme") == []


def test_hostile_words_of_a_manifest_drive_no_terminal(tmp_path: Path) -> None:
    folder = tmp_path / "2026-11-22_acme_dispute-record_court"
    folder.mkdir()
    said: dict[str, Any] = {
        "client": "acme",
        "made_at": HOSTILE,
        "options": {"purpose": HOSTILE, "kinds": []},
        "head": {"count": 9, "hash": HOSTILE},
        "left_out": {},
    }
    (folder / "manifest.json").write_text(json.dumps(said))
    rows = export_rows(exports_in(tmp_path, "acme"), (), 60)
    text = "".join(row.text for row in rows)
    assert "[/foo]" in text
    assert "\x1b" not in text
