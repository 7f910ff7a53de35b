"""What is given back: who confirmed it, when my own access ended, and the gate for debts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from store.docket import Docket
from store.docket.checks import check_against
from store.docket.handover import Handover, check_gate, handovers, owed_after_due, owed_later
from store.entries import Draft, Entry, Visibility
from store.errors import DocketError, UsageError
from tests.store.building import NOON, TODAY, docket, entry, invoice, payment

LATER = TODAY + timedelta(days=30)


def given(seq: int, day: int = 9, item: str = "Instagram", **data: Any) -> Entry:
    """Return a handover."""
    return entry(seq, "handover", day, item, data=data)


def confirmed(seq: int, of: int, day: int = 5, by: str = "Jo") -> Entry:
    """Return the acceptance of handover `of`."""
    return entry(seq, "acceptance", day, data={"by": by}, link=("accepts", of))


def ended(seq: int, of: int, day: int = 3) -> Entry:
    """Return the end of my own access to handover `of`."""
    return entry(seq, "access-ended", day, link=("about", of))


def one(*entries: Entry) -> Handover:
    """Return the only handover on the docket of these entries."""
    (found,) = handovers(docket(entries))
    return found


def day(back: int) -> date:
    return TODAY - timedelta(days=back)


def test_a_handover_tells_all_that_came_of_it() -> None:
    data: dict[str, Any] = {
        "to": "Jo",
        "access_ends": str(LATER),
        "renews": "2027-01-05",
        "despite_debt": True,
    }
    assert one(given(1, **data), confirmed(2, 1), ended(3, 1)) == Handover(
        seq=1,
        item="Instagram",
        given=day(9),
        to="Jo",
        confirmed_on=day(5),
        confirmed_by="Jo",
        confirmed_seq=2,
        access_ends=LATER,
        access_ended=day(3),
        access_ended_seq=3,
        renews=date(2027, 1, 5),
        despite_debt=True,
    )


def test_what_is_missing_ends_with_my_own_access() -> None:
    assert one(given(1)).missing(TODAY) == [
        "it does not say to whom it went",
        "nobody has confirmed it",
        "my own access has not ended",
    ]
    planned = one(given(1, to="Jo", access_ends=str(LATER)), confirmed(2, 1))
    assert planned.missing(TODAY) == ["my own access has not ended: its last day is 22 Dec 2026"]
    assert planned.missing(LATER + timedelta(days=1)) == [
        "my own access has not ended: its last day was 22 Dec 2026"
    ]
    assert one(given(1, to="Jo"), confirmed(2, 1), ended(3, 1)).missing(TODAY) == []


def test_what_was_voided_does_not_count() -> None:
    entries = [given(1), confirmed(2, 1), ended(3, 1), given(4)]
    voids = [entry(seq, "void", 1, link=("voids", of)) for seq, of in ((5, 2), (6, 3), (7, 4))]
    found = one(*entries, *voids)
    assert (found.seq, found.confirmed_on, found.access_ended) == (1, None, None)


def test_the_first_word_on_each_counts_and_each_has_its_own() -> None:
    entries = [
        given(1),
        given(2, item="Domain"),
        confirmed(3, 1, 5),
        confirmed(4, 1, 4),
        ended(5, 2),
    ]
    first, second = handovers(docket(entries))
    assert (first.confirmed_on, first.access_ended) == (day(5), None)
    assert (second.confirmed_on, second.access_ended) == (None, day(3))
    assert first.seqs == [1, 3]
    assert second.seqs == [2, 5]


def test_an_amendment_is_applied() -> None:
    changes = {"statement": "Instagram and Facebook", "to": "Bo"}
    amended = entry(2, "amendment", 2, data={"changes": changes}, link=("amends", 1))
    found = one(given(1, to="Jo"), amended)
    assert (found.item, found.to) == ("Instagram and Facebook", "Bo")


@pytest.mark.parametrize(
    ("entries", "owed", "later"),
    [
        ([], "", ""),
        ([invoice(1, 30, 5, "A"), payment(2, 2, "100")], "", ""),
        ([invoice(1, 30, 5, "A"), payment(2, 2, "60")], "EUR 40.00", ""),
        ([invoice(1, 30, -5, "A")], "", "EUR 100.00"),
        ([invoice(1, 30, 0, "A")], "", "EUR 100.00"),
        ([invoice(1, 30, 5, "A"), entry(2, "void", 1, link=("voids", 1))], "", ""),
    ],
)
def test_the_gate_asks_only_where_money_is_owed_after_its_due_date(
    entries: list[Entry], owed: str, later: str
) -> None:
    known = docket(entries)
    assert (owed_after_due(known), owed_later(known)) == (owed, later)
    if not owed:
        check_gate(known, "Choose")
        return
    with pytest.raises(DocketError) as error:
        check_gate(known, "Choose")
    said = str(error.value)
    assert said.startswith(f"{owed} is owed after its due date")
    assert "can be unlawful, whatever is owed" in said
    assert "does not know which law or contract applies" in said
    assert said.endswith("Choose.")


def test_currencies_are_named_side_by_side() -> None:
    yen = {"number": "B", "amount": "9000", "currency": "JPY", "due": str(day(4))}
    known = docket([invoice(1, 30, 5, "A"), entry(2, "invoice", 20, data=yen)])
    assert owed_after_due(known) == "EUR 100.00 and JPY 9,000"


def checked(known: Docket, kind: str, of: int, visibility: Visibility = "record") -> Draft:
    relation = "accepts" if kind == "acceptance" else "about"
    fields = {"rel": relation, "seq": of}
    draft = {"client": "acme", "kind": kind, "occurred_at": NOON, "data": {}, "links": [fields]}
    return check_against(Draft.model_validate({**draft, "visibility": visibility}), known)


def test_access_ends_to_a_handover_only_and_is_seen_by_who_sees_that() -> None:
    inside = entry(3, "handover", 3, visibility="internal")
    voided = [given(4), entry(5, "void", 1, link=("voids", 4))]
    known = docket([given(1), entry(2, "delivery", 3), inside, *voided])
    assert checked(known, "access-ended", 1).visibility == "record"
    assert checked(known, "access-ended", 3).visibility == "internal"
    assert checked(known, "acceptance", 3).visibility == "internal"
    with pytest.raises(UsageError, match="acme#2 is not a handover: it is delivery"):
        checked(known, "access-ended", 2)
    with pytest.raises(UsageError, match="acme#4 was voided"):
        checked(known, "access-ended", 4)
