"""Signatures and anchors of a record: what they show, and that a spoiled one is named."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from store.anchors import add_signature, sign
from store.errors import VerificationError
from store.records import Signing, WrittenRecord, verify_record, write_record
from tests.store.anchors.owner import anchored, cut, needs_ssh_keygen, new_key, rebuild
from tests.store.records.case import OPTIONS, Case, full_case
from tests.store.records.test_verify import fix_manifest, run_script

pytestmark = needs_ssh_keygen


def proven(root: Path) -> tuple[Case, WrittenRecord, Path]:
    """Return a case whose record is signed and has a signed anchor, and the key."""
    case = full_case(root)
    key = new_key(root / "key")
    kept = anchored(case.workspace)
    add_signature(kept, sign(kept.raw, key)[0])
    case.log("note", "2026-11-20", "After the anchor")
    return case, write(case, root, Signing(key)), key


def write(case: Case, root: Path, signing: Signing | None = None) -> WrittenRecord:
    """Write a record for a court."""
    return write_record(case.workspace, "acme", OPTIONS, root / "out", signing=signing)


def said(written: WrittenRecord) -> dict[str, str]:
    """Return what the check of a record says, by part."""
    report = verify_record(written.folder)
    assert report.findings == ()
    return {part.name: part.said for part in report.parts}


def test_a_signed_and_anchored_record_says_both(tmp_path: Path) -> None:
    _, written, _ = proven(tmp_path)
    parts = said(written)
    assert written.signed.startswith("ED25519 key SHA256:")
    assert parts["signature"] == f"signed with {written.signed}"
    assert "entries 1 to 36 are the same" in parts["anchor"]
    assert f"signed with {written.signed}" in parts["anchor"]
    assert ", anchors: 1\n" in run_script(written.folder).stdout
    text = written.document.read_text("utf-8")
    assert "anchors: 1" in text
    assert "Anchors made of this docket" in text


def test_the_commands_of_the_guide_check_the_signature(tmp_path: Path) -> None:
    _, written, key = proven(tmp_path)
    guide = (written.folder / "VERIFY.md").read_text("utf-8")
    (tmp_path / "allowed").write_text(f"signer {key.with_suffix('.pub').read_text()}")
    commands = [
        line.strip().removesuffix("\\") + (after.strip() if line.rstrip().endswith("\\") else "")
        for line, after in zip(guide.split("\n"), guide.split("\n")[1:], strict=False)
        if line.startswith("    ssh-keygen")
    ]
    assert len(commands) == 2
    for command in commands:
        command = command.replace("../allowed_signers", str(tmp_path / "allowed"))
        done = subprocess.run(["bash", "-c", command], cwd=written.folder, check=False)
        assert done.returncode == 0, command


def test_a_spoiled_signature_is_named(tmp_path: Path) -> None:
    _, written, _ = proven(tmp_path)
    signature = written.folder / "manifest.json.sig"
    raw = bytearray(signature.read_bytes())
    raw[len(raw) // 2] ^= 0x01
    signature.write_bytes(raw)
    assert any("manifest.json.sig" in what for what in verify_record(written.folder).findings)


def test_a_signature_for_another_purpose_is_refused(tmp_path: Path) -> None:
    _, written, key = proven(tmp_path)
    manifest = (written.folder / "manifest.json").read_bytes()
    (written.folder / "manifest.json.sig").write_bytes(sign(manifest, key)[0])
    findings = verify_record(written.folder).findings
    assert findings == ("manifest.json.sig: it was made for another purpose than record@docket",)


@pytest.mark.parametrize("suffix", ["json", "json.sig"])
def test_one_changed_byte_in_an_anchor_is_named(tmp_path: Path, suffix: str) -> None:
    _, written, _ = proven(tmp_path)
    (path,) = (written.folder / "anchors").glob(f"*.{suffix}")
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 0x01
    path.write_bytes(raw)
    assert any(path.name in what for what in verify_record(written.folder).findings)
    script = run_script(written.folder)
    assert script.returncode == 1
    assert path.name in script.stdout


def test_a_rebuilt_chain_is_found_by_an_anchor_from_elsewhere(tmp_path: Path) -> None:
    case, written, _ = proven(tmp_path)
    (anchor,) = (written.folder / "anchors").glob("*.json")
    mailed = anchor.read_bytes()
    (case.workspace.root / "anchors" / "acme" / anchor.name).unlink()
    rebuild(case.workspace.path("acme"), "Asked to go on", "Asked to carry on")
    forged = write(Case.reopened(case), tmp_path / "forged")
    assert said(forged)["no anchor"] == "none"
    (forged.folder / "anchors").mkdir()
    (forged.folder / "anchors" / anchor.name).write_bytes(mailed)
    findings = " ".join(verify_record(forged.folder).findings)
    assert "the chain was rebuilt" in findings
    assert "is not what was anchored" in run_script(forged.folder).stdout


def test_a_cut_tail_is_found_by_an_anchor_from_elsewhere(tmp_path: Path) -> None:
    case, written, _ = proven(tmp_path)
    (anchor,) = (written.folder / "anchors").glob("*.json")
    mailed = anchor.read_bytes()
    (case.workspace.root / "anchors" / "acme" / anchor.name).unlink()
    cut(case.workspace.path("acme"), 5)
    forged = write(Case.reopened(case), tmp_path / "forged")
    (forged.folder / "anchors").mkdir()
    (forged.folder / "anchors" / anchor.name).write_bytes(mailed)
    findings = " ".join(verify_record(forged.folder).findings)
    assert "cut off its end" in findings


def test_a_docket_that_is_not_what_was_anchored_has_no_record(tmp_path: Path) -> None:
    case, _, _ = proven(tmp_path)
    rebuild(case.workspace.path("acme"), "Asked to go on", "Asked to carry on")
    with pytest.raises(VerificationError, match="the chain was rebuilt"):
        write(Case.reopened(case), tmp_path / "forged")
    assert not (tmp_path / "forged").exists()


def test_a_forger_who_fixes_the_manifest_loses_the_signature(tmp_path: Path) -> None:
    _, written, _ = proven(tmp_path)
    (exhibit,) = (written.folder / "exhibits").iterdir()
    exhibit.write_bytes(b"another paper")
    fix_manifest(written.folder)
    findings = verify_record(written.folder).findings
    assert "manifest.json.sig: the manifest or the signature was changed" in findings
