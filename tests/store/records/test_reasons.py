"""The reasons that a docket bears out: two entries at least, the best evidenced first."""

from __future__ import annotations

from typing import Any

import pytest

from store.docket import Docket
from store.entries import KINDS, Entry
from store.records.report.reasons import FEWEST, MOST, points_of, reasons
from store.records.texts import Texts
from store.tone.check import tone
from tests.store.building import docket, entry, invoice, payment

FILE = {"sha256": "a" * 64, "name": "mail.eml", "size": 3}
EMAIL: dict[str, Any] = {"channel": "email", "exhibits": [FILE], "quotes": [{"text": "Later"}]}

TEXTS = Texts("en", "report")


def sentences(known: Docket) -> list[str]:
    """Return the sentences of the reasons found."""
    return [one.sentence for one in reasons(known, TEXTS)]


def noted(kind: str, *seqs: int, **fields: Any) -> list[Entry]:
    """Return entries of one kind, a day apart."""
    return [entry(seq, kind, 40 - seq, **fields) for seq in seqs]


@pytest.mark.parametrize(
    ("fields", "points"),
    [
        ({}, 2),
        ({"channel": "phone"}, 2),
        ({"channel": "email"}, 3),
        ({"source": "message"}, 3),
        ({"channel": "letter", "source": "document"}, 3),
        ({"data": {"in_writing": True}}, 3),
        ({"quotes": [{"text": "Later"}]}, 3),
        ({"exhibits": [FILE]}, 4),
        (EMAIL, 6),
        ({"recorded_at": "2026-12-30T12:00:00+00:00"}, 1),
    ],
)
def test_points_are_those_of_the_rule(fields: dict[str, Any], points: int) -> None:
    assert points_of(entry(1, "no-reply", 5, **fields)) == points


def test_a_reason_has_two_entries() -> None:
    assert FEWEST == 2
    assert sentences(docket(noted("no-show", 1))) == []
    (found,) = reasons(docket(noted("no-show", 1, 2)), TEXTS)
    assert (found.entries, found.count) == ((1, 2), 2)


def test_voided_hidden_and_own_faults_do_not_count() -> None:
    known = [
        *noted("no-show", 1, 2),
        entry(3, "void", 2, link=("voids", 2)),
        *noted("no-show", 4, visibility="internal"),
        *noted("no-show", 5, visibility="settlement"),
        *noted("no-show", 6, data={"my_share": True}),
    ]
    assert sentences(docket(known)) == []


def test_the_best_evidenced_come_first_and_three_at_most() -> None:
    known = [
        *noted("no-show", 1, 2),
        *noted("rework", 3, 4, **EMAIL),
        *noted("off-hours", 5, 6, channel="email"),
        *noted("access-withheld", 7, 8, 9),
    ]
    found = reasons(docket(known), TEXTS)
    assert [one.entries for one in found] == [(3, 4), (7, 8, 9), (5, 6)]
    assert [(one.points, one.exhibits, one.written) for one in found] == [
        *((12, 2, 2), (6, 0, 0), (6, 0, 2))
    ]


def test_a_reason_names_its_best_entries_in_order_of_time() -> None:
    known = [*noted("no-reply", *range(1, 9)), *noted("no-reply", 9, 10, **EMAIL)]
    (found,) = reasons(docket(known), TEXTS)
    assert (found.entries, found.count) == ((1, 2, 9, 10), 10)
    assert len(found.entries) == MOST


def test_open_and_late_answers_and_payments_are_facts_by_themselves() -> None:
    asked = [entry(seq, "request", 30 - seq, f"Question {seq}") for seq in (1, 2, 3)]
    in_time = entry(4, "answer", 28, link=("answers", 1))
    bills = [
        invoice(5, 60, 40, "A"), payment(6, 20, "100", A="100"),
        invoice(7, 60, 30, "B"),
        invoice(8, 60, 10, "C"), payment(9, 10, "100", C="100"),
    ]  # fmt: skip
    found = reasons(docket([*asked, in_time, *bills]), TEXTS)
    assert {one.entries for one in found} == {(2, 3), (5, 7)}


def test_what_is_not_late_is_no_reason() -> None:
    known = [invoice(1, 9, -5, "A"), invoice(2, 9, -6, "B"), entry(3, "request", 1)]
    assert sentences(docket([*known, entry(4, "request", 0)])) == []
    assert sentences(docket([])) == []


def test_no_sentence_lays_blame() -> None:
    incidents = [kind.id for kind in KINDS.values() if kind.group == "incident"]
    said = set()
    for kind in incidents:
        said |= {*sentences(docket(noted(kind, 1, 2)))}
    assert len(said) >= 8
    from store.records.report.blame import refuse_blame
    from store.records.report.material import ReportWords

    for sentence in said:
        assert tone(sentence) == ()
        refuse_blame(ReportWords("Ann", because=sentence))
        assert not sentence.endswith(".")


@pytest.mark.parametrize("kind", ["abuse", "threat", "public-attack", "blame", "distrust", "other"])
def test_insults_and_the_like_are_never_offered_as_a_reason(kind: str) -> None:
    assert sentences(docket(noted(kind, 1, 2, **EMAIL))) == []
