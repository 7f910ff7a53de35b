"""Every command of the registry that names a secondary screen is done by that screen."""

from __future__ import annotations

from typing import Any

import pytest
from textual.screen import Screen

from tui.app import DocketApp
from tui.commands import COMMANDS
from tui.keys import check_keys
from tui.screens.behind import EntriesScreen
from tui.screens.card import CardScreen
from tui.screens.checkin import CheckInScreen
from tui.screens.choose import ChooseScreen
from tui.screens.correct import CorrectScreen
from tui.screens.decision import DecisionScreen
from tui.screens.entry import EntryScreen
from tui.screens.past import PastScreen
from tui.screens.portfolio import PortfolioScreen
from tui.screens.record import RecordScreen
from tui.screens.tables import TableScreen

DONE_BY: dict[str, tuple[type[Screen[Any]], ...]] = {
    "gut": (DecisionScreen,),
    "decision": (DecisionScreen,),
    "portfolio": (PortfolioScreen,),
    "past": (PastScreen,),
    "card": (CardScreen,),
    "entries": (EntriesScreen, TableScreen),
    "entry": (EntryScreen,),
    "choice": (ChooseScreen,),
    "checkin": (CheckInScreen,),
    "record": (RecordScreen,),
    "correct": (CorrectScreen,),
}


@pytest.mark.parametrize("place", DONE_BY)
def test_no_key_is_dead(place: str) -> None:
    check_keys({})
    for command in COMMANDS:
        if place in command.where:
            called = command.action.partition("(")[0]
            done_by = (DocketApp,) if called.startswith("app.") else DONE_BY[place]
            name = f"action_{called.removeprefix('app.')}"
            assert all(hasattr(one, name) for one in done_by), command.id
