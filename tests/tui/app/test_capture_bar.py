"""Quick capture in the app: from key to saved, and nothing typed is ever lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.content import Content
from textual.widgets import Input, Static

from store.playbook.step import NextStep
from store.workspace import Workspace
from tests.drafted import drafted
from tests.tui.app.conftest import Opened, Typing
from tests.tui.app.test_bursts import send
from tests.tui.app.test_main import main, told
from tests.tui.screens.host import text_of
from tests.tui.waiting import until
from tui.app import DocketApp
from tui.safe_text import safe_wrap
from tui.widgets.capture import CaptureBar
from tui.widgets.choices import Suggestions
from tui.words.choices import choice_rows


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
        assert line.placeholder.startswith("abuse half a thou   tab takes it (")
        assert line.placeholder.endswith(")  del throws it away")
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


TO_LOG = NextStep("acme", date(2026, 11, 22), "Say it", "It is late.", "x", line="talk about it")


def title(app: DocketApp) -> str:
    return Content.from_markup(str(app.screen.query_one(CaptureBar).border_title)).plain.strip()


@pytest.mark.parametrize("leave", ["escape", "quit"])
async def test_a_suggestion_that_was_not_edited_is_no_draft(
    opened: Opened, workspace: Workspace, typing: Typing, leave: str
) -> None:
    async with opened() as (app, pilot):
        await app.open_step(TO_LOG)
        assert app.screen.query_one(Input).value == TO_LOG.line
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
    assert not workspace.docket("acme").kind("talk")


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
        await app.open_step(TO_LOG)
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
        assert title(app) == "Log: Acme Media ━━━━━━━ another: type its name first"
        await typing(pilot, "abuse half a thou")
        await pilot.press("escape", "n", "up")
        assert title(app).startswith("Kept draft: Acme Media")
        await pilot.press("ctrl+u")
        assert title(app).startswith("Log: Acme Media")
        await typing(pilot, "note new")
        assert app.screen.query_one(Input).value == "note new"


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


def keys_shown(app: DocketApp) -> str:
    return str(app.screen.query_one("#keys", Static).content)


def choices(app: DocketApp) -> list[str]:
    shown = app.screen.query_one(Suggestions)
    rows = choice_rows(shown.offer, shown.chosen, shown.size.width)
    return ["".join(text for text, _ in row).strip() for row in rows]


async def test_tab_takes_the_choice_under_the_cursor(opened: Opened, typing: Typing) -> None:
    async with opened() as (app, pilot):
        await pilot.press("n")
        await typing(pilot, "bo")
        await pilot.press("tab")
        assert app.screen.query_one(Input).value == "bolt "
        await typing(pilot, "late")
        first, second, *_ = choices(app)
        assert first.startswith("▌late-payment")
        await pilot.press("down", "down", "up")
        assert choices(app)[1].startswith(f"▌{second.split()[0]}")
        assert keys_shown(app).startswith("enter take  tab take  ↓ ↑ choose")
        await pilot.press("enter")
        assert app.screen.query_one(Input).value == f"bolt {second.split()[0]} "


async def test_an_invoice_is_offered_with_its_sum_its_day_and_how_late_it_is(
    opened: Opened, typing: Typing
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("n")
        await typing(pilot, "late in")
        assert choices(app) == ["▌INV-42   EUR 4,210.00   due 9 Nov   13 days late"]
        assert "Not yet" not in reading(app)
        await pilot.press("tab")
        assert app.screen.query_one(Input).value == "late INV-42 "
        assert choices(app) == []


async def test_tab_on_an_empty_line_offers_kinds_and_clients(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await pilot.press("n", "tab")
        told = choices(app)
        assert len(told) == 6
        assert any(one.startswith("bolt ") for one in told)
        assert told[0].startswith("▌")
        assert told[-1].startswith("and ")
        await pilot.press("tab")
        assert app.screen.query_one(Input).value == f"{told[0].split()[0][1:]} "


async def test_a_kept_line_that_is_thrown_away_comes_back_with_a_key(
    opened: Opened, workspace: Workspace, typing: Typing
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("n")
        await typing(pilot, "abuse half")
        await pilot.press("escape", "n", "delete")
        assert drafted(workspace, "capture") == []
        assert "Thrown away" in told(app)
        await pilot.press("up")
        assert app.screen.query_one(Input).value == "abuse half"


async def test_earlier_lines_come_back_and_what_was_typed_waits(
    opened: Opened, workspace: Workspace, typing: Typing
) -> None:
    async with opened() as (app, pilot):
        for line in ("note one", "note two", "note ~internal mine"):
            await pilot.press("n")
            await typing(pilot, line)
            await pilot.press("enter")
        await pilot.press("n")
        await typing(pilot, "blame half")
        shown = app.screen.query_one(Input)
        await pilot.press("up")
        assert shown.value == "note two"
        await pilot.press("up", "up")
        assert shown.value == "note one"
        await pilot.press("down", "down")
        assert shown.value == "blame half"
        await pilot.press("up", *"ly", "enter")
        await pilot.pause()
        assert drafted(workspace, "capture") == ["blame half"]
    assert workspace.docket("acme").entries[-1].statement == "twoly"


async def test_a_dot_opens_the_line_logged_last_to_be_changed(
    opened: Opened, workspace: Workspace, typing: Typing
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("full_stop")
        assert "Nothing was logged in this session" in told(app)
        await pilot.press("n")
        await typing(pilot, "hours 2h fixing")
        await pilot.press("enter", "enter", "full_stop", *" it", "enter", "enter")
        await pilot.pause()
        assert drafted(workspace, "capture") == []
    said = [one.statement for one in workspace.docket("acme").kind("hours")]
    assert said == ["fixing", "fixing it"]


async def test_several_lines_are_typed_and_pasted(opened: Opened, workspace: Workspace) -> None:
    async with opened() as (app, pilot):
        await pilot.press("n", *"note one", "ctrl+g", *"two", "ctrl+g", "ctrl+g", *"four")
        typed = app.screen.query_one(Input)
        await pilot.press(*["backspace"] * 5)
        assert (typed.value, typed.cursor_position) == ("", 0)
        await pilot.press("up", "end", *" more")
        await send(pilot, "\x1b[200~ a\rb c\n\x1b[201~!")
        assert app.screen.query_one(CaptureBar).text == "note one\ntwo morea\nb c!\n"
        assert "and 2 more lines" in reading(app)
        await pilot.press("enter")
        await pilot.pause()
    assert workspace.docket("acme").entries[-1].statement == "one\ntwo morea\nb c!"


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
