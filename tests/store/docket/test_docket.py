"""The fold: what a docket says is true today, from entries in any order, corrections applied."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from store.docket.hours import hours_spent
from store.docket.tracking import blocked_days
from tests.store.building import TODAY, docket, entry, invoice, payment


def test_an_amendment_corrects_and_the_original_stays() -> None:
    acme = docket(
        [
            entry(1, "late-payment", 9, "INV-1 late", data={"severity": 1}),
            entry(
                2,
                "amendment",
                5,
                link=("amends", 1),
                data={"changes": {"statement": "INV-2 late", "severity": 3}},
            ),
            entry(3, "addendum", 4, "Said so on the phone too", link=("adds-to", 1)),
        ]
    )
    one = acme.find(1)
    assert one is not None
    assert one.entry.statement == "INV-2 late"
    assert one.original.statement == "INV-1 late"
    assert [a.seq for a in one.amendments] == [2]
    assert [a.seq for a in one.addenda] == [3]
    assert [e.seq for e in acme.counted] == [1]


def test_a_later_amendment_wins_and_may_move_the_day() -> None:
    acme = docket(
        [
            entry(1, "abuse", 9),
            entry(2, "amendment", 5, link=("amends", 1), data={"changes": {"severity": 2}}),
            entry(
                3,
                "amendment",
                5,
                link=("amends", 1),
                data={"changes": {"severity": 3, "occurred_at": "2026-11-01"}},
            ),
        ]
    )
    (counted,) = acme.counted
    assert counted.day == date(2026, 11, 1)
    assert getattr(counted.data, "severity") == 3  # noqa: B009 - the model is not narrowed here


def test_a_void_withdraws_and_a_void_of_the_void_restores() -> None:
    entries = [entry(1, "abuse", 9), entry(2, "void", 5, link=("voids", 1))]
    withdrawn = docket(entries)
    assert withdrawn.counted == ()
    assert withdrawn.standing[0].void is not None
    restored = docket([*entries, entry(3, "void", 4, link=("voids", 2))])
    assert [e.seq for e in restored.counted] == [1]


def test_a_voided_amendment_has_no_effect() -> None:
    acme = docket(
        [
            entry(1, "note", 9, "as it was"),
            entry(2, "amendment", 5, link=("amends", 1), data={"changes": {"statement": "no"}}),
            entry(3, "void", 4, link=("voids", 2)),
        ]
    )
    assert acme.counted[0].statement == "as it was"


def test_as_of_sees_only_what_had_occurred() -> None:
    acme = docket([invoice(1, 40, 26, "INV-1"), payment(2, 5, "100")])
    assert acme.overdue == []
    earlier = acme.as_of(TODAY - timedelta(days=10))
    assert [i.number for i in earlier.overdue] == ["INV-1"]
    assert earlier.overdue[0].days_late(earlier.today) == 16


def test_one_payment_settles_several_invoices_oldest_first() -> None:
    acme = docket(
        [
            invoice(1, 60, 46, "INV-1", "100"),
            invoice(2, 30, 16, "INV-2", "100"),
            payment(3, 10, "150"),
        ]
    )
    first, second = acme.ledger.invoices
    assert first.settled_on == TODAY - timedelta(days=10)
    assert first.days_late(TODAY) == 36
    assert second.balance.amount == Decimal(50)
    assert [str(total) for total in acme.overdue_totals] == ["EUR 50.00"]


def test_a_payment_goes_where_it_says_first() -> None:
    acme = docket(
        [
            invoice(1, 60, 46, "INV-1", "100"),
            invoice(2, 30, 16, "INV-2", "100"),
            payment(3, 10, "150", INV_2="100"),
        ]
    )
    first, second = acme.ledger.invoices
    assert second.balance.amount == 0
    assert first.balance.amount == Decimal(50)
    assert acme.ledger.payments[0].unallocated.amount == 0


def test_money_in_another_currency_settles_nothing() -> None:
    dollars = entry(2, "payment", 3, data={"amount": "500", "currency": "USD"})
    acme = docket([invoice(1, 60, 46, "INV-1"), dollars])
    assert acme.overdue[0].balance.amount == Decimal(100)
    assert str(acme.ledger.payments[0].unallocated) == "USD 500.00"


amounts = st.integers(min_value=1, max_value=50_000).map(lambda cents: Decimal(cents) / 100)


@given(st.lists(amounts, max_size=6), st.lists(amounts, max_size=6), st.randoms())
def test_no_cent_is_lost_or_made(
    bills: list[Decimal], received: list[Decimal], shuffle: random.Random
) -> None:
    entries = [invoice(n, 60 - n, 46 - n, f"I{n}", str(a)) for n, a in enumerate(bills, 1)]
    entries += [payment(100 + n, 20 - n, str(a)) for n, a in enumerate(received)]
    book = docket(entries).ledger
    settled = sum((i.paid.amount for i in book.invoices), Decimal(0))
    unallocated = sum((p.unallocated.amount for p in book.payments), Decimal(0))
    assert settled + unallocated == sum(received, Decimal(0))
    assert all(i.balance.amount >= 0 for i in book.invoices)
    assert unallocated == 0 or not book.open()
    shuffle.shuffle(entries)
    again = docket(entries).ledger
    assert [i.balance for i in again.invoices] == [i.balance for i in book.invoices]


def test_requests_age_until_they_are_answered() -> None:
    acme = docket(
        [
            entry(1, "terms", 90, data={"reply_within_days": 2}),
            entry(2, "request", 20, "Logo files?"),
            entry(3, "request", 15, "Texts?", data={"needed_by": "2026-11-10"}),
            entry(4, "answer", 6, "Here they are", link=("answers", 3)),
        ]
    )
    logo, texts = acme.requests
    assert logo.days_over(TODAY) == 18
    assert logo.answered is None
    assert (texts.waited(TODAY), texts.days_over(TODAY)) == (9, 6)
    assert [r.seq for r in acme.open_requests] == [2]


def test_blocked_days_are_the_union_of_overlapping_waits() -> None:
    acme = docket(
        [
            entry(1, "request", 20, data={"needed_by": "2026-11-05"}),  # blocked 5th to 15th
            entry(2, "request", 19, data={"needed_by": "2026-11-10"}),  # 10th to 18th
            entry(3, "answer", date(2026, 11, 15), link=("answers", 1)),
            entry(4, "answer", date(2026, 11, 18), link=("answers", 2)),
            entry(5, "request", 2, data={"needed_by": "2026-11-20"}),  # 20th to today
        ]
    )
    assert blocked_days(acme.requests, acme.today) == 13 + 2


def test_promises_of_both_sides() -> None:
    acme = docket(
        [
            entry(1, "promise", 20, "pays", data={"by": "client", "due": "2026-11-10"}),
            entry(2, "promise", 20, "draft", data={"by": "me", "due": "2026-11-12"}),
            entry(3, "promise-kept", 10, link=("keeps", 2)),
        ]
    )
    pays, draft = acme.promises
    assert (pays.kept, pays.overdue(TODAY)) == (None, True)
    assert (draft.kept, draft.overdue(TODAY)) == (True, False)


def test_hours_by_class_include_what_incidents_cost() -> None:
    acme = docket(
        [
            entry(1, "hours", 100, data={"hours": "8", "spent": "work"}),
            entry(2, "hours", 10, data={"hours": "2.5", "spent": "work"}),
            entry(3, "no-reply", 9, data={"hours": "0.5"}),
            entry(4, "abuse", 8, data={"hours": "1"}),
        ]
    )
    assert hours_spent(acme, 90) == {"work": Decimal("2.5"), "chase": Decimal("0.5"), "conflict": 1}
    assert hours_spent(acme)["work"] == Decimal("10.5")


def test_terms_add_up_and_stop_and_end_follow_the_last_word() -> None:
    acme = docket(
        [
            entry(1, "terms", 90, data={"currency": "EUR", "rate": "85"}),
            entry(2, "terms", 50, data={"rate": "90", "revisions": 2}),
            entry(3, "stop", 30),
            entry(4, "resume", 20),
            entry(5, "end-notice", 3),
        ]
    )
    assert (acme.terms.currency, acme.terms.rate, acme.terms.revisions) == ("EUR", Decimal(90), 2)
    assert acme.stopped is None
    assert acme.ended is not None
    stopped = acme.as_of(TODAY - timedelta(days=25)).stopped
    assert stopped is not None
    assert stopped.seq == 3


def test_an_empty_docket_has_nothing_to_say() -> None:
    empty = docket([])
    assert empty.name == "acme"
    assert (empty.started, empty.last_touch, empty.stopped, empty.ended) == (None,) * 4
    assert empty.overdue_totals == []
    assert blocked_days(empty.requests, empty.today) == 0
