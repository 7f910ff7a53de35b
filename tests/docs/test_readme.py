"""README: its tables are those of the program, and the session it shows works as typed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.tables import README, renewed

TEXT = README.read_text(encoding="utf-8")


def test_its_tables_are_fresh() -> None:
    assert renewed(TEXT) == TEXT, "run: python -m tests.docs.tables"


def test_what_it_points_at_exists() -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", TEXT)
    assert len(targets) >= 4
    for target in targets:
        assert (README.parent / target).exists(), target


def test_run_it_and_test_it_open_with_one_command() -> None:
    for heading in ("Run it", "Test it"):
        after = TEXT.split(f"## {heading}\n", 1)[1].lstrip()
        assert after.startswith("```sh\n"), heading
        command = after.split("\n", 2)[1]
        assert command.startswith("python3 -m venv .venv && ")


@pytest.mark.skipif(shutil.which("bash") is None, reason="the session is typed in bash")
def test_the_session_it_shows_works_as_typed(tmp_path: Path) -> None:
    blocks = re.findall(r"```console\n(.*?)```", TEXT, flags=re.DOTALL)
    typed = [line for block in blocks for line in block.splitlines()]
    commands = [line[2:] for line in typed if line.startswith("$ ")]
    assert len(blocks) >= 2 and len(commands) >= 12
    shim = tmp_path / "bin" / "docket"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tui "$@"\n')
    shim.chmod(0o755)
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", "\n".join(commands)],
        cwd=tmp_path,
        env={
            **os.environ,
            "PATH": f"{shim.parent}:{os.environ['PATH']}",
            "PYTHONPATH": str(README.parent),
            "DOCKET_WORKSPACE": str(tmp_path / "work"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    folders = [path for path in tmp_path.iterdir() if "dispute-record" in path.name]
    assert len(folders) == 1
