"""The sentences of every document, by language and file: `en/statement.txt` has `statement.due`.

What a language does not have is said in English, and the document says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias

from store.files import read_plain
from store.languages import ENGLISH, language
from store.languages.catalogue import COUNTED, Catalogue, Sentence, read_catalogue
from store.languages.values import DayCount, Single, Value, in_language, plural_form
from store.languages.wording import is_told, kept_together, with_facts, with_options
from store.records.markdown import Md, inline

TEXTS: Final = Path(__file__).parent
_LONGEST: Final = 1 << 18
_READ_BY: Final = re.compile(r"# read_by:[ \t]*\S")
"""The first line of a file that somebody who speaks its language has read."""

Saying: TypeAlias = "Value | Md | None"
"""A fact of a sentence: Markdown stays what it is, and any other text is made inert."""


class Texts:
    """The sentences of one document in one language; English where it has no such document."""

    def __init__(self, code: str, document: str) -> None:
        self.language = code if has_document(code, document) else ENGLISH
        self.fell_back = False
        """Whether a sentence was said in English since the language does not have it."""

    @property
    def front(self) -> dict[str, str | int]:
        """What the front matter says of the language; nothing of English."""
        return {"language": self.language} if self.language != ENGLISH else {}

    def say(self, key: str, /, **facts: Saying) -> Md:
        """Return the sentence `key` with its facts; KeyError for a key that is nowhere."""
        return Md(self._said(key, facts, _told))

    def plain_text(self, key: str, /, **facts: Value) -> str:
        """Return what `say` does as plain text: a title, the front matter."""
        return self._said(key, facts, in_language)

    def listed(self, parts: Sequence[Saying]) -> Md:
        """Return parts side by side, as the language lists them."""
        return _told([_told(one, self.language, "") for one in parts], self.language, "")

    def side_by_side(self, parts: Iterable[str], *, whole: bool = False) -> Md:
        """Return parts of Markdown with a comma between; a semicolon where each is a `whole`."""
        spoken = language(self.language)
        return Md(f"{spoken.semicolon if whole else spoken.comma} ".join(parts))

    def entries(self, seqs: Iterable[int]) -> Md:
        """Return `entry 3` or `entries 3, 7`; empty for none."""
        numbers = sorted(set(seqs))
        listed = self.side_by_side(map(str, numbers))
        return self.say("words.entries", n=len(numbers), numbers=listed) if numbers else Md("")

    def _said(
        self, key: str, facts: Mapping[str, Any], told: Callable[[Any, str, str], str]
    ) -> str:
        code, sentence = self._find(key)
        count = facts.get(COUNTED)
        if isinstance(count, DayCount):
            count = count.days
        form = plural_form(count, code) if isinstance(count, int | Decimal) else ""
        kept = with_options(sentence.pattern(form, count), lambda name: is_told(facts[name]))
        return with_facts(kept, lambda name, asked: told(facts[name], code, asked))

    def named(self, key: str, english: str) -> Md:
        """Return the words for something of which a table elsewhere has the English."""
        name, _, rest = key.partition(".")
        if self.language != ENGLISH and rest in catalogue(self.language, name):
            return self.say(key)
        self.fell_back = self.fell_back or self.language != ENGLISH
        return inline(english)

    def columns(self, key: str, /) -> list[str]:
        """Return the headers of a table, which the catalogue parts by bars."""
        return self.plain_text(key).split(" | ")

    def value(self, value: Single, form: str = "") -> Md:
        """Return a day, a number or a sum as a cell of a table has it."""
        return _told(value, self.language, form)

    def _find(self, key: str) -> tuple[str, Sentence]:
        name, _, rest = key.partition(".")
        own = catalogue(self.language, name).get(rest)
        if own is not None:
            return self.language, own
        self.fell_back = True
        return ENGLISH, catalogue(ENGLISH, name)[rest]


def has_document(code: str, document: str) -> bool:
    """Whether a language has the file of a document."""
    return bool(catalogue(code, document))


def language_hint(code: str, document: str) -> str:
    """Return what to know of a document in a language: that it is English, that nobody read it."""
    if code in ("", ENGLISH):
        return ""
    name = language(code).name
    if not has_document(code, document):
        return f"It is in English, as Docket has none in {name} yet."
    if _READ_BY.match(_source(code, document)):
        return ""
    return f"Nobody who speaks {name} has read its words yet: have it read before you send it."


@cache
def catalogue(code: str, name: str) -> Catalogue:
    """Return the sentences of one file of a language; none where it has no such file."""
    return read_catalogue(_source(code, name), f"{code}/{name}.txt")


def _source(code: str, name: str) -> str:
    path = TEXTS / code / f"{name}.txt"
    return read_plain(path, _LONGEST).decode() if path.is_file() else ""


def _told(value: Saying, code: str, form: str) -> Md:
    if value is None:
        return Md("")
    if isinstance(value, Md):
        return value
    if isinstance(value, str):
        text = in_language(value, code, form)
        return Md(kept_together(inline(text), code))
    if isinstance(value, Sequence):
        parts = [_told(one, code, form) if isinstance(one, str) else one for one in value]
        return Md(in_language(parts, code, form))
    return Md(in_language(value, code, form))
