"""A text handed to the user's editor through a private file, and taken back."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from store.drafts import Drafts, Typing
from store.errors import DocketError

Result = TypeVar("Result")
Run = Callable[[Sequence[str]], int]
"""What runs a command until it ends, and returns its status."""


class UnchangedError(DocketError):
    """The editor failed, and nothing would be lost with its file."""


def edited_text(drafts: Drafts, text: str, run: Run = subprocess.call) -> str:
    """Return `text` as the user left it in the editor; raises as `edited_in` does."""
    file = drafts.open("editor")
    file.hold(text)
    file.write()
    return edited_in(drafts, file, str, run)


def edited_in(drafts: Drafts, file: Typing, take: Callable[[str], Result], run: Run) -> Result:
    """Return what `take` makes of a file as the user left it in $VISUAL, $EDITOR or vi.

    It lies among the drafts meanwhile, so that it is offered again whatever happens to this
    session. Raises DocketError where no editor starts, it reports failure, or its text cannot be
    taken. What was written is then still in the file that the error names, or it is an
    UnchangedError.
    """
    path = drafts.path(file.slot)
    try:
        _run([*_editor(), str(path)], run)
        done = take(_read(path))
    except DocketError as error:
        if not _untouched(path, file.text):
            remedy = f"{error.remedy.rstrip('.')}. " if error.remedy else ""
            advice = f"{remedy}What you wrote is in {path}"
            raise DocketError(error.what, error.why, advice) from error
        file.clear()
        raise UnchangedError(error.what, error.why, error.remedy) from error
    else:
        file.clear()
    finally:
        drafts.closed(file.slot)
    return done


def _editor() -> list[str]:
    """Return the words of $VISUAL, $EDITOR or vi; DocketError where they cannot be read."""
    typed = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        return shlex.split(typed) or ["vi"]
    except ValueError as error:
        raise DocketError(
            f"The editor {typed[:40]} cannot be started",
            str(error).rstrip(".").lower(),
            "Correct $VISUAL or $EDITOR",
        ) from error


def _run(command: Sequence[str], run: Run) -> None:
    try:
        status = run(command)
    except (OSError, ValueError) as error:  # ValueError: a NUL in what was to be started
        why = getattr(error, "strerror", None) or str(error)
        raise DocketError(f"{command[0]} did not start", why, "Set $EDITOR") from error
    if status != 0:
        name = Path(command[0]).name
        raise DocketError(f"{name} ended with status {status}", "", "The text is as it was before")


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
