"""The decision screen by key: gut, answer, the entries behind it, and the choice."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from store.dates import day_ahead
from store.decision import assess
from store.private.model import GutAnswer
from store.workspace import Workspace
from tests.drafted import drafted
from tests.tui.screens.host import HOSTILE, NOW, SIZES, Host, text_of, workspace
from tui.screens.checkin import CheckInScreen
from tui.screens.choose import ChooseScreen
from tui.screens.decision import DecisionScreen
from tui.screens.record import RecordScreen


def host(made: Workspace) -> Host:
    return Host(DecisionScreen(made, "acme"))


def score(made: Workspace) -> str:
    """Return the score as the screen prints it."""
    found = assess(made.docket("acme"), made.private.of("acme"), made.config)
    return f"{found.score:.1f} "


@pytest.mark.parametrize("size", SIZES)
async def test_gut_answer_entries_choice(tmp_path: Path, size: tuple[int, int]) -> None:
    made = workspace(tmp_path, HOSTILE)
    app = host(made)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        asked = text_of(app)
        assert "What does your gut say?" in asked
        assert "followed." in asked and "what you promised, part well" in asked
        assert "rank  " not in asked
        assert "WALK AWAY" not in asked
        await pilot.press("2")
        await app.workers.wait_for_complete()
        await pilot.pause()
        shown = text_of(app)
        for said in ("WALK AWAY", "% is known", "your gut said set boundaries", "Do they pay?"):
            assert said in shown, "visible without scrolling"
        assert "private, never exported" in shown
        await pilot.press("0", *["j"] * 5, "enter")
        await pilot.pause()
        shown = text_of(app)
        assert "#5  Thu 19 Nov 2026  pay later  severity 3" in shown
        assert "Keep going, I'll pay [/foo] <b>x</b>" in shown
        assert "\x1b" not in shown
        await pilot.press("escape", "w", "4", *"no more", "enter", "enter")
        await pilot.pause()
        assert "Written down" in text_of(app)
    kept = made.private.of("acme")
    assert [one.answer for one in kept.guts] == ["set-boundaries"]
    decision = kept.decisions[0]
    assert (decision.choice, decision.why) == ("walk-away", "no more")
    assert decision.review == NOW.date() + timedelta(weeks=4)
    assert (decision.verdict, decision.score, decision.entries) == (
        "walk-away",
        float(score(made)),
        9,
    )
    assert len(made.entries("acme")) == 9, "nothing private is an entry"


@pytest.mark.parametrize("key", ["0", "enter"])
async def test_skipping_the_gut_keeps_nothing(tmp_path: Path, key: str) -> None:
    made = workspace(tmp_path)
    app = host(made)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(key)
        await pilot.pause()
        assert "your gut did not say" in text_of(app)
    assert made.private.of("acme").guts == ()


async def test_the_score_stays_hidden_whatever_is_pressed(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    app = host(made)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "k", "G", "w", "b", "t", "y", "s", "tab", "space")
        await pilot.pause()
        shown = text_of(app)
        assert "What does your gut say?" in shown
        assert score(made) not in shown
        assert app.copied == []


async def test_the_gut_is_asked_once_a_day(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    made.private.add("acme", GutAnswer(at=NOW - timedelta(days=1), answer="keep"))
    app = host(made)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "What does your gut say?" in text_of(app)
        await pilot.press("1", "escape")
        await pilot.pause()
        assert app.result is None
    again = host(made)
    async with again.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "your gut said keep" in text_of(again)
        await pilot.press("0")
        await pilot.pause()
        assert "keep: the log is worse than you feel" in text_of(again)


async def test_a_gut_answer_that_cannot_be_kept_reveals_nothing(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    app = host(made)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        made.private.path.write_text("not JSON")
        await pilot.press("1")
        await pilot.pause()
        shown = text_of(app)
        assert "not a private file" in shown
        assert "WALK AWAY" not in shown


async def test_the_lower_part_follows_the_cursor_and_esc_closes_it_first(tmp_path: Path) -> None:
    app = host(workspace(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1")
        await app.workers.wait_for_complete()
        await pilot.press("0", "j", "enter", *["j"] * 4)
        await pilot.pause()
        assert "R1: Keep working, pay later" in text_of(app)
        await pilot.press("j")
        await pilot.pause()
        assert "R2: A reminder ignored" in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "Behind this line" not in text_of(app)
        assert app.result == "not dismissed"
        await pilot.press("escape")
        await pilot.pause()
        assert app.result is None


async def test_ways_out_trend_and_the_last_line(tmp_path: Path) -> None:
    app = host(workspace(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1", "b")
        await pilot.pause()
        assert "Solve it:" in text_of(app)
        assert "End it:" in text_of(app)
        await app.workers.wait_for_complete()
        await pilot.press("t")
        await pilot.pause()
        assert "By week: k keep, b set boundaries" in text_of(app)
        assert " 100 │" in text_of(app)
        await pilot.press("escape", "0", "G")
        await pilot.pause()
        assert "no record, statement or report holds them." in text_of(app)
        await pilot.press("0", "G")
        await pilot.pause()
        assert "Two ways out" in text_of(app)


async def test_a_checkin_from_here_changes_the_answer(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    before = score(made)
    app = host(made)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("1", "i")
        await pilot.pause()
        assert isinstance(app.screen, CheckInScreen)
        await pilot.press("9", "1", "8", "enter", "0")
        await pilot.pause()
        assert isinstance(app.screen, DecisionScreen)
        shown = text_of(app)
        assert "Yes: 2 of 2 known signs say yes." in shown
        assert score(made) in shown
        assert before != score(made)


async def test_x_opens_the_record(tmp_path: Path) -> None:
    app = host(workspace(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1", "x")
        await pilot.pause()
        assert isinstance(app.screen, RecordScreen)


async def test_a_choice_with_bad_input_keeps_its_text(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    app = host(made)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1", "w", "f2")
        await pilot.pause()
        assert "Not saved: Nothing is chosen yet" in text_of(app)
        await pilot.press("2", *"[/foo] talk", "tab", *["backspace"] * 10, *"soon")
        await pilot.press("enter")
        await pilot.pause()
        shown = text_of(app)
        assert "! 'soon' is not a date" in shown
        assert "[/foo] talk" in shown
        await pilot.press("escape", "w", "up")
        await pilot.pause()
        assert isinstance(app.screen, ChooseScreen)
        shown = text_of(app)
        assert "▸ 2" in shown
        assert "[/foo] talk" in shown
        await pilot.press("tab", "tab", *["backspace"] * 4, *"+14d", "f2")
        await pilot.pause()
    decision = made.private.of("acme").decisions[0]
    assert decision.why == "[/foo] talk"
    assert decision.review == date(2026, 12, 6)
    assert not drafted(made, "decision", "acme")


def test_a_review_lies_ahead_or_is_not_wanted() -> None:
    today = NOW.date()
    assert day_ahead("  ", today) is None
    assert day_ahead("in 2 weeks", today) == date(2026, 12, 6)
    for past in ("today", "2026-11-01"):
        with pytest.raises(Exception, match="not ahead"):
            day_ahead(past, today)
