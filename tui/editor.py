"""Hands text to the user's own editor through a private file, and takes it back clean."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from store.errors import DocketError
from store.text import clean

_HELP = """
# First line: as in quick capture, such as: acme no-reply third ask !2 @yesterday
# What follows is kept as it is. Lines that start with # are left out.
"""


def edit(text: str, save: Callable[[str], None]) -> None:
    """Call `save` with `text` as the user left it in $VISUAL, $EDITOR or vi; no comment lines.

    Raises DocketError where no editor starts, it reports failure, or its text cannot be taken
    back or saved. What was written is then still in the file that the error names.
    """
    command = _command()
    path = _write(f"{text}\n{_HELP}")
    try:
        _run([*command, str(path)])
        written = _read(path)
        save(clean("\n".join(line for line in written.split("\n") if not line.startswith("#"))))
    except DocketError as error:
        if _untouched(path, f"{text}\n{_HELP}"):
            _remove(path)
            raise
        remedy = f"{error.remedy.rstrip('.')}. " if error.remedy else ""
        raise DocketError(error.what, error.why, f"{remedy}What you wrote is in {path}") from error
    _remove(path)


def _command() -> list[str]:
    typed = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        return shlex.split(typed) or ["vi"]
    except ValueError as error:
        raise DocketError(
            f"The editor {typed[:40]} cannot be started",
            str(error).rstrip(".").lower(),
            "Correct $VISUAL or $EDITOR",
        ) from error


def _write(text: str) -> Path:
    try:
        handle, name = tempfile.mkstemp(prefix="docket-", suffix=".txt")  # mode 0600
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise DocketError(
            "No file could be made for the editor",
            error.strerror or str(error),
            "Check the folder for temporary files (see $TMPDIR)",
        ) from error
    return Path(name)


def _run(command: list[str]) -> None:
    try:
        status = subprocess.call(command)
    except (OSError, ValueError) as error:  # ValueError: a NUL in what was to be started
        why = getattr(error, "strerror", None) or str(error)
        raise DocketError(f"{command[0]} did not start", why, "Set $EDITOR") from error
    if status != 0:
        raise DocketError(
            f"{Path(command[0]).name} ended with status {status}",
            "",
            "The line is as it was before",
        )


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise DocketError(
            "The editor left nothing to read", error.strerror or str(error), ""
        ) from error


def _untouched(path: Path, text: str) -> bool:
    """Whether nothing would be lost with the file: it is gone, or as it was handed over."""
    try:
        return not path.exists() or path.read_text(encoding="utf-8", errors="replace") == text
    except OSError:
        return False


def _remove(path: Path) -> None:
    with suppress(OSError):  # the text is safe elsewhere by now; the file is private
        path.unlink(missing_ok=True)
