"""The first client in the app: whose name entries carry is asked once, and never insisted on."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from store.settings.config import load_config
from store.workspace import Workspace
from tests.drafted import drafted
from tests.tui.app.conftest import NOW, Opened, Typing
from tests.tui.app.test_capture_bar import title
from tests.tui.app.test_main import told
from tests.tui.waiting import settled
from tui.app import DocketApp
from tui.widgets.capture import CaptureBar
from tui.widgets.hints import Hints

ASKED = "Your name, as it should stand in records"


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("USER", "robin")
    return Workspace.create(tmp_path / "w", clock=lambda: NOW)


async def test_the_name_is_asked_before_the_first_entry_is_signed(empty: Workspace) -> None:
    app = DocketApp(empty)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        footer = app.screen.query_one(Hints)
        assert str(footer.render()).startswith("+ add client  n log  : commands")
        await pilot.press("n", *"new Acme Media", "enter")
        assert title(app) == ASKED
        assert app.screen.query_one(Input).placeholder == "leave it empty to sign 'robin'"
        await pilot.press(*"Jo Ek", "enter")
        assert "acme-media added" in told(app)
        assert str(footer.render()).startswith("n log  d decide")
        await pilot.press("n", *"new Bolt", "enter")
        assert not app.screen.query(CaptureBar)
    assert load_config(empty.root / "config.toml").author == "Jo Ek"
    signed = {entry.author for one in empty.client_ids() for entry in empty.entries(one)}
    assert signed == {"Jo Ek"}


async def test_the_question_is_skipped_with_enter_and_left_with_esc(empty: Workspace) -> None:
    app = DocketApp(empty)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("+", *"Acme Media", "enter", *"not a na", "escape")
        assert app.screen.query_one(Input).value == "new Acme Media"
        assert title(app).startswith("Log")
        await pilot.press("enter")
        assert title(app) == ASKED
        assert app.screen.query_one(Input).value == ""
        await pilot.press("enter")
        assert "acme-media added" in told(app)
    assert not (empty.root / "config.toml").exists()
    assert empty.entries("acme-media")[0].author == "robin"
    assert drafted(empty, "capture") == []


async def test_what_is_typed_of_the_client_is_kept_while_the_question_is_open(
    empty: Workspace,
) -> None:
    app = DocketApp(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", *"new Acme Media", "enter", *"Jo")
        app.leave()
    assert drafted(empty, "capture") == ["new Acme Media"]


async def test_a_name_that_cannot_be_set_is_said_and_the_question_stays(empty: Workspace) -> None:
    app = DocketApp(empty)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("n", *"new Acme Media", "enter")
        (empty.root / "config.toml").symlink_to(empty.root / "elsewhere")
        await pilot.press(*"Jo", "enter")
        assert "is a symbolic link" in told(app)
        assert app.screen.query_one(Input).value == "Jo"
        await pilot.press("ctrl+u", "enter")
    assert empty.client_ids() == ["acme-media"]


async def test_the_palette_finds_who_one_is(
    opened: Opened, typing: Typing, workspace: Workspace
) -> None:
    async with opened() as (app, pilot):
        await pilot.press(":", *"who", "space", *"you", "enter")
        await settled(pilot)
        await typing(pilot, "Ines Marek")
        await pilot.press("enter")
        await settled(pilot)
        assert workspace.author == "Ines Marek"
        assert "Entries are signed 'Ines Marek' from now on" in app.told
