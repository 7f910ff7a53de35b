"""The summary: what was agreed, what happened and where the proof is, on one page."""

from __future__ import annotations

from collections.abc import Sequence

from store.docket.claims import claims, currencies, disputes
from store.docket.items import named_sums, work_items
from store.docket.steps import steps
from store.entries import Entry
from store.entries.kinds import in_section
from store.money import totals
from store.quantities import payment_words
from store.records.dispute.material import Material
from store.records.dispute.sections.exchange import has_day
from store.records.dispute.sections.payments import owed
from store.records.dispute.sections.sides import faults
from store.records.dispute.words import entry_numbers, kind_words, partly_mine, proof, sums
from store.records.markdown import Md, gfm_table, inline, paragraphs
from store.text import plural

_SHOWN_PROOFS = 12


def summary(material: Material) -> Md:
    """Return a few plain sentences, the table agreed / happened / proof, and the sum claimed."""
    rows = _payment(material) + _replies(material) + _revisions(material) + _scope(material)
    return paragraphs(
        " ".join(filter(None, _sentences(material))),
        gfm_table(["Agreed", "What happened", "Proof"], rows) if rows else "",
        _claimed(material),
        _asked(material),
        _tried(material),
    )


def period(material: Material) -> tuple[str, str]:
    """Return the first and the last day the record covers."""
    days = [one.entry.day for one in material.chronology]
    first = material.options.since or min(days, default=material.today)
    last = material.options.until or material.today
    return first.isoformat(), last.isoformat()


def _sentences(material: Material) -> list[str]:
    docket = material.docket
    first, last = period(material)
    asked = docket.requests
    missing = [request for request in asked if request.answered is None]
    said = [
        f"This record is about the work of {inline(material.options.prepared_by)} for "
        f"{inline(docket.name)}, from {first} to {last}.",
        _billed(material),
        _mine(material),
    ]
    if asked:
        said.append(
            f"{plural(len(asked), 'request was', 'requests were')} made to the client; "
            f"{_of_them(len(missing), 'has', 'have')} no answer {material.where}."
        )
    return said


def _billed(material: Material) -> str:
    """Return what was billed, paid, owed and disputed, and how much of the trouble was mine."""
    docket = material.docket
    invoices = docket.ledger.invoices
    if not invoices:
        return f"No invoice is {material.where}."
    paid = [invoice.paid for invoice in invoices if invoice.paid.amount]
    said = (
        f"{plural(len(invoices), 'invoice was', 'invoices were')} sent, "
        f"{sums(totals(invoice.amount for invoice in invoices))} in all; paid on them: "
        f"{sums(totals(paid))}; owed after the due date: {owed(docket.overdue)}"
    )
    found = disputes(docket)
    disputed = [(found[i.seq].seq, found[i.seq].of(i)) for i in invoices if i.seq in found]
    if any(part.amount for _, part in disputed):
        numbers = entry_numbers(seq for seq, part in disputed if part.amount)
        total = sums(totals(part for _, part in disputed if part.amount))
        said += f"; of what is owed, disputed by the client: {total} ({numbers})"
    return f"{said}."


def _mine(material: Material) -> str:
    """Return what was partly my own doing, so that page one does not hide it."""
    mine = [entry.seq for entry in faults(material)]
    if not mine:
        return ""
    what = plural(len(mine), "event was", "events were")
    return f"{what} partly or wholly my own doing ({entry_numbers(mine)})."


def _of_them(number: int, one: str, many: str) -> str:
    """Return a count that opens a clause: `none has`, `1 has`, `3 have`."""
    return f"{number or 'none'} {one if number < 2 else many}"


def _claimed(material: Material) -> Md:
    """Return the sum claimed, as the section on it makes it up; without that, what is billed."""
    docket = material.docket
    claimed, how = docket.overdue_totals, "without interest"
    if place := material.numbering["claims"]:
        made_up = [claims(docket, currency) for currency in currencies(docket)]
        if any(one.beside.amount for one in made_up):
            claimed = [one.total for one in made_up if one.total.amount]
            how = f"made up in {place}"
    if not claimed:
        return Md(f"No sum is claimed: on {material.today} none is owed after its due date.")
    rows = [[Md(total.currency), Md(str(total))] for total in claimed]
    return paragraphs(f"Claimed on {material.today}, {how}:", gfm_table(["Currency", "Sum"], rows))


def _asked(material: Material) -> Md:
    """Return what is asked for: the contractor's words, else what the sums say."""
    if material.options.remedy:
        return Md(f"Asked for: {inline(material.options.remedy)}")
    return Md("Asked for: payment of what is owed." if material.docket.overdue else "")


def _tried(material: Material) -> Md:
    """Return what has been tried, by kind, with the day of the last."""
    counted: dict[str, list[Entry]] = {}
    for entry in steps(material.docket):
        counted.setdefault(entry.kind, []).append(entry)
    said = [
        f"{kind_words(kind)} ({plural(len(found), 'time')}, last on {found[-1].day})"
        for kind, found in counted.items()
    ]
    return Md(
        f"Tried so far: {'; '.join(said)}." if said else f"Nothing tried is {material.where}."
    )


def _payment(material: Material) -> list[list[Md]]:
    invoices = material.docket.ledger.invoices
    terms = material.docket.terms.payment
    agreed = payment_words(terms) if terms else "by the date on the invoice"
    if not invoices:
        return []
    late = [i for i in invoices if i.settled_on and i.settled_on > i.due]
    overdue = material.docket.overdue
    part = sum(1 for invoice in overdue if invoice.paid.amount)
    longest = max((i.days_late(material.today) for i in (*late, *overdue)), default=0)
    happened = (
        f"Of {plural(len(invoices), 'invoice')}, {_of_them(len(late), 'was', 'were')} paid in "
        f"full after the due date and {_of_them(len(overdue), 'is', 'are')} owed after it"
        f"{f', {part} of them paid in part' if part else ''}; "
        f"the longest delay is {plural(longest, 'day')}."
        if late or overdue
        else f"{plural(len(invoices), 'invoice')}, none paid late and none owed after its due date."
    )
    seqs = [invoice.seq for invoice in (late + overdue or list(invoices))[:_SHOWN_PROOFS]]
    return [_line(material, f"Payment {agreed}", happened, seqs)]


def _replies(material: Material) -> list[list[Md]]:
    asked = [r for r in material.docket.requests if has_day(material, r)]
    if not asked:
        return []
    within = material.docket.terms.reply_within_days
    agreed = f"Replies within {plural(within, 'day')}" if within else "Replies by the day named"
    over = [request for request in asked if request.days_over(material.today)]
    if over:
        longest = max(request.days_over(material.today) for request in over)
        said = (
            f"{_of_them(len(over), 'was', 'were')} answered later or not at all; "
            f"the longest delay is {plural(longest, 'day')}"
        )
    else:
        waits = sum(request.answered is None for request in asked)
        said = "none was answered later" + (
            f"; {waits} {'waits' if waits == 1 else 'wait'} for an answer that is not due yet"
            if waits
            else ""
        )
    happened = f"Of {plural(len(asked), 'request')}, {said}."
    return [_line(material, agreed, happened, [r.seq for r in (over or asked)[:_SHOWN_PROOFS]])]


def _revisions(material: Material) -> list[list[Md]]:
    rounds = material.docket.terms.revisions
    entries = material.docket.kind(*in_section("revisions"))
    found = [entry for entry in entries if not partly_mine(entry)]
    mine = len(found) < len(entries)
    if rounds is None and not found:
        return []
    agreed = (
        plural(rounds, "round") + " of revision"
        if rounds is not None
        else f"Nothing {material.where}"
    )
    happened = (
        f"{plural(len(found), 'entry', 'entries')} of work done again or small changes"
        f"{_over(material)}."
        if found
        else f"No work done again and no small changes are {material.where}"
        + (", but for what was partly my own doing." if mine else ".")
    )
    return [_line(material, agreed, happened, [e.seq for e in found[:_SHOWN_PROOFS]])]


def _over(material: Material) -> str:
    """Return how many rounds more were had than were agreed for their items, if any."""
    over = sum(item.over for item in work_items(material.docket))
    return f"; {plural(over, 'round')} more than agreed" if over else ""


def _scope(material: Material) -> list[list[Md]]:
    scope = material.docket.terms.scope
    beyond = material.docket.kind("scope-creep")
    if not scope and not beyond:
        return []
    happened = (
        f"{plural(len(beyond), 'entry', 'entries')} of work asked for beyond the agreement"
        f"{_worth(beyond)}."
        if beyond
        else f"Nothing beyond it is {material.where}."
    )
    return [
        _line(
            material,
            scope or f"Nothing {material.where}",
            happened,
            [e.seq for e in beyond[:_SHOWN_PROOFS]],
        )
    ]


def _worth(beyond: Sequence[Entry]) -> str:
    """Return the sums named where something was asked for beyond the agreement (advice 91)."""
    named = named_sums(beyond)
    return f", {sums(named)} in all" if named else ""


def _line(material: Material, agreed: str, happened: str, seqs: list[int]) -> list[Md]:
    return [inline(agreed), Md(happened), proof(material, seqs)]
