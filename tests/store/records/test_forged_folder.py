"""What somebody without Docket finds in a folder that was forged and made to fit again.

Each forgery was made by a reader of a whole record, and passed both scripts of its folder.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import store.records.standalone as standalone
from store.recheck.journal import read_disclosed
from store.recheck.sums import Sums, held
from store.records import write_record
from tests.store.anchors.owner import anchored
from tests.store.records.forging import hide, items, write_items
from tests.store.records.recomputing import RECORDS
from tests.store.records.test_verify import fix_manifest
from tests.store.records.year import year


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record for a court of a year with everything, with an anchor and custody."""
    case = year(tmp_path_factory.mktemp("forged"))
    anchored(case.workspace)
    return write_record(
        case.workspace, "acme", RECORDS["court"], case.workspace.root.parent / "out"
    ).folder


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    """A copy to be forged."""
    return shutil.copytree(original, tmp_path / original.name)


def found(folder: Path) -> str:
    """Return what both scripts find, a line each."""
    bad: list[str] = []
    standalone.check(folder, bad)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    chain = read_disclosed((folder / "chain.jsonl").read_bytes(), manifest["client"])
    return "\n".join([*bad, *held(folder, manifest, Sums(chain, manifest))])


def page(folder: Path) -> Path:
    """Return the record itself."""
    (document,) = folder.glob("2*.md")
    return document


def edit(folder: Path, old: str, new: str) -> None:
    """Change the record, by a pattern that is in it."""
    text = page(folder).read_text("utf-8")
    changed = re.sub(old, new, text, count=1, flags=re.M)
    assert changed != text, old
    page(folder).write_text(changed, "utf-8")


def set_manifest(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the manifest."""
    path = folder / "manifest.json"
    manifest = json.loads(path.read_bytes())
    change(manifest)
    path.write_text(json.dumps(manifest), "utf-8")


def unlist(folder: Path, path: Path) -> None:
    """Take a file out of the folder and of its manifest."""
    path.unlink()
    name = path.relative_to(folder).as_posix()
    set_manifest(
        folder,
        lambda one: one.update(files=[file for file in one["files"] if file["path"] != name]),
    )
    fix_manifest(folder)


def anchor_of(folder: Path) -> Path:
    """Return the anchor that goes with the record."""
    (path,) = (folder / "anchors").glob("*.json")
    return path


def test_a_whole_folder_has_no_finding(original: Path) -> None:
    assert found(original) == ""


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        (r"“(?=\w)", "“Ruin ", "no entry has the words quoted"),
        (r"and EUR [\d,.]+ was paid", "and EUR 15.00 was paid", "is not what is paid on these"),
        (r"(Claimed on [^:]*): EUR [\d,.]+", r"\1: EUR 15.00", "is not what is claimed"),
        (r"^(\| HV-3 .*\| +)\d+( \| [\d, ]+\|)$", r"\g<1>545\2", "HV-3 was not 545 days late"),
        (r"(came late, by )\d+", r"\g<1>171", "answers came late by 171"),
        (r"(?s)### My own delays.*?(?=^## )", "", "is not among my own delays"),
        (r"`custody.jsonl`.*$", "none.", "custody.jsonl is another"),
        (r" court\"$", ' own"', "of its record"),
    ],
)
def test_a_changed_word_is_found(folder: Path, old: str, new: str, finding: str) -> None:
    edit(folder, old, new)
    fix_manifest(folder)
    assert finding in found(folder)


def test_entries_made_to_look_left_out_are_found(folder: Path) -> None:
    """The head and the anchor stay what they were."""
    hide(folder / "chain.jsonl", 5, 6)
    edit(folder, r"^\| +5 \|.*\n", "")
    edit(folder, r"^\| +6 \|.*\n", "")
    set_manifest(folder, lambda one: one["left_out"].update(internal=9))
    fix_manifest(folder)
    said = found(folder)
    assert "of its entries_left_out" in said and "its list of entries is not that" in said


def test_custody_cut_short_or_gone_is_found(folder: Path) -> None:
    path = folder / "custody.jsonl"
    header, rows = items(path)
    write_items(path, header, {seq: row for seq, row in rows.items() if seq < len(rows)})
    fix_manifest(folder)
    assert "the head it prints of custody.jsonl is another" in found(folder)
    unlist(folder, path)
    assert "the head it prints of custody.jsonl is another" in found(folder)


def test_another_purpose_language_or_moment_is_found(folder: Path) -> None:
    set_manifest(folder, lambda one: one["options"].update(purpose="public", language="sv"))
    set_manifest(folder, lambda one: one.update(made_at="2026-10-01T09:00:00+02:00"))
    fix_manifest(folder)
    said = found(folder)
    assert all(f"of its {name}" in said for name in ("record", "language", "prepared_at"))


def test_an_anchor_invented_or_dated_back_is_found(folder: Path) -> None:
    path = anchor_of(folder)
    noted = json.loads(path.read_bytes())
    path.write_bytes(path.read_bytes().replace(noted["at"][:4].encode(), b"2020"))
    fix_manifest(folder)
    said = found(folder)
    assert "it is older than entry" in said and "its anchors are not those" in said
    unlist(folder, path)
    assert "its anchors are not those" in found(folder)
