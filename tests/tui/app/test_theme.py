"""Themes in the running app: tried as the cursor moves, kept in the settings, or as before."""

from __future__ import annotations

import pytest
from rich.style import Style

from store.settings.config import load_config
from store.workspace import Workspace
from tests.examples import swept
from tests.tui.screens.host import text_of
from tests.tui.waiting import settled
from tui.app import DocketApp
from tui.app.appearance import Wardrobe
from tui.tokens import AUTO, THEMES

TRUE = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}


def dressed(workspace: Workspace, env: dict[str, str], asked: str = AUTO) -> DocketApp:
    return DocketApp(workspace, Wardrobe(workspace.root, asked, env, paint=False))


def sent(app: DocketApp) -> list[Style]:
    """Return every style on the screen, as it is sent."""
    filters = app.get_line_filters()
    strips = list(app.screen._compositor.render_strips())
    styles = []
    for strip in strips:
        segments = list(strip)
        for one in filters:
            segments = one.apply(segments, app.screen.background_colors[1])
        styles += [part.style for part in segments if part.style]
    return styles


def hues(app: DocketApp) -> set[str]:
    colours = (one for style in sent(app) for one in (style.color, style.bgcolor))
    return {colour.name for colour in colours if colour is not None}


def codes(app: DocketApp) -> set[str]:
    """Return the codes that the colours on the screen are sent as."""
    fore = (style.color for style in sent(app))
    back = (style.bgcolor for style in sent(app))
    found = {code for one in fore if one for code in one.get_ansi_codes()}
    return found | {code for one in back if one for code in one.get_ansi_codes(foreground=False)}


async def test_each_is_worn_as_the_cursor_comes_to_it_and_one_is_kept(workspace: Workspace) -> None:
    app = dressed(workspace, TRUE)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await app.run_action("theme")
        await settled(pilot)
        assert "›" in text_of(app) and "high contrast, on black" in text_of(app)
        await pilot.press("j", "j")
        await settled(pilot)
        assert app.theme == "light"
        assert THEMES["light"].looks["text"].lower() in {hue.lower() for hue in hues(app)}
        await pilot.press("escape")
        await settled(pilot)
        assert app.theme == "ansi", "as before"
        await app.run_action("theme")
        await pilot.press("j", "enter")
        await settled(pilot)
        assert app.theme == "dark"
        assert app.focused is app.main.clients
    assert load_config(workspace.places.config).theme == "dark"


async def test_auto_takes_the_setting_away(workspace: Workspace) -> None:
    workspace.set_texts({"theme": "light"})
    app = dressed(workspace, TRUE, "light")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await app.run_action("theme")
        await pilot.press("k", "k", "enter")
        await settled(pilot)
    assert "theme" not in workspace.places.config.read_text()


KEYS = ("2", "3", "n", "escape", "d", "0", "escape", "N", "escape", "p")


@pytest.mark.parametrize(
    "env", swept([{**TRUE, "NO_COLOR": "1"}, {"TERM": "vt220"}, {"TERM": "linux"}], 1)
)
async def test_no_colour_is_sent_that_there_is_not(
    workspace: Workspace, env: dict[str, str]
) -> None:
    sixteen = {str(code) for code in range(31, 37) if code != 34} if len(env) == 1 else set()
    allowed = sixteen if env["TERM"] == "linux" else set()
    app = dressed(workspace, env, "dark")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for key in KEYS:
            await pilot.press(key)
            await settled(pilot)
            assert codes(app) <= allowed, key
            if env["TERM"] != "xterm-256color":
                assert not any(style.dim or style.italic for style in sent(app))


async def test_only_what_a_terminal_shows_is_offered(workspace: Workspace) -> None:
    def choices(env: dict[str, str]) -> list[str]:
        return Wardrobe(workspace.root, AUTO, env, paint=False).choices

    assert choices(TRUE) == [AUTO, *THEMES]
    assert choices({"TERM": "linux"}) == [AUTO, "ansi", "none"]
    assert choices({"NO_COLOR": "1"}) == [AUTO]
