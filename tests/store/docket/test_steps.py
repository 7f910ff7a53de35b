"""What a step counts for: what it names, else the one thing open that day; and what came of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.docket.steps import (
    NOTHING,
    Subject,
    invoices_named,
    names_nothing,
    open_on,
    outcomes,
    steps,
    subjects,
)
from store.entries import KINDS, Entry
from tests.store.building import TODAY, docket, entry, invoice, payment

STEPS = sorted(kind.id for kind in KINDS.values() if kind.shape == "StepData")
MONEY = Subject(money=True)


def asked(seq: int, day: int) -> Entry:
    return entry(seq, "request", day, "Logo files")


def answered(seq: int, day: int, of: int) -> Entry:
    return entry(seq, "answer", day, link=("answers", of))


@pytest.mark.parametrize("kind", STEPS)
def test_a_step_that_names_nothing_counts_for_the_one_thing_open(kind: str) -> None:
    step = entry(9, kind, 5)
    assert subjects(docket([invoice(1, 40, 26, "A-1"), step]))[9] == MONEY
    assert subjects(docket([asked(1, 20), step]))[9] == Subject(requests=(1,))
    assert subjects(docket([entry(1, "late-payment", 20), step]))[9] == MONEY
    assert subjects(docket([step]))[9] == NOTHING


@pytest.mark.parametrize("kind", STEPS)
def test_where_several_are_open_it_counts_for_the_oldest_request_and_no_money(kind: str) -> None:
    step = entry(9, kind, 5)
    both = [invoice(1, 40, 26, "A-1"), asked(2, 20), asked(3, 30), step]
    assert subjects(docket(both))[9] == Subject(requests=(3,))
    bills = [invoice(1, 40, 26, "A-1"), invoice(2, 30, 16, "A-2"), step]
    assert subjects(docket(bills))[9] == NOTHING


def test_what_it_names_is_what_it_counts_for() -> None:
    both = [invoice(1, 40, 26, "A-1"), asked(2, 20), entry(3, "delivery", 20)]
    about_bill = entry(9, "reminder", 5, link=("about", 1))
    numbered = entry(10, "reminder", 5, refs={"invoice": "a-1"})
    about_ask = entry(11, "reminder", 5, link=("about", 2))
    about_work = entry(12, "reminder", 5, link=("about", 3))
    again = entry(13, "reminder", 4, link=("about", 9))
    found = subjects(docket([*both, about_bill, numbered, about_ask, about_work, again]))
    assert found[9] == found[10] == found[13] == MONEY
    assert found[11] == Subject(requests=(2,))
    assert found[12] == NOTHING
    assert invoices_named(about_bill, docket([*both, about_bill])) == ["A-1"]


def test_an_excuse_about_a_bill_is_about_money_and_one_about_files_is_not() -> None:
    told = [
        invoice(1, 40, 26, "A-1"),
        asked(2, 20),
        entry(3, "excuse", 10, link=("about", 2)),
        entry(4, "excuse", 10),
        entry(5, "promise", 10, data={"by": "client", "due": "2026-12-01"}),
        *(entry(6 + seq, "talk", 5, link=("about", seq)) for seq in (3, 4, 5)),
    ]
    found = subjects(docket(told))
    assert [found[seq].money for seq in (9, 10, 11)] == [False, True, True]
    assert found[9].requests == (2,)


def test_what_was_withdrawn_is_no_subject() -> None:
    told = [
        invoice(1, 40, 26, "A-1"),
        entry(2, "note", 20),
        entry(3, "void", 10, link=("voids", 2)),
        entry(4, "reminder", 5, link=("about", 2)),
    ]
    assert names_nothing(told[3], docket(told))
    assert subjects(docket(told))[4] == MONEY


def test_open_is_what_was_open_then() -> None:
    told = [
        invoice(1, 60, 46, "A-1"),
        payment(2, 10, "100", A_1="100"),
        asked(3, 30),
        answered(4, 20, 3),
        *(entry(10 + day, "reminder", day) for day in (50, 40, 25, 15, 5)),
    ]
    found = subjects(docket(told))
    assert found[60] == MONEY  # not due yet, and nothing else is open
    assert found[50] == MONEY
    assert found[35] == Subject(requests=(3,))
    assert found[25] == MONEY
    assert found[15] == NOTHING
    day = TODAY - timedelta(days=25)
    assert [one.name for one in open_on(docket(told), day, 35)] == ["A-1", "#3"]


def test_a_bill_that_is_not_due_yet_is_in_nobodys_way() -> None:
    told = [invoice(1, 40, 26, "A-1"), invoice(2, 10, -4, "A-2"), entry(3, "reminder", 5)]
    assert subjects(docket(told))[3] == MONEY


def test_links_in_a_long_row_end() -> None:
    chain = [entry(seq, "note", 90, link=("about", seq - 1)) for seq in range(2, 400)]
    last = entry(400, "reminder", 5, link=("about", 399))
    assert subjects(docket([invoice(1, 95, 81, "A-1"), *chain, last]))[400] == NOTHING


@given(
    bills=st.lists(st.tuples(st.integers(1, 40), st.none() | st.integers(0, 40)), max_size=4),
    asks=st.lists(st.tuples(st.integers(0, 40), st.none() | st.integers(0, 40)), max_size=4),
    when=st.integers(0, 40),
)
def test_the_rule_holds_whatever_is_open(
    bills: list[tuple[int, int | None]], asks: list[tuple[int, int | None]], when: int
) -> None:
    told: list[Entry] = []
    for number, (due, paid) in enumerate(bills):
        told.append(invoice(len(told) + 1, due + 5, due, f"B{number}"))
        if paid is not None:
            told.append(payment(len(told) + 1, paid, "100", **{f"B{number}": "100"}))
    for day, came in asks:
        told.append(asked(len(told) + 1, day))
        if came is not None and came <= day:
            told.append(answered(len(told) + 1, came, len(told)))
    step = entry(len(told) + 1, "reminder", when)
    whole = docket([*told, step])
    then = whole.as_of(step.day - timedelta(days=1))
    found = subjects(whole)[step.seq]
    there = open_on(whole, step.day, step.seq)
    requests = [one for one in there if not one.money]
    if len(there) == 1:
        assert found.money is there[0].money
    else:
        assert not found.money
    oldest = min(requests, key=lambda one: one.begins, default=None)
    assert found.requests == ((oldest.seq,) if oldest else ())
    paid_that_day = {
        bill.seq
        for bill in whole.ledger.invoices
        if any(part.day == step.day for part in bill.settlements)
    }
    owed = {bill.seq for bill in then.overdue}
    assert owed - paid_that_day <= {one.seq for one in there}


def test_the_last_word_on_a_step_is_what_came_of_it() -> None:
    told = [
        entry(1, "my-apology", 20, data={"worked": False}),
        entry(2, "outcome", 10, data={"worked": "partly"}, link=("about", 1)),
        entry(3, "outcome", 5, data={"worked": "yes"}, link=("about", 1)),
    ]
    assert [one.worked for one in outcomes(docket(told))[1]] == ["no", "partly", "yes"]
    assert [one.seq for one in steps(docket(told))] == [1]
