"""Whole processes: the CPU time and peak memory of a child that a small launcher started."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

REPO = Path(__file__).parents[2]

# A child's peak counts its parent's pages from before exec, so the parent has to be small.
_LAUNCHER = """
import json, os, sys
pid = os.fork()
if pid == 0:
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    os.execvp(sys.argv[1], sys.argv[1:])
_, status, usage = os.wait4(pid, 0)
print(json.dumps([status, usage.ru_utime + usage.ru_stime, usage.ru_maxrss]))
"""


class Run(NamedTuple):
    """What one process took: CPU time in ms, user and system, and its peak memory in MiB."""

    cpu: float
    peak: float


@dataclass(frozen=True)
class Command:
    """A command line and what its environment adds to ours."""

    words: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)

    def run(self) -> Run:
        """Run it; RuntimeError if it fails, for a failure is often fast."""
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", _LAUNCHER, *self.words],
            env={**environment(), **self.env},
            cwd=REPO,
            stdout=subprocess.PIPE,
            check=True,
        )
        status, seconds, kilobytes = json.loads(done.stdout)
        if status:
            raise RuntimeError(f"it failed ({status}): {' '.join(self.words)}")
        return Run(seconds * 1000, kilobytes / 1024)

    def cpu(self) -> float:
        """Return the CPU time it takes, in ms."""
        return self.run().cpu


@dataclass(frozen=True)
class Docket:
    """The `docket` that is measured, and the interpreter that it runs on."""

    start: Sequence[str]
    python: str

    def command(self, root: Path, *words: str, **env: str) -> Command:
        """Return `docket words` on the workspace at `root`."""
        return Command([*self.start, "--workspace", str(root), *words], env)


def find_docket(path: str) -> Docket:
    """Return the installed command at `path`, else on PATH, else `python -m tui` from here."""
    found = path or shutil.which("docket")
    if not found:
        return Docket([sys.executable, "-m", "tui"], sys.executable)
    first = Path(found).read_bytes().split(b"\n", 1)[0]
    if not first.startswith(b"#!/"):
        raise SystemExit(f"{found} does not say which Python runs it")
    return Docket([found], first[2:].decode().split()[0])


def environment() -> dict[str, str]:
    """Return our environment without what would change what is measured."""
    dropped = ("DOCKET", "PYTHON", "XDG_DATA_HOME")
    return {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
