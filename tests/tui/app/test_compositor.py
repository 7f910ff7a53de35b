"""What is drawn after a key is asked of those widgets alone that something is drawn of."""

from __future__ import annotations

import pytest
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tests.tui.app.conftest import Opened
from tests.tui.screens.host import text_of
from tests.tui.waiting import settled


async def test_a_move_asks_few_widgets_and_draws_what_a_full_paint_draws(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("2")
        await settled(pilot)
        asked: list[Widget] = []
        lines_of = Widget.render_lines

        def lines(self: Widget, crop: Region) -> list[Strip]:
            asked.append(self)
            return lines_of(self, crop)

        monkeypatch.setattr(Widget, "render_lines", lines)
        await pilot.press("j")
        await settled(pilot)
        kinds = {type(one).__name__ for one in asked}
        assert kinds
        assert not {"Hints", "StatusLine", "MessageLine", "BarSlot"} & kinds
        shown = text_of(app)
        app.refresh(layout=True)
        await settled(pilot)
        assert text_of(app) == shown
