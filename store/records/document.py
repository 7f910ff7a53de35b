"""A document in sections: what every kind of it has in common, as one Markdown text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from store.records.markdown import Flow, Md, TableLines, inline, paragraphs
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
        blocks[at] = f"{_caption(number[1], count, texts)}\n\n{blocks[at]}"
    return replace(section, body=Md("\n\n".join(blocks)))


def _caption(section: str, count: int, texts: Texts) -> Md:
    return texts.say("words.table", number=Md(f"{section}.{count}"))


class _English:
    """Of which sections something had to be in English, as each is made."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._before, texts.fell_back = texts.fell_back, False
        self._sections: list[Md] = []

    def made(self, title: str) -> None:
        """Take note of a section that was made just now."""
        self._sections += [Md(title)] if self._texts.fell_back else []
        self._texts.fell_back = False

    def note(self) -> Md:
        """Return what the last section says of it; empty for nothing."""
        texts, parts = self._texts, self._sections
        texts.fell_back = self._before or bool(parts)
        if not texts.fell_back:
            return Md("")
        note = texts.say("words.parts-in-english")
        if parts:
            note = texts.say("words.in-english", parts=texts.side_by_side(parts, whole=True))
        return note


def finished(sections: Iterable[Section], texts: Texts) -> tuple[Section, ...]:
    """Return the sections; the last one names those of which something had to be in English.

    Each is to be made as it is asked for, or it cannot be told which of them that was.
    """
    english = _English(texts)
    made: list[Section] = []
    for section in sections:
        made.append(_captioned(section, texts))
        english.made(section.title)
    if not (note := english.note()):
        return tuple(made)
    *others, last = made
    return (*others, replace(last, body=paragraphs(last.body, note)))


def told_section(title: str, body: Md | Flow, texts: Texts) -> Iterator[str]:
    """Yield a section piece by piece, with what `finished` makes of its tables."""
    yield f"\n\n## {title}"
    if not isinstance(body, Flow):
        yield f"\n\n{_captioned(Section(title, body), texts).body}"
        return
    number, count = _NUMBER.match(title), 0
    for block in body.blocks:
        if isinstance(block, TableLines):
            count += 1
            if number and body.tables > 1:
                yield f"\n\n{_caption(number[1], count, texts)}"
            yield "\n"
            for line in block.lines:
                yield f"\n{line}"
        elif block:
            yield f"\n\n{block}"


def told_document(
    front: Md, title: str, sections: Iterable[tuple[str, Md | Flow]], texts: Texts
) -> Iterator[str]:
    """Yield piece by piece what Document.markdown is of the `finished` sections."""
    yield f"{front}\n\n# {inline(title)}"
    english = _English(texts)
    for name, body in sections:
        yield from told_section(name, body, texts)
        english.made(name)
    note = english.note()
    yield f"\n\n{note}\n" if note else "\n"
