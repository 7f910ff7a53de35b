"""The two-key check-in: when it is asked, how it is answered, and that it is never in the way."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from store.private.model import CheckIn
from store.workspace import Workspace
from tests.examples import swept
from tests.tui.app.conftest import NOW, Opened, Typing
from tests.tui.app.test_main import main, told
from tests.tui.waiting import settled
from tui.app import DocketApp
from tui.screens.help import HelpScreen
from tui.widgets.capture import CaptureBar
from tui.widgets.two_keys import TwoKeys

LATER = NOW + timedelta(days=1)
ASKS, PASSES = f"{3:032x}", f"{4:032x}"


@pytest.fixture
def workspace(workspace: Workspace) -> Workspace:
    """The workspace a day later: what was logged today was not logged just now."""
    return Workspace.open(workspace.root, clock=lambda: LATER)


def asked(app: DocketApp) -> str:
    """Return the question on the screen, or nothing."""
    bars = app.screen.query(TwoKeys)
    return str(bars.first().query_one("#asked", Static).content) if bars else ""


async def log(pilot: Pilot[None], typing: Typing, line: str = "note wrote again") -> None:
    """Log `line`."""
    await pilot.press("n")
    await typing(pilot, line)
    await pilot.press("enter")
    await settled(pilot)


def felt(workspace: Workspace, days: int, dread: int | None = None) -> None:
    """Check in about acme so many days before now."""
    checkin = CheckIn(at=LATER - timedelta(days=days), stress_client=5, dread=dread)
    workspace.private.add("acme", checkin)


def kept(workspace: Workspace) -> list[tuple[int | None, ...]]:
    """Return the numbers of every check-in about acme."""
    found = workspace.private.of("acme").checkins
    return [(one.stress_client, one.stress_work, one.dread or one.energy) for one in found]


def title(app: DocketApp) -> str:
    shown = app.screen.query_one(TwoKeys)._border_title
    return shown.plain.strip() if shown else ""


async def test_a_key_takes_it_up_and_enter_alone_saves(
    opened: Opened, workspace: Workspace, typing: Typing
) -> None:
    async with opened() as (app, pilot):
        await log(pilot, typing)
        assert "acme#7 logged" in told(app)
        assert title(app) == "Private check-in: Acme Media   i answers   esc skips"
        assert asked(app).startswith("Two digits, stress from them and from the work itself;")
        await pilot.press("i")
        assert title(app) == "Private check-in: Acme Media   enter saves   esc skips"
        assert asked(app).startswith("Stress from them? 0 none")
        await pilot.press("7")
        assert asked(app) == "7 from them. Stress from the work itself? 0-9, * is 10"
        await pilot.press("enter")
        assert asked(app).startswith("7 from them"), "one number is not a check-in"
        await pilot.press("4", "backspace", "0")
        assert asked(app) == "7 and 0. enter saves; or energy left? 0 none, 9 plenty"
        await pilot.pause()
        assert kept(workspace) == []
        await pilot.press("enter")
        assert asked(app) == ""
        assert "saved in your private file" in told(app)
        assert main(app).focused is not None
    assert kept(workspace) == [(7, 0, None)]
    assert workspace.private.of("acme").checkins[0].at == LATER


async def test_keys_meant_for_the_panes_are_no_digits(
    opened: Opened, workspace: Workspace, typing: Typing
) -> None:
    async with opened() as (app, pilot):
        await log(pilot, typing)
        await pilot.press("2", "1", "3")
        assert asked(app) == ""
        assert main(app).pane == "entry"
    assert kept(workspace) == []


@pytest.mark.parametrize(
    ("line", "third", "question"),
    [
        ("abuse shouted ^mail", "dread", "10 and 3. enter saves; or dread when they write?"),
        ("note wrote again", "energy", "10 and 3. enter saves; or energy left?"),
    ],
)
async def test_a_third_digit_is_dread_after_a_message_and_energy_in_the_week(
    opened: Opened, workspace: Workspace, typing: Typing, line: str, third: str, question: str
) -> None:
    async with opened() as (app, pilot):
        await log(pilot, typing, line)
        await pilot.press("i", "asterisk", "3")
        assert question in asked(app)
        await pilot.press("9")
        assert asked(app) == f"10 and 3, {third} 9. enter saves"
        assert kept(workspace) == []
        await pilot.press("enter")
        assert asked(app) == ""
    (checkin,) = workspace.private.of("acme").checkins
    said = checkin.model_dump(exclude_defaults=True, exclude={"at"})
    assert said == {"stress_client": 10, "stress_work": 3, third: 9}


@pytest.mark.parametrize(
    "given", swept([((),), (("i",),), (("i", "7"),), (("i", "7", "3", "9"),)], 2)
)
async def test_escape_leaves_no_trace(
    opened: Opened, workspace: Workspace, typing: Typing, given: tuple[str, ...]
) -> None:
    async with opened() as (app, pilot):
        await log(pilot, typing)
        before = files(workspace.root)
        await pilot.press(*given, "escape")
        await pilot.pause(0.6)
        assert asked(app) == ""
        assert files(workspace.root) == before
        await log(pilot, typing, "note and again")
        assert asked(app) == "", "it was passed over today"


def files(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize("given", swept([((),), (("i", "7"),), (("i", "7", "3", "9"),)], 1))
async def test_another_key_drops_it_and_does_what_it_does(
    opened: Opened, workspace: Workspace, typing: Typing, given: tuple[str, ...]
) -> None:
    async with opened() as (app, pilot):
        await log(pilot, typing)
        await pilot.press(*given)
        await typing(pilot, "nnote two")
        assert asked(app) == ""
        assert app.screen.query_one(Input).value == "note two"
        assert len(app.screen.query(CaptureBar)) == 1
    assert kept(workspace) == []


async def test_leaving_saves_nothing(opened: Opened, workspace: Workspace, typing: Typing) -> None:
    async with opened() as (_, pilot):
        await log(pilot, typing)
        await pilot.press("i", "7", "3", "q")
    assert kept(workspace) == []


async def test_a_burst_of_lines_is_never_in_its_way(opened: Opened, workspace: Workspace) -> None:
    lines = [*"note", "space", *"one", "enter", "n", *"note", "space", *"2", "enter"]
    async with opened() as (app, pilot):
        await pilot.press("n", *lines)
        await pilot.pause()
        assert not app.screen.query(CaptureBar)
    assert [entry.statement for entry in workspace.docket("acme").entries[-2:]] == ["one", "2"]
    assert kept(workspace) == []


@pytest.mark.parametrize(
    ("id", "line", "asks"),
    [
        (ASKS, "abuse shouted ^phone", True),
        (PASSES, "abuse shouted ^phone", False),
        (ASKS, "abuse shouted ^meeting", False),
        (ASKS, "thanks for the logo ^mail", True),
        (ASKS, "note wrote again ^mail", False),
    ],
)
async def test_an_inbound_message_in_three_asks(
    opened: Opened,
    workspace: Workspace,
    typing: Typing,
    id: str,  # noqa: A002
    line: str,
    asks: bool,
) -> None:
    felt(workspace, days=1)
    vars(workspace.file("acme"))["_new_id"] = lambda: id
    async with opened() as (app, pilot):
        await log(pilot, typing, line)
        assert bool(asked(app)) is asks


@pytest.mark.parametrize(("days", "asks"), [(0, False), (6, False), (7, True)])
async def test_a_week_asks_again(
    opened: Opened, workspace: Workspace, typing: Typing, days: int, asks: bool
) -> None:
    felt(workspace, days)
    async with opened() as (app, pilot):
        await log(pilot, typing)
        assert bool(asked(app)) is asks


async def test_it_is_never_asked_where_it_is_turned_off(
    opened: Opened, workspace: Workspace, typing: Typing
) -> None:
    (workspace.root / "config.toml").write_text("ask_checkin = false\n", encoding="utf-8")
    async with opened() as (app, pilot):
        await log(pilot, typing)
        assert asked(app) == ""


@pytest.mark.parametrize("key", ["i", "a"])
async def test_it_is_not_asked_over_a_form(
    opened: Opened, workspace: Workspace, typing: Typing, key: str
) -> None:
    async with opened() as (app, pilot):
        await pilot.press(key)
        await pilot.pause()
        await app.open_capture()
        await typing(pilot, "acme note wrote again")
        await pilot.press("enter")
        await settled(pilot)
        assert len(workspace.docket("acme").entries) == 7
        assert asked(app) == ""


@pytest.mark.parametrize(
    ("line", "third", "says"),
    [
        ("abuse x ^mail", "6", "You dreaded them twice in two weeks: d shows where it stands."),
        ("abuse x ^mail", "5", "Check-in saved in your private file."),
        ("note x", "6", "Check-in saved in your private file."),
    ],
)
async def test_dread_upon_dread_points_at_the_decision(
    opened: Opened, workspace: Workspace, typing: Typing, line: str, third: str, says: str
) -> None:
    felt(workspace, days=8, dread=9)
    felt(workspace, days=9, dread=9)
    async with opened() as (app, pilot):
        await log(pilot, typing, line)
        await pilot.press("i", "7", "3", third, "enter")
        await pilot.pause()
        assert says in told(app)


async def test_dread_of_another_client_is_told_by_name(
    opened: Opened, workspace: Workspace, typing: Typing
) -> None:
    felt(workspace, days=8, dread=9)
    async with opened() as (app, pilot):
        await pilot.press("j")
        assert main(app).client == "bolt"
        await log(pilot, typing, "acme abuse x ^mail")
        await pilot.press("i", "7", "3", "9", "enter")
        await pilot.pause()
        said = "You dreaded Acme Media twice in two weeks: d on them shows where it stands."
        assert said in told(app)


async def test_help_tells_its_keys_and_comes_back_to_it(opened: Opened, typing: Typing) -> None:
    async with opened() as (app, pilot):
        await log(pilot, typing)
        await pilot.press("i", "7", "question_mark")
        assert isinstance(app.screen, HelpScreen)
        assert app.screen.where == "two-keys"
        await pilot.press("escape")
        assert asked(app).startswith("7 from them")


async def test_keys_of_ones_own_count(opened: Opened, workspace: Workspace, typing: Typing) -> None:
    (workspace.root / "config.toml").write_text('[keys]\nten = "t"\n', encoding="utf-8")
    async with opened() as (_, pilot):
        await log(pilot, typing)
        await pilot.press("i", "t", "1", "enter")
    assert kept(workspace) == [(10, 1, None)]


@pytest.mark.parametrize("size", swept([((60, 20),), ((80, 24),), ((120, 40),)], 1))
async def test_a_long_and_hostile_name_fits_the_line(
    opened: Opened, workspace: Workspace, typing: Typing, size: tuple[int, int]
) -> None:
    yesterday = Workspace.open(workspace.root, clock=lambda: NOW)
    link = {"rel": "amends", "seq": 1, "reason": "renamed"}
    data = {"changes": {"name": "[/foo] <b>水端茶舗</b> " * 5}}
    yesterday.log(yesterday.draft("acme", "amendment", data=data, links=[link]))
    async with opened(size) as (app, pilot):
        await log(pilot, typing, "acme note wrote again")
        for key in ("i", "7", "3", "enter"):
            assert title(app).startswith("Private check-in: [/foo]")
            assert app.screen.query_one("#asked", Static).size.height == 1
            await pilot.press(key)
    assert kept(workspace) == [(7, 3, None)]


async def test_what_cannot_be_kept_is_said_and_closes_it(
    opened: Opened, workspace: Workspace, typing: Typing
) -> None:
    async with opened() as (app, pilot):
        await log(pilot, typing)
        (workspace.root / "private.json").write_text("{", encoding="utf-8")
        await pilot.press("i", "7", "3", "enter")
        await pilot.pause()
        assert asked(app) == ""
        assert "not a private file Docket can read" in told(app)


async def test_a_private_file_that_cannot_be_read_asks_nothing(
    opened: Opened, workspace: Workspace, typing: Typing
) -> None:
    (workspace.root / "private.json").write_text("{", encoding="utf-8")
    async with opened() as (app, pilot):
        await log(pilot, typing, "acme note wrote again")
        assert asked(app) == ""
        assert "acme#7 logged" in told(app)
