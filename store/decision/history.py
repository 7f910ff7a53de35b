"""Past decisions against what followed them, and what the private things remind one of today.

Pure, and as private as the decisions themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final, NamedTuple

from store.decision import Assessment, Rule, Verdict, assess
from store.decision.due import review_due
from store.decision.facts import WEIGHTLESS
from store.docket import Docket
from store.docket.ledger import Invoice
from store.docket.steps import steps
from store.entries import Entry, IncidentData
from store.errors import UsageError
from store.money import Money, totals
from store.private.gut import Gut
from store.private.model import Decision, Private, RestedOn
from store.settings.config import Config

RESETS: Final = 2
"""How often boundaries are set anew: what two did not change, a third will not (advice 59)."""
ASK_AFTER: Final = 90
"""Days after which a decision can be judged, review day or not."""


class Taken(NamedTuple):
    """A step that was taken: its number on the docket, and its kind."""

    seq: int
    kind: str


@dataclass(frozen=True, slots=True)
class After:
    """What a docket holds of the days after `since`, up to and with `until`, as it is known now.

    `incidents`, `payments`, `unpaid` (bills not paid by a due date of these days) and
    `late_answers` (questions not answered by a day of these days) are numbers of entries. `paid`
    and `became_overdue` are one sum per currency, the latter as owed at the end of the due date.
    `verdict` and `score`, 0 to 100, are those of `until`.
    """

    since: date
    until: date
    incidents: tuple[int, ...]
    hours_lost: Decimal
    payments: tuple[int, ...]
    paid: tuple[Money, ...]
    unpaid: tuple[int, ...]
    became_overdue: tuple[Money, ...]
    late_answers: tuple[int, ...]
    steps: tuple[Taken, ...]
    verdict: Verdict
    score: float | None

    @property
    def days(self) -> int:
        """How many days that is."""
        return (self.until - self.since).days


@dataclass(frozen=True, slots=True)
class Followed:
    """One decision, counted from 1 in the order they were made, and what followed it.

    `agreed`: it was what the log said; None where the log said nothing, or the choice is unsure.
    `due`: its review day has come, and it was not looked at since. `ask`: it is time to ask
    whether it was right.
    """

    client: str
    number: int
    decision: Decision
    agreed: bool | None
    after: After
    due: bool
    ask: bool


def followed(docket: Docket, private: Private, config: Config) -> list[Followed]:
    """Return each decision with what followed until the next one, or the docket's day; in order."""
    made = private.decisions
    today = docket.today
    due = review_due(private, today)
    found = []
    for number, one in enumerate(made, start=1):
        since = one.at.date()
        end = made[number].at.date() if number < len(made) else today
        is_due = number == len(made) and due is not None
        old = docket.ended is not None or (today - since).days >= ASK_AFTER
        found.append(
            Followed(
                client=docket.client,
                number=number,
                decision=one,
                agreed=_agreed(one),
                # A clock that was set back gives days that end before they begin.
                after=_after(docket, private, config, since, max(since, end)),
                due=is_due,
                ask=one.right is None and since < today and (is_due or old),
            )
        )
    return found


def _agreed(decision: Decision) -> bool | None:
    if decision.verdict in ("", "not-enough") or decision.choice == "unsure":
        return None
    return decision.choice == decision.verdict


def _after(docket: Docket, private: Private, config: Config, since: date, until: date) -> After:
    then = docket if until == docket.today else docket.as_of(until)
    incidents = [
        entry
        for entry in then.group("incident")
        if entry.day > since and entry.kind not in WEIGHTLESS
    ]
    payments = [one for one in then.ledger.payments if one.day > since]
    unpaid = [
        (one.seq, owed)
        for one in then.ledger.invoices
        if since <= one.due < until and (owed := _owed_when_due(one)).amount > 0
    ]
    late = [
        one.seq
        for one in then.requests
        if since <= one.expected < until and one.days_over(until) > 0
    ]
    assessment = assess(then, private, config)
    return After(
        since=since,
        until=until,
        incidents=tuple(entry.seq for entry in incidents),
        hours_lost=_hours(incidents),
        payments=tuple(one.seq for one in payments),
        paid=tuple(then.ledger.received(since + timedelta(days=1), until)),
        unpaid=tuple(seq for seq, _ in unpaid),
        became_overdue=tuple(totals(owed for _, owed in unpaid)),
        late_answers=tuple(late),
        steps=tuple(Taken(one.seq, one.kind) for one in steps(then) if one.day > since),
        verdict=assessment.verdict,
        score=assessment.score,
    )


def _owed_when_due(invoice: Invoice) -> Money:
    """What was owed of a bill at the end of the day it was due."""
    in_time = sum(
        (part.amount for part in invoice.settlements if part.day <= invoice.due), Decimal(0)
    )
    return invoice.asked - Money(in_time, invoice.amount.currency)


def _hours(incidents: Iterable[Entry]) -> Decimal:
    lost = (one.data.hours for one in incidents if isinstance(one.data, IncidentData))
    return sum((hours for hours in lost if hours is not None), Decimal(0))


def decided(
    choice: Gut,
    assessment: Assessment,
    private: Private,
    *,
    at: datetime,
    why: str,
    review: date | None,
    entries: int,
) -> Decision:
    """Return the decision to keep: the choice with all it rested on, the gut of that day too.

    `entries` is how many are on the docket; `why` is clean text.
    """
    return Decision(
        at=at,
        choice=choice,
        why=why,
        review=review,
        rested_on=rested_on(assessment),
        entries=entries,
        gut=gut_on(private, at.date()),
    )


def exceptable(found: Assessment) -> list[Rule]:
    """Return the rules that speak and can be set aside: that help comes first (R7) cannot.

    An exception to one that is silent would hide what is to come.
    """
    return [rule for rule in found.rules if rule.says != "keep" and rule.id != "R7"]


def exception(client: str, rule: str, until: date, why: str) -> dict[str, Any]:
    """Return the fields of the entry that sets `rule` aside up to and with `until`.

    It is internal: a rule of your own is nothing for a record.
    """
    data = {"rule": rule, "until": until.isoformat()}
    told = {"client": client, "kind": "exception", "statement": why}
    return {**told, "data": data, "visibility": "internal"}


def rested_on(assessment: Assessment) -> RestedOn:
    """Return what is kept of an assessment that a decision rests on."""
    return RestedOn(
        verdict=assessment.verdict,
        score=assessment.score,
        low=assessment.low,
        high=assessment.high,
        coverage=assessment.coverage,
        more_than_the_work=assessment.more_than_the_work,
        rung=assessment.money.rung,
        rules=tuple(rule.id for rule in assessment.rules),
        model=assessment.model,
    )


def gut_on(private: Private, day: date) -> Gut | None:
    """Return what the gut said last on `day`, if it was asked."""
    said = [one.answer for one in private.guts if one.at.date() == day]
    return said[-1] if said else None


def resets(private: Private) -> int:
    """Return how often it was decided to set boundaries (advice 59; RESETS is the rule)."""
    return sum(one.choice == "set-boundaries" for one in private.decisions)


def too_often(choice: Gut | None, private: Private) -> int:
    """Return how often boundaries were set, where to set them once more needs a reason; else 0."""
    had = resets(private)
    return had if choice == "set-boundaries" and had >= RESETS else 0


def check_reset(choice: Gut, why: str, private: Private, how: str = "say why") -> None:
    """Raise UsageError where boundaries would be set a third time without a reason."""
    if not why and (had := too_often(choice, private)):
        raise UsageError(
            f"Boundaries were set {had} times already",
            "two resets are the rule: that is their character, and it stays",
            f"If this time is different, {how}",
        )


def walk_away_said(private: Private) -> date | None:
    """Return the first day the gut or a decision said to walk away, if any did (advice 62)."""
    said = [one.at for one in private.guts if one.answer == "walk-away"]
    said += [one.at for one in private.decisions if one.choice == "walk-away"]
    return min(at.date() for at in said) if said else None
