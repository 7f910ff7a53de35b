"""What a captured line was read as: an entry's fields, what is missing, and all of it in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from store.dates import When
from store.entries import KINDS, own_words
from store.entries.describe import Partial, Voice, in_short, link_words
from store.entries.words import number_words

_DAY = "{:%a %-d %b %Y}".format
_VOICE = Voice(day=_DAY, severity=str)
_TAKEN = Voice(day=_DAY, severity="{} (s:2, s:3 if worse)".format)
"""Where nobody says how bad it was: what it is taken for, and how to say otherwise."""
NEW_CLIENT = "new-client"
"""The kind of a reading that adds a client instead of an entry."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A line as read; complete, and fit to be saved, once `problems` is empty.

    `words` says what will be saved or what is missing, on one line. `when` is None for now, and
    `severity` where nobody says it.
    `called` is the word of the user's own that named the kind, `taken` are the words that were
    read as something besides the statement, as they were typed.
    """

    client: str | None
    kind: str | None
    called: str = ""
    statement: str = ""
    when: When | None = None
    severity: int | None = None
    hours: Decimal | None = None
    quotes: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    words: str = ""
    channel: str | None = None
    links: tuple[tuple[str, int], ...] = ()
    refs: Mapping[str, str] = field(default_factory=dict)
    visibility: str | None = None
    taken: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether it can be saved as it is."""
        return not self.problems

    def draft_fields(self) -> dict[str, Any]:
        """Return the arguments of `Workspace.draft` for a complete reading of an entry."""
        return {
            "client": self.client,
            "kind": self.kind,
            "called": self.called or None,
            "statement": self.statement,
            "occurred_at": self.when.at if self.when else None,
            "precision": self.when.precision if self.when else None,
            "channel": self.channel,
            "quotes": tuple({"text": text} for text in self.quotes),
            "refs": dict(self.refs) or None,
            "links": tuple({"rel": rel, "seq": seq} for rel, seq in self.links),
            "visibility": self.visibility,
            "data": dict(self.data),
        }


def in_words(reading: Reading, name: str, today: date) -> str:
    """Return `reading` as a sentence, such as `Acme Media: late payment, severity 2, today`."""
    if reading.kind == NEW_CLIENT:
        return _new_words(reading, today)
    label = KINDS[reading.kind].label if reading.kind else "?"
    if reading.kind and reading.called:
        label = own_words(reading.called, reading.kind)
    said = [label, *beside_text(reading, today, now="now")]
    text = f": {reading.statement.splitlines()[0]}" if reading.statement else ""
    return f"{name or 'Which client'}{':' if name else '?'} {', '.join(said)}{text}"


def beside_text(reading: Reading, today: date, *, now: str = "") -> list[str]:
    """Return what `reading` says besides kind and statement; `now` stands where no day is said."""
    said = [_data_words(reading)]
    said += [f"{link_words(reading.kind, rel)} {number_words(seq)}" for rel, seq in reading.links]
    said += [f"about {invoice}" for name, invoice in reading.refs.items() if name == "invoice"]
    said.append(_when_words(reading.when, today) if reading.when else now)
    said.append(f"by {reading.channel}" if reading.channel else "")
    if reading.quotes:
        quoted = len(reading.quotes)
        said.append("with their words" if quoted == 1 else f"with their words, {quoted} times")
    if reading.visibility not in (None, "record"):
        said.append(f"{reading.visibility}, kept out of records")
    return [words for words in said if words]


def _new_words(reading: Reading, today: date) -> str:
    said = [f"A new client: {reading.data.get('name', '')}".rstrip(": ")]
    if "email" in reading.data:
        said.append(f"mail {reading.data['email']}")
    said.append(in_short(Partial("TermsData", reading.data["terms"])))
    said.append(_when_words(reading.when, today) if reading.when else "")
    told = ", ".join(filter(None, said[1:]))
    return f"{said[0]} ({told or 'agreed? EUR 85/h net14 reply 2d revisions 2'})"


def _data_words(reading: Reading) -> str:
    if reading.kind not in KINDS:
        return ""
    marked = {"severity": reading.severity, "hours": reading.hours}
    told = Partial(KINDS[reading.kind].shape, marked | dict(reading.data))
    return in_short(told, _VOICE if reading.severity else _TAKEN)


def _when_words(when: When, today: date) -> str:
    near = {0: "today", 1: "yesterday"}.get((today - when.day).days, "")
    day = f"{when.day:%a %-d %b}" if when.day.year == today.year else f"{when.day:%a %-d %b %Y}"
    clock = f" {when.at:%H:%M}" if when.precision in ("minute", "hour") else ""
    about = "about " if when.precision == "about" else ""
    return f"{about}{f'{near}, ' if near else ''}{day}{clock}"
