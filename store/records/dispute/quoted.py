"""The words of the other side, each told once: what stands in a mail is not told beside it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from store.docket.steps import invoices_named
from store.entries import KINDS, Entry, Quote
from store.records.dispute.material import Material
from store.records.dispute.words import their_words
from store.text import fold_line

_NO_POSITION: Final = frozenset({"good-day", "delivery", "agreement", "hours", "note"})
"""The groups whose quoted words are no position in the matter."""
PASSED_OVER: Final = frozenset({"abuse", "threat", "public-attack", "scope-creep", "micro-change"})
"""Kinds whose words are none on what is open: said in anger, or about what nobody bills."""
_NEAR: Final = 2
_SENTENCE: Final = re.compile(r"(?<=[.!?…。।؟។])[”\"']?\s+")
_ADMITS: Final = re.compile(
    r"\b(?:we|i)(?:['’]ll| will| shall)? (?:\w+ )?(?:pay|owe|settle|transfer)\b"
)
_TAKES_IT_BACK: Final = re.compile(
    r"\b(?:not|never|no|nothing|none|refuse|if|unless|would|could|should|rather|why|how)\b"
    r"|n['’]t\b|['’]d\b|\?$"
)
"""What keeps a sentence from being an admission, as far as plain English says so."""


class QuotesByMonth:
    """Folded quotes by month, so that what holds another is found without reading all of them.

    A quote is noted within two months of the mail it stands in, or it is told by itself.
    """

    def __init__(self, told: Iterable[tuple[Entry, Quote]]) -> None:
        self._months: dict[int, list[tuple[int, Entry, str]]] = {}
        for at, (entry, quote) in enumerate(told):
            held = self._months.setdefault(_month(entry), [])
            held.append((at, entry, fold_line(quote.text)))

    def holding(self, entry: Entry, words: str) -> Iterator[tuple[int, Entry, str]]:
        """Yield what holds folded words of about the day of an entry, with its place."""
        month = _month(entry)
        for near in range(month - _NEAR, month + _NEAR + 1):
            yield from (one for one in self._months.get(near, ()) if words in one[2])


def _month(entry: Entry) -> int:
    return entry.day.year * 12 + entry.day.month


def told_once(material: Material, passed: Collection[str] = ()) -> Iterator[tuple[Entry, Quote]]:
    """Yield what is quoted of others, oldest first, without what stands in a longer quote shown.

    Of equal ones the first is told. Kinds that are `passed` are neither told nor hold anything.
    """
    told = [
        (entry, quote)
        for entry in sorted(material.docket.counted, key=lambda one: (one.occurred_at, one.seq))
        if entry.kind not in passed
        for quote in their_words(material, entry)
    ]
    said = QuotesByMonth(told)
    for at, (entry, quote) in enumerate(told):
        words = fold_line(quote.text)
        held = said.holding(entry, words)
        if not any(before != at and (len(o) > len(words) or before < at) for before, _, o in held):
            yield entry, quote


def in_position(material: Material) -> dict[int, list[Quote]]:
    """Return what the section on the other side has in their words, by the entry that quotes it."""
    praise = [name for name, kind in KINDS.items() if kind.group == "good-day"]
    found: dict[int, list[Quote]] = {}
    for entry, quote in told_once(material, set(praise) - {"reaction"}):
        told = entry.group not in _NO_POSITION or entry.kind == "reaction"
        if told or entry.source == "message":
            found.setdefault(entry.seq, []).append(quote)
    return found


def messages(material: Material) -> QuotesByMonth:
    """Return what was written by others, to be looked up by what it holds."""
    found = material.docket.kind("message")
    return QuotesByMonth((one, quote) for one in found for quote in their_words(material, one))


def mail_of(material: Material, entry: Entry, mails: QuotesByMonth) -> Entry | None:
    """Return the message that holds what an entry quotes; None where none does."""
    for quote in their_words(material, entry):
        for _, message, _ in mails.holding(entry, fold_line(quote.text)):
            return message
    return None


def sentences(text: str) -> list[str]:
    """Return the sentences of a text on one line each; a text without stops is one."""
    return list(filter(None, _SENTENCE.split(" ".join(text.split()))))


def shortened(text: str, most: int) -> str:
    """Return as many whole sentences as fit `most` characters, with `(…)` for the rest.

    The first one is never cut.
    """
    first, *rest = sentences(text) or [""]
    for sentence in rest:
        if len(first) + len(sentence) + 1 > most:
            return f"{first} (…)"
        first = f"{first} {sentence}"
    return first


def without(text: str, told: Collection[str]) -> str:
    """Return a text without the sentences that stand in what is `told`, each run as `(…)`.

    Empty where all of it does, or all but a greeting and a name.
    """
    known = [fold_line(one) for one in told]
    left: list[str] = []
    for sentence in sentences(text):
        if any(fold_line(sentence) in one for one in known):
            left += ["(…)"] if left[-1:] != ["(…)"] else []
        else:
            left.append(sentence)
    whole = any(one != "(…)" and one[-1:] in ".?!" for one in left)
    return " ".join(left) if whole or "(…)" not in left else ""


def admitted(text: str) -> str:
    """Return the first sentence in which somebody says, in English, that they pay or owe."""
    for sentence in sentences(text):
        folded = fold_line(sentence)
        if _ADMITS.search(folded) and not _TAKES_IT_BACK.search(folded):
            return sentence
    return ""


def about_settled(material: Material, entry: Entry) -> bool:
    """Whether it names invoices, and nothing is owed on any of them."""
    books = material.docket.ledger
    named = [books.find(number) for number in invoices_named(entry, material.docket)]
    return bool(named) and all(one and one.balance.amount <= 0 for one in named)
