"""One entry whole, in words: its facts one a line, and what stands around it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from store.dates import day_words
from store.docket.around import Around, Bond, around
from store.text import plural, size_words, top_line
from tui.glyphs import glyphs
from tui.words.entry import Label, gist, origin_words
from tui.words.moments import kind_called, occurred_words, recorded_words, typed_words

if TYPE_CHECKING:
    from store.docket import Docket, Standing
    from store.entries import Entry, Exhibit
    from store.evidence.exhibits import Exhibits

_READ: Final = 8_000_000
"""Bytes of an exhibit up to which it is read to see whether it is what it was."""
_SOURCES: Final = {
    "witnessed": "I was there",
    "message": "a message",
    "document": "a document",
    "told-by": "as I was told",
}
_BONDS: Final[dict[Bond, str]] = {
    "names": "about",
    "agreed": "agreed",
    "before": "before",
    "told": "told",
    "answered": "answered",
    "paid": "paid",
    "taken-off": "taken off",
    "named": "named by",
    "since": "since",
}
"""What an entry beside another is called."""
NEVER_EDITED: Final = "An entry is never edited in place."


class EntryFact(NamedTuple):
    """A fact of an entry: what it is called, and the pieces of it, each with its look."""

    label: str
    pieces: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The fact without its looks."""
        return "".join(text for text, _ in self.pieces)


class Beside(NamedTuple):
    """An entry that stands around another: what it is to that one, and it itself."""

    label: str
    entry: Entry

    @property
    def words(self) -> str:
        """What it says, in one line."""
        return top_line(gist(self.entry))


def labels_of(docket: Docket, author: str) -> Label:
    """Return what the files of a whole docket are called in the documents that `author` makes."""
    from store.docket.exhibits import exhibit_label, exhibit_number, initials_of

    initials = initials_of(author)

    def label(exhibit: Exhibit) -> str:
        number = exhibit_number(docket.entries, exhibit)
        return "" if number is None else exhibit_label(initials, number)

    return label


def labelled_facts(
    docket: Docket, one: Standing, exhibits: Exhibits, label: Label
) -> Iterator[EntryFact]:
    """Yield the facts of an entry beside what it says, its quotes and its corrections."""
    entry = one.entry
    severity = getattr(entry.data, "severity", None)
    if severity is not None:
        marks = (glyphs().severity * severity, f"heat{severity}")
        yield EntryFact("severity", (marks, (f" {severity} of 3", "")))
    yield EntryFact("happened", ((f"{entry.occurred_at:%a} {occurred_words(entry)}", ""),))
    by = f", by {entry.author}" if entry.author else ""
    yield EntryFact("logged", ((f"{recorded_words(entry)}{typed_words(entry)}{by}", ""),))
    channel = f", by {entry.channel}" if entry.channel else ""
    yield EntryFact("source", ((f"{_SOURCES[entry.source]}{channel}", ""),))
    if entry.origin:
        yield EntryFact("from", ((origin_words(entry.origin).removeprefix("from "), ""),))
    for exhibit in files_of(one):
        small = exhibit.size <= _READ
        trouble = exhibits.problem(exhibit) if small else exhibits.glance(exhibit)
        state = (trouble, "bold heat3")
        if not trouble:
            whole = (f"{glyphs().done} unchanged", "keep")
            state = whole if small else ("there, not read now", "dim")
        called = ((f"{name} ", "bold"),) if (name := label(exhibit)) else ()
        size = (f", {size_words(exhibit.size)}, ", "")
        yield EntryFact("exhibit", (*called, (exhibit.name, "link"), size, state))
    yield EntryFact("shown to", ((shown_words(docket, one.seq), ""),))
    yield EntryFact("digest", ((digest(entry.hash), ""), (f"  after #{one.seq - 1}", "dim")))


def files_of(one: Standing) -> tuple[Exhibit, ...]:
    """Return the files of an entry, and those that were added to it."""
    return (*one.entry.exhibits, *(two for add in one.addenda for two in add.exhibits))


def shown_words(docket: Docket, seq: int) -> str:
    """Return in whose records an entry may stand."""
    from store.docket.audience import shown_to

    return ", ".join(shown_to(docket, seq)) or "nobody: it is in no record"


def digest(sha256: str) -> str:
    """Return the beginning of a digest, in groups that can be read out."""
    return " ".join(sha256[at : at + 4] for at in range(0, 16, 4))


def beside(docket: Docket, found: Around) -> list[Beside]:
    """Return the entries that stand around another, each with what it is to it."""
    told = ((_BONDS[near.bond], docket.find(near.seq)) for near in found.found)
    return [Beside(label, one.entry) for label, one in told if one is not None]


def silence_words(found: Around, docket: Docket) -> str:
    """Return for how long nothing was said about it, where something is to be said."""
    if found.unanswered is None:
        return ""
    return "since today" if not found.unanswered else plural(found.unanswered, "day")


def corrected_words(one: Standing) -> str:
    """Return how often an entry was corrected, and that it is never edited."""
    changes = [
        *([plural(len(one.amendments), "correction")] if one.amendments else []),
        *([plural(len(one.addenda), "addition")] if one.addenda else []),
        *([f"withdrawn by #{one.void.seq}"] if one.void else []),
    ]
    said = ", ".join(changes) if changes else "Nothing added or corrected since"
    return f"{said[:1].upper()}{said[1:]}. {NEVER_EDITED}"


def whole_lines(docket: Docket, one: Standing, exhibits: Exhibits, label: Label) -> Iterator[str]:
    """Yield what a shell shows of one entry under what it says, a fact a line."""
    for fact in labelled_facts(docket, one, exhibits, label):
        if fact.label not in ("severity", "happened"):
            yield f"{fact.label:<9} {fact.text}"
    found = around(docket, one.seq)
    for near in beside(docket, found):
        entry = near.entry
        head = f"#{entry.seq} {day_words(entry.day)} {kind_called(entry)}"
        yield f"{near.label:<9} {head}" + (f": {near.words}" if near.words else "")
    if silent := silence_words(found, docket):
        yield f"{'answered':<9} nothing yet, {silent}"
    yield corrected_words(one)


def whole_json(docket: Docket, one: Standing, label: Label) -> dict[str, Any]:
    """Return what `docket show CLIENT#N --json` says beside the entry itself."""
    from store.docket.audience import shown_to

    seq, found = one.seq, around(docket, one.seq)
    return {
        "labels": {exhibit.sha256: label(exhibit) for exhibit in files_of(one)},
        "shown_to": list(shown_to(docket, seq)),
        "around": [{"bond": near.bond, "entry": near.seq} for near in found.found],
        "unanswered_days": found.unanswered,
    }
