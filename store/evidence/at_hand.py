"""Exhibits of a workspace on a server, brought to this machine when they are looked at."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress

from store.errors import plain_words
from store.evidence.citations import read_cited
from store.evidence.exhibits import ExhibitError, Exhibits
from store.files import make_folder, making, place, write_all
from store.workspace import Workspace


def bring_exhibits(workspace: Workspace, clients: Iterable[str]) -> None:
    """Fetch the exhibits of `clients` that only the server has; nothing for dockets in files.

    What the server does not have either is missing, as it is found to be where it is looked for.
    ServerError where it cannot be asked, ExhibitError where what came is not what was kept.
    """
    if workspace.journals.shared is None:
        return
    folder = workspace.places.exhibits
    for client in clients:
        for sha256 in sorted(read_cited(workspace.path(client)).hashes):
            if not (folder / sha256).exists():
                _fetch(workspace, client, sha256)


def _fetch(workspace: Workspace, client: str, sha256: str) -> None:
    """Fetch one exhibit; its bytes are hashed as they come."""
    assert workspace.journals.shared
    pieces = workspace.journals.shared.backend.exhibit(client, sha256)
    first = next(pieces, None)
    if first is None and sha256 != hashlib.sha256().hexdigest():
        return
    folder, digest = workspace.places.exhibits, hashlib.sha256()
    try:
        make_folder(folder)
        with making(folder / sha256, 0o400) as (fd, made):
            for piece in (first or b"", *pieces):
                digest.update(piece)
                write_all(fd, piece)
            os.fsync(fd)
            if digest.hexdigest() != sha256:
                raise ExhibitError(
                    f"An exhibit of {client} was not fetched",
                    "what the server has is not what was kept",
                    "Ask the others for theirs; `docket verify` names it",
                )
            with suppress(FileExistsError):
                place(made, folder / sha256)
    except OSError as error:
        raise ExhibitError(
            f"An exhibit of {client} was not fetched", *plain_words(error)
        ) from error


def hand_over_exhibits(source: Workspace, client: str, target: Workspace) -> list[str]:
    """Keep the exhibits of `client` in another workspace too; return what is missing."""
    bring_exhibits(source, [client])
    theirs, missing = Exhibits(target.places.exhibits, owner=client), []
    for sha256 in sorted(read_cited(source.path(client)).hashes):
        try:
            stream = (source.places.exhibits / sha256).open("rb")
        except FileNotFoundError:
            missing.append(sha256)
            continue
        with stream:
            theirs.keep_stream(stream, sha256)
        if target.journals.shared:
            target.journals.shared.send(client, target.places.exhibits / sha256)
    return missing
