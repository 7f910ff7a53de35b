"""What is told in passing of charges and refunds is what the books tell, and grows as the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.docket import Docket
from store.entries import Draft
from tests.benchmarks.growth import steps_of
from tests.examples import examples
from tests.kept.dockets import TODAY
from tests.store.docket.trials import in_a_batch, of_money, one_by_one

Move = tuple[str, dict[str, Any]]
BASE = Docket.of("acme", (), TODAY)
SUM = st.sampled_from(("1", "2", "5", "10", "50", "100"))
BILL = st.sampled_from("ABCDE")
HEAD = st.sampled_from(("interest", "fixed-sum", "cost"))
BANDS = [{"at_least": "0", "amount": "10"}, {"at_least": "50", "amount": "20"}]
LATE: list[Move] = [
    ("interest", {"percent": "90", "starts": "2020-01-01", "source": "x"}),
    ("interest", {"percent": "40", "starts": "2026-10-05", "source": "x"}),
    ("fixed-sum", {"bands": BANDS, "source": "x"}),
]


def bill(number: str, amount: str, due: str, **more: str) -> Move:
    """Return a bill."""
    return "invoice", {"number": number, "amount": amount, "due": due, **more}


def paid(
    bills: Iterable[tuple[str, str]] = (), charges: Iterable[tuple[str, str]] = (), more: int = 0
) -> Move:
    """Return a payment of so much for bills, so much for charges, and some for nothing by name."""
    parts = [{"invoice": number, "amount": amount} for number, amount in bills]
    heads = [{"head": head, "amount": amount} for head, amount in charges]
    amount = sum(int(one["amount"]) for one in (*parts, *heads)) + more
    named = {"for_invoices": parts} | ({"for_charges": heads} if heads else {})
    return "payment", {"amount": str(amount or 1), **named}


def sent_back(amount: str) -> Move:
    """Return a refund."""
    return "refund", {"amount": amount}


EARLY = st.sampled_from(({}, {}, {}, {}, {"discount_percent": "3", "discount_until": "2026-11-30"}))
MOVES = st.one_of(
    st.builds(
        lambda number, amount, month, early: bill(number, amount, f"2026-{month:02d}-01", **early),
        *(BILL, SUM, st.integers(8, 11), EARLY),
    ),
    st.builds(
        paid,
        st.lists(st.tuples(BILL, SUM), max_size=2),
        st.lists(st.tuples(HEAD, SUM), max_size=2),
        st.sampled_from((0, 0, 0, 5, 50)),
    ),
    st.builds(lambda part: paid([part]), st.tuples(BILL, SUM)),
    st.builds(lambda part: paid((), [part]), st.tuples(HEAD, SUM)),
    st.builds(lambda amount: ("cost", {"amount": amount}), SUM),
    st.builds(sent_back, SUM),
    st.builds(
        lambda kind, number, amount: (kind, {"of_invoice": number, "amount": amount}),
        *(st.sampled_from(("credit", "discount", "write-off")), BILL, SUM),
    ),
)


@examples(400)
@given(
    st.lists(st.sampled_from(LATE), max_size=2),
    st.lists(st.tuples(MOVES, st.sampled_from((0, 0, 0, 0, 0, 0, 3))), max_size=22),
)
def test_what_is_told_in_passing_is_what_the_books_tell(
    late: list[Move], moved: list[tuple[Move, int]]
) -> None:
    moves = [*((one, 0) for one in late), *moved]
    drafts = [
        of_money(*move, f"2026-10-{max(1, place + 1 - earlier):02d}")
        for place, (move, earlier) in enumerate(moves)
    ]
    assert in_a_batch(BASE, drafts) == one_by_one(BASE, drafts)


def _with_interest(number: int, day: date) -> list[tuple[Move, date]]:
    whole = paid([(f"A{number}", "1000")], [("interest", "5")])
    return [(bill(f"A{number}", "1000", str(day)), day), (whole, day + timedelta(10))]


def _charged_later(number: int, day: date) -> list[tuple[Move, date]]:
    return [
        (bill(f"A{number}", "60", str(day)), day),
        (paid([(f"A{number}", "60")]), day + timedelta(10)),
        (paid((), [("fixed-sum", "20")]), day + timedelta(11)),
    ]


def _overpaid(number: int, day: date) -> list[tuple[Move, date]]:
    back = (sent_back("20"), day + timedelta(2))
    return [(bill(f"A{number}", "100", str(day)), day), (paid(more=120), day), back]


def _credited(number: int, day: date) -> list[tuple[Move, date]]:
    return [
        (bill(f"A{number}", "100", str(day)), day),
        (paid([(f"A{number}", "100")]), day),
        (("credit", {"of_invoice": f"A{number}", "amount": "20"}), day + timedelta(1)),
        (sent_back("20"), day + timedelta(2)),
    ]


def _in_advance(_: int, day: date) -> list[tuple[Move, date]]:
    return [(paid(more=10), day), (sent_back("1"), day + timedelta(1))]


@pytest.mark.parametrize(
    ("late", "round_of"),
    [
        (LATE[:1], _with_interest),
        (LATE[2:], _charged_later),
        ([], _overpaid),
        ([], _credited),
        (LATE[:1], _in_advance),
    ],
)
def test_a_row_costs_what_it_names(
    late: list[Move], round_of: Callable[[int, date], list[tuple[Move, date]]]
) -> None:
    def rows(count: int) -> list[Draft]:
        first = TODAY - timedelta(900)
        days = [first + timedelta(number * 850 // count) for number in range(count)]
        told = [row for number, day in enumerate(days) for row in round_of(number, day)]
        moves = [*((one, first) for one in late), *sorted(told, key=lambda row: row[1])]
        return [of_money(*move, day) for move, day in moves]

    few, many = rows(15), rows(60)
    assert in_a_batch(BASE, many) == {}
    steps = [steps_of(partial(in_a_batch, BASE, drafts)) for drafts in (few, many)]
    assert steps[1] < 4.8 * steps[0]
