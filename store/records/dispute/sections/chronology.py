"""The chronology: every shown entry, oldest first, with its lag and its corrections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from store.docket import Standing
from store.entries import KINDS, Entry, Link
from store.entries.kinds import CORRECTS
from store.records.dispute.corrections import amended_fields, reason
from store.records.dispute.material import Material
from store.records.dispute.words import (
    details,
    kind_words,
    occurred,
    quoted_of,
    recorded,
    recorded_day,
    source,
    their_words,
)
from store.records.markdown import Md, block, bullets, gfm_table, inline, paragraphs, strike, struck
from store.stopping import piece_by_piece
from store.text import plural, top_line

GAP_DAYS = 30
_LONG = 300
_BELOW = " (whole text below)"
_TIMELINE = frozenset({"delivery", "request", "promise", "step", "incident", "correction"})
_SHORT = ["No.", "Occurred", "Kind", "Exhibit", "What happened"]
_BESIDE = {
    "late of": "Late entry, belongs beside",
    "answers": "Answers",
    "partly answers": "Answers a part of",
    "outcome of": "Outcome of",
    "confirms": "Confirms",
}
"""How a link reads where it is more than `About`."""
# What happened begins within 70 columns, so a reader of the plain file sees it without scrolling.
_HEADERS = ["No.", "Occurred", "Kind", "Fact", "Source and words", "Recorded (lag)", "Exhibit"]


def chronology(material: Material) -> Md:
    """Return the table, the gaps in it, and the whole text of what is too long for a cell."""
    listed = material.chronology
    if not listed:
        return Md("No entry is shown.")
    several = len({one.original.author for one in listed}) > 1
    rows = {one.seq: _row(material, one, several=several) for one in piece_by_piece(listed)}
    return paragraphs(
        *_first(material, _HEADERS, rows),
        gfm_table(_HEADERS, rows.values()),
        _gaps(material),
        *(_whole(material, one) for one in listed),
    )


def timeline(material: Material) -> Md:
    """Return the short form for a platform: what bears on the bill, without whole texts."""
    listed = [one for one in material.chronology if _is_in_timeline(material, one)]
    rows = {
        one.seq: [
            Md(str(one.seq)),
            occurred(material, one.entry),
            kind_words(material, one.entry.kind),
            Md(", ".join(material.labels([one.seq])) or "-"),
            _told(material, one),
        ]
        for one in listed
    }
    if not rows:
        return Md("No entry is shown.")
    others = len(material.chronology) - len(rows)
    return paragraphs(
        *_first(material, _SHORT, rows),
        gfm_table(_SHORT, rows.values()),
        f"Not listed here: {plural(others, 'entry', 'entries')}. The agreement, invoices and "
        "payments stand above; left out are hours, good days, hardships, notes, and what was "
        "withdrawn.",
        _gaps(material),
    )


def _is_in_timeline(material: Material, one: Standing) -> bool:
    entry = one.original
    if entry.source == "message" and their_words(material, one.entry):
        return one.counts
    return one.counts and (entry.group in _TIMELINE or KINDS[entry.kind].billing)


def _told(material: Material, one: Standing) -> Md:
    late = f"(Recorded {one.entry.lag_days} d later.)" if one.entry.lag_days else ""
    quotes = [f"“{inline(_short(quote.text, ''))}”" for quote in one.entry.quotes]
    parts = [*_parts(material, one, below=False), *quotes, late]
    return Md(" ".join(part for part in parts if part) or "-")


def _first(
    material: Material, headers: Sequence[str], rows: Mapping[int, Sequence[Md]]
) -> Iterator[Md]:
    """Yield the entries that were put first, as they stand below too: order alters no text."""
    chosen = [rows[seq] for seq in material.options.first if seq in rows]
    if chosen:
        yield Md("Put first by the contractor, in this order; all entries follow by date:")
        yield gfm_table(headers, chosen)
        yield Md("All entries, the oldest first:")


def gaps(material: Material) -> list[Md]:
    """Return a sentence for each span of more than GAP_DAYS without an entry, up to today."""
    none = "No entry shown" if material.left_out.total else "No entry"
    days = [one.entry.day for one in material.chronology]
    spans = [(a, b, (b - a).days) for a, b in pairwise([*days, material.today])]
    return [
        Md(f"{none} between {a} and {b} ({plural(length, 'day')}).")
        for a, b, length in spans
        if length > GAP_DAYS
    ]


def _gaps(material: Material) -> Md:
    if material.options.kinds:
        return Md("")  # in an extract every other entry would be missing
    found = gaps(material)
    if not found:
        return Md(f"There is no gap of more than {GAP_DAYS} days.")
    return paragraphs(f"Gaps of more than {GAP_DAYS} days:", bullets(found))


def _row(material: Material, one: Standing, *, several: bool) -> list[Md]:
    entry = one.entry
    exhibits = material.labels([one.seq])
    return [
        Md(str(one.seq)),
        occurred(material, entry),
        kind_words(material, entry.kind),
        _fact(material, one),
        _source(material, entry, several=several),
        recorded(material, entry),
        Md(", ".join(exhibits) or "-"),
    ]


def _fact(material: Material, one: Standing) -> Md:
    if one.void:
        withdrawn = f"Withdrawn on {recorded_day(one.void)} by entry {one.void.seq}:"
        data = details(one.entry)
        said = [*([strike(data)] if data else []), struck(_short(one.entry.statement))]
        return Md(f"{' '.join(said)} {withdrawn} {inline(_short(reason(one.void)))}")
    return Md(" ".join(part for part in _parts(material, one) if part) or "-")


def _parts(material: Material, one: Standing, *, below: bool = True) -> list[Md]:
    """Return what an entry says; `below` tells that a text cut short stands whole below."""
    entry, first = one.entry, one.original
    more = _BELOW if below else ""
    parts = [details(entry), inline(material.withheld_words(one.seq))]
    parts += [_beside(entry, link) for link in entry.links if link.rel not in CORRECTS]
    if first.statement != entry.statement:
        parts.append(struck(_short(first.statement, more)))
    parts.append(inline(_short(entry.statement, more)))
    made: dict[int, Entry] = {}
    for change in amended_fields(one):
        made[change.amendment.seq] = change.amendment
        if change.field not in ("statement", "(not applied)"):
            new = inline(change.new)
            parts.append(Md(f"{inline(change.name)}: {struck(change.old)} now {new}."))
    parts += [_said("Amended", amendment, reason(amendment)) for amendment in made.values()]
    return [*parts, *(_added(material, extra) for extra in one.addenda)]


def _beside(entry: Entry, link: Link) -> Md:
    follows = KINDS[entry.kind].follows
    says = follows.says if follows.relation == link.rel else ""
    return Md(f"{_BESIDE.get(says, 'About')} entry {link.seq}.")


def _said(what: str, correction: Entry, text: str) -> Md:
    words = inline(_short(text))
    return Md(f"({what} on {recorded_day(correction)} by entry {correction.seq}: {words})")


def _added(material: Material, extra: Entry) -> Md:
    """Return an addendum, or an amendment of which the record withholds what it says."""
    what = "Amended" if extra.kind == "amendment" else "Added"
    return _said(what, extra, material.withheld_words(extra.seq) or extra.statement)


def _source(material: Material, entry: Entry, *, several: bool) -> Md:
    quotes = [
        f"“{inline(_short(quote.text))}” ({quoted_of(material, quote.by)})"
        for quote in entry.quotes
    ]
    if withheld := material.withheld_words(entry.seq, "quotes"):
        quotes.append(inline(withheld))
    author = f", recorded by {inline(entry.author)}" if several and entry.author else ""
    return Md(" ".join([f"{source(material, entry)}{author}{';' if quotes else ''}", *quotes]))


def _is_long(text: str) -> bool:
    return len(text) > _LONG or "\n" in text


def _short(text: str, more: str = _BELOW) -> str:
    """Return the beginning of a text that has several lines or is too long for a cell."""
    if not _is_long(text):
        return text
    first = top_line(text)
    return f"{first[:_LONG].rstrip()} …{more}"


def _whole(material: Material, one: Standing) -> Md:
    texts = [("As it stands:", one.entry.statement)]
    if one.original.statement != one.entry.statement:
        texts.insert(0, ("As first recorded:", one.original.statement))
    texts += [
        (f"As amended by entry {change.amendment.seq}:", change.new)
        for change in amended_fields(one)
        if change.field == "statement"
    ]
    for extra in (*one.amendments, *one.addenda, *([one.void] if one.void else [])):
        said = dict.fromkeys([reason(extra), extra.statement])
        texts += [(f"Entry {extra.seq}:", text) for text in said]
    texts += [
        (f"Words of {quoted_of(material, quote.by)}:", quote.text) for quote in one.entry.quotes
    ]
    long = [Md(f"{title}\n\n{block(text)}") for title, text in texts if _is_long(text)]
    return paragraphs(f"### Whole text of entry {one.seq}", *long) if long else Md("")
