"""The literal answer: is the client more than the work? Four plain tests."""

from __future__ import annotations

from store.decision.arithmetic import share_earned
from store.decision.facts import Facts
from store.decision.model import Answer, LiteralTest

STRESSFUL = 5
DREADFUL = 6
POOR = 0.6


def literal_tests(facts: Facts) -> tuple[LiteralTest, ...]:
    """Return the four tests, each passed, not passed, or None where it cannot be told."""
    return (_hours(facts), _stress(facts), _dread(facts), _rate(facts))


def literal_answer(tests: tuple[LiteralTest, ...]) -> Answer:
    """Return yes when two tests pass, cannot-tell when fewer than two are known, else no."""
    if sum(test.passed is True for test in tests) >= 2:
        return "yes"
    if sum(test.passed is not None for test in tests) < 2:
        return "cannot-tell"
    return "no"


def literal_sentence(facts: Facts, tests: tuple[LiteralTest, ...], with_hours: float) -> str:
    """Return the answer as one sentence with what it rests on (advice 38 and 41).

    `with_hours` is the share known, 0 to 1, if a week of hours were logged; said where none are.
    """
    answer = {"yes": "Yes", "no": "No", "cannot-tell": "Cannot tell yet"}[literal_answer(tests)]
    known = [test for test in tests if test.passed is not None]
    passed = sum(test.passed is True for test in known)
    signs = f"{passed} of {len(known)} known signs say yes" if known else "no sign is known"
    if facts.hours is not None:
        about, on = f"{facts.hours.about:g} h", f"{facts.hours.on:g} h"
        return f"{answer}: {signs}. In 90 days they took {about} beside {on} on the work."
    week = f"a week of hours, on the work and about them, would make {with_hours:.0%} known"
    return f"{answer}: {signs}. No hours on the work are logged; {week}."


def client_to_work_ratio(facts: Facts) -> float | None:
    """Return hours about the client for each hour on the work; None where no work is logged."""
    return None if facts.hours is None else round(facts.hours.about / facts.hours.on, 2)


def _hours(facts: Facts) -> LiteralTest:
    label = "The client takes as many hours as the work"
    if facts.hours is None:
        return LiteralTest(label, None, "no hours on the work logged in 90 days")
    detail = f"{facts.hours.about:g} h about the client, {facts.hours.on:g} h on the work"
    return LiteralTest(label, facts.hours.about >= facts.hours.on, detail)


def _stress(facts: Facts) -> LiteralTest:
    label = "The client stresses you more than the work, and much"
    if facts.stress is None:
        return LiteralTest(label, None, "no check-in with both in 45 days")
    client, work = facts.stress
    passed = client >= STRESSFUL and client > work
    return LiteralTest(label, passed, f"{client:.1f} against {work:.1f}")


def _dread(facts: Facts) -> LiteralTest:
    label = "You dread their messages"
    if facts.message_dread is None:
        return LiteralTest(label, None, "no check-in about dread in 45 days")
    detail = f"{facts.message_dread:.1f} out of 10"
    return LiteralTest(label, facts.message_dread >= DREADFUL, detail)


def _rate(facts: Facts) -> LiteralTest:
    label = "An hour earns less than 60 % of what it should"
    if facts.earned is None or facts.target is None:
        return LiteralTest(label, None, "needs invoices, hours and a target rate")
    detail = f"{facts.earned:.2f} against {facts.target:.2f}"
    return LiteralTest(label, share_earned(facts.earned, facts.target) < POOR, detail)
