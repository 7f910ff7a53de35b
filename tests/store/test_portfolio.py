"""The portfolio: its sums are the ledger's, its shares add up, and its order is stable."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.decision import Verdict, assess
from store.docket import Docket
from store.entries import Entry
from store.overview.portfolio import SPAN, Assessed, Client, Portfolio, portfolio
from store.overview.words import notes, referrals, reviews, runway, warning, warnings
from store.private.model import Decision, Private
from store.sample import write_sample
from store.settings.config import Config
from store.workspace import Workspace
from tests.store.building import TODAY, entry

Paid = tuple[str, int, str, str]
"""A client, how many days ago, an amount and its currency."""
COUNTING = Config(savings=Decimal(6000), monthly_costs=Decimal(1000))
Sums = dict[tuple[str, str], Decimal]


def member(
    client: str,
    *more: Entry,
    payments: Sequence[Paid] = (),
    name: str = "",
    private: Private | None = None,
    day: date = TODAY,
) -> Assessed:
    """Return a client of 400 days with these payments, and `more` entries."""
    entries = [entry(1, "client", 400, data={"name": name or client.title()}), *more]
    for _, age, amount, currency in payments:
        data = {"amount": amount, "currency": currency}
        entries.append(entry(len(entries) + 1, "payment", age, "Paid", data=data))
    docket = Docket.of(client, entries, day)
    kept = private or Private()
    return Assessed(docket, assess(docket, kept, Config()), kept)


def members(payments: Sequence[Paid]) -> list[Assessed]:
    """Return each client that paid anything."""
    by_client: defaultdict[str, list[Paid]] = defaultdict(list)
    for paid in payments:
        by_client[paid[0]].append(paid)
    return [member(client, payments=paid) for client, paid in by_client.items()]


def said(found: Portfolio, client: str) -> Client:
    """Return what is said of a client that must be there."""
    one = found.find(client)
    assert one is not None
    return one


def of(*assessed: Assessed, config: Config | None = None) -> Portfolio:
    return portfolio(assessed, config or Config(), TODAY)


def incomes(found: Portfolio) -> Sums:
    return {
        (one.id, part.money.currency): part.money.amount
        for one in found.clients
        for part in one.income
    }


def by_hand(root: Path, today: date) -> Sums:
    """Add up the payments of half a year from the bytes of the journals, and nothing else."""
    sums: Sums = defaultdict(Decimal)
    for path in (root / "clients").glob("*.jsonl"):
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()[1:]]
        links = [(one, link) for one in lines for link in one["fields"].get("links", ())]
        void = {link["seq"] for _, link in links if link["rel"] == "voids"}
        for line in lines:
            fields = line["fields"]
            sign = {"payment": 1, "refund": -1, "payment-returned": -1}.get(fields["kind"])
            if sign is None or line["seq"] in void:
                continue
            amounts = [
                one["fields"]["data"]["changes"]["amount"]
                for one, link in links
                if link["rel"] == "amends"
                and link["seq"] == line["seq"]
                and "amount" in one["fields"]["data"]["changes"]
            ]
            age = (today - date.fromisoformat(fields["occurred_at"][:10])).days
            if 0 <= age < 182:
                amount = (amounts or [fields["data"]["amount"]])[-1]
                sums[path.stem, fields["data"]["currency"]] += sign * Decimal(amount)
    return dict(sums)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    now = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)
    made = write_sample(tmp_path_factory.mktemp("portfolio") / "ws", now)
    paid = {"amount": "810.40", "currency": "EUR"}
    first = made.log(made.draft("saarnikallio", "payment", "Paid twice", data=paid))
    link = {"rel": "voids", "seq": first.seq, "reason": "a mistake"}
    made.log(made.draft("saarnikallio", "void", links=[link]))
    second = made.log(made.draft("maison-verdelune", "payment", "Paid", data=paid))
    link = {"rel": "amends", "seq": second.seq, "reason": "typing error"}
    changes = {"changes": {"amount": "801.40"}}
    made.log(made.draft("maison-verdelune", "amendment", "So", data=changes, links=[link]))
    return made


def all_of(made: Workspace, day: date = TODAY) -> Portfolio:
    return portfolio(
        [
            Assessed(one, assess(one, private, made.config), private)
            for one in made.dockets(day)
            for private in [made.private.of(one.client)]
        ],
        made.config,
        day,
    )


@pytest.mark.parametrize("age", [0, 30, 100])
def test_income_is_what_the_journals_say_when_it_is_added_up_by_hand(
    sample: Workspace, age: int
) -> None:
    day = TODAY - timedelta(days=age)
    found = all_of(sample, day)
    expected = by_hand(sample.root, day)
    assert len(expected) > 8
    assert incomes(found) == expected
    whole: defaultdict[str, Decimal] = defaultdict(Decimal)
    for (_, currency), amount in expected.items():
        whole[currency] += amount
    assert {money.currency: money.amount for money in found.income} == whole


def test_a_client_that_came_later_is_not_there_yet(sample: Workspace) -> None:
    assert all_of(sample).find("luz-marea")
    assert not all_of(sample, TODAY - timedelta(days=30)).find("luz-marea")


amounts = st.decimals("0.01", "99999", places=2).map(str)
payments = st.lists(
    st.tuples(
        st.sampled_from(["acme", "bolt", "cafe", "dune"]),
        st.integers(0, 260),
        amounts,
        st.sampled_from(["EUR", "USD", "KHR"]),
    ),
    max_size=12,
)


@given(payments)
def test_shares_are_within_a_currency_and_add_up_to_one(paid: list[Paid]) -> None:
    found = of(*members(paid))
    expected: Sums = defaultdict(Decimal)
    for client, age, amount, currency in paid:
        if age < SPAN:
            expected[client, currency] += Decimal(amount)
    assert incomes(found) == expected
    shares: defaultdict[str, list[float]] = defaultdict(list)
    for one in found.clients:
        for part in one.income:
            assert 0 < part.share <= 1
            shares[part.money.currency].append(part.share)
    for each in shares.values():
        assert sum(each) == pytest.approx(1)


def test_half_a_year_ends_today_and_begins_181_days_ago() -> None:
    paid = [("acme", age, str(amount), "EUR") for age, amount in ((0, 1), (181, 20), (182, 300))]
    found = of(*members(paid))
    assert [money.amount for money in found.income] == [Decimal(21)]
    assert found.since == TODAY - timedelta(days=181)


# 3,600 over six months are 600 a month, 1,800 are 300.
BOTH: list[Paid] = [("acme", 10, "3600", "EUR"), ("bolt", 20, "1800", "EUR")]


@pytest.mark.parametrize(
    ("costs", "without_acme", "without_bolt"),
    [("1000", "8.5 mo", "15.0 mo"), ("600", "20.0 mo", "covered"), ("300", "covered", "covered")],
)
def test_runway_is_savings_over_what_the_others_leave_of_the_costs(
    costs: str, without_acme: str, without_bolt: str
) -> None:
    found = of(*members(BOTH), config=COUNTING._replace(monthly_costs=Decimal(costs)))
    assert runway(said(found, "acme")) == without_acme
    assert runway(said(found, "bolt")) == without_bolt


def test_runway_counts_neither_ex_clients_nor_other_currencies() -> None:
    gone = member("gone", entry(2, "end-notice", 9), payments=[("", 30, "6000", "EUR")])
    abroad = member("abroad", payments=[("", 30, "6000", "USD")])
    found = of(*members(BOTH), gone, abroad, config=COUNTING)
    assert runway(said(found, "acme")) == "8.5 mo"
    assert said(found, "gone").runway is None
    assert said(found, "gone").income[0].share == pytest.approx(6000 / 11400)
    assert any("only what came in as EUR" in note for note in notes(found))


def test_others_that_pay_the_costs_to_the_cent_cover_them() -> None:
    paid: list[Paid] = [(client, 10, "200", "EUR") for client in ("a1", "b1", "c1", "d1")]
    found = of(*members(paid), config=COUNTING._replace(monthly_costs=Decimal(100)))
    assert {one.runway for one in found.clients} == {"covered"}


def test_a_fortune_lasts_as_long_as_can_be_shown() -> None:
    found = of(*members(BOTH), config=COUNTING._replace(savings=Decimal("1e30")))
    assert runway(said(found, "acme")) == "999.9 mo"


@pytest.mark.parametrize(
    ("config", "lacks"),
    [
        (COUNTING._replace(savings=None), ("savings",)),
        (COUNTING._replace(monthly_costs=None), ("monthly_costs",)),
        (Config(), ("savings", "monthly_costs")),
    ],
)
def test_without_savings_or_costs_no_runway_is_told_and_the_note_says_which(
    config: Config, lacks: tuple[str, ...]
) -> None:
    found = of(*members(BOTH), config=config)
    assert found.lacks == lacks
    assert {one.runway for one in found.clients} == {None}
    told = [note for note in notes(found) if "No runway" in note]
    assert len(told) == len(lacks)
    assert all(f"set {name}," in note for name, note in zip(lacks, told, strict=True))


def test_what_a_client_brings_in_changes_neither_verdict_nor_score() -> None:
    poor, rich = member("acme"), member("acme", payments=[("", 5, "90000", "EUR")])
    before, after = of(poor, config=COUNTING), of(rich, *members(BOTH[1:]), config=COUNTING)
    one, other = said(before, "acme"), said(after, "acme")
    assert (one.verdict, one.score) == (poor.assessment.verdict, poor.assessment.score)
    assert (other.verdict, other.score) == (rich.assessment.verdict, rich.assessment.score)


def placed(id_: str, name: str, score: float | None, verdict: Verdict, *, gone: bool) -> Client:
    one = said(of(member("acme")), "acme")
    ended = TODAY if gone else None
    return replace(one, id=id_, name=name, score=score, verdict=verdict, ended=ended)


def test_order_is_by_strain_then_verdict_name_and_id_with_ex_clients_last() -> None:
    expected = [
        placed("z", "Zed", 80.0, "set-boundaries", gone=False),
        placed("y", "Yew", 50.0, "walk-away", gone=False),
        placed("x", "Ash", 50.0, "keep", gone=False),
        placed("b1", "ÉMILE", 50.0, "keep", gone=False),
        placed("b2", "emile", 50.0, "keep", gone=False),
        placed("c", "Null", 0.0, "keep", gone=False),
        placed("d", "Abel", None, "not-enough", gone=False),
        placed("e", "Aaron", 99.0, "walk-away", gone=True),
        placed("f", "Aaron", 9.0, "keep", gone=True),
    ]
    for start in range(len(expected)):
        turned = [*expected[start:], *expected[:start]][::-1]
        assert sorted(turned, key=lambda one: one.order) == expected


def test_the_order_clients_come_in_changes_nothing(sample: Workspace) -> None:
    dockets = sample.dockets(TODAY)
    read = [Assessed(o, assess(o, Private(), Config()), Private()) for o in dockets]
    assert of(*read) == of(*reversed(read))


def private(**fields: Any) -> Private:
    return Private(**fields)


def referred() -> Iterator[Any]:
    ended, gone = entry(2, "end-notice", 9), entry(2, "pay-later", 9, data={"severity": 3})
    back = entry(3, "repeat-work", 2)
    yield pytest.param([ended], "ended", "with whom you ended it on 13 Nov 2026", id="ended")
    yield pytest.param([gone], "walk-away", "of whom the log says: walk away", id="walk-away")
    yield pytest.param([ended, back], None, "", id="taken up again")
    yield pytest.param([], None, "", id="a good one")


@pytest.mark.parametrize(("story", "wary", "words"), referred())
def test_like_attracts_like(story: list[Entry], wary: str | None, words: str) -> None:
    source = member("acme", *story)
    found = of(source, member("bolt", private=private(referred_by="acme")))
    assert said(found, "bolt").wary == wary
    assert said(found, "acme").sent == ("bolt",)
    assert referrals(found) == ["Acme sent you Bolt."]
    assert len(warnings(found)) == bool(words)
    assert all(
        words in text and text.startswith("Bolt was sent by Acme") for text in warnings(found)
    )
    assert warning("Bolt", source.docket, source.assessment.verdict) == "".join(warnings(found))


def test_a_source_that_is_no_client_any_more_is_passed_over() -> None:
    found = of(member("bolt", private=private(referred_by="erased")))
    assert said(found, "bolt").wary is None
    assert (warnings(found), referrals(found)) == ([], [])


def chosen(age: int, review: int, judged: int | None = None) -> Private:
    """Return a decision of so many days ago, to be reviewed, and judged, so many days ago."""
    noon = datetime.combine(TODAY, time(12), UTC)
    right = {} if judged is None else {"right": "yes", "right_at": noon - timedelta(days=judged)}
    decision = Decision.model_validate(
        {
            "at": noon - timedelta(days=age),
            "choice": "keep",
            "review": TODAY - timedelta(days=review),
            **right,
        }
    )
    return Private(decisions=(decision,))


@pytest.mark.parametrize(
    ("kept", "due"),
    [
        (chosen(30, 0), True),
        (chosen(30, 9), True),
        (chosen(30, -1), False),
        (chosen(30, 9, judged=2), False),
        (chosen(-1, 9), False),
        (Private(decisions=(*chosen(30, 9).decisions, *chosen(3, -9).decisions)), False),
    ],
    ids=["today", "past", "to come", "judged", "decided later", "decided anew"],
)
def test_a_review_is_due_from_its_day_until_it_is_judged(kept: Private, due: bool) -> None:
    found = of(member("acme", private=kept))
    assert (said(found, "acme").review is not None) == due
    assert len(reviews(found)) == due


def test_notes_name_the_currencies_and_a_young_log() -> None:
    found = of(*members([*BOTH, ("cafe", 3, "10", "CHF")]), config=COUNTING)
    assert "Money came in as CHF, EUR" in " ".join(notes(found))
    assert "days old" not in " ".join(notes(found))
    docket = Docket.of("new", [entry(1, "client", 40, data={"name": "New"})], TODAY)
    young = of(Assessed(docket, assess(docket, Private(), Config()), Private()), config=COUNTING)
    assert notes(young) == [
        "Your log is 40 days old, so the averages of six months are on the low side."
    ]
    assert of().clients == () and of().began is None
