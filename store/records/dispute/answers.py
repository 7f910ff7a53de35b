"""What a record holds against an objection to an invoice, and what it lacks for an answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple, TypeAlias

from store.docket import Invoice, Request
from store.docket.acceptances import acceptances
from store.docket.claims import Dispute, disputes
from store.docket.hours import billed_hours
from store.docket.items import approves
from store.docket.ledger import Reduction
from store.docket.steps import tells_of
from store.entries import Entry
from store.money import Money
from store.quantities import hours_words
from store.records.dispute.material import Material
from store.records.dispute.quoted import admitted, mail_of, messages
from store.records.dispute.words import their_words
from store.records.markdown import Md
from store.text import fold_line, top_line

Unshown: TypeAlias = Literal["order", "acceptance", "reply"]
_SHORTEST = 4
_NO_ORDER = frozenset({"delivery", "acceptance", "invoice", "hours", "disputed"})
"""Kinds that name an item without saying that it was asked for."""


class Rebuttal(NamedTuple):
    """A sentence of an answer, the entries that say so, and whether it quotes what they admit."""

    words: Md
    seqs: tuple[int, ...] = ()
    admits: bool = False


@dataclass(frozen=True, slots=True)
class Objection:
    """What they say is not owed of an invoice: the entry, the mail that says so, and of what.

    `items` are the deliveries that it calls by their names, `hours` those that the invoice bills.
    """

    invoice: Invoice
    dispute: Dispute
    entry: Entry
    mail: Entry | None
    items: tuple[Entry, ...]
    hours: Decimal | None

    @property
    def sum(self) -> Money:
        """How much of what is still owed it is about."""
        return self.dispute.of(self.invoice)

    @property
    def credited_since(self) -> list[Reduction]:
        """What was credited on the invoice after they objected."""
        return self.dispute.credited_since(self.invoice)


def objections(material: Material) -> list[Objection]:
    """Return the objections to what is still owed, the largest first."""
    known = disputes(material.docket)
    if not known:
        return []
    mails, delivered = messages(material), material.docket.kind("delivery")
    names = [(fold_line(item_of(one)), one) for one in delivered]
    hours = {one.seq: one.hours for one in billed_hours(material.docket)}
    found = []
    for invoice in material.docket.ledger.invoices:
        dispute = known.get(invoice.seq)
        if dispute and dispute.of(invoice).amount:
            entry = material.standing[dispute.seq].entry
            quoted = [quote.text for quote in their_words(material, entry)]
            said = fold_line(" ".join([entry.statement, *quoted]))
            items = [one for name, one in names if len(name) >= _SHORTEST and name in said]
            mail = mail_of(material, entry, mails)
            about = hours.get(invoice.seq)
            found.append(Objection(invoice, dispute, entry, mail, tuple(items), about))
    return sorted(found, key=lambda one: (-one.sum.amount, one.invoice.seq))


def item_of(entry: Entry) -> str:
    """Return what was handed over, as it was noted, without the stop it ends with."""
    return top_line(entry.statement).strip().rstrip(".")


def rebuttals(material: Material, one: Objection) -> Iterator[Rebuttal]:
    """Yield what is on record against an objection, each in a sentence; nothing is made up."""
    yield from _rate(material, one)
    yield from _delivered(material, one)
    yield from _scope(material, one)
    yield from _admission(material, one)


def unshown(material: Material, one: Objection) -> list[tuple[Unshown, str]]:
    """Return what the record does not show that an answer would rest on, with the item's name."""
    known = acceptances(material.docket)
    found: list[tuple[Unshown, str]] = []
    for item in one.items:
        if not _ordered(material, item):
            found.append(("order", item_of(item)))
        if item.seq not in known.named and item.seq not in known.noted:
            found.append(("acceptance", item_of(item)))
    return found if _replied(material, one) else [*found, ("reply", "")]


def approval(material: Material, request: Request) -> Entry | None:
    """Return the answer that gives the approval which a request asked for, where one does."""
    found = material.standing.get(request.answer_seq or 0)
    answer = found.entry if found else None
    if answer and approves(request.statement) and approves(answer.statement):
        return answer
    return None


def _rate(material: Material, one: Objection) -> Iterator[Rebuttal]:
    """Yield the rate that was agreed, and what hours the sum is at it where they come out even."""
    terms, amount = material.docket.terms, one.sum
    if not terms.rate or terms.currency != amount.currency:
        return
    of, hours = one.hours, amount.amount / terms.rate
    even = bool(of) and hours * 4 == (hours * 4).to_integral_value()
    if not even and not one.items:
        return
    words = material.texts.say(
        "answers.rate",
        rate=Money(terms.rate, amount.currency),
        sum=amount if even else None,
        hours=Md(hours_words(hours)) if even else None,
        billed=Md(hours_words(of)) if even and of else None,
    )
    yield Rebuttal(words, tuple(entry.seq for entry in material.docket.kind("terms")[-1:]))


def _delivered(material: Material, one: Objection) -> Iterator[Rebuttal]:
    known = acceptances(material.docket).named
    for item in one.items:
        accepted = known.get(item.seq)
        words = material.texts.say(
            "answers.delivered",
            item=item_of(item),
            day=item.day,
            accepted=accepted.day if accepted else None,
        )
        yield Rebuttal(words, (item.seq, *([accepted.seq] if accepted else [])))


def _scope(material: Material, one: Objection) -> Iterator[Rebuttal]:
    """Yield that the agreed scope does not name what was handed over, where it does not."""
    scope = material.docket.terms.scope or ""
    for item in one.items if scope else ():
        if fold_line(item_of(item)) not in fold_line(scope):
            words = material.texts.say("answers.scope", scope=scope, item=item_of(item))
            yield Rebuttal(words, tuple(entry.seq for entry in material.docket.kind("terms")[-1:]))


def _admission(material: Material, one: Objection) -> Iterator[Rebuttal]:
    for entry in dict.fromkeys([one.mail.seq if one.mail else one.entry.seq, one.entry.seq]):
        for quote in their_words(material, material.standing[entry].entry):
            if said := admitted(quote.text):
                where = "mail" if one.mail else "words"
                words = material.texts.say(f"answers.admitted.{where}", words=said)
                yield Rebuttal(words, (entry,), admits=True)
                return


def _ordered(material: Material, item: Entry) -> bool:
    """Whether something before a delivery, other than work and bills, names it."""
    name = fold_line(item_of(item))
    for entry in material.docket.counted:
        if entry.day > item.day or entry.seq == item.seq or entry.kind in _NO_ORDER:
            continue
        scope = getattr(entry.data, "scope", "") or ""
        said = [entry.statement, scope, *(quote.text for quote in entry.quotes)]
        if name in fold_line(" ".join(said)):
            return True
    return False


def _replied(material: Material, one: Objection) -> bool:
    """Whether I did something about it after it was raised: a step, or a message of mine."""
    about, number = {one.entry.seq, *([one.mail.seq] if one.mail else [])}, one.invoice.number
    mine = [
        entry
        for entry in material.docket.kind("message")
        if any(quote not in their_words(material, entry) for quote in entry.quotes)
    ]
    return any(
        tells_of(entry, number, material.docket)
        or about.intersection(link.seq for link in entry.links)
        for entry in (*material.docket.group("step"), *mine)
        if (entry.day, entry.seq) > (one.dispute.day, one.dispute.seq)
    )
