"""A text that must not get out, and how it is found again however it is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from store.errors import UsageError
from store.records.common_words import COMMON
from store.text import clean_line, fold

_BLANKS = re.compile(r"\s+")
_SHORTEST: Final = 3
_JOINED: Final = 6
_ESCAPES = str.maketrans({"\\": None, "`": None})


class _Table(dict[int, int | str | None]):
    """A table for str.translate that is filled as signs turn up."""

    def __init__(self, parting: bool) -> None:
        super().__init__()
        self._parting = parting

    def __missing__(self, code: int) -> int | str | None:
        category = unicodedata.category(chr(code))
        word = not self._parting or category[0] in "LMN"
        self[code] = None if category == "Cf" else code if word else " "
        return self[code]


_SHOWN: Final = _Table(parting=False)
"""Takes away the signs that nobody sees, such as a soft hyphen."""

_WORDS: Final = _Table(parting=True)
"""Takes those away too, and puts a blank for all that is no letter and no digit."""


@dataclass(frozen=True, slots=True)
class Needle:
    """One text to withhold: as typed, folded for comparing, and the parts that give it away.

    `joined` are its letters and digits alone, where they are enough to be found without the rest:
    a number or a name is then found however it is spaced, and inside an address.
    """

    typed: str
    folded: str
    joined: str
    parts: tuple[re.Pattern[str], ...]

    @classmethod
    def of(cls, typed: str) -> Needle:
        """Read a text; UsageError where it is too short to be found without finding all."""
        text = clean_line(typed, limit=200, what="what to withhold")
        folded = _flat(text)
        joined = _bare(text).replace(" ", "")
        if len(joined) < _shortest(joined):
            raise UsageError(
                f"{text!r} is too short to withhold everywhere",
                "it would be found in half of all words",
                f"Give at least {_shortest(joined)} letters, or an entry such as '#12'",
            )
        parts = tuple(re.compile(_part(word)) for word in _telling(text))
        several = len(_bare(text).split()) > 1 or any(sign.isdigit() for sign in joined)
        return cls(text, folded, joined if several and len(joined) >= _JOINED else "", parts)

    def whole_in(self, text: str) -> bool:
        """Whether the text stands in another, whatever case, accents, blanks and hidden signs."""
        if self.folded in _flat(text):
            return True
        return bool(self.joined) and self.joined in _bare(text).replace(" ", "")

    def part_in(self, text: str) -> str:
        """Return the part of it, or all of it, that stands in another text; empty for none."""
        if self.whole_in(text):
            return self.typed
        bare = _bare(text)
        return next((found[0] for part in self.parts if (found := part.search(bare))), "")

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
    """Return the words that give a name away, folded.

    They begin with a capital, or their script has none; where no word does, all do but common
    ones. Of an e-mail address it is those before the sign, the domain being that of many.
    """
    name, at, _ = text.partition("@")
    words = name.translate(_WORDS).split()
    named = [word for word in words if at or not word[0].islower()]
    telling = named or [word for word in words if word not in COMMON]
    return [word for word in map(_bare, telling) if len(word) >= _shortest(word)]


def _part(word: str) -> str:
    """Return the pattern of a word: by itself, or anywhere where a script sets no blanks."""
    escaped = re.escape(word)
    return escaped if _has_no_case(word) else rf"(?<!\w){escaped}(?!\w)"


def _shortest(joined: str) -> int:
    return 2 if joined and _has_no_case(joined) else _SHORTEST


def _has_no_case(word: str) -> bool:
    return not any(sign.isdigit() or sign.upper() != sign.lower() for sign in word)


def _flat(text: str) -> str:
    """Return a text folded, on one line, without the signs that nobody sees."""
    return _BLANKS.sub(" ", fold(text.translate(_SHOWN)))


def _bare(text: str) -> str:
    """Return the folded words of a text, parted by one blank each."""
    return " ".join(fold(text.translate(_WORDS)).split())
