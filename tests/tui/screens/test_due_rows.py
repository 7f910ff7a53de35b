"""What is due in lines: how late first, one line a step, and the one under the cursor in full."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from store.playbook.step import NextStep
from store.text.cells import cell_width
from tui.screens.due_rows import detail_rows_of, due_counted, due_rows
from tui.words.steps import when_due

TODAY = date(2026, 11, 30)
NAMES = {"bm": "Ferienchalets Brunnmatt GmbH", "kh": "រោងត្បាញដើមត្នោត", "te": "水端茶舗"}


def step(client: str, days: int, what: str, key: str = "bill:1", **more: object) -> NextStep:
    due = TODAY + timedelta(days=days)
    made = NextStep(client, due, what, "CHF 2,520.00 is open, 38 days late.", key)
    return made._replace(**more)  # type: ignore[arg-type]


STEPS = (
    step("bm", -11, "Stop work until BM-14 is paid", evidence=(18, 20), line="stop BM-14"),
    step("te", 0, "Talk to them about it", "talk"),
    step("bm", 2, "Ask again for #4", "request:4"),
    step("kh", 12, "Take BM-15 to the ladder", "bill:9"),
    step("te", 35, "Look again", "hold", why="moving house"),
    step("bm", 0, "Say whether #30 helped", "outcome:30", under="bill:1"),
)


def test_a_line_for_each_step_under_its_time() -> None:
    told = [row.text.rstrip() for row in due_rows(STEPS, NAMES, TODAY, 77)]
    assert told == [
        "Today",
        "11d late  Ferienchalets Brunnmatt…  Stop work until BM-14 is paid",
        "   today  水端茶舗                  Talk to them about it",
        "This week",
        "  Wed  2  Ferienchalets Brunnmatt…  Ask again for #4",
        "Later",
        "  12 Dec  រោងត្បាញដើមត្នោត              Take BM-15 to the ladder",
        "On hold",
        "   4 Jan  水端茶舗                  on hold until 4 Jan, moving house",
    ]
    assert due_counted(STEPS, TODAY) == "2 due today, with 2 clients · 5 steps · 1 on hold"
    more = (*STEPS, step("te", -3, "Say what waits", "told"))  # a row more, no client more
    assert due_counted(more, TODAY) == "3 due today, with 2 clients · 6 steps · 1 on hold"


def test_the_cursor_stops_on_steps_alone_and_each_is_told_from_the_others() -> None:
    rows = due_rows(STEPS, NAMES, TODAY, 77)
    assert [row.opens for row in rows] == [row.head == "" for row in rows]
    leads = [row.leads for row in rows if row.opens]
    assert len(set(leads)) == len(leads) == 5


@pytest.mark.parametrize("width", [57, 77, 117])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    long = STEPS[0]._replace(what="x" * 200, why="why " * 200, evidence=tuple(range(40)))
    rows = [*due_rows([long], NAMES, TODAY, width), *detail_rows_of(long, STEPS, TODAY, width)]
    assert all(cell_width(row.text) <= width for row in rows)
    assert len(list(detail_rows_of(long, STEPS, TODAY, width))) <= 6


def test_the_step_under_the_cursor_is_told_in_full() -> None:
    told = [row.text.rstrip() for row in detail_rows_of(STEPS[0], STEPS, TODAY, 77)]
    assert told == [
        "Why   CHF 2,520.00 is open, 38 days late.",
        "      #18 #20",
        "Then  Say whether #30 helped",
        "How   docket log bm stop BM-14",
    ]


def test_lateness_is_a_word_and_a_weight_not_a_colour_alone() -> None:
    assert when_due(TODAY - timedelta(days=11), TODAY) == ("11d late", "bold heat3")
    assert when_due(TODAY - timedelta(days=210), TODAY) == ("30w late", "bold heat3")
    assert when_due(TODAY, TODAY) == ("   today", "bold heat1")
    assert when_due(TODAY + timedelta(days=2), TODAY) == ("  Wed  2", "dim")
    assert when_due(TODAY + timedelta(days=14), TODAY) == ("  14 Dec", "dim")
    assert when_due(TODAY + timedelta(days=400), TODAY) == ("Jan 2028", "dim")


def test_what_is_owed_stands_at_the_end_of_the_line_where_there_is_room() -> None:
    one = step("bm", 0, "Stop work until BM-14 is paid, and say so", owed="CHF 2,520.00")
    _, line = due_rows((one,), NAMES, TODAY, 77)
    assert line.text.endswith("is paid…  CHF 2,520") and cell_width(line.text) == 77
    _, narrow = due_rows((one,), NAMES, TODAY, 57)
    assert "CHF" not in narrow.text
