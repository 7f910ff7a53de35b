"""The statement of account: what one client owes in one currency, and why, for their bookkeeper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from store.docket import Docket
from store.money import Money
from store.records.document import Document, Section
from store.records.markdown import Md, front_matter
from store.records.statement import sections as parts
from store.records.statement.figures import Figures, StatementOptions

_SECTIONS: tuple[tuple[str, Callable[[Figures], Md]], ...] = (
    ("Who and when", parts.parties),
    ("Total due", parts.due),
    ("How to pay", parts.how_to_pay),
    ("Account", parts.lines),
    ("Invoices and payments", parts.invoices),
    ("How late", parts.ageing),
    ("In dispute", parts.disputed),
    ("Interest", parts.interest),
    ("Fixed sums for late payment", parts.fixed),
    ("Costs", parts.costs),
    ("Reminders", parts.reminders),
    ("Work not yet billed", parts.unbilled),
    ("Notes", parts.notes),
)


@dataclass(frozen=True, slots=True)
class Statement(Document):
    """A document and the figures in it."""

    figures: Figures

    @property
    def name(self) -> str:
        """What to call its file, without an ending."""
        options = self.figures.options
        return f"{options.until}_{self.figures.docket.client}_statement_{options.currency}"


def statement(docket: Docket, options: StatementOptions, now: datetime) -> Statement:
    """Return the statement of account of `docket`.

    Pure: the same arguments give the same bytes. Raises what `Figures.of` raises.
    """
    figures = Figures.of(docket, options)
    made = [(title, make(figures)) for title, make in _SECTIONS]
    return Statement(
        front=_front(figures, now),
        title=_title(figures),
        sections=tuple(Section(title, body) for title, body in made if body),
        figures=figures,
    )


def _title(figures: Figures) -> str:
    return f"Statement of account: {figures.who.name}"


def _front(figures: Figures, now: datetime) -> Md:
    who, options = figures.who, figures.options
    return front_matter(
        {
            "title": _title(figures),
            "client": who.contract_name or who.name,
            "prepared_by": options.prepared_by,
            "prepared_at": now.isoformat(timespec="seconds"),
            "currency": options.currency,
            "from": figures.first.isoformat(),
            "to": options.until.isoformat(),
            "closing_balance": str(Money(figures.account.closing, options.currency).rounded()),
            "total_due": str(figures.total_due.rounded()),
        }
    )
