"""A record's folder in the hands of a stranger: every command of VERIFY.md, and what each finds."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

import store.recheck
from store.recheck.sums import main
from store.records import PURPOSES, RecordOptions, verify_record, write_record
from store.records.folder.scripts import sums_script
from store.records.folder.write import Signing, WrittenRecord
from store.sample import write_sample
from store.workspace import Workspace
from tests.examples import swept
from tests.store.anchors.owner import anchored, needs_ssh_keygen, new_key
from tests.store.records.case import NOW
from tests.store.records.recomputing import RECORDS
from tests.store.records.test_verify import fix_manifest, run_script
from tests.store.records.year import year

TOTAL, LATE = "EUR 2,541.99", "EUR 2,302.50"
needs_sha256sum = pytest.mark.skipif(
    shutil.which("sha256sum") is None, reason="sha256sum is not installed"
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A year with an anchor."""
    case = year(tmp_path_factory.mktemp("stranger"))
    anchored(case.workspace)
    return case.workspace


@pytest.fixture(scope="module")
def original(workspace: Workspace) -> Path:
    """The folder of an unsigned record with its page for printing."""
    out = workspace.root.parent / "out"
    return write_record(workspace, "acme", RECORDS["period"], out).folder


@pytest.fixture(scope="module")
def signed(workspace: Workspace) -> WrittenRecord:
    """A signed record; its key lies in the folder above."""
    key = new_key(workspace.root.parent / "key")
    out = workspace.root.parent / "signed"
    return write_record(workspace, "acme", RECORDS["court"], out, signing=Signing(key))


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    """A copy to be spoiled."""
    return shutil.copytree(original, tmp_path / original.name)


def check_sums(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the script as a stranger would, in an empty environment."""
    command = [sys.executable, "-I", "-S", "check_sums.py"]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, env={}, check=False, encoding="utf-8"
    )


def commands(folder: Path) -> list[str]:
    """Return the commands of VERIFY.md, each as it stands there."""
    text = (folder / "VERIFY.md").read_text("utf-8")
    blocks = re.findall(r"(?:^    .*\n)+", text, re.M)
    return [re.sub("^    ", "", block, flags=re.M).rstrip() for block in blocks]


def in_shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Type a command."""
    return subprocess.run(
        ["sh", "-c", command], cwd=folder, capture_output=True, text=True, check=False
    )


def page(folder: Path, suffix: str = ".md") -> Path:
    """Return the record itself."""
    return next(folder.glob(f"2*{suffix}"))


def forge(folder: Path, old: str, new: str, suffix: str = ".md", at: int = -1) -> None:
    """Change words, one occurrence or all, and make manifest and list fit."""
    path = page(folder, suffix)
    text = path.read_text("utf-8")
    assert old in text
    if at < 0:
        text = text.replace(old, new)
    else:
        parts = text.split(old)
        text = old.join(parts[: at + 1]) + new + old.join(parts[at + 1 :])
    path.write_text(text, "utf-8")
    fix_manifest(folder)


@needs_sha256sum
@needs_ssh_keygen
def test_every_command_of_the_page_does_as_it_says(signed: WrittenRecord, tmp_path: Path) -> None:
    folder = shutil.copytree(signed.folder, tmp_path / signed.folder.name)
    assert signed.signed.startswith("ED25519 key SHA256:")
    typed = [one for one in commands(folder) if one.startswith(("sha256sum", "python3"))]
    said = {one.split()[0]: in_shell(one, folder) for one in typed}
    assert said["sha256sum"].returncode == 0
    names = {line.removesuffix(": OK") for line in said["sha256sum"].stdout.splitlines()}
    there = {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()}
    assert names == there - {"SHA256SUMS"}
    assert said["python3"].returncode == 0
    assert TOTAL.removeprefix("EUR ") in said["python3"].stdout
    key = (signed.folder.parent.parent / "key.pub").read_text("ascii")
    novalidate, verify = (one for one in commands(folder) if one.startswith("ssh-keygen"))
    assert in_shell(verify, folder).returncode != 0
    (tmp_path / "allowed_signers").write_text(f"signer {key}", "ascii")
    assert in_shell(novalidate, folder).stdout.split(" with ")[1].strip() == signed.signed
    assert in_shell(verify, folder).stdout.startswith('Good "record@docket" signature for signer')
    assert verify_record(folder).ok  # the list of signers is beside it, not in it


@needs_ssh_keygen
def test_a_signed_anchor_is_checked_by_the_command_given(
    workspace: Workspace, signed: WrittenRecord, tmp_path: Path
) -> None:
    folder = shutil.copytree(signed.folder, tmp_path / signed.folder.name)
    (loop,) = (one for one in commands(folder) if one.startswith("for "))
    assert in_shell(loop, folder).stdout == ""
    (anchor,) = (folder / "anchors").glob("*.json")
    key = workspace.root.parent / "key"
    sign = ["ssh-keygen", "-q", "-Y", "sign", "-n", "anchor@docket", "-f", str(key), str(anchor)]
    subprocess.run(sign, check=True, capture_output=True)
    assert in_shell(loop, folder).stdout.startswith('Good "anchor@docket" signature with ED25519')
    anchor.write_bytes(anchor.read_bytes() + b" ")
    assert "Could not verify" in in_shell(loop, folder).stdout + in_shell(loop, folder).stderr


@needs_ssh_keygen
def test_the_paper_names_the_key_and_is_held_to_it(signed: WrittenRecord, tmp_path: Path) -> None:
    text = signed.document.read_text("utf-8")
    assert text.count(f"Signed with the `{signed.signed}`") == 2  # how it is kept, and by the pen
    assert signed.signed in (signed.folder / "VERIFY.md").read_text("utf-8")
    bare = shutil.copytree(signed.folder, tmp_path / "bare")
    (bare / "manifest.json.sig").unlink()
    fix_manifest(bare)
    assert any("says it is by ED25519" in one for one in verify_record(bare).findings)
    assert "manifest.json.sig: by nobody" in run_script(bare).stdout
    other = shutil.copytree(signed.folder, tmp_path / "other")
    (other / "manifest.json.sig").unlink()
    key = new_key(tmp_path / "another")
    sign = ["ssh-keygen", "-q", "-Y", "sign", "-n", "record@docket", "-f", str(key)]
    subprocess.run([*sign, str(other / "manifest.json")], check=True, capture_output=True)
    fix_manifest(other)
    assert any("and the record names ED25519" in one for one in verify_record(other).findings)
    assert "the record names ED25519" in run_script(other).stdout


def test_what_an_unsigned_manifest_cannot_show_is_said(folder: Path) -> None:
    forge(folder, TOTAL, "EUR 9,541.99")
    said = run_script(folder)
    assert said.returncode == 0
    lines = said.stdout.splitlines()
    assert lines[0].startswith("whole: ")
    assert lines[1].startswith("not signed: whoever changed this folder and its manifest to fit")
    assert "check_sums.py is for sums" in lines[2]
    assert not verify_record(folder).ok


def test_the_sums_of_a_whole_record_are_said(folder: Path) -> None:
    said = check_sums(folder)
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.splitlines() == [
        "EUR: billed 6,972.50, paid on these invoices 4,030.00, owed 2,942.50, owed after its due "
        "date 2,302.50, owed and not yet due 640.00, in dispute 320.00, interest 123.99, fixed "
        "sums 80.00, costs 35.50, counted as paid in all 4,030.00, claimed 2,541.99",
        "every sum printed follows from the entries shown",
    ]


@pytest.mark.parametrize(
    ("old", "new", "suffix", "said"),
    [
        (TOTAL, "EUR 2,541.98", ".md", "EUR 2,541.98 does not follow from the entries"),
        (TOTAL, "EUR 9,541.99", ".html", "EUR 9,541.99 does not follow from the entries"),
        (TOTAL, "USD 2,541.99", ".md", "USD 2,541.99 does not follow from the entries"),
        (TOTAL, LATE, ".md", "claimed, EUR 2,541.99, stands nowhere"),
        (LATE, "EUR 4,030.00", ".md", "owed after its due date, EUR 2,302.50, stands nowhere"),
        ("EUR 35.50", "35,51 EUR", ".md", "EUR 35,51 does not follow from the entries"),
        ("EUR 1,530.00 received", "EUR 2,720.00 received", ".md", "EUR 2,720.00 does not follow"),
        ("HV-2: EUR 2,082.50, due", "HV-2: EUR 1,530.00, due", ".md", "EUR 1,530.00 does not"),
    ],
)
def test_a_changed_sum_is_found_though_all_was_made_to_fit(
    folder: Path, old: str, new: str, suffix: str, said: str
) -> None:
    forge(folder, old, new, suffix)
    assert run_script(folder).returncode == 0
    found = check_sums(folder)
    assert found.returncode == 1
    assert said in found.stdout


def test_no_sum_of_one_invoice_passes_for_that_of_another(folder: Path) -> None:
    text = page(folder).read_text("utf-8")
    row = next(line for line in text.splitlines() if re.match(r"\| HV-3 .*EUR 2,720.00", line))
    forge(folder, row, row.replace("EUR 2,720.00", "EUR 2,082.50"))
    assert "EUR 2,082.50 does not follow from the entries" in check_sums(folder).stdout


_FILES = """2*.md 2*.html chain.jsonl VERIFY.md verify.py check_sums.py custody.jsonl manifest.json
SHA256SUMS exhibits/* anchors/*""".split()


@pytest.mark.parametrize(
    ("change", "name"), swept([*product(["flip", "cut", "more", "gone"], _FILES)], 15)
)
def test_each_kind_of_change_to_each_file_is_found(folder: Path, name: str, change: str) -> None:
    path = min(folder.glob(name))
    data = path.read_bytes()
    _CHANGES[change](path, data, len(data) // 2)
    found = verify_record(folder).findings
    named = name if name != "manifest.json" else ""  # where it is damaged others do not fit it
    assert any(Path(one.split(": ")[0]).match(named or "*") for one in found), found
    if change == "flip":
        assert run_script(folder).returncode == 1
        if shutil.which("sha256sum") and name != "SHA256SUMS":
            assert in_shell("sha256sum -c SHA256SUMS", folder).returncode == 1


_CHANGES: dict[str, Callable[[Path, bytes, int], object]] = {
    "flip": lambda path, data, at: path.write_bytes(
        data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
    ),
    "cut": lambda path, data, at: path.write_bytes(data[:-1]),
    "more": lambda path, data, at: path.write_bytes(data + b"\n"),
    "gone": lambda path, data, at: path.unlink(),
}


def test_an_entry_that_was_changed_is_found_by_the_sums_too(folder: Path) -> None:
    path = folder / "chain.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"amount":"1530.00"', b'"amount":"9530.00"'))
    fix_manifest(folder)
    found = check_sums(folder)
    assert (found.returncode, found.stderr) == (1, "")
    assert found.stdout.startswith("chain.jsonl: acme: hash of entry 11")


@pytest.mark.parametrize("name", ["manifest.json", "chain.jsonl", "document"])
@pytest.mark.parametrize(
    "data", [b"", b"[]\n", b"{}\n{}\n", b"5\n", b"\xff\xfe\n", b"[" * 200_000, None]
)
def test_nothing_in_the_folder_trips_the_sums(folder: Path, name: str, data: bytes | None) -> None:
    path = page(folder) if name == "document" else folder / name
    path.unlink()
    if data is not None:
        path.write_bytes(data)
    found = check_sums(folder)
    assert (found.returncode, found.stderr) == (1, "")
    assert found.stdout


@pytest.mark.parametrize("module", ["json", "html", "datetime", "fractions"])
def test_nothing_else_in_the_folder_is_run(folder: Path, module: str) -> None:
    (folder / f"{module}.py").write_text("print('all is well'); raise SystemExit(0)\n")
    for words in (["-I"], []):
        command = [sys.executable, *words, "check_sums.py"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert "all is well" not in done.stdout
        assert done.stdout.endswith("follows from the entries shown\n")


def test_the_script_is_one_file_that_an_old_python_reads() -> None:
    tree = ast.parse(sums_script(), feature_version=(3, 9))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            assert {one.name for one in node.names} <= sys.stdlib_module_names
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0
            assert str(node.module).partition(".")[0] in sys.stdlib_module_names
    named = [node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    assert len(named) == len(set(named))  # no module of it covers a name of another


@pytest.mark.slow
def test_the_sums_of_every_sample_client_follow(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = write_sample(tmp_path / "work", NOW)
    for client in workspace.client_ids():
        for purpose in PURPOSES:
            options = RecordOptions(purpose, None, None, "Jo Ek")
            made = write_record(workspace, client, options, tmp_path / "out")
            assert main(made.folder) == 0, capsys.readouterr().out


def test_every_module_of_the_sums_is_in_the_script() -> None:
    there = {path.stem for path in Path(store.recheck.__file__).parent.glob("*.py")}
    told = re.findall(r"^# --- (\w+): ", sums_script().decode(), re.M)
    assert {*told, "__init__"} == there
