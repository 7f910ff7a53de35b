"""Entries: every kind has a shape, and what does not fit it is named in one line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from store.docket import read_entry
from store.entries import KINDS, Draft, Entry, draft_problems, find_kind, kind_named
from store.errors import UsageError
from store.journal import Line

ISSUE_KINDS = """late-payment non-payment pay-later no-reply late-reply scope-creep rework
micro-change approval-block advice-overridden access-withheld distrust blame off-hours rush-demand
no-show abuse threat public-attack contract-breach expectation-gap complaint excuse high-standard
other thanks paid-early referral repeat-work apology concession""".split()


def _draft(kind: str, **data: Any) -> Draft:
    return Draft.model_validate(
        {"client": "acme", "kind": kind, "occurred_at": "2026-11-21", "data": data}
    )


def test_the_kinds_that_were_asked_for_exist() -> None:
    assert set(ISSUE_KINDS) <= set(KINDS)
    assert all(KINDS[kind].group in ("incident", "good-day") for kind in ISSUE_KINDS)


def test_aliases_are_not_shared_between_kinds() -> None:
    words = [word for kind in KINDS.values() for word in (kind.id, *kind.aliases)]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("late-payment", "late-payment"),
        ("LATE_PAYMENT", "late-payment"),
        ("late", "late-payment"),
        ("paylater", "pay-later"),
        ("scope", "scope-creep"),
        ("micro", "micro-change"),
        ("silence", "no-reply"),
    ],
)
def test_kinds_as_people_type_them(word: str, kind: str) -> None:
    if word == "paylater":
        with pytest.raises(UsageError, match="Did you mean pay-later"):
            find_kind(word)
    else:
        assert find_kind(word).id == kind


def test_an_ambiguous_beginning_names_the_choices() -> None:
    with pytest.raises(UsageError, match="non-payment or no-reply or no-show or notice or note"):
        find_kind("no")
    assert kind_named("no") is None
    with pytest.raises(UsageError, match="is not a kind of entry"):
        find_kind("")


@pytest.mark.parametrize(
    ("kind", "data", "message"),
    [
        ("hours", {"hours": "-1"}, "greater than 0"),
        ("hours", {"hours": 1.5}, "write it as a string"),
        ("hours", {"hours": "1.5", "spent": "naps"}, "spent"),
        (
            "invoice",
            {"number": "1", "amount": "5", "currency": "EURO", "due": "2026-12-01"},
            "EURO",
        ),
        ("invoice", {"number": "1", "amount": "5", "currency": "EUR", "due": "2026-02-30"}, "due"),
        ("late-payment", {"severity": 4}, "severity"),
        ("late-payment", {"amount": "5"}, "an amount needs its currency"),
        ("thanks", {"severity": 1}, "severity"),
        ("amendment", {"changes": {}}, "changes"),
        (
            "payment",
            {
                "amount": "5",
                "currency": "EUR",
                "for_invoices": [{"invoice": "1", "amount": "6"}],
            },
            "6 is allocated but only 5 was paid",
        ),
    ],
)
def test_data_that_does_not_fit_its_kind(kind: str, data: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        _draft(kind, **data)
    problems = draft_problems(caught.value)
    assert message in problems
    assert "\n" not in problems


@pytest.mark.parametrize("at", ["2026-02-30", "21 Nov", "", 5, "1969-12-31T00:00:00+00:00", None])
def test_impossible_moments(at: Any) -> None:
    with pytest.raises(ValidationError):
        Draft.model_validate({"client": "a", "kind": "note", "occurred_at": at})


def test_what_the_journal_gets_reads_back_equal() -> None:
    draft = _draft("late-payment", severity=2, hours="0.5", amount="10.00", currency="EUR")
    fields = draft.fields()
    assert fields["data"]["hours"] == "0.5"
    stamps = {"id": "x", "recorded_at": "2026-11-22T10:00:00Z"}
    entry = Entry.read(1, "00", {**fields, **stamps})
    assert entry.data == draft.data
    assert entry.fields() == {**fields, **stamps, "seq": 1, "hash": "00", "clock_behind": 0}


def test_text_is_cleaned_on_the_way_in() -> None:
    draft = Draft.model_validate(
        {
            "client": "acme",
            "kind": "note",
            "occurred_at": "2026-11-21",
            "statement": "a\x1b]52;c;AAAA\x07b",
            "quotes": [{"text": "\x1b[2Jhi"}],
            "refs": {"project": "x\ny"},
        }
    )
    assert (draft.statement, draft.quotes[0].text, draft.refs.project) == ("ab", "hi", "x y")


def _amendment(changes: Any) -> Draft:
    return Draft.model_validate(
        {
            "client": "acme",
            "kind": "amendment",
            "occurred_at": "2026-11-21",
            "data": {"changes": changes},
        }
    )


def test_the_text_of_an_amendment_is_cleaned_however_deep() -> None:
    draft = _amendment(
        {
            "state\x1b[2Jment": "a\x1b]52;c;AAAA\x07b",
            "for_invoices": [{"invo\x07ice": "\x1b[31mA\u202e", "amount": Decimal("1.50")}],
            "due": date(2026, 11, 30),
            "severity": 2,
            "hours": None,
        }
    )
    assert draft.fields()["data"]["changes"] == {
        "statement": "ab",
        "for_invoices": [{"invoice": "A<U+202E>", "amount": "1.50"}],
        "due": "2026-11-30",
        "severity": 2,
        "hours": None,
    }


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({}, "at least 1 item"),
        ({"amount": 12.5}, "write it as a string"),
        ({"statement": [[[["x"]]]]}, "so deep"),
        ({"statement": {"x"}}, "a set is no value"),
        ({"due": "x", "d\x07ue": "y"}, "the same field twice"),
        ({"statement": "x" * 100_001}, "too long"),
    ],
)
def test_what_no_amendment_can_say(changes: Any, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        _amendment(changes)


def test_an_entry_of_a_kind_from_the_future_is_shown_not_dropped() -> None:
    fields = {
        "client": "acme", "kind": "hologram", "id": "x",
        "recorded_at": "2026-11-22T10:00:00+00:00",
        "occurred_at": "2026-11-22T10:00:00+00:00",
    }  # fmt: skip
    entry = read_entry(Line(seq=7, fields=fields, seed="", prev="", hash="ab"))
    assert (entry.seq, entry.kind, entry.visibility) == (7, "note", "internal")
    assert "hologram" in entry.statement


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)


@given(
    st.dictionaries(
        st.sampled_from(
            ["client", "kind", "id", "recorded_at", "occurred_at", "data", "links", "statement"]
        ),
        json_values | st.sampled_from(["acme", "note", "2026-11-22T10:00:00Z", "0001-01-01"]),
    )
)
def test_whatever_a_damaged_line_holds_it_reads_as_some_entry(fields: dict[str, Any]) -> None:
    entry = read_entry(Line(seq=7, fields=fields, seed="", prev="", hash="ab"))
    assert entry.seq == 7
    assert entry.day is not None
    assert entry.lag_days >= 0
