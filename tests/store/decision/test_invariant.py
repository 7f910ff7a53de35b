"""What a docket adds up to hangs on no name, no calendar, no currency and no order of logging."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from store.decision import Assessment, assess
from store.decision.facts import MONEY
from store.docket import Docket
from store.entries import Entry, PaymentData
from store.private.model import CheckIn, Private
from store.settings.config import Config
from tests.store.building import TODAY
from tests.store.decision.plans import Plan, essence, many, plans
from tests.store.decision.telling import Story


@many
@given(plans(), st.randoms(use_true_random=False))
def test_the_order_of_logging_changes_nothing(plan: Plan, random: Any) -> None:
    """But where a day holds two things of which one is about the other.

    Of stopping and going on again the later number is the last, and a step that names nothing
    counts for what was open when it was logged.
    """
    plan = replace(plan, steps=[step for step in plan.steps if step[1] not in _open_days(plan)])
    turning = ("stop", "resume", "end-notice")
    turns = {kind: day for kind, day, _ in plan.steps if kind in turning}
    if len(turns) > 1 or any(day in turns.values() for _, day in plan.good):
        plan = replace(plan, steps=[step for step in plan.steps if step[0] not in turning])
    story = plan.story()
    before = essence(story.assessed())
    order = list(range(1, len(story.entries) + 1))
    random.shuffle(order)
    assert essence(reordered(story, order).assessed()) == before


def _open_days(plan: Plan) -> set[int]:
    """Return the days on which something opens or closes that a step may be about."""
    days = {day for kind, day, *_ in plan.incidents if kind in MONEY}
    for asked, answered, _ in plan.requests:
        days |= {asked} | ({answered} if answered is not None else set())
    for due, paid in plan.bills:
        days |= {due, due + 14, max(0, due + 14)} | ({paid} if paid is not None else set())
    return days | {day for kind, day in plan.good if kind.startswith("paid")}


def test_bills_that_are_due_on_one_day_may_be_imported_in_any_order() -> None:
    """Two of the first day, one of them late: either may be the seventh last."""
    story = Story().bill("A", 200, 180).bill("B", 200, 200)
    for number, (due, paid) in enumerate([(160, 150), (120, 110), (80, 80), (60, 60), (40, 40)]):
        story.bill(f"C{number}", due, paid)
    swapped = [1, 4, 5, 2, 3, *range(6, story.next)]
    assert essence(reordered(story, swapped).assessed()) == essence(story.assessed())


def reordered(story: Story, order: list[int]) -> Story:
    """Return the story with its entries logged in another order, each with its new number."""
    number = {old: new for new, old in enumerate(order, start=1)}
    told = Story()
    told.checkins = story.checkins
    told.entries = [_renumbered(story.entries[old - 1], number) for old in order]
    return told


def _renumbered(entry: Entry, number: dict[int, int]) -> Entry:
    links = tuple(replace(one, seq=number[one.seq]) for one in entry.links)
    return entry.changed(seq=number[entry.seq], links=links)


@many
@given(plans(), st.integers(-2000, 2000))
def test_another_name_and_other_days_change_nothing(plan: Plan, shift: int) -> None:
    story = plan.story()
    span = timedelta(days=shift)
    entries = [_shifted(entry, span) for entry in story.entries]
    checkins = tuple(
        CheckIn.model_validate({**dict(one), "at": one.at + span}) for one in story.checkins
    )
    moved = Docket.of("zebra", entries, TODAY + span)
    after = assess(moved, Private(checkins=checkins), Config())
    assert essence(after) == essence(story.assessed())
    assert after.client == "zebra"


def _shifted(entry: Entry, span: timedelta) -> Entry:
    """Return the entry with every date moved, those inside its data too."""
    dates = {name: day + span for name, day in dict(entry.data).items() if isinstance(day, date)}
    return entry.changed(
        occurred_at=entry.occurred_at + span,
        recorded_at=entry.recorded_at + span,
        client="zebra",
        data=entry.data.model_copy(update=dates),
    )


@many
@given(plans(), st.sampled_from(["100", "1000", "0.1"]))
def test_another_currency_and_its_scale_change_nothing(plan: Plan, factor: str) -> None:
    """A hundred yen for each euro: sums are only ever held against sums."""
    story = plan.story()
    by = Decimal(factor)
    euros = Config(target_rate=Decimal(80))
    yen = Config(target_rate=80 * by, currency="JPY")
    told = Story()
    told.checkins = story.checkins
    told.entries = [_exchanged(entry, by) for entry in story.entries]
    assert sums_aside(told.assessed(config=yen)) == sums_aside(story.assessed(config=euros))


def test_a_currency_of_large_units_is_measured_as_exactly() -> None:
    """A third of a dinar an hour against 0.5533: rounded to 0.33, that is under 60 %."""
    told = []
    for by in (1, 100):
        story = Story().add("hours", 40, hours="3").bill("A", due=10, paid=10, amount=str(by))
        told.append(story.assessed(config=Config(target_rate=Decimal("0.5533") * by)))
    assert sums_aside(told[0]) == sums_aside(told[1])


def test_what_lies_between_two_hundredths_is_rounded_alike() -> None:
    """0.215 months at risk: a float makes 0.22 of it in euros, and 0.21 in yen."""
    story, told = Story().bill("A", -4).bill("B", 9), Story()
    told.entries = [_exchanged(entry, Decimal(100)) for entry in story.entries]
    yen = told.assessed(config=Config(currency="JPY"))
    assert sums_aside(yen) == sums_aside(story.assessed())


def sums_aside(found: Assessment) -> tuple[object, ...]:
    """Return all that is weighed, without the words that name an amount."""
    return (
        *(found.verdict, found.score, found.low, found.high, found.kind_points, found.money),
        found.rules,
        tuple((one.name, one.burden, one.evidence) for one in found.factors),
        tuple(one.passed for one in found.tests),
        found.would_change,
        found.robustness,
        found.headline,
    )


def _exchanged(entry: Entry, by: Decimal) -> Entry:
    """Return the entry with every sum in yen, `by` for each euro."""
    data = dict(entry.data)
    changes: dict[str, Any] = {
        name: data[name] * by for name in ("amount", "rate", "price") if data.get(name)
    }
    if data.get("currency"):
        changes["currency"] = "JPY"
    if isinstance(entry.data, PaymentData):
        changes["for_invoices"] = tuple(
            part.model_copy(update={"amount": part.amount * by}) for part in entry.data.for_invoices
        )
    return entry.changed(data=entry.data.model_copy(update=changes))
