"""A document in sections: what every kind of it has in common, as one Markdown text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from store.records.markdown import Md, inline, paragraphs
from store.records.texts import Texts


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


def finished(sections: Sequence[Section], texts: Texts) -> tuple[Section, ...]:
    """Return the sections; the last one says so where parts of them had to be in English."""
    if not texts.fell_back:
        return tuple(sections)
    *others, last = sections
    note = texts.say("words.parts-in-english")
    return (*others, replace(last, body=paragraphs(last.body, note)))
