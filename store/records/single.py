"""Writing one document as one file, for a person to send: never over another file."""

from __future__ import annotations

from pathlib import Path

from store.files import make_folder, write_new
from store.records.options import RecordError


def write_single(path: Path, data: bytes) -> Path:
    """Write a new file at `path`, mode 0600, whole and durable, and return where it is.

    Raises RecordError if something is there already, or if it cannot be written.
    """
    try:
        make_folder(path.parent)
        write_new(path, data)
    except FileExistsError:
        raise RecordError(
            f"{path} is there already", "nothing is ever written over", "Give another name"
        ) from None
    except OSError as error:
        raise _not_written(path, error) from error
    return path


def file_named(output: Path, name: str) -> Path:
    """Return `output`, or the file `name` in it where it is a folder."""
    return output / name if output.is_dir() else output


def _not_written(path: Path, error: OSError) -> RecordError:
    return RecordError(
        f"{path} was not written",
        error.strerror or str(error),
        "Free space, or choose another folder",
    )
