"""The welcome sheet and a repair by key: what is typed is logged, and an error keeps it."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.docket.repairs import plans
from store.docket.welcome import sheet
from tests.tui.screens.host import HOSTILE, SIZES, UNDISMISSED, Host, text_of, workspace
from tui.screens.repair import RepairScreen
from tui.screens.welcome import WelcomeScreen


@pytest.mark.parametrize("size", SIZES)
async def test_a_sheet_is_filled_in(tmp_path: Path, size: tuple[int, int]) -> None:
    made = workspace(tmp_path, HOSTILE)
    app = Host(WelcomeScreen(made, "acme"))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert "Welcome sheet" in text_of(app)
        await pilot.press(*"a draft [/foo]", "enter", *"I write", "ctrl+s")
        await pilot.pause()
        assert app.result is not UNDISMISSED
    said = sheet(made.docket("acme")).answers
    assert (said["process"].text, said["roles"].text) == ("a draft [/foo]", "I write")


async def test_what_cannot_be_read_stays_in_its_field(tmp_path: Path) -> None:
    made = workspace(tmp_path, HOSTILE)
    app = Host(WelcomeScreen(made, "acme"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.screen.query_one("#their_reply").focus()
        await pilot.press("ctrl+u", *"soon", "ctrl+s")
        await pilot.pause()
        assert app.result is UNDISMISSED
        assert "is not a span of days" in " ".join(text_of(app).split())
        assert app.screen.focused is not None and app.screen.focused.id == "their_reply"
    assert sheet(made.docket("acme")).begun is None


@pytest.mark.parametrize("size", SIZES)
async def test_a_repair_begins_with_one_act_and_its_day(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    made = workspace(tmp_path, HOSTILE)
    seq = made.enter("acme", "complaint", "The list is wrong").seq
    app = Host(RepairScreen(made, "acme", seq))
    async with app.run_test(size=size) as pilot:
        await pilot.press(*"Call Ann", "ctrl+s")
        await pilot.pause()
        assert "help without a day is none" in " ".join(text_of(app).split())
        await pilot.press(*"+2d", "enter", *"I am sorry, but it was late")
        await pilot.pause()
        shown = " ".join(text_of(app).split())
        assert "done by Tue 24 Nov 2026" in shown
        assert "“but” is a but" in shown
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert app.result is not UNDISMISSED
    (plan,) = plans(made.docket("acme"))
    assert (plan.about, [one.kind for one in plan.steps]) == (seq, ["my-apology", "repair-offer"])
