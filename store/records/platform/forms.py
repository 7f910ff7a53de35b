"""The forms of platforms, as `forms/*.toml` states them: their fields, limits and files."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypeAlias

PackSubject: TypeAlias = Literal["agreed", "delivered", "wrote", "due"]
"""What a field is for: each fact belongs to one, so that it is told once."""


@dataclass(frozen=True, slots=True)
class PackSlot:
    """A field of a form: its name there, what goes into it, and how many characters it takes.

    `file` says that some who have it take a file there.
    """

    name: str
    holds: tuple[PackSubject, ...]
    limit: int
    file: bool = False


PackFact: TypeAlias = Literal["name", "email", "address", "delivered"]
"""What a short field asks for."""


@dataclass(frozen=True, slots=True)
class ShortField:
    """A field of one line, and what it asks for."""

    name: str
    what: PackFact


@dataclass(frozen=True, slots=True)
class PaperField:
    """A field that takes one file, and which: what shows a subject."""

    name: str
    of: PackSubject


@dataclass(frozen=True, slots=True)
class FileRule:
    """What somebody takes of files: megabytes of all or of `each`, and pages of all; 0 for any."""

    who: str
    megabytes: int = 0
    each: int = 0
    pages: int = 0


@dataclass(frozen=True, slots=True)
class PlatformForm:
    """A form: its fields, how much they take together, and which files go into which of them."""

    slots: tuple[PackSlot, ...]
    together: int
    formats: tuple[str, ...]
    rules: tuple[FileRule, ...]
    short: tuple[ShortField, ...] = ()
    papers: tuple[PaperField, ...] = ()

    def takes(self, name: str) -> bool:
        """Whether a file may go in by the end of its name."""
        return name.rpartition(".")[2].casefold() in self.formats


@cache
def platform_form(name: str) -> PlatformForm:
    """Return a form by its name in PLATFORM_FORMS; FileNotFoundError where there is none."""
    text = files(__package__).joinpath("forms", f"{name}.toml").read_text("utf-8")
    known = tomllib.loads(text)
    return PlatformForm(
        tuple(_slots(known["field"])),
        known["together"],
        tuple(known["files"]["formats"]),
        tuple(FileRule(**one) for one in known["files"]["rule"]),
        tuple(ShortField(**one) for one in known.get("short", ())),
        tuple(PaperField(**one) for one in known.get("paper", ())),
    )


def _slots(rows: list[dict[str, Any]]) -> Iterator[PackSlot]:
    for row in rows:
        yield PackSlot(row["name"], tuple(row["holds"]), row["limit"], row.get("file", False))
