"""A letter written to a file that is new, and outside the workspace."""

from __future__ import annotations

from pathlib import Path

from store.errors import DocketError, UsageError, plain_words
from store.files import typed_path, write_new
from store.workspace import Workspace
from store.workspace.exports import refuse_inside


def write_out(workspace: Workspace, name: str, data: bytes) -> Path:
    """Write `data` to the new file that was typed as `name`, 0600, and return where it lies.

    UsageError where something is there already or it lies in the workspace, DocketError where it
    cannot be written.
    """
    path = typed_path(name).absolute()
    refuse_inside(workspace.root, path)
    try:
        write_new(path, data)
    except FileExistsError as error:
        what, why = f"{path} is there already", "nothing is written over"
        raise UsageError(what, why, "Name a new file") from error
    except OSError as error:
        raise DocketError(f"{path} was not written", *plain_words(error)) from error
    return path
