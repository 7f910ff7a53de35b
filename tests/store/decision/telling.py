"""A docket told in a few words: what happened, how many days ago, and the assessment of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Self

from store.config import Config
from store.decision import Assessment, Rule, assess
from store.docket import Docket
from store.entries import Entry
from store.private import CheckIn, Private
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

    def ask(self, day: int, answered: int | None = None) -> Self:
        """Add a request, and its answer."""
        self.add("request", day)
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

    def feel(self, day: int, **answers: int) -> Self:
        """Add a check-in."""
        at = datetime.combine(TODAY - timedelta(days=day), time(12), UTC)
        self.checkins.append(CheckIn.model_validate({"at": at, **answers}))
        return self

    def docket(self, today: date = TODAY) -> Docket:
        """Return the docket of it."""
        return Docket.of("acme", self.entries, today)

    def assessed(self, today: date = TODAY, config: Config | None = None) -> Assessment:
        """Return the assessment of it."""
        private = Private(checkins=tuple(self.checkins))
        return assess(self.docket(today), private, config or Config())


def rule(assessment: Assessment, rule_id: str) -> Rule | None:
    """Return the rule `rule_id` if it speaks."""
    return next((one for one in assessment.rules if one.id == rule_id), None)
