"""The check-in: digits fill lines, `enter` saves privately, `esc` says that nothing was saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.private.model import SCALES
from tests.drafted import drafted
from tests.tui.screens.host import HOSTILE, SIZES, Host, left, text_of, told, workspace
from tui.screens.checkin import CheckInScreen, row_of, rows


def test_every_number_has_its_line() -> None:
    lines = rows({item.field: 4 for item in SCALES}, 78)
    for number, item in enumerate(SCALES):
        row = lines[row_of(number)]
        assert row.opens
        assert item.label[:20] in row.text
        assert " 4  ━━━━─" in row.text


def test_an_unsaid_number_is_not_shown_as_nought() -> None:
    lines = rows({"stress_client": 0}, 78)
    assert " 0  ───" in lines[row_of(0)].text
    assert " -  ···" in lines[row_of(1)].text


@pytest.mark.parametrize("size", SIZES)
async def test_two_digits_and_enter_save_the_pair(tmp_path: Path, size: tuple[int, int]) -> None:
    made = workspace(tmp_path, HOSTILE)
    app = Host(CheckInScreen(made, "acme"))
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.press("7", "3")
        await pilot.pause()
        shown = text_of(app)
        assert "[/foo] <b>x</b>" in shown
        assert " 7  ━━━━━━━───" in shown
        assert "\x1b" not in shown
        await pilot.press("enter")
        await left(pilot)
    saved = made.private.of("acme").checkins
    assert [(one.stress_client, one.stress_work, one.dread) for one in saved] == [(7, 3, None)]
    assert app.result == saved[0]
    assert told(app)
    assert len(made.entries("acme")) == 9, "a check-in is no entry"


@pytest.mark.parametrize(
    ("keys", "pair"),
    [
        ("1 0 5", (10, 5)),
        ("1 3", (1, 3)),
        ("1 1", (1, 1)),
        ("1 space 0", (1, 0)),
        ("* *", (10, 10)),
        ("0 1 0", (0, 10)),
        ("1 enter", (1, None)),
        ("4 6 up up 9", (9, 6)),
        ("4 6 k backspace", (4, None)),
    ],
)
async def test_ten_can_be_typed_and_lines_corrected(
    tmp_path: Path, keys: str, pair: tuple[int, int | None]
) -> None:
    made = workspace(tmp_path)
    app = Host(CheckInScreen(made, "acme"))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press(*keys.split())
        if not keys.endswith("enter"):
            await pilot.press("enter")
        await left(pilot)
    saved = made.private.of("acme").checkins[0]
    assert (saved.stress_client, saved.stress_work) == pair


async def test_all_nine_lines(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    async with Host(CheckInScreen(made, "acme")).run_test(size=(60, 20)) as pilot:
        await pilot.press(*"234567891", "enter")
        await left(pilot)
    saved = made.private.of("acme").checkins[0]
    assert [getattr(saved, item.field) for item in SCALES] == [2, 3, 4, 5, 6, 7, 8, 9, 1]


async def test_enter_with_nothing_typed_saves_nothing_and_says_so(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    app = Host(CheckInScreen(made, "acme"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert "Not saved: There is nothing to save yet" in text_of(app)
    assert made.private.of("acme").checkins == ()


async def test_leaving_says_that_nothing_was_saved_and_keeps_the_numbers(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    app = Host(CheckInScreen(made, "acme"))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("8", "2", "escape")
        await pilot.pause()
        assert app.result is None
        assert "not saved" in told(app)
    assert made.private.of("acme").checkins == ()
    again = Host(CheckInScreen(made, "acme"))
    async with again.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert " 8  ━━━━━━━━" in text_of(again)
        await pilot.press("enter")
        await left(pilot)
    assert made.private.of("acme").checkins[0].stress_client == 8
    assert not drafted(made, "checkin", "acme")


async def test_yesterdays_numbers_are_not_offered_today(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    made.drafts.add("checkin", '{"day": "2026-11-21", "stress_client": "9"}', "acme")
    app = Host(CheckInScreen(made, "acme"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert " 9  ███" not in text_of(app)
