"""A command line to run: in this process for speed, or as the real command."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tui.__main__ import main

REPO = Path(__file__).parents[3]


@dataclass(frozen=True)
class Result:
    """What one command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The output read as JSON."""
        return json.loads(self.out)


@dataclass
class Cli:
    """Runs `docket` on one workspace."""

    root: Path
    capsys: pytest.CaptureFixture[str]
    patch: pytest.MonkeyPatch
    env: dict[str, str] = field(default_factory=dict)

    def __call__(self, *words: str, stdin: bytes = b"") -> Result:
        """Run `docket words` in this process."""
        self.patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        self.capsys.readouterr()
        status = main(["--workspace", str(self.root), *words])
        out, err = self.capsys.readouterr()
        return Result(status, out, err)

    def ok(self, *words: str, stdin: bytes = b"") -> str:
        """Run `docket words`, which must succeed, and return what it printed."""
        result = self(*words, stdin=stdin)
        assert result.status == 0, result
        return result.out

    def real(self, *words: str, stdin: bytes = b"", **options: Any) -> Result:
        """Run `docket words` as a process of its own."""
        # A limit on its files would cut short the bytecode that it writes for all others.
        bare = {"PYTHONDONTWRITEBYTECODE": "1"} if "preexec_fn" in options else {}
        done = subprocess.run(
            command(self.root, words),
            input=stdin,
            capture_output=True,
            env=environment() | bare | self.env,
            timeout=60,
            check=False,
            **options,
        )
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    def files(self) -> dict[str, bytes]:
        """Return every file of the workspace, locks aside, so that two states can be compared."""
        return {
            str(path.relative_to(self.root)): path.read_bytes()
            for path in self.root.rglob("*")
            if path.is_file() and not path.name.endswith(".lock")
        }


def command(root: Path, words: Sequence[str]) -> list[str]:
    """Return the words that start the real command."""
    return [sys.executable, "-m", "tui", "--workspace", str(root), *words]


def environment() -> dict[str, str]:
    """Return an environment that holds no setting of the developer's own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DOCKET")}
    return kept | {"PYTHONPATH": str(REPO), "PYTHONUTF8": "1", "COLUMNS": "80"}


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """A command line on a workspace that is not there yet.

    What is worked out of a docket is kept however short ago it was logged to: what is appended
    makes the file longer, and shows all the same.
    """
    monkeypatch.setattr("store.files.TICK", 0)
    monkeypatch.delenv("DOCKET_WORKSPACE", raising=False)
    monkeypatch.delenv("DOCKET_DEBUG", raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    return Cli(tmp_path / "ws", capsys, monkeypatch)


@pytest.fixture
def acme(cli: Cli) -> Cli:
    """A command line on a workspace with one client, acme, paid in EUR by net14."""
    cli.ok("new", "Acme Media", "--id", "acme", "--currency", "EUR", "--terms", "net14")
    return cli
