"""A docket told in a few words: what happened, how many days ago, and the assessment of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Self

from store.decision import Assessment, Rule, assess
from store.decision.timeline import Timeline, read_timeline
from store.decision.verdict import weighed_on
from store.decision.weigh import Weighed
from store.docket import Docket
from store.entries import Entry
from store.private.model import CheckIn, Private
from store.settings.config import Config
from tests.store import building
from tests.store.building import TODAY


class Story:
    """Entries of one client, added in order; days count back from TODAY."""

    def __init__(self, began: int = 400) -> None:
        self.entries: list[Entry] = []
        self.checkins: list[CheckIn] = []
        self.add("client", began, name="Acme")

    def add(self, kind: str, day: int, **data: Any) -> Self:
        """Add an entry of `kind`, `day` days ago."""
        self.entries.append(building.entry(self.next, kind, day, data=data))
        return self

    @property
    def next(self) -> int:
        """The number the next entry gets."""
        return len(self.entries) + 1

    def bill(self, number: str, due: int, paid: int | None = None, amount: str = "100") -> Self:
        """Add an invoice sent 14 days before it was due, and its payment."""
        self.entries.append(building.invoice(self.next, due + 14, due, number, amount))
        if paid is not None:
            self.entries.append(building.payment(self.next, paid, amount, **{number: amount}))
        return self

    def ask(self, day: int, answered: int | None = None, needed: int | None = None) -> Self:
        """Add a request, needed by `needed` days back (negative: ahead), and its answer."""
        by = {} if needed is None else {"needed_by": (TODAY - timedelta(days=needed)).isoformat()}
        self.add("request", day, **by)
        if answered is not None:
            link: tuple[Any, int] = ("answers", self.next - 1)
            self.entries.append(building.entry(self.next, "answer", answered, link=link))
        return self

    def promise(self, made: int, due: int, outcome: str = "", by: str = "client") -> Self:
        """Add a promise due in `due` days back from TODAY (negative: ahead), kept or broken."""
        day = (TODAY - timedelta(days=due)).isoformat()
        self.add("promise", made, by=by, due=day)
        if outcome:
            link: tuple[Any, int] = ({"kept": "keeps", "broken": "breaks"}[outcome], self.next - 1)
            entry = building.entry(self.next, f"promise-{outcome}", min(made, due), link=link)
            self.entries.append(entry)
        return self

    def pay(self, day: int, amount: str = "100", **parts: str) -> Self:
        """Add a payment; `parts` maps invoices to what they get, the oldest open one by default."""
        self.entries.append(building.payment(self.next, day, amount, **parts))
        return self

    def answer(self, seq: int, day: int = 0) -> Self:
        """Add the answer to request number `seq`."""
        self.entries.append(building.entry(self.next, "answer", day, link=("answers", seq)))
        return self

    def settle(self, seq: int, outcome: str, day: int = 0) -> Self:
        """Add what came of promise number `seq`: kept or broken."""
        link: tuple[Any, int] = ({"kept": "keeps", "broken": "breaks"}[outcome], seq)
        self.entries.append(building.entry(self.next, f"promise-{outcome}", day, link=link))
        return self

    def exempt(self, rule_id: str, day: int, until: int) -> Self:
        """Add an exception to a rule, whose last day is `until` days back (negative: ahead)."""
        last = (TODAY - timedelta(days=until)).isoformat()
        data = {"rule": rule_id, "until": last}
        entry = building.entry(self.next, "exception", day, data=data, visibility="internal")
        self.entries.append(entry)
        return self

    def void(self, seq: int, day: int = 0) -> Self:
        """Withdraw entry number `seq`."""
        self.entries.append(building.entry(self.next, "void", day, link=("voids", seq)))
        return self

    def feel(self, day: int, **answers: int) -> Self:
        """Add a check-in."""
        at = datetime.combine(TODAY - timedelta(days=day), time(12), UTC)
        self.checkins.append(CheckIn.model_validate({"at": at, **answers}))
        return self

    def docket(self, today: date = TODAY) -> Docket:
        """Return the docket of it."""
        return Docket.of("acme", self.entries, today)

    @property
    def private(self) -> Private:
        """The private things about it."""
        return Private(checkins=tuple(self.checkins))

    def timeline(self, today: date = TODAY, config: Config | None = None) -> Timeline:
        """Return the timeline of it."""
        return read_timeline(self.docket(today), self.private, config or Config())

    def weighed(self, today: date = TODAY, config: Config | None = None) -> Weighed:
        """Return what the assessment rests on, without its words: quick enough for thousands."""
        config = config or Config()
        return weighed_on(self.timeline(today, config), today, config.policy)[1]

    def assessed(self, today: date = TODAY, config: Config | None = None) -> Assessment:
        """Return the assessment of it."""
        return assess(self.docket(today), self.private, config or Config())


def rule(assessment: Assessment, rule_id: str) -> Rule | None:
    """Return the rule `rule_id` if it speaks."""
    return next((one for one in assessment.rules if one.id == rule_id), None)
