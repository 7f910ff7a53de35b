"""The summary: page one, from the numbers of the docket alone; it judges nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from store.docket import Invoice, Request
from store.docket.claims import Claims, claims, currencies, disputes
from store.docket.instalments import instalment_plans
from store.docket.items import named_sums, work_items
from store.docket.steps import steps
from store.entries import Entry
from store.entries.kinds import in_section
from store.languages.values import DayCount
from store.money import Money, totals
from store.records.dispute.instalments import missed_words
from store.records.dispute.material import Material
from store.records.dispute.sections.exchange import has_day
from store.records.dispute.sections.parties import both_parties
from store.records.dispute.sections.payments import cells, paper_words
from store.records.dispute.sections.sides import faults
from store.records.dispute.words import partly_mine, payment_terms, proof_cell
from store.records.markdown import Md, gfm_table, inline, paragraphs
from store.text import cut_at_word, top_line

_SHOWN_PROOFS = 12
_NAMED_DAYS = 4
"""So many days of one kind of step, or delays, are named; of more the last, or the longest."""
_LONGEST_WORDS = 80
_NO_TRY = frozenset({"decline", "stop", "resume", "end-notice", "exception"})
"""Steps that are no attempt to settle anything."""


def summary(material: Material) -> Md:
    """Return the parties, a few plain sentences, what was agreed and came of it, and the claim."""
    rows = [*_payment(material), *_replies(material), *_revisions(material), *_scope(material)]
    return paragraphs(
        both_parties(material),
        " ".join(_sentences(material)),
        gfm_table(material.texts.columns("summary.columns"), rows) if rows else "",
        material.texts.say("summary.entries", place=material.place("keeping")) if rows else "",
        _claimed(material),
        asked_for(material) if material.options.remedy else "",
        tried(material),
    )


def period(material: Material) -> tuple[date, date]:
    """Return the first and the last day the record covers."""
    days = [one.entry.day for one in material.chronology]
    first = material.options.since or min(days, default=material.today)
    return first, material.options.until or material.today


def _sentences(material: Material) -> Iterator[Md]:
    say = material.texts.say
    first, last = period(material)
    author, client = material.options.prepared_by, material.docket.name
    if material.options.since or material.options.until:
        today = material.today
        yield say(
            "summary.about-period",
            author=author,
            client=client,
            first=first,
            last=last,
            today=today,
        )
    else:
        yield say("summary.about", author=author, client=client, first=first, last=last)
    yield from _billed(material)
    if mine := faults(material):
        yield say("summary.mine", n=len(mine), entries=_named(material, mine))
    yield from _asked(material)


def _named(material: Material, found: Sequence[Entry]) -> Md:
    """Return what each of some entries says, with its number; of many the numbers alone."""
    texts = material.texts
    if len(found) > _NAMED_DAYS:
        return texts.entries(entry.seq for entry in found)
    said = [
        texts.say(
            "summary.mine-what",
            entry=texts.entries([entry.seq]),
            words=cut_at_word(top_line(entry.statement), _LONGEST_WORDS) or None,
        )
        for entry in found
    ]
    return texts.side_by_side(said, whole=True)


def _billed(material: Material) -> Iterator[Md]:
    """Yield what was billed and paid, what is overdue, and what of it is disputed."""
    say, invoices = material.texts.say, material.docket.ledger.invoices
    if not invoices:
        yield say("summary.no-invoice")
        return
    count, sums = len(invoices), totals(invoice.amount for invoice in invoices)
    if paid := totals(invoice.paid for invoice in invoices if invoice.paid.amount):
        yield say("summary.billed", n=count, sums=sums, paid=paid)
    else:
        yield say("summary.billed-unpaid", n=count, sums=sums)
    yield from taken_off(material, invoices)
    if late := totals(invoice.balance for invoice in material.docket.overdue):
        yield say("summary.overdue", n=len(late), sums=late)
    else:
        yield say("summary.nothing-overdue")
    yield from _disputed(material, late)
    yield from taxed_words(material)
    yield from missed_words(instalment_plans(material.docket), material.today, cells(material))
    yield from _beyond(material)


def taken_off(material: Material, invoices: Sequence[Invoice]) -> Iterator[Md]:
    """Yield what was taken off invoices, if anything was, and that not all by credit notes."""
    if less := totals(invoice.reduced for invoice in invoices if invoice.reductions):
        kinds, say = {off.kind for one in invoices for off in one.reductions}, material.texts.say
        credited = say("summary.credited", n=len(less), sums=less)
        taken = say("summary.taken-off", n=len(less), sums=less)
        yield credited if kinds == {"credit"} else taken


def taxed_words(material: Material) -> Iterator[Md]:
    """Yield what the overdue invoices state of their tax, in each currency; of none, that."""
    papers = paper_words(material)
    for count, net, vat in papers.totals(material.docket.overdue):
        yield material.texts.say("summary.taxed", n=count, net=net, vat=vat, sum=net + vat)
    if not any(papers.taxes([invoice]) for invoice in material.docket.ledger.invoices):
        yield material.texts.say("charges.no-vat")


def _beyond(material: Material) -> Iterator[Md]:
    """Yield what the client has paid beyond what the invoices ask for, in each currency."""
    books = material.docket.ledger
    for code in currencies(material.docket):
        favour = books.favour(code)
        if favour.amount > 0:
            came = [one for one in books.received() if one.currency == code]
            yield material.texts.say("summary.in-favour", sums=came, favour=favour)


def _disputed(material: Material, late: Sequence[Money]) -> Iterator[Md]:
    """Yield how much the client disputes; of the overdue sum where it is of that alone."""
    say, docket = material.texts.say, material.docket
    known = disputes(docket)
    found = [
        (invoice, known[invoice.seq])
        for invoice in docket.ledger.invoices
        if invoice.seq in known and known[invoice.seq].of(invoice).amount
    ]
    if not found:
        return
    sums = totals(dispute.of(invoice) for invoice, dispute in found)
    numbers = [invoice.number for invoice, _ in found]
    entries = material.texts.entries(dispute.seq for _, dispute in found)
    overdue = {invoice.seq for invoice in docket.overdue}
    if len(late) == 1 and all(invoice.seq in overdue for invoice, _ in found):
        rest = late[0] - sums[0]
        yield say(
            "summary.disputed",
            sum=sums[0],
            invoices=numbers,
            entries=entries,
            rest=rest if rest.amount else None,
        )
    else:
        yield say("summary.disputed-of-owed", sums=sums, invoices=numbers, entries=entries)


def _asked(material: Material) -> Iterator[Md]:
    """Yield how many requests were made, and how many have no answer."""
    say, asked = material.texts.say, material.docket.requests
    if not asked:
        return
    yield say("summary.asked", n=len(asked))
    missing = [request for request in asked if request.answered is None]
    if not missing:
        yield say("summary.answered", n=len(asked))
        return
    longest, some = _waited(material, missing), len(missing) < len(asked)
    if not longest.days:
        yet = say("summary.unanswered-some-yet", n=len(missing)) if some else None
        yield yet or say("summary.unanswered-yet")
    elif some:
        yield say("summary.unanswered-some", n=len(missing), longest=longest)
    else:
        yield say("summary.unanswered", n=len(missing), longest=longest)


def _waited(material: Material, missing: Iterable[Request]) -> DayCount:
    """Return for how long the oldest of them has no answer, or has been overdue."""
    today = material.today
    return DayCount(max(max(one.waited(today), one.days_over(today)) for one in missing))


def _claimed(material: Material) -> Md:
    """Return the sum claimed, as the section on it makes it up; without that, what is billed."""
    say, docket = material.texts.say, material.docket
    if place := material.place("claims"):
        made_up = [claims(docket, currency) for currency in currencies(docket)]
        sums = [one.total for one in made_up if one.total.amount]
        touched = any(one.beside.amount or one.favour.amount for one in made_up)
        if touched and not sums:
            return say("summary.nothing-left", day=material.today, place=place)
        if touched:
            return say(
                "summary.claimed",
                day=material.today,
                sums=sums,
                parts=_parts(material, made_up),
                running=_running({one.currency: one.running for one in made_up}),
                place=place,
            )
    if owed := docket.overdue_totals:
        return say("summary.claimed-owed", day=material.today, sums=owed)
    return say("summary.nothing-claimed", day=material.today)


def _parts(material: Material, made_up: Sequence[Claims]) -> list[Md] | None:
    """Return what the sum claimed is made up of; nothing in several currencies, or of one part."""
    found = [one for one in made_up if one.total.amount]
    if len(found) != 1:
        return None
    (claim,) = found
    heads = {
        "principal": claim.principal,
        "interest": claim.interest_total,
        "fixed-sum": claim.fixed_total,
        "cost": claim.costs_total,
    }
    say = material.texts.say
    parts = [
        say("charges.part", sum=sum_, what=say(f"charges.charge.{head}"))
        for head, sum_ in heads.items()
        if sum_.amount
    ]
    less = claim.beside_paid.amount or claim.favour.amount
    return None if less or len(parts) < 2 else parts


def _running(by_currency: dict[str, Decimal]) -> list[Money] | None:
    """Return the interest of a further day, where it comes to a coin at least."""
    sums = [Money(amount, code) for code, amount in by_currency.items()]
    return [one for one in sums if one.rounded()] or None


def asked_for(material: Material) -> Md:
    """Return what is asked for: the contractor's words, else what the sums say."""
    if material.options.remedy:
        return material.texts.say("summary.asked-for", what=material.options.remedy)
    return material.texts.say("summary.asked-for-payment") if material.docket.overdue else Md("")


def tried(material: Material) -> Md:
    """Return what was tried before, each kind with its days, then a stop and the end."""
    say, days = material.texts.say, dict[str, list[date]]()
    for entry in steps(material.docket):
        if not (entry.kind in ("stop", "resume") and _hardship(material, entry)):
            days.setdefault(entry.kind, []).append(entry.day)
    tries = [_try(material, kind, on) for kind, on in days.items() if kind not in _NO_TRY]
    said = [say("summary.tried", steps=tries) if tries else say("summary.nothing-tried")]
    if stopped := days.get("stop"):
        said.append(say("summary.stopped", days=stopped))
    if ended := days.get("end-notice"):
        said.append(say("summary.ended", days=ended))
    said += [
        say(
            "summary.cost",
            day=entry.day,
            entry=material.texts.entries([entry.seq]),
            what=top_line(entry.statement) or None,
        )
        for entry in material.docket.kind("cost")[-_NAMED_DAYS:]
    ]
    return Md(" ".join(said))


def _try(material: Material, kind: str, days: list[date]) -> Md:
    say, each = material.texts.say, list(dict.fromkeys(days))
    if len(each) > _NAMED_DAYS:
        return say(f"summary.many.{kind}", n=len(days), last=days[-1])
    return say(f"summary.try.{kind}", n=len(days), days=each)


def _hardship(material: Material, stop: Entry) -> bool:
    """Whether work stopped, or went on, for a hardship of theirs: no step against them."""
    linked = {link.seq for link in stop.links}
    return any(entry.seq in linked for entry in material.docket.group("circumstance"))


def _payment(material: Material) -> Iterator[list[Md]]:
    say, books = material.texts.say, material.docket.ledger
    invoices = [one for one in books.invoices if one.done != "credited"]
    if not invoices:
        return
    overdue = material.docket.overdue
    paid = [invoice for invoice in invoices if invoice.done == "paid"]
    late = [invoice for invoice in paid if invoice.days_late(material.today) > 0]
    in_time = [invoice for invoice in paid if invoice.days_late(material.today) <= 0]
    gone = [invoice for invoice in invoices if invoice.done == "let go of"]
    rest = len(invoices) - len(overdue) - len(paid) - len(gone)
    happened = [say("summary.paid-on-time", n=len(in_time))] if in_time else []
    if late:
        happened.append(say("summary.paid-late", n=len(late), longest=_latest(material, late)))
    if overdue:
        longest = _latest(material, overdue)
        happened.append(say("summary.overdue-number", n=len(overdue), longest=longest))
    if gone:
        happened.append(say("summary.let-go", n=len(gone)))
    if part := sum(1 for invoice in overdue if invoice.paid.amount):
        it = len(overdue) == 1
        happened.append(say("summary.in-part-it") if it else say("summary.in-part", n=part))
    if rest:
        happened.append(say("summary.not-yet-due", n=rest))
    agreed = say("summary.agreed-payment-date")
    if terms := material.docket.terms.payment:
        agreed = say("summary.agreed-payment", terms=payment_terms(material, terms))
    seqs = [invoice.seq for invoice in (late + overdue or list(invoices))]
    yield _line(material, agreed, happened, seqs)


def _latest(material: Material, invoices: Iterable[Invoice]) -> DayCount:
    return DayCount(max(invoice.days_late(material.today) for invoice in invoices))


def _replies(material: Material) -> Iterator[list[Md]]:
    say, today = material.texts.say, material.today
    asked = [r for r in material.docket.requests if has_day(material, r)]
    if not asked:
        return
    answered = [request for request in asked if request.answered]
    over = [request for request in asked if request.days_over(today)]
    late = [request for request in over if request.answered]
    open_ = [request for request in over if not request.answered]
    whole = len(answered) == len(asked)
    in_time = len(answered) - len(late)
    happened = []
    if in_time:
        of = "all" if whole and not late else "some"
        happened.append(say(f"summary.in-time.{of}", n=in_time))
    if late:
        delays = _delays(material, [request.days_over(today) for request in late])
        of = "all" if whole and not in_time else "some"
        happened.append(say(f"summary.late.{of}", n=len(late), delays=delays))
    if open_:
        longest = _waited(material, open_)
        happened.append(say("summary.still-open", n=len(open_), longest=longest))
    if waits := len(asked) - len(answered) - len(open_):
        happened.append(say("summary.not-due", n=waits))
    agreed = say("summary.agreed-replies-day")
    if within := material.docket.terms.reply_within_days:
        agreed = say("summary.agreed-replies", n=within)
        if any(request.needed_by for request in asked):
            agreed = say("summary.agreed-replies-or-day", n=within)
    yield _line(material, agreed, happened, [request.seq for request in over or asked])


def _delays(material: Material, days: list[int]) -> Md | list[DayCount]:
    if len(days) > _NAMED_DAYS:
        return material.texts.say("summary.up-to", longest=DayCount(max(days)))
    return [DayCount(one) for one in days]


def _revisions(material: Material) -> Iterator[list[Md]]:
    say, rounds = material.texts.say, material.docket.terms.revisions
    entries = material.docket.kind(*in_section("revisions"))
    found = [entry for entry in entries if not partly_mine(entry)]
    if rounds is None and not found:
        return
    happened = []
    if redone := sum(entry.kind == "rework" for entry in found):
        happened.append(say("summary.redone", n=redone))
    if small := len(found) - redone:
        happened.append(say("summary.small-changes", n=small))
    if over := sum(item.over for item in work_items(material.docket)):
        happened.append(say("summary.over", n=over))
    if not found and entries:
        mine = material.texts.entries(entry.seq for entry in entries)
        happened.append(say("summary.no-change-but-mine", entries=mine))
    agreed = say("summary.agreed-nothing")
    if rounds is not None:
        agreed = say("summary.agreed-rounds", n=rounds)
    happened = happened or [say("summary.no-change")]
    yield _line(material, agreed, happened, [entry.seq for entry in found])


def _scope(material: Material) -> Iterator[list[Md]]:
    say, scope = material.texts.say, material.docket.terms.scope
    beyond = material.docket.kind("scope-creep")
    if not scope and not beyond:
        return
    happened = say("summary.nothing-beyond")
    if beyond:
        happened = say("summary.beyond", n=len(beyond), sums=named_sums(beyond) or None)
    agreed = inline(scope) if scope else say("summary.agreed-nothing")
    yield _line(material, agreed, [happened], [entry.seq for entry in beyond])


def _line(material: Material, agreed: Md, happened: Sequence[Md], seqs: list[int]) -> list[Md]:
    return [agreed, Md(" ".join(happened)), proof_cell(material, seqs[:_SHOWN_PROOFS])]
