"""The folder of a workspace: begun, and marked with its format, which tells it from any other.

A workspace on a server has a folder too, on the machine of each member: what is private lies
there, and the checked copies of the dockets. Its mark names the server.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from store.errors import DocketError
from store.files import json_of, make_folder, read_plain, write_atomic
from store.places import Places

_FORMAT = 1
_SHARED = 2
"""The format of the folder that belongs to a workspace on a server: an older Docket, which would
log into the copies, reads none of it."""
_LONGEST = 1 << 20  # bytes


def begin(root: Path, server: str = "") -> None:
    """Make the missing folder `root`, or one that holds only settings, a workspace of this format.

    Its dockets are in it, or on a `server`. DocketError where it cannot be one.
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
    mark = {"format": _SHARED, "server": server} if server else {"format": _FORMAT}
    write_atomic(places.marker, json.dumps(mark).encode() + b"\n")


def root_of(docket: Path) -> Path | None:
    """Return the workspace that the docket at this path lies in; None where it lies in none."""
    path = docket.absolute()
    places = Places(path.parent.parent)
    kept = path == places.docket(path.stem) and places.marker.exists()
    return places.root if kept else None


def named_in(usual: Path) -> str:
    """Return the workspace that the config of the usual folder names; empty where it names none."""
    config = Places(usual).config
    try:
        if b"workspace" not in read_plain(config, _LONGEST):  # most have no need to be parsed here
            return ""
    except OSError:
        return ""
    from store.settings.config import read_settings

    return read_settings(config).config.workspace


def server_root(address: str) -> Path:
    """Return the folder that belongs to the workspace at this address of a server.

    It is made once that server has been reached. UsageError where it is no address.
    """
    from platformdirs import user_data_path

    from store.journal.server.address import ServerAddress

    meant = ServerAddress.parse(address)
    if meant.password:  # kept nowhere: as libpq has it, for this process
        os.environ["PGPASSWORD"] = meant.password
    root = user_data_path("docket-servers", appauthor=False) / meant.folder
    if not Places(root).marker.exists():
        from store.journal.errors import NotAllowedError
        from store.journal.server.backend import PostgresBackend

        backend = PostgresBackend(meant)
        if not backend.heads() and not backend.shows("*"):
            raise NotAllowedError(
                f"You are no member of {meant.workspace} there",
                "",
                "`?workspace=NAME` names another; whoever runs it can let you `join`",
            )
        begin(root, str(meant))
    return root


def check_marker(root: Path) -> str:
    """Return the server that the dockets of the workspace `root` are on, empty for none.

    Raises DocketError if it is no workspace, or one that a newer Docket made.
    """
    marker = Places(root).marker
    try:
        content = json_of(read_plain(marker, _LONGEST))
        version, server = content["format"], content.get("server", "")
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
    except (ValueError, KeyError, TypeError, AttributeError):
        raise DocketError(
            f"{marker} is damaged",
            "it does not say which format the workspace has",
            f'Dockets are whole; put back {{"format": {_FORMAT}}} there',
        ) from None
    if not isinstance(version, int) or version > _SHARED or not isinstance(server, str):
        raise DocketError(
            f"The workspace {root} has format {version}",
            f"this Docket reads up to {_SHARED}",
            "Update Docket, then try again",
        )
    return server
