"""The year of case.py with an account worth a statement: rates, a dispute, costs, late payments."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from store.records.statement.document import Statement, statement
from store.records.statement.figures import StatementOptions
from tests.store.records.case import NOW, Case, full_case

PAY_TO = "Ann Berg, IBAN DE00 0000 0000 0000 0000 00\nPlease name the invoice numbers."
EUROS = StatementOptions("EUR", None, NOW.date(), "Ann Berg", PAY_TO)
RECEIPT = b"%PDF receipt of the court\n"


def account_case(root: Path, name: str = "Acme Média") -> Case:
    """Return a case whose account has an entry of every kind that a statement draws on.

    The numbers go on from those of full_case: 37 to 47.
    """
    case = full_case(root, name)
    receipt = case.exhibit(RECEIPT, "Receipt 2026-11.PDF")
    who = {"name": name, "contract_name": f"{name} GmbH", "address": "Hauptstr. 1, 10115 Berlin"}
    case.log("client", "2026-09-20", data=who)  # 37
    case.log(
        "interest",
        "2026-09-20",
        data={"percent": "10.15", "starts": "2026-01-01", "source": "Directive 2011/7, H1 2026"},
    )  # 38
    case.log(
        "interest",
        "2026-09-20",
        data={"percent": "10.40", "starts": "2026-07-01", "source": "Directive 2011/7, H2 2026"},
    )  # 39
    bands = [{"at_least": "0", "amount": "40"}]
    source = "Directive 2011/7, art. 6"
    case.log("fixed-sum", "2026-09-20", data={"currency": "EUR", "bands": bands, "source": source})
    _invoice(case, "2026-08-15", "INV-5", "620.00", "2026-08-29", "Landing page, two rounds")  # 41
    case.log("payment", "2026-09-29", "", data={"amount": "900.00", "currency": "EUR"})  # 42
    said = {"number": "INV-5", "amount": "200.00", "currency": "EUR"}
    case.log("disputed", "2026-10-02", "Says the second round was not ordered", data=said)  # 43
    spent = {"amount": "35.50", "currency": "EUR"}
    case.log("cost", "2026-11-10", "Order for payment, fee", data=spent, exhibits=[receipt])  # 44
    case.log("reminder", "2026-10-20", "INV-5", channel="email", refs={"invoice": "INV-5"})  # 45
    case.log("hours", "2026-11-21", "Draft for December", data={"hours": "3.5"})  # 46
    case.log("note", "2026-11-21", "INTERNALMARKqz", visibility="internal")  # 47
    case.clock.now = NOW
    return case


def made(case: Case, options: StatementOptions = EUROS) -> Statement:
    """Return the statement as of NOW."""
    case.clock.now = NOW
    return statement(case.workspace.docket("acme"), options, NOW)


def until(day: date, currency: str = "EUR", since: date | None = None) -> StatementOptions:
    """Return options for another last day, currency or period."""
    return StatementOptions(currency, since, day, "Ann Berg", PAY_TO)


def padded(markdown: str, title: str, headers: str) -> list[list[str]]:
    """Return the rows of the table under `title` whose headers, parted by `|`, are these."""
    section = markdown.split(f"\n## {title}\n")[1].split("\n## ", maxsplit=1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    found = [[cell.strip() for cell in line[1:-1].split(" | ")] for line in lines]
    wanted = headers.split("|")
    start = next(n for n, row in enumerate(found) if row == wanted)
    ended = [n for n, row in enumerate(found) if n > start and len(row) != len(wanted)]
    return found[start + 2 : ended[0] if ended else None]


def _invoice(case: Case, day: str, number: str, amount: str, due: str, what: str) -> None:
    data = {"number": number, "amount": amount, "currency": "EUR", "due": due}
    case.log("invoice", day, what, data=data)
