"""What an exhibit is called: initials, and its number in the order in which files were added."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from store.docket.entries import Entries
from store.entries import Entry, Exhibit
from store.text import fold


def exhibit_numbers(entries: Iterable[Entry]) -> dict[str, int]:
    """Return the number of each file of a whole docket by its SHA-256, in that order.

    The first file added is 1. Nothing that is logged later changes one, as entries are only added;
    a file that several entries have is counted once, where it was first added.
    """
    found: dict[str, int] = {}
    for entry in entries:
        for exhibit in entry.exhibits:
            found.setdefault(exhibit.sha256, len(found) + 1)
    return found


def exhibit_number(entries: Sequence[Entry], exhibit: Exhibit) -> int | None:
    """Return the number of a file on a whole docket; None where no entry has it."""
    if isinstance(entries, Entries):  # where each line is looked at once
        return entries.exhibit_number(exhibit)
    return exhibit_numbers(entries).get(exhibit.sha256)


def unnumbered(entries: Sequence[Entry]) -> int:
    """Return how many lines `exhibit_number` would have to look at."""
    return entries.unnumbered if isinstance(entries, Entries) else 0


def exhibit_label(initials: str, number: int) -> str:
    """Return what an exhibit is called in every document, such as `JE-3`."""
    return f"{initials}-{number}"


def initials_of(name: str) -> str:
    """Return up to three initials in plain capitals; EX where there are none."""
    letters = re.findall(r"\b[a-z]", fold(name))
    return "".join(letters[:3]).upper() or "EX"
