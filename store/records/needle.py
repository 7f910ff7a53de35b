"""A text that must not get out, and how it is found again however it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from store.errors import UsageError
from store.text import clean_line, fold

_LETTERS = re.compile(r"[^\W\d_]+")
_NO_SIGN = re.compile(r"[\W_]+")
_BLANKS = re.compile(r"\s+")
_SHORTEST = 3
_DIGITS = 6
_ESCAPES = str.maketrans({"\\": None, "`": None})


@dataclass(frozen=True, slots=True)
class Needle:
    """One text to withhold: as typed, folded for comparing, and the parts that give it away."""

    typed: str
    folded: str
    signs: str
    parts: tuple[re.Pattern[str], ...]

    @classmethod
    def of(cls, typed: str) -> Needle:
        """Read a text; UsageError where it is too short to be found without finding all."""
        text = clean_line(typed, limit=200, what="what to withhold")
        folded = _flat(text)
        if len(_NO_SIGN.sub("", folded)) < _SHORTEST:
            raise UsageError(
                f"{text!r} is too short to withhold everywhere",
                "it would be found in half of all words",
                f"Give at least {_SHORTEST} letters, or an entry such as '#12'",
            )
        words = [fold(word) for word in _telling(text) if len(word) >= _SHORTEST]
        parts = tuple(re.compile(rf"(?<!\w){re.escape(word)}(?!\w)") for word in words)
        signs = _NO_SIGN.sub("", folded)
        many = sum(sign.isdigit() for sign in signs) >= _DIGITS
        return cls(text, folded, signs if many else "", parts)

    def whole_in(self, text: str) -> bool:
        """Whether the text stands in another, whatever case, accents, spaces; numbers unspaced."""
        flat = _flat(text)
        return self.folded in flat or bool(self.signs and self.signs in _NO_SIGN.sub("", flat))

    def part_in(self, text: str) -> str:
        """Return the part of it, or all of it, that stands in another text; empty for none."""
        if self.whole_in(text):
            return self.typed
        flat = _flat(text)
        return next((found[0] for part in self.parts if (found := part.search(flat))), "")

    def in_file(self, data: bytes) -> bool:
        """Whether a file of text has it, seen through the escapes of Markdown and JSON."""
        plain = _flat(data.decode("utf-8", "replace").translate(_ESCAPES))
        return self.folded.translate(_ESCAPES) in plain

    def bytes_sought(self) -> Iterator[bytes]:
        """Yield it in small letters as it may stand in a file of any kind."""
        for text in {self.typed.casefold(), self.folded}:
            yield text.encode()
            yield text.encode("utf-16-le")


def _telling(text: str) -> list[str]:
    """Return the words that give a name away, which begin with a capital where there are any.

    Of an e-mail address it is those before the sign, the domain being that of many.
    """
    name, at, _ = text.partition("@")
    return [word for word in _LETTERS.findall(name) if at or not word[0].islower()]


def _flat(text: str) -> str:
    return _BLANKS.sub(" ", fold(text))
