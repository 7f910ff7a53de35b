"""Signing a file with the user's own SSH key, and telling what a signature shows."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from store.anchors.anchor import AnchorError
from store.errors import UsageError

NAMESPACE: Final = "anchor@docket"
"""What an anchor's signature is for; `ssh-keygen` refuses one made for anything else."""

SHOWS: Final = (
    "A signature shows that the holder of that key stands by the anchor; not when, not who "
    "holds the key, and its holder can sign a rebuilt docket too"
)

_KEYS = ("id_ed25519", "id_ed25519_sk", "id_ecdsa", "id_ecdsa_sk", "id_rsa")
_KEY = re.compile(rb" with (\S+ key \S+)")
_LISTED = re.compile(rb"\d+ (SHA256:\S+) .*\(([\w-]+)\)", re.S)
_SECONDS = 20  # a check asks nobody anything; a signature may wait for a passphrase


class NoToolError(AnchorError):
    """`ssh-keygen` is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "Signatures need ssh-keygen", "it is not installed", "Install OpenSSH's client tools"
        )


@dataclass(frozen=True, slots=True)
class Signed:
    """What a signature turned out to be; `ok` is None where it could not be checked."""

    ok: bool | None
    said: str


def sign(
    data: bytes,
    key: Path | None = None,
    *,
    namespace: str = NAMESPACE,
    what: str = "anchor",
) -> tuple[bytes, str]:
    """Return the SSH signature of `data` and the key it was made with, such as `ED25519 key ...`.

    `namespace` is what the signature is for, `what` names the signed thing to the user.

    Without `key` the first of the usual files in ~/.ssh is taken, else the agent's first key;
    a key that the agent holds is used through it. ssh-keygen itself asks for a passphrase, on
    the terminal. Raises UsageError where there is no such key, AnchorError where it fails.
    """
    if key is not None and not key.is_file():
        raise UsageError(f"There is no SSH key {key}", "", "Name a key file with --sign KEY")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        chosen = key or _usual_key() or _agent_key(folder)
        target = folder / f"{what}.json"
        target.write_bytes(data)
        # Data on stdin would keep ssh-keygen from asking for a passphrase there.
        command = ["-Y", "sign", "-n", namespace, "-f", str(chosen), str(target)]
        done = _ssh_keygen(command, None, None)
        signature = target.with_name(f"{target.name}.sig")
        if done.returncode or not signature.exists():
            raise AnchorError(
                f"The {what} was not signed with {key or _named(chosen, folder)}",
                _last_line(done.stderr) or "ssh-keygen did not say why",
                "Check the key, or name another with --sign KEY",
            )
        made = check(data, signature, namespace=namespace, what=what)
        if not made.ok:
            raise AnchorError("The new signature does not verify", made.said, "Try another key")
        return signature.read_bytes(), made.said


def key_of(key: Path | None = None) -> str:
    """Return the key that `sign` takes, such as `ED25519 key SHA256:...`, before it is used.

    Raises as `sign` does, and AnchorError where the key cannot be told without its passphrase.
    """
    if key is not None and not key.is_file():
        raise UsageError(f"There is no SSH key {key}", "", "Name a key file with --sign KEY")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        chosen = key or _usual_key() or _agent_key(folder)
        done = _ssh_keygen(["-l", "-f", str(chosen)], None, _SECONDS)
        found = _LISTED.fullmatch(done.stdout.strip())
        if not found:
            raise AnchorError(
                f"The fingerprint of {key or _named(chosen, folder)} cannot be told",
                _last_line(done.stderr) or "ssh-keygen did not say why",
                f"Put its public key beside it, as {chosen.name}.pub",
            )
        return f"{found[2].decode()} key {found[1].decode()}"


def check(
    data: bytes, signature: Path, *, namespace: str = NAMESPACE, what: str = "anchor"
) -> Signed:
    """Check a signature file against `data`; `said` is the key, or what is wrong.

    Whose key it is, is not checked: nobody told us (`check-novalidate`).
    """
    if signature.is_symlink() or not signature.is_file():
        return Signed(False, "it is no regular file")
    command = ["-Y", "check-novalidate", "-n", namespace, "-s", str(signature)]
    try:
        done = _ssh_keygen(command, data, _SECONDS)
    except NoToolError as error:
        return Signed(None, error.why)
    except subprocess.TimeoutExpired:
        return Signed(None, "ssh-keygen did not answer")
    found = _KEY.search(done.stdout)
    if done.returncode == 0 and found:
        return Signed(True, found[1].decode("ascii", "replace"))
    if b"namespace does not match" in done.stderr:
        return Signed(False, f"it was made for another purpose than {namespace}")
    if b"incorrect signature" in done.stderr:
        return Signed(False, f"the {what} or the signature was changed")
    return Signed(False, f"it cannot be read ({_last_line(done.stderr)})")


def _usual_key() -> Path | None:
    folder = Path.home() / ".ssh"
    # A public key alone will do where the agent, or a token, holds the other half.
    names = (name for key in _KEYS for name in (key, f"{key}.pub"))
    return next((folder / name for name in names if (folder / name).is_file()), None)


def _agent_key(folder: Path) -> Path:
    """Write the agent's first public key into `folder`, for ssh-keygen to ask the agent by."""
    try:
        done = subprocess.run(["ssh-add", "-L"], capture_output=True, timeout=_SECONDS, check=False)
        listed = done.stdout if done.returncode == 0 else b""
    except (FileNotFoundError, subprocess.TimeoutExpired):
        listed = b""
    if not listed.strip():
        raise UsageError(
            "There is no SSH key to sign with",
            "none in ~/.ssh and none in an agent",
            "Make one with `ssh-keygen -t ed25519`, or name one with --sign KEY",
        )
    path = folder / "agent.pub"
    path.write_bytes(listed.splitlines()[0] + b"\n")
    return path


def _named(key: Path, folder: Path) -> str:
    return "the agent's key" if key.parent == folder else str(key)


def _ssh_keygen(
    words: Sequence[str], data: bytes | None, timeout: float | None
) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["ssh-keygen", *words], input=data, capture_output=True, timeout=timeout, check=False
        )
    except FileNotFoundError as error:
        raise NoToolError from error


def _last_line(stderr: bytes) -> str:
    lines = [line.strip() for line in stderr.decode("utf-8", "replace").splitlines()]
    return next((line.rstrip(".") for line in reversed(lines) if line), "")
