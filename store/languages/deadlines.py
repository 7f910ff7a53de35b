"""The days by which something is to come, as the words of a text name them in six languages.

What could be two days, or whose day of the week is another, is no day: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from store.dates import parse_day, words_of_a_date
from store.errors import UsageError


class _Spoken(NamedTuple):
    """How a language names a day by which something is to come.

    `months` from January and `days` from Monday are what a name begins with, whatever ending
    follows (`end`). `before` and `after` are the words that stand before the day, and behind it;
    a text without one of the `cues` has none of them.
    """

    months: str
    days: str
    cues: tuple[str, ...]
    before: str = ""
    after: str = ""
    end: str = r"\w*"


_SPOKEN: Final = {
    "is": _Spoken(
        "jan feb mar(?:s|\\b) apr ma[ií](?!\\w) júní júlí|júl(?!\\w) ágú sep okt nóv des",
        "mánudag þriðjudag miðvikudag fimmtudag föstudag laugardag sunnudag",
        ("fyrir", "fram ", "til ", "síð"),
        before=r"fyrir|fram\s+(?:að|til)|til(?:\s+og\s+með)?|í\s+síðasta\s+lagi"
        r"|(?:eigi|ekki)\s+síðar\s+en",
    ),
    "hu": _Spoken(
        "jan feb márc ápr máj jún júl aug szep okt nov dec",
        "hétfő kedd szerd csütörtök péntek szombat vasárnap",
        ("ig", "előtt", "legkésőbb"),
        before=r"legkésőbb",
        after=r"-?(?:[jáéa-z]{0,3})ig(?!\w)|(?:-?[jáéa-z]{1,3})?\s+előtt(?!\w)",
        end=r"[a-záéíóöőúüű]*?\.?",
    ),
    "ar": _Spoken(
        "يناير فبراير مارس أبريل|ابريل|إبريل مايو يونيو يوليو أغسطس|اغسطس سبتمبر"
        " أكتوبر|اكتوبر نوفمبر ديسمبر",
        "الاثنين|الإثنين الثلاثاء الأربعاء|الاربعاء الخميس الجمعة السبت الأحد|الاحد",
        ("حتى", "قبل", "بحلول", "قصاه", "غاية"),
        before=r"(?:[وف]?ل?(?:حتى|قبل|بحلول|أقصاه|اقصاه)|إلى\s+غاية)(?:\s+(?:نهاية|يوم|تاريخ))*",
        end="",
    ),
    "fi": _Spoken(
        "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
        "maanantai tiistai keskiviikko torstai perjanta lauanta sunnunta",
        ("viimeistään", "ennen", "mennessä", "asti", "saakka"),
        before=r"viimeistään|ennen",
        after=r"\s+(?:mennessä|asti|saakka)(?!\w)",
    ),
    "km": _Spoken(
        "មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ",
        "ច(?:័ន្ទ|ន្ទ) អង្គារ ពុធ ព្រហស្បតិ៍ សុក្រ សៅរ៍ អាទិត្យ",
        ("ត្រឹម", "មុន", "រហូត", "យ៉ាងយូរ"),
        before=r"(?:ត្រឹម|មុន|រហូតដល់|យ៉ាងយូរ(?:នៅ)?)",
        end="",
    ),
}
_ENGLISH: Final = re.compile(
    r"\b(?:by|before|until|till|no later than|not later than)\s+(?=\S)", re.IGNORECASE
)
_WORDS: Final = re.compile(r"[^\s,;:!?()]+")
_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_DAYS: Final = "mon tue wed thu fri sat sun".split()
_FIGURES: Final = str.maketrans(
    "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹០១២៣៤៥៦៧៨៩", "0123456789" * 3, "\u200b\u2066\u2067\u2068\u2069"
)
_BARE: Final = (
    r"\d{4}-\d\d-\d\d|\d{4}\.\s?\d\d?\.\s?\d\d?\.?|\d\d?\.\s?\d\d?\.(?:\s?\d{4})?"
    r"|\d\d?/\d\d?(?:/\d{4})?"
)
"""A day in figures."""


def deadlines(text: str, said: date) -> Iterator[date]:
    """Yield the days after `said` by which a text says that something is to come, by place."""
    plain = text.translate(_FIGURES)
    found = [*_in_english(plain, said), *_in_others(plain, said)]
    yield from (day for _, day in sorted(found) if day > said)


def _in_english(text: str, said: date) -> Iterator[tuple[int, date]]:
    for found in _ENGLISH.finditer(text):
        words = [word.rstrip(".") for word in _WORDS.findall(text[found.end() :])[:4]]
        many = words_of_a_date(words, lambda typed: parse_day(typed, said), said)
        for count in range(many, 0, -1):
            if day := _read(" ".join(words[:count]), said):
                yield found.start(), day
                break


def _in_others(text: str, said: date) -> Iterator[tuple[int, date]]:
    small = text.lower()
    for code, spoken in _SPOKEN.items():
        for pattern in _patterns(code) if any(cue in small for cue in spoken.cues) else ():
            for found in pattern.finditer(text):
                if day := _meant(found, code, said):
                    yield found.start(), day


@lru_cache(maxsize=8)
def _patterns(code: str) -> tuple[re.Pattern[str], ...]:
    """Return the expressions of a language: a day behind the words for it, or before them."""
    spoken = _SPOKEN[code]
    month, day = (
        rf"(?:{'|'.join(names.split())}){spoken.end}" for names in (spoken.months, spoken.days)
    )
    named = {
        "hu": rf"(?:(?P<y>\d{{4}})\.\s+)?(?P<m>{month})\s+(?P<d>\d\d?)(?!\d)\.?",
        "km": rf"(?:ទី\s*)?(?P<d>\d\d?)\s*(?:ខែ\s*)?(?P<m>{month})(?:\s*(?:ឆ្នាំ\s*)?(?P<y>\d{{4}}))?",
    }.get(code, rf"(?P<d>(?<!\d)\d\d?)\.?\s+(?P<m>{month})(?:\s+(?P<y>\d{{4}}))?")
    week = rf"(?:ថ្ងៃ\s*)?(?P<w>{day})" if code == "km" else rf"(?P<w>{day})"
    either = rf"(?:{named}|(?P<n>(?<![\d.])(?:{_BARE})))"
    whole = rf"(?:{week}[,،]?\s*(?:ថ្ងៃ)?\s*{either}|{either}|{week})"
    made = []
    if spoken.before:
        bound = "" if code == "km" else r"(?<!\w)"
        made.append(rf"{bound}(?:{spoken.before})\s*(?:ថ្ងៃ)?\s*{whole}")
    if spoken.after:
        made.append(rf"(?<!\w){whole}(?:{spoken.after})")
    return tuple(re.compile(_numbered(one), re.IGNORECASE) for one in made)


def _numbered(pattern: str) -> str:
    """Return an expression in which each group has a name of its own: `d1`, `d2`."""
    counts: dict[str, int] = {}

    def put(match: re.Match[str]) -> str:
        counts[match[1]] = counts.get(match[1], 0) + 1
        return f"(?P<{match[1]}{counts[match[1]]}>"

    return re.sub(r"\(\?P<([a-z])>", put, pattern)


def _meant(found: re.Match[str], code: str, said: date) -> date | None:
    """Return the day that a place in a text names, if it is one and no other."""
    told = {name[0]: value for name, value in found.groupdict().items() if value}
    day = None
    if "n" in told:
        day = _read(re.sub(r"\s", "", told["n"]), said)
    elif "d" in told:
        month = _MONTHS[_which(told["m"], _SPOKEN[code].months)]
        day = _read(f"{told['d']} {month} {told.get('y', '')}".strip(), said)
    if "w" not in told:
        return day
    weekday = _which(told["w"], _SPOKEN[code].days)
    if "n" in told or "d" in told:
        return day if day and day.weekday() == weekday else None
    return _read(_DAYS[weekday], said)


def _which(word: str, names: str) -> int:
    return next(at for at, one in enumerate(names.split()) if re.match(one, word, re.IGNORECASE))


def _read(typed: str, said: date) -> date | None:
    try:
        return parse_day(typed, said)
    except UsageError:
        return None
