"""Which kind of entry follows another, and by which link: the one table all else asks."""

from __future__ import annotations

from typing import Final, NamedTuple

from store.entries import Draft, Link, Relation


class Follows(NamedTuple):
    """The link that only this kind may have, and whether it must."""

    relation: Relation
    needed: bool = True


FOLLOWS: Final[dict[str, Follows]] = {
    "amendment": Follows("amends"),
    "addendum": Follows("adds-to"),
    "void": Follows("voids"),
    "late-entry": Follows("late-of", needed=False),
    "answer": Follows("answers"),
    "acceptance": Follows("accepts", needed=False),
    "promise-kept": Follows("keeps"),
    "promise-broken": Follows("breaks"),
}
"""By kind. Any entry may also be `about` others; a kind not named here has no other link."""

KIND_OF: Final[dict[str, str]] = {follows.relation: kind for kind, follows in FOLLOWS.items()}
"""By relation, the kind that has it."""


def followed(entry: Draft) -> Link | None:
    """Return the link of its kind that `entry` has; links of other kinds say nothing."""
    follows = FOLLOWS.get(entry.kind)
    return entry.link(follows.relation) if follows else None
