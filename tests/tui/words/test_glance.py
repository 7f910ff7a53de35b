"""A client at a glance, and how its lines are drawn: bars on one scale, figures flush right."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from store.index.summary import Summary, Watching
from store.private.model import CheckIn, Private
from store.text.cells import cell_width
from tests.store.building import docket, entry, invoice
from tests.store.decision.plans import Plan, many, plans
from tests.store.test_card import full
from tui.plots import gauge, spark
from tui.widgets.card_line import line_cells
from tui.words.card import card_parts
from tui.words.glance import glance_lines


def told(*entries: object, private: Private = Private()) -> dict[str, str]:  # noqa: B008
    """Return each line of a glance by its label."""
    found = glance_lines(docket(entries), None, private)  # type: ignore[arg-type]
    return {line.label: line.text for line in found}


def test_what_is_owed_comes_with_its_age() -> None:
    late = told(invoice(1, 60, 30, "A-1"), invoice(2, 3, -12, "A-2", "50"))
    assert late["owes"] == "EUR 100, 30d late"
    assert late["billed"] == "EUR 50.00 4 Dec"
    assert told(invoice(1, 3, -12, "A-1"))["owes"] == "nothing overdue"
    assert told()["owes"] == "nothing billed yet"


def test_work_and_what_is_about_them_have_one_scale() -> None:
    entries = (
        entry(1, "hours", 5, data={"hours": "8"}),
        entry(2, "hours", 5, data={"hours": "4", "spent": "chase"}),
    )
    lines = {one.label: one for one in glance_lines(docket(entries), None, Private())}
    shares = [lines[name].gauge for name in ("work", "them")]
    assert [one.share for one in shares if one] == [1.0, 0.5]


def test_how_it_feels_says_that_it_is_private() -> None:
    felt = CheckIn(at=datetime(2026, 11, 1, tzinfo=UTC), stress_client=8)
    assert told(private=Private(checkins=(felt,)))["feels"] == "8 private"


def test_a_bar_shows_anything_above_nothing_and_a_curve_leaves_out_what_is_not_known() -> None:
    assert [text for text, _ in gauge(0.001, 12)] == ["━", "─" * 11]
    assert [text for text, _ in gauge(0, 12)] == ["", "─" * 12]
    assert [text for text, _ in gauge(1, 12)] == ["━" * 12, ""]
    assert spark((0, None, 10, 5), 12) == "▁ █▅"
    assert spark(tuple(range(11)), 3) == "▇▇█"


@many
@given(plans(), st.integers(20, 90))
def test_a_line_takes_the_cells_it_is_given(plan: Plan, width: int) -> None:
    made = full(plan)[1]
    for line in (line for part in card_parts(made) for line in part.lines):
        drawn = line_cells(line, width, 9)
        assert cell_width("".join(text for text, _ in drawn)) == width, line


def test_a_line_is_said_to_hold_and_not_to_have_held_while_it_is_watched() -> None:
    watched = Watching("2026-11-10", "2027-01-09", 0, 2)
    summary = Summary("acme", "keep", False, 1.0, 1.0, (), 0, None, 0)._replace(watch=watched)
    lines = glance_lines(docket([]), summary, Private())
    assert next(line.text for line in lines if line.label == "told").endswith("; it holds")
