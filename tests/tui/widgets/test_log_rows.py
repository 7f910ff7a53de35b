"""Rows of the log: how much of the sample can be read whole, and what leads a row."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from store.workspace import Workspace
from tests.old.sample import NOW, old_sample
from tui.widgets.log import LogPane
from tui.words.log_row import figure


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return old_sample(tmp_path_factory.mktemp("sample"))


def rows(workspace: Workspace, client: str, width: int) -> list[list[tuple[str, str]]]:
    """Return the pieces of every row of a client's log, in `width` cells."""
    pane = LogPane()
    pane.take(workspace.docket(client, workspace.clock().date()))
    return [list(pane.cells(number, width)) for number in range(pane.count())]


def texts(workspace: Workspace, client: str, width: int = 57) -> list[str]:
    return ["".join(text for text, _ in row).rstrip() for row in rows(workspace, client, width)]


@pytest.mark.parametrize(
    ("where", "width", "least"),
    [("80x24", 57, 45), ("80x24 zoomed", 80, 70), ("120x40", 88, 70), ("200x50", 159, 99)],
)
def test_so_many_rows_of_the_sample_are_whole(
    sample: Workspace, where: str, width: int, least: int
) -> None:
    said = [row[-1][0].rstrip() for one in sample.client_ids() for row in rows(sample, one, width)]
    whole = sum(not text.endswith("…") for text in said)
    assert 100 * whole / len(said) >= least, where
    assert len(said) == 515


def test_the_kind_and_its_severity_share_their_cells(sample: Workspace) -> None:
    told = texts(sample, "harcourt-wexley")
    assert told[0].startswith("▌27 Nov micro-c… !! Size of the logo")
    assert told[1].startswith(" 24 Nov approva… !!! Winter") or "!!! Winter" in told[1]
    assert told[9].startswith("  1 Nov distrust !! He asked")


def test_sums_numbers_and_hours_lead_the_statement(sample: Workspace) -> None:
    told = texts(sample, "harcourt-wexley")
    assert " 21 Nov hours       5h  Winter menu, third typeface." in told
    assert " 15 Nov invoice     1,428  HW-105 Month eight, 21 hours." in told
    assert " 30 Oct payment     3,128  HW-104 on the due day." in told
    wide = texts(sample, "harcourt-wexley", 88)
    assert "  46 15 Nov invoice        1,428  HW-105 Month eight, 21 hours." in wide


@pytest.mark.parametrize(
    ("amount", "code", "own", "told"),
    [
        ("1428", "GBP", "GBP", "1,428"),
        ("1428.50", "GBP", "GBP", "1,428.50"),
        ("2295", "USD", "GBP", "USD 2,295"),
        ("1800000", "KHR", "KHR", "1,800,000"),
        ("5", "EUR", None, "EUR 5"),
    ],
)
def test_a_sum_has_its_currency_unless_it_is_the_clients_own(
    amount: str, code: str, own: str | None, told: str
) -> None:
    assert figure(Decimal(amount), code, own) == told


def on(day: int, year: int = 2026) -> dict[str, Any]:
    return {"occurred_at": datetime(year, 11, day, 9, tzinfo=UTC), "precision": "day"}


@pytest.fixture
def own(tmp_path: Path) -> Workspace:
    made = Workspace.create(tmp_path / "w", clock=lambda: NOW)
    made.new_client("acme", [made.draft("acme", "client", data={"name": "Acme"}, **on(1, 2025))])
    return made


def test_a_row_says_what_else_became_of_the_entry(own: Workspace) -> None:
    for kind, text, held in (("blame", "Theirs", ""), ("note", "Mine alone", "internal")):
        own.enter("acme", kind, text, **on(20), **({"visibility": held} if held else {}))
    link = {"rel": "voids", "seq": 2, "reason": "it was paid in time"}
    own.enter("acme", "void", "", links=[link])
    told = texts(own, "acme")
    assert " 20 Nov blame       withdrawn: it was paid in time" in told
    assert any(row.endswith("note        private  Mine alone") for row in told)


def test_the_year_stands_where_it_is_not_this_one(own: Workspace) -> None:
    own.enter("acme", "hours", "Long ago", data={"hours": "1.50"}, **on(2, 2025))
    assert "▌Nov 25 hours       1.5h  Long ago" in texts(own, "acme")
    assert date(2025, 11, 2) == own.docket("acme").log[0].entry.day


def test_a_payment_without_words_says_what_it_is_for(own: Workspace) -> None:
    bill = {"number": "A-1", "amount": "100", "currency": "EUR", "due": date(2026, 11, 20)}
    own.enter("acme", "invoice", "", data=bill, **on(2))
    paid = {"amount": "100", "currency": "EUR"}
    paid_for = [{"invoice": "A-1", "amount": "100"}]
    own.enter("acme", "payment", "", data={**paid, "for_invoices": paid_for}, **on(3))
    told = texts(own, "acme")
    assert "▌ 3 Nov payment     EUR 100  A-1" in told
    assert "  2 Nov invoice     EUR 100  A-1 due 20 Nov" in told
