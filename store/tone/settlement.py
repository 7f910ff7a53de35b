"""The words by which talk of a settlement is known, in the languages it is held in.

What was said to settle a matter goes to a mediator alone; a court or a platform that reads it may
hold it against whoever gave way. Words are compared folded; a list is not a lawyer, so a hint is
all that it gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final, NamedTuple

from store.entries.kinds import KINDS
from store.entries.words import Visibility

_SUM: Final = r"(?:[a-z]{3} ?|[€$£] ?)?\d[\d.,' ]*(?: ?(?:k\b|[€$£]|eur\b|usd\b|gbp\b|chf\b))?"
_YES: Final = "(?:accept|accepts|accepted|take|takes|took|offer|offers|offered)"
_PHRASES: Final = rf"""
without prejudice
(?<!was )(?<!is )(?<!been )settl(?:e|es|ing|ement|ements)\b(?! up)
settled (?:for|on|at) {_SUM}
(?:full|fair) and final
in (?:full|final|complete) (?:discharge|satisfaction|settlement)
{_YES} {_SUM} (?:and be done|to close|to end|if|now and|instead|in full|for everything|for it all)
{_YES} {_SUM} for the rest
(?:accept|accepts|accepted) {_SUM} (?:for|in)
(?:for|with) {_SUM} (?:we are|we're|all is) (?:done|even|quits|square)
ex gratia
as a gesture of goodwill
meet (?:me |us |you |them |in the )?(?:halfway|half way|middle)
split the difference
call it (?:even|quits)
waive[sd]? the rest
no admission of (?:liability|fault)
(?<!im )vergleich(?:s\w*)?\b(?! (?:zu|mit)\b)
ohne anerkennung (?:einer |jeglicher )?(?:rechtspflicht|schuld)
ohne prajudiz
(?:gutliche|aussergerichtliche|außergerichtliche) einigung
abgeltung (?:aller|samtlicher|der)
kulanz(?:halber|zahlung|weise)\b
a l'amiable|a l’amiable
accord (?:amiable|transactionnel)
(?:une|la|par|de|a titre de|protocole de) transaction\b(?! (?:bancaire|par carte))
transactionnel\w*
pour solde de tout compte
sans reconnaissance (?:de|prejudiciable)
geste commercial
schikking\w*
zonder erkenning van
(?:tegen )?finale kwijting
minnelijke (?:regeling|schikking)
sattatilbod\w*|sattabod\w*|sattatillag\w*|satt um
an vidurkenningar
sovinto\w*|sovinnolli\w+|sovinnon\b
egyezseg\w*|peren kivuli
forlik\w*|forlikning\w*|uppgorelse i godo
til fuld og endelig afgorelse|till full och slutlig
acuerdo (?:transaccional|amistoso|extrajudicial)|transaccion extrajudicial
sin reconocimiento de
transazione\b|in via transattiva|a saldo e stralcio|bonario componimento
acordo (?:extrajudicial|amigavel)|sem reconhecimento de
ugod(?:a|y|e|owo)\b|polubown\w+
narovnani\b|smirn\w+
миров(?:ое|ого|ому|ая|ой|ую|а|у) (?:соглашени\w+|угод\w+)|в порядке мирового
تسويه ودي\w*|تسوية ودي\w*|صلح\b
和解|示談|화해|פשרה
sulh\b|uzlasma\w*
"""
_A_SUM: Final = (
    r"[€$£¥]\s?\d|\d\s?[€$£¥]|\b(?:eur|usd|gbp|chf|sek|nok|dkk|isk|huf|pln|czk)\s?\d"
    r"|\d\s?(?:eur|euro|usd|gbp|chf|sek|nok|dkk|kr|isk|huf|ft|pln|czk)\b|\b\d{1,3}[.,'’]\d{3}\b"
)


class SettlementHint(NamedTuple):
    """What in a text tells of a settlement, as it is written, and where it begins."""

    words: str
    start: int


def settlement_words(text: str) -> SettlementHint | None:
    """Return the first words in a text that tell of a settlement, or None."""
    from store.text.folding import folded

    plain = folded(text)
    found = _told().search(plain.text)
    if found is None:
        return None
    start, end = plain.span(found.start(), found.end())
    return SettlementHint(text[start:end], start)


def names_sum(text: str) -> bool:
    """Whether a text names a sum of money."""
    from store.text.folding import folded

    return bool(re.search(_A_SUM, folded(text).text))


@cache
def _told() -> re.Pattern[str]:
    lines = _PHRASES.strip().splitlines()
    begins = (("" if line > "\u0590" else r"(?<!\w)", line) for line in lines)
    return re.compile("|".join(f"{begin}(?:{line})" for begin, line in begins))


def begins_as(kind: str, texts: Iterable[str]) -> Visibility:
    """Return who may see an entry of which nobody has said it: an offer is settlement talk.

    A concession is, where its words or a sum say so; an offer of repair is `repair-offer`.
    """
    if kind == "concession":
        told = any(settlement_words(text) or names_sum(text) for text in texts)
        return "settlement" if told else "record"
    return KINDS[kind].visibility if kind in KINDS else "record"
