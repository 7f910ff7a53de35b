"""Short ways to build entries, dockets and workspaces in tests, with time under control."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from store.docket import Docket
from store.entries import Entry, Kind, Relation
from store.workspace import Workspace

TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@dataclass
class FixedClock:
    """A clock that stands until it is moved."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def move(self, **span: float) -> None:
        """Step forward, or back with negative spans."""
        self.now += timedelta(**span)


def entry(
    seq: int,
    kind: str,
    day: date | int,
    statement: str = "",
    *,
    data: Mapping[str, Any] | None = None,
    link: tuple[Relation, int] | None = None,
    **fields: Any,
) -> Entry:
    """Return entry number `seq`, occurred on `day` (or that many days before TODAY)."""
    on = TODAY - timedelta(days=day) if isinstance(day, int) else day
    at = datetime.combine(on, time(9), UTC)
    if link:
        fields["links"] = [{"rel": link[0], "seq": link[1], "id": "", "reason": ""}]
    return Entry.read(
        seq,
        f"{seq:064x}",
        {
            "client": "acme",
            "kind": kind,
            "occurred_at": at.isoformat(),
            "recorded_at": (at + timedelta(minutes=10)).isoformat(),
            "id": f"{seq:032x}",
            "statement": statement or f"{kind} happened",
            "data": dict(data or {}),
            **fields,
        },
    )


_BY_NAME: Mapping[str, Any] = {
    "name": "Acme",
    "number": "INV-1",
    "of_invoice": "INV-1",
    "amount": "10",
    "currency": "EUR",
    "due": "2026-12-01",
    "hours": "1.5",
    "by": "client",
    "worked": "no",
    "likely": 8,
    "rule": "R1",
    "until": "2026-12-01",
    "percent": "8",
    "starts": "2026-01-01",
    "source": "clause 7",
    "bands": [{"at_least": "0", "amount": "40"}],
    "parts": [{"due": "2026-12-01", "amount": "10"}],
    "changes": {"statement": "y"},
}


def needed_data(kind: Kind, **data: Any) -> dict[str, Any]:
    """Return the data that an entry of `kind` cannot do without, `data` before it."""
    fields = kind.data.model_fields.items()
    return {name: _BY_NAME[name] for name, field in fields if field.is_required()} | data


def docket(entries: Iterable[Entry], today: date = TODAY) -> Docket:
    """Return the docket `acme` of these entries."""
    return Docket.of("acme", entries, today)


def invoice(seq: int, day: int, due: int, number: str, amount: str = "100") -> Entry:
    """Return an invoice in euros; `day` and `due` count back from TODAY."""
    due_day = (TODAY - timedelta(days=due)).isoformat()
    data = {"number": number, "amount": amount, "currency": "EUR", "due": due_day}
    return entry(seq, "invoice", day, f"Invoice {number}", data=data)


def payment(seq: int, day: int, amount: str, **parts: str) -> Entry:
    """Return a payment in euros; `parts` maps invoice numbers to what they get."""
    data = {
        "amount": amount,
        "currency": "EUR",
        "for_invoices": [{"invoice": n.replace("_", "-"), "amount": a} for n, a in parts.items()],
    }
    return entry(seq, "payment", day, "Paid", data=data)


def workspace(root: Path, clock: FixedClock | None = None) -> Workspace:
    """Return a new workspace under `root` with a client `acme` (terms: EUR, net14, 2 days)."""
    made = Workspace.create(root / "work", clock=clock or FixedClock())
    made.new_client(
        "acme",
        [
            made.draft("acme", "client", "", data={"name": "Acme Média"}),
            made.draft(
                "acme",
                "terms",
                "By mail",
                data={"currency": "EUR", "payment": "net14", "reply_within_days": 2},
            ),
        ],
    )
    return made
