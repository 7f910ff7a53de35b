"""Where anchors lie in a workspace: a folder for each client, each with what was added to it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from store.anchors.anchor import Anchor, AnchorError, read_anchor
from store.anchors.timestamp import is_about, query
from store.client_ids import is_id
from store.files import make_folder, open_plain, write_atomic
from store.places import Places

LIMIT: Final = 2 * 2**20
"""Most bytes that are read of an anchor, an answer, or a mail that may hold a line."""


@dataclass(frozen=True, slots=True)
class KeptAnchor:
    """An anchor's file: its path and bytes, and the anchor in it or the problem with it."""

    path: Path
    raw: bytes
    anchor: Anchor | None
    problem: str = ""

    @property
    def signature(self) -> Path:
        """Where its signature lies, if it has one."""
        return self.path.with_name(f"{self.path.name}.sig")

    @property
    def query(self) -> Path:
        """Where its RFC 3161 query lies, if it has one."""
        return self.path.with_suffix(".tsq")

    @property
    def answer(self) -> Path:
        """Where the answer of a time-stamp authority belongs."""
        return self.path.with_suffix(".tsr")


class Shelf:
    """The anchors of a workspace; files 0600, folders 0700, all durable."""

    def __init__(self, root: Path) -> None:
        self.folder = Places(root).anchors

    def clients(self) -> list[str]:
        """Return the ids that have a folder here, in order."""
        return [name for name in self._folders() if is_id(name)]

    def strange(self) -> list[Path]:
        """Return the folders here that are no client's, such as a record that was put there."""
        return [self.folder / name for name in self._folders() if not is_id(name)]

    def _folders(self) -> list[str]:
        return [name for name in _names(self.folder) if (self.folder / name).is_dir()]

    def of(self, client: str) -> list[KeptAnchor]:
        """Return the anchors of a docket, the smallest count first; AnchorError if unreadable."""
        folder = self.folder / client
        kept = [
            judged_anchor(take(folder / name), client)
            for name in _names(folder)
            if name.endswith(".json")
        ]
        return sorted(kept, key=lambda one: (one.anchor.count if one.anchor else 0, one.path.name))

    def place(self, anchor: Anchor) -> KeptAnchor:
        """Return the anchor of the same head that is kept, as it is the older; else this one.

        Nothing is written yet. Raises AnchorError if another thing has its name.
        """
        path = self.folder / anchor.docket / f"{anchor.stem}.json"
        if not os.path.lexists(path):
            return KeptAnchor(path, anchor.dump(), anchor)
        kept = judged_anchor(take(path), anchor.docket)
        if not kept.anchor or (kept.anchor.head, kept.anchor.genesis) != (
            anchor.head,
            anchor.genesis,
        ):
            why = kept.problem or "it is of another head"
            raise AnchorError(f"{path} is in the way", why, "Move it away, then try again")
        return kept

    def keep(self, kept: KeptAnchor) -> None:
        """Write an anchor to its place, unless it is there. AnchorError or WriteError if not."""
        if os.path.lexists(kept.path):
            return
        try:
            make_folder(kept.path.parent)
        except OSError as error:
            raise AnchorError(
                f"{kept.path.parent} cannot be made", error.strerror or str(error), "Check it"
            ) from error
        write_atomic(kept.path, kept.raw)


def add_signature(kept: KeptAnchor, signature: bytes) -> None:
    """Put a signature beside an anchor, in place of an earlier one."""
    write_atomic(kept.signature, signature)


def add_query(kept: KeptAnchor, nonce: Callable[[], int]) -> None:
    """Put an RFC 3161 query beside an anchor; one that is there stays, an answer may be on its way.

    `nonce` gives a random number, 1 to 2**64 - 1.
    """
    if not is_about(_read(kept.query), kept.raw):
        write_atomic(kept.query, query(kept.raw, nonce()))


def take(path: Path) -> KeptAnchor:
    """Read an anchor's file wherever it lies; what is wrong with it is its `problem`."""
    raw = _read(path)
    try:
        return KeptAnchor(path, raw, read_anchor(raw))
    except AnchorError as error:
        return KeptAnchor(path, raw, None, f"it was changed or is no anchor: {error.why}")


def stamp_problem(kept: KeptAnchor) -> str | None:
    """Return what is wrong with the answer beside an anchor; empty if nothing, None if none is.

    Only whether it can be about this anchor is looked at: checking it takes the authority's
    certificates, and `openssl ts -verify`.
    """
    if not os.path.lexists(kept.answer):
        return None
    return "" if is_about(_read(kept.answer), kept.raw) else "it is about another file"


def judged_anchor(kept: KeptAnchor, client: str) -> KeptAnchor:
    """Return an anchor that lies with those of `client`; one that does not belong is a problem."""
    anchor = kept.anchor
    if anchor is None:
        return kept
    if anchor.docket != client:
        return KeptAnchor(kept.path, kept.raw, None, f"it is an anchor of {anchor.docket}")
    if kept.path.stem != anchor.stem:
        return KeptAnchor(kept.path, kept.raw, None, f"it was renamed: it was {anchor.stem}.json")
    return kept


def _names(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise AnchorError(
            f"{folder} cannot be read", error.strerror or str(error), "Check its rights"
        ) from error


def _read(path: Path) -> bytes:
    """Return the bytes of a regular file; nothing where there is none that can be read."""
    try:
        with os.fdopen(open_plain(path, os.O_NOFOLLOW), "rb") as file:
            return file.read(LIMIT)
    except OSError:
        return b""
