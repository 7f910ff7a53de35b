"""Hands the capture line to the user's own editor, and takes it back clean."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

from store.drafts import Drafts, Kept, Typing, without_comments
from store.errors import DocketError
from store.text import clean
from tui.app.signals import interrupting
from tui.editing import UnchangedError, edited_in, edited_text
from tui.shell.shell import Shell

_NONE = DocketError("The editor cannot be opened here", "this terminal cannot be handed over")
_GLANCE = 1.0
"""Seconds within which a hang-up is noticed while the editor is open."""
_HELP = """
# First line: as in quick capture, such as: acme no-reply third ask !2 @yesterday
# What follows is kept as it is. Lines that start with # are left out.
"""


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
        edited_in(
            drafts, file, lambda found: _save(line, clean(without_comments(found))), run_editor
        )
    except UnchangedError:
        _save(line, text)
        raise


def _save(line: Typing, text: str) -> None:
    line.hold(text)
    line.write()


def run_editor(command: Sequence[str]) -> int:
    """Return the status of the editor once it ends; DocketError where the line drops meanwhile.

    A signal may be taken by another thread, which leaves a wait without end as it is.
    """
    with interrupting(_line_dropped):
        process = subprocess.Popen(command)
        while True:
            try:
                return process.wait(_GLANCE)
            except subprocess.TimeoutExpired:
                continue


def _line_dropped(number: int, frame: object) -> None:
    """Stop waiting for the editor: it may outlive the line, and this session must not."""
    raise DocketError("The line dropped while the editor was open")


def line_written(app: Shell) -> Kept | None:
    """Return the capture line, and what is under it, as written in the editor; None for none."""
    drafts = app.workspace.drafts
    line = drafts.open("capture")
    try:
        app.outside(lambda: edit(drafts, line), _NONE)
    finally:
        line.close()
    return drafts.kept("capture")[-1] if line.text else None


def text_edited(app: Shell, text: str) -> str:
    """Return `text` as it was left in the user's editor."""
    drafts = app.workspace.drafts
    return app.outside(lambda: edited_text(drafts, text, run_editor), _NONE)
