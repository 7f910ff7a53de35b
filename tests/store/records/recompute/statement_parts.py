"""The sections of a statement of account."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from fractions import Fraction

from store.recheck.bills import ZERO
from store.recheck.entries import Entry
from store.recheck.figures import long_day, numbered, plain
from store.recheck.offs import ADDS, NAMES

from .compare import Cell, Reckoned, Words
from .money import credited_since
from .stated import TAXES, tax_rows, tax_words, tell_parts
from .stated import notes as stated_notes
from .statement import Statement
from .written import CHARGES, DISPUTE, FORMULA, INTEREST, runs_on

REMINDERS = ("reminder", "notice")
BUCKETS = ((None, 0), (1, 30), (31, 60), (61, 90), (91, None))


def who(made: Statement) -> Reckoned:
    """Who it is to, and the period."""
    mine = Reckoned()
    told: dict[str, str] = {}
    for one in made.docket.of("client"):
        told.update({name: str(value) for name, value in one.data.items()})
    parts = [
        told.get("contract_name", told["name"]),
        told.get("address", ""),
        told.get("tax_id", ""),
    ]
    mine.line("To: " + ", ".join(part for part in parts if part))
    mine.line(f"Period: {long_day(made.since)} to {long_day(made.to)}")
    return mine


def total(made: Statement) -> Reckoned:
    """The sum of the parts."""
    mine = Reckoned()
    favour = made.total < 0
    theirs = favour and made.balance < 0
    names = ["Interest on late payment", "Fixed compensation", "Costs of recovery"]
    if theirs:
        names = [f"Less {name[0].lower()}{name[1:]}" for name in names]
    later = "What is not yet due" if theirs else "Less what is not yet due"
    values = (made.later, made.interest, made.fixed, made.costs)
    parts = list(zip([later, *names], values, strict=True))
    first = (
        "Balance of the account, in your favour" if made.balance < 0 else "Balance of the account"
    )
    rows: list[list[Cell]] = [
        [first, made.sum(abs(made.balance)) if favour else made.balanced(made.balance)]
    ]
    rows += [[name, made.sum(value)] for name, value in parts if value]
    whole = "Credit in your favour" if favour else "Total due"
    rows.append([f"{whole} on {long_day(made.to)}", made.sum(abs(made.total))])
    mine.table(f"What|{made.code}", rows)
    said = ["Nothing is due: more was paid than was billed."] if favour else []
    if (had := made.account.charges_paid(made.code)) and any(values[1:]):
        said.append(
            f"Of interest, fixed compensation and costs {made.code} {made.sum(had)} was paid "
            "already: it is in the balance of the account."
        )
    said += [runs_on(made.account, made.code)] if made.account.daily(made.code) else []
    if made.disputed:
        said.append(
            f"Of the balance {made.code} {made.sum(made.disputed)} is in dispute; see below."
        )
    mine.line(" ".join(said))
    return mine


def lines(made: Statement) -> Reckoned:
    """Every charge and payment with the balance after it."""
    mine = Reckoned()
    balance = sum((made.move(one) for one in made.moves if made.day(one) < made.since), ZERO)
    rows: list[list[Cell]] = []
    if made.opened:
        rows.append([made.on(made.since), "", "", "", made.balanced(balance), "Opening balance"])
    charged = paid = ZERO
    for one in made.moves:
        if made.day(one) < made.since:
            continue
        balance += made.move(one)
        amount = made.sum(made.moved(one))
        day = made.on(made.day(one))
        if one.kind == "invoice":
            charged += one.amount()
            what = Words(f"{one.data['due']} {one.statement} {made.remark(one)}")
            rows.append([day, str(one.data["number"]), amount, "", made.balanced(balance), what])
        elif one.kind in NAMES:
            ref = str(one.data.get("number") or f"entry {one.seq}")
            about = str(one.data.get("of_invoice") or made.account.offs.of(one) or "")
            what = Words(f"{about} {one.statement} {made.remark(one)}")
            charged += made.moved(one) if one.kind in ADDS else ZERO
            paid += ZERO if one.kind in ADDS else made.moved(one)
            sums = [amount, ""] if one.kind in ADDS else ["", amount]
            rows.append([day, ref, *sums, made.balanced(balance), what])
        else:
            paid += one.counts()
            rows.append(
                [day, f"entry {one.seq}", "", amount, made.balanced(balance), _settled(made, one)]
            )
    sums = [made.sum(charged), made.sum(paid), made.balanced(balance)]
    closing = "Closing balance, in your favour" if balance < 0 else "Closing balance"
    rows.append([made.on(made.to), "", *sums, closing])
    mine.table("Date|Ref|Charge|Payment or credit|Balance|What", rows)
    told = [one for one in made.moves if one.kind == "payment" and one.day >= made.since]
    mine.lines += stated_notes(made.written, told, made.bills)
    return mine


def _settled(made: Statement, paid: Entry) -> Words:
    settled = made.account.parts_of(paid)
    parts = [f"{made.sum(part)} for {bill.number}" for bill, part in settled]
    parts += [
        f"{made.sum(part)} for {CHARGES[head]}"
        for head, part in made.account.charged[paid.seq].items()
        if part
    ]
    left = made.account.left[paid.seq]
    backs = made.account.offs.backs
    back = [one for one in backs if made.account.offs.of(one) == paid.seq]
    if back and not any(part for _, part in settled) and not left:
        bills = made.written.bills
        of = [one.number for one in bills if any(by.seq == paid.seq for by, _, _ in one.parts)]
        numbers = ", ".join(of)
        last = max(map(made.account.offs.day, back))
        return Words(f"{numbers} {made.on(last)}{made.remark(paid)}")
    if left == paid.counts() and not paid.data.get("for_invoices"):
        return Words(made.remark(paid))
    used = sum((part for _, part in settled), sum(made.account.charged[paid.seq].values(), left))
    rest = [made.sum(part) for part in (paid.counts() - used, left) if part]
    return Words(", ".join(parts + rest) + made.remark(paid))


def invoices(made: Statement) -> Reckoned:
    """Each invoice with what was paid on it."""
    mine = Reckoned()
    rows: list[list[Cell]] = []
    off = any(one.off for one in made.bills)
    shown = ("amount", "less", "paid", "owed") if off else ("amount", "paid", "owed")
    for one in made.bills:
        sums = [made.sum(getattr(one, part)) for part in shown]
        moved = sorted(one.parts, key=lambda part: (part[2], part[0].seq))
        parts = [
            f"{_gone(made, by, part, on)}{made.sum(abs(part))} on {made.on(on)}"
            for by, part, on in moved
        ]
        days = [one.number, made.on(one.entry.day), made.on(one.due)]
        rows.append([*days, *sums, f"{max(0, one.late(made.to)):,}", "; ".join(parts) or "-"])
    if rows:
        totals = [sum((getattr(one, part) for one in made.bills), ZERO) for part in shown]
        rows.append(["Total", "", "", *(made.sum(value) for value in totals), "", ""])
    credited = "Taken off|" if off else ""
    mine.table(f"Invoice|Issued|Due|Amount|{credited}Paid|Owed|Days late|Payments", rows)
    return mine


def _gone(made: Statement, by: Entry, part: Fraction, on: date) -> str:
    offs = made.account.offs
    back = [one for one in offs.backs if one.kind == "payment-returned" and offs.of(one) == by.seq]
    returned = any(offs.day(one) == on for one in back)
    return "" if part >= 0 else "returned " if returned else "less "


def taxes(made: Statement) -> Reckoned:
    """What papers state of their tax."""
    mine = Reckoned()
    mine.table(TAXES, tax_rows(made.written, made.bills))
    if said := tax_words(made.bills):
        mine.line(said)
    return mine


def instalments(made: Statement) -> Reckoned:
    """Plans to pay in parts."""
    mine = Reckoned()
    tell_parts(mine, made.written)
    return mine


def ageing(made: Statement) -> Reckoned:
    """The balance by how late it is."""
    mine = Reckoned()
    sums = []
    for first, last in BUCKETS:
        in_it = [
            one.owed
            for one in made.written.bills
            if (first is None or (made.to - one.due).days >= first)
            and (last is None or (made.to - one.due).days <= last)
        ]
        sums.append(sum(in_it, ZERO))
    credit = sum((made.account.left[one.seq] for one in made.moves if one.kind == "payment"), ZERO)
    credit -= made.account.offs.beyond(made.code)
    cells: list[Cell] = [made.sum(value) for value in sums]
    headers = "Not late|1-30 days|31-60 days|61-90 days|Over 90 days|"
    if paid := made.account.charges_paid(made.code):
        cells.append(made.balanced(-paid))
        headers += "Paid on charges|"
    if credit:
        cells.append(made.balanced(-credit))
        headers += "Credit|" if credit > 0 else "Sent back beyond that|"
    balance = "Balance in your favour" if made.balance < 0 else "Balance"
    mine.table(headers + balance, [[*cells, made.balanced(made.balance)]])
    return mine


def dispute(made: Statement) -> Reckoned:
    """What is in dispute."""
    mine = Reckoned()
    rows = made.written.disputed() if made.disputed else []
    mine.table(DISPUTE, rows)
    if rows:
        undisputed = f"{made.code} {made.sum(max(ZERO, made.balance - made.disputed))}"
        since = [
            credited_since(made.written, one)
            for one in made.account.disputes()
            if one.data["currency"] == made.code
        ]
        mine.line(" ".join(filter(None, since)))
        mine.line(
            f"No dispute about the other {undisputed} of the closing balance is noted. "
            "Interest and fixed compensation are worked out on all that is owed."
        )
    return mine


def interest(made: Statement) -> Reckoned:
    """Interest, row by row."""
    mine = Reckoned()
    rows = made.written.interest()
    mine.table(INTEREST, rows)
    if rows:
        day = long_day(made.to)
        mine.line(f"Interest to {day}: {made.code} {made.sum(made.interest)}.")
        mine.line(FORMULA)
        mine.lines += made.written.rates()
    return mine


def fixed(made: Statement) -> Reckoned:
    """Fixed sums."""
    mine = Reckoned()
    rows = made.written.fixed()
    mine.table(made.written.fixed_heads(), rows)
    if rows:
        mine.line(f"Fixed compensation: {made.code} {made.sum(made.fixed)}.")
        mine.lines += made.written.rules()
    return mine


def costs(made: Statement) -> Reckoned:
    """Costs."""
    mine = Reckoned()
    rows: list[list[Cell]] = []
    for one in made.account.costs:
        if one.data["currency"] == made.code:
            amount = made.sum(one.amount())
            names = "; ".join(str(kept["name"]) for kept in one.raw.get("exhibits", []))
            row: list[Cell] = [made.on(one.day), amount, Words(f"{one.seq} {names}")]
            rows.append([*row, Words(one.statement)])
    mine.table("Date|Cost|Entry|What", rows)
    if rows:
        mine.line(f"Costs of recovery: {made.code} {made.sum(made.costs)}.")
    return mine


def reminders(made: Statement) -> Reckoned:
    """What was sent about it."""
    mine = Reckoned()
    rows: list[list[Cell]] = [
        [
            made.on(one.day),
            None,
            str(one.raw.get("channel", "-")),
            str(one.raw.get("refs", {}).get("invoice", "-")),
        ]
        for one in made.docket.of(*REMINDERS)
        if one.day <= made.to and not _about_a_request(made, one)
    ]
    mine.table("Date|What|By|About", rows)
    return mine


def _about_a_request(made: Statement, one: Entry) -> bool:
    asked = {other.seq for other in made.docket.of("request")}
    named = {link["seq"] for link in one.raw.get("links", [])}
    return bool(named & asked) and not one.raw.get("refs", {}).get("invoice")


def unbilled(made: Statement) -> Reckoned:
    """Hours of work since the last invoice."""
    mine = Reckoned()
    terms: dict[str, str] = {}
    for one in made.docket.of("terms"):
        terms.update({name: str(value) for name, value in one.data.items()})
    bills = made.written.bills
    if terms.get("currency", made.code) != made.code:
        return mine
    last = max((one.entry for one in bills), key=lambda one: (one.at, one.seq), default=None)
    spent = [
        one.amount("hours")
        for one in made.docket.of("hours")
        if one.data.get("spent", "work") == "work"
        and one.day <= made.to
        and (not last or one.at > last.at)
    ]
    count = sum(spent, ZERO)
    if count:
        worth = ""
        since = f" since the invoice of {long_day(last.day)}" if last else ""
        if "rate" in terms:
            value = made.sum(count * Fraction(terms["rate"]))
            worth = f", {made.code} {value} at the agreed rate"
        mine.line(f"{plain(count)} h of work{since}{worth}. It is in none of the sums above.")
    return mine


def withdrawn(made: Statement) -> Reckoned:
    """What was in the account and is not any more."""
    mine = Reckoned()
    for one in made.docket.facts:
        first = datetime.fromisoformat(one.raw["occurred_at"]).date()
        if one.voided_by and one.data.get("currency") == made.code and first <= made.to:
            when = long_day(made.docket.all[one.voided_by].recorded.date())
            name = f", {one.data['number']}" if one.data.get("number") else ""
            what = f"Entry {one.seq}{name}, {made.code} {made.sum(one.amount())}"
            mine.line(f"{what}, of {long_day(first)}: withdrawn on {when}.")
    return mine


def notes(made: Statement) -> Reckoned:
    """What is not in it."""
    mine = Reckoned()
    account = made.account
    moved = [*(one.entry for one in account.invoices), *account.payments, *account.costs]
    moved += [*account.offs.credits, *account.offs.backs]
    others = Counter(str(one.data["currency"]) for one in moved)
    del others[made.code]
    if others:
        for code in sorted(others):
            said = numbered(others[code], "entry", "entries")
            which = "invoices, payments or costs"
            which = "an invoice, a payment or a cost" if others[code] == 1 else which
            own = "which has a statement of its own"
            mine.line(f"Not in this statement: {said} in {code} ({which}), {own}.")
    if any(one.day < made.since for one in made.moves):
        mine.line(
            f"What was billed and paid before {long_day(made.since)} is in the opening balance."
        )
    return mine
