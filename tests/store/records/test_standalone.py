"""`verify.py` beside a record: what it finds alone, and that nothing in the folder trips it."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store.journal import canonical
from store.records import write_record
from tests.store.anchors.owner import anchored
from tests.store.records.case import OPTIONS, Case, full_case
from tests.store.records.forging import items, leaf_of, write_items
from tests.store.records.test_verify import fix_manifest, run_script

_DEEP = b"[" * 200_000
_NAMES = ["manifest.json", "chain.jsonl", "custody.jsonl", "anchors/*.json", "2*.md"]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a record with an anchor, for copies of it to be spoiled."""
    root = tmp_path_factory.mktemp("case")
    case = full_case(root)
    anchored(case.workspace)
    return write_record(case.workspace, "acme", OPTIONS, root / "out").folder


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    """Return a copy that a test may spoil."""
    return shutil.copytree(original, tmp_path / original.name)


def file(folder: Path, pattern: str) -> Path:
    """Return the one file of that pattern."""
    (found,) = folder.glob(pattern)
    return found


def test_it_is_short_and_needs_nothing(folder: Path) -> None:
    source = (folder / "verify.py").read_text(encoding="utf-8")
    assert sum(bool(line.strip()) for line in source.splitlines()) <= 250
    imported = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Import)]
    assert {name.name.split(".")[0] for node in imported for name in node.names} <= (
        sys.stdlib_module_names
    )
    assert not [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)]
    ast.parse(source, feature_version=(3, 9))
    assert "`verify.py` and `check_sums.py` came with this folder" in (
        folder / "VERIFY.md"
    ).read_text("utf-8")


def _with_its_leaf(item: dict[str, Any]) -> None:
    item["leaf"] = leaf_of(item)
    item["fields"]["statement"] = "Stole EUR 9,000"


def _with_a_note(item: dict[str, Any]) -> None:
    item["note"] = "Seen by the court"


def _with_a_salt_more(item: dict[str, Any]) -> None:
    item["salts"]["verdict"] = "Stole EUR 9,000"


@pytest.mark.parametrize("change", [_with_its_leaf, _with_a_note, _with_a_salt_more])
def test_an_entry_with_more_than_is_hashed_is_found(
    folder: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    path = folder / "chain.jsonl"
    header, rows = items(path)
    change(rows[14])
    write_items(path, header, rows)
    fix_manifest(folder)
    script = run_script(folder)
    assert script.returncode == 1
    assert script.stdout.startswith("chain.jsonl: entry 14 ")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"statement":"Asked to go on"', b'"statement":"Stole","statement":"Asked to go on"'),
        (b'"seq":14', b'"seq": 14'),
        (b'"docket":"acme"', b'"docket":"bolt","docket":"acme"'),
    ],
)
def test_an_entry_that_can_be_read_in_two_ways_is_found(
    folder: Path, old: bytes, new: bytes
) -> None:
    path = folder / "chain.jsonl"
    data = path.read_bytes()
    assert data.count(old) == 1
    path.write_bytes(data.replace(old, new))
    fix_manifest(folder)
    script = run_script(folder)
    assert script.returncode == 1
    assert script.stdout.startswith("chain.jsonl: ")


def test_an_exhibit_that_no_entry_names_is_found(folder: Path) -> None:
    (folder / "exhibits" / "AB-1.pdf").write_bytes(b"another agreement")
    fix_manifest(folder)
    script = run_script(folder)
    assert script.stdout == (
        "exhibits/AB-1.pdf: not the exhibit of its label\n"
        "entry 2: an exhibit that it names is not here\n"
    )
    assert script.returncode == 1


def unlisted(folder: Path, name: str) -> None:
    """Take a file out, and its line in the manifest."""
    (folder / name).unlink()
    path = folder / "manifest.json"
    content = json.loads(path.read_bytes())
    content["files"] = [one for one in content["files"] if one["path"] != name]
    path.write_text(json.dumps(content), "utf-8")


def test_an_exhibit_that_was_taken_out_is_found(folder: Path) -> None:
    unlisted(folder, "exhibits/AB-1.pdf")
    assert run_script(folder).stdout == "entry 2: an exhibit that it names is not here\n"


def test_two_exhibits_that_were_exchanged_are_found(tmp_path: Path) -> None:
    case = Case(tmp_path)
    for number, day in enumerate(("2026-03-02", "2026-03-03", "2026-03-04"), start=1):
        files = [case.exhibit(b"%d%d" % (number, at), f"{at}.txt") for at in range(number)]
        case.log("note", day, "Files", exhibits=files)
    made = write_record(case.workspace, "acme", OPTIONS, tmp_path / "out").folder
    assert run_script(made).returncode == 0, run_script(made).stdout
    for one, other in (("AB-1.txt", "AB-2.txt"), ("AB-4.txt", "AB-6.txt")):
        folder = shutil.copytree(made, tmp_path / one / made.name)
        exhibits = folder / "exhibits"
        (exhibits / one).rename(tmp_path / "aside")
        (exhibits / other).rename(exhibits / one)
        (tmp_path / "aside").rename(exhibits / other)
        fix_manifest(folder)
        assert run_script(folder).stdout.splitlines() == [
            f"exhibits/{name}: not the exhibit of its label" for name in (one, other)
        ]


def test_a_file_more_is_found_though_the_manifest_lists_it(folder: Path) -> None:
    (folder / "confession.txt").write_text("I did it")
    path = folder / "manifest.json"
    content = json.loads(path.read_bytes())
    content["files"].append({"path": "confession.txt", "sha256": "", "size": 0})
    path.write_text(json.dumps(content), "utf-8")
    fix_manifest(folder)
    assert run_script(folder).stdout == "confession.txt: no part of a record\n"


@pytest.mark.parametrize(
    "module", ["json", "hashlib", "re", "pathlib", "contextlib", "collections"]
)
@pytest.mark.parametrize("isolated", [True, False])
def test_nothing_else_that_lies_in_the_folder_is_run(
    folder: Path, module: str, isolated: bool
) -> None:
    """However it is started: a stranger may forget the `-I` that VERIFY.md gives."""
    (folder / f"{module}.py").write_text("print('whole: 9 files'); raise SystemExit(0)\n")
    words = [sys.executable, *(["-I"] if isolated else []), "verify.py"]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    assert done.stdout == f"{module}.py: not in the manifest\n"
    assert done.returncode == 1


def test_the_guide_says_how_to_start_it(folder: Path) -> None:
    guide = (folder / "VERIFY.md").read_text("utf-8")
    assert "\n    python3 -I verify.py\n" in guide
    assert "python3 verify.py" not in guide


def test_links_and_pipes_are_no_plain_files(folder: Path, tmp_path: Path) -> None:
    paper = folder / "exhibits" / "AB-1.pdf"
    paper.rename(tmp_path / "paper")
    paper.symlink_to(tmp_path / "paper")
    (folder / "more").symlink_to(tmp_path)
    (folder / "custody.jsonl").unlink()
    os.mkfifo(folder / "custody.jsonl")
    script = run_script(folder)
    assert script.returncode == 1
    assert script.stdout.splitlines() == [
        "more: not in the manifest",
        "custody.jsonl: damaged, missing or not a plain file",
        "exhibits/AB-1.pdf: damaged, missing or not a plain file",
    ]


def _folder(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


_SPOILED: dict[str, Callable[[Path], object]] = {
    "gone": lambda path: None,
    "empty": lambda path: path.write_bytes(b""),
    "list": lambda path: path.write_bytes(b"[]\n[]\n"),
    "object": lambda path: path.write_bytes(b"{}"),
    "objects": lambda path: path.write_bytes(b"{}\n{}\n"),
    "number": lambda path: path.write_bytes(b"5\n5\n"),
    "no text": lambda path: path.write_bytes(b"\xff\xfe\x00\n"),
    "deep": lambda path: path.write_bytes(b"{}\n" + _DEEP + b"\n"),
    "deep at once": lambda path: path.write_bytes(_DEEP),
    "folder": _folder,
    "pipe": _pipe,
}


@pytest.mark.parametrize("name", _NAMES)
@pytest.mark.parametrize("spoil", _SPOILED.values(), ids=_SPOILED)
def test_nothing_in_the_folder_trips_it(
    folder: Path, name: str, spoil: Callable[[Path], object]
) -> None:
    path = file(folder, name)
    path.unlink()
    spoil(path)
    script = run_script(folder)
    assert script.returncode == 1
    assert script.stderr == ""
    assert f"{path.relative_to(folder)}: " in script.stdout


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("document", "../../etc/passwd"),
        ("document", "/etc/hostname"),
        ("document", "exhibits"),
        ("document", "a\0b"),
        ("document", 5),
        ("files", 5),
        ("files", [{"path": ["a"], "sha256": "x"}]),
        ("files", [{"path": "../../etc/passwd", "sha256": "x"}]),
        ("head", None),
        ("client", []),
    ],
)
def test_no_value_of_the_manifest_trips_it(folder: Path, key: str, value: object) -> None:
    path = folder / "manifest.json"
    path.write_bytes(canonical({**json.loads(path.read_bytes()), key: value}))
    script = run_script(folder)
    assert script.returncode == 1
    assert script.stderr == ""
    assert script.stdout
