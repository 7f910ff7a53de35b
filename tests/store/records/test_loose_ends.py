"""What a record tells and leaves alone: each with its entry, and gone once it is mended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given

from store.entries import Entry
from store.records.review.loose_ends import LooseEnd, loose_ends
from tests.examples import examples
from tests.store.building import NOON
from tests.store.records.test_contradictions import Said, bill, day, linked
from tests.store.records.test_sentences import dockets, numbered, told

MAIL = "Hi. The filter page was never ordered by us. The rest we pay next week."
QUOTED = {"quotes": [{"text": "The filter page was never ordered by us.", "by": "client"}]}


def found(*said: Said) -> list[LooseEnd]:
    """Return the loose ends of these entries, which begin at number 4, after a rate of EUR 85."""
    agreed: Said = ("terms", 200, "Rate", {"data": {"rate": "85", "currency": "EUR"}})
    material = told(*numbered(agreed, *said))
    kept = {exhibit.sha256: 1 for entry in material.entries for exhibit in entry.exhibits}
    return list(loose_ends(replace(material, numbers=kept)))


def hours(ago: int, count: str) -> Said:
    """Return hours of work."""
    return ("hours", ago, "Work", {"data": {"hours": count}})


def billed(text: str, amount: str) -> Said:
    """Return a bill that is not due yet."""
    data = {"number": "A-1", "amount": amount, "currency": "EUR", "due": day(-5)}
    return ("invoice", 20, text, {"data": data})


def credit(text: str) -> Said:
    """Return a credit of EUR 340."""
    return ("credit", 10, text, {"data": {"of_invoice": "A-1", "amount": "340", "currency": "EUR"}})


def disputed(ago: int, text: str = "Never ordered") -> Said:
    """Return what they say is not owed of A-1."""
    data = {"number": "A-1", "amount": "100", "currency": "EUR"}
    return ("disputed", ago, text, {"data": data})


def fee(*more: Said) -> tuple[Said, ...]:
    """Return the fee of a court."""
    data = {"amount": "32", "currency": "EUR"}
    return (("cost", 30, "Order for payment, court fee", {"data": data}), *more)


LATE: Said = ("reminder", 5, "A-1, once more", {})
DELIVERED: Said = ("delivery", 40, "Filter page", {})
SAYS = "Says the filter page was never ordered"
PAPER: dict[str, str | int] = {"sha256": "a" * 64, "name": "x.pdf", "size": 1}
NEWER = {"exhibits": [PAPER | {"modified": (NOON - timedelta(days=3)).isoformat()}]}
CASES: dict[str, tuple[Sequence[Said], int, str, str, Sequence[Said]]] = {
    "more hours are billed than noted": (
        (hours(30, "8"), billed("Shop, 20 h", "1700")),
        *(5, "hours", "20 h are billed at the agreed rate, and 8 h of work are noted: A-1 20 h"),
        (hours(30, "20"), billed("Shop, 20 h", "1700")),
    ),
    "a credit for hours that come to another sum": (
        (billed("Shop", "1700"), credit("Two hours not needed")),
        *(5, "credit", "2 h at the agreed rate are EUR 170.00, and EUR 340.00 is credited"),
        (billed("Shop", "1700"), credit("4 h not needed")),
    ),
    "an objection without a reply": (
        (bill("A-1", 60, 46), LATE, disputed(3)),
        *(6, "dispute", "no reply of yours to the dispute of 19 Nov 2026 is on record"),
        (bill("A-1", 60, 46), LATE, disputed(3), linked("decline", 2, "about", 6)),
    ),
    "an objection to what no order is on record of": (
        (bill("A-1", 60, 46), LATE, DELIVERED, disputed(30, SAYS), ("talk", 9, "On A-1", {})),
        *(7, "dispute", "no order for “Filter page”, which they dispute, is on record"),
        (
            ("message", 70, "", {"quotes": [{"text": "A filter page, please", "by": "client"}]}),
            *(bill("A-1", 60, 46), LATE, DELIVERED),
            *(disputed(30, SAYS), ("talk", 9, "On A-1", {})),
        ),
    ),
    "a credit after an objection": (
        (bill("A-1", 60, 46), disputed(30), LATE, credit("A gesture")),
        *(5, "dispute", "EUR 340.00 was credited on A-1 after they disputed EUR 100.00 of it"),
        (bill("A-1", 60, 46), disputed(30), LATE, credit("A gesture"), disputed(6), LATE),
    ),
    "a bill that was never asked for": (
        (bill("A-1", 60, 46), ("reminder", 50, "A-1 is due soon", {})),
        *(4, "demand", "no reminder and no notice names A-1 after the due day"),
        (bill("A-1", 60, 46), LATE),
    ),
    "a fee without a step": (
        fee(),
        *(4, "fee", "a court's fee is claimed, and no step says what was filed"),
        fee(("escalate", 30, "Filed, no. 12", {})),
    ),
    "a deposit that is never taken off": (
        (billed("Deposit, 30 %", "900"), ("invoice", 9, "The rest", bill("A-2", 9, -9)[3])),
        *(4, "deposit", "A-1 is a deposit, and nothing says which invoice takes it off"),
        (
            billed("Deposit, 30 %", "900"),
            ("invoice", 9, "The rest, less the deposit", bill("A-2", 9, -9)[3]),
        ),
    ),
    "a quote of another day than its mail": (
        (
            ("message", 40, "", {"quotes": [{"text": MAIL, "by": "Astrid"}]}),
            ("excuse", 39, "They will not", QUOTED),
        ),
        *(5, "quote", "quotes the mail of 13 Oct 2026 (entry 4) as words of 14 Oct 2026"),
        (
            ("message", 40, "", {"quotes": [{"text": MAIL, "by": "Astrid"}]}),
            ("excuse", 40, "They will not", QUOTED),
        ),
    ),
    "a file that is newer than its entry": (
        (("note", 9, "The paper", NEWER),),
        *(4, "file", "JE-1: by the file itself changed after it was added, JE-1 on 19 Nov 2026"),
        (
            ("note", 9, "The paper", NEWER),
            ("addendum", 1, "The file is a copy of that day", {"link": ("adds-to", 4)}),
        ),
    ),
    "what is another client's": (
        (("note", 9, "Lunch", {}), ("void", 8, "wrong docket", {"link": ("voids", 4)})),
        *(4, "other-client", "withdrawn as not of this client, and still readable"),
        (("note", 9, "Lunch", {}), ("void", 8, "Typed twice", {"link": ("voids", 4)})),
    ),
}
"""By its name: the entries, the one it is about, its sort and words, and entries that are right."""


@pytest.mark.parametrize("name", CASES)
def test_a_loose_end_is_named_with_its_entry_and_goes_once_it_is_mended(name: str) -> None:
    entries, seq, what, said, right = CASES[name]
    (one,) = found(*entries)
    assert (one.seq, one.what) == (seq, what)
    assert said in one.said and one.mend.startswith("docket ")
    assert found(*right) == []


@examples(100)
@given(dockets())
def test_on_any_docket_each_names_an_entry_that_is_there(entries: list[Entry]) -> None:
    seqs = {one.seq for one in entries}
    for one in loose_ends(told(*entries)):
        assert one.seq in seqs and one.mend
        assert "{" not in one.said and ".." not in one.said
