"""The exhibits of a docket, each by its entry and by its number, and which one a word means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from store.docket import read_entry
from store.docket.entries import NAMES_SOME
from store.docket.exhibits import exhibit_numbers
from store.entries import Entry, Exhibit
from store.errors import UsageError
from store.journal.chain import read_line
from store.workspace import Workspace

_PLACE = re.compile(r"(?:.*[#-])?(\d{1,9}(?:\.\d{1,3})?)")
_LABEL = re.compile(r"[A-Za-z]{1,3}-(\d{1,9})")
_PREFIX = re.compile(r"[0-9a-f]{8,64}")


class Listed(NamedTuple):
    """One exhibit of one entry; `place` is `12`, or `12.2` where entry 12 has several.

    `number` is that of its label in documents, `JE-3`: the third file that was added.
    """

    place: str
    exhibit: Exhibit
    entry: Entry
    number: int


def exhibits_of(workspace: Workspace, client: str) -> list[Listed]:
    """Return every exhibit of a docket in order of number, a file once for each entry that has it.

    Lines that name none are not read.
    """
    raws = workspace.file(client).lines.raws()
    return list_exhibits(read_entry(read_line(raw)) for raw in raws if NAMES_SOME in raw)


def list_exhibits(entries: Iterable[Entry]) -> list[Listed]:
    """Return every exhibit of `entries`, which are all that have some."""
    known = list(entries)
    numbers = exhibit_numbers(known)
    return [
        Listed(
            f"{entry.seq}.{place}" if len(entry.exhibits) > 1 else f"{entry.seq}",
            one,
            entry,
            numbers[one.sha256],
        )
        for entry in known
        for place, one in enumerate(entry.exhibits, start=1)
    ]


def meant(text: str, listed: Sequence[Listed]) -> list[Listed]:
    """Return what `text` means: a label, an entry's number, or the beginning of a SHA-256.

    A label is as a document prints it (`AB-3`; those of an earlier Docket had the entry's number),
    a number may have its client (`acme#12.2`). An entry's number means its own exhibits and those
    of its addenda. UsageError where nothing fits.
    """
    found: list[Listed] = []
    if label := _LABEL.fullmatch(text.strip()):
        found = [one for one in listed if one.number == int(label[1])]
    if not found and (at := _PLACE.fullmatch(text.strip())):
        number, _, place = at[1].partition(".")
        found = [one for one in listed if _fits(one, int(number), place)]
    if not found and _PREFIX.fullmatch(text.strip().lower()):
        found = [one for one in listed if one.exhibit.sha256.startswith(text.strip().lower())]
    if not found:
        known = ", ".join(one.place for one in listed[:12])
        raise UsageError(
            f"No exhibit fits '{text.strip()[:70]}'",
            f"there are {known}{', …' * (len(listed) > 12)}" if known else "there is none",
            "Name one by its number, or by the first 8 signs of its SHA-256",
        )
    return found


def one_meant(text: str, listed: Sequence[Listed]) -> Listed:
    """Return the one exhibit that `text` means; UsageError where it means several.

    An entry's number means its own exhibit, if it has just one, before those of its addenda.
    """
    found = meant(text, listed)
    place = _PLACE.fullmatch(text.strip())
    found = [one for one in found if place and one.place == place[1]] or found
    if len({one.exhibit.sha256 for one in found}) > 1:
        raise UsageError(
            f"'{text.strip()}' means several exhibits",
            ", ".join(f"{one.place} {one.exhibit.name}" for one in found[:12]),
            "Name one of these numbers",
        )
    return found[0]


def _fits(one: Listed, number: int, place: str) -> bool:
    if place:
        return one.place in {f"{number}.{place}", f"{number}" if place == "1" else ""}
    link = one.entry.link("adds-to")
    return number in (one.entry.seq, link.seq if link else 0)
