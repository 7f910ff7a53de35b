"""The lines of one text as they are typed, and the earlier ones that may be typed again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

_KEPT: Final = 100


@dataclass(slots=True)
class TypedLines:
    """A text of several lines, one of which is being typed: the first says what is logged."""

    above: list[str] = field(default_factory=list)
    line: str = ""
    below: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join((*self.above, self.line, *self.below))

    @text.setter
    def text(self, text: str) -> None:
        self.above = []
        self.line, *self.below = text.split("\n")

    @property
    def first(self) -> str:
        """The line that is read; those after it go into the statement as they are."""
        return self.above[0] if self.above else self.line

    def split(self, at: int) -> None:
        """Begin a new line with what stands from `at` on."""
        self.above.append(self.line[:at])
        self.line = self.line[at:]

    def join(self) -> int:
        """Put the line behind the one above it; return where the two meet."""
        before = self.above.pop()
        self.line = before + self.line
        return len(before)

    def move(self, by: int) -> bool:
        """Go to the line above (-1) or below (1), and return whether there is one."""
        source, target = (self.above, self.below) if by < 0 else (self.below, self.above)
        if not source:
            return False
        if by < 0:
            target.insert(0, self.line)
            self.line = source.pop()
        else:
            target.append(self.line)
            self.line = source.pop(0)
        return True

    def insert(self, at: int, text: str) -> int:
        """Put `text` of several lines in at `at`; return where on the line it ends."""
        head, tail = self.line[:at], self.line[at:]
        first, *more = text.split("\n")
        if not more:
            self.line = head + first + tail
            return at + len(first)
        self.above += [head + first, *more[:-1]]
        self.line = more[-1] + tail
        return len(more[-1])


@dataclass(slots=True)
class LineHistory:
    """The lines that this session logged, or let go of, oldest first; nothing of it is on disk."""

    lines: list[str] = field(default_factory=list)
    logged: str = ""

    def remember(self, text: str, *, logged: bool = True) -> None:
        """Take in a line that was `logged`, or thrown away."""
        if logged:
            self.logged = text
        self.lines = [*(one for one in self.lines if one != text), text][-_KEPT:]
