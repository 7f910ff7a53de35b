"""The stories of `accounts.txt`: entries as anybody would note them, and what has to come out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from store.entries import Entry
from tests.store.building import entry

FILE = Path(__file__).with_name("accounts.txt")
CODES = frozenset({"USD", "JPY", "GBP"})
"""Other than in "as SEK 1300 0.09", a code is that of the amount."""


class Expected(NamedTuple):
    """What has to be so on a day, by name, as it is written."""

    day: date
    values: dict[str, str]


class Story(NamedTuple):
    """An account and what has to come out of it."""

    name: str
    entries: tuple[Entry, ...]
    expected: tuple[Expected, ...]


def stories(text: str | None = None) -> list[Story]:
    """Return every story of the file."""
    raw = FILE.read_text(encoding="utf-8") if text is None else text
    return [_story(part) for part in raw.split("\n## ")[1:]]


def _story(part: str) -> Story:
    name, *lines = [line for line in part.splitlines() if line.strip()]
    entries: list[Entry] = []
    expected = []
    for line in lines:
        words = line.split()
        if words[0] == "=":
            pairs = zip(words[2::2], words[3::2], strict=True)
            expected.append(Expected(date.fromisoformat(words[1]), dict(pairs)))
        else:
            day = date.fromisoformat(words[0])
            entries.append(_entry(len(entries) + 1, day, words[1], words[2:]))
    return Story(name, tuple(entries), tuple(expected))


def _entry(seq: int, day: date, what: str, words: Sequence[str]) -> Entry:
    link: tuple[Any, int] | None = None
    numbers = [int(word[1:]) for word in words if word.startswith("#")]
    if numbers:
        link = ({"void": "voids", "amend": "amends"}.get(what, "about"), numbers[0])
    kind = {"pay": "payment", "returned": "payment-returned", "amend": "amendment"}.get(what, what)
    kind = {"rate": "interest", "fixed": "fixed-sum", "plan": "instalments"}.get(kind, kind)
    return entry(seq, kind, day, data=_data(what, list(words)), link=link)


def _data(what: str, words: list[str]) -> dict[str, Any]:
    code = next((w for at, w in enumerate(words) if w in CODES and words[at - 1] != "as"), "EUR")
    words = [w for w in words if w != code and not w.startswith("#")]
    sum_of = {"currency": code}
    if what == "amend":
        return {"changes": dict(word.split("=", 1) for word in words)}
    if what == "rate":
        return {"percent": words[0], "starts": words[2], "source": "Contract, clause 6"}
    if what == "fixed":
        bands = [part.rpartition(":") for part in words[0].split(",")]
        made = [{"at_least": start or "0", "amount": amount} for start, _, amount in bands]
        return {**sum_of, "bands": made, "source": "Contract, clause 7"}
    if what == "plan":
        bill = [] if "=" in words[0] else [words.pop(0)]
        dated = [word.partition("=") for word in words]
        parts = [{"due": due, "amount": amount} for due, _, amount in dated]
        return {**sum_of, "parts": parts, **({"of_invoice": bill[0]} if bill else {})}
    if what in ("invoice", "disputed", "credit", "discount", "write-off"):
        name = "number" if what in ("invoice", "disputed") else "of_invoice"
        return {**sum_of, name: words[0], "amount": words[1], **_named(words)}
    if what == "pay":
        split = [word.rpartition("=") for word in words[1:] if "=" in word]
        named = [{"invoice": number, "amount": amount} for number, _, amount in split]
        return {**sum_of, "amount": words[0], "for_invoices": named, **_named(words)}
    return {**sum_of, "amount": words[0]} if what != "void" else {}


def _named(words: list[str]) -> dict[str, Any]:
    """Return what stands behind its name: `due DAY`, `early PERCENT DAY`, `fee AMOUNT SIDE`."""
    said: dict[str, Any] = {
        word: words[at + 1] for at, word in enumerate(words) if word in ("due", "net", "vat")
    }
    if "early" in words:
        _, percent, day = words[words.index("early") :][:3]
        said |= {"discount_percent": percent, "discount_until": day}
    if "fee" in words:
        _, fee, side = words[words.index("fee") :][:3]
        said |= {"fee": fee, "fee_by": side}
    if "as" in words:
        _, code, amount, rate = words[words.index("as") :][:4]
        paid = {"amount": amount, "currency": code}
        said |= {"paid_as": paid, "paid_rate": rate, "rate_source": "the bank's note"}
    return said


def raw(entries: Sequence[Entry]) -> Iterator[dict[str, Any]]:
    """Yield each entry as a journal would have it."""
    for one in entries:
        yield {**one.fields(), "recorded_at": one.recorded_at.isoformat()}
