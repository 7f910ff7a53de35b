"""What only the owner of a docket can do to it, and no hash alone can show."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from store.anchors import Anchor, KeptAnchor, Shelf, anchor_time, check_docket
from store.journal.chain import dump_line, entry_hash, read_line
from store.workspace import Workspace
from tests.store.building import NOON

needs_ssh_keygen = pytest.mark.skipif(
    shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed"
)


def rebuild(path: Path, old: str, new: str) -> None:
    """Change text in a journal and hash everything after it again, header and seeds kept."""
    header, *rows = path.read_bytes().splitlines(keepends=True)
    prev, out = "", [header]
    for row in rows:
        line = read_line(row.replace(old.encode(), new.encode()))
        prev = prev or line.prev
        hashed = entry_hash(prev, line.seq, line.seed, line.fields)
        out.append(dump_line(line._replace(prev=prev, hash=hashed)) + b"\n")
        prev = hashed
    path.write_bytes(b"".join(out))


def cut(path: Path, entries: int) -> None:
    """Cut entries off the end."""
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-entries]))


def log(workspace: Workspace, *statements: str) -> None:
    """Log notes about acme."""
    for statement in statements:
        workspace.log(workspace.draft("acme", "note", statement))


def anchored(workspace: Workspace) -> KeptAnchor:
    """Keep an anchor of acme as it stands."""
    checked = check_docket(workspace.path("acme"), root=workspace.root)
    assert checked.ok, checked
    shelf = Shelf(workspace.root)
    kept = shelf.place(
        Anchor("acme", checked.count, checked.head, anchor_time(NOON), checked.genesis)
    )
    shelf.keep(kept)
    return kept


def new_key(path: Path, passphrase: str = "") -> Path:
    """Make an SSH key."""
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-C", "", "-N", passphrase, "-f", str(path)]
    subprocess.run(command, check=True)
    return path
