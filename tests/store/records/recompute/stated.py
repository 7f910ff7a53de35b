"""What bills and payments state beside their sums, and plans to pay in parts, told once more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from store.recheck.bills import EARLY, LAPSED, ZERO, Invoice, taxes
from store.recheck.entries import Entry
from store.recheck.figures import days, joined, long_day, minor, numbered, plain, spelled
from store.recheck.plans import Part, Plan, plans

from .compare import Cell, Reckoned, Words
from .written import Written, short_day

TAXES = "Paper|Net|VAT rate|VAT|In all|As stated"
PARTS = "Due|Part|Received|Open|State"


def money(value: Fraction, code: str) -> str:
    """Return `EUR 1,234.50`."""
    return f"{code} {spelled(value, minor(code))}"


def tax_rows(written: Written, bills: Iterable[Invoice]) -> list[list[Cell]]:
    """Return what bills and the credit notes off them state of their tax, and each rate's total."""
    rows: list[list[Cell]] = []
    bills, totals = list(bills), dict[tuple[str, Fraction], list[Fraction]]()
    for bill in bills:
        for paper in (bill.entry, *(by for by, _ in bill.off if by.kind not in (EARLY, LAPSED))):
            sign = 1 if paper is bill.entry else -1
            said = [paper.data.get(f"vat_{name}") for name in ("percent", "number", "note")]
            if not taxes(paper) and all(one is None for one in said):
                continue
            sums = ["-", "-"]
            for net, vat, _ in taxes(paper):
                sums = [signed(written, sign * one, bill.currency) for one in (net, vat)]
                at = bill.currency, Fraction(str(-1 if said[0] is None else said[0]))
                known = totals.setdefault(at, [Fraction(0)] * 3)
                totals[at] = [known[0] + sign * net, known[1] + sign * vat, known[2] + 1]
            rate = "-" if said[0] is None else f"{said[0]} %"
            number = str(paper.data.get("number") or f"entry {paper.seq}")
            stated = Words(" ".join(str(one) for one in said[1:] if one))
            whole = signed(written, sign * paper.amount(), bill.currency)
            rows.append([number, sums[0], rate, sums[1], whole, stated])
    if sum(one[2] for one in totals.values()) > 1:
        for (code, percent), (net, vat, _) in sorted(
            totals.items(), key=lambda one: (one[0][0], one[0][1] < 0, one[0][1])
        ):
            name = "Total without a rate" if percent < 0 else f"Total at {plain(percent)} %"
            sums = [signed(written, one, code) for one in (net, vat, net + vat)]
            rows.append([name, sums[0], "", sums[1], sums[2], ""])
    return rows


def signed(written: Written, value: Fraction, code: str) -> str:
    """Return a sum; in brackets what is taken off."""
    whole = written.sum(abs(value), code)
    return f"({whole})" if value < 0 else whole


def tax_words(bills: Iterable[Invoice]) -> str:
    """Return which papers state no tax, and from which bills something was taken unsplit."""
    bare, unsplit, stated = list[str](), list[str](), False
    for bill in bills:
        papers = [bill.entry, *(by for by, _ in bill.off if by.kind not in (EARLY, LAPSED))]
        silent = [one for one in papers if not _taxed(one)]
        stated = stated or len(silent) < len(papers)
        bare += [
            str(one.data.get("number") or f"entry {one.seq}")
            for one in silent
            if one.kind in ("invoice", "credit")
        ]
        loose = [one for one in silent if one.kind in ("discount", "write-off")]
        vat = sum((one[1] for one in taxes(bill.entry)), Fraction(0))
        if vat and (bill.off_by(EARLY, LAPSED) or loose):
            unsplit.append(bill.number)
    said = [f"No VAT is noted on {joined(bare)}."] if bare else []
    if unsplit:
        said.append(
            f"What was taken off {joined(unsplit)} by discount or write-off is not split into net "
            "and VAT."
        )
    return " ".join(said) if stated else ""


def _taxed(paper: Entry) -> bool:
    names = ("net", "vat", "vat_percent", "vat_number", "vat_note")
    return any(paper.data.get(name) is not None for name in names)


def notes(written: Written, payments: Iterable[Entry], bills: Iterable[Invoice]) -> list[str]:
    """Return what is told of payments and of discounts for paying early."""
    said = [line for one in payments for line in _of_payment(written, one)]
    return said + [line for one in bills for line in _of_bill(written, one)]


def beside(written: Written, one: Entry) -> list[str]:
    """Return the figures of what an entry states beside its sum, as the chronology has them."""
    data, code = one.data, str(one.data.get("currency", ""))
    said: list[str] = []
    if one.kind in ("invoice", "credit", "discount", "write-off"):
        if data.get("discount_until"):
            said.append(f"{data['discount_percent']} % {data['discount_until']}")
        percent = str(data.get("vat_percent") or "")
        sums = [spelled(part, minor(code)) for tax in taxes(one) for part in tax[:2]]
        said += [*sums, percent, str(data.get("vat_number", "")), str(data.get("vat_note", ""))]
    if one.kind == "payment":
        said += [spelled(Fraction(str(data["fee"])), minor(code))] if data.get("fee") else []
        if was := data.get("paid_as"):
            paid = spelled(Fraction(str(was["amount"])), minor(was["currency"]))
            said.append(f"{paid} {data['paid_rate']} 1 {data['rate_source']}")
        said += [" ".join([number, str(void), *now]) for number, void, now in gone(written, one)]
    if one.kind == "instalments":
        said = [str(data.get("of_invoice") or "")]
        said += [
            f"{spelled(Fraction(str(part['amount'])), minor(code))} {part['due']}"
            for part in data["parts"]
        ]
    return said


def _of_payment(written: Written, paid: Entry) -> Iterable[str]:
    code, head = str(paid.data["currency"]), f"{short_day(paid.day)}, entry {paid.seq}:"
    settled = money(paid.counts(), code)
    if fee := paid.data.get("fee"):
        kept = money(Fraction(str(fee)), code)
        mine = f", so that {settled} counts as paid." if paid.data["fee_by"] == "me" else "."
        yield (
            f"{head} {money(paid.amount(), code)} arrived. A fee of {kept}, borne by somebody, was "
            f"kept on the way{mine}"
        )
    if was := paid.data.get("paid_as"):
        other = money(Fraction(str(was["amount"])), was["currency"])
        rate = f"{paid.data['paid_rate']} {code} for 1 {was['currency']}, as stated"
        source = paid.data["rate_source"]
        yield f"{head} paid as {other}; {settled} at a rate of {rate}. Source: {source}"
    for number, void, now in gone(written, paid):
        where = f"; set against {' and '.join(now)} now" if now else ""
        yield f"{head} paid for {number}, which was withdrawn (entry {void}){where}."


def gone(written: Written, paid: Entry) -> Iterable[tuple[str, int, list[str]]]:
    """Yield the invoices that a payment names and that were withdrawn, by whom, and where it is."""
    account = written.account
    there = {one.number.casefold() for one in account.invoices}
    for part in paid.data.get("for_invoices", []):
        number = str(part["invoice"])
        voids = [
            one.voided_by
            for one in account.docket.facts
            if one.kind == "invoice" and one.voided_by
            if str(one.data.get("number")).casefold() == number.casefold()
        ]
        if number.casefold() not in there and voids:
            yield number, voids[0], [one.number for one, part in account.parts_of(paid) if part]


def _of_bill(written: Written, bill: Invoice) -> Iterable[str]:
    data, today = bill.entry.data, written.account.as_of
    if not data.get("discount_until"):
        return
    until = date.fromisoformat(str(data["discount_until"]))
    percent, day = f"{plain(Fraction(str(data['discount_percent'])))} %", long_day(until)
    taken, offered = bill.off_by(EARLY, LAPSED), bill.offered
    if taken:
        kept = money(taken, bill.currency)
        yield f"{bill.number}: {percent} for payment by {day} was taken off: {kept}."
    elif bill.owed > offered > 0 and today <= until:
        rest, off = money(bill.owed - offered, bill.currency), money(offered, bill.currency)
        yield (
            f"{bill.number}: {rest} settles it if it comes by {day}; {percent} ({off}) is then "
            "taken off."
        )
    elif 0 < bill.owed <= offered and today > until:
        yield (
            f"{bill.number}: {money(bill.owed, bill.currency)} is left, as the discount of "
            f"{percent} was for payment of all else by {day}."
        )


def tell_parts(mine: Reckoned, written: Written) -> None:
    """Add what was agreed to be paid in parts, plan by plan."""
    found = [one for one in plans(written.account) if one.entry.data["currency"] in written.codes]
    for plan in found:
        mine.line(plan_agreed(plan))
        mine.table(PARTS, [_part(written, plan, one) for one in plan.parts])
        mine.line(plan_stands(plan, written.account.as_of))


def plan_agreed(plan: Plan) -> str:
    """Return when what was agreed."""
    whole = money(plan.whole, str(plan.entry.data["currency"]))
    of = f" of {plan.number}" if plan.number else ""
    how = f"by {long_day(plan.parts[-1].due)}"
    if len(plan.parts) > 1:
        how = f"in {numbered(len(plan.parts), 'part', 'parts')}"
    day = long_day(plan.entry.day)
    return f"On {day} it was agreed that {whole}{of} is paid {how} (entry {plan.entry.seq})."


def plan_stands(plan: Plan, today: date) -> str:
    """Return what was due and missed on a day."""
    code, day = str(plan.entry.data["currency"]), long_day(today)
    due, missed = plan.due(today), plan.missed(today)
    if missed:
        said = money(missed, code)
        return f"By {day}, {money(due, code)} was due by the plan; {said} of it is missed."
    if not due:
        return f"By {day}, nothing was due by the plan."
    now = [one.open for one in plan.parts if one.due == today and one.open]
    if now:
        return (
            f"By {day}, {money(due, code)} was due by the plan; {money(now[0], code)} of it is "
            "due today."
        )
    return f"By {day}, {money(due, code)} was due by the plan, and nothing of it is open."


def _part(written: Written, plan: Plan, one: Part) -> list[Cell]:
    code = str(plan.entry.data["currency"])
    sums = [written.sum(value, code) for value in (one.amount, one.came, one.open)]
    today = written.account.as_of
    if one.paid_on:
        late = (one.paid_on - one.due).days
        said = f"settled on {short_day(one.paid_on)}" + (f", {days(late)} late" if late > 0 else "")
    elif not one.open:
        said = "no longer owed"
    elif one.due < today:
        said = f"missed, {days((today - one.due).days)} late"
    else:
        said = "due today" if one.due == today else "not yet due"
    return [written.day(one.due), *sums, said]


def taxed(bills: Iterable[Invoice]) -> list[str]:
    """Return in a sentence for each currency what overdue bills state of their tax."""
    found: dict[str, list[tuple[Fraction, ...]]] = {}
    for bill in bills:
        for tax in taxes(bill.entry):
            found.setdefault(bill.currency, []).append(tax)
    said = []
    for code, parts in sorted(found.items()):
        net, vat, whole = (money(sum(one, ZERO), code) for one in zip(*parts, strict=True))
        who = numbered(len(parts), "overdue invoice states", "overdue invoices state").capitalize()
        said.append(f"{who} VAT: net {net}, VAT {vat}, {whole} in all.")
    return said
