"""Hands text to the user's own editor through a private file, and takes it back clean."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from store.drafts import Drafts, Typing, without_comments
from store.errors import DocketError
from store.text import clean
from tui.app.signals import interrupting
from tui.editing import editor_command

Result = TypeVar("Result")
_GLANCE = 1.0
"""Seconds within which a hang-up is noticed while the editor is open."""
_HELP = """
# First line: as in quick capture, such as: acme no-reply third ask !2 @yesterday
# What follows is kept as it is. Lines that start with # are left out.
"""


class UnchangedError(DocketError):
    """The editor failed, and nothing would be lost with its file."""


def edit(drafts: Drafts, line: Typing) -> None:
    """Put into `line` what was kept of it last, as the user left it in the editor.

    Raises as `edited_in` does.
    """
    file = drafts.open("editor")  # before the look at what was kept: that is no part of it
    kept = line.kept[-1] if line.kept else None
    text = kept.line if kept else ""
    file.hold(f"{text}\n{_HELP}")
    file.write()
    if kept is not None:
        drafts.discard(kept)
    try:
        edited_in(drafts, file, lambda found: _save(line, clean(without_comments(found))))
    except UnchangedError:
        _save(line, text)
        raise


def edited_text(drafts: Drafts, text: str) -> str:
    """Return `text` as the user left it in the editor; raises as `edited_in` does."""
    file = drafts.open("editor")
    file.hold(text)
    file.write()
    return edited_in(drafts, file, str)


def edited_in(drafts: Drafts, file: Typing, take: Callable[[str], Result]) -> Result:
    """Return what `take` makes of a file as the user left it in $VISUAL, $EDITOR or vi.

    It lies among the drafts meanwhile, so that it is offered again whatever happens to this
    session. Raises DocketError where no editor starts, it reports failure, or its text cannot be
    taken. What was written is then still in the file that the error names, or it is an
    UnchangedError.
    """
    path = drafts.path(file.slot)
    try:
        _run([*editor_command(), str(path)])
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


def _save(line: Typing, text: str) -> None:
    line.hold(text)
    line.write()


def _run(command: list[str]) -> None:
    with interrupting(_line_dropped):
        try:
            process = subprocess.Popen(command)
        except (OSError, ValueError) as error:  # ValueError: a NUL in what was to be started
            why = getattr(error, "strerror", None) or str(error)
            raise DocketError(f"{command[0]} did not start", why, "Set $EDITOR") from error
        status = _ended(process)
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


def _ended(process: subprocess.Popen[bytes]) -> int:
    """Return the status of the editor once it ends.

    A signal may be taken by another thread, which leaves a wait without end as it is.
    """
    while True:
        try:
            return process.wait(_GLANCE)
        except subprocess.TimeoutExpired:
            continue


def _line_dropped(number: int, frame: object) -> None:
    """Stop waiting for the editor: it may outlive the line, and this session must not."""
    raise DocketError("The line dropped while the editor was open")
