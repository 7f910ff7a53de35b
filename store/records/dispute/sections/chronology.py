"""The chronology: every shown entry, oldest first, with its lag and its corrections."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from store.docket import Standing
from store.entries import KINDS, Entry, PaymentData, Quote, TermsData
from store.entries.kinds import CORRECTS
from store.languages.values import DayCount
from store.records.dispute.corrections import NOT_APPLIED, Amended, amended_fields, given_reason
from store.records.dispute.details import details
from store.records.dispute.material import Material
from store.records.dispute.quoted import in_position
from store.records.dispute.sections.agreement import terms_in_a_cell
from store.records.dispute.sections.payments import paper_words
from store.records.dispute.words import (
    CELL_LETTERS,
    in_a_cell,
    is_own_record,
    kind_words,
    occurred,
    outgrows_a_cell,
    quoted_of,
    recorded,
    recorded_on,
    source,
    their_words,
    what_it_names,
    where_shown,
)
from store.records.markdown import (
    Flow,
    Md,
    TableLines,
    block,
    bullets,
    inline,
    paragraphs,
    slim_lines,
    slim_table,
    strike,
    struck,
)
from store.stopping import piece_by_piece
from store.text import cut_at_word, top_line

GAP_DAYS = 30
_NO_FACT = Md("-")
_TIMELINE = frozenset({"delivery", "request", "promise", "step", "incident", "correction"})


def chronology(material: Material) -> Md:
    """Return the table, the gaps in it, and the whole text of what is too long for a cell."""
    return row_by_row(material).whole()


def row_by_row(material: Material) -> Flow:
    """Return what `chronology` does, made as it is taken."""
    listed = material.chronology
    if not listed:
        return Flow([material.texts.say("chronology.none")], 0)
    several = len({one.original.author for one in listed}) > 1
    told = _told_there(material, listed)
    first = [material.standing[seq] for seq in material.options.first if seq in material.standing]
    first = [one for one in first if not KINDS[one.original.kind].inside]
    heads = material.texts.columns("chronology.columns")

    def table(shown: Iterable[Standing], optional: Container[int] = ()) -> TableLines:
        rows = (_row(material, one, told.get(one.seq, ()), several=several) for one in shown)
        return TableLines(slim_lines(heads, rows, optional))

    def blocks() -> Iterator[Md | TableLines]:
        yield Md(" ".join(_how(material)))
        if first:
            yield material.texts.say("chronology.put-first")
            yield table(first, range(3, len(heads) - 1))
            yield material.texts.say("chronology.all")
        yield table(piece_by_piece(listed))
        yield _gaps(material)
        yield from (_whole(material, one, told.get(one.seq, ())) for one in listed)

    return Flow(blocks(), 2 if first else 1)


def _how(material: Material) -> Iterator[Md]:
    """Yield what holds of an entry that says nothing of it: its day, and how it is known."""
    yield material.texts.say("chronology.same-day")
    if any(is_own_record(one.entry) for one in material.chronology):
        yield material.texts.say("chronology.own-record")


def timeline(material: Material) -> Md:
    """Return the short form for a platform: what bears on the bill, without whole texts."""
    texts = material.texts
    listed = [one for one in material.chronology if _is_in_timeline(material, one)]
    rows = {
        one.seq: [
            Md(str(one.seq)),
            occurred(material, one.entry),
            kind_words(material, one.entry.kind),
            where_shown(material, [one.seq]),
            _told(material, one),
        ]
        for one in listed
    }
    if not rows:
        return texts.say("chronology.none")
    others = len(material.chronology) - len(rows)
    heads = texts.columns("chronology.short-columns")
    return paragraphs(
        *_first(material, heads, rows),
        slim_table(heads, list(rows.values()), (3,)),
        texts.say("chronology.not-listed", n=others) if others else "",
        _gaps(material),
    )


def _is_in_timeline(material: Material, one: Standing) -> bool:
    entry = one.original
    if entry.source == "message" and their_words(material, one.entry):
        return one.counts
    return one.counts and (entry.group in _TIMELINE or KINDS[entry.kind].billing)


def _told(material: Material, one: Standing) -> Md:
    lag = one.entry.lag_days
    late = material.texts.say("chronology.later", n=lag) if lag else ""
    quotes = [inline(f"“{cut_at_word(quote.text, CELL_LETTERS)}”") for quote in one.entry.quotes]
    parts = [*_parts(material, one, here=False), *quotes, late]
    return Md(" ".join(part for part in parts if part) or "-")


def _first(
    material: Material, headers: Sequence[str], rows: Mapping[int, Sequence[Md]]
) -> Iterator[Md]:
    """Yield the entries that were put first, as they stand below too: order alters no text."""
    chosen = [rows[seq] for seq in material.options.first if seq in rows]
    if chosen:
        yield material.texts.say("chronology.put-first")
        yield slim_table(headers, chosen, range(3, len(headers) - 1))
        yield material.texts.say("chronology.all")


def gaps(material: Material) -> list[Md]:
    """Return a sentence for each span of more than GAP_DAYS without an entry, up to today."""
    key = "shown" if material.left_out.total else "all"
    days = [one.entry.day for one in material.chronology]
    return [
        material.texts.say(f"chronology.gap.{key}", start=a, end=b, days=DayCount((b - a).days))
        for a, b in pairwise([*days, material.today])
        if (b - a).days > GAP_DAYS
    ]


def _gaps(material: Material) -> Md:
    if material.options.kinds:
        return Md("")  # in an extract every other entry would be missing
    found, span = gaps(material), DayCount(GAP_DAYS)
    if not found:
        return material.texts.say("chronology.no-gap", days=span)
    return paragraphs(material.texts.say("chronology.gaps", days=span), bullets(found))


def _row(material: Material, one: Standing, told: Sequence[Quote], *, several: bool) -> list[Md]:
    entry, texts = one.entry, material.texts
    known = _source(material, entry, several=several)
    parts = [*_told_and_quoted(material, one, told, known)]
    parts.append(inline(material.withheld_words(entry.seq, "quotes")))
    if exhibits := material.labels([one.seq]):
        labels = texts.side_by_side(exhibits)
        parts.append(texts.say("chronology.exhibit", n=len(exhibits), labels=labels))
    if entry.typed_local and entry.typed_local != entry.recorded_local:
        parts.append(texts.say("chronology.recorded-typed", recorded=recorded(material, entry)))
    elif lag := entry.lag_days:
        parts.append(texts.say("chronology.recorded-later", n=lag, day=recorded_on(entry)))
    if known and not entry.quotes:
        parts.append(texts.say("chronology.source", source=known))
    return [
        Md(str(one.seq)),
        occurred(material, entry),
        kind_words(material, entry.kind),
        Md(" ".join(part for part in parts if part)),
    ]


def _told_and_quoted(
    material: Material, one: Standing, told: Sequence[Quote], known: Md
) -> Iterator[Md]:
    """Yield what an entry says, then its quotes; behind the last one stands how it is `known`."""
    fact, quotes = _fact(material, one), one.entry.quotes
    if not quotes:
        yield fact
    elif fact != _NO_FACT:
        ends = fact.endswith((":", ",", ";"))  # what is quoted goes on with the sentence
        yield fact if ends else material.texts.say("chronology.before-quote", fact=fact)
    for quote in quotes:
        yield _quote(material, quote, told, known if quote is quotes[-1] else Md(""))


def _said_by_data(material: Material, entry: Entry) -> Md:
    """Return what an entry says beside its text; terms as the agreement has them."""
    if isinstance(entry.data, TermsData):
        if place := material.place("agreement"):
            return material.texts.say("chronology.terms", place=place)
        said = terms_in_a_cell(material, entry.data)
        return Md(f"{said}.") if said != "-" else Md("")
    said = details(material.texts, entry)
    if not isinstance(entry.data, PaymentData):
        return said
    where = [
        material.texts.say("details.for-withdrawn", number=number, void=void, parts=went)
        for number, void, went in paper_words(material).withdrawn(entry.seq)
    ]
    return Md(" ".join([said, *where]))


def _fact(material: Material, one: Standing) -> Md:
    if one.void:
        data = _said_by_data(material, one.entry)
        text = one.entry.statement
        said = [*([strike(data)] if data else [])]
        if text or not data:
            said.append(_short(material, text, put=struck))
        why = _short(material, given_reason(one.void)) or material.texts.say("chronology.no-reason")
        withdrawn = material.texts.say(
            "chronology.withdrawn", day=recorded_on(one.void), entry=one.void.seq, why=why
        )
        return Md(" ".join([*said, withdrawn]))
    return Md(" ".join(part for part in _parts(material, one) if part) or _NO_FACT)


def _parts(material: Material, one: Standing, *, here: bool = True) -> list[Md]:
    """Return what an entry says; `here` tells that a text cut short stands whole below."""
    entry, first = one.entry, one.original
    parts = [_said_by_data(material, entry), inline(material.withheld_words(one.seq))]
    parts += [
        what_it_names(material, entry, link) for link in entry.links if link.rel not in CORRECTS
    ]
    about = _about_invoice(material, entry)
    parts.append(about)
    if first.statement != entry.statement:
        parts.append(_short(material, first.statement, here=here, put=struck))
    if not about or entry.statement != _number(material, entry):
        parts.append(_short(material, entry.statement, here=here))
    made: dict[int, Entry] = {}
    for change in amended_fields(one):
        made[change.amendment.seq] = change.amendment
        if change.field not in ("statement", NOT_APPLIED):
            parts.append(_changed(material, change))
    parts += [_corrected(material, one, given_reason(one)) for one in made.values()]
    return [*parts, *(_added(material, extra) for extra in one.addenda)]


def _number(material: Material, entry: Entry) -> str:
    """Return the number of the invoice that an entry names beside its text, or that is its text."""
    named = material.docket.ledger.find(entry.statement) if entry.statement else None
    return entry.refs.invoice or (named.number if named else "")


def _about_invoice(material: Material, entry: Entry) -> Md:
    """Return which invoice an entry is about, where its text does not say so in a sentence."""
    number = _number(material, entry)
    if not number or (number in entry.statement and number != entry.statement):
        return Md("")
    return material.texts.say("chronology.for-invoice", number=number)


def _changed(material: Material, change: Amended) -> Md:
    texts = material.texts
    old, new = strike(change.before(texts)), change.after(texts)
    return texts.say("chronology.changed", field=change.name(texts), old=old, new=new)


def _corrected(material: Material, amendment: Entry, text: str) -> Md:
    why = _short(material, text) or material.texts.say("chronology.no-reason")
    day = recorded_on(amendment)
    return material.texts.say("chronology.amended", day=day, entry=amendment.seq, why=why)


def _added(material: Material, extra: Entry) -> Md:
    """Return an addendum, or an amendment of which the record withholds what it says."""
    text = material.withheld_words(extra.seq) or extra.statement
    if extra.kind == "amendment":
        return _corrected(material, extra, text)
    words = _short(material, text)
    say, day = material.texts.say, recorded_on(extra)
    return say("chronology.added", day=day, entry=extra.seq, words=words)


def _told_there(material: Material, listed: Sequence[Standing]) -> Mapping[int, Sequence[Quote]]:
    """Return the quotes that the section on the other side has, where there are long ones."""
    long = any(outgrows_a_cell(quote.text) for one in listed for quote in one.entry.quotes)
    return in_position(material) if long and material.place("position") else {}


def _quote(material: Material, quote: Quote, told: Sequence[Quote], known: Md) -> Md:
    """Return what an entry quotes, by whom, and how that is known where it is said here.

    Of long words that are `told` elsewhere, it says where they stand.
    """
    say, who = material.texts.say, quoted_of(material, quote.by)
    if quote in told and outgrows_a_cell(quote.text):
        place, beginning = material.place("position"), _beginning(quote.text)
        return say(
            "chronology.quote-there", beginning=beginning, who=who, source=known, place=place
        )
    return say("chronology.quote", text=_short(material, quote.text), who=who, source=known)


def _source(material: Material, entry: Entry, *, several: bool) -> Md:
    """Return how a fact is known, where that is not my own record, and by whom it was noted."""
    known = source(material, entry)
    if several and entry.author:
        return material.texts.say("chronology.recorded-by", source=known, author=entry.author)
    return Md("") if is_own_record(entry) else known


def _short(
    material: Material,
    text: str,
    *,
    here: bool = True,
    put: Callable[[str], Md] = inline,
) -> Md:
    """Return the beginning of a text that has several lines or is too long for a cell.

    `here` says that the whole of it stands below; `put` makes Markdown of it.
    """
    if not outgrows_a_cell(text):
        if text or put is not struck:
            return put(in_a_cell(text)) if text else Md("")
        return strike(material.texts.say("keeping.value.empty"))
    beginning = _beginning(text, put)
    return material.texts.say(f"chronology.cut.{'here' if here else 'gone'}", beginning=beginning)


def _beginning(text: str, put: Callable[[str], Md] = inline) -> Md:
    return put(top_line(text)[:CELL_LETTERS].rstrip())


def _whole(material: Material, one: Standing, told: Sequence[Quote]) -> Md:
    say = material.texts.say
    texts = [(say("chronology.as-it-stands"), one.entry.statement)]
    if one.original.statement != one.entry.statement:
        texts.insert(0, (say("chronology.as-first"), one.original.statement))
    texts += [
        (say("chronology.as-amended", entry=change.amendment.seq), str(change.new or ""))
        for change in amended_fields(one)
        if change.field == "statement"
    ]
    for extra in (*one.amendments, *one.addenda, *([one.void] if one.void else [])):
        said = dict.fromkeys([given_reason(extra), extra.statement])
        texts += [(say("chronology.of-entry", entry=extra.seq), text) for text in said]
    texts += [
        (say("chronology.words-of", who=quoted_of(material, quote.by)), quote.text)
        for quote in one.entry.quotes
        if quote not in told
    ]
    long = [Md(f"{title}\n\n{block(text)}") for title, text in texts if outgrows_a_cell(text)]
    heading = say("chronology.whole", entry=one.seq)
    return paragraphs(f"### {heading}", *long) if long else Md("")
