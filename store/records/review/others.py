"""Other clients' names in a text: whole, folded, not taken for this client or a plain word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from store.text.folding import Folded, folded
from store.tone.check import without_legal_form
from store.tone.common_words import COMMON

_SHORTEST = 3
# Signs that hang on a letter belong to it: vowels of Devanagari and its kin are no letters to `re`.
_WORD = re.compile(r"(?:[^\W_]|[\u0900-\u0963\u0966-\u0dff])+")
# Scripts that put no space between words, or hang particles on them, are searched letter by letter.
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
_MARK = r"[!?;:,]|\.\s"
_MARKED = re.compile(_MARK)
_APART = re.compile(rf"{_MARK}|\n\s*\n|.{{5}}", re.DOTALL)  # what keeps two words apart


class _Form(NamedTuple):
    words: tuple[str, ...]
    written: str  # as it has to be written, where it is made of plain words; else empty
    other: bool  # or a name of this client, which must not be taken for another's
    marked: bool = False  # with a comma or the like between its words


class Others:
    """The names of all other clients, ready to be looked for in many texts."""

    def __init__(self, others: Mapping[str, str], own: Iterable[str]) -> None:
        """Take the names of the others by client id, and the names of this client and of me."""
        own_names = [_words(name) for name in own]
        forms = [_Form(words, "", False) for words in own_names if words]
        plain: set[str] = set()
        for client, name in others.items():
            for form in _forms(client, name):
                if any(_within(form.words, words) for words in own_names):
                    continue
                if _UNSPACED.search("".join(form.words)):
                    plain.update(filter(None, [folded(name).text]))
                else:
                    forms.append(form)
        self._forms: dict[tuple[str, ...], _Form] = {}
        lengths: dict[str, set[int]] = {}
        for form in sorted(forms, key=lambda one: (one.other, one)):
            self._forms.setdefault(form.words, form)
            lengths.setdefault(form.words[0], set()).add(len(form.words))
        self._lengths = {first: sorted(all_, reverse=True) for first, all_ in lengths.items()}
        either = "|".join(map(re.escape, sorted(plain, key=lambda one: (-len(one), one))))
        self._unspaced = re.compile(either) if either else None

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where another client is named in `text`, by place within each kind of script."""
        flat = folded(text)
        if not self._lengths.keys().isdisjoint(_WORD.findall(flat.text)):
            yield from self._spaced(text, flat)
        if self._unspaced:
            yield from (flat.span(*name.span()) for name in self._unspaced.finditer(flat.text))

    def _spaced(self, text: str, flat: Folded) -> Iterator[tuple[int, int]]:
        words = list(_WORD.finditer(flat.text))
        done = 0
        for place, word in enumerate(words):
            if place >= done and word[0] in self._lengths:
                form, span = self._named(text, flat, words, place)
                done = place + len(form.words) if form else done
                if form and form.other:
                    yield span

    def _named(
        self, text: str, flat: Folded, words: Sequence[re.Match[str]], place: int
    ) -> tuple[_Form | None, tuple[int, int]]:
        """Return the longest name that begins at the word `place`, and where it stands."""
        for length in self._lengths[words[place][0]]:
            run = words[place : place + length]
            form = self._forms.get(tuple(word[0] for word in run))
            if form and (form.marked or _together(flat.text, run)):
                span = flat.span(run[0].start(), run[-1].end())
                if not form.written or text[slice(*span)] == form.written:
                    return form, span
        return None, (0, 0)


def _forms(client: str, name: str) -> Iterator[_Form]:
    """Yield the ways to write another client: the name, without `Ltd`, with `and`, and the id."""
    whole = folded(name).text
    short = without_legal_form(whole)
    for form in {whole, short, whole.replace("&", " and "), client}:
        words = _words(form)
        letters = sum(map(len, words))
        unspaced = bool(_UNSPACED.search(form))
        if letters < (2 if unspaced else _SHORTEST) or all(word.isdigit() for word in words):
            continue
        if not all(word in COMMON or word.isdigit() for word in words):
            yield _Form(words, "", True, bool(_MARKED.search(form)))
        elif form == whole and len(words) > 1 and name != name.lower():
            yield _Form(words, name, True)


def _together(text: str, words: Sequence[re.Match[str]]) -> bool:
    gaps = (text[one.end() : two.start()] for one, two in pairwise(words))
    return not any(_APART.search(gap) for gap in gaps)


def _words(name: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(folded(name).text))


def _within(words: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    starts = range(len(whole) - len(words) + 1)
    return any(whole[start : start + len(words)] == words for start in starts)
