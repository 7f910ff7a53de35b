"""Turns one public case into a docket: entries through a real workspace, and check-ins.

What a story does not say is left unsaid, but for what an entry must hold: an amount (NOMINAL), a
currency (EUR), a due date (30 days after issue).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from store.docket import Docket
from store.money import CURRENCIES
from store.private.model import CheckIn, Private
from store.workspace import Workspace
from tests.calibration.words import good_day_kind, incident_kind, scale, severity, step_kind

Case = dict[str, Any]
Facts = Mapping[str, Any]
DAY_0 = datetime(2020, 1, 1, 12, tzinfo=UTC)
MONTH = 30.44
TERMS = 30
NOMINAL = Decimal(1000)
"""Stands for an amount the page does not give, so that all such invoices weigh the same."""
MOST_HOURS = 1000


@dataclass(frozen=True)
class Told:
    """One thing a case tells; an answer names by `about` the request it is for."""

    day: int
    kind: str
    words: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    about: int | None = None


@dataclass
class StoryClock:
    """A clock that stands where it is put."""

    now: datetime = DAY_0

    def __call__(self) -> datetime:
        return self.now


def noon(day: int) -> datetime:
    """Return noon of a day of the story."""
    return DAY_0 + timedelta(days=day)


def write_case(root: Path, case: Case) -> tuple[Docket, Private]:
    """Write `case` into a new workspace at `root`; return its docket on the day of decision."""
    facts: Facts = case["facts"]
    clock = StoryClock()
    workspace = Workspace.create(root, clock=clock)
    client = workspace.new_id(str(case.get("id") or "case"))
    today = int(facts["today_day"])
    told = sorted((one for one in tell(facts) if one.day <= today), key=lambda one: one.day)
    start = min([_start(facts, today), *(one.day for one in told)])
    clock.now = noon(start)
    name = str(case.get("title") or client)
    workspace.new_client(client, [workspace.draft(client, "client", data={"name": name})])
    requests: list[int] = []
    for one in told:
        clock.now = noon(one.day)
        links = [] if one.about is None else [{"rel": "answers", "seq": requests[one.about]}]
        draft = workspace.draft(client, one.kind, one.words, data=one.data, links=links)
        entry = workspace.log(draft)
        if one.kind == "request":
            requests.append(entry.seq)
    clock.now = noon(today)
    for checkin in checkins(facts, today):
        workspace.private.add(client, checkin)
    return workspace.docket(client), workspace.private.of(client)


def tell(facts: Facts) -> Iterator[Told]:
    """Yield everything a case tells; of one day, causes before effects."""
    today = int(facts["today_day"])
    currency = _currency(facts)
    rate = facts.get("agreed_rate")
    if isinstance(rate, int | float) and rate > 0:
        yield Told(0, "terms", data={"rate": f"{rate:.2f}", "currency": currency})
    for one in facts.get("incidents") or ():
        data: dict[str, Any] = {"severity": severity(one.get("severity"))}
        if one.get("hours_lost"):
            data["hours"] = f"{min(MOST_HOURS, one['hours_lost']):.2f}"
        if facts.get("own_fault"):
            data["my_share"] = True
        yield Told(_day(one, today), incident_kind(one["kind"]), _note(one), data)
    for one in facts.get("positives") or ():
        yield Told(_day(one, today), good_day_kind(one["kind"]), _note(one))
    for one in facts.get("steps_taken") or ():
        kind = step_kind(one["kind"])
        worked = {"worked": one["worked"]} if one.get("worked") is not None else {}
        yield Told(_day(one, today), kind, _note(one), {} if kind == "note" else worked)
    if facts.get("client_hardship"):
        # The story knows of it on the day of decision; it does not say since when.
        yield Told(today, "circumstance", "hardship on their side")
    yield from _hours(facts, today)
    yield from _invoices(facts, currency)
    yield from _requests(facts)


def checkins(facts: Facts, today: int) -> Iterator[CheckIn]:
    """Yield the check-ins of a case, scaled from 0..4 to 0..10; fit is told once, as of today.

    In a case 4 is a good fit, on a check-in 10 is: the direction is the same, no burden yet.
    """
    for one in facts.get("checkins") or ():
        yield CheckIn(
            at=noon(_day(one, today)),
            stress_client=scale(one.get("stress_from_client")),
            stress_work=scale(one.get("stress_from_work")),
            dread=scale(one.get("dread")),
            version=scale(one.get("eggshells")),
        )
    fit = facts.get("fit") or {}
    communication, vision = scale(fit.get("communication")), scale(fit.get("vision"))
    if communication is not None or vision is not None:
        yield CheckIn(at=noon(today), fit_communication=communication, fit_vision=vision)


def _hours(facts: Facts, today: int) -> Iterator[Told]:
    """Hours as told in sum; those the incidents cost are on the incidents already."""
    lost = sum(float(one.get("hours_lost") or 0) for one in facts.get("incidents") or ())
    work = float(facts.get("work_hours") or 0)
    about = float(facts.get("client_hours") or 0) - lost
    for spent, hours in (("work", work), ("conflict", about)):
        while hours >= 0.01:
            part = min(hours, MOST_HOURS)
            yield Told(today, "hours", data={"hours": f"{part:.2f}", "spent": spent})
            hours -= part


def _invoices(facts: Facts, currency: str) -> Iterator[Told]:
    for number, one in enumerate(facts.get("invoices") or (), start=1):
        issued, due, paid = one.get("issued_day"), one.get("due_day"), one.get("paid_day")
        if issued is None:
            issued = 0 if due is None else due - TERMS
        if due is None:
            due = issued + TERMS
        told = one.get("amount")
        amount = f"{told:.2f}" if isinstance(told, int | float) and told > 0 else str(NOMINAL)
        money = {"amount": amount, "currency": currency}
        bill = {"number": f"INV-{number}", "due": noon(int(due)).date().isoformat()}
        yield Told(int(issued), "invoice", data={**money, **bill})
        if paid is not None:
            settles = [{"invoice": f"INV-{number}", "amount": amount}]
            day = max(int(paid), int(issued))
            yield Told(day, "payment", data={**money, "for_invoices": settles})


def _requests(facts: Facts) -> Iterator[Told]:
    asked = [
        one for one in facts.get("requests_unanswered") or () if one.get("day_asked") is not None
    ]
    asked.sort(key=lambda one: int(one["day_asked"]))
    for one in asked:
        yield Told(int(one["day_asked"]), "request", "a question to the client")
    for index, one in enumerate(asked):
        if one.get("day_answered") is not None:
            day = max(int(one["day_answered"]), int(one["day_asked"]))
            yield Told(day, "answer", about=index)


def _start(facts: Facts, today: int) -> int:
    """The first day of the relation: day 0, or earlier where the story says so."""
    months = facts.get("relationship_months")
    return min(0, today - round(months * MONTH)) if isinstance(months, int | float) else 0


def _day(one: Facts, today: int) -> int:
    return today if one.get("day") is None else int(one["day"])


def _note(one: Facts) -> str:
    """The words of the case; where it has none, the word for what happened."""
    return str(one.get("note") or one.get("kind") or "not told")


def _currency(facts: Facts) -> str:
    told = str(facts.get("currency") or "").upper()
    return told if told in CURRENCIES else "EUR"
