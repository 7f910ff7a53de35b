"""Why a payment is due, as a field of a platform's form has it: sums, objections, steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, TypeAlias

from store.docket import Invoice, Request
from store.docket.ledger import LET_GO, Reduction
from store.docket.steps import invoices_named, steps, undemanded
from store.entries import Entry
from store.languages.values import DayCount
from store.money import Money, totals
from store.records.dispute.answers import Objection, approval, objections, rebuttals, unshown
from store.records.dispute.material import Material
from store.records.dispute.quoted import about_settled
from store.records.dispute.sections.exchange import has_day
from store.records.dispute.sections.payments import paper_words
from store.records.dispute.sections.sides import faults
from store.records.dispute.words import their_words
from store.records.markdown import Md
from store.records.platform.fitting import PackLine
from store.records.platform.lines import for_me, pack_line
from store.text import top_line

_APART: Final = frozenset(
    {"offer", "repair-offer", "remedy", "my-apology", "expectations", "exception", "inspire"}
)
"""Steps that are told elsewhere, or that a platform has no use for."""
_Event: TypeAlias = tuple[Entry, Md]
_OWN: Final = ("my-apology", "remedy")


def why_due(material: Material) -> Iterator[PackLine]:
    """Yield what is asked for, then the account, each objection with its answer, and the steps."""
    found = objections(material)
    parts = {one.invoice.seq: one.sum for one in found}
    yield from _asked_for(material)
    yield from _owed(material, found)
    for invoice in material.docket.ledger.invoices:
        yield from _bill(material, invoice, parts.get(invoice.seq))
    for one in found:
        yield from _objection(material, one)
    yield from _in_time(material)
    yield from _own_part(material)
    yield from _notes(material)
    if bare := undemanded(material.docket):
        yield for_me(material.texts.say("platform.no-demand", invoices=bare))


def _in_time(material: Material) -> Iterator[PackLine]:
    """Yield promises, reasons, steps and requests in the order in which they came."""
    told = [*_promises(material), *_reasons(material), *_steps(material), *_requests(material)]
    for entry, words in sorted(told, key=lambda one: (one[0].occurred_at, one[0].seq)):
        yield pack_line(material, words, entry, rank="events")


def _asked_for(material: Material) -> Iterator[PackLine]:
    """Yield what is asked for: in my words, else what the form decides on."""
    say, options = material.texts.say, material.options
    late = totals(invoice.balance for invoice in material.docket.overdue)
    if options.remedy:
        yield pack_line(material, say("summary.asked-for", what=options.remedy))
    elif options.form == "freelance":
        if late:
            yield pack_line(
                material, say("platform.ask.release", sums=late, who=options.prepared_by)
            )
    else:
        yield pack_line(material, say("platform.ask.keep"))
    if options.form != "freelance":
        yield for_me(say("platform.name-payment"))


def _owed(material: Material, found: Sequence[Objection]) -> Iterator[PackLine]:
    say, docket = material.texts.say, material.docket
    late = totals(invoice.balance for invoice in docket.overdue)
    if not late:
        yield pack_line(material, say("platform.nothing-overdue", day=material.today))
        return
    disputed = totals(one.sum for one in found)
    overdue = {invoice.seq for invoice in docket.overdue}
    whole = all(one.invoice.seq in overdue for one in found)
    rest = None
    if len(late) == len(disputed) == 1 and whole:
        rest = late[0] - disputed[0]
    words = say(
        "platform.overdue",
        day=material.today,
        sums=late,
        rest=rest if rest and rest.amount else None,
    )
    yield pack_line(material, words)


def _bill(material: Material, invoice: Invoice, part: Money | None) -> Iterator[PackLine]:
    """Yield what an invoice is for, what was paid on it and when, and what of it is disputed."""
    entry = material.standing[invoice.seq].entry
    owed = invoice.balance
    off = [one for one in invoice.reductions if one.kind != LET_GO]
    words = material.texts.say(
        "platform.bill",
        invoice=invoice.number,
        what=top_line(entry.statement) or None,
        sum=invoice.amount,
        sent=invoice.issued,
        due=invoice.due,
        credited=[_off(material, one) for one in off] or None,
        gone=[_off(material, one) for one in invoice.reductions if one not in off] or None,
        paid=invoice.paid.or_none,
        paid_on=invoice.settlements[0].day if len(invoice.settlements) == 1 else None,
        parts=_parts(material, invoice),
        owed=owed.or_none,
        disputed=part,
        rest=(owed - part).or_none if part else None,
    )
    yield pack_line(material, words, entry)
    for _, net, vat in paper_words(material).totals([invoice]):
        taxed = material.texts.say(
            "platform.taxed", invoice=invoice.number, net=net, vat=vat, sum=net + vat
        )
        yield pack_line(material, taxed)


def _off(material: Material, one: Reduction) -> Md:
    number = one.number or None
    return material.texts.say("platform.off", sum=one.amount, day=one.day, number=number)


def _parts(material: Material, invoice: Invoice) -> list[Md] | None:
    """Return each payment of an invoice with its day, where there are several."""
    say, code = material.texts.say, invoice.amount.currency
    parts = [(Money(one.amount, code), one.day) for one in invoice.settlements]
    return [
        say("platform.part", sum=amount, day=day) for amount, day in parts[1:] and parts
    ] or None


def _objection(material: Material, one: Objection) -> Iterator[PackLine]:
    """Yield what they object, what is on record against it, and what I should add myself."""
    say, number = material.texts.say, one.invoice.number
    shown = one.mail or one.entry
    if one.mail or their_words(material, one.entry):
        how = "wrote" if one.mail else "said"
        words = say(f"platform.disputed.{how}", sum=one.sum, invoice=number, day=shown.day)
    else:
        words = say(
            "platform.disputed-noted",
            sum=one.sum,
            invoice=number,
            day=shown.day,
            said=one.entry.statement or None,
        )
    yield pack_line(material, words, shown)
    for answer in rebuttals(material, one):
        entries = [material.standing[seq].entry for seq in answer.seqs]
        yield pack_line(material, answer.words, *(e for e in entries if e.seq != shown.seq))
    for what, item in unshown(material, one):
        yield for_me(say(f"platform.lacks.{what}", item=item or None))
    if one.credited_since:
        yield for_me(say("platform.credit-unclear", invoice=number))


def _promises(material: Material) -> Iterator[_Event]:
    """Yield what the client promised to do by a day, and what had come in by then."""
    docket = material.docket
    for promise in docket.promises:
        if promise.by != "client":
            continue
        came = [p for p in docket.ledger.payments if promise.made <= p.day <= promise.due]
        words = material.texts.say(
            "platform.promised",
            day=promise.made,
            what=promise.statement,
            due=promise.due,
            sums=totals(one.amount for one in came) or None,
        )
        yield material.standing[promise.seq].entry, words


def _reasons(material: Material) -> Iterator[_Event]:
    """Yield the reasons they gave, in my words, for what is still owed; quoted ones are quoted."""
    for entry in material.docket.kind("excuse"):
        if their_words(material, entry) or about_settled(material, entry):
            continue
        words = material.texts.say(
            "platform.reason",
            day=entry.day,
            invoices=invoices_named(entry, material.docket) or None,
            what=entry.statement,
        )
        yield entry, words


def _steps(material: Material) -> Iterator[_Event]:
    """Yield what I did about it, with the invoices it names."""
    docket, say = material.docket, material.texts.say
    told = [one for one in steps(docket) if one.kind not in _APART]
    for entry in told:
        words = say(
            "platform.step",
            day=entry.day,
            did=say(f"platform.did.{entry.kind}"),
            invoices=[n for n in invoices_named(entry, docket) if n not in entry.statement] or None,
            what=entry.statement or None,
        )
        yield entry, words


def _own_part(material: Material) -> Iterator[PackLine]:
    """Yield what was my own doing and how I put it right, a line for each day."""
    found = {one.seq: one for one in (*faults(material), *material.docket.kind(*_OWN))}
    told = sorted(found.values(), key=lambda one: (one.day, one.occurred_at, one.seq))
    for day, entries in groupby(told, key=lambda one: one.day):
        each = list(entries)
        said = [one.statement for one in each if one.statement]
        words = material.texts.say("platform.own", day=day, what=_joined(material, said) or None)
        yield pack_line(material, words, *each)


def _joined(material: Material, statements: list[str]) -> Md:
    return Md(" ".join(material.texts.say("platform.sentence", what=one) for one in statements))


def _requests(material: Material) -> Iterator[_Event]:
    """Yield what was asked of the client, and when it came; what was approved is told before."""
    for request in material.docket.requests:
        if not approval(material, request):
            yield material.standing[request.seq].entry, _request(material, request)


def _request(material: Material, request: Request) -> Md:
    say = material.texts.say
    late = request.days_over(material.today) if has_day(material, request) else 0
    if not request.answered:
        return say(
            "platform.asked",
            day=request.asked,
            what=request.statement,
            needed=request.needed_by,
        )
    return say(
        "platform.asked-came",
        day=request.asked,
        what=request.statement,
        needed=request.needed_by,
        answered=request.answered,
        late=DayCount(late) if late else None,
    )


def _notes(material: Material) -> Iterator[PackLine]:
    for entry in material.docket.kind("note"):
        paper = entry.source == "document" and material.labels([entry.seq])
        if not their_words(material, entry) and not paper:
            words = material.texts.say("platform.note", day=entry.day, what=entry.statement)
            yield pack_line(material, words, entry, rank="notes")
