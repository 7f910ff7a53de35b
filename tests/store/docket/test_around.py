"""What stands around an entry: its cause, what had been said, what came of it, and no more."""

from __future__ import annotations

import pytest
from hypothesis import given

from store.docket.around import Around, around
from store.entries import Entry
from tests.store.building import docket, entry, invoice, payment
from tests.store.decision.plans import Plan, many, plans


def told(entries: list[Entry], seq: int) -> tuple[list[tuple[str, int]], int | None]:
    """Return what stands around an entry in short."""
    found = around(docket(entries), seq)
    return [(one.bond, one.seq) for one in found.found], found.unanswered


TROUBLE = [
    entry(1, "terms", 90, data={"revisions": 1}),
    entry(2, "micro-change", 50),
    entry(3, "talk", 40),
    entry(4, "expectations", 39, link=("about", 3)),
    entry(5, "warning", 30, link=("about", 2)),
    entry(6, "warning", 25, link=("about", 1)),
    entry(7, "micro-change", 20),
]


def test_a_trouble_has_its_like_before_it_and_what_was_said_of_the_line() -> None:
    assert told(TROUBLE, 7) == ([("agreed", 1), ("before", 2), ("told", 5)], 20)


def test_what_is_said_after_it_answers_it() -> None:
    said = [*TROUBLE, entry(8, "talk", 10)]
    assert told(said, 7) == ([("agreed", 1), ("before", 2), ("told", 5), ("answered", 8)], None)
    named = [*TROUBLE, entry(8, "note", 10, link=("about", 7)), entry(9, "decline", 5)]
    assert told(named, 7)[0][-2:] == [("answered", 9), ("named", 8)]


def test_blame_has_what_it_is_about_before_it() -> None:
    entries = [entry(1, "advice-overridden", 40), entry(2, "blame", 12)]
    assert told(entries, 2) == ([("before", 1)], 12)


def test_what_was_partly_mine_and_what_is_withdrawn_asks_for_no_answer() -> None:
    mine = [entry(1, "blame", 12, data={"my_share": True})]
    assert told(mine, 1) == ([], None)
    void = [entry(1, "blame", 12), entry(2, "void", 3, link=("voids", 1))]
    assert told(void, 1) == ([], None)


def test_a_bill_has_what_paid_it_and_a_payment_its_bills() -> None:
    entries = [
        invoice(1, 60, 30, "A-1"),
        invoice(2, 50, 20, "A-2"),
        payment(3, 10, "200"),
        entry(4, "late-payment", 25, refs={"invoice": "a-1"}),
    ]
    assert told(entries, 1)[0] == [("paid", 3)]
    assert told(entries, 3)[0] == [("names", 1), ("names", 2)]
    assert told(entries, 4) == ([("names", 1), ("paid", 3)], None)


def test_a_request_has_its_answer_and_an_answer_its_request() -> None:
    entries = [entry(1, "request", 9), entry(2, "answer", 5, link=("answers", 1))]
    assert told(entries, 1)[0] == [("answered", 2)]
    assert told(entries, 2)[0] == [("names", 1)]


@pytest.mark.parametrize("seq", [3, 99])
def test_a_correction_and_no_entry_at_all_have_nothing_around_them(seq: int) -> None:
    entries = [
        entry(1, "note", 9),
        entry(2, "note", 5),
        entry(3, "addendum", 1, link=("adds-to", 1)),
    ]
    assert around(docket(entries), seq) == Around(())


@many
@given(plans())
def test_whatever_stands_around_is_there_counts_and_is_told_once(plan: Plan) -> None:
    made, read = plan.story().docket(), plan.story().docket()
    assert read.counted is not None  # read whole, where the other looks things up
    for one in made.log:
        found = around(made, one.seq)
        assert found == around(read, one.seq)
        seqs = [near.seq for near in found.found]
        assert len(set(seqs)) == len(seqs) and one.seq not in seqs
        for seq in seqs:
            beside = made.find(seq)
            assert beside is not None and beside.counts
        if found.unanswered is not None:
            assert found.unanswered >= 0 and one.entry.group == "incident"


def test_what_stands_around_an_entry_is_found_without_reading_the_docket() -> None:
    notes = [entry(seq, "note", 90 - seq) for seq in range(10, 60)]
    made = docket([*TROUBLE, *notes, entry(60, "talk", 2, link=("about", 7))])
    assert around(made, 7).found[-1].seq == 60
    assert around(made, 30) == Around(())
    assert "counted" not in vars(made)
