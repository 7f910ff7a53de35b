"""An exception by key: the rule under the cursor, a reason, a last day, and what it changes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from store.decision import assess
from store.entries import ExceptionData
from store.private.model import GutAnswer
from store.workspace import Workspace
from tests.tui.screens.host import HOSTILE, NOW, SIZES, Host, text_of, workspace
from tui.screens.decision import DecisionScreen
from tui.screens.set_aside import SetAsideScreen


def asked(folder: Path) -> Workspace:
    """Return a workspace whose gut was asked today, so that the answer shows at once."""
    made = workspace(folder, HOSTILE)
    made.private.add("acme", GutAnswer(at=NOW, answer="keep"))
    return made


@pytest.mark.parametrize("size", SIZES)
async def test_a_rule_is_set_aside_in_writing(tmp_path: Path, size: tuple[int, int]) -> None:
    made = asked(tmp_path)
    app = Host(DecisionScreen(made, "acme"))
    async with app.run_test(size=size, notifications=True) as pilot:
        await app.workers.wait_for_complete()
        await pilot.press("0", *["j"] * 5, "m")
        await pilot.pause()
        assert isinstance(app.screen, SetAsideScreen)
        shown = text_of(app)
        assert "Exception to R1" in shown
        assert "its last day is Sun 6 Dec 2026" in shown
        await pilot.press(*"half is paid [/foo]", "enter", "enter")
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, DecisionScreen)
        shown = text_of(app)
        assert "WALK AWAY" not in shown
        assert "STOP WORK" in shown, "what else stands still stands"
        assert "your exception has 14 days left" in " ".join(shown.split())
    entry = made.entries("acme")[-1]
    assert isinstance(entry.data, ExceptionData)
    assert (entry.data.rule, entry.data.until) == ("R1", date(2026, 12, 6))
    assert (entry.visibility, entry.statement) == ("internal", "half is paid [/foo]")
    found = assess(made.docket("acme"), made.private.of("acme"), made.config)
    assert [rule.id for rule in found.exceptions] == ["R1"]


async def test_without_a_reason_or_an_end_nothing_is_logged_and_the_words_stay(
    tmp_path: Path,
) -> None:
    made = asked(tmp_path)
    count = len(made.entries("acme"))
    app = Host(DecisionScreen(made, "acme"))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.press("0", *["j"] * 5, "m", "f2")
        await pilot.pause()
        assert "has no reason" in text_of(app)
        await pilot.press(*"they paid half", "tab", *["backspace"] * 10, "f2")
        await pilot.pause()
        assert "An exception has an end" in text_of(app)
        await pilot.press(*"+200d", "f2")
        await pilot.pause()
        assert "it may last 90 days" in " ".join(text_of(app).split())
        await pilot.press("escape", "m")
        await pilot.pause()
        assert "they paid half" in text_of(app)
    assert len(made.entries("acme")) == count


async def test_the_cursor_says_which_rule_is_meant(tmp_path: Path) -> None:
    app = Host(DecisionScreen(asked(tmp_path), "acme"))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.press("m")
        await pilot.pause()
        assert "Put the cursor on the rule you mean." in text_of(app)
