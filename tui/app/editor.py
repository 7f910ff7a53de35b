"""Hands text to the user's own editor through a private file, and takes it back clean."""

from __future__ import annotations

import subprocess
from pathlib import Path

from store.drafts import Drafts, Typing, without_comments
from store.errors import DocketError
from store.text import clean
from tui.app.signals import interrupting
from tui.editing import editor_command

_GLANCE = 1.0
"""Seconds within which a hang-up is noticed while the editor is open."""
_HELP = """
# First line: as in quick capture, such as: acme no-reply third ask !2 @yesterday
# What follows is kept as it is. Lines that start with # are left out.
"""


def edit(drafts: Drafts, line: Typing) -> None:
    """Put into `line` what was kept of it last, as the user left it in $VISUAL, $EDITOR or vi.

    The file lies among the drafts meanwhile, so that it is offered again whatever happens to this
    session. Raises DocketError where no editor starts, it reports failure, or its text cannot be
    taken back or saved. What was written is then still in the file that the error names.
    """
    command = editor_command()
    file = drafts.open("editor")
    kept = line.kept[-1] if line.kept else None
    text = kept.line if kept else ""
    file.hold(f"{text}\n{_HELP}")
    file.write()
    path = drafts.path(file.slot)
    if kept is not None:
        drafts.discard(kept)
    try:
        _run([*command, str(path)])
        _save(line, clean(without_comments(_read(path))))
    except DocketError as error:
        if not _untouched(path, file.text):
            remedy = f"{error.remedy.rstrip('.')}. " if error.remedy else ""
            advice = f"{remedy}What you wrote is in {path}"
            raise DocketError(error.what, error.why, advice) from error
        _save(line, text)
        file.clear()
        raise
    else:
        file.clear()
    finally:
        drafts.closed(file.slot)


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
