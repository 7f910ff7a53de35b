"""Checkpoints: where a verification ended, so that the next one can read only what is new."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from .chain import is_hash, is_seq
from .errors import NotCanonicalError


class Place(NamedTuple):
    """The last whole line that was verified: from which byte to which, in which file."""

    start: int
    end: int
    inode: int
    changed: int  # st_ctime_ns


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far a journal was found whole: `count` entries, the last with `hash`.

    A check that goes on from here TRUSTS everything before `place.end`, which it does not read.
    It sees: damage in what was appended since, a tail cut shorter than `count`, a chain that
    was rebuilt (the last verified line is read and hashed again, and `hash` covers all before
    it), another file put in its place, and an edit after which nothing was appended. It does
    not see: bytes of the trusted part changed in place, by a person or a failing disk, once
    something was appended after them; only a whole check does. No digest of the trusted bytes
    is kept: `hash` stands for their content already, and to compare either is to read them.

    Nor is a checkpoint evidence: it lies beside the journal and whoever may write there can
    write both. It saves time. Without a `place` nothing is trusted, and all is read.
    `known` holds the hashes of earlier entries that were asked for, by number (0: genesis).
    """

    count: int
    hash: str
    place: Place | None = None
    known: Mapping[int, str] = field(default_factory=dict)

    def knows(self, marks: frozenset[int]) -> bool:
        """Tell whether every number in `marks` is known, or lies in what is still to be read."""
        return all(seq > self.count or seq in self.known for seq in marks)


def dump_checkpoint(checkpoint: Checkpoint) -> bytes:
    """Return a checkpoint as a JSON document; not canonical, an inode may be a large number."""
    return json.dumps(asdict(checkpoint), indent=1, sort_keys=True).encode() + b"\n"


def read_checkpoint(raw: bytes) -> Checkpoint:
    """Return what `dump_checkpoint` wrote; NotCanonicalError for anything else."""
    try:
        value: dict[str, Any] = json.loads(raw)
        place = None if value["place"] is None else Place(*value["place"])
        known = {int(seq): text for seq, text in value["known"].items()}
        checkpoint = Checkpoint(value["count"], value["hash"], place, known)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotCanonicalError("it is no checkpoint") from error
    numbers = all(type(number) is int and number >= 0 for number in place or ())
    hashes = all(map(is_hash, [checkpoint.hash, *known.values()]))
    seqs = all(seq == 0 or is_seq(seq) for seq in (checkpoint.count, *known))
    if not (numbers and hashes and seqs and type(checkpoint.count) is int):
        raise NotCanonicalError("it is no checkpoint")
    return checkpoint
