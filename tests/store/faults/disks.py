"""Disks and processes that really refuse: a small file system, a frozen file, a held lock."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

REPO = Path(__file__).parents[3]

HOLD = """
import sys
from contextlib import ExitStack
from pathlib import Path
from store import files
from store.journal import lock
root = Path(sys.argv[1])
with ExitStack() as held:
    held.enter_context(lock.locked_journal(root / "clients" / "acme.jsonl"))
    held.enter_context(files.locked(root / "private.json"))
    print("held", flush=True)
    sys.stdin.read()
"""


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DOCKET")}
    return kept | {"PYTHONPATH": str(REPO), "PYTHONUTF8": "1", "COLUMNS": "80"}


def started(root: Path, *words: str, **options: Any) -> subprocess.Popen[str]:
    """Start the real command `docket words`."""
    # A limit on its files would cut short the bytecode that it writes for all others.
    bare = {"PYTHONDONTWRITEBYTECODE": "1"} if "preexec_fn" in options else {}
    return subprocess.Popen(
        [sys.executable, "-m", "tui", "--workspace", str(root), *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment() | bare,
        text=True,
        **options,
    )


def docket(root: Path, *words: str, stdin: str = "", **options: Any) -> tuple[int, str, str]:
    """Run the real command `docket words`; return its status and what it printed."""
    process = started(root, *words, **options)
    out, err = process.communicate(stdin, timeout=60)
    return process.returncode, out, err


def python(code: str, *args: object) -> subprocess.Popen[str]:
    """Start another process that runs `code` with the store to import."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, args)],
        cwd=REPO,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def holding(root: Path) -> Iterator[subprocess.Popen[str]]:
    """Run a process that holds both locks of the workspace."""
    holder = python(HOLD, root)
    assert holder.stdout
    assert holder.stdout.readline() == "held\n"
    try:
        yield holder
    finally:
        holder.kill()
        holder.communicate(timeout=20)


@contextmanager
def small_disk(folder: Path, size: str = "64k") -> Iterator[Path]:
    """Mount a file system of `size` on `folder`; skip where that is not permitted."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "docket-test", str(folder)]
    if not shutil.which("mount") or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("a file system can be mounted by root only, and not in every container")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def remount(folder: Path, how: str) -> None:
    """Make a mounted file system `ro` or `rw`."""
    subprocess.run(["mount", "-o", f"remount,{how}", str(folder)], check=True)


def fill(folder: Path, leave: int = 0) -> Path:
    """Write a file until the disk is full, then free `leave` bytes; return that file."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(b"x" * 4096):
                pass
        except OSError:
            os.truncate(ballast, max(0, ballast.stat().st_size - leave))
    return ballast


@contextmanager
def frozen(*paths: Path) -> Iterator[None]:
    """Make files or folders immutable, which stops root too; skip where that is not permitted."""
    done = []
    try:
        for path in paths:
            if subprocess.run(["chattr", "+i", str(path)], capture_output=True).returncode:
                pytest.skip("chattr +i needs root and a file system that knows it")
            done.append(path)
        yield
    finally:
        for path in done:
            subprocess.run(["chattr", "-i", str(path)], check=True)
