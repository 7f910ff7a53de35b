"""When to ask for a check-in: one in three inbound messages, weekly, never twice in a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest

from store.entries import Entry
from store.private.checkin_due import checkin_due, dreads_twice, inbound
from store.private.model import CheckIn, Private
from store.settings.config import Config
from tests.store.building import NOON, TODAY, entry

ASKS = f"{3:032x}"
PASSES = f"{4:032x}"


def told(seq: int, *, id: str = ASKS, kind: str = "abuse", **fields: Any) -> Entry:  # noqa: A002
    return entry(seq, kind, 0, channel="email", id=id, **fields)


def felt(*days: int, dread: int | None = None) -> Private:
    checkins = (
        CheckIn(at=NOON - timedelta(days=day), stress_client=5, dread=dread) for day in days
    )
    return Private(checkins=tuple(checkins))


def due(
    one: Entry,
    before: Iterable[Entry] = (),
    private: Private | None = None,
    config: Config | None = None,
) -> bool:
    return checkin_due(one, before, private or Private(), NOON, config or Config())


@pytest.mark.parametrize(
    ("kind", "channel", "source", "is_inbound"),
    [
        ("abuse", "email", "witnessed", True),
        ("thanks", "chat", "witnessed", True),
        ("answer", "phone", "witnessed", True),
        ("abuse", "meeting", "witnessed", False),
        ("abuse", None, "witnessed", False),
        ("abuse", None, "message", True),
        ("note", None, "message", True),
        ("note", "email", "witnessed", False),
        ("note", "email", "message", False),
        ("request", "email", "message", False),
        ("message", "email", "message", True),
        ("abuse", "letter", "message", True),
        ("request", "email", "witnessed", False),
        ("reminder", "email", "message", False),
    ],
)
def test_what_tells_of_a_message_of_theirs(
    kind: str, channel: str | None, source: str, is_inbound: bool
) -> None:
    assert inbound(entry(2, kind, 0, channel=channel, source=source)) is is_inbound


def test_one_in_three_inbound_messages_asks() -> None:
    asked = [due(told(2, id=f"{number:032x}")) for number in range(300)]
    assert asked.count(True) == 100
    assert not due(entry(2, "abuse", 0, channel="meeting", id=ASKS))


def test_any_id_will_do() -> None:
    assert due(told(2, id="ó")) in (True, False)


@pytest.mark.parametrize(
    ("seq", "private", "asks"),
    [
        (4, Private(), False),
        (5, Private(), True),
        (2, felt(7), True),
        (2, felt(6), False),
        (9, felt(30, 6), False),
        (9, felt(6, 30), False),
        (9, felt(30, 7), True),
    ],
)
def test_a_week_without_a_check_in_asks(seq: int, private: Private, asks: bool) -> None:
    assert due(entry(seq, "note", 0), private=private) is asks


def test_never_twice_in_a_day() -> None:
    assert not due(told(9), private=felt(0))
    assert not due(told(9), [told(8)])
    assert not due(entry(9, "note", 0), [entry(8, "note", 0)])
    assert not due(told(3), [told(2, id=PASSES), told(1)])
    assert due(told(3), [told(2, id=PASSES)])


def test_what_was_asked_yesterday_is_asked_again() -> None:
    assert due(told(9), [entry(8, "abuse", 1, channel="email", id=ASKS)])


def test_a_day_ends_where_the_user_is() -> None:
    early = told(8, recorded_at=(NOON - timedelta(hours=13)).isoformat())
    assert due(told(9), [early])
    assert due(told(9), private=Private(checkins=(CheckIn(at=NOON - timedelta(hours=13)),))) is True


def test_it_can_be_turned_off() -> None:
    assert due(told(9))
    assert not due(told(9), config=Config(ask_checkin=False))


@pytest.mark.parametrize(
    ("days", "dread", "twice"),
    [
        ((0,), 9, False),
        ((0, 14), 6, True),
        ((0, 15), 9, False),
        ((0, 14), 5, False),
        ((3, 3), 6, True),
        ((15, 16), 9, False),
        ((-1, 0), 9, False),
    ],
)
def test_two_values_of_dread_within_two_weeks(
    days: tuple[int, ...], dread: int, twice: bool
) -> None:
    assert dreads_twice(felt(*days, dread=dread), TODAY) is twice


def test_a_check_in_without_dread_is_none() -> None:
    assert not dreads_twice(felt(0, 1), TODAY)
