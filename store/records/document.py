"""A document in sections: what every kind of it has in common, as one Markdown text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from store.records.markdown import Md, inline, paragraphs
from store.records.texts import Texts

_NUMBER = re.compile(r"(?:\S+ )?(\d+|[A-Z])\. ")
"""How the title of a section begins that has a number, or an annex its letter."""


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its title in plain text, and its body in Markdown without the heading."""

    title: str
    body: Md


@dataclass(frozen=True, slots=True)
class Document:
    """Front matter, title and sections; the same values give the same text."""

    front: Md
    title: str
    sections: tuple[Section, ...]

    @property
    def markdown(self) -> str:
        """The whole document, ending in a newline."""
        parts: list[str] = [self.front, f"# {inline(self.title)}"]
        for section in self.sections:
            parts += [f"## {section.title}", section.body]
        return "\n\n".join(parts) + "\n"


def _captioned(section: Section, texts: Texts) -> Section:
    """Return a numbered section with a number over each table, where it has several of them.

    One that stands alone is named by the heading.
    """
    number, blocks = _NUMBER.match(section.title), section.body.split("\n\n")
    places = [at for at, one in enumerate(blocks) if one.startswith("| ") and "\n| -" in one]
    if not number or len(places) < 2:
        return section
    for count, at in enumerate(places, start=1):
        said = texts.say("words.table", number=Md(f"{number[1]}.{count}"))
        blocks[at] = f"{said}\n\n{blocks[at]}"
    return replace(section, body=Md("\n\n".join(blocks)))


def finished(sections: Iterable[Section], texts: Texts) -> tuple[Section, ...]:
    """Return the sections; the last one names those of which something had to be in English.

    Each is to be made as it is asked for, or it cannot be told which of them that was.
    """
    other, texts.fell_back = texts.fell_back, False
    made: list[Section] = []
    in_english: list[Md] = []
    for section in sections:
        made.append(_captioned(section, texts))
        in_english += [Md(section.title)] if texts.fell_back else []
        texts.fell_back = False
    texts.fell_back = other or bool(in_english)
    if not texts.fell_back:
        return tuple(made)
    note = texts.say("words.parts-in-english")
    if in_english:
        note = texts.say("words.in-english", parts=texts.side_by_side(in_english, whole=True))
    *others, last = made
    return (*others, replace(last, body=paragraphs(last.body, note)))
