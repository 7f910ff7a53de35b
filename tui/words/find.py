"""What is said of entries that were found: where the words stand in them, and names near by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from store.docket.filter import FIELDS, VALUES_OF
from store.entries import KINDS, Own
from store.entries.describe import in_short
from store.text import fold
from store.text.cells import cell_width
from store.text.folding import folded
from tui.text import clusters, fit
from tui.words.entry import gist

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.docket import Standing
    from store.docket.filter import Filter
    from store.overview.finding import Finder

Marked = Sequence[tuple[str, bool]]
"""A text in pieces, each with whether a word that was looked for stands in it."""
_NAMES = 3
_LEAD = "… "


def names_near(asked: Filter, finder: Finder) -> str:
    """Return which clients the words of a filter may mean, or nothing."""
    near = finder.near(asked.values("text"))[:_NAMES]
    names = ", ".join(f"{finder.names[client]} (client:{client})" for client in near)
    return f"Names near: {names}" if names else ""


def marked(text: str, words: Sequence[str]) -> Marked:
    """Return a text in pieces; case and accents aside, as where it was found."""
    flat = folded(text)
    spans = sorted(
        flat.span(found.start(), found.end())
        for word in filter(None, (folded(word).text for word in words))
        for found in re.finditer(re.escape(word), flat.text)
    )
    pieces, end = list[tuple[str, bool]](), 0
    for first, last in spans:
        if last > end:
            pieces += [(text[end:first], False)] * (first > end)
            pieces.append((text[max(first, end) : last], True))
            end = last
    return [*pieces, (text[end:], False)] if end < len(text) or not pieces else pieces


def snippet(one: Standing, words: Sequence[str], cells: int) -> Marked:
    """Return what of an entry holds the words, on one line of `cells` cells.

    It begins later where they would not be seen.
    """
    said = " ".join(_said(one, words).split())
    pieces = marked(said, words)
    first = next((at for at, (_, hit) in enumerate(pieces) if hit), 0)
    seen = sum(cell_width(text) for text, _ in pieces[: first + 1])
    if seen > cells and cell_width(said) > cells:
        before = "".join(text for text, _ in pieces[:first])
        kept = _tail(before, max(0, cells // 2 - cell_width(pieces[first][0])))
        pieces = [(_LEAD + kept, False), *pieces[first:]]
    return _clipped(pieces, cells)


def filter_completed(text: str, names: Mapping[str, str], near: Sequence[str], own: Own) -> str:
    """Return a filter with its last word completed: a field, a value, or a client."""
    head, _, last = text.rpartition(" ")
    lead = f"{head} " if head else ""
    name, colon, value = last.partition(":")
    if colon and name.lower() in FIELDS:
        done, comma, part = value.rpartition(",")
        fitting = [one for one in _values(name.lower(), names, own) if one.startswith(fold(part))]
        return f"{lead}{name}:{done}{comma}{_common(fitting)}" if fitting and part else text
    fields = [field for field in FIELDS if last and field.startswith(last.lower())]
    if len(fields) == 1:
        return f"{lead}{fields[0]}:"
    return f"{lead}client:{near[0]} " if near and last else text


def _values(field: str, names: Mapping[str, str], own: Own) -> Iterator[str]:
    if field == "kind":
        yield from (*KINDS, *own)
    elif field == "client":
        yield from names
    else:
        yield from VALUES_OF.get(field, ())


def _common(fitting: Sequence[str]) -> str:
    """Return what all of these begin with; with a blank behind it, if there is one only."""
    if len(fitting) == 1:
        return f"{fitting[0]} "
    first, last = min(fitting), max(fitting)
    same = next((n for n, letter in enumerate(first) if last[n : n + 1] != letter), len(first))
    return first[:same]


def _said(one: Standing, words: Sequence[str]) -> str:
    """Return the first of what an entry says that holds one of the words."""
    entry = one.entry
    pieces = [
        *(gist(entry), in_short(entry.data), *(f"“{quote.text}”" for quote in entry.quotes)),
        *(addendum.statement for addendum in one.addenda),
        *(one.original.statement, *(link.reason for link in one.original.links)),
    ]
    flat = [folded(word).text for word in words]
    holding = (piece for piece in pieces if any(word in folded(piece).text for word in flat))
    return next(holding, pieces[0])


def _tail(text: str, cells: int) -> str:
    """Return the end of a text in at most so many cells, whole words of it if there are any."""
    kept, used = "", 0
    for cluster, size in reversed(list(clusters(text))):
        if used + size > cells:
            cut, blank, rest = kept.partition(" ")
            return rest if blank and len(cut) < 20 else kept
        kept, used = cluster + kept, used + size
    return kept


def _clipped(pieces: Marked, cells: int) -> Marked:
    if sum(cell_width(text) for text, _ in pieces) <= cells:
        return pieces
    kept, left = list[tuple[str, bool]](), cells
    for text, hit in pieces:
        if cell_width(text) >= left:
            return [*kept, (fit(f"{text} …", left).rstrip(), hit)]
        kept.append((text, hit))
        left -= cell_width(text)
    return kept
