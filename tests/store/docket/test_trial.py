"""A batch is checked in itself, and against what other sessions log at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.docket import Docket
from store.entries import Draft
from store.errors import UsageError
from store.journal.lock import locked_journal
from store.workspace import Workspace
from tests.examples import examples
from tests.kept.dockets import TODAY, docket_numbered, drafted
from tests.store.building import workspace
from tests.store.docket.trials import in_a_batch, of_money, one_by_one


def _bill(made: Workspace, number: str) -> Draft:
    data = {"number": number, "amount": "100.00", "currency": "EUR", "due": "2026-11-01"}
    return made.draft("acme", "invoice", data=data)


def _after(made: Workspace, kind: str, relation: str, seq: int, **data: Any) -> Draft:
    return made.draft("acme", kind, "x", links=[{"rel": relation, "seq": seq}], data=data or None)


def _payment(made: Workspace, number: str, amount: str) -> Draft:
    told = [{"invoice": number, "amount": amount}]
    data = {"amount": amount, "currency": "EUR", "for_invoices": told}
    return made.draft("acme", "payment", data=data)


def test_of_two_sessions_at_once_one_gets_the_number(tmp_path: Path) -> None:
    made, looked = workspace(tmp_path), Barrier(5)

    def session(_: int) -> int:
        own = Workspace.open(made.root, clock=made.clock)
        own.docket("acme")
        looked.wait(60)
        try:
            return own.log(_bill(own, "INV-7")).seq
        except UsageError:
            return 0

    with ThreadPoolExecutor(4) as pool:
        with locked_journal(made.path("acme")):
            seqs = pool.map(session, range(4))
            looked.wait(60)  # all have looked at the docket as it was
        assert sorted(seqs) == [0, 0, 0, 3]
    assert len(made.docket("acme").ledger.invoices) == 1


@pytest.mark.parametrize("doubled", ["invoice", "answer", "void", "payment"])
def test_a_batch_that_says_a_thing_twice_is_refused_whole(tmp_path: Path, doubled: str) -> None:
    made = workspace(tmp_path)
    made.append("acme", [made.draft("acme", "request", "Logo?"), _bill(made, "INV-1")])
    draft = {
        "invoice": _bill(made, "INV-2"),
        "answer": _after(made, "answer", "answers", 3),
        "void": _after(made, "void", "voids", 3),
        "payment": _payment(made, "INV-1", "60.00"),
    }[doubled]
    before = made.path("acme").read_bytes()
    with pytest.raises(UsageError):
        made.append("acme", [made.draft("acme", "note", "first"), draft, draft])
    assert made.path("acme").read_bytes() == before
    assert made.append("acme", [draft])[0].seq == 5


def test_a_draft_may_lean_on_an_earlier_one_of_its_batch(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    entries = made.append(
        "acme",
        [
            made.draft("acme", "request", "Logo?", visibility="internal"),
            _after(made, "answer", "answers", 3),
            _bill(made, "INV-1"),
            _payment(made, "inv-1", "40.00"),
            _after(made, "amendment", "amends", 5, changes={"number": "INV-2"}),
            _bill(made, "INV-1"),
            _after(made, "void", "voids", 8),
            _bill(made, "INV-1"),
        ],
    )
    assert [entry.seq for entry in entries] == list(range(3, 11))
    assert (entries[1].links[0].id, entries[1].visibility) == (entries[0].id, "internal")
    docket = made.docket("acme")
    assert [bill.number for bill in docket.ledger.invoices] == ["INV-2", "INV-1"]
    assert [request.answer_seq for request in docket.requests] == [4]


def test_what_a_docket_begins_with_is_checked_too(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    profile = made.draft("fox", "client", data={"name": "Fox"})
    with pytest.raises(UsageError, match="inv-1 is on the docket already"):
        made.new_client("fox", [profile, _bill(made, "INV-1"), _bill(made, "inv-1")])
    assert made.client_ids() == ["acme"]


def test_a_refused_draft_repairs_and_reads_nothing_it_should_not(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    made.log(_bill(made, "INV-1"))
    torn = made.path("acme").read_bytes() + b'{"fields'
    made.path("acme").write_bytes(torn)
    with pytest.raises(UsageError, match="already"):
        made.log(_bill(made, "INV-1"))
    assert made.path("acme").read_bytes() == torn
    assert made.log(_bill(made, "INV-2")).seq == 4


@pytest.mark.parametrize("first", range(0, 200, 40))
def test_what_grows_judges_as_a_docket_that_is_read_anew(first: int) -> None:
    told = refusals = 0
    for number in range(first, first + 40, 5):
        kept = docket_numbered(number)
        half = len(kept.entries) // 2
        base = Docket.of(kept.client, tuple(kept.entries[:half]), TODAY)
        drafts = [drafted(entry) for entry in kept.entries[half : half + 40]] + kept.probes
        anew, grown = one_by_one(base, drafts), in_a_batch(base, drafts)
        assert grown == anew
        told += len(drafts)
        refusals += len(anew)
    assert refusals > told / 20


MONEY = st.sampled_from(("10", "50", "100", "150")).map(str)
NAMED = st.sampled_from(("A", "b", "B", "C", "nowhere"))
PAPER = st.sampled_from(({}, {"number": "A"}, {"number": "D"}))
TIES = {"payment-returned": "about", "amendment": "amends", "void": "voids"}
MOVED = st.one_of(
    st.builds(
        lambda number, amount, day, early: (
            "invoice",
            {"number": number, "amount": amount, "due": f"2026-11-{day:02d}"}
            | ({"discount_percent": "3", "discount_until": "2026-11-30"} if early else {}),
        ),
        *(NAMED, MONEY, st.integers(1, 28), st.booleans()),
    ),
    st.builds(
        lambda number, amount, free: (
            "payment",
            {"amount": amount}
            | ({} if free else {"for_invoices": [{"invoice": number, "amount": amount}]}),
        ),
        *(NAMED, MONEY, st.booleans()),
    ),
    st.builds(
        lambda kind, number, amount: (kind, {"of_invoice": number, "amount": amount}),
        *(st.sampled_from(("credit", "discount", "write-off")), NAMED, MONEY),
    ),
    st.builds(
        lambda number, day: (
            "instalments",
            {"of_invoice": number, "parts": [{"due": f"2026-10-{day:02d}", "amount": "10"}]},
        ),
        *(NAMED, st.integers(1, 9)),
    ),
    st.builds(lambda n, a: ("disputed", {"number": n, "amount": a}), NAMED, MONEY),
    st.sampled_from(
        (
            ("interest", {"percent": "90", "starts": "2020-01-01", "source": "x"}),
            ("fixed-sum", {"bands": [{"at_least": "0", "amount": "10"}], "source": "x"}),
            ("cost", {"amount": "10"}),
        )
    ),
    st.builds(
        lambda head, amount: (
            "payment",
            {"amount": "50", "for_charges": [{"head": head, "amount": amount}]},
        ),
        *(st.sampled_from(("interest", "fixed-sum", "cost")), st.sampled_from(("1", "10", "50"))),
    ),
    st.builds(lambda a: ("refund", {"amount": a}), MONEY),
)
AGAIN = st.one_of(
    st.builds(lambda a, n: ("payment-returned", {"amount": a, **n}), MONEY, PAPER),
    st.builds(lambda a: ("amendment", {"changes": {"amount": a}}), MONEY),
    st.builds(lambda n: ("amendment", {"changes": {"number": n}}), NAMED),
    st.builds(
        lambda n, a: (
            "amendment",
            {"changes": {"for_invoices": [{"invoice": n, "amount": a}], "amount": a}},
        ),
        *(NAMED, MONEY),
    ),
    st.just(("void", {})),
)
"""What names an entry before it."""


@examples(300)
@given(
    st.lists(
        st.tuples(MOVED | AGAIN, st.integers(1, 4), st.sampled_from((0, 0, 0, 3))), max_size=14
    )
)
def test_money_that_is_agreed_to_at_once_is_agreed_to_by_the_books(
    moved: list[tuple[tuple[str, dict[str, Any]], int, int]],
) -> None:
    base = Docket.of("acme", (), TODAY)
    drafts = []
    for place, ((kind, data), back, earlier) in enumerate(moved):
        links = {"links": [{"rel": TIES[kind], "seq": back}]} if kind in TIES else {}
        day = f"2026-10-{max(1, place + 1 - earlier):02d}"
        drafts.append(of_money(kind, data, day, **links))
    assert in_a_batch(base, drafts) == one_by_one(base, drafts)
