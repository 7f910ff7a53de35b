"""The mediator's brief: two pages in front of a record, for somebody who has five minutes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from store.docket import Invoice
from store.docket.claims import Dispute, claims, currencies, disputes
from store.entries import Entry, Quote
from store.entries.kinds import in_section
from store.money import Money, totals
from store.records.dispute.material import Material
from store.records.dispute.sections.agreement import agreed_terms
from store.records.dispute.sections.sides import faults
from store.records.dispute.sections.summary import asked_for, period, taxed_words, tried
from store.records.dispute.words import kind_words, proof, their_words
from store.records.document import Document, Section, finished
from store.records.markdown import Md, bullets, front_matter, gfm_table, paragraphs
from store.text import cut_at_word, top_line

BRIEF_FILE: Final = "brief.md"
"""What it is called in a record's folder."""
_POINTS: Final = 6
_OFFERS: Final = 3
_QUOTES: Final = 3
_EXHIBITS: Final = 6
_LONG: Final = 150
"""Characters of somebody's words: whoever wants the rest has the record behind it."""
_SIGN: Final = Md("")


def mediator_brief(material: Material) -> Document:
    """Return the brief of a record; the same material gives the same text."""
    texts = material.texts
    texts.fell_back = False  # the record did; that is told there
    title = texts.plain_text("brief.title", client=material.name)
    parts = {
        "quarrel": _quarrel,
        "agreed": _agreed,
        "points": _points,
        "sides": _sides,
        "offered": _offered,
        "settle": _settle,
        "exhibits": _exhibits,
    }
    sections = (
        Section(texts.say(f"brief.heading.{name}"), make(material)) for name, make in parts.items()
    )
    front = {
        "title": title,
        "record": f"{material.client} {material.now:%Y-%m-%d} {material.options.purpose}",
        "prepared_by": material.options.prepared_by,
        **texts.front,
    }
    return Document(front_matter(front), title, finished(sections, texts))


def _quarrel(material: Material) -> Md:
    say, docket = material.texts.say, material.docket
    first, last = period(material)
    scope = _short(docket.terms.scope or "")
    about = say(
        "brief.about",
        author=material.options.prepared_by,
        client=docket.profile.contract_name or material.name,
        first=first,
        last=last,
        scope=scope or None,
    )
    if not docket.ledger.invoices:
        return paragraphs(" ".join([about, say("brief.no-bill")]))
    open_ = _owed(material)
    if not open_:
        return paragraphs(" ".join([about, say("brief.nothing-owed")]))
    sums = totals(invoice.balance for invoice in open_)
    owed = say("brief.owed", n=len(open_), sums=sums)
    owed = Md(" ".join([owed, *taxed_words(material)]))
    found = _disputed(material)
    if not found:
        return paragraphs(" ".join([about, owed, say("brief.not-disputed", client=docket.name)]))
    parts = totals(dispute.of(invoice) for invoice, dispute in found)
    why = _their_word(material, found[0][1])
    return paragraphs(
        " ".join([about, owed, say("brief.quarrel", client=docket.name, sums=parts, why=why)])
    )


def _owed(material: Material) -> list[Invoice]:
    """Return the invoices on which something is owed, due or not."""
    return [one for one in material.docket.ledger.invoices if one.balance.amount > 0]


def _disputed(material: Material) -> list[tuple[Invoice, Dispute]]:
    """Return the invoices of which something that is owed is in dispute, the largest part first."""
    known = disputes(material.docket)
    found = [(one, known[one.seq]) for one in _owed(material) if one.seq in known]
    found = [(invoice, dispute) for invoice, dispute in found if dispute.of(invoice).amount]
    return sorted(found, key=lambda pair: (-pair[1].of(pair[0]).amount, pair[0].seq))


def _their_word(material: Material, dispute: Dispute) -> Md:
    """Return why they say it is not owed: as quoted, else as it was noted."""
    entry = material.standing[dispute.seq].entry
    quoted = their_words(material, entry)
    entries = material.texts.entries([entry.seq])
    if quoted:
        words = _short(quoted[0].text)
        return material.texts.say("brief.words", words=words, day=entry.day, entries=entries)
    if not dispute.statement:
        return material.texts.say("brief.their-none")
    return _noted(material, entry, dispute.statement)


def _noted(material: Material, entry: Entry, words: str = "") -> Md:
    """Return what was noted in my words, as such."""
    words, entries = _short(words or entry.statement), material.texts.entries([entry.seq])
    return material.texts.say("brief.noted", words=words, day=entry.day, entries=entries)


def _agreed(material: Material) -> Md:
    """Return the terms that matter in a word each, and what is in dispute and what is not."""
    say, docket, texts = material.texts.say, material.docket, material.texts
    known = agreed_terms(material, docket.terms.model_copy(update={"scope": None, "form": None}))
    terms = [say("agreement.term", name=name, words=words) for name, words in known]
    rows = []
    for code in currencies(docket):
        owed = [one for one in _owed(material) if one.balance.currency == code]
        found = [(i, d) for i, d in _disputed(material) if i.balance.currency == code]
        none = Money(Decimal(0), code)
        whole = sum((one.balance for one in owed), none)
        part = sum((dispute.of(invoice) for invoice, dispute in found), none)
        claimed = claims(docket, code).total
        late = sum((one.balance for one in owed if one.overdue(material.today)), none)
        sums = [whole, late, whole - part, part, claimed]
        if any(one.amount for one in sums):
            rows.append([Md(code), *(texts.value(one) for one in sums)])
    return paragraphs(
        say("brief.terms", terms=Md("; ".join(terms))) if terms else say("agreement.no-terms"),
        gfm_table(texts.columns("brief.sums"), rows) if rows else "",
    )


def _points(material: Material) -> Md:
    """Return the schedule: one row for each point, with room for their sum and the mediator."""
    texts, rows = material.texts, list(_rows(material))
    more = len(rows) - _POINTS
    if not rows:
        return texts.say("brief.no-point")
    shown = [[Md(str(at)), *row, _SIGN, _SIGN] for at, row in enumerate(rows[:_POINTS], start=1)]
    place = material.place("position")
    return paragraphs(
        gfm_table(texts.columns("brief.points"), shown),
        texts.say("brief.more-points", n=more, place=place) if more > 0 else "",
    )


def _rows(material: Material) -> Iterator[list[Md]]:
    """Yield point, sum, my side and theirs: disputed parts, what is not disputed, what was said."""
    texts, say = material.texts, material.texts.say
    found = _disputed(material)
    for invoice, dispute in found:
        yield [
            say("brief.point.bill", invoice=invoice.number),
            texts.value(dispute.of(invoice)),
            say(
                "brief.my-side",
                sent=invoice.issued,
                due=invoice.due,
                proof=proof(material, invoice.evidence),
            ),
            _their_word(material, dispute),
        ]
    yield from _undisputed(material, {one.seq: dispute.of(one) for one, dispute in found})
    yield from _other_points(material)


def _undisputed(material: Material, parts: Mapping[int, Money]) -> Iterator[list[Md]]:
    """Yield for each currency what is overdue beside the `parts` of invoices in dispute."""
    texts, say = material.texts, material.texts.say
    rests = [
        (one, one.balance - parts[one.seq] if one.seq in parts else one.balance)
        for one in material.docket.overdue
    ]
    left = [(invoice, rest) for invoice, rest in rests if rest.amount > 0]
    for code in dict.fromkeys(rest.currency for _, rest in left):
        mine = [(invoice, rest) for invoice, rest in left if rest.currency == code]
        invoices = [invoice.number for invoice, _ in mine]
        else_ = say("brief.point.rest", invoices=invoices) if parts else None
        yield [
            else_ or say("brief.point.owed", invoices=invoices),
            texts.value(totals(rest for _, rest in mine)[0]),
            say("brief.my-rest", proof=proof(material, [one.seq for one, _ in mine][:_POINTS])),
            say("brief.their-not"),
        ]


def _other_points(material: Material) -> Iterator[list[Md]]:
    """Yield what they raised that is about no sum, the latest first, where they are quoted."""
    for entry in reversed(material.docket.kind(*in_section("raised"))):
        if entry.kind != "disputed" and (quoted := their_words(material, entry)):
            words = material.texts.say(
                "brief.words",
                words=_short(quoted[0].text),
                day=entry.day,
                entries=material.texts.entries([entry.seq]),
            )
            kind = kind_words(material, entry.kind)
            yield [Md(kind[:1].upper() + kind[1:]), Md("-"), _noted(material, entry), words]


def _sides(material: Material) -> Md:
    """Return what I say with my own part, and what they say that the points do not quote."""
    say, mine = material.texts.say, [tried(material)]
    share = [entry.seq for entry in faults(material)]
    told = [asked_for(material), *mine]
    said = [say("brief.mine", said=Md(" ".join(filter(None, told))))]
    if share:
        own = say("summary.mine", n=len(share), entries=material.texts.entries(share))
        said.append(say("brief.mine-share", said=own))
    theirs = list(_quotes(material))
    said += [say("brief.theirs", said=one) for one in theirs] or [say("brief.theirs-none")]
    return bullets(said)


def _quotes(material: Material) -> Iterator[Md]:
    """Yield their latest words on the matter that are not quoted as a point already."""
    for entry, quote in _latest(material):
        yield material.texts.say(
            "brief.words",
            words=_short(quote.text),
            day=entry.day,
            entries=material.texts.entries([entry.seq]),
        )


def _latest(material: Material) -> list[tuple[Entry, Quote]]:
    """Return their latest words that are no point yet; what was said in anger is no word on it."""
    passed = {"disputed", "abuse", *in_section("raised")}
    counted = [
        (entry, quote)
        for entry in material.docket.counted
        if entry.kind not in passed and entry.visibility != "settlement"
        for quote in their_words(material, entry)
        if entry.group not in ("good-day", "delivery", "agreement")
    ]
    return counted[-_QUOTES:]


def _offered(material: Material) -> Md:
    """Return the latest offers and other talk of a settlement, which only a mediator hears of."""
    say, counted = material.texts.say, material.docket.counted
    talks = [one for one in counted if one.visibility == "settlement" or one.kind == "offer"]
    if not talks:
        return say("brief.nothing-offered")
    lines = [_offer(material, entry) for entry in talks[-_OFFERS:]]
    more = len(talks) - len(lines)
    place = material.place("position")
    rest = [say("brief.earlier", n=more, place=place)] if more else []
    return bullets([*rest, *lines])


def _offer(material: Material, entry: Entry) -> Md:
    entries, what = material.texts.entries([entry.seq]), _short(entry.statement)
    return material.texts.say("brief.offered", day=entry.day, what=what, entries=entries)


def _settle(material: Material) -> Md:
    say, would = material.texts.say, material.options.would_accept
    return say("brief.would-accept", what=would) if would else say("brief.not-said")


def _exhibits(material: Material) -> Md:
    """Return the papers behind the points, the agreement first, and that the record is behind."""
    say, docket = material.texts.say, material.docket
    seqs = [one.seq for one in docket.counted if one.kind == "terms" or one.source == "document"]
    for invoice, dispute in _disputed(material):
        seqs += [*invoice.evidence, dispute.seq]
    for invoice in docket.overdue:
        seqs += invoice.evidence
    seqs += [entry.seq for entry, _ in _latest(material)]
    labels = material.labels(dict.fromkeys(seqs)) if seqs else []
    found = {one.label: one for one in material.exhibits.values()}
    lines = [
        say(
            "brief.exhibit",
            label=Md(label),
            what=_short(top_line(found[label].entry.statement) or found[label].exhibit.name),
            entries=material.texts.entries([found[label].entry.seq]),
        )
        for label in labels[:_EXHIBITS]
    ]
    return paragraphs(
        bullets(lines) if lines else say("brief.no-exhibit"),
        say("brief.annex"),
    )


def _short(text: str) -> str:
    """Return the beginning of a text on one line, cut at a word."""
    return cut_at_word(text, _LONG)
