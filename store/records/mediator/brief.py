"""The mediator's brief: who quarrels about what, the claim, offers, and what would settle it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Final

from store.docket import Invoice
from store.docket.claims import Claims, claims, currencies
from store.docket.ledger import LET_GO, Reduction
from store.docket.steps import names_number
from store.entries import Entry, Quote
from store.entries.kinds import in_section
from store.money import Money, totals
from store.records.dispute.answers import Objection, objections
from store.records.dispute.material import Material
from store.records.dispute.quoted import (
    PASSED_OVER,
    about_settled,
    shortened,
    told_once,
    without,
)
from store.records.dispute.sections.agreement import agreed_terms
from store.records.dispute.sections.sides import faults
from store.records.dispute.sections.summary import (
    asked_for,
    period,
    taken_off,
    taxed_words,
    tried,
)
from store.records.dispute.words import proof
from store.records.document import Document, Section, finished
from store.records.markdown import Md, bullets, front_matter, gfm_table, paragraphs
from store.records.mediator.points import (
    LONGEST_QUOTE,
    in_their_words,
    points,
    quoted_as_points,
    still_owed,
)
from store.text import top_line

BRIEF_FILE: Final = "brief.md"
"""What it is called in a record's folder."""
_OFFERS: Final = 5
_QUOTES: Final = 3
_EXHIBITS: Final = 6
_WORK: Final = ("hours", "delivery", "handover")
_TALKS: Final = frozenset({"offer", "repair-offer", "talk"})


def mediator_brief(material: Material) -> Document:
    """Return the brief of a record; the same material gives the same text."""
    texts = material.texts
    texts.fell_back = False  # the record did; that is told there
    title = texts.plain_text("brief.title", client=material.name)
    found, latest = objections(material), _latest(material)
    parts = {
        "quarrel": _quarrel(material, found),
        "agreed": _agreed(material, found),
        "points": points(material, found),
        "sides": _sides(material, found, latest),
        "offered": _offered(material),
        "settle": _settle(material),
        "exhibits": _exhibits(material, found, latest),
    }
    sections = (Section(texts.say(f"brief.heading.{name}"), one) for name, one in parts.items())
    front = {
        "title": title,
        "record": f"{material.client} {material.now:%Y-%m-%d} {material.options.purpose}",
        "prepared_by": material.options.prepared_by,
        **texts.front,
    }
    return Document(front_matter(front), title, finished(sections, texts))


def _quarrel(material: Material, found: Sequence[Objection]) -> Md:
    """Return who made this for whom, then the parties and what they quarrel about."""
    say = material.texts.say
    client = material.docket.profile.contract_name or material.name
    author = material.options.prepared_by
    secret = any(one.visibility == "settlement" for one in material.docket.counted)
    secret = secret or bool(material.options.would_accept)
    head = [
        say("brief.by", author=author, day=material.today),
        say("brief.purpose", author=author, client=client),
        say("brief.confidential") if secret else say("brief.shared"),
        say("brief.how-read"),
    ]
    return paragraphs(bullets(head), " ".join(_story(material, author, client, found)))


def _story(
    material: Material, author: str, client: str, found: Sequence[Objection]
) -> Iterator[Md]:
    say, docket = material.texts.say, material.docket
    first, last = _worked(material)
    scope = docket.terms.scope
    yield say(
        "brief.about", author=author, client=client, first=first, last=last, scope=scope or None
    )
    invoices, open_ = docket.ledger.invoices, still_owed(material)
    if not invoices:
        yield say("brief.no-bill")
        return
    billed = totals(one.amount for one in invoices)
    paid = totals(one.paid for one in invoices if one.paid.amount)
    yield say("brief.billed", sums=billed, paid=paid or None)
    yield from taken_off(material, invoices)
    if not open_:
        yield say("brief.nothing-owed")
        return
    yield say("brief.owed", n=len(open_), sums=totals(invoice.balance for invoice in open_))
    yield _why(material, found)
    yield from taxed_words(material)


def _why(material: Material, found: Sequence[Objection]) -> Md:
    """Return what they say is not owed, and why, in their words where they are quoted."""
    say, name = material.texts.say, material.docket.name
    if not found:
        return say("brief.not-disputed", client=name)
    why = in_their_words(material, found[0].entry) or say("brief.their-none")
    return say("brief.quarrel", client=name, sums=totals(one.sum for one in found), why=why)


def _worked(material: Material) -> tuple[date, date]:
    """Return the first and the last day of the work; of the record where none of it is noted."""
    days = [one.day for one in material.docket.kind(*_WORK)]
    agreed = [one.day for one in material.docket.kind("terms")]
    first, last = period(material)
    return (min([*agreed[:1], *days]), max(days)) if days else (first, last)


def _agreed(material: Material, found: Sequence[Objection]) -> Md:
    """Return the terms and what shows them, what is in dispute and what not, and the claim."""
    say, docket, texts = material.texts.say, material.docket, material.texts
    known = agreed_terms(material, docket.terms.model_copy(update={"scope": None, "form": None}))
    terms = [say("agreement.term", name=name, words=words) for name, words in known]
    papers = [one for one in docket.kind("note") if one.source == "document"]
    seqs = [one.seq for one in (*docket.kind("terms"), *papers) if not one.links]
    claimed = [claims(docket, code) for code in currencies(docket)]
    rows = [row for row in (_sums(material, one, found) for one in claimed) if row]
    agreed = say("agreement.no-terms")
    if terms:
        agreed = say("brief.terms", terms=Md("; ".join(terms)), proof=proof(material, seqs))
    return paragraphs(
        agreed,
        gfm_table(texts.columns("brief.sums"), rows) if rows else "",
        " ".join(words for one in claimed for words in _claim(material, one, found)),
    )


def _sums(material: Material, claim: Claims, found: Sequence[Objection]) -> list[Md]:
    """Return the row of a currency; nothing where all of it is nothing."""
    code = claim.currency
    owed = [one for one in still_owed(material) if one.balance.currency == code]
    none = Money(Decimal(0), code)
    whole = sum((one.balance for one in owed), none)
    part = sum((one.sum for one in found if one.sum.currency == code), none)
    late = sum((one.balance for one in owed if one.overdue(material.today)), none)
    sums = [whole, late, whole - part, part, claim.total]
    if not any(one.amount for one in sums):
        return []
    return [Md(code), *(material.texts.value(one) for one in sums)]


def _claim(material: Material, claim: Claims, found: Sequence[Objection]) -> Iterator[Md]:
    """Yield how the sum claimed is made up, and what of its interest hangs on what is disputed."""
    if not (claim.beside.amount or claim.favour.amount):
        return
    running = Money(claim.running, claim.currency)
    yield material.texts.say(
        "brief.claim",
        owed=claim.principal,
        interest=claim.interest_total.or_none,
        fixed=claim.fixed_total.or_none,
        costs=claim.costs_total.or_none,
        paid=claim.beside_paid.or_none,
        credit=claim.credit.or_none,
        back=claim.sent_back.or_none,
        sum=claim.total,
        day=material.today,
        running=running if running.rounded() else None,
    )
    if on := _on_disputed(claim, found):
        yield material.texts.say("brief.on-disputed", sum=on)


def _on_disputed(claim: Claims, found: Sequence[Objection]) -> Money | None:
    """Return the interest on the parts in dispute; None where there is none."""
    parts = {one.invoice.seq: one.sum.amount for one in found}
    total = Decimal(0)
    for one in claim.interest:
        part = parts.get(one.invoice.seq, Decimal(0))
        for span in one.spans if part else ():
            total += span.exact * min(part, span.principal.amount) / span.principal.amount
    rounded = Money(Money(total, claim.currency).rounded(), claim.currency)
    return rounded if rounded.amount else None


def _sides(
    material: Material, found: Sequence[Objection], latest: Sequence[tuple[Entry, Quote]]
) -> Md:
    """Return what I say with my own part, and what they say that the points do not quote."""
    say, told = material.texts.say, [asked_for(material), tried(material), _no_outcome(material)]
    said = [say("brief.mine", said=Md(" ".join(filter(None, told))))]
    if own := list(_own_part(material)):
        said.append(say("brief.mine-share", said=Md(" ".join(own))))
    theirs = list(_quotes(material, quoted_as_points(material, found), latest))
    said += [say("brief.theirs", said=one) for one in theirs] or [say("brief.theirs-none")]
    return bullets(said)


def _no_outcome(material: Material) -> Md:
    """Return that nothing tells what came of the steps that cost money, if so."""
    costs = material.docket.kind("cost")
    followed = {link.seq for one in material.docket.counted for link in one.links}
    open_ = costs and followed.isdisjoint(one.seq for one in costs)
    return material.texts.say("brief.no-outcome") if open_ else Md("")


def _own_part(material: Material) -> Iterator[Md]:
    """Yield what was my own doing, day by day, in the words in which I noted it."""
    for day, found in groupby(faults(material), key=lambda one: one.day):
        entries = list(found)
        said = [material.texts.say("brief.sentence", what=one.statement) for one in entries]
        yield material.texts.say(
            "brief.own",
            day=day,
            said=Md(" ".join(said)),
            entries=material.texts.entries([one.seq for one in entries]),
        )


def _quotes(
    material: Material, told: Sequence[str], latest: Sequence[tuple[Entry, Quote]]
) -> Iterator[Md]:
    """Yield their latest words on what is open, but for what is told as a point already."""
    for entry, quote in latest:
        if words := shortened(without(quote.text, told), LONGEST_QUOTE):
            entries = material.texts.entries([entry.seq])
            yield material.texts.say("brief.words", words=words, day=entry.day, entries=entries)


def _latest(material: Material) -> list[tuple[Entry, Quote]]:
    """Return their latest words, each told once; what was said in anger is no word on it."""
    raised = {"disputed", *in_section("raised")}
    found = [
        (entry, quote)
        for entry, quote in told_once(material, PASSED_OVER)
        if entry.kind not in raised
        and entry.visibility != "settlement"
        and entry.group not in ("good-day", "delivery", "agreement")
        and not about_settled(material, entry)
    ]
    return found[-_QUOTES:]


def _offered(material: Material) -> Md:
    """Return the latest offers, talks and credits, with what is on record of an answer."""
    say, docket = material.texts.say, material.docket
    talks = [
        one
        for one in docket.counted
        if one.kind in _TALKS or (one.visibility == "settlement" and not one.links)
    ]
    credited = [off for bill in docket.ledger.invoices for off in bill.reductions]
    both: list[Entry | Reduction] = [*talks, *credited]
    told = sorted(both, key=lambda one: (one.day, one.seq))
    if not told:
        return say("brief.nothing-offered")
    more = len(told) - _OFFERS
    rest = [say("brief.earlier", n=more, place=material.place("position"))] if more > 0 else []
    said = [
        _credit(material, one) if isinstance(one, Reduction) else _offer(material, one)
        for one in told[-_OFFERS:]
    ]
    return bullets([*rest, *said])


def _offer(material: Material, entry: Entry) -> Md:
    """Return an offer with what was owed then, whether it was answered, and what came since."""
    say, texts = material.texts.say, material.texts
    said = [
        say(
            "brief.offered",
            day=entry.day,
            what=shortened(entry.statement, LONGEST_QUOTE),
            entries=texts.entries([entry.seq]),
        )
    ]
    answered = [
        one
        for one in material.docket.counted
        if any(link.seq == entry.seq for link in one.links) and one.statement
    ]
    about = [bill for bill in material.docket.ledger.invoices if names_number(entry, bill.number)]
    if entry.kind != "talk":
        said += [say("brief.owed-then", sum=_owed_on(b, entry), invoice=b.number) for b in about]
    said += [
        say(
            "brief.answered",
            day=one.day,
            what=shortened(one.statement, LONGEST_QUOTE),
            entries=texts.entries([one.seq]),
        )
        for one in answered
    ]
    if not answered:
        said.append(say("brief.no-answer"))
    for bill in about if entry.kind != "talk" else ():
        since = [one.amount for one in bill.settlements if one.day > entry.day]
        if since:
            came = Money(sum(since, Decimal(0)), bill.amount.currency)
            said.append(say("brief.paid-since", sum=came, invoice=bill.number))
    return Md(" ".join(said))


def _owed_on(bill: Invoice, entry: Entry) -> Money:
    """Return what was owed of an invoice on the day of an entry."""
    gone = [one.amount for one in bill.settlements if one.day <= entry.day]
    gone += [one.amount.amount for one in bill.reductions if one.day <= entry.day]
    return Money(bill.amount.amount - sum(gone, Decimal(0)), bill.amount.currency)


def _credit(material: Material, off: Reduction) -> Md:
    found = material.standing.get(off.seq)
    what = (found.entry.statement if found else "") or None
    say, entries = material.texts.say, material.texts.entries([off.seq])
    day, total, bill, number = off.day, off.amount, off.invoice, off.number or None
    if off.kind == LET_GO:
        return say("brief.let-go", day=day, sum=total, invoice=bill, what=what, entries=entries)
    return say(
        "brief.credit", day=day, sum=total, invoice=bill, number=number, what=what, entries=entries
    )


def _settle(material: Material) -> Md:
    say, would = material.texts.say, material.options.would_accept
    return say("brief.would-accept", what=would) if would else say("brief.to-fill-in")


def _exhibits(
    material: Material, found: Sequence[Objection], latest: Sequence[tuple[Entry, Quote]]
) -> Md:
    """Return the papers behind the points, the agreement first, and which of them are missing."""
    say, docket = material.texts.say, material.docket
    seqs = [one.seq for one in docket.counted if one.kind == "terms" or one.source == "document"]
    for one in found:
        seqs += [*one.invoice.evidence, one.entry.seq, *([one.mail.seq] if one.mail else [])]
    for invoice in docket.overdue:
        seqs += invoice.evidence
    seqs += [entry.seq for entry, _ in latest]
    labels = material.labels(dict.fromkeys(seqs)) if seqs else []
    shown = {one.label: one for one in material.exhibits.values()}
    lines = [
        say(
            "brief.exhibit",
            label=Md(label),
            what=shortened(top_line(shown[label].entry.statement), LONGEST_QUOTE)
            or shown[label].exhibit.name,
            entries=material.texts.entries([shown[label].entry.seq]),
        )
        for label in labels[:_EXHIBITS]
    ]
    bare = [one.number for one in docket.overdue if not material.labels([one.seq])]
    return paragraphs(
        bullets(lines) if lines else say("brief.no-exhibit"),
        say("brief.no-copy", invoices=bare) if bare else "",
        say("brief.annex"),
    )
