"""Writing one document for a person to send: as Markdown and, where asked for, as a page beside."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from pathlib import Path

from store.errors import plain_words
from store.files import left, make_folder, making, name_it, sync_folder, uninterrupted, write_all
from store.records.options import RecordError
from store.workspace import Workspace
from store.workspace.exports import noted, refuse_inside


def write_paged(
    workspace: Workspace, client: str, path: Path, markdown: str, *, page: bool
) -> list[Path]:
    """Write a new file at `path`, and with `page` the same as HTML beside it: both or neither.

    Returns where they are. Raises RecordError if one is there already or cannot be written,
    UsageError if it would lie in the workspace.
    """
    refuse_inside(workspace.root, path)
    files = {path: markdown.encode()}
    if page:
        from store.records.html import html_page

        beside = path.with_name(f"{path.name.removesuffix('.md')}.html")
        files[beside] = html_page(markdown)
        _undo_half(path, beside)
    with ExitStack() as stack:
        try:
            make_folder(path.parent)
            for file in files:
                stack.enter_context(noted(workspace.root, file, client))
            _write(files)
        except FileExistsError as error:
            taken = next((file for file in files if os.path.lexists(file)), path)
            raise RecordError(
                f"{taken} is there already", "nothing is ever written over", "Give another name"
            ) from error
        except OSError as error:
            why, _ = plain_words(error)
            raise RecordError(
                f"{path} was not written", why, "Free space, or choose another folder"
            ) from error
    return list(files)


def _write(files: Mapping[Path, bytes]) -> None:
    """Write all of the new files, whole and durable, or none."""
    with ExitStack() as stack:
        made: dict[Path, Path] = {}
        for file, data in files.items():
            fd, made[file] = stack.enter_context(making(file))
            write_all(fd, data)
            os.fsync(fd)
        placed: list[Path] = []
        with uninterrupted():
            try:
                for file, one in made.items():
                    name_it(one, file)
                    placed.append(file)
                sync_folder(next(iter(files)).parent)
            except OSError:
                for file in placed:
                    file.unlink()
                raise


def _undo_half(path: Path, beside: Path) -> None:
    """Remove a document that a session put there and was cut short before the page beside it."""
    with suppress(OSError):
        if not beside.exists() and any(one.samefile(path) for one in left(path)):
            path.unlink()
