"""Checks a whole statement of account."""

from __future__ import annotations

from store.recheck.journal import Journal

from . import statement_parts as parts
from .compare import Findings, Reckoned
from .markdown import read
from .statement import Statement


def check_statement(where: str, text: str, journal: Journal, found: Findings) -> None:
    """Check a whole statement."""
    document = read(text)
    made = Statement(document, journal)
    sections = {
        "Parties and period": parts.who(made),
        "Total" if made.total < 0 else "Total due": parts.total(made),
        "Account": parts.lines(made),
        "Invoices and payments": parts.invoices(made),
        "VAT": parts.taxes(made),
        "Instalments": parts.instalments(made),
        "Ageing": parts.ageing(made),
        "In dispute": parts.dispute(made),
        "Interest": parts.interest(made),
        "Fixed compensation": parts.fixed(made),
        "Costs of recovery": parts.costs(made),
        "Reminders": parts.reminders(made),
        "Work not yet billed": parts.unbilled(made),
        "Withdrawn": parts.withdrawn(made),
        "Notes": parts.notes(made),
        "How to pay": Reckoned(),
    }
    for title, mine_ in sections.items():
        section = document.section(title)
        if section:
            found.section(f"{where}: {title}", section, mine_)
        elif mine_.tables or mine_.lines:
            found.wrong(where, f"there is no section '{title}'")
    for one in document.sections[1:]:
        if one.level > 1 and one.title not in sections:
            found.wrong(where, f"a section that nothing was reckoned for: '{one.title}'")
