"""Personal data told by its form: addresses, telephone, account, card and identity numbers.

Only forms that are clear, or that carry a check digit that fits, are taken for what they look like.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from store.text import fold


class Personal(NamedTuple):
    """Where something personal stands in a text, and what it is, such as `an e-mail address`."""

    start: int
    end: int
    noun: str


MAIL = "an e-mail address"
_ACCOUNT, _CARD = "a bank account number", "a card number"
_IDENTITY, _PHONE = "a national identity number", "a telephone number"

_PUBLIC_HOSTS = frozenset(
    "gmail.com googlemail.com outlook.com hotmail.com live.com yahoo.com icloud.com me.com aol.com"
    " gmx.de gmx.net web.de proton.me protonmail.com mail.com orange.fr free.fr libero.it".split()
)
_SOME_DIGITS = re.compile(r"\d(?:[\W_]{0,2}\d){6}")
_AT = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,6}\w{2,24}(?!\w)")
_IBAN = re.compile(r"(?<![^\W_])[A-Za-z]{2}[0-9]{2}(?:[ -]?[A-Za-z0-9]){11,30}")
_CARD_NUMBER = re.compile(r"(?<![\w+-])(?:[0-9]{4}[ -]?){3}[0-9]{4}(?![\w-])")
_AMEX = re.compile(r"(?<![\w+-])3[47][0-9]{2}[ -]?[0-9]{6}[ -]?[0-9]{5}(?![\w-])")
_CARD_STARTS = re.compile(r"4|5[1-5]|2[2-7]|6[05]|3[47]")
_US = re.compile(r"(?<![\w-])(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}(?![\w-])")
_FINNISH = re.compile(r"(?<![\w-])([0-9]{6})[-+A]([0-9]{3})([0-9A-Y])(?![\w-])")
_SPANISH = re.compile(r"(?<![\w-])([0-9]{8})-?([A-Z])(?![\w-])")
_ICELANDIC = re.compile(r"(?<![\w-])([0-9]{6})-([0-9]{4})(?![\w-])")
_PHONES = re.compile(
    r"(?<![\w+])\+[0-9]{1,3}(?:[ ().\-/]{0,2}[0-9]){6,14}(?!\w)"
    r"|(?<![\w-])(?:\([0-9]{3}\) ?|[0-9]{3}[-.])[0-9]{3}[-.][0-9]{4}(?![\w-])"
    r"|(?<![\w.,/-])0[0-9]{1,4}[ /-][0-9](?: ?[0-9]){6,9}(?![\w/-])"
    r"|(?i:(?<!\w)(?:tele)?(?:phone|mobile|tel|cell|whatsapp|fax)(?: (?:no|number|is))?[.: ]{1,3})"
    r"(?![0-9]{4}-[0-9]{2}-[0-9]{2})[0-9](?:[ ().\-/]{0,2}[0-9]){6,14}(?!\w)"
)
_FINNISH_LETTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_SPANISH_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
_ICELANDIC_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2, 1)
_SAME_PHONE = 7  # with or without the country's code, the last digits are the same


class Known:
    """What may stand in the record: the client's own addresses and numbers, and mine."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Take addresses and numbers however they are written."""
        texts = list(texts)
        self._bare = {_bare(text) for text in texts}
        hosts = {fold(text).rpartition("@")[2] for text in texts if "@" in text}
        self._hosts = hosts - _PUBLIC_HOSTS
        digits = ["".join(filter(str.isdigit, text)) for text in texts if "@" not in text]
        self._phones = {number[-_SAME_PHONE:] for number in digits if len(number) >= _SAME_PHONE}

    def has(self, text: str, noun: str) -> bool:
        """Whether it is one of these; an address at a host of theirs is theirs too."""
        if _bare(text) in self._bare:
            return True
        if noun == MAIL:
            return fold(text).rpartition("@")[2] in self._hosts
        digits = "".join(filter(str.isdigit, text))
        return noun == _PHONE and digits[-_SAME_PHONE:] in self._phones


def personal(text: str) -> list[Personal]:
    """Return what looks personal in `text`, by place, none over another."""
    found: list[Personal] = []
    taken: set[int] = set()
    for one in _all(text):
        places = range(one.start, one.end)
        if taken.isdisjoint(places):
            found.append(one)
            taken.update(places)
    return sorted(found)


def _all(text: str) -> Iterator[Personal]:
    """Yield what is found, the surest form first."""
    if "@" in text:
        yield from (Personal(*mail.span(), MAIL) for mail in _AT.finditer(text))
    if not _SOME_DIGITS.search(text):
        return
    yield from _ibans(text)
    for pattern in (_CARD_NUMBER, _AMEX):
        for card in pattern.finditer(text):
            if _CARD_STARTS.match(card[0]) and _luhn(_bare(card[0])):
                yield Personal(*card.span(), _CARD)
    yield from (Personal(*match.span(), _IDENTITY) for match in _identities(text))
    yield from (Personal(*phone.span(), _PHONE) for phone in _PHONES.finditer(text))


def _ibans(text: str) -> Iterator[Personal]:
    for match in _IBAN.finditer(text):
        ends = [match.end() - cut for cut in range(len(match[0]) - 14)]
        for end in ends:  # the word behind it may look like a part of it
            if not text[end : end + 1].isalnum() and _mod_97(_bare(text[match.start() : end])):
                yield Personal(match.start(), end, _ACCOUNT)
                break


def _mod_97(bare: str) -> bool:
    """Whether the check digits of an IBAN fit (ISO 7064, MOD 97-10)."""
    turned = bare[4:] + bare[:4]
    return len(bare) >= 15 and int("".join(str(int(letter, 36)) for letter in turned)) % 97 == 1


def _luhn(digits: str) -> bool:
    """Whether the last digit of a card number fits the others (ISO/IEC 7812-1)."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _identities(text: str) -> Iterator[re.Match[str]]:
    yield from _US.finditer(text)
    for one in _FINNISH.finditer(text):
        if _FINNISH_LETTERS[int(one[1] + one[2]) % 31] == one[3]:
            yield one
    for one in _SPANISH.finditer(text):
        if _SPANISH_LETTERS[int(one[1]) % 23] == one[2]:
            yield one
    for one in _ICELANDIC.finditer(text):
        if _day_and_month(one[1]) and _weighs(one[1] + one[2], _ICELANDIC_WEIGHTS):
            yield one


def _day_and_month(digits: str) -> bool:
    return 1 <= int(digits[:2]) <= 31 and 1 <= int(digits[2:4]) <= 12


def _weighs(digits: str, weights: Sequence[int]) -> bool:
    products = (int(digit) * weight for digit, weight in zip(digits, weights, strict=False))
    return sum(products) % 11 == 0


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(text))
