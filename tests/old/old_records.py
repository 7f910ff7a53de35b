"""Writes records with the code of an earlier commit: `python -m tests.old.old_records`.

Makes `records-by-layout.tar.xz` anew, a folder for each row of COMMITS: it takes that commit into a
git worktree of its own, gives its command line the same few entries, and keeps what it wrote. Each
is the last commit of its layout that could write one. A layout that is left behind gets a row.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKED = Path(__file__).with_name("records-by-layout.tar.xz")
COMMITS = {
    "1": "8159b6c",
    "2": "2132fb8",
    "3": "1e5e271",
    "4": "5f03180",
    "5": "359ee94",
    "6": "24be766",
}
_ROOT = Path(__file__).parents[2]
_ENTRIES = (
    ("new", "Acme Ltd"),
    ("log", "acme-ltd", "expectations", "Sent the sheet of how I work", "--attach", "sheet.txt"),
    ("log", "acme-ltd", "delivery", "The posters", "--set", "where=Drive"),
    ("invoice", "acme-ltd", "INV-1", "1000", "--due", "2026-12-14"),
    ("pay", "acme-ltd", "400.50"),
    ("log", "acme-ltd", "late-payment", "No word", "--quote", "Not yet.", "--attach", "mail.eml"),
    ("log", "acme-ltd", "note", "For me alone", "--visibility", "internal"),
)


def main() -> None:
    """Pack a record of each layout."""
    with tempfile.TemporaryDirectory() as place, tarfile.open(PACKED, "w:xz") as packed:
        for name, commit in COMMITS.items():
            folder = Path(place, name)
            folder.mkdir()
            _write(folder, commit)
            packed.add(folder / "out", arcname=name)


def _write(folder: Path, commit: str) -> None:
    """Let the code of `commit` write its records to `folder`/out."""
    code = folder / "code"
    _run(_ROOT, "git", "worktree", "add", "--detach", str(code), commit)
    (folder / "sheet.txt").write_text("How I work\n", "utf-8")
    (folder / "mail.eml").write_text("From: jo@example.org\nSubject: INV-1\n\nNot yet.\n", "utf-8")
    _run(folder, "ssh-keygen", "-q", "-t", "ed25519", "-C", "", "-N", "", "-f", "key")
    try:
        for words in _ENTRIES:
            _docket(folder, *words)
        offered = _docket(folder, "record", "--help")
        if "anchor" in _docket(folder, "--help"):  # the first ones knew none
            _docket(folder, "anchor", "acme-ltd", "--sign", "key")
        signing = ("--sign", "key") if "--sign" in offered else ()
        for purpose in ("court", "public") if "public" in offered else ("court",):
            _docket(folder, "record", "acme-ltd", "--for", purpose, "-o", "out", *signing)
    finally:
        _run(_ROOT, "git", "worktree", "remove", "--force", str(code))


def _docket(folder: Path, *words: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(folder / "code")}
    place = [] if "--help" in words else ["--workspace", "w"]
    return _run(folder, sys.executable, "-m", "tui", *words, *place, environment=environment)


def _run(folder: Path, *words: str, environment: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        words, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{' '.join(words)}: {done.stderr or done.stdout}")
    return done.stdout


if __name__ == "__main__":
    main()
