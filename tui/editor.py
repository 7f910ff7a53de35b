"""Hands text to the user's own editor through a private file, and takes it back clean."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path

from store.errors import DocketError
from store.text import clean

_HELP = """
# First line: as in quick capture, such as: acme no-reply third ask !2 @yesterday
# What follows is kept as it is. Lines that start with # are left out.
"""


def edit(text: str) -> str:
    """Return `text` as the user left it in $VISUAL, $EDITOR or vi; comment lines left out.

    Raises DocketError where no editor starts or it reports failure; `text` is kept by the caller.
    """
    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    handle, name = tempfile.mkstemp(prefix="docket-", suffix=".txt")  # mode 0600
    path = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"{text}\n{_HELP}")
        try:
            status = subprocess.call([*command, name])
        except OSError as error:
            raise DocketError(
                f"{command[0]} did not start", error.strerror or str(error), "Set $EDITOR"
            ) from error
        if status != 0:
            raise DocketError(f"{command[0]} ended with status {status}", "", "Nothing was changed")
        written = path.read_text(encoding="utf-8", errors="replace")
    finally:
        path.unlink(missing_ok=True)
    return clean("\n".join(line for line in written.split("\n") if not line.startswith("#")))
