"""What a check of a record found, part by part, with what each part shows and does not show."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from store.journal import LIMITS
from store.text import clean_line

_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a check: what was compared, what that shows and what it does not."""

    name: str
    said: str
    shows: str
    does_not: str


@dataclass(frozen=True, slots=True)
class RecordReport:
    """What a check found: `findings` names each file that is wrong, `limits` what none can show."""

    ok: bool
    findings: tuple[str, ...]
    parts: tuple[Part, ...]
    limits: str = LIMITS

    @property
    def checked(self) -> tuple[str, ...]:
        """What was compared with what, in words."""
        return tuple(part.said for part in self.parts if part.name not in _UNCOMPARED)

    @property
    def words_compared(self) -> bool:
        """Whether the words were made again: those of an earlier layout cannot be."""
        return all(part.name != "words" for part in self.parts)


SHOWN: Final[dict[str, tuple[str, str]]] = {
    "files": (
        "each file is the one that the manifest lists, byte for byte",
        "who made the manifest, or when",
    ),
    "chain": (
        "no entry was changed, removed, moved or slipped in after it was chained",
        "that the whole chain was not made anew, or cut at its end",
    ),
    "document": (
        "the record says what the entries say, and its sums and days follow from them",
        "that what was noted is true; what the entries left out say, why they were left out, or "
        "whether a sum would change with them; nor that the purpose, the period, the names and "
        "what is asked for are right, as only the manifest states them",
    ),
    "words": (
        "nothing of the words and sums of the record",
        "whether they follow from the entries; the version of Docket that made them can tell",
    ),
    "exhibits": (
        "each file is the one that was added to its entry",
        "where it came from before that, or that it is genuine",
    ),
    "custody": (
        "who is noted to have added, looked at or handed over each file, in an unbroken list",
        "what was done without Docket, or that no line was cut off its end or withheld",
    ),
    "no custody": (
        "nothing about who has handled the exhibits",
        "Docket adds custody.jsonl where exhibits go with a record, except a facts sheet",
    ),
    "clock": (
        "that the clock of whoever made the record, or this one, is wrong, or the date was changed",
        "which of them; an anchor or a time stamp from elsewhere tells more",
    ),
    "signature": (
        "the holder of that key stands by this manifest, and so by every file it lists",
        "when it was signed, or who holds the key: compare the key with one you have from them",
    ),
    "no signature": (
        "nothing about who made this folder",
        "`docket record --sign` signs it with an SSH key",
    ),
    "anchor": (
        "the entries up to its number are those of that day, if you have the anchor from elsewhere",
        "anything about later entries; an anchor that lies only here was in the same hands",
    ),
    "no anchor": (
        "nothing that would tell a chain made anew, or cut at its end",
        "`docket anchor CLIENT` makes a line to leave with somebody in good time",
    ),
}
"""What each part of a check shows, and what it does not."""

_UNCOMPARED: Final = frozenset({*(name for name in SHOWN if name.startswith("no ")), "words"})
TABLE: Final = tuple(name for name in SHOWN if name not in _UNCOMPARED | {"clock"})
"""The parts that VERIFY.md lists: those that compare files."""


@dataclass(slots=True)
class Findings:
    """What a check has found so far."""

    findings: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    def wrong(self, what: str) -> None:
        """Note something that is wrong; a name in it may come from anybody."""
        self.findings.append(clean_line(what[:_LONGEST]))

    def checked(self, name: str, said: str) -> None:
        """Note what was compared."""
        shows, does_not = SHOWN[name]
        self.parts.append(Part(name, clean_line(said[:_LONGEST]), shows, does_not))

    def report(self) -> RecordReport:
        """Return the report; a finding is told once."""
        found = tuple(dict.fromkeys(self.findings))
        return RecordReport(not found, found, tuple(self.parts))
