"""Items: what entries name in common, with rounds, approvals and trifles, and no more."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from store.docket.items import WorkItem, work_items
from store.docket.rounds import agreed_rework
from store.docket.tracking import union_days
from tests.store.building import TODAY, docket, entry

_DAYS = st.integers(0, 60).map(lambda days: date(2026, 2, 1) + timedelta(days))
_KINDS = st.sampled_from(["rework", "micro-change", "scope-creep"])


def only(*entries: object) -> WorkItem:
    (item,) = work_items(docket(entries))  # type: ignore[arg-type]
    return item


@given(st.lists(st.tuples(_DAYS, _DAYS)))
def test_a_union_of_spans_counts_each_day_once(spans: list[tuple[date, date]]) -> None:
    days = {start + timedelta(n) for start, end in spans for n in range(max(0, (end - start).days))}
    assert union_days(spans) == len(days)


@given(st.lists(st.tuples(_KINDS, st.sampled_from([1, 2, None])), max_size=12))
def test_every_round_trifle_and_demand_is_of_one_item(
    told: list[tuple[str, int | None]],
) -> None:
    entries = [entry(1, "delivery", 30, "Logo"), entry(2, "delivery", 29, "Website")]
    entries += [
        entry(seq, kind, 20, link=("about", of) if of else None)
        for seq, (kind, of) in enumerate(told, 3)
    ]
    items = work_items(docket(entries))
    for kind, name in (
        ("rework", "rounds"),
        ("micro-change", "trifles"),
        ("scope-creep", "beyond"),
    ):
        counted = [seq for item in items for seq in getattr(item, name)]
        assert sorted(counted) == [e.seq for e in entries if e.kind == kind]
    for item, of in zip(items, (1, 2), strict=False):
        named = [seq for seq, (kind, target) in enumerate(told, 3) if target == of]
        assert set(item.seqs) == {of, *named}


def test_what_names_nothing_is_of_the_only_item() -> None:
    item = only(
        entry(1, "terms", 40, data={"revisions": 1}),
        entry(2, "delivery", 30, "Logo"),
        entry(3, "rework", 20),
        entry(4, "rework", 10),
    )
    assert (item.name, item.agreed, item.rounds, item.over) == ("#2", 1, (3, 4), 1)


def test_an_item_may_have_rounds_of_its_own_and_a_project_for_a_name() -> None:
    item = only(
        entry(1, "terms", 40, data={"revisions": 1}),
        entry(2, "delivery", 30, "Logo", data={"rounds": 3}, refs={"project": "Spring"}),
        entry(3, "rework", 20, refs={"project": "spring"}),
    )
    assert (item.name, item.agreed, item.over) == ("Spring", 3, 0)


def test_approvals_wait_from_asking_to_the_answer_each_day_once() -> None:
    item = only(
        entry(1, "delivery", 30, "Logo"),
        entry(2, "request", 29, "Fine so?", link=("about", 1)),
        entry(3, "request", 28, "Approve the colours", link=("about", 1)),
        entry(4, "answer", 26, link=("answers", 2)),
        entry(5, "answer", 20, link=("answers", 3)),
        entry(6, "approval-block", 15, link=("about", 1)),
        entry(7, "acceptance", 10, link=("accepts", 1)),
    )
    assert [(one.seq, one.given is None) for one in item.approvals] == [
        (2, False),
        (3, False),
        (6, True),
    ]
    assert (item.waited, item.elapsed) == (9, 20)  # what has no end on record is not counted
    assert item.accepted == TODAY - timedelta(10)
    assert item.share == 45


def test_a_change_order_is_what_was_asked_beyond_and_accepted() -> None:
    item = only(
        entry(1, "delivery", 30, "Logo"),
        entry(2, "scope-creep", 20, data={"amount": "120", "currency": "EUR"}),
        entry(3, "scope-creep", 19, data={"amount": "80", "currency": "EUR"}),
        entry(4, "acceptance", 18, link=("accepts", 2)),
    )
    assert (item.beyond, item.change_orders) == ((2, 3), (2,))
    assert [str(one) for one in item.beyond_sums] == ["EUR 200.00"]
    assert item.accepted is None


def test_without_an_item_all_of_it_is_the_job() -> None:
    item = only(entry(1, "terms", 40, data={"revisions": 0}), entry(2, "rework", 20))
    assert (item.name, item.over) == ("", 1)
    assert work_items(docket([entry(1, "request", 3)])) == ()


def test_hours_of_agreed_rounds_are_those_of_the_item_as_it_was_that_day() -> None:
    timed = {"hours": "1", "spent": "rework"}
    found = docket(
        [
            entry(1, "terms", 40, data={"revisions": 1}),
            entry(2, "rework", 35, data={"hours": "2"}),
            entry(3, "hours", 34, data=timed),
            entry(4, "delivery", 30, "Logo"),
            entry(5, "delivery", 29, "Site", data={"rounds": 2}),
            entry(6, "rework", 20, data={"hours": "1"}, link=("about", 4)),
            entry(7, "rework", 18, data={"hours": "1"}, link=("about", 4)),
            entry(8, "hours", 17, data=timed, link=("about", 4)),
            entry(9, "hours", 17, data=timed, link=("about", 5)),
            entry(10, "hours", 17, data=timed),
            entry(11, "rework", 16, data={"hours": "1", "my_share": True}, link=("about", 5)),
            entry(12, "micro-change", 15, data={"hours": "1"}, link=("about", 5)),
        ]
    )
    assert agreed_rework(found) == {2, 3, 6, 9}
    assert agreed_rework(docket([entry(1, "rework", 9, data={"hours": "1"})])) == frozenset()
