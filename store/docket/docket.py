"""One client's entries folded into what is true on a day: the pure view all the rest reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from store.docket.ledger import Invoice, Ledger, ledger
from store.docket.standing import Standing, standing
from store.docket.tracking import Promise, Request, blocked_days, promises, requests
from store.entries import (
    ClientData,
    Entry,
    Group,
    HoursClass,
    HoursData,
    TermsData,
)
from store.money import Money, totals


@dataclass(frozen=True)
class Docket:
    """One client's docket as of a day; nothing that occurred after `today` is seen.

    `entries` is the whole log in order of number, corrections included. `counted` is what still
    says something: not voided, amendments applied. Everything else is derived from it on demand.
    """

    client: str
    entries: tuple[Entry, ...]
    today: date

    @classmethod
    def of(cls, client: str, entries: Iterable[Entry], today: date) -> Docket:
        """Return the docket of `client` as of `today`."""
        return cls(client, tuple(entries), today)

    def as_of(self, day: date) -> Docket:
        """Return the same docket as of another day."""
        return Docket(self.client, self.entries, day)

    @cached_property
    def standing(self) -> tuple[Standing, ...]:
        """Every entry that had occurred by `today`, with its corrections, in order of number."""
        return tuple(one for one in standing(self.entries) if one.entry.day <= self.today)

    @cached_property
    def counted(self) -> tuple[Entry, ...]:
        """Entries that count, oldest occurrence first."""
        counting = (
            one.entry
            for one in self.standing
            if one.counts and (one.entry.group != "correction" or one.entry.kind == "late-entry")
        )
        return tuple(sorted(counting, key=lambda entry: (entry.occurred_at, entry.seq)))

    def group(self, *groups: Group) -> list[Entry]:
        """Entries that count and belong to one of `groups`, oldest first."""
        return [entry for entry in self.counted if entry.group in groups]

    def kind(self, *kinds: str) -> list[Entry]:
        """Entries that count and are of one of `kinds`, oldest first."""
        return [entry for entry in self.counted if entry.kind in kinds]

    def find(self, seq: int) -> Standing | None:
        """Return entry number `seq` as it stands, if there is one by `today`."""
        return next((one for one in self.standing if one.seq == seq), None)

    @cached_property
    def profile(self) -> ClientData:
        """Who the client is; the id stands in where no entry says."""
        for entry in reversed(self.counted):
            if isinstance(entry.data, ClientData):
                return entry.data
        return ClientData(name=self.client)

    @property
    def name(self) -> str:
        """The client's name."""
        return self.profile.name

    @cached_property
    def terms(self) -> TermsData:
        """What is agreed: each later entry of terms replaces the fields it names."""
        agreed: dict[str, object] = {}
        for entry in self.counted:
            if isinstance(entry.data, TermsData):
                agreed.update(entry.data.model_dump(exclude_none=True))
        return TermsData.model_validate(agreed)

    @cached_property
    def ledger(self) -> Ledger:
        """Invoices and payments."""
        return ledger(self.counted)

    @cached_property
    def overdue(self) -> list[Invoice]:
        """Invoices owed after their due date, oldest first."""
        return self.ledger.overdue(self.today)

    @cached_property
    def overdue_totals(self) -> list[Money]:
        """What is overdue, one sum per currency."""
        return totals(invoice.balance for invoice in self.overdue)

    @cached_property
    def requests(self) -> tuple[Request, ...]:
        """Everything asked of the client, oldest first."""
        return requests(self.counted, self.terms.reply_within_days)

    @cached_property
    def open_requests(self) -> list[Request]:
        """Requests with no answer yet."""
        return [request for request in self.requests if request.answered is None]

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        """Promises of both sides, by due date."""
        return promises(self.counted)

    @cached_property
    def blocked_days(self) -> int:
        """Days that work was blocked by answers that were overdue."""
        return blocked_days(self.requests, self.today)

    def hours(self, days: int | None = None) -> dict[HoursClass, Decimal]:
        """Hours by class, in the last `days` days or ever; an incident's hours count as conflict.

        Incidents of rework count as rework, of silence as chase (SEEDS rows 13, 22 and 41).
        """
        since = self.today - timedelta(days=days) if days else date.min
        spent: dict[HoursClass, Decimal] = {}
        for entry in self.counted:
            if entry.day < since:
                continue
            for kind, hours in _hours_of(entry):
                spent[kind] = spent.get(kind, Decimal(0)) + hours
        return spent

    @cached_property
    def started(self) -> date | None:
        """The first day anything is recorded to have occurred."""
        return self.counted[0].day if self.counted else None

    @cached_property
    def last_touch(self) -> date | None:
        """The last day anything is recorded to have occurred."""
        return self.counted[-1].day if self.counted else None

    @cached_property
    def stopped(self) -> Entry | None:
        """The step that stopped work, while no later one resumed it (SEEDS row 36)."""
        turns = self.kind("stop", "resume")
        return turns[-1] if turns and turns[-1].kind == "stop" else None

    @cached_property
    def ended(self) -> Entry | None:
        """The notice that ended it, unless work was taken up again later (SEEDS row 84)."""
        turns = self.kind("end-notice", "resume", "repeat-work")
        return turns[-1] if turns and turns[-1].kind == "end-notice" else None


_INCIDENT_HOURS: dict[str, HoursClass] = {
    "rework": "rework",
    "micro-change": "rework",
    "no-reply": "chase",
    "late-reply": "chase",
    "late-payment": "chase",
    "non-payment": "chase",
    "approval-block": "wait",
    "access-withheld": "wait",
    "no-show": "wait",
}


def _hours_of(entry: Entry) -> Sequence[tuple[HoursClass, Decimal]]:
    if isinstance(entry.data, HoursData):
        return [(entry.data.spent, entry.data.hours)]
    lost = getattr(entry.data, "hours", None)
    if entry.group == "incident" and isinstance(lost, Decimal):
        return [(_INCIDENT_HOURS.get(entry.kind, "conflict"), lost)]
    return []
