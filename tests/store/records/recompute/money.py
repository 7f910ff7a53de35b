"""The sections about money: payments, and the sums claimed."""

from __future__ import annotations

from fractions import Fraction

from store.recheck.account import ZERO, Account, Invoice
from store.recheck.entries import STEPS, Entry
from store.recheck.figures import entries, joined

from .compare import Cell, Reckoned, Words
from .record import Record
from .sides import promises, steps
from .written import CHARGES, DISPUTE, FIXED, FORMULA, INTEREST, Written, runs_on


def payments(record: Record) -> Reckoned:
    """Section 9."""
    mine = Reckoned()
    account, written = record.account, Written(record.account)
    headers = "Invoice|Issued|Due|Amount|Paid|Owed|Days late|Proof"
    mine.table(headers, [_bill(written, one) for one in written.bills], 1)
    mine.line(_in_all(record, written))
    mine.table(DISPUTE, written.disputed(), 1)
    for one in account.disputes():
        said = written.sum(one.amount(), one.data["currency"])
        mine.line(f"{one.data['number']}, {said}: {one.statement}")
    mine.table(
        "No.|Received|Amount|Set against|Not set against any|Exhibit",
        [_payment(record, written, one) for one in account.payments],
    )
    mine.table(*promises(record, "client", "the client"))
    mine.table("No.|Date|Step|By|What|Outcome|Proof", steps(record, tuple(STEPS)))
    return mine


def _bill(written: Written, one: Invoice) -> list[Cell]:
    days = [one.number, one.entry.day.isoformat(), one.due.isoformat()]
    sums = [written.sum(value, one.currency) for value in (one.amount, one.paid, one.owed)]
    return [*days, *sums, _late(written.account, one), entries(one.numbers)]


def _late(account: Account, one: Invoice) -> str:
    late = one.late(account.as_of)
    if one.owed and late <= 0:
        return "not yet due"
    return str(late) if late >= 0 else f"0 ({-late} early)"


def _in_all(record: Record, written: Written) -> str:
    account = record.account
    codes = [code for code in written.codes if account.bills(code)]
    if not codes:
        return ""
    said = []
    for name, part in (
        ("Invoiced", "amount"),
        ("Paid on these invoices", "paid"),
        ("Owed", "owed"),
    ):
        sums = [
            record.money(sum((getattr(one, part) for one in account.bills(code)), ZERO), code)
            for code in codes
            if part != "paid" or any(one.parts for one in account.bills(code))
        ]
        said.append(f"{name}: {joined(sums) if sums else 'nothing'}.")
    runs = f"Days late run from the due date to the last payment, or to {record.as_of}."
    return " ".join([*said, runs])


def _payment(record: Record, written: Written, paid: Entry) -> list[Cell]:
    code = str(paid.data["currency"])
    settled = written.account.parts_of(paid)
    parts = [f"{one.number}: {written.sum(part, code)}" for one, part in settled]
    charged = written.account.charged[paid.seq].items()
    parts += [f"{written.sum(part, code)} for {CHARGES[head]}" for head, part in charged]
    left = written.sum(record.account.left[paid.seq], code)
    amount = written.sum(paid.amount(), code)
    row: list[Cell] = [str(paid.seq), paid.day.isoformat(), amount, "; ".join(parts) or "-"]
    return [*row, left, record.exhibit_names(paid)]


def claims(record: Record) -> Reckoned:
    """Section 11."""
    mine = Reckoned()
    account, written = record.account, Written(record.account)
    rows: list[list[Cell]] = []
    for one in written.bills:
        if one in account.overdue():
            cells = _bill(written, one)
            rows.append([cells[0], *cells[3:6], cells[2], *cells[6:]])
    mine.table("Invoice|Amount|Paid|Owed|Due|Days late|Proof", rows, 1)
    if rows:
        mine.line(f"Owed on {record.as_of}, past the due date: {joined(written.total(0))}.")
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
    for part, name in ((1, "Interest"), (2, "Fixed sums"), (3, "Costs")):
        if written.total(part):
            mine.line(f"{name}: {joined(written.total(part))}.")
    interest = written.interest()
    mine.table(INTEREST, interest, 2)
    if interest:
        mine.line(FORMULA)
        mine.lines += written.rates()
    mine.table(FIXED, written.fixed(), 1)
    mine.lines += written.rules()
    costs: list[list[Cell]] = []
    for one in record.account.costs:
        amount = written.sum(one.amount(), one.data["currency"])
        costs.append([one.day.isoformat(), amount, record.proof(one), Words(one.statement)])
    mine.table("Date|Cost|Proof|What", costs, 3)


def _in_sum(record: Record, written: Written, mine: Reckoned) -> None:
    account = record.account
    rows: list[list[Cell]] = []
    due = [code for code in account.currencies if account.claimed(code)]
    deducted = any(account.charges_paid(code) for code in due)
    for code in due:
        sums = [*account.claim(code)]
        sums += [account.charges_paid(code)] if deducted else []
        rows.append([code, *(record.money(one, code) for one in (*sums, account.claimed(code)))])
    paid = "Paid on these three|" if deducted else ""
    mine.table(f"Currency|Owed after its due date|Interest|Fixed sums|Costs|{paid}Total", rows, 1)
    if rows:
        mine.line(f"All that is claimed on {account.as_of}:")
    daily = " ".join(runs_on(account, code) for code in written.codes if account.daily(code))
    mine.line(daily)
