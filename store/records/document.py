"""A document in sections: what every kind of it has in common, as one Markdown text."""

from __future__ import annotations

from dataclasses import dataclass

from store.records.markdown import Md, inline


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
