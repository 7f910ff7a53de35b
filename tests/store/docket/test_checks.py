"""What a docket refuses: links of other kinds, amendments and payments that break its books."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from store.docket.checks import check_against
from store.entries import KINDS, Entry, Relation, Visibility
from store.errors import UsageError
from store.workspace import Workspace
from tests.store.building import NOON, TODAY, FixedClock, docket, entry, workspace

BILL = {"number": "INV-1", "amount": "100.00", "currency": "EUR", "due": "2026-11-01"}


def _link(relation: str, seq: int) -> list[dict[str, Any]]:
    return [{"rel": relation, "seq": seq}]


def _amend(made: Workspace, seq: int, **changes: Any) -> Entry:
    links = _link("amends", seq)
    return made.log(made.draft("acme", "amendment", links=links, data={"changes": changes}))


def _paid(made: Workspace, amount: str, *parts: tuple[str, str]) -> Entry:
    told = [{"invoice": number, "amount": part} for number, part in parts]
    data = {"amount": amount, "currency": "EUR", "for_invoices": told}
    return made.log(made.draft("acme", "payment", data=data))


@pytest.mark.parametrize(
    ("kind", "links", "message"),
    [
        ("note", _link("amends", 3), "kind note has no link 'amends': only amendment has"),
        ("note", _link("voids", 3), "kind note has no link 'voids': only void has"),
        ("abuse", _link("adds-to", 3), "kind abuse has no link 'adds-to'"),
        ("note", _link("answers", 3), "kind note has no link 'answers'"),
        ("void", _link("adds-to", 3), "kind void has no link 'adds-to'"),
        ("void", _link("about", 3), "Which entry is this void for"),
        ("void", _link("voids", 3) + _link("voids", 2), "This void is for 2 entries"),
        ("addendum", [], "Which entry is this addendum for"),
        ("promise-kept", [], "Which entry is this promise-kept for"),
        ("promise-broken", _link("keeps", 3), "kind promise-broken has no link 'keeps'"),
    ],
)
def test_a_kind_has_its_own_link_and_no_other(
    tmp_path: Path, kind: str, links: list[dict[str, Any]], message: str
) -> None:
    made = workspace(tmp_path)
    made.log(made.draft("acme", "request", "Logo?"))
    with pytest.raises(UsageError, match=message):
        made.log(made.draft("acme", kind, "x", links=links))
    assert len(made.entries("acme")) == 3


def test_every_kind_may_be_about_another_and_some_stand_alone(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    for kind in ("abuse", "note", "late-entry", "acceptance"):
        made.log(made.draft("acme", kind, "x", links=_link("about", 1)))
    made.log(made.draft("acme", "late-entry", "x", links=_link("late-of", 3)))
    assert [e.links[0].rel for e in made.entries("acme")[2:]] == [*["about"] * 4, "late-of"]


@pytest.mark.parametrize("relation", ["voids", "amends", "adds-to"])
def test_a_correcting_link_on_another_kind_corrects_nothing(relation: Relation) -> None:
    old = docket([entry(1, "abuse", 9), entry(2, "note", 8, link=(relation, 1))])
    first, note = old.standing
    assert (first.void, first.amendments, first.addenda) == (None, (), ())
    assert (first.counts, note.counts) == (True, True)


def test_an_amended_invoice_keeps_a_number_of_its_own(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    for number in ("INV-1", "INV-2"):
        made.log(made.draft("acme", "invoice", data=BILL | {"number": number}))
    with pytest.raises(UsageError, match="Invoice inv-1 is on the docket already"):
        _amend(made, 4, number="inv-1")
    _amend(made, 4, number="inv-2", amount="90.00")
    assert [bill.number for bill in made.docket("acme").ledger.invoices] == ["INV-1", "inv-2"]


def test_an_amendment_moves_nothing_into_the_future(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    made.log(made.draft("acme", "note", "seen"))
    for ahead in (NOON + timedelta(hours=1), NOON + timedelta(days=30)):
        with pytest.raises(UsageError, match="has not come yet"):
            _amend(made, 3, occurred_at=ahead.isoformat())
    _amend(made, 3, occurred_at=(NOON - timedelta(days=1)).isoformat())
    found = made.docket("acme").find(3)
    assert found and found.entry.day == TODAY - timedelta(days=1)


def test_an_amended_payment_is_checked_as_if_it_were_not_there_yet(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    made.log(made.draft("acme", "invoice", data=BILL))
    _paid(made, "80", ("INV-1", "80"))
    told = [{"invoice": "INV-1", "amount": "110"}]
    with pytest.raises(UsageError, match=r"INV-1 has only EUR 100\.00 open"):
        _amend(made, 4, amount="110", for_invoices=told)
    with pytest.raises(UsageError, match="no invoice INV-9"):
        _amend(made, 4, for_invoices=[{"invoice": "INV-9", "amount": "1"}])
    _amend(made, 4, amount="100", for_invoices=[{"invoice": "INV-1", "amount": "100"}])
    assert made.docket("acme").ledger.open() == []


def test_what_a_payment_says_twice_of_an_invoice_is_summed(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    made.log(made.draft("acme", "invoice", data=BILL))
    said = r"INV-1 has only EUR 100\.00 open: 120\.00 was to be paid"
    with pytest.raises(UsageError, match=said):
        _paid(made, "120", ("INV-1", "60"), ("inv-1", "60"))
    _paid(made, "100", ("INV-1", "60"), ("inv-1", "40"))
    assert made.docket("acme").ledger.open() == []


@pytest.mark.parametrize("kind", sorted(kind.id for kind in KINDS.values() if kind.follows.own))
@pytest.mark.parametrize(
    ("target", "given", "kept"),
    [
        ("internal", "record", "internal"),
        ("internal", "settlement", "internal"),
        ("settlement", "record", "settlement"),
        ("settlement", "internal", "internal"),
        ("record", "internal", "internal"),
        ("record", "record", "record"),
    ],
)
def test_what_follows_is_withheld_as_what_it_follows(
    tmp_path: Path, kind: str, target: Visibility, given: Visibility, kept: Visibility
) -> None:
    made = workspace(tmp_path)
    follows = KINDS[kind].follows
    named = "request" if "request" in follows.of or not follows.of else follows.of[0]
    sum_ = {"amount": "10", "currency": "EUR"}
    due = {"promise": {"by": "client", "due": "2026-12-01"}, "payment": sum_}.get(named)
    made.log(made.draft("acme", named, "x", visibility=target, data=due))
    links = _link(follows.relation, 3)
    said = {"amendment": {"changes": {"statement": "y"}}, "outcome": {"worked": "yes"}}
    data = {**said, "payment-returned": sum_}.get(kind)
    logged = made.log(made.draft("acme", kind, "x", visibility=given, links=links, data=data))
    assert logged.visibility == kept
    about = made.log(made.draft("acme", "note", "x", links=_link("about", 3)))
    assert about.visibility == "record"


@pytest.mark.parametrize("kind", ["late-payment", "note", "illness"])
def test_a_problem_without_a_word_on_it_is_refused(tmp_path: Path, kind: str) -> None:
    made = workspace(tmp_path)
    with pytest.raises(UsageError, match=f"This {kind} says nothing"):
        made.log(made.draft("acme", kind))
    quoted = made.draft("acme", kind, quotes=[{"text": "their own words"}])
    assert made.log(quoted).quotes[0].text == "their own words"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"vat": "20", "net": "80", "vat_note": "Reverse charge"}, "EUR 20.00 of VAT was given"),
        ({"vat_percent": "25", "vat_note": "reverse-charge, Art. 196"}, "25 % of VAT was given"),
        ({"net": "80", "vat_percent": "20"}, "20 % of EUR 80.00 is EUR 16.00: EUR 20.00 of VAT"),
        ({"net": "0", "vat_percent": "20"}, "The VAT is all of the sum|20 % of EUR 0.00"),
    ],
)
def test_what_a_paper_says_of_its_vat_is_checked_at_every_door(
    tmp_path: Path, said: dict[str, str], why: str
) -> None:
    made = workspace(tmp_path)
    made.log(made.draft("acme", "invoice", data=BILL))
    for kind, data in (
        ("invoice", {**BILL, "number": "INV-2"}),
        ("credit", {"of_invoice": "INV-1", "amount": "100", "currency": "EUR"}),
    ):
        with pytest.raises(UsageError, match=why):
            made.log(made.draft("acme", kind, data={**data, **said}))
    with pytest.raises(UsageError, match=why):
        _amend(made, 3, **said)
    told: list[str] = []
    made.append(
        "acme",
        [made.draft("acme", "invoice", data={**BILL, "number": "INV-3", **said})],
        lambda place, error: told.append(str(error)),
    )
    assert re.search(why, told[0])
    _amend(made, 3, vat="0", vat_note="Reverse charge")


def test_no_more_of_a_payment_comes_back_than_it_was_on_whichever_days(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    back = {"amount": "60", "currency": "EUR"}
    made.log(made.draft("acme", "invoice", data=BILL, occurred_at="2026-10-01"))
    paid = made.draft("acme", "payment", data=back | {"amount": "100"}, occurred_at="2026-10-02")
    about = _link("about", made.log(paid).seq)
    later, early = (
        made.draft("acme", "payment-returned", data=back, links=about, occurred_at=day)
        for day in ("2026-11-10", "2026-11-05")
    )
    made.log(later)
    for refused in (lambda: made.log(early), lambda: check_against(early, made.docket("acme"))):
        with pytest.raises(UsageError, match=r"Only EUR 40\.00 of acme#4 could be taken back"):
            refused()


def test_days_out_of_order_are_refused(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    with pytest.raises(UsageError, match="before it was asked"):
        made.log(made.draft("acme", "request", "logo?", data={"needed_by": "2026-11-01"}))
    asked = made.log(made.draft("acme", "request", "logo?"))
    early = made.draft(
        "acme", "answer", links=[{"rel": "answers", "seq": asked.seq}], occurred_at="2026-11-01"
    )
    with pytest.raises(UsageError, match="would be from before it"):
        made.log(early)


def test_what_came_of_a_promise_is_said_once(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    promise = made.log(
        made.draft("acme", "promise", "pays", data={"by": "client", "due": "2026-11-30"})
    )
    link = {"seq": promise.seq}
    made.log(made.draft("acme", "promise-broken", links=[{"rel": "breaks", **link}]))
    with pytest.raises(UsageError, match="it was broken"):
        made.log(made.draft("acme", "promise-kept", links=[{"rel": "keeps", **link}]))


def test_nothing_is_amended_to_after_it_was_written_down(tmp_path: Path) -> None:
    clock = FixedClock()
    made = workspace(tmp_path, clock)
    made.log(made.draft("acme", "note", "seen", occurred_at="2026-11-20"))
    clock.move(days=5)
    with pytest.raises(UsageError, match="cannot have occurred after that"):
        _amend(made, 3, occurred_at="2026-11-25")
