"""What the other side's lawyer looks for first: where a record says one thing and another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given

from store.docket import Docket
from store.entries import Entry
from store.records.review.contradictions import Contradiction, contradicted
from tests.examples import examples
from tests.store.building import TODAY
from tests.store.records.test_sentences import dockets, numbered

Said = tuple[str, int, str, dict[str, Any]]


def day(ago: int) -> str:
    """Return the day so many days before today."""
    return (TODAY - timedelta(days=ago)).isoformat()


def bill(number: str, sent: int, due: int) -> Said:
    """Return a bill of EUR 1,000."""
    data = {"number": number, "amount": "1000", "currency": "EUR", "due": day(due)}
    return ("invoice", sent, "A bill", {"data": data})


def paid(ago: int, *numbers: str, amount: str = "100") -> Said:
    """Return a payment for bills."""
    named = [{"invoice": number, "amount": amount} for number in numbers]
    data = {"amount": amount, "currency": "EUR", "for_invoices": named}
    return ("payment", ago, "Paid", {"data": data})


def linked(kind: str, ago: int, rel: str, seq: int, text: str = "So") -> Said:
    """Return an entry that names another."""
    return (kind, ago, text, {"link": (rel, seq)})


def found(*said: Said) -> list[Contradiction]:
    """Return what contradicts itself in these entries, which begin at number 3."""
    return list(contradicted(Docket.of("acme", numbered(*said), TODAY)))


def abroad(credited: str) -> Said:
    """Return a payment of USD 1,000 at a rate with two digits."""
    rate = {"paid_rate": "0.92", "rate_source": "My bank"}
    told = {"paid_as": {"amount": "1000", "currency": "USD"}, **rate}
    data = {"amount": credited, "currency": "EUR", **told}
    return ("payment", 20, "Paid", {"data": data})


PROMISE: Said = ("promise", 50, "Soon", {"data": {"by": "client", "due": day(40)}})
CREDIT: Said = (
    *("credit", 10, "Less"),
    {"data": {"of_invoice": "A-1", "amount": "340", "currency": "EUR"}},
)
SENT_BACK = {"amount": "180", "currency": "EUR"}
LET_GO: Said = ("concession", 9, "I credited 340 of A-1", {})
WORK: Said = ("hours", 20, "Page", {"data": {"hours": "3"}})
CASES: dict[str, tuple[Sequence[Said], int, str, str, Sequence[Said]]] = {
    "a bill is claimed of which something was let go of": (
        (bill("A-1", 60, 46), LET_GO),
        *(4, "says that something of A-1 was let go of", "docket credit {client} A-1 AMOUNT"),
        (bill("A-1", 60, 46), LET_GO, CREDIT),
    ),
    "interest from before the day that was agreed": (
        (bill("A-1", 60, 53),),
        *(3, "A-1 is claimed from", f'docket amend {{entry}} --due {day(46)} --reason "As agreed"'),
        (bill("A-1", 60, 46),),
    ),
    "a payment before the bill it names": (
        (bill("A-1", 60, 46), paid(61, "A-1")),
        *(4, "for A-1, which was sent on", "docket amend {entry} --on DAY --reason"),
        (bill("A-1", 60, 46), paid(59, "A-1")),
    ),
    "a promise that was kept and broken": (
        (
            PROMISE,
            linked("promise-broken", 39, "breaks", 3),
            linked("promise-kept", 30, "keeps", 3),
        ),
        *(5, "has two ends: broken (entry 4) and kept (entry 5)", "docket void {entry}"),
        (PROMISE, linked("promise-kept", 30, "keeps", 3)),
    ),
    "a delivery accepted and objected to on one day": (
        (
            ("delivery", 30, "Page", {}),
            linked("acceptance", 28, "accepts", 3),
            linked("complaint", 28, "about", 3),
        ),
        *(5, "what entry 3 handed over was accepted on", "docket void {entry}"),
        (
            ("delivery", 30, "Page", {}),
            linked("complaint", 29, "about", 3),
            linked("acceptance", 28, "accepts", 3),
        ),
    ),
    "a notice after the stop it announces": (
        (("stop", 30, "It rests", {}), ("notice", 29, "It will rest", {})),
        *(3, "the notice of it is of", "docket amend {client}#4 --on DAY"),
        (("notice", 31, "It will rest", {}), ("stop", 30, "It rests", {})),
    ),
    "work while work was stopped": (
        (("stop", 30, "It rests", {}), WORK),
        *(
            4,
            "and work was stopped (entry 3)",
            f'docket log {{client}} resume "TEXT" --on {day(20)}',
        ),
        (("stop", 30, "It rests", {}), ("resume", 21, "On", {}), WORK),
    ),
    "money that was sent back stands in the statement and not in the claim": (
        (bill("A-1", 60, 46), ("refund", 20, "Back", {"data": SENT_BACK})),
        *(4, "a balance of EUR 1,180.00: EUR 180.00 is set against none", "docket show {entry}"),
        (bill("A-1", 60, 46), paid(30, "A-1", amount="180"), ("note", 20, "Back", {})),
    ),
    "a rate that does not give what was credited": (
        (abroad("900"),),
        *(3, "USD 1,000.00 at a rate of 0.92 is EUR 920.00, and EUR 900.00 was", "docket amend"),
        (abroad("919.20"),),
    ),
    "an acceptance before the delivery": (
        (("delivery", 20, "Page", {}), linked("acceptance", 21, "accepts", 3)),
        *(4, "before what it is about: entry 3", "docket amend {entry} --on DAY"),
        (("delivery", 20, "Page", {}), linked("acceptance", 20, "accepts", 3)),
    ),
}
"""By its name: entries that contradict each other, the one to mend, how, and what is right."""


@pytest.mark.parametrize("name", CASES)
def test_a_contradiction_is_named_with_its_entry_and_its_remedy(name: str) -> None:
    entries, seq, said, mend, right = CASES[name]
    (one,) = found(*entries)
    assert one.seq == seq
    assert said in one.said and one.mend.startswith(mend)
    assert found(*right) == []


def test_a_stop_that_a_hardship_asked_for_needs_no_notice() -> None:
    assert not found(
        ("circumstance", 31, "A flood", {}),
        linked("stop", 30, "about", 3),
        ("notice", 29, "Of something else", {}),
    )


@examples(100)
@given(dockets())
def test_on_any_docket_each_names_an_entry_that_is_there(entries: list[Entry]) -> None:
    seqs = {one.seq for one in entries}
    for one in contradicted(Docket.of("acme", entries, TODAY)):
        assert one.seq in seqs and one.mend
        assert "{" not in one.said and ".." not in one.said
