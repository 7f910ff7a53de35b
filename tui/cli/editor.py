"""A text handed to the user's editor from the command line, kept in a draft meanwhile."""

from __future__ import annotations

import subprocess

from store.drafts import Drafts
from store.errors import DocketError
from tui.editing import editor_command


def edited_here(drafts: Drafts, text: str) -> str:
    """Return `text` as the user left it in $VISUAL, $EDITOR or vi.

    DocketError where no editor starts, or it reports failure: what was written is then in the file
    that the error names.
    """
    command = editor_command()
    file = drafts.open("editor")
    try:
        file.hold(text)
        file.write()
        path = drafts.path(file.slot)
        _run([*command, str(path)], f"What you wrote is in {path}")
        try:
            found = path.read_text(encoding="utf-8", errors="replace")
        except OSError as error:
            why = error.strerror or str(error)
            raise DocketError("The editor left nothing to read", why, "") from error
        file.clear()
        return found
    finally:
        drafts.closed(file.slot)


def _run(command: list[str], remedy: str) -> None:
    try:
        status = subprocess.call(command)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise DocketError(f"{command[0]} did not start", why, f"Set $EDITOR. {remedy}") from error
    if status:
        raise DocketError(f"{command[0]} ended with status {status}", "", remedy)
