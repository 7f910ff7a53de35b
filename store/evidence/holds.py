"""Exhibits that wait for the entry that names them, and whose they are until it is logged.

A claim is the empty file `exhibits/.<client>.<SHA-256>.<8 hex digits>.tmp`, held while a session
has kept an exhibit and not logged its entry yet. One that nobody holds tells of a file that no
entry may ever name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from store.evidence.citations import read_cited, unrecorded_hashes
from store.evidence.exhibits import Exhibits
from store.files import is_left, locked, making, name_in_making, remove_left
from store.journal import is_hash
from store.places import Places


class Claim(NamedTuple):
    """Whose exhibit waits for its entry, and the file that says so."""

    path: Path
    client: str
    sha256: str


@contextmanager
def claiming(root: Path, client: str) -> Iterator[Exhibits]:
    """Yield the exhibits, to keep files of `client` that the block then logs an entry about.

    If the block fails, what it kept goes again unless somebody else has it too. What sessions
    cut short left there is removed first.
    """
    settle(root)
    folder, new = Places(root).exhibits, list[str]()
    with ExitStack() as held:

        def claim(sha256: str) -> None:
            held.enter_context(making(folder / f"{client}.{sha256}"))
            if not (folder / sha256).exists():
                new.append(sha256)

        try:
            yield Exhibits(folder, owner=client, claim=claim)
        except BaseException:
            held.close()
            _discard(root, new)
            raise


def settle(root: Path) -> None:
    """Remove the copies that sessions cut short left half-made, or whole and named by no entry."""
    waiting = [one for one in all_claims(root) if is_left(one.path)]
    if _discard(root, [one.sha256 for one in waiting]):
        for path in Places(root).exhibits.glob(".*.tmp"):
            if name_in_making(path):
                remove_left(path)


def all_claims(root: Path) -> list[Claim]:
    """Return every claim there is, held or left."""
    found = []
    for path in sorted(Places(root).exhibits.glob(".*.tmp")):
        client, dot, sha256 = name_in_making(path).partition(".")
        if dot and is_hash(sha256):
            found.append(Claim(path, client, sha256))
    return found


def _discard(root: Path, hashes: Iterable[str]) -> bool:
    """Remove exhibits that no docket names and no other session has claimed.

    Returns False, with nothing removed, where a docket cannot be read, which may name one.
    """
    places, wanted = Places(root), set(hashes)
    if not wanted:
        return True
    with locked(places.exhibits):
        wanted -= {one.sha256 for one in all_claims(root) if not is_left(one.path)}
        for docket in places.dockets():
            cited = read_cited(docket)
            if cited.unread:
                return False
            wanted -= cited.hashes
        wanted -= unrecorded_hashes(places)
        for sha256 in wanted:
            with suppress(OSError):
                (places.exhibits / sha256).unlink(missing_ok=True)
    return True
