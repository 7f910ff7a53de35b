"""All clients side by side: strain, share of income, runway without each, and who sent whom.

Pure, and as private as the assessments in it. It weighs nothing: what a client brings in stands
beside the verdict and never changes it (advice 11).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Final, Literal, NamedTuple

from store.decision import VERDICTS, Assessment, Stage, Verdict
from store.decision.due import review_due
from store.docket import Docket
from store.docket.repairs import plans
from store.money import Money, totals
from store.private.model import Private
from store.settings.config import Config
from store.text import fold

SPAN: Final = 182
"""Days whose payments count as income: the day itself and the 181 before it."""
MONTHS: Final = 6
"""That span in months."""
FOR_RUNWAY: Final = ("savings", "monthly_costs")
"""The settings without which no runway can be told."""

Runway = Decimal | Literal["covered"] | None
"""Months the savings last, to a tenth, rounded down, 999.9 at the most; None if it is unknown."""


_TENTH: Final = Decimal("0.1")
_LONGEST: Final = Decimal("999.9")


class Assessed(NamedTuple):
    """What is known of a client; the docket and the assessment are of the same day."""

    docket: Docket
    assessment: Assessment
    private: Private


class Repairs(NamedTuple):
    """How many repairs were tried of which the outcome is known, and how many of them landed.

    `kept` counts the clients of those that landed with whom it has not ended (advice 72).
    """

    tried: int = 0
    landed: int = 0
    partly: int = 0
    kept: int = 0


class Abreast(NamedTuple):
    """What is set beside other clients: so little of a docket that all fit in memory at once.

    `started` is None where nothing had happened yet, `paid` is what came in that counts as income.
    """

    id: str
    name: str
    started: date | None
    ended: date | None
    verdict: Verdict
    provisional: bool
    excepted: tuple[str, ...]
    score: float | None
    money: Stage
    paid: tuple[Money, ...]
    overdue: tuple[Money, ...]
    review: date | None
    referred_by: str
    repairs: Repairs

    @classmethod
    def of(cls, one: Assessed, day: date) -> Abreast:
        """Return what is to be told of one client."""
        docket, found = one.docket, one.assessment
        return cls(
            id=docket.client,
            name=docket.name,
            started=docket.started or (day if docket.standing else None),
            ended=docket.ended.day if docket.ended else None,
            verdict=found.verdict,
            provisional=found.provisional,
            excepted=tuple(rule.id for rule in found.exceptions),
            score=found.score,
            money=found.money.rung,
            paid=tuple(_paid(docket, day)),
            overdue=tuple(docket.overdue_totals),
            review=_review(one.private, docket.today),
            referred_by=one.private.referred_by,
            repairs=_repairs(docket),
        )


class Income(NamedTuple):
    """What came in from one client in one currency, and its share, 0 to 1, of all in it."""

    money: Money
    share: float


@dataclass(frozen=True, slots=True)
class Client:
    """One client beside the others; `score` is the rank, 0 to 100, None while nothing is known.

    `income` has a part for each currency. `runway` is without this client, and None for one with
    whom it ended on the day `ended`. `review` is the day, now come, to look at the last decision
    again. `referred_by` and `sent` are ids; `wary` says what speaks against the one who sent them.
    """

    id: str
    name: str
    verdict: Verdict
    provisional: bool
    excepted: tuple[str, ...]
    score: float | None
    money: Stage
    income: tuple[Income, ...]
    overdue: tuple[Money, ...]
    runway: Runway
    ended: date | None
    review: date | None
    referred_by: str
    wary: Literal["ended", "walk-away"] | None
    sent: tuple[str, ...]

    @property
    def order(self) -> tuple[bool, float, int, str, str]:
        """Ex-clients last; most strain first, then the graver verdict, then by name and id."""
        strain = -1.0 if self.score is None else self.score
        grave = VERDICTS.index(self.verdict) if self.verdict in VERDICTS else -1
        return (self.ended is not None, -strain, -grave, fold(self.name), self.id)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """All clients in order on a day; `income` and `overdue` are those of all, one sum per currency.

    `currency` is that of the runway, `lacks` the settings it wants; `began` is the first day on
    record.
    """

    day: date
    clients: tuple[Client, ...]
    income: tuple[Money, ...]
    overdue: tuple[Money, ...]
    currency: str
    lacks: tuple[str, ...]
    began: date | None
    repairs: Repairs

    @property
    def since(self) -> date:
        """The first day whose payments count."""
        return _first(self.day)

    @property
    def current(self) -> tuple[Client, ...]:
        """The clients you work for."""
        return tuple(one for one in self.clients if one.ended is None)

    @property
    def former(self) -> tuple[Client, ...]:
        """The clients with whom it ended."""
        return tuple(one for one in self.clients if one.ended is not None)

    def find(self, client: str) -> Client | None:
        """Return what is said of the client with that id, if anything is."""
        return next((one for one in self.clients if one.id == client), None)


def portfolio(assessed: Iterable[Assessed], config: Config, day: date) -> Portfolio:
    """Return clients side by side as of `day`; no docket is needed any more once it was looked at.

    One of whom nothing had happened yet is left out.
    """
    return side_by_side((Abreast.of(one, day) for one in assessed), config, day)


def side_by_side(clients: Iterable[Abreast], config: Config, day: date) -> Portfolio:
    """Return clients side by side as of `day`.

    Shares are of what all of them paid. The runway counts on current clients only, for an
    ex-client pays no more, and on the config's currency only, for nothing is converted.
    """
    by_id = {one.id: one for one in clients if one.started}
    whole = totals(money for one in by_id.values() for money in one.paid)
    counted_on = {
        client: sum((m.amount for m in one.paid if m.currency == config.currency), Decimal(0))
        for client, one in by_id.items()
        if one.ended is None
    }
    sent: dict[str, list[str]] = {}
    for client, one in sorted(by_id.items()):
        sent.setdefault(one.referred_by, []).append(client)
    found = [
        _client(
            one,
            income=_shares(one.paid, whole),
            runway=_runway(client, counted_on, config),
            source=by_id.get(one.referred_by),
            sent=tuple(sent.get(client, ())),
        )
        for client, one in by_id.items()
    ]
    return Portfolio(
        day=day,
        clients=tuple(sorted(found, key=lambda one: one.order)),
        income=tuple(whole),
        overdue=tuple(totals(money for one in found for money in one.overdue)),
        currency=config.currency,
        lacks=tuple(name for name in FOR_RUNWAY if getattr(config, name) is None),
        began=min((one.started for one in by_id.values() if one.started), default=None),
        repairs=Repairs(*map(sum, zip(*(one.repairs for one in by_id.values()), strict=True))),
    )


def _repairs(docket: Docket) -> Repairs:
    known = [plan.landed for plan in plans(docket) if plan.landed is not None]
    landed = known.count("yes")
    kept = landed > 0 and docket.ended is None
    return Repairs(len(known), landed, known.count("partly"), int(kept))


def wary(ended: object, verdict: Verdict) -> Literal["ended", "walk-away"] | None:
    """Return what speaks against whom a client sends: like attracts like (advice 74).

    `ended` is when it ended with that client, if it did.
    """
    if ended is not None:
        return "ended"
    return "walk-away" if verdict == "walk-away" else None


def _client(
    one: Abreast,
    *,
    income: tuple[Income, ...],
    runway: Runway,
    source: Abreast | None,
    sent: tuple[str, ...],
) -> Client:
    return Client(
        id=one.id,
        name=one.name,
        verdict=one.verdict,
        provisional=one.provisional,
        excepted=one.excepted,
        score=one.score,
        money=one.money,
        income=income,
        overdue=one.overdue,
        runway=runway,
        ended=one.ended,
        review=one.review,
        referred_by=one.referred_by,
        wary=wary(source.ended, source.verdict) if source else None,
        sent=sent,
    )


def _first(day: date) -> date:
    return day - timedelta(days=SPAN - 1)


def _paid(docket: Docket, day: date) -> list[Money]:
    return docket.ledger.received(_first(day), day)


def _shares(paid: Sequence[Money], whole: Sequence[Money]) -> tuple[Income, ...]:
    all_of = {money.currency: money.amount for money in whole}
    return tuple(Income(money, float(money.amount / all_of[money.currency])) for money in paid)


def _runway(client: str, counted_on: Mapping[str, Decimal], config: Config) -> Runway:
    """Savings over what the others' average month leaves of the costs; ex-clients have none."""
    if client not in counted_on or config.savings is None or config.monthly_costs is None:
        return None
    others = sum((paid for one, paid in counted_on.items() if one != client), Decimal(0))
    # Both times MONTHS, so that no third of a cent stands between covered and not.
    missing = config.monthly_costs * MONTHS - others
    if missing <= 0:
        return "covered"
    return min(config.savings * MONTHS / missing, _LONGEST).quantize(_TENTH, ROUND_DOWN)


def _review(private: Private, day: date) -> date | None:
    """The review day that is due, as the private file stood on `day`: it may be one long past."""
    known = tuple(
        one.model_copy(update={"right_at": None})
        if one.right_at and one.right_at.date() > day
        else one
        for one in private.decisions
        if one.at.date() <= day
    )
    return review_due(private.model_copy(update={"decisions": known}), day)
