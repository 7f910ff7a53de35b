"""The only way user text enters Docket: nothing left that drives a terminal, and bounded.

Counts are put in words here too, the same wherever one is said.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NewType

from store.errors import UsageError
from store.text.characters import UNSEEN, shown, shows_all, skeleton

UserText = NewType("UserText", str)


class Verbatim(str):
    """A word that is text, whatever it looks like: no mark, number or option is read in it."""

    __slots__ = ()


NAME_LIMIT = 120
_BLANK_SIGNS = " \u2800"  # the empty braille pattern is a sign, and shows nothing
LINE_LIMIT = 1_000
TEXT_LIMIT = 100_000
_RAW_ALLOWANCE = 4

# Most texts are printable and need none of these, so none is compiled before one is needed. Whole
# sequences go first, so that their parameters do not stay behind as litter.
_SEQUENCES = (
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI
    # OSC and its like; it may not hold another beginning, or a run of them would take for ever.
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x90\x98\x9c-\x9f\n]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*[0-Z\\^-~]"  # two-character escapes
)
_LINE_ENDS = r"\r\n?|[\u2028\u2029\x85\x0b\x0c]"
_CONTROLS = r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufff9-\ufffb]"
_SURROGATES = r"[\ud800-\udfff]"
_MARK = r"<U\+[0-9A-F]{4,6}>"
_BLANKS = re.compile(r"\s+")

# Letters that Unicode does not decompose, yet people type without their stroke or ligature.
_PLAIN = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ł": "l", "đ": "d", "ı": "i", "ħ": "h"}
)
# Nuktas, kana voicing and viramas (combining classes 7 to 9) make letters, not accents.
_LETTER_MARKS = frozenset({0, 7, 8, 9})


def clean(raw: str, *, limit: int = TEXT_LIMIT, what: str = "the text") -> UserText:
    """Return `raw` as user text of one or more lines; any script is kept.

    NFC, line ends as LF, escape sequences and control characters removed, bidirectional controls
    and whatever else shows nothing as `<U+202E>` (but for joiners and selectors where a script
    needs them), lone surrogates replaced by U+FFFD, tabs as four spaces, blank ends cut.
    Cleaning twice changes nothing. Raises UsageError above `limit` characters.
    """
    _bounded(raw, limit * _RAW_ALLOWANCE, what)  # spares normalising what cannot fit anyway
    text = raw
    if not raw.isprintable():  # all that is replaced here counts as not printable
        text = re.sub(_LINE_ENDS, "\n", re.sub(_SEQUENCES, "", raw)).replace("\t", "    ")
        text = re.sub(_SURROGATES, "\ufffd", re.sub(_CONTROLS, "", text))
    text = unicodedata.normalize("NFC", text)
    if not text.isascii() and not shows_all(text):  # some of it counts as printable
        text = unicodedata.normalize("NFC", shown(text))
    text = text.strip()
    _bounded(text, limit, what)
    return UserText(text)


def top_line(text: str) -> str:
    """Return the first line of a text."""
    return text.partition("\n")[0]


def cut_at_word(text: str, most: int) -> str:
    """Return a text on one line, cut between two words where it is longer than `most`."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return f"{line[:most].rpartition(' ')[0] or line[:most]} …"


def _bounded(text: str, limit: int, what: str) -> None:
    if len(text) > limit:
        raise UsageError(
            f"{what.capitalize()} is too long",
            f"{len(text):,} characters where {limit:,} fit",
            "Shorten it, or keep the long version as a file beside it",
        )


def clean_line(raw: str, *, limit: int = LINE_LIMIT, what: str = "the line") -> UserText:
    """Return `raw` as user text on a single line: as `clean`, with all white space folded."""
    return UserText(_BLANKS.sub(" ", clean(raw, limit=limit, what=what)))


def clean_name(raw: str) -> UserText:
    """Return `raw` as a name on one line; UsageError if nothing is left, or over 120 characters."""
    name = clean_line(raw, limit=NAME_LIMIT, what="the name")
    if not without_unseen(name).strip(_BLANK_SIGNS):
        raise UsageError("That name is empty", "nothing printable was given", "Type a name")
    return name


def without_unseen(text: str) -> str:
    """Return `text` without what shows nothing, and without what `clean` puts in its place."""
    return re.sub(UNSEEN, "", re.sub(_MARK, "", text)).strip()


class _Accents(dict[int, int | None]):
    """A table for str.translate that takes away accents; filled as signs turn up."""

    def __missing__(self, code: int) -> int | None:
        self[code] = code if unicodedata.combining(chr(code)) in _LETTER_MARKS else None
        return self[code]


_ACCENTS = _Accents()


def fold(text: str) -> str:
    """Return `text` for searching: case and accents gone, letters of every script kept."""
    if text.isascii():
        return text.lower()
    bare = unicodedata.normalize("NFKD", text.casefold()).translate(_ACCENTS)
    return unicodedata.normalize("NFC", bare.casefold()).translate(_PLAIN)


def fold_line(text: str) -> str:
    """Return `text` for searching on a single line, whatever white space it has between words."""
    return " ".join(fold(text).split())


def looks(text: str) -> str:
    """Return `text` as it looks: two of one look can hardly be told apart by eye."""
    return skeleton(fold(without_unseen(text)))


def slug(name: str) -> str:
    """Return a plain ASCII id for `name`, such as `cafe-aero`; empty if it has no Latin letters."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:40].strip("-")


def few(words: Sequence[str], most: int, between: str = " ") -> str:
    """Return the first of some words, and how many more there are: `#3 #7 and 2 more`."""
    more = len(words) - most
    end = between.rstrip(", ") + f" and {more} more" if more > 0 else ""
    return between.join(words[:most]) + end


def plural(number: int, one: str, many: str = "") -> str:
    """Return `1 entry`, `1,200 entries`; `many` where more than one is not `one` with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def size_words(size: int) -> str:
    """Return a size in bytes as `12 bytes`, `48 kB` or `1.2 MB`."""
    if size < 1000:
        return plural(size, "byte")
    return f"{size / 1000:.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"
