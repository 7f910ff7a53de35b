"""A workspace with something of everything in it, and backups taken apart and put together."""

from __future__ import annotations

import json
import os
import resource
import stat
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from store.anchors import Anchor, Shelf, add_query, anchor_time
from store.evidence.exhibits import Exhibits
from store.private.model import CheckIn
from store.upkeep.archive import BACKUP_MANIFEST
from store.workspace import Workspace
from tests.store.building import NOON, FixedClock, workspace

REPO = Path(__file__).parents[2]
PRIVATE_MARKS = (b"dread-mark", b"draft-mark", b"unsent-mark", b"bolt-dread-mark")
Files = dict[str, bytes]


def attach(made: Workspace, client: str, *contents: bytes) -> list[str]:
    """Log an entry with these files as exhibits; return their hashes."""
    keep = Exhibits(made.root / "exhibits")
    kept = [keep.keep_stream(BytesIO(content), f"{client}.txt") for content in contents]
    made.log(made.draft(client, "note", f"{client} sent files", exhibits=kept))
    return [exhibit.sha256 for exhibit in kept]


def full(folder: Path, clock: FixedClock | None = None) -> Workspace:
    """Return a workspace of two clients, acme and bolt, with private things and drafts of both."""
    made = workspace(folder, clock or FixedClock())
    made.new_client("bolt", [made.draft("bolt", "client", "", data={"name": "Bolt & Co"})])
    made.log(made.draft("acme", "pay-later", "الفاتورة لم تُدفع بعد"))
    attach(made, "acme", b"only of the first", b"of both")
    attach(made, "bolt", b"of both", b"only of the second")
    write(made.root / "config.toml", b'author = "Ines"\n')
    made.places.letters.mkdir(mode=0o700)
    write(made.places.letters / "fi" / "courtesy.txt", b"subject: Lasku\n\nHei\n")
    for client in ("acme", "bolt"):
        anchored(made, client)
    write(made.root / "clients" / "acme.torn-20261122T120000Z", b'{"fields":{"statement":"hal')
    made.private.add("acme", CheckIn(at=NOON, dread=9, note="dread-mark"))
    made.private.add("bolt", CheckIn(at=NOON, dread=1, note="bolt-dread-mark"))
    write(made.root / "drafts" / "acme--checkin.txt", b"draft-mark")
    write(made.root / "drafts" / "unsent-bolt.txt", b"unsent-mark")
    return made


def anchored(made: Workspace, client: str) -> Path:
    """Keep an anchor of a docket as it stands, and a time-stamp query; return where."""
    head = made.file(client).head
    genesis = made.file(client).lines[0].prev
    anchor = Anchor(client, head.count, head.hash, anchor_time(made.clock()), genesis)
    kept = Shelf(made.root).place(anchor)
    Shelf(made.root).keep(kept)
    add_query(kept, lambda: 7)
    return kept.path


def write(path: Path, data: bytes) -> None:
    """Write a private file, and its folder."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.write_bytes(data)
    path.chmod(0o600)


def files(root: Path) -> Files:
    """Return every file under `root` by its relative path, locks aside."""
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.name.endswith(".lock")
    }


def mode(path: Path) -> int:
    """Return the permission bits."""
    return stat.S_IMODE(path.lstat().st_mode)


def unzipped(path: Path) -> Files:
    """Return every member of a backup."""
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(to: Path, members: Files, *, also: Callable[[ZipFile], Any] | None = None) -> Path:
    """Write a zip of `members`, with whatever `also` adds, and return where."""
    with ZipFile(to, "w", ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(ZipInfo(name), data)
        if also:
            also(archive)
    return to


def relisted(members: Files, change: Callable[[dict[str, Any]], Any]) -> Files:
    """Return `members` with the manifest changed."""
    manifest = json.loads(members[BACKUP_MANIFEST])
    change(manifest)
    return {**members, BACKUP_MANIFEST: json.dumps(manifest).encode()}


def python(code: str, *words: object, limit: int | None = None) -> subprocess.Popen[bytes]:
    """Start a process that runs `code`; `limit` is the size in bytes that its files may have."""

    def limited() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, words)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # A limit would cut short the bytecode that is written beside the modules for all others.
        env=os.environ | {"PYTHONPATH": str(REPO), "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=limited,
    )
