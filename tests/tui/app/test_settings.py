"""What of `config.toml` the app passes over is a notice as it opens; an own key wins."""

from __future__ import annotations

import pytest

from store.drafts import Drafts
from store.errors import DocketError
from store.workspace import Workspace
from tests.tui.app.conftest import Opened
from tests.tui.cli.test_settings import KEYS, PASSED
from tui.app import DocketApp
from tui.widgets.capture import CaptureBar


def set_to(workspace: Workspace, text: str) -> None:
    (workspace.root / "config.toml").write_text(f"{text}\n", encoding="utf-8")
    vars(workspace).pop("settings", None)  # it is read once


def notices(app: DocketApp) -> list[str]:
    return [app.told] if app.told else []


@pytest.mark.parametrize("what", [*PASSED, *KEYS])
async def test_it_is_said_once_as_the_app_opens(
    opened: Opened, workspace: Workspace, what: str
) -> None:
    text, words = (PASSED | KEYS)[what]
    set_to(workspace, text)
    async with opened() as (app, pilot):
        (notice,) = notices(app)
        assert notice.startswith(f"In config.toml, {words}")
        app.hush()
        await pilot.press("?", "escape")
        assert notices(app) == []


async def test_an_own_key_does_what_it_was_given_to(opened: Opened, workspace: Workspace) -> None:
    set_to(workspace, KEYS["a default"][0])
    async with opened() as (app, pilot):
        await pilot.press("d")
        assert app.screen.query(CaptureBar)
        assert app.screen is app.main
        await pilot.press("escape", ":")
        await pilot.press(*"decide", "enter")
        await pilot.pause()
        assert app.screen is not app.main


async def test_kept_lines_are_said_with_it(opened: Opened, workspace: Workspace) -> None:
    set_to(workspace, PASSED["a setting"][0])
    Drafts(workspace.root / "drafts").add("capture", "acme thanks", "")
    async with opened() as (app, _):
        (notice,) = notices(app)
        assert "colour: there is no such setting" in notice
        assert "A line you were typing is kept: press n" in notice


def test_a_wrong_value_is_refused_in_one_line(workspace: Workspace) -> None:
    set_to(workspace, "currency = 'eur'")
    with pytest.raises(DocketError, match="currency: it is not three capital letters"):
        DocketApp(workspace)
