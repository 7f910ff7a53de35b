"""What is private: both formats of the file, and every way to change and forget what is in it."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import DocketError, UsageError
from store.private.file import PrivateFile
from store.private.model import (
    CheckIn,
    Decision,
    GutAnswer,
    Private,
    RestedOn,
)
from store.private.tables import PRIVATE_FORMAT
from tests.store.building import NOON

RESTED = RestedOn(
    verdict="stop-work",
    score=61.2,
    low=40.5,
    high=70.25,
    coverage=0.55,
    more_than_the_work="yes",
    rung="unheard",
    rules=("R1", "R4"),
)
LATER = NOON + timedelta(days=90)

_zones = st.integers(-12 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
_moments = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=_zones)
_at = _moments.map(lambda at: at.isoformat())
_texts = st.text(max_size=20)
_answers = st.sampled_from(["keep", "set-boundaries", "stop-work", "walk-away", "unsure"])
_first_checkin = st.fixed_dictionaries(
    {"at": _at},
    optional={
        **{name: st.integers(0, 10) for name in ("stress_client", "stress_work", "dread")},
        "note": _texts,
    },
)
_first_decision = st.fixed_dictionaries(
    {"at": _at, "choice": _answers},
    optional={
        "why": _texts,
        "review": st.dates().map(str),
        "verdict": _answers,
        "score": st.floats(0, 100).map(lambda score: round(score, 1)),
        "entries": st.integers(0, 10_000),
    },
)
_first_client = st.fixed_dictionaries(
    {},
    optional={
        "checkins": st.lists(_first_checkin, max_size=3),
        "guts": st.lists(st.fixed_dictionaries({"at": _at, "answer": _answers}), max_size=3),
        "decisions": st.lists(_first_decision, max_size=3),
    },
)
_first_format = st.fixed_dictionaries(
    {"clients": st.dictionaries(st.sampled_from(["acme", "bolt", "c"]), _first_client)},
    optional={"format": st.just(1)},
)
"""What a Docket that knew format 1 could have written; it left the number out."""


@pytest.fixture
def kept(tmp_path: Path) -> PrivateFile:
    """A private file that is not there yet."""
    return PrivateFile(tmp_path / "private.json")


@given(_first_format)
def test_a_file_of_format_1_is_read_and_becomes_format_3_when_it_is_next_written(
    tmp_path_factory: pytest.TempPathFactory, content: dict[str, Any]
) -> None:
    path = tmp_path_factory.mktemp("first") / "private.json"
    raw = json.dumps(content, ensure_ascii=False).encode()
    path.write_bytes(raw)
    clients = content["clients"]
    before = {client: PrivateFile(path).of(client) for client in clients}
    for client, told in clients.items():
        assert before[client] == Private.model_validate_json(json.dumps(told))
        assert not any(one.rested_on or one.right for one in before[client].decisions)
    assert path.read_bytes() == raw, "reading writes nothing"

    PrivateFile(path).add("new", GutAnswer(at=NOON, answer="keep"))
    written = json.loads(path.read_bytes())
    assert written["format"] == PRIVATE_FORMAT == 3
    assert path.read_bytes().startswith(b'{"format":3,'), "where an older Docket looks for it"
    for client, told in clients.items():
        assert PrivateFile(path).of(client) == before[client]
        for table in ("checkins", "guts", "decisions"):
            rows = [one for one in written.get(table, {}).values() if one["client"] == client]
            assert rows == [{"client": client, **one} for one in told.get(table, [])]
    assert "clients" not in written


def test_the_format_is_written_even_where_nothing_else_is(kept: PrivateFile) -> None:
    kept.add("acme", GutAnswer(at=NOON, answer="keep"))
    kept.erase("acme")
    assert kept.path.read_bytes() == b'{"format":3}'


def test_a_decision_comes_back_with_all_it_rested_on(kept: PrivateFile) -> None:
    made = Decision(
        at=NOON, choice="keep", why="rent", review=date(2026, 12, 1), rested_on=RESTED, gut="unsure"
    )
    kept.add("acme", made)
    (again,) = PrivateFile(kept.path).of("acme").decisions
    assert again == made
    assert again.rested_on == RESTED
    assert (again.verdict, again.score) == ("stop-work", 61.2)


def test_what_it_rested_on_has_the_say_over_older_fields(kept: PrivateFile) -> None:
    told = {"at": NOON.isoformat(), "choice": "keep", "verdict": "keep", "score": 3.0}
    told["rested_on"] = RESTED.model_dump(mode="json")
    kept.path.write_text(json.dumps({"format": 2, "clients": {"acme": {"decisions": [told]}}}))
    (one,) = kept.of("acme").decisions
    assert (one.verdict, one.score) == ("stop-work", 61.2)


@pytest.fixture
def three(kept: PrivateFile) -> PrivateFile:
    """Three check-ins and three decisions about acme, and one decision about bolt."""
    for number in (1, 2, 3):
        at = NOON + timedelta(days=number)
        kept.add("acme", CheckIn(at=at, dread=number))
        kept.add("acme", Decision(at=at, choice="keep", why=f"reason {number}"))
    kept.add("bolt", Decision(at=NOON, choice="unsure"))
    return kept


def test_a_decision_is_judged_and_may_be_judged_again(three: PrivateFile) -> None:
    before = three.of("acme")
    judged = three.judge("acme", 2, "no", "It only\x1b[31m got worse\u202e ", LATER)
    assert three.of("acme").decisions == (before.decisions[0], judged, before.decisions[2])
    assert (judged.why, judged.right, judged.right_at) == ("reason 2", "no", LATER)
    assert judged.right_why == "It only got worse<U+202E>"
    three.judge("acme", 2, "partly", "", LATER + timedelta(days=1))
    again = PrivateFile(three.path).of("acme").decisions[1]
    assert (again.right, again.right_why, again.right_at) == (
        "partly",
        "",
        LATER + timedelta(days=1),
    )
    assert three.of("acme").checkins == before.checkins
    assert three.of("bolt").decisions[0].right is None


def test_a_check_in_is_forgotten_by_its_number(three: PrivateFile) -> None:
    assert three.forget_checkin("acme", 2).dread == 2
    assert [one.dread for one in three.of("acme").checkins] == [1, 3]
    assert three.forget_checkin("acme", 2).dread == 3
    assert three.forget_checkin("acme", 1).dread == 1
    assert three.of("acme").checkins == ()
    assert len(three.of("acme").decisions) == 3


@pytest.mark.parametrize("number", [-1, 0, 4, 10**30])
def test_a_number_that_is_not_there_says_what_is(three: PrivateFile, number: int) -> None:
    before = three.path.read_bytes()
    with pytest.raises(UsageError) as judging:
        three.judge("acme", number, "yes", "", LATER)
    assert f"acme has no decision {number}: 3 decisions are kept" in str(judging.value)
    assert "docket decisions acme" in str(judging.value)
    with pytest.raises(UsageError) as forgetting:
        three.forget_checkin("acme", number)
    assert f"acme has no check-in {number}: 3 check-ins are kept" in str(forgetting.value)
    assert "docket checkin acme --list" in str(forgetting.value)
    assert three.path.read_bytes() == before


def test_a_number_of_a_client_nothing_is_kept_about(three: PrivateFile) -> None:
    with pytest.raises(UsageError, match="bolt has no decision 2: 1 decision is kept"):
        three.judge("bolt", 2, "yes", "", LATER)
    with pytest.raises(UsageError, match="cafe has no check-in 1: 0 check-ins are kept"):
        three.forget_checkin("cafe", 1)


def test_a_reason_too_long_changes_nothing(three: PrivateFile) -> None:
    before = three.path.read_bytes()
    with pytest.raises(UsageError, match="The reason is too long"):
        three.judge("acme", 1, "yes", "x" * 100_001, LATER)
    assert three.path.read_bytes() == before


def test_who_sent_a_client_is_kept_and_forgotten(kept: PrivateFile) -> None:
    kept.set_referred_by("bolt", "acme")
    kept.set_referred_by("cafe", "acme")
    assert PrivateFile(kept.path).of("bolt").referred_by == "acme"
    kept.set_referred_by("cafe", "")
    assert kept.of("cafe") == Private()
    with pytest.raises(UsageError, match="acme cannot have sent themselves"):
        kept.set_referred_by("acme", "acme")
    assert kept.knows("acme") and kept.knows("bolt") and not kept.knows("cafe")


def test_erasing_forgets_one_client_and_if_asked_whom_they_sent(kept: PrivateFile) -> None:
    for client, source in (("bolt", "acme"), ("cafe", "acme"), ("dune", "bolt"), ("acme", "dune")):
        kept.set_referred_by(client, source)
    kept.add("acme", CheckIn(at=NOON, dread=9))
    kept.add("bolt", CheckIn(at=NOON, dread=1))
    kept.erase("acme")
    assert kept.of("acme") == Private()
    assert kept.of("bolt").referred_by == "acme", "that is about bolt"
    assert kept.knows("acme")
    kept.erase("acme", as_source=True)
    assert b"acme" not in kept.path.read_bytes()
    assert not kept.knows("acme") and not kept.knows("cafe")
    assert kept.of("bolt") == Private(checkins=(CheckIn(at=NOON, dread=1),))
    assert kept.of("dune").referred_by == "bolt"


_clients = st.sampled_from(["acme", "bolt", "cafe"])
_numbers = st.integers(1, 4)
_dates = st.dates(date(1990, 1, 1), date(2090, 1, 1))
_kept = st.one_of(
    st.builds(CheckIn, at=_moments, dread=st.none() | st.integers(0, 10), note=_texts),
    st.builds(GutAnswer, at=_moments, answer=_answers),
    st.builds(
        Decision,
        at=_moments,
        choice=_answers,
        why=_texts,
        review=st.none() | _dates,
        rested_on=st.none() | st.just(RESTED),
    ),
)
_changes = st.one_of(
    st.tuples(st.just("add"), _clients, st.lists(_kept, max_size=3)),
    st.tuples(st.just("judge"), _clients, _numbers, st.sampled_from(["yes", "partly", "no"])),
    st.tuples(st.just("forget"), _clients, _numbers),
    st.tuples(st.just("refer"), _clients, _clients | st.just("")),
    st.tuples(st.just("erase"), _clients, st.booleans()),
)
_FIELDS: dict[type, str] = {CheckIn: "checkins", GutAnswer: "guts", Decision: "decisions"}


def _changed(kept: dict[str, Private], change: tuple[Any, ...]) -> dict[str, Private]:
    """Return what a plain dict of the private things holds after a change."""
    what, client, *told = change
    own = kept.get(client, Private())
    if what == "add":
        for one in told[0]:
            field = _FIELDS[type(one)]
            own = own.model_copy(update={field: (*getattr(own, field), one)})
    elif what in ("judge", "forget"):
        field = "decisions" if what == "judge" else "checkins"
        rows = list(getattr(own, field))
        if told[0] <= len(rows) and what == "judge":
            said = {"right": told[1], "right_why": "so", "right_at": LATER}
            rows[told[0] - 1] = rows[told[0] - 1].model_copy(update=said)
        else:
            del rows[told[0] - 1 : told[0]]
        own = own.model_copy(update={field: tuple(rows)})
    elif what == "refer" and told[0] != client:
        own = own.model_copy(update={"referred_by": told[0]})
    elif what == "erase":
        own = Private()
        if told[0]:
            kept = {
                other: one.model_copy(update={"referred_by": ""})
                if one.referred_by == client
                else one
                for other, one in kept.items()
            }
    return {other: one for other, one in {**kept, client: own}.items() if one != Private()}


def _change(kept: PrivateFile, change: tuple[Any, ...]) -> None:
    """Make the same change to the file; one that has nothing to change is refused."""
    what, client, *told = change
    with suppress(UsageError):
        if what == "add":
            kept.add(client, *told[0])
        elif what == "judge":
            kept.judge(client, told[0], told[1], "so", LATER)
        elif what == "forget":
            kept.forget_checkin(client, told[0])
        elif what == "refer":
            kept.set_referred_by(client, told[0])
        else:
            kept.erase(client, as_source=told[0])


@given(st.lists(_changes, max_size=12))
def test_any_changes_leave_what_a_plain_dict_would_hold(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[Any, ...]]
) -> None:
    kept = PrivateFile(tmp_path_factory.mktemp("changes") / "private.json")
    plain: dict[str, Private] = {}
    for change in changes:
        plain = _changed(plain, change)
        _change(kept, change)
        reread = PrivateFile(kept.path)
        for client in ("acme", "bolt", "cafe"):
            assert kept.of(client) == reread.of(client) == plain.get(client, Private())
            sent = any(one.referred_by == client for one in plain.values())
            assert reread.knows(client) == (client in plain or sent)
            raw = kept.path.read_bytes() if kept.path.exists() else b""
            assert (f'"{client}"'.encode() in raw) == reread.knows(client)
    if kept.path.exists():
        written = json.loads(kept.path.read_bytes())
        assert (next(iter(written)), written.pop("format")) == ("format", 3)
        for table in written.values():
            assert list(table) == [str(number) for number in range(1, len(table) + 1)]
    assert {path.name for path in kept.path.parent.iterdir()} <= {
        *("private.json", ".private.json.lock")
    }


@pytest.mark.parametrize("number", ["", '"format":1,', '"format":2,'])
def test_nothing_of_an_older_file_is_left_beside_it_and_nothing_erased_in_it(
    kept: PrivateFile, number: str
) -> None:
    told = '"checkins":[{"at":"2026-11-01T10:00:00Z","note":"only here"}],"referred_by":"bolt"'
    kept.path.write_text(f'{{{number}"clients":{{"acme":{{{told}}},"bolt":{{}}}}}}')
    assert (kept.of("acme").checkins[0].note, kept.of("acme").referred_by) == ("only here", "bolt")
    assert kept.forget_checkin("acme", 1).note == "only here"
    left = {path.name: path.read_bytes() for path in kept.path.parent.iterdir()}
    assert left == {
        "private.json": b'{"format":3,"referrals":{"1":{"client":"acme","referred_by":"bolt"}}}',
        ".private.json.lock": b"",
    }


@pytest.mark.parametrize(
    "content",
    [
        *("{", "[]", "1", "null", '{"format":0}', '{"format":"3"}'),
        *('{"format":2,"moods":{}}', '{"clients":[]}', '{"clients":{"acme":[]}}'),
        *('{"clients":{"acme":{"guts":1}}}', '{"format":3,"clients":[]}', '{"format":3,"guts":[]}'),
        *('{"format":3,"guts":{"1":{}}}', '{"format":3,"guts":{"x":{"client":"acme"}}}'),
        *('{"format":3,"guts":{"1":{"client":1}}}', '{"format":3,"moods":{"1":{"client":"a"}}}'),
        *('{"format":3,"guts":{"1":{"client":"acme","answer":"keep"}}}', "[" * 100_000),
    ],
)
def test_what_is_no_private_file_is_said_and_left_alone(kept: PrivateFile, content: str) -> None:
    kept.path.write_text(content)
    for use in (
        lambda: kept.of("acme"),
        lambda: kept.add("acme", GutAnswer(at=NOON, answer="keep")),
    ):
        with pytest.raises(DocketError, match="is not a private file Docket can read"):
            use()
    assert kept.path.read_text() == content
