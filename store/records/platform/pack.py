"""What a platform's pack says: the lines of each field, each with its rank for a cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from store.docket.acceptances import acceptances
from store.docket.claims import disputes
from store.docket.handover import handovers
from store.docket.hours import hours_of
from store.entries import DeliveryData, Entry
from store.money import Money, totals
from store.quantities import hours_words
from store.records.dispute.material import Material
from store.records.dispute.sections.agreement import agreed_terms
from store.records.dispute.sections.payments import paper_words
from store.records.dispute.sections.sides import faults
from store.records.dispute.sections.summary import asked_for, tried
from store.records.dispute.words import their_words
from store.records.markdown import Md, as_plain, inline
from store.records.platform.fitting import PackLine, Rank
from store.records.platform.forms import PackSubject


def told(material: Material, what: PackSubject) -> list[PackLine]:
    """Return the lines of one subject, in the order in which they are read."""
    return list(_TELLERS[what](material))


def _line(material: Material, words: Md, *entries: Entry, rank: Rank = "kept") -> PackLine:
    """Return a line with the names of the files that go with these entries."""
    labels = set(material.labels(one.seq for one in entries))
    if labels:
        named = [one.file for one in material.exhibits.values() if one.label in labels]
        words = material.texts.say("platform.with-files", words=words, files=Md(", ".join(named)))
    return PackLine(as_plain(words), rank)


def _agreed(material: Material) -> Iterator[PackLine]:
    say, docket = material.texts.say, material.docket
    profile = docket.profile
    client, author = profile.contract_name or material.name, material.options.prepared_by
    yield PackLine(as_plain(say("platform.parties", author=author, client=client)))
    terms = list(agreed_terms(material, docket.terms))
    if not terms:
        yield PackLine(as_plain(say("agreement.no-terms")))
    for name, words in terms:
        yield PackLine(as_plain(say("agreement.term", name=name, words=words)))
    for entry in filter(lambda one: one.statement, docket.kind("terms")):
        words = say("platform.agreement", day=entry.day, what=entry.statement)
        yield _line(material, words, entry, rank="events")


def _delivered(material: Material) -> Iterator[PackLine]:
    say, accepted = material.texts.say, acceptances(material.docket)
    delivered = material.docket.kind("delivery")
    for entry in delivered:
        acceptance = accepted.named.get(entry.seq)
        where = entry.data.where if isinstance(entry.data, DeliveryData) else ""
        words = say("platform.delivered", day=entry.day, what=entry.statement, where=where or None)
        if acceptance:
            words = Md(f"{words} {_acceptance(material, acceptance)}")
        yield _line(material, words, *filter(None, (entry, acceptance)), rank="events")
    if not delivered:
        yield PackLine(as_plain(say("platform.no-delivery")))
    for entry in accepted.loose:
        yield _line(material, _acceptance(material, entry), entry, rank="events")
    for one in handovers(material.docket):
        to, confirmed = one.to or None, one.confirmed_on
        words = say("platform.given-back", day=one.given, item=one.item, to=to, confirmed=confirmed)
        yield PackLine(as_plain(words), "events")
    yield from _hours(material)


def _acceptance(material: Material, entry: Entry) -> Md:
    """Return an acceptance, in the client's words where they are quoted."""
    quoted = their_words(material, entry)
    say = material.texts.say
    if quoted:
        return say("platform.accepted-saying", day=entry.day, words=_on_one_line(quoted[0].text))
    return say("platform.accepted", day=entry.day, words=entry.statement)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _hours(material: Material) -> Iterator[PackLine]:
    """Yield the hours of each month, by what they were spent on."""
    months: dict[tuple[int, int], dict[str, Decimal]] = {}
    first: dict[tuple[int, int], date] = {}
    for entry in sorted(material.docket.counted, key=lambda one: (one.day, one.seq)):
        for spent, hours in hours_of(entry):
            month = (entry.day.year, entry.day.month)
            first.setdefault(month, entry.day)
            sums = months.setdefault(month, {})
            sums[spent] = sums.get(spent, Decimal(0)) + hours
    say = material.texts.say
    for month, sums in months.items():
        each = [
            say(f"platform.spent.{spent}", hours=Md(hours_words(hours)))
            for spent, hours in sums.items()
        ]
        words = say("platform.hours", month=first[month], spent=each)
        yield PackLine(as_plain(words), "hours")


def _wrote(material: Material) -> Iterator[PackLine]:
    """Yield what the client wrote or said, but what is told with a delivery already."""
    said = material.docket.counted
    for entry in sorted(said, key=lambda one: (one.occurred_at, one.seq)):
        if entry.kind == "acceptance":
            continue
        for quote in their_words(material, entry):
            who = material.docket.name if quote.by == "client" else quote.by
            text = _on_one_line(quote.text)
            words = material.texts.say("platform.wrote", day=entry.day, who=who, words=text)
            yield _line(material, words, entry, rank="events")


def _due(material: Material) -> Iterator[PackLine]:
    say, docket = material.texts.say, material.docket
    if late := totals(invoice.balance for invoice in docket.overdue):
        yield PackLine(as_plain(say("platform.overdue", day=material.today, sums=late)))
    else:
        yield PackLine(as_plain(say("platform.nothing-overdue", day=material.today)))
    if what := asked_for(material):
        yield PackLine(as_plain(what))
    yield from _bills(material)
    yield PackLine(as_plain(tried(material)))
    if mine := [entry.seq for entry in faults(material)]:
        words = say("summary.mine", n=len(mine), entries=material.texts.entries(mine))
        yield _line(material, words, *(material.standing[seq].entry for seq in mine))
    yield from _asked(material)
    for entry in docket.kind("note"):
        if not their_words(material, entry):
            words = say("platform.note", day=entry.day, what=entry.statement)
            yield _line(material, words, entry, rank="notes")
    yield from _hashes(material)


def _asked(material: Material) -> Iterator[PackLine]:
    """Yield what was asked of the client, and when that was answered."""
    for request in material.docket.requests:
        words = material.texts.say(
            "platform.request",
            day=request.asked,
            what=request.statement,
            answered=request.answered,
            needed=request.needed_by if request.answered is None else None,
        )
        yield PackLine(as_plain(words), "events")


def _bills(material: Material) -> Iterator[PackLine]:
    known = disputes(material.docket)
    entries = material.standing
    for invoice in material.docket.ledger.invoices:
        dispute = known.get(invoice.seq)
        part = dispute.of(invoice) if dispute else None
        owed = invoice.balance
        words = material.texts.say(
            "platform.bill",
            invoice=invoice.number,
            sum=invoice.amount,
            sent=invoice.issued,
            due=invoice.due,
            credited=_some(invoice.reduced),
            paid=_some(invoice.paid),
            owed=_some(owed),
            disputed=_some(part) if part else None,
            rest=owed - part if part and part.amount else None,
        )
        yield _line(material, words, entries[invoice.seq].entry)
        for _, net, vat in paper_words(material).totals([invoice]):
            taxed = material.texts.say(
                "platform.taxed", invoice=invoice.number, net=net, vat=vat, sum=net + vat
            )
            yield _line(material, taxed, entries[invoice.seq].entry)
        if dispute and dispute.statement:
            said = material.texts.say("platform.disputed", day=dispute.day, what=dispute.statement)
            yield _line(material, said, entries[dispute.seq].entry)


def _some(money: Money) -> Money | None:
    return money if money.amount else None


def _hashes(material: Material) -> Iterator[PackLine]:
    for sha256, one in material.exhibits.items():
        words = material.texts.say("platform.hash", file=inline(one.file), sha256=Md(sha256))
        yield PackLine(as_plain(words), "hashes")
    head = Md(material.digests[-1].hash)
    yield PackLine(as_plain(material.texts.say("platform.head", hash=head)), "hashes")


_TELLERS: Final[dict[PackSubject, Callable[[Material], Iterator[PackLine]]]] = {
    "agreed": _agreed,
    "delivered": _delivered,
    "wrote": _wrote,
    "due": _due,
}
