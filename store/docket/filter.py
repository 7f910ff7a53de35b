"""The filter language: `kind:late-payment since:2026-01 #12 "two words"`, as terms to be asked.

One language for `docket show`, `docket find`, `docket exhibits` and the app's find. All terms have
to fit; a comma inside one is an or. It stands beside the docket because it asks about entries as
they stand (store.docket.table), amendments applied, which no line of a journal says by itself.
One docket is asked with TinyDB, all of them with SQL over what is kept of them (store.index.words).
A TinyDB query over words costs 3 to 4 times a plain scan of the same texts, and fits all the same:
in 100,000 entries that were read, a keystroke takes 30 to 150 ms on a busy machine, of the 150 it
may (`python -m tests.benchmarks --only find`). The first that needs every text reads them all, 5 s.
There is no `-word` for what is to be left out: a shell takes that for an option. What begins with
a name that is none of FIELDS is text, since texts say `re: logo` and `https://`, but for one that
is a slip of the keys away from one of them: that is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeVar, cast, get_args

from store.dates import parse_day, words_of_a_date
from store.entries import NO_OWN, Channel, Kind, Own, Visibility, find_kind
from store.errors import UsageError
from store.text import Verbatim, fold, fold_line

if TYPE_CHECKING:
    from tinydb.queries import Query, QueryInstance

FIELDS: Final = {
    "client": "acme",
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
  client:acme           by a part of the client's name or id
  kind:late-payment     or several: kind:late-payment,no-reply
  since:D until:D on:D  a day, a month (2026-01) or a year
  severity:3, channel:phone, about:#12, about:INV-42, project:site,
  visibility:internal, has:file, has:quote, is:void, is:amended"""
"""The language as help tells it."""

VALUES_OF: Final[dict[str, tuple[str, ...]]] = {
    "severity": ("1", "2", "3"),
    "channel": get_args(Channel),
    "visibility": get_args(Visibility),
    "has": ("file", "quote"),
    "is": ("void", "amended"),
}
"""What a field of few values may be."""
_T = TypeVar("_T")
_DATED: Final = frozenset({"since", "until", "on"})
_TERM = re.compile(
    rf'(?:(?P<name>{"|".join(FIELDS)}):)?(?:"(?P<text>(?:[^"]|"")*)(?:"|$)|“(?P<curly>[^”]*)(?:”|$))'
    rf"|(?P<asked>{'|'.join(FIELDS)}):(?P<value>\S*)"
    r"|#(?P<first>\d{1,9})(?:-#?(?P<last>\d{1,9}))?(?!\S)"
    r"|(?P<word>\S+)",
    re.IGNORECASE,
)


class Term(NamedTuple):
    """One thing asked of a field of an entry (store.docket.table).

    That it is one of the values, that one of its own is, that it lies between the first and the
    last of them, that it holds all of them, or that one of them is a part of it.
    """

    field: str
    test: Literal["one-of", "any-of", "between", "holds", "part"]
    values: tuple[Any, ...]


class Filter(NamedTuple):
    """What is asked for: of each of `terms`, which are alternatives, one has to fit.

    The rest is what need not be read to answer it: `kinds` are the only ones that can fit,
    `numbers` and `days` the first and last; None is any.
    """

    terms: tuple[tuple[Term, ...], ...] = ()
    kinds: frozenset[str] | None = None
    numbers: tuple[int, int] | None = None
    days: tuple[date, date] | None = None

    @property
    def query(self) -> QueryInstance | None:
        """The same for TinyDB; None where nothing is asked."""
        each = [reduce(or_, map(_query, alternatives)) for alternatives in self.terms]
        return reduce(and_, each) if each else None

    def values(self, field: str) -> tuple[Any, ...]:
        """Return all that is asked of a field, such as the words of `text`."""
        terms = (term for alternatives in self.terms for term in alternatives)
        return tuple(value for term in terms if term.field == field for value in term.values)

    def both(self, other: Filter) -> Filter:
        """Return what asks for this and for the other."""
        return Filter(
            self.terms + other.terms,
            _joined(self.kinds, other.kinds, frozenset.intersection),
            _joined(self.numbers, other.numbers, _overlap),
            _joined(self.days, other.days, _overlap),
        )


def parse_filter(text: str, today: date, own: Own = NO_OWN) -> Filter:
    """Return what a filter asks for; UsageError where a field has a value it cannot have.

    What is cheap to tell is asked first, words last. A quote that is not closed yet ends with the
    text: it may be half typed.
    """
    asked = Filter()
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
            asked = asked.both(_field(name, value.strip(), today, own))
        elif term["first"]:
            asked = asked.both(_numbers(int(term["first"]), int(term["last"] or term["first"])))
        elif word := fold_line(term["word"] or _between(term)):
            _refuse_slip(term["word"] or "")
            words.append(word)
    return asked.both(_asking("text", "holds", words)) if words else asked


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


def _refuse_slip(word: str) -> None:
    """Raise UsageError where a word begins as a field does, but for a slip of the keys."""
    name, colon, value = word.partition(":")
    if not colon or not re.fullmatch(r"[a-z]{3,12}", name, re.IGNORECASE) or value[:1] in ("", "/"):
        return
    from rapidfuzz.distance import OSA

    slips = {one: OSA.distance(name.lower(), one) for one in FIELDS if len(one) > 2}
    nearest = min(slips, key=slips.__getitem__)
    if slips[nearest] <= (2 if len(nearest) > 5 else 1):
        raise UsageError(
            f"'{name}:' is no word of a filter",
            "",
            f"Did you mean {nearest}:{value[:40]}? In quotes, it is text",
        )


def _asking(field: str, test: Any, values: Sequence[Any]) -> Filter:
    return Filter(((Term(field, test, tuple(values)),),))


def _query(term: Term) -> QueryInstance:
    """Return what asks TinyDB for a term; it is loaded once something is asked for."""
    from tinydb import where

    field: Query = where(term.field)
    if term.test == "one-of":
        return field.one_of(list(term.values))
    if term.test == "any-of":
        return field.any(list(term.values))
    if term.test == "between":
        return field.test(cast("Any", _inside), *term.values)
    return field.test(cast("Any", _holds if term.test == "holds" else _has_part), term.values)


def _joined(one: _T | None, other: _T | None, join: Callable[[_T, _T], _T]) -> _T | None:
    if one is None or other is None:
        return other if one is None else one
    return join(one, other)


def _overlap(one: tuple[_T, _T], other: tuple[_T, _T]) -> tuple[_T, _T]:
    pairs: Any = one, other
    return max(first for first, _ in pairs), min(last for _, last in pairs)


def _field(name: str, value: str, today: date, own: Own) -> Filter:
    if not value:
        raise UsageError(f"{name}: what", "", f"Write {name}:{FIELDS[name]}; in quotes, it is text")
    if name in _DATED:
        first, last = days_meant(value, today)
        first = date.min if name == "until" else first
        last = date.max if name == "since" else last
        return _asking("day", "between", (first, last))._replace(days=(first, last))
    parts = [part.strip() for part in value.split(",") if part.strip()] or [value]
    if name == "kind":
        return _kinds([find_kind(part, own) for part in parts])
    if name == "client":
        return _asking(name, "part", [fold(part) for part in parts])
    if name == "about":
        return _asking(name, "any-of", [one for part in parts for one in _named(part)])
    wanted = [fold(part) if name == "project" else _choice(name, part) for part in parts]
    return _asking(name, "any-of" if name in ("has", "is") else "one-of", wanted)


def _kinds(kinds: Sequence[Kind]) -> Filter:
    """Ask for kinds; a word of the user's own asks for what was logged by it."""
    plain = Term("kind", "one-of", tuple(kind.id for kind in kinds if not kind.called))
    called = Term("called", "one-of", tuple(kind.called for kind in kinds if kind.called))
    terms = tuple(term for term in (plain, called) if term.values)
    return Filter((terms,), frozenset(kind.id for kind in kinds))


def _named(value: str) -> Iterator[str]:
    """Yield how an entry, or an invoice, is named; a bare number can be of either."""
    yield fold(value)
    if number := re.fullmatch(r"#?(\d{1,9})", value, re.ASCII):
        yield f"#{int(number[1])}"


def _choice(name: str, value: str) -> str:
    """Return one of a few values, by the beginning of it that no other has."""
    choices = VALUES_OF[name]
    fitting = [one for one in choices if one.startswith(value.lower())]
    if len(fitting) != 1:
        raise UsageError(
            f"{name}:{value[:40]} asks for nothing there is",
            "",
            f"Write {name}:{f' {name}:'.join(choices)}; in quotes, it is text",
        )
    return fitting[0]


def _numbers(first: int, last: int) -> Filter:
    return _asking("number", "between", (first, last))._replace(numbers=(first, last))


def _holds(text: Any, words: Sequence[str]) -> bool:
    return all(map(text.__contains__, words))


def _has_part(text: Any, parts: Sequence[str]) -> bool:
    return any(map(text.__contains__, parts))


def _inside(value: Any, first: Any, last: Any) -> bool:
    return bool(first <= value <= last)
