"""The folder of a workspace: begun, and marked with its format, which tells it from any other."""

from __future__ import annotations

import json
from pathlib import Path

from store.errors import DocketError
from store.files import json_of, make_folder, read_plain, write_atomic
from store.places import Places

_FORMAT = 1
_LONGEST = 1 << 20  # bytes


def begin(root: Path) -> None:
    """Make the missing folder `root`, or one that holds only settings, a workspace of this format.

    DocketError where it cannot be one.
    """
    places = Places(root)
    settings = (places.config.name, f".{places.config.name}.lock")
    try:
        make_folder(root)
        if any(path.name not in settings for path in root.iterdir()):
            raise DocketError(
                f"{root} is not empty", "a workspace gets a folder of its own", "Name another"
            )
        root.chmod(0o700)
        places.clients.mkdir(mode=0o700)
    except OSError as error:
        raise DocketError(
            f"No workspace can be made at {root}",
            error.strerror or str(error),
            "Choose another folder with --workspace",
        ) from error
    write_atomic(places.marker, json.dumps({"format": _FORMAT}).encode() + b"\n")


def root_of(docket: Path) -> Path | None:
    """Return the workspace that the docket at this path lies in; None where it lies in none."""
    path = docket.absolute()
    places = Places(path.parent.parent)
    kept = path == places.docket(path.stem) and places.marker.exists()
    return places.root if kept else None


def check_marker(root: Path) -> None:
    """Raise DocketError if `root` is no workspace, or one that a newer Docket made."""
    marker = Places(root).marker
    try:
        content = json_of(read_plain(marker, _LONGEST))
        version = content["format"]
    except FileNotFoundError:
        raise DocketError(
            f"There is no workspace at {root}", "", "`docket new NAME` makes one"
        ) from None
    except OSError as error:
        raise DocketError(
            f"The workspace {root} cannot be read",
            error.strerror or str(error),
            "Check who owns the folder",
        ) from error
    except (ValueError, KeyError, TypeError):
        raise DocketError(
            f"{marker} is damaged",
            "it does not say which format the workspace has",
            f'Dockets are whole; put back {{"format": {_FORMAT}}} there',
        ) from None
    if not isinstance(version, int) or version > _FORMAT:
        raise DocketError(
            f"The workspace {root} has format {version}",
            f"this Docket reads up to {_FORMAT}",
            "Update Docket, then try again",
        )
