"""D: every text that was typed and never logged, opened where it was typed, or thrown away."""

from __future__ import annotations

import pytest
from textual.widgets import Input, TextArea

from store.drafts import Drafts
from store.workspace import Workspace
from tests.examples import swept
from tests.tui.app.conftest import Opened
from tests.tui.app.test_main import told
from tests.tui.screens.host import text_of
from tui.screens.checkin import CheckInScreen
from tui.screens.correct import CorrectScreen
from tui.screens.decision import DecisionScreen
from tui.screens.drafts import DraftsScreen
from tui.screens.record import RecordScreen
from tui.screens.repair import RepairScreen
from tui.screens.welcome import WelcomeScreen
from tui.widgets.capture import CaptureBar
from tui.widgets.mail_bar import MailBar


def typed_elsewhere(workspace: Workspace, form: str, text: str, client: str = "") -> None:
    """Let a session that is over have typed a text."""
    other = Drafts(workspace.drafts.folder)
    other.save(form, text, client)
    other.leave()


KEPT = (
    ("capture", "bolt note half a thought", "", CaptureBar, "bolt note half a thought"),
    ("editor", "bolt note from the editor\n# help\n", "", CaptureBar, "bolt note from the ed"),
    ("unsent", "shouted", "bolt", CaptureBar, "bolt shouted"),
    ("mail", "~/late.eml", "", MailBar, "~/late.eml"),
    ("amend-1", '{"text": "", "reason": "a typo"}', "bolt", CorrectScreen, "a typo"),
    ("add-1", '{"text": "one more fact"}', "bolt", CorrectScreen, "one more fact"),
    ("void-1", '{"reason": "not them"}', "bolt", CorrectScreen, "not them"),
    ("repair-1", '{"act": "call Ann"}', "bolt", RepairScreen, "call Ann"),
    ("welcome", '{"goal": "forty orders"}', "bolt", WelcomeScreen, "forty orders"),
    ("record", '{"redact": "Jo Smith", "for": "own"}', "bolt", RecordScreen, "Jo Smith"),
    ("checkin", '{"day": "2026-11-22", "dread": "9"}', "bolt", CheckInScreen, " 9  ━━"),
    ("decision", '{"choice": "keep", "why": "they pay"}', "bolt", DecisionScreen, "Bolt & Co"),
)


@pytest.mark.parametrize(("form", "text", "client", "where", "shown"), swept(KEPT, 4))
async def test_each_is_listed_at_start_and_opened_where_it_was_typed(
    opened: Opened,
    workspace: Workspace,
    form: str,
    text: str,
    client: str,
    where: type,
    shown: str,
) -> None:
    typed_elsewhere(workspace, form, text, client)
    async with opened() as (app, pilot):
        said = "press n, and ↑ takes it" if form == "capture" else "1 text you typed before is kept"
        assert said in told(app)
        assert "D lists what is kept." in told(app)
        await pilot.press("D", "enter")
        await pilot.pause()
        assert isinstance(app.screen, where) or app.screen.query(where)
        values = [one.value for one in app.screen.query(Input)]
        values += [one.text for one in app.screen.query(TextArea)]
        assert shown in "\n".join([*values, text_of(app)])
        if where is not CaptureBar and client:
            assert getattr(app.screen, "client", "") == client


async def test_a_text_is_thrown_away_only_when_asked_twice(
    opened: Opened, workspace: Workspace
) -> None:
    for text in ("older", "newer"):
        typed_elsewhere(workspace, "capture", f"acme note {text}")
    async with opened() as (app, pilot):
        await pilot.press("D", "delete", "escape")
        assert isinstance(app.screen, DraftsScreen)
        assert len(workspace.drafts.kept()) == 2
        await pilot.press("delete", "enter")
        assert [one.text for one in workspace.drafts.kept()] == ["acme note older"]
        await pilot.press("backspace", "enter")
        await pilot.pause()
        assert "Nothing is kept: all you typed is logged." in text_of(app)
        await pilot.press("enter", "delete", "escape")
        assert not isinstance(app.screen, DraftsScreen)


async def test_of_two_corrections_of_one_entry_the_one_chosen_is_opened(
    opened: Opened, workspace: Workspace
) -> None:
    for reason in ("the older", "the newer"):
        typed_elsewhere(workspace, "void-1", f'{{"reason": "{reason}"}}', "bolt")
    async with opened() as (app, pilot):
        await pilot.press("D", "j", "enter")
        await pilot.pause()
        assert [one.value for one in app.screen.query(Input)] == ["the older"]
        await pilot.press("escape")
    assert len(workspace.drafts.kept("void-1", "bolt")) == 2


async def test_a_text_about_a_client_that_is_gone_is_said_and_stays(
    opened: Opened, workspace: Workspace
) -> None:
    typed_elsewhere(workspace, "void-1", '{"reason": "not them"}', "gone")
    async with opened() as (app, pilot):
        await pilot.press("D", "enter")
        await pilot.pause()
        assert "There is no client gone any more" in told(app)
    assert len(workspace.drafts.kept()) == 1


async def test_what_another_open_session_types_is_counted_and_not_shown(
    opened: Opened, workspace: Workspace
) -> None:
    other = Drafts(workspace.drafts.folder)
    other.save("capture", "being typed there")
    async with opened() as (app, pilot):
        assert told(app) == ""
        await pilot.press("D")
        await pilot.pause()
        assert "1 text more in sessions that are open." in text_of(app)
        assert "being typed there" not in text_of(app)


async def test_the_kept_text_of_a_form_is_shown_and_typing_begins_anew(
    opened: Opened, workspace: Workspace
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("2", "v", *"half a reason", "escape", "v")
        await pilot.pause()
        assert "Kept from before: half a reason   ↑ takes it" in text_of(app)
        await pilot.press(*"mistaken")
        assert app.screen.query_one(Input).value == "mistaken"
        await pilot.press("up")
        assert app.screen.query_one(Input).value == "mistaken", "it is typed in already"
        await pilot.press("enter")
        await pilot.pause()
    kept = [one.fields["reason"] for one in workspace.drafts.kept()]
    assert kept == ["half a reason"]
    assert workspace.entries("acme")[-1].links[0].reason == "mistaken"
