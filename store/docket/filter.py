"""The filter language: `kind:late-payment since:2026-01 #12 "two words"`, as a TinyDB query.

One language for `docket show`, `docket find`, `docket exhibits` and the app's find. All terms have
to fit; a comma inside one is an or. It stands beside the docket because it asks about entries as
they stand (store.docket.table), amendments applied, which no line of a journal says by itself.
A query costs 2.5 to 4 times a plain scan, and less than reading the entries did: with 100,000 of
them read, a keystroke takes 60 to 125 ms (`python -m tests.benchmarks --only find`), of the 150 it
may. The first one reads them all, 4 s, and folds their texts, .5 s. Words are one test, not one
query each, which would take twice as long. There is no `-word` for what is to be left out: a shell
takes that for an option. What begins with a name that is none of FIELDS is text, since texts say
`re: logo` and `https://`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import reduce
from typing import Any, Final, NamedTuple, cast, get_args

from tinydb import Query, where
from tinydb.queries import QueryInstance

from store.dates import parse_day, words_of_a_date
from store.entries import NO_OWN, Channel, Own, Visibility, find_kind
from store.errors import UsageError
from store.text import Verbatim, fold, fold_line

FIELDS: Final = {
    "kind": "late-payment",
    "since": "2026-01",
    "until": "30-nov",
    "on": "yesterday",
    "severity": "3",
    "channel": "phone",
    "about": "#12",
    "project": "site",
    "visibility": "internal",
    "has": "file",
    "is": "void",
}
"""The names that ask for a field, each with an example."""
LANGUAGE: Final = """\
A filter is words that all have to be there, case and accents aside, and:
  "two words"           together; in quotes, anything is text
  #12, #12-20           by number
  kind:late-payment     or several: kind:late-payment,no-reply
  since:D until:D on:D  a day, a month (2026-01) or a year
  severity:3, channel:phone, about:#12, about:INV-42, project:site,
  visibility:internal, has:file, has:quote, is:void, is:amended"""
"""The language as help tells it."""

_CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "severity": ("1", "2", "3"),
    "channel": get_args(Channel),
    "visibility": get_args(Visibility),
    "has": ("file", "quote"),
    "is": ("void", "amended"),
}
_DATED: Final = frozenset({"since", "until", "on"})
_TERM = re.compile(
    rf'(?:(?P<name>{"|".join(FIELDS)}):)?(?:"(?P<text>(?:[^"]|"")*)(?:"|$)|“(?P<curly>[^”]*)(?:”|$))'
    rf"|(?P<asked>{'|'.join(FIELDS)}):(?P<value>\S*)"
    r"|#(?P<first>\d{1,9})(?:-#?(?P<last>\d{1,9}))?(?!\S)"
    r"|(?P<word>\S+)",
    re.IGNORECASE,
)


class _Asking(NamedTuple):
    """What a filter is read with: the day it is, and kinds of the user's own."""

    today: date
    own: Own


def parse_filter(text: str, today: date, own: Own = NO_OWN) -> QueryInstance:
    """Return the query that a filter is; UsageError where a field has a value it cannot have.

    What is cheap to tell comes first, words last. A quote that is not closed yet ends with the
    text: it may be half typed.
    """
    asking = _Asking(today, own)
    fields: list[QueryInstance] = []
    words: list[str] = []
    terms = list(_TERM.finditer(text))
    place = 0
    while place < len(terms):
        term = terms[place]
        place += 1
        if name := (term["name"] or term["asked"] or "").lower():
            value = term["value"] if term["asked"] else _between(term)
            if term["asked"] and name in _DATED:
                value, taken = _dated(value, terms[place:], today)
                place += taken
            fields.append(_field(name, value.strip(), asking))
        elif term["first"]:
            fields.append(_numbers(int(term["first"]), int(term["last"] or term["first"])))
        elif word := fold_line(term["word"] or _between(term)):
            words.append(word)
    if words:
        fields.append(where("text").test(cast("Any", _holds), words))
    return reduce(QueryInstance.__and__, fields) if fields else Query().noop()


def quoted(text: str) -> str:
    """Return `text` as the filter that looks for it as it is, whatever it looks like."""
    return '"' + text.replace('"', '""') + '"'


def filter_of(words: Sequence[str]) -> str:
    """Return the filter that the words of a command line are: a shell took their quotes away.

    So a word with blanks in it is what stood between quotes, unless it holds quotes, or several
    terms, itself.
    """
    return " ".join(map(_unquoted, words))


def _unquoted(word: str) -> str:
    if isinstance(word, Verbatim):
        return quoted(word)
    terms = [term for term in _TERM.finditer(word) if not term["word"]]
    if not re.search(r"\s", word) or '"' in word or len(terms) > 1:
        return word
    if terms and terms[0].start() == 0 and terms[0]["asked"]:
        name, _, value = word.partition(":")
        return f"{name}:{quoted(value)}"
    return word if terms else quoted(word)


def days_meant(typed: str, today: date) -> tuple[date, date]:
    """Return the first and last of the days in `typed`: a day, a month `2026-01` or a year."""
    span = re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?", typed.strip(), re.ASCII)
    if span and 1970 <= int(span[1]) < 2200 and 1 <= int(span[2] or 1) <= 12:
        year, month = int(span[1]), int(span[2] or 1)
        after = year * 12 + month if span[2] else year * 12 + 12
        return date(year, month, 1), date(after // 12, after % 12 + 1, 1) - timedelta(days=1)
    day = parse_day(typed, today, past=True)
    return day, day


def _between(term: re.Match[str]) -> str:
    """Return what stands between the quotes of a term."""
    return (term["text"] or "").replace('""', '"') or term["curly"] or ""


def _dated(value: str, after: Sequence[re.Match[str]], today: date) -> tuple[str, int]:
    """Return the day that a value and the words after it make, and how many of them it took."""
    run = [value.replace("-", " ") if re.search("[a-z]", value.lower()) else value]
    for term in after:
        if not term["word"]:
            break
        run.append(term["word"])
    taken = words_of_a_date(run, lambda text: days_meant(text, today), today) or 1
    return " ".join(run[:taken]), taken - 1


def _field(name: str, value: str, asking: _Asking) -> QueryInstance:
    if not value:
        raise UsageError(f"{name}: what", "", f"Write {name}:{FIELDS[name]}; in quotes, it is text")
    if name in _DATED:
        first, last = days_meant(value, asking.today)
        since, until = where("day") >= first, where("day") <= last
        return {"since": since, "until": until}.get(name) or since & until
    read = _READ.get(name)
    parts = [part.strip() for part in value.split(",") if part.strip()] or [value]
    asked = (read(part, asking) if read else _choice(name, part) for part in parts)
    return reduce(QueryInstance.__or__, asked)


def _kind(value: str, asking: _Asking) -> QueryInstance:
    """Ask for a kind; a word of the user's own asks for what was logged by it."""
    kind = find_kind(value, asking.own)
    name, wanted = ("called", kind.called) if kind.called else ("kind", kind.id)
    return where(name).one_of([wanted])


def _about(value: str, _: _Asking) -> QueryInstance:
    """Ask for what names an entry or an invoice; a bare number can be of either."""
    number = value.removeprefix("#")
    entry = [f"#{int(number)}"] if re.fullmatch(r"\d{1,9}", number, re.ASCII) else []
    return where("about").any([*entry, fold(value)])


def _project(value: str, _: _Asking) -> QueryInstance:
    return where("project").one_of([fold(value)])


_READ: dict[str, Callable[[str, _Asking], QueryInstance]] = {
    "kind": _kind,
    "about": _about,
    "project": _project,
}


def _choice(name: str, value: str) -> QueryInstance:
    """Ask for one of a few values, by the beginning of it that no other has."""
    choices = _CHOICES[name]
    fitting = [one for one in choices if one.startswith(value.lower())]
    if len(fitting) != 1:
        raise UsageError(
            f"{name}:{value[:40]} asks for nothing there is",
            "",
            f"Write {name}:{f' {name}:'.join(choices)}; in quotes, it is text",
        )
    return where(name).any(fitting) if name in ("has", "is") else where(name).one_of(fitting)


def _holds(text: Any, words: Sequence[str]) -> bool:
    return all(map(text.__contains__, words))


def _numbers(first: int, last: int) -> QueryInstance:
    number = where("number")
    return number == first if first == last else (number >= first) & (number <= last)
