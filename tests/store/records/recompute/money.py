"""The sections about money: payments, and the sums claimed."""

from __future__ import annotations

from fractions import Fraction

from store.recheck.account import Account, set_off
from store.recheck.bills import ZERO, Invoice
from store.recheck.entries import Entry
from store.recheck.figures import days, entries, joined, long_day
from store.recheck.offs import NAMES, OF_BILL
from store.recheck.plans import plans

from .compare import Cell, Reckoned, Words
from .record import Record
from .sides import promises, steps, taken
from .stated import TAXES, money, notes, plan_agreed, plan_stands, tax_rows, tax_words, tell_parts
from .written import CHARGES, DISPUTE, FORMULA, INTEREST, Written, runs_on

CREDITED = "Taken off|"


def payments(record: Record) -> Reckoned:
    """Section 9."""
    mine = Reckoned()
    account, written = record.account, Written(record.account)
    off = any(one.off for one in written.bills)
    headers = f"Invoice|Issued|Due|Amount|{CREDITED if off else ''}Paid|Owed|Days late|Entry"
    mine.table(headers, [_bill(written, one, off=off) for one in written.bills], 1)
    mine.line(_in_all(record, written))
    mine.table(TAXES, tax_rows(written, written.bills))
    mine.line(tax_words(written.bills))
    mine.table(DISPUTE, written.disputed(), 1)
    for one in account.disputes():
        said = written.sum(one.amount(), one.data["currency"])
        mine.line(f"{one.data['number']}, {said}: {one.statement}")
    since = [credited_since(written, one) for one in account.disputes()]
    mine.line(" ".join(filter(None, since)))
    mine.table(
        "No.|Received|Counted as paid|Set against|Sent back|Not set against any|Exhibit",
        [_payment(record, written, one) for one in account.payments],
        0,
        "Sent back|Not set against any|Exhibit",
    )
    offs = "No.|Date|What|Number|Of|Amount|Exhibit"
    mine.table(offs, _offs(record, written), 0, "Number|Exhibit")
    mine.lines += notes(written, account.payments, written.bills)
    tell_parts(mine, written)
    mine.table(*promises(record, "client", "the client"))
    mine.table(*steps(record, taken(record)))
    return mine


def credited_since(written: Written, said: Entry) -> str:
    """Return what was credited on a disputed invoice since it was disputed."""
    account = written.account
    (bill,) = (one for one in account.invoices if one.number == said.data["number"])
    off = [
        (by, part)
        for by, part in bill.off
        if by.kind == "credit" and (account.offs.day(by), by.seq) > (said.day, said.seq)
    ]
    if not off:
        return ""
    whole = money(sum((part for _, part in off), ZERO), bill.currency)
    numbers = entries(by.seq for by, _ in off)
    return (
        f"Since then {whole} was credited on {bill.number} ({numbers}); whether that is a part of "
        "what is in dispute is not noted."
    )


def _offs(record: Record, written: Written) -> list[list[Cell]]:
    offs = written.account.offs
    found = [one for code in written.account.currencies for one in offs.moves(code)]
    rows: list[list[Cell]] = []
    for one in sorted(found, key=lambda one: (offs.day(one), one.seq)):
        of = str(one.data["of_invoice"]) if one.kind in OF_BILL else f"entry {offs.of(one)}"
        number = str(one.data.get("number") or "-")
        amount = written.sum(offs.amount(one), one.data["currency"])
        cells = [str(one.seq), offs.day(one).isoformat(), NAMES[one.kind], number]
        rows.append(
            [*cells, "-" if one.kind == "refund" else of, amount, record.exhibit_names(one)]
        )
    return rows


def _bill(written: Written, one: Invoice, *, off: bool) -> list[Cell]:
    days = [one.number, one.entry.day.isoformat(), one.due.isoformat()]
    less = [one.less] if off else []
    sums = [written.sum(value, one.currency) for value in (one.amount, *less, one.paid, one.owed)]
    return [
        *days,
        *sums,
        _late(written.account, one),
        ", ".join(map(str, sorted(set(one.numbers)))),
    ]


def _late(account: Account, one: Invoice) -> str:
    late = one.late(account.as_of)
    if one.owed and late <= 0:
        return "not yet due"
    return f"{late:,}" if late >= 0 else f"0 ({days(-late)} early)"


def _in_all(record: Record, written: Written) -> str:
    account = record.account
    codes = [code for code in written.codes if account.bills(code)]
    if not codes:
        return ""
    said = []
    for name, part in (
        ("Invoiced", "amount"),
        ("Taken off", "less"),
        ("Paid on these invoices", "paid"),
        ("Owed", "owed"),
    ):
        sums = [
            record.money(sum((getattr(one, part) for one in account.bills(code)), ZERO), code)
            for code in codes
            if part in ("amount", "owed") or any(getattr(one, part) for one in account.bills(code))
        ]
        if part == "less" and not sums:
            continue
        said.append(f"{name}: {joined(sums) if sums else 'nothing'}.")
    runs = f"Days late run from the due date to the last payment, or to {long_day(record.as_of)}."
    return " ".join([*said, runs])


def _payment(record: Record, written: Written, paid: Entry) -> list[Cell]:
    code = str(paid.data["currency"])
    settled = written.account.parts_of(paid)
    parts = [f"{one.number}: {written.sum(part, code)}" for one, part in settled]
    charged = [one for one in written.account.charged[paid.seq].items() if one[1]]
    parts += [f"{written.sum(part, code)} for {CHARGES[head]}" for head, part in charged]
    rest = record.account.left[paid.seq]
    left = written.sum(rest, code) if rest else "-"
    amount = written.sum(paid.counts(), code)
    row: list[Cell] = [str(paid.seq), paid.day.isoformat(), amount, "; ".join(parts) or "-"]
    used = sum((part for _, part in settled), ZERO) + sum((one[1] for one in charged), ZERO)
    back = paid.counts() - used - rest
    return [*row, written.sum(back, code) if back else "-", left, record.exhibit_names(paid)]


def claims(record: Record) -> Reckoned:
    """Section 11."""
    mine = Reckoned()
    account, written = record.account, Written(record.account)
    rows: list[list[Cell]] = []
    overdue = [one for one in written.bills if one in account.overdue()]
    off = any(one.off for one in overdue)
    for one in overdue:
        cells = _bill(written, one, off=off)
        rows.append([cells[0], *cells[3 : 6 + off], cells[2], *cells[6 + off :]])
    mine.table(f"Invoice|Amount|{CREDITED if off else ''}Paid|Owed|Due|Days late|Entry", rows, 1)
    mine.table(TAXES, tax_rows(written, overdue))
    mine.line(tax_words(overdue))
    late = [one for one in plans(account) if one.missed(account.as_of)]
    told = [f"{plan_agreed(one)} {plan_stands(one, account.as_of)}" for one in late]
    mine.lines += [" ".join(told)] if told else []
    if rows:
        mine.line(
            f"Owed on {long_day(record.as_of)}, past the due date: {joined(written.total(0))}."
        )
    later = [
        record.money(value, code)
        for code in account.currencies
        if (value := _not_due(account, code))
    ]
    if later:
        mine.line(f"Owed, and not yet due: {joined(later)}.")
    _costly(record, written, mine)
    _in_sum(record, written, mine)
    return mine


def _not_due(account: Account, code: str) -> Fraction:
    late = account.overdue(code)
    return sum((one.owed for one in account.bills(code) if one not in late), ZERO)


def _costly(record: Record, written: Written, mine: Reckoned) -> None:
    for part, name in ((1, "Interest"), (2, "Fixed compensation"), (3, "Costs of recovery")):
        if written.total(part):
            mine.line(f"{name}: {joined(written.total(part))}.")
            head = {1: "interest", 2: "fixed-sum", 3: "cost"}[part]
            there = [code for code in written.codes if record.account.charges_paid(code, head)]
            paid = [record.money(record.account.charges_paid(c, head), c) for c in there]
            mine.line(f"Of that, {joined(paid)} was paid." if paid else "")
    interest = written.interest()
    mine.table(INTEREST, interest, 2)
    if interest:
        mine.line(FORMULA)
        mine.lines += written.rates()
    mine.table(written.fixed_heads(), written.fixed(), 1)
    mine.lines += written.rules()
    costs: list[list[Cell]] = []
    for one in record.account.costs:
        amount = written.sum(one.amount(), one.data["currency"])
        costs.append([one.day.isoformat(), amount, record.proof(one), Words(one.statement)])
    mine.table("Date|Cost|Entry|What", costs, 3)


def _in_sum(record: Record, written: Written, mine: Reckoned) -> None:
    account = record.account
    rows: list[list[Cell]] = []
    codes = account.currencies
    due = [code for code in codes if any(account.claim(code)) or account.offs.spare(code)]
    deducted = any(account.charges_paid(code) for code in due)
    credited = any(set_off(account, code) for code in due)
    again = any(account.offs.spare(code) < 0 for code in due)
    for code in due:
        sums = [*account.claim(code)]
        sums += [account.charges_paid(code)] if deducted else []
        sums += [set_off(account, code)] if credited else []
        sums += [max(ZERO, -account.offs.spare(code))] if again else []
        rows.append([code, *(record.money(one, code) for one in (*sums, account.claimed(code)))])
    paid = "Paid on these three|" if deducted else ""
    paid += "Less credit in the client's favour|" if credited else ""
    paid += "Sent back and owed again|" if again else ""
    heads = "Interest|Fixed compensation|Costs of recovery|"
    mine.table(
        f"Currency|Owed after its due date|{heads}{paid}Total",
        rows,
        1,
    )
    if rows:
        on = long_day(account.as_of)
        some = any(account.claimed(code) for code in due)
        none = f"Nothing is claimed on {on}; this is how that comes about:"
        mine.line(f"All that is claimed on {on}:" if some else none)
    daily = " ".join(runs_on(account, code) for code in written.codes if account.daily(code))
    mine.line(daily)
