"""The languages that clients are written to in: what each is called, and which way it runs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from store.errors import UsageError

ENGLISH: Final = "en"
"""The language that everything is there in, and is fallen back to."""
_CODE: Final = r"[a-z]{2,3}"


class Language(NamedTuple):
    """One language: its code, its name in English and its own, and how it writes.

    `locale` is whose dates and sums it writes, `day` how it writes a day with its year, as Babel
    calls that, and `short_day` in a table; `rtl` whether it runs from right to left, `figures` its
    own ten figures. `comma` and `semicolon` part what stands side by side.
    """

    code: str
    name: str
    own: str
    locale: str
    day: str = "long"
    short_day: str = "medium"
    rtl: bool = False
    figures: str = ""
    comma: str = ","
    semicolon: str = ";"


LANGUAGES: Final[Mapping[str, Language]] = {
    one.code: one
    for one in (
        Language("en", "English", "English", "en_GB"),
        Language("is", "Icelandic", "íslenska", "is"),
        Language("hu", "Hungarian", "magyar", "hu"),
        Language(
            "ar",
            "Arabic",
            "العربية",
            "ar_AE",
            short_day="d MMMM y",
            rtl=True,
            comma="،",
            semicolon="؛",
        ),
        Language("fi", "Finnish", "suomi", "fi", "d.M.y", "d.M.y"),
        Language(
            "km",
            "Khmer",
            "ខ្មែរ",
            "km",
            "'ថ្ងៃទី' d 'ខែ'MMMM 'ឆ្នាំ'y",
            "d MMMM y",
            figures="០១២៣៤៥៦៧៨៩",
        ),
    )
}
"""The languages that Docket knows by name; any other may be written in by its code."""


def language(code: str) -> Language:
    """Return the language of a code; one that Docket does not know is called by it."""
    return LANGUAGES.get(code) or Language(code, code, code, code)


def is_language(code: str) -> bool:
    """Whether `code` can be one of ISO 639: two or three small letters."""
    return re.fullmatch(_CODE, code) is not None


def parse_language(typed: str) -> str:
    """Return the code of the language that was typed, as a code or by its name; else UsageError."""
    asked = typed.strip().casefold()
    for one in LANGUAGES.values():
        if asked in (one.code, one.name.casefold(), one.own.casefold()):
            return one.code
    if is_language(asked):
        return asked
    known = ", ".join(f"{one.code} ({one.name})" for one in LANGUAGES.values())
    raise UsageError(
        f"'{typed.strip()[:20]}' is no language", "", f"Use its code of two letters: {known}"
    )
