"""A workspace, a record and a backup that Docket wrote at commit 0ea4664 serve this Docket too.

Whoever updates must not be locked out of logging, and must find all that was there: entries,
settings, private things, anchors, exhibits, half-typed lines.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.tui.cli.conftest import Cli

WRITTEN = Path(__file__).with_name("0ea4664.tar.gz")
HEAD = "be218ec7c07a086967c31a171fc873b83eabbd6e4326ad61a511f4ea82e2e8bc"
ANCHOR = f"docket anchor acme 14 entries head {HEAD} 2026-11-30T12:13:57Z"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder with `workspace`, `records` and `backup.zip` as they were written."""
    with tarfile.open(WRITTEN) as packed:
        packed.extractall(tmp_path, filter="data")
    return tmp_path


@pytest.fixture
def old(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """A command line on that workspace, today."""
    monkeypatch.setenv("COLUMNS", "80")
    return Cli(folder / "workspace", capsys, monkeypatch)


def test_everything_that_was_there_is_there(old: Cli) -> None:
    (acme, _) = sorted(old("clients", "--json").json, key=lambda row: row["client"])
    assert acme["overdue"] == [{"amount": "1000.00", "currency": "EUR"}]
    shown = old.ok("show", "acme")
    for words in ("Logo by a millimetre", "seagull", "worse than noted", "Not yet."):
        assert words in shown
    assert "8" in old.ok("checkin", "acme", "--list")
    assert old("exhibits", "acme", "--json").json


def test_it_is_logged_on_by_name_by_own_word_and_corrected(old: Cli) -> None:
    assert old.ok("log", "acme", "late-payment", "Still nothing").startswith("acme#15 ")
    assert old.ok("log", "Acme Med", "seagull", "Once more").startswith("acme#16 ")
    assert old.ok("amend", "acme#4", "--reason", "typo", "Where are the logo files?")
    assert old.ok("pay", "acme", "1000", "--for", "INV-42")
    assert old("clients", "--json").status == 0


def test_what_is_private_is_rewritten_at_the_first_change_and_no_sooner(old: Cli) -> None:
    path = old.root / "private.json"
    before = path.read_bytes()
    checkins = old("checkin", "acme", "--list", "--json").json
    decisions = old("decisions", "acme", "--json").json
    old.ok("log", "acme", "note", "x")
    assert path.read_bytes() == before
    old.ok("checkin", "acme", "--dread", "3")
    assert path.read_bytes().startswith(b'{"format":3,"')
    assert old("checkin", "acme", "--list", "--json").json[: len(checkins)] == checkins
    assert [one["choice"] for one in old("decisions", "acme", "--json").json] == [
        one["choice"] for one in decisions
    ]
    assert not list(old.root.glob(".private.json.*.tmp"))


def test_it_is_whole_and_its_anchor_holds(old: Cli) -> None:
    assert old("verify").status == 0
    assert old("anchor", "--check", ANCHOR).status == 0
    old.ok("log", "acme", "note", "x")
    assert old("anchor", "--check", ANCHOR).status == 0


def test_its_documents_are_made(old: Cli, folder: Path) -> None:
    old.ok("record", "acme", "--for", "court", "-o", str(folder / "new"))
    (record,) = (folder / "new").glob("*dispute-record_court")
    assert old("verify", str(record)).status == 0
    text = next(record.glob("2*.md")).read_text("utf-8")
    assert "Offered to take 1,000 at once" in text  # an offer of then keeps its visibility
    old.ok("statement", "acme", "-o", str(folder / "new"))
    old.ok("report", "acme", "-o", str(folder / "new"))


def test_half_typed_lines_are_offered_once_under_their_old_names(old: Cli) -> None:
    kept = old("drafts", "--json").json
    assert [(one["form"], one["client"], one["text"] or one["fields"]) for one in kept] == [
        ("amend-4", "acme", {"statement": "Half a correction"}),
        ("capture", None, "acme blame half a thought"),
        ("mail", None, "/tmp/mail.eml"),
        ("unsent", "acme", "words kept for acme"),
    ]
    old.ok("drafts", "--discard-all")
    assert old("drafts", "--json").json == []


def test_its_backup_is_restored_and_whole(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cli = Cli(folder / "again", capsys, monkeypatch)
    cli.ok("restore", str(folder / "backup.zip"))
    assert cli("verify").status == 0
    assert cli("show", "acme").status == 0


def test_its_record_is_checked_by_the_script_it_brings(folder: Path, old: Cli) -> None:
    (record,) = (folder / "records").iterdir()
    done = subprocess.run(
        [sys.executable, "-I", "verify.py"], cwd=record, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.split(",")[0]) == (0, "whole: 8 files")
    said = old("verify", str(record))
    assert said.status == 0  # though its words cannot be held against the entries here
    assert said.out.count("made by another version of Docket") == 1
    for part in ("8 files against manifest.json", "14 entries of chain.jsonl to the head"):
        assert part in said.out
    assert json.loads((record / "manifest.json").read_bytes())["layout"] == 4
