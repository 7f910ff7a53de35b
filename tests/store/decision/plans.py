"""Dockets made at random: a plan says what happened with a client, and tells it as a story."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from store.decision import VERDICTS, Assessment, Verdict
from store.entries import KINDS
from tests.examples import examples
from tests.store.decision.telling import Story

many: Callable[[Any], Any] = examples(60)

INCIDENTS = sorted(
    k.id for k in KINDS.values() if k.group == "incident" and k.id != "high-standard"
)
STEPS = sorted(k.id for k in KINDS.values() if k.shape == "StepData")
GOOD = sorted(kind.id for kind in KINDS.values() if kind.group == "good-day")
HARDSHIPS = sorted(kind.id for kind in KINDS.values() if kind.group == "circumstance")
RULES = ("R1", "R2", "R3", "R4", "R5", "R6", "R9", "R10", "R13", "R14")
TYPICAL = (
    "abuse",
    "blame",
    "complaint",
    "contract-breach",
    "late-payment",
    "micro-change",
    "no-reply",
    "non-payment",
    "pay-later",
    "threat",
)
"""One kind of each sort that the factors and the rules tell apart."""
EDGES = (0, 3, 4, 7, 8, 14, 30, 31, 35, 45, 46, 60, 61, 90, 180, 181, 365, 366, 730)
"""Days on which something lapses or begins to count."""
BEGAN = (10, 29, 45, 200, 400, 800)
"""Days the client is known: new, young, of some months, of a year, of years."""
SEVERITIES = st.integers(1, 3)


@dataclass(frozen=True)
class Plan:
    """Everything a docket is made of; days count back from TODAY, negative ones lie ahead."""

    began: int
    touched: bool
    hours: list[tuple[int, int, str]]
    incidents: list[tuple[str, int, int, bool]]
    steps: list[tuple[str, int, bool | None]]
    good: list[tuple[str, int]]
    bills: list[tuple[int, int | None]]
    requests: list[tuple[int, int | None, int | None]]
    promises: list[tuple[str, int, int, str]]
    hardships: list[tuple[str, int]]
    exceptions: list[tuple[str, int, int]]
    feelings: list[tuple[int, int, int, int, int]]
    rate: int | None
    within: int | None

    def story(self) -> Story:
        """Tell it."""
        story = Story(began=self.began)
        if self.rate:
            story.add("terms", self.began, rate=str(self.rate), currency="EUR")
        if self.within:
            story.add("terms", self.began, reply_within_days=self.within)
        if self.touched:
            story.add("note", 0)
        self._tell_what_happened(story)
        self._tell_what_was_agreed(story)
        for day, client, work, dread, fit in self.feelings:
            story.feel(day, stress_client=client, stress_work=work, dread=dread, fit_vision=fit)
        return story

    def _tell_what_happened(self, story: Story) -> None:
        for day, hours, spent in self.hours:
            story.add("hours", day, hours=str(hours), spent=spent)
        for kind, day, severity, mine in self.incidents:
            story.add(kind, day, severity=severity, my_share=mine)
        for kind, day, worked in self.steps:
            story.add(kind, day, **({} if worked is None else {"worked": worked}))
        for kind, day in self.good + self.hardships:
            story.add(kind, day)

    def _tell_what_was_agreed(self, story: Story) -> None:
        for number, (due, paid) in enumerate(self.bills):
            story.bill(f"B{number}", due, paid)
        for asked, answered, needed in self.requests:
            story.ask(asked, answered, needed)
        for by, made, due, outcome in self.promises:
            story.promise(made, due, by=by)
            if outcome:
                story.settle(story.next - 1, outcome, max(0, min(made, due)))
        for rule_id, day, length in self.exceptions:
            story.exempt(rule_id, day, day - length)


KINDS_OF_INCIDENT = st.sampled_from(TYPICAL) | st.sampled_from(INCIDENTS)


def days_within(began: int) -> st.SearchStrategy[int]:
    """Return days of the last `began`, those on an edge more often."""
    edges = [day for day in EDGES if day <= began]
    return st.sampled_from(edges) | st.integers(0, min(began, 60)) | st.integers(0, began)


@st.composite
def plans(draw: st.DrawFn, *, touched: bool | None = None, hardships: bool = True) -> Plan:
    """Return plans, half of them of a few sorts of entry only, so that no rule drowns the rest.

    `touched` fixes whether something was logged today.
    """
    began = draw(st.sampled_from(BEGAN))
    days = days_within(began)
    parts = _parts(days, began) if hardships else {**_parts(days, began), "hardships": st.just([])}
    told = draw(st.just(set(parts)) | st.sets(st.sampled_from(sorted(parts)), max_size=4))
    return Plan(
        began=began,
        touched=draw(st.booleans()) if touched is None else touched,
        rate=draw(st.sampled_from([None, 50])),
        within=draw(st.sampled_from([None, None, 1, 30])),
        **{name: draw(part) if name in told else [] for name, part in parts.items()},
    )


def _parts(days: st.SearchStrategy[int], began: int) -> dict[str, st.SearchStrategy[Any]]:
    """Return what the lists of a plan may hold, by name."""
    mine = st.sampled_from([False, False, False, True])
    spent = st.sampled_from(["work", "work", "chase"])
    worked = st.sampled_from([None, True, False])
    by = st.sampled_from(["client", "client", "me"])
    outcome = st.sampled_from(["", "kept", "broken"])
    ahead = st.integers(0, 60)
    answers = st.none() | days
    felt = [st.integers(0, 10)] * 4
    rows = {
        "hours": (st.tuples(days, st.integers(1, 40), spent), 3),
        "incidents": (st.tuples(KINDS_OF_INCIDENT, days, SEVERITIES, mine), 6),
        "steps": (st.tuples(st.sampled_from(STEPS), days, worked), 5),
        "good": (st.tuples(st.sampled_from(GOOD), days), 4),
        "bills": (st.tuples(st.integers(-14, began), answers).map(_paid_after_it_was_sent), 7),
        "requests": (st.tuples(days, answers, st.none() | ahead).map(_in_order), 4),
        "promises": (st.tuples(by, days, ahead, outcome).map(_due_after), 3),
        "hardships": (st.tuples(st.sampled_from(HARDSHIPS), days), 1),
        "exceptions": (st.tuples(st.sampled_from(RULES), days, st.integers(0, 90)), 1),
        "feelings": (st.tuples(days, *felt), 2),
    }
    return {name: st.lists(row, max_size=most) for name, (row, most) in rows.items()}


def _due_after(promise: tuple[str, int, int, str]) -> tuple[str, int, int, str]:
    by, made, length, outcome = promise
    return by, made, made - length, outcome


def _in_order(request: tuple[int, int | None, int | None]) -> tuple[int, int | None, int | None]:
    """Put the answer after the question, and the day it is needed so many days after that."""
    first, second, within = request
    asked = first if second is None else max(first, second)
    answered = None if second is None else min(first, second)
    return asked, answered, None if within is None else asked - within


def _paid_after_it_was_sent(bill: tuple[int, int | None]) -> tuple[int, int | None]:
    due, paid = bill
    return (due, None if paid is None else min(paid, due + 14, max(0, due + 14)))


def rank(verdict: Verdict) -> int:
    """Return how grave a verdict is, from 0; too little on record asks for as little as keeping."""
    return 0 if verdict == "not-enough" else VERDICTS.index(verdict)


def no_milder(before: Story, after: Story) -> bool:
    """Whether the verdict after is at least as grave as the one before."""
    return rank(after.weighed().verdict) >= rank(before.weighed().verdict)


def essence(assessment: Assessment) -> tuple[object, ...]:
    """Everything but the numbers of entries, which follow the order of logging."""
    return (
        assessment.verdict,
        assessment.score,
        assessment.low,
        assessment.high,
        assessment.money.rung,
        assessment.kind_points,
        tuple((factor.name, factor.burden, factor.detail) for factor in assessment.factors),
        tuple((rule.id, rule.verdict, rule.reason) for rule in assessment.rules),
        assessment.would_change,
        assessment.headline,
    )
