"""The way without models writes what the models would, and refuses nothing by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from store.dates import Precision
from store.docket.checks import check_alone, needs_docket
from store.entries import KINDS, Channel, Draft, Source, Visibility
from store.entries.plain import PLAIN_FIELDS, plain_fields
from store.errors import UsageError
from tests.examples import together

GROUPS = ("incident", "good-day", "circumstance", "step", "note")
PLAIN_KINDS = sorted(
    kind.id for kind in KINDS.values() if kind.group in GROUPS and kind.shape in PLAIN_FIELDS
)

TEXTS = st.text(
    st.characters() | st.sampled_from("\x1b[]\r\n\t\u202e\ud800\x9bé\u0301"), max_size=30
)
MOMENTS = st.datetimes(
    min_value=datetime(1969, 12, 30),
    max_value=datetime(2027, 1, 1),
    timezones=st.timezones() | st.just(UTC) | st.just(timezone(timedelta(hours=-3, minutes=-30))),
)
HOURS = st.decimals(min_value="0.01", max_value=1000, places=2)
INCIDENT_DATA = st.fixed_dictionaries({}, optional={"severity": st.integers(1, 3), "hours": HOURS})


@st.composite
def arguments(draw: st.DrawFn) -> dict[str, Any]:
    """Return what `docket log` may be told of a plain entry."""
    kind = draw(st.sampled_from(PLAIN_KINDS))
    incident = KINDS[kind].group == "incident"
    said = st.fixed_dictionaries(
        {
            "client": st.from_regex(r"[a-z0-9][a-z0-9-]{0,39}", fullmatch=True),
            "kind": st.just(kind),
            "occurred_at": MOMENTS,
        },
        optional={
            "precision": st.sampled_from(get_args(Precision)),
            "zone": TEXTS,
            "author": TEXTS,
            "source": st.sampled_from(get_args(Source)),
            "channel": st.sampled_from(get_args(Channel)),
            "statement": TEXTS,
            "quotes": st.lists(TEXTS.map(lambda text: {"text": text}), max_size=3).map(tuple),
            "refs": st.dictionaries(st.sampled_from(["project", "invoice"]), TEXTS),
            "visibility": st.sampled_from(get_args(Visibility)),
            "data": INCIDENT_DATA if incident else st.just({}),
        },
    )
    return draw(said)


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 5),
    st.floats(),
    TEXTS,
    st.sampled_from(["", "acme", "Acme", "a" * 41, "acme\n", "2026-11-21", "x" * 1_001]),
    st.sampled_from(["note", "payment", "answer", "void", "late_payment", "abuse"]),
    st.datetimes(),
    st.decimals(),
    st.sampled_from([[], (), {}, [{}], [{"text": 1}], [{"text": "x", "by": "me"}], ["x"]]),
    st.sampled_from([{"severity": v} for v in (0, 1, 4, True, 1.0, "2", None)]),
    st.sampled_from([{"hours": v} for v in (1, 0.5, "1.50", None, Decimal("1.5"), Decimal(0))]),
    st.sampled_from([{"hours": Decimal(v)} for v in ("NaN", "Infinity", "1000.01", "1E+2")]),
    st.sampled_from([{"my_share": True}, {"amount": "1"}, {"invoice": None}, {"project": 1}]),
)
NAMES = st.sampled_from([*Draft.model_fields, "seq", "id", "what"])


NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def by_the_models(raw: dict[str, Any]) -> dict[str, Any] | None:
    """Return the fields that a Draft gives, or None where it or a check of any docket refuses."""
    try:
        draft = Draft.model_validate(raw)
        check_alone(draft, NOW)
        return draft.fields()
    except (ValidationError, UsageError):
        return None


@given(arguments())
def test_plain_entries_are_what_the_models_make_of_them(raw: dict[str, Any]) -> None:
    assert plain_fields(raw, NOW) == by_the_models(raw)


@given(arguments(), st.dictionaries(NAMES, ODD, min_size=1, max_size=3), st.sets(NAMES, max_size=2))
def test_whatever_is_odd_is_left_to_the_models(
    raw: dict[str, Any], odd: dict[str, Any], gone: set[str]
) -> None:
    raw = {name: value for name, value in (raw | odd).items() if name not in gone}
    assert plain_fields(raw, NOW) in (None, by_the_models(raw))


@pytest.mark.parametrize("name", ["statement", "zone", "author"])
def test_text_that_is_too_long_is_left_to_the_models(name: str) -> None:
    moment = datetime(2026, 11, 21, tzinfo=UTC)
    raw = {"client": "acme", "kind": "note", "occurred_at": moment, "statement": "x"}
    assert plain_fields({**raw, name: "x" * 1_000}, NOW) is not None
    assert plain_fields({**raw, name: "x" * 100_001}, NOW) is None
    assert by_the_models({**raw, name: "x" * 100_001}) is None


@together(KINDS)
def test_only_kinds_that_stand_by_themselves_are_plain(kind: str) -> None:
    raw: dict[str, Any] = {
        "client": "acme",
        "kind": kind,
        "occurred_at": datetime(2026, 11, 21, tzinfo=UTC),
        "statement": "x",
    }
    assert (plain_fields(raw, NOW) is not None) == (kind in PLAIN_KINDS)
    if kind in PLAIN_KINDS:
        assert not needs_docket(Draft.model_validate(raw))
    assert PLAIN_FIELDS.get(KINDS[kind].shape, frozenset()) <= set(KINDS[kind].data.model_fields)
