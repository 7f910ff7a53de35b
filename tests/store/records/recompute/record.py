"""A record being checked: the document, the entries it shows, and what it withholds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from store.recheck.account import Account
from store.recheck.entries import Docket, Entry
from store.recheck.figures import minor, spelled
from store.recheck.journal import Journal

from .markdown import Document


@dataclass
class Record:
    """What every section is reckoned from."""

    document: Document
    journal: Journal
    purpose: str
    exhibits: dict[str, bytes]
    custody: Journal | None
    custody_count: int
    docket: Docket
    hidden: dict[int, frozenset[str]]
    whole: list[int]
    labels: dict[int, str]
    anchors: list[dict[str, object]]
    chosen: frozenset[str]
    first: tuple[int, ...]
    week: frozenset[int] = frozenset(range(5))
    off: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        front = self.document.front
        self.as_of = date.fromisoformat(front["prepared_at"][:10])
        self.since = date.fromisoformat(front["from"])
        self.until = date.fromisoformat(front["to"])
        self.by = front["prepared_by"]
        self.account = Account(self.docket, self.as_of)
        self.files = _labelled(self.journal, self.by)

    @property
    def where(self) -> str:
        """Where something was looked for that is not there."""
        whole = len(self.docket.all) == len(self.journal.lines)
        return "on record" if whole else "in the entries shown"

    @property
    def name(self) -> str:
        """The client's name, as the title has it."""
        return self.document.front["title"].split(": ", 1)[1]

    @property
    def terms(self) -> dict[str, str]:
        """What was agreed in the end."""
        found: dict[str, str] = {}
        for one in self.docket.of("terms"):
            found.update(one.data)
        return found

    def label(self, entry: Entry) -> str:
        """Return the word for the kind of an entry that the chronology has."""
        return self.labels.get(entry.seq, entry.kind)

    def exhibit_names(self, *found: Entry) -> str:
        """Return the labels of the exhibits of entries, or `-`."""
        kept = [str(one["sha256"]) for entry in found for one in entry.raw.get("exhibits", [])]
        return ", ".join(dict.fromkeys(self.files[one] for one in kept)) or "-"

    def proof(self, *found: Entry) -> str:
        """Return `42; exhibit AB-42`, or `none`."""
        names = self.exhibit_names(*found)
        kind = "exhibits" if "," in names else "exhibit"
        if not found:
            return "none"
        told = numbers(one.seq for one in found)
        return told + (f"; {kind} {names}" if names != "-" else "")

    def money(self, value: Fraction, currency: str) -> str:
        """Return `EUR 1,234.50`."""
        return f"{currency} {spelled(value, minor(currency))}"


def numbers(seqs: Iterable[int]) -> str:
    """Return `3, 7`."""
    return ", ".join(map(str, sorted(set(seqs))))


def _labelled(journal: Journal, by: str) -> dict[str, str]:
    """Return the label of each file of a client, whatever is shown: 1 is the first ever added."""
    initials = "".join(word[0] for word in by.split())[:3].upper()
    every = [one["sha256"] for line in journal.lines for one in line.fields.get("exhibits", [])]
    return {sha: f"{initials}-{place}" for place, sha in enumerate(dict.fromkeys(every), start=1)}


@dataclass(frozen=True)
class Asked:
    """A request, by when the answer was needed and when it came."""

    entry: Entry
    needed: date | None
    agreed: bool
    answer: Entry | None
    parts: list[Entry]
    as_of: date

    @property
    def end(self) -> date:
        """The day of the answer, or today."""
        return self.answer.day if self.answer else self.as_of

    @property
    def over(self) -> int:
        """Days from the day it was needed to the end; never negative."""
        return max(0, (self.end - self.needed).days) if self.needed else 0


_ANSWERS = ("answers", "accepts")


def requests(record: Record) -> list[Asked]:
    """Return every request of the docket."""
    found = []
    for one in record.docket.of("request"):
        named = one.data.get("needed_by")
        within = _within(record, one)
        needed = (
            date.fromisoformat(named) if named else one.day + timedelta(within) if within else None
        )
        came = [other for said in _ANSWERS for other in record.docket.linked(said, one.seq)]
        answer = min(came, key=lambda other: (other.at, other.seq), default=None)
        about = record.docket.linked("about", one.seq)
        parts = [other for other in about if other.kind == "partial-answer"]
        agreed = not named and needed is not None
        found.append(Asked(one, needed, agreed, answer, parts, record.as_of))
    return found


def _within(record: Record, request: Entry) -> int:
    """Return the days in which a reply was agreed when it was asked."""
    found = 0
    for one in record.docket.of("terms"):
        if one.at <= request.at:
            found = int(one.data.get("reply_within_days", found))
    return found
