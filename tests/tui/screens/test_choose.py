"""Writing down a decision: what it rests on, what is kept, and boundaries set a third time."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from store.decision import assess
from store.decision.history import exception, rested_on
from store.private.gut import Gut
from store.private.model import Decision, GutAnswer
from store.workspace import Workspace
from tests.tui.screens.host import HOSTILE, NOW, SIZES, Host, text_of, workspace
from tui.screens.choose import ChooseScreen

AGAIN = "Boundaries were set 2 times already: say why a third time is different."


def host(made: Workspace) -> Host:
    """Return the form for Acme as it stands now."""
    found = assess(made.docket("acme"), made.private.of("acme"), made.config)
    return Host(ChooseScreen(made, "acme", found))


def reset(made: Workspace, times: int, choice: Gut = "set-boundaries") -> None:
    """Let the same have been decided so often already."""
    for age in range(times, 0, -1):
        decision = Decision(at=NOW - timedelta(days=30 * age), choice=choice)
        made.private.add("acme", decision)


def flat(app: Host) -> str:
    return " ".join(text_of(app).split())


@pytest.mark.parametrize("size", SIZES)
async def test_it_is_kept_with_all_it_rested_on(tmp_path: Path, size: tuple[int, int]) -> None:
    made = workspace(tmp_path, HOSTILE)
    made.private.add("acme", GutAnswer(at=NOW - timedelta(days=1), answer="stop-work"))
    made.private.add("acme", GutAnswer(at=NOW, answer="keep"))
    until = NOW.date() + timedelta(days=14)
    made.log(made.draft(**exception("acme", "R1", until, "half is paid")))
    app = host(made)
    found = app.shown.rests_on  # type: ignore[attr-defined]
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        shown = flat(app)
        assert "The log says: Stop work until they pay." in shown
        assert "Money: a reminder ignored." in shown
        assert "R1 is set aside, 14 days left." in shown
        assert "private" in shown
        assert "[/foo]" in shown and "\x1b" not in text_of(app)
        await pilot.press("3", *"no [/more]", "f2")
        await pilot.pause()
    decision = made.private.of("acme").decisions[0]
    assert app.result == decision
    assert (decision.choice, decision.why, decision.gut) == ("stop-work", "no [/more]", "keep")
    assert decision.rested_on == rested_on(found)
    assert decision.rested_on is not None and decision.rested_on.rung == "unheard"
    assert (decision.verdict, decision.score) == (found.verdict, found.score)
    assert (decision.at, decision.entries) == (NOW, 10)


@pytest.mark.parametrize("size", SIZES)
async def test_a_third_reset_needs_a_reason(tmp_path: Path, size: tuple[int, int]) -> None:
    made = workspace(tmp_path)
    reset(made, 2)
    app = host(made)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        assert "Boundaries were set" not in flat(app), "nothing is chosen yet"
        await pilot.press("2")
        await pilot.pause()
        assert AGAIN in flat(app)
        await pilot.press("tab", "enter")
        await pilot.pause()
        shown = flat(app)
        assert "Not saved: Boundaries were set 2 times already: two resets are the rule" in shown
        assert "say why." in shown
        assert len(made.private.of("acme").decisions) == 2
        assert app.result == "not dismissed"
        await pilot.press(*"new", "f2")  # the cursor went to the reason
        await pilot.pause()
    assert made.private.of("acme").decisions[2].why == "new"


async def test_another_choice_needs_none_and_hears_of_none(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    reset(made, 3)
    app = host(made)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await pilot.pause()
        assert "Boundaries were set 3 times already: say why this time is different." in flat(app)
        await pilot.press("shift+tab", "4")
        await pilot.pause()
        assert "Boundaries were set" not in flat(app)
        await pilot.press("f2")
        await pilot.pause()
    assert made.private.of("acme").decisions[3].choice == "walk-away"


@pytest.mark.parametrize(("times", "choice"), [(1, "set-boundaries"), (5, "keep")])
async def test_a_second_reset_needs_no_reason(tmp_path: Path, times: int, choice: Gut) -> None:
    made = workspace(tmp_path)
    reset(made, times, choice)
    app = host(made)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await pilot.pause()
        assert "Boundaries were set" not in flat(app)
        await pilot.press("f2")
        await pilot.pause()
    assert len(made.private.of("acme").decisions) == times + 1


async def test_what_is_chosen_is_kept_as_a_draft(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    reset(made, 2)
    app = host(made)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "escape")
        await pilot.pause()
        assert app.result is None
    again = host(made)
    async with again.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Kept from before: what you chose ↑ takes it" in flat(again)
        await pilot.press("up")
        shown = flat(again)
        assert "▸ 2" in shown and AGAIN in shown


async def test_a_private_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    app = host(made)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        made.private.path.write_text("not JSON")
        await pilot.press("2", *"why", "f2")
        await pilot.pause()
        assert "not a private file" in flat(app)
        assert "why" in flat(app)
        assert app.result == "not dismissed"
