"""What a measurement was made of, and on: the commit, the Python and the machine."""

from __future__ import annotations

import os
import platform
import subprocess
from pathlib import Path


def machine_words() -> str:
    """Return them on one line."""
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=False,
    )
    commit, python = done.stdout.strip() or "no commit", platform.python_version()
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPUs"
    return f"{commit}, Python {python}, {system}"
