r"""A text with named facts in it, as a file holds it: read, checked, and filled in a language.

The file begins with lines of `name: value`, its head; the text follows behind an empty line.
`{name}` is a fact, `{name:on}` one in a form of `values.FACT_FORMS`, and what stands in square
brackets is left out where a fact in it is missing. A paragraph is one line; a line that ends in `\`
stays one. A line of the head that begins with `#` is for whoever writes the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Final, NamedTuple

from store.errors import DocketError
from store.languages import language
from store.languages.values import FACT_FORMS, Value, in_language

_FACT: Final = re.compile(r"\{(\w+)(?::(\w+))?\}")
_PART: Final = re.compile(r"\[([^\[\]]*)\]")
_PLACE: Final = re.compile(rf"{_FACT.pattern}([”»]?)([.។]?)")
_ENDS: Final = tuple(".?!…؟។")
"""How words end by themselves, so that no full stop follows them."""
_UNSEEN_END: Final = "\u2069*_"
"""What may stand behind that end: of an isolate, of emphasis."""
_LATIN: Final = re.compile("[A-Za-z\u00c0-\u024f]")
_RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
ISOLATE: Final = "\u2068{}\u2069"
"""What keeps a text of the other direction together within a line."""


class Wording(NamedTuple):
    """A text with named facts: what its head says, and its body."""

    head: Mapping[str, str]
    body: str

    @property
    def facts(self) -> frozenset[str]:
        """The facts it names, in parts that may be left out too."""
        return frozenset(name for name, _ in _FACT.findall(f"{self.subject}\n{self.body}"))

    @property
    def subject(self) -> str:
        """What it is about, on one line."""
        return self.head.get("subject", "")


class NamedFact(NamedTuple):
    """A fact: its value, and the numbers of the entries that say so."""

    value: Value
    seqs: tuple[int, ...] = ()


class FilledIn(NamedTuple):
    """A text with its facts in it; `missing` names those it lacks, `left_out` those of its options.

    `used` is each fact that stands in it, as it is said there.
    """

    subject: str
    body: str
    missing: tuple[str, ...]
    left_out: tuple[str, ...]
    used: Mapping[str, str]


def read_wording(raw: str, where: str, heads: Collection[str], facts: Collection[str]) -> Wording:
    """Return the text of a file; DocketError says in one line where it is wrong, and how.

    `heads` are the names that its head may hold, `facts` those that it may name.
    """
    lines = raw.lstrip("\ufeff").replace("\r\n", "\n").split("\n")
    head: dict[str, str] = {}
    at = 0
    for at, line in enumerate(lines):
        if not line.strip():
            break
        name, colon, value = line.partition(":")
        if line.startswith("#"):
            continue
        if not colon or name.strip() not in heads:
            what = f"'{line.strip()[:30]}' is no line of its head"
            raise _wrong(where, at, what, f"Begin it with {', '.join(heads)}, each with a colon")
        head[name.strip()] = value.strip()
    if "subject" not in head:
        raise _wrong(where, 0, "its head has no subject", "Begin with 'subject: '")
    _check_facts(lines, where, facts)
    body = "\n".join(lines[at:]).strip("\n")
    if not body.strip():
        raise _wrong(where, at, "nothing follows its head", "Write the text behind an empty line")
    _check_parts(head, body, where, at)
    return Wording(head, body)


def _wrong(where: str, line: int, what: str, remedy: str) -> DocketError:
    return DocketError(f"{where}, line {line + 1}", what, remedy)


def _check_facts(lines: list[str], where: str, facts: Collection[str]) -> None:
    for number, line in enumerate(lines):
        for name, form in _FACT.findall(line):
            if name not in facts:
                raise _wrong(where, number, f"'{name[:30]}' is no fact", f"Use {', '.join(facts)}")
            if form and form not in FACT_FORMS:
                what = f"'{form[:20]}' is no form of a fact"
                raise _wrong(where, number, what, f"Use {', '.join(FACT_FORMS)}")
        if stray := re.search(r"[{}]", _FACT.sub("", line)):
            what = f"a '{stray[0]}' is no part of a fact"
            raise _wrong(where, number, what, "Write {name}, with no blank")


def _check_parts(head: Mapping[str, str], body: str, where: str, first: int) -> None:
    for number, text in ((0, head.get("subject", "")), (first, body)):
        rest = _PART.sub(lambda part: "\n" * part[0].count("\n"), text)
        if stray := re.search(r"[\[\]]", rest):
            at = number + text[: text.find(stray[0])].count("\n")
            what = f"a '{stray[0]}' has no partner, or stands within another"
            raise _wrong(where, at, what, "Square brackets hold what may be left out")


def fill(
    wording: Wording, facts: Mapping[str, NamedFact], code: str, asked: Mapping[str, str]
) -> FilledIn:
    """Return a text in the language `code` with these facts in it.

    Where one is missing, what `asked` calls it stands in its place, between `<` and `>`.
    """
    used: dict[str, str] = {}

    def said(name: str, form: str) -> str:
        fact = facts.get(name)
        if fact is None or not is_told(fact.value):
            return f"<{asked.get(name, name)}>"
        used[name] = told = in_language(fact.value, code, form)
        return kept_together(told, code) if isinstance(fact.value, str) else told

    def holds(name: str) -> bool:
        return name in facts and is_told(facts[name].value)

    subject, body = (with_options(text, holds) for text in (wording.subject, wording.body))
    kept = (" ".join(subject.split()), _paragraphs(body))
    names = [name for text in kept for name in facts_in(text)]
    missing = tuple(dict.fromkeys(name for name in names if not holds(name)))
    subject, body = (with_facts(text, said) for text in kept)
    return FilledIn(subject, body, missing, tuple(sorted(wording.facts - set(names))), used)


def facts_in(pattern: str) -> tuple[str, ...]:
    """Return the names of the facts that a pattern has a place for, in their order."""
    return tuple(name for name, _ in _FACT.findall(pattern))


def is_told(value: Value | None) -> bool:
    """Whether a fact says anything: a count of none does, an empty text does not."""
    return value is not None and value != "" and value != ()


def with_options(pattern: str, holds: Callable[[str], bool]) -> str:
    """Return a pattern without the parts in brackets of which a fact does not hold."""
    return _PART.sub(lambda part: part[1] if all(map(holds, facts_in(part[1]))) else "", pattern)


def with_facts(pattern: str, said: Callable[[str, str], str]) -> str:
    """Return a pattern with what is `said` of each fact in the form it asks for.

    No full stop follows what ends by itself, within closing quotes neither.
    """

    def put(match: re.Match[str]) -> str:
        told = said(match[1], match[2] or "")
        stop = "" if told.rstrip(_UNSEEN_END).endswith(_ENDS) else match[4]
        return f"{told}{match[3]}{stop}"

    return _PLACE.sub(put, pattern)


def kept_together(text: str, code: str) -> str:
    """Return a text of somebody's, its lines isolated, once, where they run the other way."""
    other, begun = _LATIN if language(code).rtl else _RIGHT_TO_LEFT, ISOLATE[0]
    return "\n".join(
        ISOLATE.format(line) if other.search(line) and not line.startswith(begun) else line
        for line in text.split("\n")
    )


def _paragraphs(source: str) -> str:
    """Return a text with a paragraph a line; a line that ends in a backslash stays one."""
    parts = [part.strip() for part in re.split(r"\n\s*\n", source) if part.strip(" \\\n")]
    parts = [re.sub(r"(?m)^ *\\\n", "", part) for part in parts]  # a line that was left out
    joined = (re.sub(r"(?<!\\)\n", " ", part).replace("\\\n", "\n") for part in parts)
    return "\n\n".join(re.sub(r" +", " ", part).strip("\\") for part in joined) + "\n"
