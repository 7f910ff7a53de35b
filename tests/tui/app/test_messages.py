"""Messages: one line above the footer, gone at the next key, over nothing that is needed."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.examples import swept
from tests.tui.app.conftest import Opened
from tests.tui.app.test_bursts import send
from tests.tui.screens.host import text_of
from tui.app import DocketApp
from tui.widgets.line import BarLine
from tui.widgets.message import MessageLine

LONG = "word " * 60


def rows(app: DocketApp) -> list[str]:
    return text_of(app).splitlines()


async def said(app: DocketApp, pilot: Pilot[None], text: str, *, error: bool = False) -> list[str]:
    """Return the rows of the screen once `text` is said."""
    app.say(text, error=error)
    await pilot.pause()
    return rows(app)


@pytest.mark.parametrize("size", swept([((60, 20),), ((80, 24),), ((120, 40),)], 1))
async def test_it_stands_above_the_footer_and_is_gone_at_the_next_key(
    opened: Opened, size: tuple[int, int]
) -> None:
    async with opened(size=size) as (app, pilot):
        before = rows(app)
        shown = await said(app, pilot, "Something was done.")
        changed = [row for row in range(size[1]) if shown[row] != before[row]]
        assert changed == [size[1] - 2]
        assert shown[-2].strip() == "Something was done."
        await pilot.press("ctrl+t")  # which does nothing
        await pilot.pause()
        assert rows(app) == before
        assert app.told == ""


async def test_a_message_is_read_whole_and_none_is_wider_than_the_screen_or_over_eight_lines(
    opened: Opened,
) -> None:
    async with opened(size=(60, 20)) as (app, pilot):
        shown = await said(app, pilot, LONG)
        line = app.screen.query_one(MessageLine)
        assert line.outer_size.width <= 60
        assert " ".join(shown).count("word") == LONG.count("word")
        await said(app, pilot, LONG * 9)
        assert line.outer_size.height == 8


async def test_textual_itself_shows_no_box(opened: Opened) -> None:
    async with opened() as (app, pilot):
        app.notify("Something of Textual's own", title="Title")
        await pilot.pause()
        assert not app.screen.query("Toast")
        assert "Something of Textual's own" in rows(app)[-2]


@pytest.mark.parametrize("size", swept([((60, 20),), ((80, 24),)], 1))
async def test_it_covers_no_field_of_a_form(opened: Opened, size: tuple[int, int]) -> None:
    async with opened(size=size) as (app, pilot):
        await pilot.press("2", "a")
        await pilot.pause()
        for _ in range(8):
            await pilot.press("tab")
            app.say(LONG)
            await pilot.pause()
            assert isinstance(app.focused, Input) or app.focused
            line = app.screen.query_one(MessageLine)
            assert app.focused.region, "it is in view"
            assert not app.focused.region.overlaps(line.region)


async def test_the_last_line_of_a_text_stays_in_view(opened: Opened) -> None:
    async with opened(size=(60, 20)) as (app, pilot):
        await pilot.press("?", "G")
        await pilot.pause()
        last = rows(app)[-3]
        shown = await said(app, pilot, "Something was done.")
        assert last in shown
        assert "Something was done." in shown[-2]


async def test_a_refusal_says_in_bold_what_it_is_about(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await said(app, pilot, "Not saved: a reason is needed. Type one [/foo]", error=True)
        shown = app.screen.query_one(MessageLine).render()
        assert str(shown) == "Not saved: a reason is needed. Type one [/foo]"
        (bold,) = [one for one in shown.spans if "bold" in str(one.style)]  # type: ignore[union-attr]
        assert (bold.start, bold.end) == (0, len("Not saved:"))


async def test_it_goes_along_to_the_screen_that_comes_next(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await pilot.press("2", "j", "v", *"mistaken", "enter")
        await pilot.pause()
        assert app.screen is app.main
        app.say("Something was done.")
        await pilot.press("d")
        assert "Something was done." not in text_of(app)
        app.say("Said on the decision.")
        app.pop_screen()
        await pilot.pause()
        assert "Said on the decision." in rows(app)[-2]


async def test_a_refusal_is_seen_though_keys_were_typed_ahead(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await send(pilot, "unblame typed on\r")
        await pilot.pause()
        assert "nothing to undo" in app.told
        assert "acme#7 logged" in app.told


async def test_over_a_bar_it_stands_above_the_line_that_is_typed(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await pilot.press("n")
        await said(app, pilot, "Something was done.")
        line = app.screen.query_one(MessageLine)
        assert line.region.bottom <= app.screen.query_one(BarLine).region.y
        await pilot.press("x")
        await pilot.pause()
        assert app.told == ""
