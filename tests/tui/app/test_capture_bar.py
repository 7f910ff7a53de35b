"""Quick capture in the app: from key to saved, and nothing typed is ever lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.content import Content
from textual.widgets import Input, Static

from store.workspace import Workspace
from tests.drafted import drafted
from tests.tui.app.conftest import Opened, Typing
from tests.tui.app.test_main import main, told
from tests.tui.screens.host import text_of
from tests.tui.waiting import until
from tui.app import DocketApp
from tui.safe_text import safe_wrap
from tui.widgets.capture import CaptureBar


def reading(app: DocketApp) -> str:
    return str(app.screen.query_one("#reading", Static).content)


async def test_from_key_to_saved(opened: Opened, workspace: Workspace, typing: Typing) -> None:
    async with opened() as (app, pilot):
        await pilot.press("n")
        await typing(pilot, "bolt scope-creep wants a shop !2 @yesterday +0.5h")
        assert reading(app) == (
            "✓ Bolt & Co: scope creep, severity 2, 0.5 h, yesterday, Sat 21 Nov: wants a shop"
        )
        await pilot.press("enter")
        await pilot.pause()
        assert "bolt#2 logged" in told(app)
        assert not app.screen.query(CaptureBar)
        assert main(app).focused is not None
    entry = workspace.docket("bolt").entries[-1]
    assert (entry.kind, entry.statement, entry.lag_days) == ("scope-creep", "wants a shop", 1)
    assert drafted(workspace, "capture") == []


async def test_what_the_words_say_and_the_kind_does_not_is_asked_and_never_taken(
    opened: Opened, workspace: Workspace, typing: Typing
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("n")
        await typing(pilot, "bolt complaint she refused to pay the rest")
        assert reading(app).endswith(
            "she refused to pay the rest. “refused to pay”: does that say that they will not pay? "
            "Then its kind is non-payment"
        )
        await pilot.press("enter")
        await pilot.pause()
    entry = workspace.docket("bolt").entries[-1]
    assert (entry.kind, entry.statement) == ("complaint", "she refused to pay the rest")


async def test_an_incomplete_line_is_not_saved_and_stays(
    opened: Opened, workspace: Workspace, typing: Typing
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("n")
        await typing(pilot, "invoice INV-50 500")
        await pilot.press("enter")
        assert reading(app).startswith("… Not saved: when is it due?")
        assert app.screen.query_one(Input).value == "invoice INV-50 500"
        await typing(pilot, " due:+14d")
        await pilot.press("enter")
        await pilot.pause()
    assert workspace.docket("acme").ledger.find("INV-50") is not None


async def test_a_line_the_store_refuses_stays(
    opened: Opened, workspace: Workspace, typing: Typing
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("n")
        await typing(pilot, "invoice INV-42 500 due:+14d")
        await pilot.press("enter")
        assert "INV-42 is on the docket already" in reading(app)
        assert app.screen.query_one(Input).value.startswith("invoice INV-42")
        count = len(workspace.docket("acme").entries)
    assert count == 6


async def test_a_write_that_fails_keeps_the_line(
    opened: Opened, workspace: Workspace, typing: Typing
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("n")
        await typing(pilot, "abuse shouted")
        Path(workspace.path("acme")).unlink()
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen.query_one(Input).value == "abuse shouted"
    assert drafted(workspace, "capture") == ["abuse shouted"]


async def test_escape_keeps_the_draft_and_n_offers_it_back(
    opened: Opened, workspace: Workspace, typing: Typing
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("n")
        await typing(pilot, "abuse half a thou")
        await pilot.press("escape")
        assert drafted(workspace, "capture") == ["abuse half a thou"]
        await pilot.press("n")
        line = app.screen.query_one(Input)
        assert line.value == ""
        assert line.placeholder == "↑ takes what you typed before: abuse half a thou"
        await pilot.press("up", *"ght")
        assert line.value == "abuse half a thought"
    workspace.drafts.leave()
    async with opened() as (app, pilot):
        assert "press n, and ↑ takes it" in told(app)
        await pilot.press("n", "tab")
        assert app.screen.query_one(Input).value == "abuse half a thought"


async def test_what_is_typed_anew_is_never_glued_to_what_was_kept(
    opened: Opened, workspace: Workspace, typing: Typing
) -> None:
    async with opened() as (_, pilot):
        await pilot.press("n")
        await typing(pilot, "half a thought from monday")
        await pilot.press("escape", "n")
        await typing(pilot, "blame new thing today")
        await pilot.press("enter")
        await pilot.pause()
        assert drafted(workspace, "capture") == ["half a thought from monday"]
    assert workspace.docket("acme").entries[-1].statement == "new thing today"


def title(app: DocketApp) -> str:
    return Content.from_markup(str(app.screen.query_one(CaptureBar).border_title)).plain.strip()


@pytest.mark.parametrize("leave", ["escape", "quit"])
async def test_a_suggestion_that_was_not_edited_is_no_draft(
    opened: Opened, workspace: Workspace, typing: Typing, leave: str
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("s")
        assert app.screen.query_one(Input).value == "end-notice gave notice"
        await pilot.pause(0.5)
        if leave == "escape":
            await pilot.press("escape", "n")
            await typing(pilot, "bolt blame Kari")
            assert app.screen.query_one(Input).value == "bolt blame Kari"
            await pilot.press("enter")
            await pilot.pause()
        else:
            app.leave()
    assert not drafted(workspace, "capture")
    assert not workspace.docket("acme").kind("end-notice")


async def test_the_word_new_alone_is_no_draft(opened: Opened, workspace: Workspace) -> None:
    async with opened() as (app, pilot):
        await app.action_log("new ")
        await pilot.press("escape", "n")
        assert app.screen.query_one(Input).value == ""
    assert not drafted(workspace, "capture")


async def test_an_edited_suggestion_is_a_draft_until_it_is_as_suggested_again(
    opened: Opened, workspace: Workspace, typing: Typing
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("s")
        suggested = app.screen.query_one(Input).value
        await typing(pilot, "!")
        await until(pilot, lambda: drafted(workspace, "capture") == [f"{suggested}!"])
        await pilot.press("backspace")
        await until(pilot, lambda: drafted(workspace, "capture") == [])


async def test_a_draft_is_marked_as_one_and_can_be_cleared_with_one_key(
    opened: Opened, workspace: Workspace, typing: Typing
) -> None:
    async with opened((60, 20)) as (app, pilot):
        await pilot.press("n")
        assert title(app) == "Log an entry: Acme Media   enter saves   esc closes"
        await typing(pilot, "abuse half a thou")
        await pilot.press("escape", "n", "up")
        assert title(app) == "Kept draft: Acme Media   enter saves   esc closes"
        await pilot.press("ctrl+u")
        assert title(app).startswith("Log an entry")
        await typing(pilot, "note new")
        assert app.screen.query_one(Input).value == "note new"


async def test_lines_of_the_editor_are_not_said_to_be_cleared_by_a_key(
    opened: Opened, workspace: Workspace
) -> None:
    workspace.drafts.add("capture", "note called\nthen that")
    async with opened() as (app, pilot):
        await pilot.press("n", "up")
        assert title(app) == "Log an entry: Acme Media   enter saves   tab completes   esc closes"


async def test_what_is_typed_is_on_disk_within_half_a_second(
    opened: Opened, workspace: Workspace, typing: Typing
) -> None:
    async with opened() as (_, pilot):
        await pilot.press("n")
        await typing(pilot, "abuse x")
        on_disk = ["abuse x"]
        await until(pilot, lambda: drafted(workspace, "capture") == on_disk, "not on disk")


async def test_leaving_writes_the_draft_at_once(
    opened: Opened, workspace: Workspace, typing: Typing
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("n")
        await typing(pilot, "abuse y")
        app.leave()
        assert drafted(workspace, "capture") == ["abuse y"]


async def test_tab_completes_client_and_kind(opened: Opened, typing: Typing) -> None:
    async with opened() as (app, pilot):
        await pilot.press("n")
        await typing(pilot, "bo")
        await pilot.press("tab")
        assert app.screen.query_one(Input).value == "bolt "
        await typing(pilot, "late")
        await pilot.press("tab")
        assert reading(app) == "… late-entry  late-payment  late-reply"
        await typing(pilot, "p")
        await pilot.press("tab")
        assert app.screen.query_one(Input).value == "bolt late-payment "


async def test_capture_opens_over_other_screens_for_their_client(
    opened: Opened, workspace: Workspace, typing: Typing
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("x")
        await pilot.pause()
        await pilot.press("n")
        await typing(pilot, "abuse seen while writing")
        await pilot.press("enter")
        await pilot.pause()
        assert "acme#7 logged" in told(app)
    assert workspace.docket("acme").entries[-1].statement == "seen while writing"


async def test_the_editor_adds_lines_below(
    opened: Opened, workspace: Workspace, typing: Typing
) -> None:
    async with opened() as (app, pilot):
        workspace.drafts.add("capture", "note called\nfirst they said this\nthen that")
        await app.open_capture()
        await pilot.press("up")
        assert "and 2 more lines" in reading(app)
        await pilot.press("enter")
        await pilot.pause()
    statement = workspace.docket("acme").entries[-1].statement
    assert statement == "called\nfirst they said this\nthen that"


async def test_keys_in_one_burst_reach_the_line(opened: Opened, workspace: Workspace) -> None:
    async with opened() as (_, pilot):
        burst = ["n", *"abuse", "space", *"oquvad", "enter", "n", *"note", "space", *"two", "enter"]
        await pilot.press(*burst)
        await pilot.pause()
    assert [entry.statement for entry in workspace.docket("acme").entries[-2:]] == ["oquvad", "two"]


async def test_a_long_reading_is_shown_to_its_last_word(opened: Opened, typing: Typing) -> None:
    async with opened() as (app, pilot):
        await pilot.press("n")
        await typing(pilot, "invoice INV-42 500 due:+14d")
        shown = app.screen.query_one("#reading", Static)
        lines = safe_wrap(reading(app), shown.content_size.width)
        assert len(lines) > 2
        await until(pilot, lambda: shown.content_size.height == len(lines))
        await pilot.press("ctrl+u")
        await typing(pilot, "note x")
        await until(pilot, lambda: shown.content_size.height == 2)


async def test_work_for_one_who_owes_is_asked_about_once(
    opened: Opened, workspace: Workspace, typing: Typing
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("n")
        await typing(pilot, "hours 2h a quick fix")
        await pilot.press("enter")
        await pilot.pause()
        assert "INV-42 is 13 days late: why work on before it is paid?" in text_of(app)
        assert not workspace.docket("acme").kind("hours")
        await typing(pilot, ", as the site was down")
        await pilot.press("enter")
        await pilot.pause()
    [logged] = workspace.docket("acme").kind("hours")
    assert logged.statement == "a quick fix, as the site was down"
