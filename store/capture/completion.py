"""Completes the word at the end of a captured line: clients, kinds, channels and invoices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from store.capture.marks import CHANNELS
from store.docket import Docket
from store.entries import NO_OWN, Own
from store.entries.kinds import NEVER, kinds_that
from store.text import fold

_TYPED = kinds_that(lambda kind: kind.only_with != NEVER and kind.shape != "AmendmentData")


def complete(
    line: str,
    *,
    clients: Mapping[str, str],
    current: str | None,
    docket: Docket | None = None,
    own: Own = NO_OWN,
) -> tuple[str, tuple[str, ...]]:
    """Return `line` with its last word completed, and the choices while several remain.

    The first word is a client (or, with one selected, a kind), the second a kind, those of the
    user's `own` too; `^` starts a channel anywhere, and later words complete to open invoices and
    requests.
    """
    before, _, word = line.rpartition(" ")
    lead = f"{before} " if before else ""
    kinds = sorted(_TYPED | own.keys())
    found = _choices(before.split(), word, clients, current, docket, kinds)
    if not found:
        return line, ()
    if len(found) == 1:
        return f"{lead}{found[0]} ", ()
    shared = _shared_start(found)
    return f"{lead}{shared if len(shared) > len(word) else word}", tuple(found)


def _choices(
    before: list[str],
    word: str,
    clients: Mapping[str, str],
    current: str | None,
    docket: Docket | None,
    kinds: Sequence[str],
) -> list[str]:
    if word.startswith("^"):
        return [f"^{channel}" for channel in CHANNELS if channel.startswith(word[1:])]
    named = [
        one
        for one, name in clients.items()
        if one.startswith(word) or fold(name).startswith(fold(word))
    ]
    if not before:
        return [*named, *(_starting(kinds, word) if current else ())]
    second = len(before) == 1 and (before[0] in clients or current)
    if second and (found := _starting(kinds, word)):
        return found
    if docket and word:
        known = [invoice.number for invoice in docket.ledger.invoices]
        known += [f"#{request.seq}" for request in docket.open_requests]
        return _starting(known, word)
    return []


def _shared_start(words: list[str]) -> str:
    same = 0
    while all(same < len(word) and word[same] == words[0][same] for word in words):
        same += 1
    return words[0][:same]


def _starting(choices: Iterable[str], word: str) -> list[str]:
    return [one for one in choices if fold(one).startswith(fold(word))]
