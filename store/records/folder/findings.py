"""What a check of a record found, part by part, with what each part shows and does not show."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from store.journal import LIMITS
from store.languages import ENGLISH
from store.records.markdown import Md
from store.records.texts import Texts
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


TABLE: Final = ("files", "chain", "document", "exhibits", "custody", "signature", "anchor")
"""The parts that VERIFY.md lists: those that compare files."""
_UNCOMPARED: Final = frozenset({"no custody", "no signature", "no anchor", "words"})


def what_it_shows(name: str, texts: Texts) -> tuple[Md, Md]:
    """Return what a part of a check shows, and what it does not."""
    key = name.replace(" ", "-")
    return texts.say(f"verify.shows.{key}"), texts.say(f"verify.shows-not.{key}")


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
        shows, does_not = what_it_shows(name, Texts(ENGLISH, "verify"))
        self.parts.append(Part(name, clean_line(said[:_LONGEST]), shows, does_not))

    def report(self) -> RecordReport:
        """Return the report; a finding is told once."""
        found = tuple(dict.fromkeys(self.findings))
        return RecordReport(not found, found, tuple(self.parts))
