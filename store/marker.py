"""The file that makes a folder a workspace, and says which format it has."""

from __future__ import annotations

import json
from pathlib import Path

from store.errors import DocketError
from store.files import json_of, read_plain, write_atomic

FORMAT = 1
_LONGEST = 1 << 20  # bytes


def check_marker(root: Path) -> None:
    """Raise DocketError if `root` is no workspace, or one that a newer Docket made."""
    marker = root / "workspace.json"
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
            f'Dockets are whole; put back {{"format": {FORMAT}}} there',
        ) from None
    if not isinstance(version, int) or version > FORMAT:
        raise DocketError(
            f"The workspace {root} has format {version}",
            f"this Docket reads up to {FORMAT}",
            "Update Docket, then try again",
        )


def write_marker(root: Path) -> None:
    """Make `root` a workspace of this format."""
    write_atomic(root / "workspace.json", json.dumps({"format": FORMAT}).encode() + b"\n")
