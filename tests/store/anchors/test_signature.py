"""Signatures by the real ssh-keygen: made, checked, and refused when anything is another."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from store.anchors import AnchorError, sign
from store.anchors.signature import NAMESPACE, NoToolError, Signed, check
from store.errors import UsageError
from tests.store.anchors.owner import needs_ssh_keygen, new_key

DATA = b"an anchor\n"
REPO = Path(__file__).parents[3]

pytestmark = needs_ssh_keygen


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without keys, and no agent."""
    (tmp_path / "home" / ".ssh").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    monkeypatch.setenv("SSH_ASKPASS_REQUIRE", "never")
    return tmp_path / "home"


def test_a_signature_is_made_and_checked(tmp_path: Path, home: Path) -> None:
    key = new_key(tmp_path / "key")
    signature, name = sign(DATA, key)
    listed = subprocess.run(
        ["ssh-keygen", "-lf", str(key)], capture_output=True, text=True, check=True
    )
    assert name == f"ED25519 key {listed.stdout.split()[1]}"
    file = tmp_path / "x.sig"
    file.write_bytes(signature)
    assert check(DATA, file) == Signed(True, name)
    allowed = tmp_path / "allowed"
    allowed.write_text(f"me {key.with_suffix('.pub').read_text()}")
    words = ["verify", "-f", str(allowed), "-I", "me", "-n", NAMESPACE, "-s", str(file)]
    assert subprocess.run(["ssh-keygen", "-Y", *words], input=DATA, check=False).returncode == 0


def test_one_changed_byte_is_found(tmp_path: Path, home: Path) -> None:
    signature, _ = sign(DATA, new_key(tmp_path / "key"))
    file = tmp_path / "x.sig"
    file.write_bytes(signature)
    for at in range(len(DATA)):
        changed = DATA[:at] + bytes([DATA[at] ^ 1]) + DATA[at + 1 :]
        found = check(changed, file)
        assert (found.ok, "changed" in found.said) == (False, True)
    body = signature.index(b"\n") + 40
    file.write_bytes(signature[:body] + b"!" + signature[body + 1 :])
    assert check(DATA, file).ok is False
    file.write_bytes(b"")
    assert check(DATA, file).ok is False


def test_a_signature_for_another_purpose_is_refused(tmp_path: Path, home: Path) -> None:
    key, file = new_key(tmp_path / "key"), tmp_path / "file"
    file.write_bytes(DATA)
    subprocess.run(
        ["ssh-keygen", "-q", "-Y", "sign", "-n", "file", "-f", str(key), str(file)], check=True
    )
    found = check(DATA, tmp_path / "file.sig")
    assert found.ok is False
    assert "another purpose" in found.said


def test_what_is_no_file_is_no_signature(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", tmp_path / "none"):
        assert check(DATA, path).ok is False


def test_the_usual_key_is_found(home: Path) -> None:
    with pytest.raises(UsageError, match="There is no SSH key to sign with"):
        sign(DATA)
    new_key(home / ".ssh" / "id_rsa")  # by its name; what is in it ssh-keygen knows
    older = sign(DATA)[1]
    new_key(home / ".ssh" / "id_ed25519")
    assert sign(DATA)[1] != older


def test_a_missing_or_locked_key_is_one_clear_line(tmp_path: Path, home: Path) -> None:
    with pytest.raises(UsageError, match=r"There is no SSH key .*none"):
        sign(DATA, tmp_path / "none")
    (tmp_path / "text").write_text("no key")
    locked = new_key(tmp_path / "locked", "a passphrase")
    # A session of its own has no terminal on which ssh-keygen could ask for the passphrase.
    code = (
        "import sys; from pathlib import Path; from store.anchors import sign, AnchorError\n"
        "try: sign(b'x', Path(sys.argv[1]))\n"
        "except AnchorError as error: print(error)"
    )
    for path in (tmp_path / "text", locked):
        done = subprocess.run(
            [sys.executable, "-c", code, str(path)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            start_new_session=True,
            timeout=60,
            check=True,
            cwd=REPO,
        )
        assert done.stdout.startswith(f"The anchor was not signed with {path}: ")
        assert done.stdout.count("\n") == 1


@pytest.mark.skipif(shutil.which("ssh-agent") is None, reason="ssh-agent is not installed")
def test_a_key_in_the_agent_is_used(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = new_key(tmp_path / "key")
    known = sign(DATA, key)[1]
    started = subprocess.run(["ssh-agent", "-s"], capture_output=True, text=True, check=True)
    found = dict(re.findall(r"(SSH_\w+)=([^;]+);", started.stdout))
    try:
        monkeypatch.setenv("SSH_AUTH_SOCK", found["SSH_AUTH_SOCK"])
        subprocess.run(["ssh-add", "-q", str(key)], check=True)
        key.unlink()
        assert sign(DATA)[1] == known  # no file in ~/.ssh: the agent's first key
        assert sign(DATA, key.with_suffix(".pub"))[1] == known
    finally:
        os.kill(int(found["SSH_AGENT_PID"]), 15)


def test_without_ssh_keygen_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = new_key(tmp_path / "key")
    file = tmp_path / "x.sig"
    file.write_bytes(sign(DATA, key)[0])
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoToolError, match="not installed"):
        sign(DATA, key)
    found = check(DATA, file)
    assert (found.ok, found.said) == (None, "it is not installed")
    assert issubclass(NoToolError, AnchorError)
