"""How the room of the main screen is shared out, at the sizes it is built for."""

from __future__ import annotations

import pytest

from tui.screens.floorplan import Floorplan, Space, floorplan


def at(width: int, height: int, **other: object) -> Floorplan:
    fields = {"clients": 14, "entry": 5, "pane": "log"} | other
    return floorplan(Space(width=width, height=height - 2, **fields))  # type: ignore[arg-type]


def test_80x24_has_all_clients_what_is_due_and_the_entry_on_one_line_with_it() -> None:
    plan = at(80, 24)
    assert (plan.left, plan.right) == (22, 57)
    assert (plan.clients, plan.due) == (14, 6)
    assert plan.line and plan.card == 0
    assert (plan.log, plan.entry) == (13, 6), "the two rules meet in one row"


def test_120x40_has_the_card_in_place_of_its_line() -> None:
    plan = at(120, 40)
    assert (plan.left, plan.right, plan.card, plan.line) == (31, 88, 12, False)
    assert plan.clients + plan.due + plan.card + 3 == 38


@pytest.mark.parametrize(("width", "left"), [(80, 22), (100, 22), (110, 31), (160, 40), (300, 40)])
def test_the_list_is_never_over_a_third(width: int, left: int) -> None:
    assert at(width, 24).left == left <= width / 3


def test_what_is_due_gives_way_to_many_clients() -> None:
    plan = at(80, 24, clients=40)
    assert (plan.clients, plan.due) == (21, 0)
    assert at(80, 24, clients=19).due == 0
    assert at(80, 24, clients=18).due == 2


@pytest.mark.parametrize("needs", [2, 3, 5, 6, 7])
@pytest.mark.parametrize("height", [22, 24, 30, 40, 50])
def test_the_entry_has_the_lines_it_needs(needs: int, height: int) -> None:
    plan = at(80, height, entry=needs)
    assert needs <= plan.entry <= 7 or plan.entry == (height - 4) // 3
    assert plan.log + plan.entry + plan.line + 1 == height - 3


def test_zoomed_a_pane_has_it_all_and_a_log_keeps_its_entry() -> None:
    log = at(80, 24, zoomed=True)
    assert (log.left, log.right, log.line) == (0, 80, False)
    assert log.log + log.entry + 1 == 21
    assert at(80, 24, zoomed=True, pane="clients").left == 80
    assert at(80, 24, zoomed=True, pane="entry").entry == 21


@pytest.mark.parametrize("pane", ["clients", "log", "entry"])
def test_60x20_shows_one_pane(pane: str) -> None:
    plan = at(60, 20, single=True, pane=pane)
    assert [plan.clients > 0, plan.log > 0, plan.entry > 0].count(True) == 1
    assert (plan.clients, plan.due) == ((14, 2) if pane == "clients" else (0, 0))
