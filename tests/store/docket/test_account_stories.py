"""Accounts as people keep them: what comes out agrees to the cent with what was worked out by hand.

The independent recomputation of the records, which shares no code with the program, reckons each
of them too.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.docket import Docket
from store.docket.account import account
from store.docket.claims import claims, disputes
from store.docket.instalments import instalment_plans
from store.docket.ledger import Ledger
from store.entries import Entry, InvoiceData
from store.recheck.account import Account
from store.recheck.bills import taxes
from store.recheck.entries import Docket as Raw
from store.recheck.journal import Line
from store.recheck.plans import plans
from tests.examples import examples
from tests.store.building import TODAY, entry
from tests.store.docket.account_stories import Story, raw, stories
from tests.store.docket.test_account import UK, books

STORIES = stories()


def test_there_are_sixty_stories_and_each_expects_something() -> None:
    assert len(STORIES) >= 60
    assert all(one.expected for one in STORIES)
    assert len({one.name for one in STORIES}) == len(STORIES)


def ours(entries: tuple[Entry, ...], day: date, name: str) -> str:
    """Return what the program says."""
    docket = Docket.of("acme", entries, day)
    found, claim = account(docket, "EUR"), claims(docket, "EUR")
    total = found.closing - found.not_yet_due + claim.beside.amount
    what, _, number = name.partition(":")
    if what in ("planned", "missed"):
        known = [one for one in instalment_plans(docket) if one.currency == "EUR"]
        plan = next(one for one in known if one.invoice == number)
        return str((plan.due(day) if what == "planned" else plan.missed(day)).amount)
    invoice = docket.ledger.find(number)
    if invoice:
        said = disputes(docket).get(invoice.seq)
        of_bill: dict[str, Callable[[], object]] = {
            "open": lambda: invoice.balance.amount,
            "paid": lambda: invoice.paid.amount,
            "late": lambda: invoice.days_late(day),
            "in": lambda: said.of(invoice).amount if said else 0,
            "offered": lambda: invoice.discount,
            "vat": lambda: _tax(docket, invoice.seq)[1],
            "net": lambda: _tax(docket, invoice.seq)[0],
        }
        return str(of_bill[what]())
    whole: dict[str, object] = {
        "closing": found.closing,
        "due": max(total, Decimal(0)),
        "favour": max(-total, Decimal(0)),
        "overdue": claim.principal.amount,
        "interest": claim.interest_total.amount,
        "fixed": claim.fixed_total.amount,
        "costs": claim.costs_total.amount,
        "charges": found.charges_paid,
        "ages": ",".join(str(one) for one in found.ageing),
    }
    return str(whole[what])


def _tax(docket: Docket, seq: int) -> tuple[Decimal, Decimal]:
    found = docket.find(seq)
    assert found and isinstance(found.entry.data, InvoiceData) and found.entry.data.tax
    return found.entry.data.tax


def reckoned(entries: tuple[Entry, ...], day: date) -> Account:
    """Return the account by the independent recomputation."""
    fields = zip(entries, raw(entries), strict=True)
    return Account(Raw([Line(one.seq, said, one.hash) for one, said in fields]), day)


def theirs(entries: tuple[Entry, ...], day: date, name: str) -> str:
    """Return what the independent recomputation says; nothing where it has no such figure."""
    found = reckoned(entries, day)
    what, _, number = name.partition(":")
    if what in ("planned", "missed"):
        mine = [one for one in plans(found) if one.entry.data["currency"] == "EUR"]
        part = next(one for one in mine if one.number == number)
        return str(part.due(day) if what == "planned" else part.missed(day))
    bill = next((one for one in found.invoices if one.number == number), None)
    if bill:
        said = found.dispute(bill)
        of_bill = {"open": bill.owed, "paid": bill.paid, "in": said[1] if said else 0}
        of_bill |= {"offered": bill.offered}
        for net, vat, _ in taxes(bill.entry):
            of_bill |= {"net": net, "vat": vat}
        return str(of_bill[what]) if what in of_bill else str(bill.late(day))
    owed, interest, fixed, costs = found.claim("EUR")
    open_ = sum((one.owed for one in found.bills("EUR")), Fraction(0))
    left = sum((found.left[one.seq] for one in found.payments if one.data["currency"] == "EUR"), 0)
    charges = found.charges_paid("EUR")
    closing = open_ - left - charges + found.offs.beyond("EUR")
    later = sum((one.owed for one in found.bills("EUR") if one.due > day), Fraction(0))
    total = closing - later + interest + fixed + costs
    edges = ((None, 0), (1, 30), (31, 60), (61, 90), (91, None))
    ages = [
        sum(
            (
                one.owed
                for one in found.bills("EUR")
                if (low is None or one.late(day) >= low) and (high is None or one.late(day) <= high)
            ),
            Fraction(0),
        )
        for low, high in edges
    ]
    whole = {
        "closing": closing,
        "due": max(total, Fraction(0)),
        "favour": max(-total, Fraction(0)),
        "overdue": owed,
        "interest": interest,
        "fixed": fixed,
        "costs": costs,
        "charges": charges,
    }
    return ",".join(map(str, ages)) if what == "ages" else str(whole[what])


def value(text: str) -> list[Fraction]:
    """Return the figures of a text."""
    return [Fraction(part) for part in text.split(",")]


@pytest.mark.parametrize("story", STORIES, ids=lambda one: one.name)
def test_the_account_is_what_it_was_worked_out_to_be(story: Story) -> None:
    for expected in story.expected:
        for name, text in expected.values.items():
            said = ours(story.entries, expected.day, name)
            assert value(said) == value(text), (story.name, expected.day, name, said)
            again = theirs(story.entries, expected.day, name)
            assert value(again) == value(text), (story.name, expected.day, name, again)


@examples(300)
@given(books(), st.integers(0, 400))
def test_whatever_is_in_an_account_both_reckon_the_same(entries: list[Entry], back: int) -> None:
    """And what is claimed is what the statement of the day calls due, and never below zero.

    But for what falls due on that very day, which is due, and late from the next one on. What was
    set against bills and charges, sent back, and is left, is what came in.
    """
    day = date.fromordinal(TODAY.toordinal() - back)
    count = len(entries)
    costs = {"percent": "10", "starts": "2020-01-01", "source": "Act"}
    entries = [*entries, entry(count + 1, "interest", 0, data=costs)]
    entries += [entry(count + 2, "fixed-sum", 0, data=UK)]
    docket = Docket.of("acme", entries, day)
    euros = [one for one in docket.ledger.invoices if one.amount.currency == "EUR"]
    names = [f"{what}:{one.number}" for one in euros for what in ("open", "late", "offered")]
    names += [
        f"{what}:{one.invoice}"
        for one in instalment_plans(docket)
        if one.currency == "EUR"
        for what in ("planned", "missed")
    ]
    for name in ("closing", "overdue", "charges", "ages", "interest", "fixed", "costs", *names):
        known = tuple(entries)
        assert value(ours(known, day, name)) == value(theirs(known, day, name)), name
    mine, again = docket.ledger, reckoned(tuple(entries), day)
    for code in ("EUR", "USD"):
        assert _came_to(mine, code) == _received(mine, code)
        assert _again_came_to(again, code) == _received(mine, code)
    claim, found = claims(docket, "EUR"), account(docket, "EUR")
    today = sum((one.balance.amount for one in found.invoices if one.due == day), Decimal(0))
    due = found.closing - found.not_yet_due - today + claim.beside.amount
    assert claim.total.amount == max(due, Decimal(0)) == again.claimed("EUR")


def _received(books: Ledger, code: str) -> Decimal:
    """Return all that came in, one currency."""
    came = [one.amount.amount for one in books.payments if one.amount.currency == code]
    return sum(came, Decimal(0))


def _came_to(books: Ledger, code: str) -> Decimal:
    """Return what came in by what came of it: set against bills and charges, sent back, or left."""
    bills = [one.paid.amount for one in books.invoices if one.amount.currency == code]
    paid = [one for one in books.payments if one.amount.currency == code]
    beside = [sum(one.charges.values(), one.unallocated.amount) for one in paid]
    back = [one for one in books.given_back if one.amount.currency == code]
    return sum([*bills, *beside, *((one.amount - one.beyond).amount for one in back)], Decimal(0))


def _again_came_to(books: Account, code: str) -> Fraction:
    """Return the same of the independent recomputation, from each part by itself."""
    bills = [part for bill in books.bills(code) for _, part, _ in bill.parts]
    paid = [one for one in books.payments if one.data["currency"] == code]
    beside = [books.left[one.seq] + sum(books.charged[one.seq].values()) for one in paid]
    back = [one for one in books.offs.backs if one.data["currency"] == code]
    sent = [books.offs.amount(one) - books.offs.open[one.seq] for one in back]
    return sum([*bills, *beside, *sent], Fraction(0))
