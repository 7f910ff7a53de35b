"""A changed record is found, wherever it was changed, even where the manifest was made to fit."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from store.errors import DocketError
from store.journal import LIMITS
from store.records import WrittenRecord, verify_record, write_record
from tests.store.records.case import OPTIONS, Case, full_case

_FILES = [
    "DOCUMENT",
    "chain.jsonl",
    "custody.jsonl",
    "VERIFY.md",
    "verify.py",
    "manifest.json",
    "exhibits/AB-1.pdf",
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> WrittenRecord:
    """Return one written record, for copies of it to be spoiled."""
    root = tmp_path_factory.mktemp("case")
    return write_record(full_case(root).workspace, "acme", OPTIONS, root / "out")


@pytest.fixture
def written(made: WrittenRecord, tmp_path: Path) -> WrittenRecord:
    """Return a copy that a test may spoil."""
    folder = tmp_path / made.folder.name
    shutil.copytree(made.folder, folder)
    return replace(made, folder=folder, document=folder / made.document.name)


def run_script(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the stand-alone check as a stranger would."""
    command = [sys.executable, "-I", "-S", "verify.py"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def named(written: WrittenRecord, name: str) -> Path:
    """Return a file of the record."""
    return written.document if name == "DOCUMENT" else written.folder / name


def fix_manifest(folder: Path) -> None:
    """Make the manifest fit the files again, as a forger would."""
    path = folder / "manifest.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    for file in content["files"]:
        data = (folder / file["path"]).read_bytes()
        file["sha256"], file["size"] = hashlib.sha256(data).hexdigest(), len(data)
    path.write_bytes(json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n")
    fix_sums(folder)


def fix_sums(folder: Path) -> None:
    """Make SHA256SUMS fit the manifest again, where the layout has one."""
    manifest = (folder / "manifest.json").read_bytes()
    sums = {one["path"]: one["sha256"] for one in json.loads(manifest)["files"]}
    for name in ("manifest.json", "manifest.json.sig"):
        if (folder / name).exists():
            sums[name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    if (folder / "SHA256SUMS").exists():
        lines = "".join(f"{sums[name]}  {name}\n" for name in sorted(sums))
        (folder / "SHA256SUMS").write_text(lines, "utf-8")


def test_a_whole_record_is_whole(written: WrittenRecord) -> None:
    report = verify_record(written.folder)
    assert report.findings == ()
    assert report.ok
    assert report.limits == LIMITS
    assert len(report.checked) == 5
    script = run_script(written.folder)
    assert script.returncode == 0, script.stdout + script.stderr
    assert script.stdout.startswith("whole: 7 files, 36 entries")


def test_what_has_another_size_is_told_without_reading_it(written: WrittenRecord) -> None:
    """Fifty gigabytes of nothing in place of a page."""
    with (written.folder / "exhibits" / "AB-1.pdf").open("ab") as file:
        file.truncate(50 << 30)
    report = verify_record(written.folder)
    assert "exhibits/AB-1.pdf: not what manifest.json lists, one was changed" in report.findings


def test_a_chain_of_nothing_but_lines_is_no_chain(written: WrittenRecord) -> None:
    chain = written.folder / "chain.jsonl"
    chain.write_bytes(chain.read_bytes() + b"\n" * 3_000_000)
    report = verify_record(written.folder)
    assert "chain.jsonl: damaged, its lines are too short to be entries" in report.findings
    assert len(report.findings) < 5


@pytest.mark.parametrize("name", _FILES)
@pytest.mark.parametrize("place", [0.02, 0.5, 0.97])
def test_one_flipped_byte_is_found_and_its_file_named(
    written: WrittenRecord, name: str, place: float
) -> None:
    path = named(written, name)
    data = bytearray(path.read_bytes())
    data[int(len(data) * place)] ^= 0x01
    path.write_bytes(data)
    report = verify_record(written.folder)
    assert not report.ok
    assert any(path.name in finding for finding in report.findings)


@pytest.mark.parametrize("name", ["DOCUMENT", "chain.jsonl", "VERIFY.md", "exhibits/AB-1.pdf"])
def test_the_short_script_finds_a_flipped_byte_too(written: WrittenRecord, name: str) -> None:
    path = named(written, name)
    data = bytearray(path.read_bytes())
    word = {"chain.jsonl": b"Asked", "exhibits/AB-1.pdf": b"agree"}.get(name, b"entr")
    at = data.index(word)
    data[at] ^= 0x01
    path.write_bytes(data)
    script = run_script(written.folder)
    assert script.returncode == 1
    assert path.name in script.stdout


def test_one_changed_word_is_found(written: WrittenRecord) -> None:
    text = written.document.read_text(encoding="utf-8")
    assert text.count("Asked to go on") == 1
    written.document.write_text(text.replace("Asked to go on", "Asked to stay on"), "utf-8")
    report = verify_record(written.folder)
    assert not report.ok
    assert all(written.document.name in finding for finding in report.findings)
    assert run_script(written.folder).returncode == 1


def test_one_changed_word_is_found_though_the_manifest_fits(written: WrittenRecord) -> None:
    for old, new in [("Asked to go on", "Asked to stay on"), ("EUR 850.25", "EUR 950.25")]:
        text = written.document.read_text(encoding="utf-8")
        written.document.write_text(text.replace(old, new), "utf-8")
        fix_manifest(written.folder)
        report = verify_record(written.folder)
        assert not report.ok
        assert len(report.findings) == 1
        assert report.findings[0].startswith(f"{written.document.name}: changed, line ")
    # The short script compares hashes and quotes; VERIFY.md says so.
    assert run_script(written.folder).returncode == 0
    assert "compare only" in (written.folder / "VERIFY.md").read_text("utf-8")


@pytest.mark.parametrize("name", ["VERIFY.md", "verify.py"])
def test_a_changed_guide_is_found_though_the_manifest_fits(
    written: WrittenRecord, name: str
) -> None:
    path = written.folder / name
    path.write_bytes(path.read_bytes() + b"\n# more\n")
    fix_manifest(written.folder)
    assert any(f.startswith(f"{name}: changed") for f in verify_record(written.folder).findings)


def test_an_exchanged_exhibit_is_found_though_the_manifest_fits(written: WrittenRecord) -> None:
    (written.folder / "exhibits" / "AB-1.pdf").write_bytes(b"another agreement")
    fix_manifest(written.folder)
    findings = verify_record(written.folder).findings
    assert any("exhibits/AB-1.pdf: not the file that entry 2 names" in f for f in findings)


def test_a_fact_changed_in_chain_and_document_is_found(written: WrittenRecord) -> None:
    for name in ("DOCUMENT", "chain.jsonl"):
        path = named(written, name)
        path.write_text(path.read_text("utf-8").replace("Asked to go on", "Asked to stay"), "utf-8")
    fix_manifest(written.folder)
    findings = verify_record(written.folder).findings
    assert any(f.startswith("chain.jsonl: entry 14 was changed") for f in findings)
    assert run_script(written.folder).returncode == 1


def test_a_cut_tail_is_found_by_the_printed_head(written: WrittenRecord) -> None:
    path = written.folder / "chain.jsonl"
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join([*lines[:-2], b""]))
    fix_manifest(written.folder)
    findings = verify_record(written.folder).findings
    assert any(f.startswith("manifest.json: its head") for f in findings)
    assert any("the head it prints" in f for f in findings)


def test_missing_and_extra_files_are_named(written: WrittenRecord) -> None:
    (written.folder / "exhibits" / "AB-1.pdf").unlink()
    (written.folder / "exhibits" / "other.txt").write_bytes(b"x")
    (written.folder / "link").symlink_to("manifest.json")
    findings = verify_record(written.folder).findings
    for wanted in (
        "exhibits/AB-1.pdf: missing",
        "exhibits/other.txt: not in the manifest",
        "link: not in the manifest",
    ):
        assert wanted in findings
    script = run_script(written.folder)
    assert script.returncode == 1
    assert "exhibits/AB-1.pdf: missing" in script.stdout


@pytest.mark.parametrize("name", ["chain.jsonl", "DOCUMENT", "VERIFY.md"])
def test_a_file_replaced_by_a_link_is_not_followed(written: WrittenRecord, name: str) -> None:
    path = named(written, name)
    aside = written.folder.parent / "aside"
    path.rename(aside)
    path.symlink_to(aside)
    assert f"{path.name}: not a plain file" in verify_record(written.folder).findings


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[]", b"null", b'{"format": 1}', b"\xff", b'{"format":1,"layout":1,"files":3}'],
)
def test_a_broken_manifest_is_a_finding(written: WrittenRecord, content: bytes) -> None:
    (written.folder / "manifest.json").write_bytes(content)
    findings = verify_record(written.folder).findings
    assert findings
    assert all(finding.startswith("manifest.json: damaged") for finding in findings)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("options", {}),
        ("options", {"purpose": "court", "since": "x", "until": None, "prepared_by": "A"}),
        ("left_out", {"internal": 9}),
        ("left_out", {"internal": 2}),
        ("left_out", {"internal": 1, "redacted": 1}),
        ("made_at", "2026-11-23T12:00:00+00:00"),
        ("made_at", "2026-11-22T12:00:00"),
        ("client", "other"),
        ("document", "../../etc/passwd"),
        ("head", None),
        ("format", 3),
        ("redacted", [35]),
        ("layout", 99),
        ("exhibits_not_here", [{}]),
    ],
)
def test_a_changed_manifest_is_found(written: WrittenRecord, key: str, value: object) -> None:
    path = written.folder / "manifest.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content[key] = value
    path.write_bytes(json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n")
    assert not verify_record(written.folder).ok


def test_what_each_check_shows_and_does_not_is_said(written: WrittenRecord) -> None:
    report = verify_record(written.folder)
    names = [part.name for part in report.parts]
    assert names == [
        "files",
        "no signature",
        "chain",
        "no anchor",
        "custody",
        "document",
        "exhibits",
    ]
    assert all(part.shows and part.does_not for part in report.parts)
    assert "cut at its end" in next(p for p in report.parts if p.name == "no anchor").shows
    guide = (written.folder / "VERIFY.md").read_text("utf-8")
    for part in report.parts:
        if not part.name.startswith("no "):
            assert f"| {part.name} | {part.shows} | {part.does_not} |" in guide


def test_no_folder_is_an_error_and_an_empty_one_a_finding(tmp_path: Path) -> None:
    with pytest.raises(DocketError, match="cannot be read"):
        verify_record(tmp_path / "nowhere")
    assert verify_record(tmp_path).findings == ("manifest.json: missing",)


def test_a_fifo_does_not_hang_the_check(written: WrittenRecord) -> None:
    os.mkfifo(written.folder / "pipe")
    assert "pipe: not in the manifest" in verify_record(written.folder).findings


def test_names_in_findings_cannot_drive_a_terminal(written: WrittenRecord) -> None:
    (written.folder / "\x1b]52;c;AAAA\x07\n[red]").write_bytes(b"")
    (written.folder / os.fsdecode(b"\xff")).write_bytes(b"")
    findings = verify_record(written.folder).findings
    assert len(findings) == 2
    assert all(finding.isprintable() for finding in findings)
    script = run_script(written.folder)
    assert script.returncode == 1
    assert all(line.isprintable() for line in script.stdout.splitlines())
    assert "Traceback" not in script.stderr


def test_every_purpose_verifies(tmp_path: Path) -> None:
    from store.records import PURPOSES, RecordOptions

    case: Case = full_case(tmp_path)
    for purpose in PURPOSES:
        options = RecordOptions(purpose, None, None, "Ann Berg")
        written = write_record(case.workspace, "acme", options, tmp_path / "out")
        assert verify_record(written.folder).findings == ()
        assert run_script(written.folder).returncode == 0
