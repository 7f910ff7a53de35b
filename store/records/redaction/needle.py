"""A text that must not get out, and how it is found again however it is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from store.errors import UsageError
from store.records.redaction.charsets import able, in_all_charsets
from store.records.redaction.escapes import readings
from store.text import clean_line, fold, without_unseen
from store.text.characters import UNSEEN, looks_like
from store.tone.common_words import COMMON

_BLANKS = re.compile(r"\s+")
_SHORTEST: Final = 3
_JOINED: Final = 6
_NO_WORD = re.compile(r"[\W_]+")
_GAP: Final = r"[\W_]{0,3}"
_ESCAPES = str.maketrans({"\\": None, "`": None})


class _Table(dict[int, int | str | None]):
    """A table for str.translate that is filled as signs turn up."""

    def __init__(self, parting: bool) -> None:
        super().__init__()
        self._parting = parting

    def __missing__(self, code: int) -> int | str | None:
        category = unicodedata.category(chr(code))
        word = not self._parting or category[0] in "LMN"
        unseen = category == "Cf" or re.match(UNSEEN, chr(code))
        self[code] = None if unseen else code if word else " "
        return self[code]


_SHOWN: Final = _Table(parting=False)
"""Takes away the signs that nobody sees, such as a soft hyphen."""

_WORDS: Final = _Table(parting=True)
"""Takes those away too, and puts a blank for all that is no letter and no digit."""


@dataclass(frozen=True)
class _Seen:
    """A text as it is compared: folded on one line, its words alone, and these without blanks."""

    flat: str
    bare: str

    @cached_property
    def joined(self) -> str:
        """Its letters and digits alone."""
        return self.bare.replace(" ", "")


@dataclass(frozen=True, slots=True)
class Needle:
    """One text to withhold: as typed, folded for comparing, and the parts that give it away.

    `joined` are its letters and digits alone, where they are enough to be found without the rest:
    a number or a name is then found however it is spaced, and inside an address. `doubts` are what
    looks like it, or like a part of it: in letters of other scripts, or with a gap inside a word.
    """

    typed: str
    folded: str
    joined: str
    parts: tuple[re.Pattern[str], ...]
    doubts: tuple[re.Pattern[str], ...] = ()

    @classmethod
    def of(cls, typed: str) -> Needle:
        """Read a text; UsageError where it is too short to be found without finding all."""
        cleaned = clean_line(typed, limit=200, what="what to withhold")
        text = without_unseen(cleaned)
        folded = _flat(text)
        joined = _bare(text).replace(" ", "")
        if len(joined) < _shortest(joined):
            raise UsageError(
                f"{text!r} is too short to withhold everywhere",
                "it would be found in half of all words",
                f"Give at least {_shortest(joined)} letters, or an entry such as '#12'",
            )
        words = _telling(text)
        parts = tuple(re.compile(_part(word)) for word in words)
        several = len(_bare(text).split()) > 1 or any(sign.isdigit() for sign in joined)
        whole = joined if several and len(joined) >= _JOINED else ""
        doubts = tuple(re.compile(_doubt(word)) for word in dict.fromkeys([*words, joined]))
        return cls(text, folded, whole, parts, doubts)

    def whole_in(self, text: str, charsets: Sequence[str] = ()) -> bool:
        """Whether the text stands in another, whatever case, accents, blanks and hidden signs."""
        return any(self._whole(seen) for seen in _readings(text, tuple(charsets)))

    def part_in(self, text: str, charsets: Sequence[str] = ()) -> str:
        """Return the part of it, or all of it, that stands in another text; empty for none."""
        for seen in _readings(text, tuple(charsets)):
            if self._whole(seen):
                return self.typed
            if found := next(filter(None, (part.search(seen.bare) for part in self.parts)), None):
                return found[0]
        return ""

    def doubt_in(self, text: str, charsets: Sequence[str] = ()) -> str:
        """Return what stands in another text that looks like it or a part of it; empty for none.

        Such as a name with a letter of another alphabet, or with a blank in a word of it.
        """
        for seen in _readings(text, tuple(charsets)):
            for doubt in self.doubts:
                for found in doubt.finditer(seen.flat):
                    pieces = _NO_WORD.split(found[0])
                    if len(pieces) == 1 or not all(piece in COMMON for piece in pieces):
                        return found[0]
        return ""

    def _whole(self, seen: _Seen) -> bool:
        if self.folded in seen.flat:
            return True
        return bool(self.joined) and self.joined in seen.joined

    def in_file(self, data: bytes) -> bool:
        """Whether a file of text has it, seen through the escapes of Markdown and JSON."""
        plain = _flat(data.decode("utf-8", "replace").translate(_ESCAPES))
        return self.folded.translate(_ESCAPES) in plain

    def bytes_sought(self) -> frozenset[bytes]:
        """Return it in small letters as it may stand in a file of any kind and charset."""
        return _in_bytes(self._spelled)

    def charsets(self) -> tuple[str, ...]:
        """Return the charsets, beside those of Unicode, that could hold it."""
        return _able(self._spelled)

    @property
    def _spelled(self) -> tuple[str, ...]:
        ways = (self.typed, self.folded, self.typed.casefold(), self.typed.upper())
        return tuple(dict.fromkeys((*ways, self.typed.title())))


@lru_cache(maxsize=64)
def _in_bytes(spelled: tuple[str, ...]) -> frozenset[bytes]:
    return frozenset(one.lower() for one in in_all_charsets(spelled))


@lru_cache(maxsize=64)
def _able(spelled: tuple[str, ...]) -> tuple[str, ...]:
    return able(spelled)


@lru_cache(maxsize=8)
def _readings(text: str, charsets: tuple[str, ...]) -> tuple[_Seen, ...]:
    """Return a text as it is compared, in each way it may be read."""
    ways = dict.fromkeys(readings(text, charsets))
    return tuple(dict.fromkeys(_Seen(_flat(one), _bare(one)) for one in ways))


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


def _doubt(word: str) -> str:
    """Return the pattern of what looks like a word: by itself, with gaps, in like letters."""
    letters = [
        "[" + "".join(map(re.escape, dict.fromkeys(looks_like(letter)))) + "]" for letter in word
    ]
    return rf"(?<!\w){_GAP.join(letters)}(?!\w)"


def _shortest(joined: str) -> int:
    return 2 if joined and _has_no_case(joined) else _SHORTEST


def _has_no_case(word: str) -> bool:
    return not any(sign.isdigit() or sign.upper() != sign.lower() for sign in word)


def _flat(text: str) -> str:
    """Return a text folded, on one line, without the signs that nobody sees."""
    if text.isascii():
        return " ".join(text.lower().split())
    return _BLANKS.sub(" ", fold(text.translate(_SHOWN)).translate(_SHOWN))


def _bare(text: str) -> str:
    """Return the folded words of a text, parted by one blank each."""
    if text.isascii():
        return _NO_WORD.sub(" ", text.lower()).strip()
    return " ".join(fold(text.translate(_WORDS)).split())
