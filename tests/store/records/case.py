"""A seeded case: a year with one client, logged through a workspace with the clock moved along."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from store.docket import read_entry
from store.entries import Entry
from store.journal import random_id
from store.records import Purpose, Record, RecordOptions, dispute_record
from store.workspace import Workspace
from tests.store.building import FixedClock

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
MARKS = {
    "internal": "INTERNALMARKqz",
    "settlement": "SETTLEMENTMARKqz",
    "private": "PRIVATEMARKqz",
}
EXHIBIT = b"%PDF signed agreement\n"
OPTIONS = RecordOptions("court", None, None, "Ann Berg")


class Case:
    """A workspace with the docket `acme`, and a short way to log on it."""

    def __init__(
        self, root: Path, name: str = "Acme Média", entropy: Callable[[], str] = random_id
    ) -> None:
        self.clock = FixedClock(datetime(2026, 3, 1, 9, 0, tzinfo=UTC))
        self.workspace = Workspace.create(root / "work", clock=self.clock, entropy=entropy)
        client = self.workspace.draft(
            "acme", "client", data={"name": name}, author="Ann Berg", zone="UTC"
        )
        self.workspace.new_client("acme", [client])

    @classmethod
    def reopened(cls, case: Case) -> Case:
        """Return the same case with nothing of it in memory."""
        again = cls.__new__(cls)
        again.clock = case.clock
        again.workspace = Workspace.open(case.workspace.root, clock=case.clock)
        return again

    def log(
        self,
        kind: str,
        day: str,
        statement: str = "",
        *,
        recorded: str = "",
        link: tuple[str, int] | None = None,
        reason: str = "",
        data: Mapping[str, Any] | None = None,
        **fields: Any,
    ) -> Entry:
        """Log an entry that occurred on `day`, recorded that noon or at noon of `recorded`."""
        noon = datetime.fromisoformat(f"{recorded or day}T12:00:00+00:00")
        self.clock.now = noon
        if link:
            fields["links"] = [{"rel": link[0], "seq": link[1], "reason": reason}]
        return self.workspace.log(
            self.workspace.draft(
                "acme",
                kind,
                statement,
                occurred_at=f"{day}T10:30:00+00:00",
                precision="minute",
                author="Ann Berg",
                data=dict(data or {}),
                **{"zone": "UTC", **fields},
            )
        )

    def exhibit(self, content: bytes, name: str) -> dict[str, Any]:
        """Keep a file as the workspace does and return how an entry names it."""
        sha256 = hashlib.sha256(content).hexdigest()
        folder = self.workspace.root / "exhibits"
        folder.mkdir(mode=0o700, exist_ok=True)
        (folder / sha256).write_bytes(content)
        return {"sha256": sha256, "name": name, "size": len(content)}

    def record(self, purpose: Purpose = "court", *, by: str = "Ann Berg", **options: Any) -> Record:
        """Return the record as of NOW; `options` are those of RecordOptions."""
        self.clock.now = NOW
        lines = list(self.workspace.file("acme").lines)
        docket = self.workspace.docket("acme")
        days = {"since": options.pop("since", None), "until": options.pop("until", None)}
        chosen = RecordOptions(purpose, prepared_by=by, **days, **options)
        return dispute_record(docket, lines, chosen, NOW)

    def entries(self) -> list[Entry]:
        """Return every entry as the journal holds it."""
        return [read_entry(line) for line in self.workspace.file("acme").lines]


def full_case(root: Path, name: str = "Acme Média") -> Case:
    """Return a case with at least one entry for every section of the record."""
    case = Case(root, name)
    paper = case.exhibit(EXHIBIT, "Agreement 2026.PDF")
    terms = {
        "currency": "EUR",
        "rate": "85",
        "payment": "net14",
        "reply_within_days": 2,
        "revisions": 2,
        "scope": "Twelve posts a month",
        "form": "signed",
    }
    case.log("terms", "2026-03-02", "Signed at their office.", data=terms, exhibits=[paper])  # 2
    case.log("expectations", "2026-03-03", "Sent the first-contact sheet.", channel="email")  # 3
    case.log("delivery", "2026-03-20", "Posts for March", data={"where": "Drive"})  # 4
    case.log("acceptance", "2026-03-21", "Fine.", data={"by": "Jo"}, link=("accepts", 4))  # 5
    case.log("hours", "2026-03-21", "Posts", data={"hours": "12.50"})  # 6
    _invoice(case, "2026-04-01", "INV-1", "1000.00", "2026-04-15")  # 7
    case.log("payment", "2026-04-15", "Paid", data={"amount": "1000.00", "currency": "EUR"})  # 8
    _invoice(case, "2026-05-01", "INV-2", "1250.50", "2026-05-15")  # 9
    case.log("payment", "2026-05-26", "Paid", data={"amount": "400.25", "currency": "EUR"})  # 10
    asked = {"needed_by": "2026-06-05"}
    case.log("request", "2026-06-01", "Logo files, please", data=asked)  # 11
    case.log("answer", "2026-06-14", "Sent half of them", link=("answers", 11))  # 12
    case.log("request", "2026-06-20", "The other half")  # 13
    quote = {"text": "Keep going, I'll pay you\neventually.", "by": "client"}
    case.log("pay-later", "2026-07-01", "Asked to go on", quotes=[quote], channel="phone")  # 14
    case.log("advice-overridden", "2026-07-02", "Advised A; they chose B.")  # 15
    owed = {"by": "client", "due": "2026-07-31"}
    case.log("promise", "2026-07-03", "Will pay INV-2", data=owed)  # 16
    case.log("promise-broken", "2026-08-01", "Nothing came", link=("breaks", 16))  # 17
    mine = {"by": "me", "due": "2026-07-10"}
    case.log("promise", "2026-07-04", "Draft of the plan", data=mine)  # 18
    case.log("promise-kept", "2026-07-13", "Sent it", link=("keeps", 18))  # 19
    case.log("rework", "2026-07-20", "My typo", data={"my_share": True, "hours": "1"})  # 20
    case.log("complaint", "2026-07-21", "Said the colours were off", recorded="2026-07-30")  # 21
    case.log("reminder", "2026-08-02", "Wrote about INV-2", data={"worked": False})  # 22
    case.log("notice", "2026-08-20", "Formal notice of INV-2", channel="letter")  # 23
    case.log("repair-offer", "2026-08-25", "Offered instalments", data={"worked": False})  # 24
    case.log("hours", "2026-08-26", "June posts", data={"hours": "3"})  # 25
    _invoice(case, "2026-09-01", "INV-3", "90000", "2026-09-15", "JPY")  # 26
    _invoice(case, "2026-11-20", "INV-4", "500.00", "2026-12-04")  # 27
    case.log("thanks", "2026-09-02", "Liked the pictures")  # 28
    case.log("no-reply", "2026-09-03", "No answer on the logo")  # 29
    fixed = {"changes": {"statement": "No answer about the logo files"}}
    case.log("amendment", "2026-09-04", data=fixed, link=("amends", 29), reason="Too short")  # 30
    case.log("addendum", "2026-09-05", "Called twice that day", link=("adds-to", 29))  # 31
    case.log("blame", "2026-09-06", "Wrong client")  # 32
    case.log("void", "2026-09-07", "Meant another docket", link=("voids", 32))  # 33
    case.log("excuse", "2026-09-10", "Said the bank was slow", refs={"invoice": "INV-2"})  # 34
    case.log("note", "2026-09-11", f"For me: {MARKS['internal']}", visibility="internal")  # 35
    case.log("offer", "2026-09-12", f"{MARKS['settlement']} 800", visibility="settlement")  # 36
    case.clock.now = NOW
    return case


def _invoice(
    case: Case, day: str, number: str, amount: str, due: str, currency: str = "EUR"
) -> None:
    data = {"number": number, "amount": amount, "currency": currency, "due": due}
    case.log("invoice", day, f"Sent {number}", data=data)


def days(count: int) -> timedelta:
    """Return a span of days."""
    return timedelta(days=count)


TODAY: date = NOW.date()
