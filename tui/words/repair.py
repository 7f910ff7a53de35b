"""What is said of a repair, by the shell and by the app."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from store.entries.words import entry_named, number_words
from tui.keys import key_shown

if TYPE_CHECKING:
    from store.entries import Entry


def offer_words(client: str, seq: int) -> str:
    """Return what is offered at the moment of a complaint, in one line."""
    name = entry_named(client, seq)
    return (
        f"Help surprises most now, and may be small: docket repair {name} ACT --by DAY"
        f" (the words: docket letter {client} apology --about '{number_words(seq)}')"
    )


def at_once(entry: Entry, own: Mapping[str, str]) -> str:
    """Return what the app offers right after a complaint, by the user's own keys; else nothing."""
    if entry.kind != "complaint":
        return ""
    key = key_shown("repair", own)
    return f". Help surprises most now, and may be small: {key} begins it"
