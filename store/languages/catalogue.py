r"""Whole sentences by their keys, as one file of a language holds them.

A line is `key: sentence`; one that begins with a blank goes on with the sentence, one with `#` is
for whoever reads the file, and an empty one parts groups. `{name}` is a fact, `{name:short}` one in
a form of `values.FACT_FORMS`; what stands in square brackets is left out where a fact in it says
nothing. A sentence that counts has a line for each form of its language, as `key[one]` and
`key[other]`, and may have one for a number by itself, as `key[=2]`; what it counts is its fact `n`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple, TypeAlias

from store.errors import DocketError
from store.languages.values import FACT_FORMS
from store.languages.wording import facts_in

COUNTED: Final = "n"
"""The fact that says which form of a sentence is meant."""
PLURALS: Final = ("zero", "one", "two", "few", "many", "other")
_KEY: Final = re.compile(
    rf"(?P<key>[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)*)(\[(?P<form>=\d+|{'|'.join(PLURALS)})\])?"
)
_PLACE: Final = re.compile(r"\{\w+(?::(\w+))?\}")
_PART: Final = re.compile(r"\[[^\[\]]*\]")


class Sentence(NamedTuple):
    """One sentence: its pattern by form, or under an empty name where it counts nothing."""

    forms: Mapping[str, str]

    @property
    def facts(self) -> frozenset[str]:
        """The facts that it has a place for."""
        named = {name for pattern in self.forms.values() for name in facts_in(pattern)}
        return frozenset(named | ({COUNTED} if self.counts else set()))

    @property
    def counts(self) -> bool:
        """Whether it says another thing of one than of many."""
        return "" not in self.forms

    def pattern(self, form: str, count: object = None) -> str:
        """Return the pattern of a number, or of that form; for all others where it has none."""
        found = self.forms.get("") or self.forms.get(f"={count}") or self.forms.get(form)
        return found or self.forms["other"]


Catalogue: TypeAlias = Mapping[str, Sentence]


def read_catalogue(raw: str, where: str) -> Catalogue:
    """Return the sentences of a file; DocketError says in one line where it is wrong, and how."""
    found: dict[str, dict[str, str]] = {}
    last: tuple[str, str] | None = None
    for number, line in enumerate(raw.replace("\r\n", "\n").split("\n"), start=1):
        at = f"{where}, line {number}"
        if not line.strip() or line.startswith("#"):
            last = last if line.startswith("#") else None
        elif line[0] in " \t":
            if last is None:
                raise DocketError(at, "it goes on with no sentence", "Begin it with a key")
            found[last[0]][last[1]] += f" {_checked(line.strip(), at)}"
        else:
            key, form, text = _begun(line, at)
            if form in found.setdefault(key, {}):
                raise DocketError(at, f"'{key}' is there already", "Take one of them out")
            found[key][form] = text
            last = key, form
    for key, forms in found.items():
        if "other" not in forms and list(forms) != [""]:
            raise DocketError(where, f"'{key}' has no form for all others", f"Add {key}[other]")
    return {key: Sentence(forms) for key, forms in found.items()}


def _begun(line: str, at: str) -> tuple[str, str, str]:
    """Return the key, the form and the beginning of a sentence."""
    key, colon, text = line.partition(":")
    found = _KEY.fullmatch(key)
    if not colon or not found:
        raise DocketError(at, f"'{line[:30]}' has no key", "Begin it with a key and a colon")
    return found["key"], found["form"] or "", _checked(text, at)


def _checked(text: str, at: str) -> str:
    text = text.strip()
    for form in _PLACE.findall(text):
        if form and form not in FACT_FORMS:
            raise DocketError(
                at, f"'{form[:20]}' is no form of a fact", f"Use {', '.join(FACT_FORMS)}"
            )
    if re.search(r"[{}]", _PLACE.sub("", text)) or re.search(r"[\[\]]", _PART.sub("", text)):
        raise DocketError(at, "a bracket has no partner on its line", "Write {name} and [part]")
    return text
