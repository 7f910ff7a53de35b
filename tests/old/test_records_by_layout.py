"""Records of every layout there was are checked in all but their words (old_records.py)."""

from __future__ import annotations

import hashlib
import json
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from store.records import RecordReport, verify_record
from store.records.dispute.document import LAYOUT
from tests.old.old_records import COMMITS, PACKED
from tests.store.anchors.owner import needs_ssh_keygen
from tests.store.records.test_verify import fix_manifest, run_script
from tests.tui.cli.conftest import Cli

FOLDERS = [
    f"{layout}/2026-11-30_acme-ltd_{what}"
    for layout in COMMITS
    for what in ("dispute-record_court", "facts-sheet")
    if what != "facts-sheet" or layout != "1"
]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for each layout, as it was written."""
    root = tmp_path_factory.mktemp("layouts")
    with tarfile.open(PACKED) as packed:
        packed.extractall(root, filter="data")
    return root


@pytest.fixture(params=FOLDERS)
def folder(request: pytest.FixtureRequest, unpacked: Path, tmp_path: Path) -> Path:
    """A record of each layout, to be spoiled."""
    return shutil.copytree(unpacked / request.param, tmp_path / Path(request.param).name)


def named(report: RecordReport, part: str) -> str:
    """Return what was said of a part; empty where it was not looked at."""
    return "; ".join(one.said for one in report.parts if one.name == part)


def test_there_is_one_of_every_layout_before_this() -> None:
    assert [int(layout) for layout in COMMITS] == [*range(1, LAYOUT)]


def test_it_is_whole_but_for_its_words(folder: Path) -> None:
    report = verify_record(folder)
    assert report.findings == ()
    assert report.ok
    assert not report.words_compared
    layout = json.loads((folder / "manifest.json").read_bytes())["layout"]
    assert f"(layout {layout}, here it is {LAYOUT})" in named(report, "words")
    assert named(report, "chain") == "7 entries of chain.jsonl to the head"
    assert named(report, "exhibits")
    if layout > 1:
        assert named(report, "anchor").startswith("anchor of 2026-11-30T20:")
    if layout > 1 and "facts" not in folder.name:
        assert named(report, "custody")
    assert run_script(folder).returncode == 0


@needs_ssh_keygen
def test_its_signature_is_checked(folder: Path) -> None:
    if not (folder / "manifest.json.sig").exists():
        assert "/1/" not in str(folder)
        return
    assert named(verify_record(folder), "signature").startswith("signed with ED25519 key SHA256:")
    data = (folder / "manifest.json").read_bytes()
    (folder / "manifest.json").write_bytes(data.replace(b'"layout"', b'"layout" '))
    (finding,) = verify_record(folder).findings
    assert finding.startswith("manifest.json.sig: ")


def test_the_command_says_so_in_one_line_and_is_content(
    unpacked: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cli = Cli(unpacked / "none", capsys, monkeypatch)
    for name in FOLDERS:
        said = cli("verify", str(unpacked / name))
        assert said.status == 0
        head = f"{unpacked / name}: whole, but for its words, which another version made"
        assert said.out.splitlines()[0] == head
        assert said.out.count("another version") == 2  # the head, and the part of the check


def _word(folder: Path) -> None:
    path = next(folder.glob("2*.md"))
    path.write_bytes(path.read_bytes().replace(b"Acme", b"Bolt"))


def _head(folder: Path) -> None:
    path = next(folder.glob("2*.md"))
    path.write_bytes(path.read_bytes().replace(b"\nentries: 7\n", b"\nentries: 6\n"))
    fix_manifest(folder)


def _layout(folder: Path) -> None:
    path = next(folder.glob("2*.md"))
    path.write_bytes(path.read_bytes().replace(b"\nlayout: ", b"\nlayout: 1"))
    fix_manifest(folder)


def _entry(folder: Path) -> None:
    path = folder / "chain.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"kind":"', b'"kind":"x', 1))
    fix_manifest(folder)


def _cut(folder: Path) -> None:
    path = folder / "chain.jsonl"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    fix_manifest(folder)


def _exhibit(folder: Path) -> None:
    min(folder.glob("exhibits/*")).write_bytes(b"another")
    fix_manifest(folder)


def _exhibit_renamed(folder: Path) -> None:
    path = min(folder.glob("exhibits/*"))
    _moved(folder, f"exhibits/{path.name}", f"exhibits/M-3{path.suffix}")


def _exhibit_gone(folder: Path) -> None:
    _moved(folder, f"exhibits/{min(folder.glob('exhibits/*')).name}", "")


def _file_more(folder: Path) -> None:
    (folder / "confession.txt").write_text("I did it")


def _file_more_listed(folder: Path) -> None:
    _file_more(folder)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    manifest["files"].append({"path": "confession.txt", "sha256": "", "size": 0})
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    fix_manifest(folder)


def _moved(folder: Path, path: str, to: str) -> None:
    """Rename a file, in the manifest too, or take it out of both."""
    manifest = json.loads((folder / "manifest.json").read_bytes())
    files = [one for one in manifest["files"] if one["path"] != path or to]
    for one in files:
        one["path"] = to if one["path"] == path else one["path"]
    if to:
        (folder / path).rename(folder / to)
    else:
        (folder / path).unlink()
    (folder / "manifest.json").write_text(json.dumps({**manifest, "files": files}), "utf-8")


@pytest.mark.parametrize(
    ("forge", "said"),
    [
        (_word, "not what manifest.json lists"),
        (_head, "the head it prints is not that of chain.jsonl"),
        (_layout, "its layout is not that of manifest.json"),
        (_entry, "chain.jsonl: "),
        (_cut, "its head is not that of chain.jsonl"),
        (_exhibit, "not the file that the entry of its number names"),
        (_exhibit_renamed, "not the file that the entry of its number names"),
        (_file_more, "confession.txt: not in the manifest"),
        (_file_more_listed, "confession.txt: it belongs to no record"),
    ],
)
@pytest.mark.parametrize("folder", [FOLDERS[0], *FOLDERS[5:6], *FOLDERS[-2:]], indirect=True)
def test_a_forged_one_is_found(folder: Path, forge: Callable[[Path], None], said: str) -> None:
    (folder / "manifest.json.sig").unlink(missing_ok=True)  # as a forger would
    forge(folder)
    report = verify_record(folder)
    assert any(said in finding for finding in report.findings), report.findings


@pytest.mark.parametrize("folder", [*FOLDERS[:2], FOLDERS[-2]], indirect=True)
def test_an_exhibit_that_was_taken_out_is_found(folder: Path) -> None:
    (folder / "manifest.json.sig").unlink(missing_ok=True)
    sha256 = hashlib.sha256(min(folder.glob("exhibits/*")).read_bytes()).hexdigest()
    _exhibit_gone(folder)
    assert "entry 2: an exhibit that it names is not here" in verify_record(folder).findings
    manifest = json.loads((folder / "manifest.json").read_bytes())
    manifest["exhibits_not_here"].append({"label": "M-2", "sha256": sha256})
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    told = (folder / "custody.jsonl").exists()  # no list that tells it came with the first layout
    assert verify_record(folder).ok == (not told)


_ODD: dict[str, tuple[object, ...]] = {
    "layout": (0, -1, LAYOUT + 1, True, "4", None, 4.0),
    "format": (0, 1, 3, True, None),
    "options": (None, {}, []),
    "made_at": (None, "", "2026"),
    "exhibits_not_here": (None, [1], [{}]),
    "client": (5,),
}


@pytest.mark.parametrize(
    ("key", "value"), [(key, value) for key, values in _ODD.items() for value in values]
)
def test_no_value_of_the_manifest_makes_it_whole(
    unpacked: Path, tmp_path: Path, key: str, value: object
) -> None:
    folder = shutil.copytree(unpacked / FOLDERS[-2], tmp_path / "record")
    path = folder / "manifest.json"
    (folder / "manifest.json.sig").unlink()
    path.write_text(json.dumps({**json.loads(path.read_bytes()), key: value}), "utf-8")
    assert verify_record(folder).findings
