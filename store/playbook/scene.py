"""What the playbook reads to find the next steps of one client."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from store.decision.model import Assessment
from store.docket import Docket
from store.docket.blocked import Shift, shifts
from store.docket.items import WorkItem, work_items
from store.docket.open_items import Item, open_items
from store.docket.promised import Promised
from store.entries import Entry
from store.playbook.ladder import PLAIN, Ladder
from store.playbook.step import NextStep
from store.private.model import Private
from store.settings.config import Config
from store.working_days import WorkingDays


@dataclass(frozen=True)
class Scene:
    """What the steps of one client are found in: the docket and its day, and all beside it."""

    docket: Docket
    assessment: Assessment
    config: Config
    private: Private
    ladder: Ladder = PLAIN

    @property
    def today(self) -> date:
        """The day it is."""
        return self.docket.today

    @cached_property
    def working(self) -> WorkingDays:
        """The days that are worked on."""
        return self.config.working

    @cached_property
    def shifts(self) -> tuple[Shift, ...]:
        """The days of mine that their delays have moved, the first first."""
        return shifts(self.docket, self.working)

    @cached_property
    def work_items(self) -> tuple[WorkItem, ...]:
        """The work, item by item."""
        return work_items(self.docket)

    @property
    def leaving(self) -> bool:
        """Whether the verdict is to leave, and notice was not given yet."""
        return self.assessment.verdict == "walk-away" and self.docket.ended is None

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """What is open."""
        return open_items(self.docket)

    def open(self, *sorts: str) -> list[Item]:
        """Return what is open of these sorts, sort by sort."""
        return [item for sort in sorts for item in self._by_sort.get(sort, ())]

    @cached_property
    def _by_sort(self) -> dict[str, list[Item]]:
        found: dict[str, list[Item]] = {}
        for item in self.items:
            found.setdefault(item.sort, []).append(item)
        return found

    @cached_property
    def promised(self) -> Promised:
        """The bills, as promises of the client are about them."""
        return Promised(self.docket)

    @cached_property
    def taken(self) -> list[Entry]:
        """The steps taken so far, oldest first."""
        from store.docket.steps import steps

        return steps(self.docket)

    def step(self, due: date, what: str, why: str, key: str, **more: Any) -> NextStep:
        """Return a step of this client."""
        owed = self._owed.get(more.get("about", ""), "")
        return NextStep(self.docket.client, due, what, why, key, owed=owed, **more)

    @cached_property
    def _owed(self) -> dict[str, str]:
        """What is open of each invoice, by its number."""
        return {item.name: str(item.amount) for item in self.items if item.amount}

    def step_for(
        self,
        item: Item,
        due: date,
        what: str,
        why: str,
        said: Sequence[Entry] = (),
        **more: Any,
    ) -> NextStep:
        """Return a step about what is open; it rests on that, and on the last of what was said."""
        rests_on = (item.seq, *(step.seq for step in said[-3:]))
        key = f"{item.sort}:{item.seq}"
        return self.step(due, what, why, key, about=item.name, evidence=rests_on, **more)

    def in_days(self, day: date, days: int) -> date:
        """Return the day so many days later."""
        return day + timedelta(days=days)

    def decided_since(self, day: date) -> date | None:
        """Return the last day on which something was decided about the client, from `day` on."""
        made = [one.at.date() for one in self.private.decisions if one.at.date() >= day]
        return max(made, default=None)
