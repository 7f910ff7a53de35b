"""What the program says of one docket, whole: verdicts, steps, money, what is open, refusals."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from pydantic import BaseModel

from store.decision import assess, assessment_json
from store.decision.history import followed
from store.decision.trend import trend
from store.docket import Docket
from store.docket.account import account
from store.docket.blocked import blocks
from store.docket.checks import check_against, check_alone
from store.docket.handover import handovers
from store.docket.hours import hours_spent
from store.docket.interest import interest
from store.docket.items import work_items
from store.docket.open_items import open_items
from store.docket.repairs import plans
from store.docket.steps import outcomes, subjects
from store.docket.weeks import weeks
from store.entries import Draft
from store.errors import UsageError
from store.overview.portfolio import Assessed, portfolio
from store.playbook.next_steps import next_steps
from store.playbook.scene import Scene
from store.working_days import WorkingDays
from tests.kept.dockets import TODAY, Made

BACK: Final = (0, 30, 200)
"""The days before TODAY as of which a docket is assessed."""
_HELD: Final = 12
"""Lists of more than so many are kept by their ends."""


def told(made: Made) -> dict[str, Any]:
    """Return all that is said of a docket, by what it is, as JSON values."""
    docket = made.docket()
    said: dict[str, Any] = {
        f"decide {day}": assessment_json(assess(docket.as_of(day), made.private, made.config))
        for day in (TODAY - timedelta(days=back) for back in BACK)
    }
    assessment = assess(docket, made.private, made.config)
    said["trend"] = trend(docket, made.private, made.config)
    said["followed"] = followed(docket, made.private, made.config)
    scene = Scene(docket, assessment, made.config, made.private)
    said["steps"] = [(s.key, s.due, s.rank, s.under, s.evidence) for s in next_steps(scene)]
    whole = portfolio([Assessed(docket, assessment, made.private)], made.config, TODAY)
    said["portfolio"] = whole
    said |= _money(docket) | _open(docket, made.config.working)
    said["judged"] = [_judged(draft, docket) for draft in made.probes]
    return {name: plain(one) for name, one in said.items()}


def _money(docket: Docket) -> dict[str, Any]:
    books, rates = docket.ledger, docket.late_terms.rates
    currencies = sorted({one.amount.currency for one in books.invoices})
    return {
        "invoices": [
            (
                one.number,
                one.balance,
                one.settled_on,
                one.settlements,
                _interest(docket, one, rates),
            )
            for one in books.invoices
        ],
        "payments": books.payments,
        "lumps": books.lumps,
        "accounts": [_account(docket, currency) for currency in currencies],
    }


def _interest(docket: Docket, invoice: Any, rates: Any) -> Any:
    return interest(invoice, rates, docket.today).amount


def _account(docket: Docket, currency: str) -> Any:
    found = account(docket, currency, docket.today - timedelta(days=40))
    return found.opening, found.closing, found.ageing, found.charges_paid, found.credit


def _open(docket: Docket, working: WorkingDays) -> dict[str, Any]:
    return {
        "open": open_items(docket),
        "items": work_items(docket),
        "handovers": handovers(docket),
        "requests": docket.requests,
        "promises": docket.promises,
        "subjects": subjects(docket),
        "outcomes": outcomes(docket),
        "plans": [(p.about, [s.seq for s in p.steps], p.landed, p.by) for p in plans(docket)],
        "blocks": blocks(docket),
        "hours": hours_spent(docket, 90),
        "weeks": weeks(docket, working),
    }


def _judged(draft: Draft, docket: Docket) -> Any:
    """Return how a draft would be logged, or why it is refused."""
    try:
        check_alone(
            draft, datetime.combine(docket.today, datetime.max.time(), draft.occurred_at.tzinfo)
        )
        found = check_against(draft, docket)
    except UsageError as error:
        return str(error)
    return [found.visibility, found.links]


def plain(value: Any) -> Any:
    """Return a value as JSON has it."""
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, BaseModel):
        return plain(value.model_dump(mode="json"))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = dataclasses.fields(value)
        return {one.name: plain(getattr(value, one.name)) for one in fields}
    if isinstance(value, list | tuple | set | frozenset):
        return [
            plain(one) for one in (sorted(value) if isinstance(value, set | frozenset) else value)
        ]
    if isinstance(value, date | Decimal):
        return str(value)
    return value


def difference(before: Any, after: Any, where: str = "") -> str:
    """Return the first thing that is not as it was, with where it stands; nothing if all is."""
    return next(_differences(before, after, where), "")


def _differences(before: Any, after: Any, where: str) -> Iterator[str]:
    if isinstance(before, dict) and isinstance(after, dict):
        for name in (*before, *(one for one in after if one not in before)):
            yield from _differences(before.get(name), after.get(name), f"{where}/{name}")
    elif isinstance(before, list) and isinstance(after, list):
        for at, (one, other) in enumerate(zip(before, after, strict=False)):
            yield from _differences(one, other, f"{where}/{at}")
        if len(before) != len(after):
            yield f"{where}: {len(before)} before, {len(after)} now"
    elif before != after or type(before) is not type(after):
        yield f"{where}: {before!r} before, {after!r} now"
