"""Pane 3: one entry in full, with its lag, links, corrections and struck originals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from store.dates import day_words
from store.docket import Standing
from store.entries import Entry
from store.entries.describe import short
from tui.safe_text import content, wrap
from tui.widgets.lines import Cells, Lines
from tui.words.entry import link_words
from tui.words.moments import kind_words, occurred_words, recorded_words

_SOURCES = {"message": "from a message", "document": "from a document", "told-by": "as I was told"}
Text = tuple[str, str]
"""A paragraph and its look."""


class EntryPane(Lines):
    """Shows one entry, wrapped to the width; it scrolls and has no cursor."""

    def __init__(self) -> None:
        super().__init__(id="entry", classes="pane")
        self.standing: Standing | None = None
        self.trouble = ""
        self._lines: Sequence[Text] = ()

    def show(self, standing: Standing | None, trouble: str = "") -> None:
        """Show `standing` from its first line, or the `trouble` there is with the docket."""
        self.trouble = trouble
        if standing is not None and self.standing is not None:
            same = standing.original.id == self.standing.original.id
        else:
            same = standing is self.standing
        self.standing = standing
        name = f" {standing.original.client}#{standing.seq}" if standing else ""
        self.border_title = content(f"3 Entry{name}")
        self.measure()
        if not same:
            self.scroll_to(y=0, animate=False, immediate=True)

    def measure(self) -> None:
        """Wrap the entry anew and draw it."""
        paragraphs = entry_text(self.standing) if self.standing else [(self.trouble, "bold")]
        room = max(10, self.room - 2)
        self._lines = [(line, look) for text, look in paragraphs for line in wrap(text, room)]
        super().measure()

    def count(self) -> int:
        """Return the number of wrapped lines."""
        return len(self._lines)

    def cells(self, number: int, width: int) -> Cells:
        """Draw one line."""
        text, look = self._lines[number]
        return [(" ", ""), (text, look)]


def entry_text(one: Standing) -> list[Text]:
    """Return an entry as it stands: head, words, data, links, then what was corrected and when."""
    return [*_void(one), *_body(one.entry), *_corrections(one)]


def copy_text(one: Standing) -> str:
    """Return an entry as plain text, for the clipboard."""
    name = f"{one.original.client}#{one.seq}"
    return "\n".join([name, *(text for text, _ in entry_text(one))])


def _body(entry: Entry) -> Iterator[Text]:
    via = f", by {entry.channel}" if entry.channel else ""
    told = f", {_SOURCES[entry.source]}" if entry.source in _SOURCES else ""
    head = f"{kind_words(entry)}, occurred {occurred_words(entry)}"
    yield f"{head}, recorded {recorded_words(entry)}{via}{told}", "bold"
    if entry.statement:
        yield entry.statement, ""
    if said := short(entry.data):
        yield said, ""
    for quote in entry.quotes:
        yield f"{quote.by}: “{quote.text}”", "italic"
    if entry.refs.invoice or entry.refs.project:
        yield "about " + ", ".join(filter(None, (entry.refs.invoice, entry.refs.project))), ""
    for link in entry.links:
        why = f": {link.reason}" if link.reason else ""
        yield f"{link_words(entry, link)} {entry.client}#{link.seq}{why}", ""
    yield from _exhibits(entry)
    if entry.visibility != "record":
        yield f"{entry.visibility}: kept out of court and platform records", "italic"
    if entry.clock_behind:
        yield "the clock stood behind an earlier entry when this was recorded", "italic"


def _void(one: Standing) -> Iterator[Text]:
    if one.void:
        link = one.void.link("voids")
        why = (link.reason if link else "") or one.void.statement
        yield f"VOID since {day_words(one.void.day)} by #{one.void.seq}: {why}", "bold red"


def _corrections(one: Standing) -> Iterator[Text]:
    if one.amendments:
        for amendment in one.amendments:
            link = amendment.link("amends")
            why = f": {link.reason}" if link and link.reason else ""
            changed = short(amendment.data)
            yield (
                f"amended {recorded_words(amendment)} by #{amendment.seq}{why} [{changed}]",
                "yellow",
            )
        first = one.original
        yield "it first read:", "dim"
        if first.statement != one.entry.statement:
            yield first.statement, "dim strike"
        if first.occurred_at != one.entry.occurred_at:
            yield f"occurred {occurred_words(first)}", "dim strike"
        if first.data != one.entry.data:
            yield short(first.data), "dim strike"
    for addendum in one.addenda:
        yield f"added {recorded_words(addendum)} (#{addendum.seq}): {addendum.statement}", ""
        yield from _exhibits(addendum)


def _exhibits(entry: Entry) -> Iterator[Text]:
    for exhibit in entry.exhibits:
        told = f", {exhibit.obtained}" if exhibit.obtained else ""
        size = f"{exhibit.size:,} bytes{told}"
        yield f"exhibit {exhibit.name} ({size}), {exhibit.sha256[:16]}…", ""
