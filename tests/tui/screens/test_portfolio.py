"""The portfolio screen by key, at three sizes: all clients, gravest first, and the way to each."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from rich.cells import cell_len

from store.decision import assess
from store.overview.portfolio import Assessed, portfolio
from store.private.model import CheckIn
from store.workspace import Workspace
from tests.tui.screens.host import HOSTILE, NOW, SIZES, Host, text_of, workspace
from tui.app import DocketApp
from tui.screens.decision import DecisionScreen
from tui.screens.portfolio import PortfolioScreen, portfolio_rows
from tui.widgets.bar import Bar

SETTINGS = "savings = 6000\nmonthly_costs = 1000\n"


def four(folder: Path, settings: str = SETTINGS) -> Workspace:
    """Return a workspace: Acme in trouble, Bolt good, Dune hostile by name, Cafe let go."""
    made = workspace(folder)
    for client, name in (("bolt", "Bolt & Co"), ("cafe", "Café Ærø"), ("dune", HOSTILE)):
        log(made, client, "client", 190, data={"name": name})
    log(made, "acme", "payment", 20, data={"amount": "1800", "currency": "EUR"})
    log(made, "bolt", "payment", 20, data={"amount": "3600", "currency": "EUR"})
    log(made, "cafe", "end-notice", 9, "It is over.")
    made.private.set_referred_by("dune", "cafe")
    (made.root / "config.toml").write_text(settings)
    return Workspace.open(made.root, clock=made.clock)


def log(made: Workspace, client: str, kind: str, age: int, words: str = "", **more: object) -> None:
    at = NOW - timedelta(days=age, hours=2)
    draft = made.draft(client, kind, words, occurred_at=at, precision="day", **more)
    if kind == "client":
        made.new_client(client, [draft])
    else:
        made.log(draft)


def host(made: Workspace) -> Host:
    return Host(PortfolioScreen(made))


@pytest.mark.parametrize("size", SIZES)
async def test_clients_gravest_first_and_enter_asks_about_one(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    app = host(four(tmp_path))
    async with app.run_test(size=size, notifications=True) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        shown = text_of(app)
        lines = shown.splitlines()
        assert "private, never exported" in lines[0]
        assert lines[3].startswith("▌ Acme Media"), "the worst first"
        assert "33%" in lines[3] and "EUR" in lines[3] and "15.0 mo" in lines[3]
        bolt = next(line for line in lines if "Bolt & Co" in line)
        assert "67%" in bolt and "8.5 mo" in bolt
        at = next(number for number, line in enumerate(lines) if "Café Ærø" in line)
        assert "Ex-clients" in lines[at - 1] and "ended 13 Nov 2026" in lines[at]
        assert "[/foo] <b>x</b>" in shown and "\x1b" not in shown
        assert "Like attracts like" in shown
        assert ("━" in lines[3]) == (size[0] >= 80)
        assert ("money" in lines[2]) == (size[0] >= 120)
        await pilot.press("j", "enter")
        await pilot.pause()
        assert isinstance(app.screen, DecisionScreen)
        assert app.screen.client == ("dune" if "/foo" in lines[4] else "bolt")
        assert "What does your gut say?" in text_of(app)


async def test_d_decides_and_esc_leads_back_to_the_same_client(tmp_path: Path) -> None:
    app = host(four(tmp_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("G", "k", "d")
        await pilot.pause()
        assert isinstance(app.screen, DecisionScreen)
        chosen = app.screen.client
        await pilot.press("escape")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, PortfolioScreen)
        assert app.screen.client == chosen != "acme"
        await pilot.press("escape")
        await pilot.pause()
        assert app.result is None


async def test_the_cursor_goes_with_its_client(tmp_path: Path) -> None:
    made = four(tmp_path)
    app = host(made)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("j")
        screen = app.screen
        assert isinstance(screen, PortfolioScreen)
        client = screen.client
        assert client not in (None, "acme")
        for age in range(1, 9):
            log(made, str(client), "threat", age, "A threat.", data={"severity": 3})
        screen.look()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert screen.clients[1] == client, "it is the worst now"
        assert screen.client == client


async def test_copy_says_that_it_is_private(tmp_path: Path) -> None:
    app = host(four(tmp_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("y")
        await pilot.pause()
        assert "It is private" in text_of(app)
    assert len(app.copied) == 1
    assert app.copied[0].startswith("Acme Media: walk away, paid ")
    assert "EUR 1,800.00 (33%), runway without them 15.0 mo" in app.copied[0]


async def test_without_settings_it_says_which_are_missing(tmp_path: Path) -> None:
    app = host(four(tmp_path, settings=""))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await app.workers.wait_for_complete()
        await pilot.press("G")
        await pilot.pause()
        shown = text_of(app)
        assert "set savings," in shown and "set monthly_costs," in shown
        assert "15.0 mo" not in shown


async def test_a_private_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    made = four(tmp_path)
    made.private.path.write_text("not JSON")
    app = host(made)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "not a private file" in text_of(app)
        await pilot.press("j", "enter", "y", "escape")
        await pilot.pause()
        assert app.result is None and app.copied == []


async def test_an_unreadable_docket_is_named_and_nobody_yet_says_how_to_start(
    tmp_path: Path,
) -> None:
    made = four(tmp_path)
    made.path("bolt").write_bytes(b"")
    app = host(Workspace.open(made.root, clock=made.clock))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "Without bolt: not readable." in text_of(app)
        assert "Acme Media" in text_of(app)
    empty = host(Workspace.create(tmp_path / "empty", clock=lambda: NOW))
    async with empty.run_test(size=(80, 24), notifications=True) as pilot:
        await empty.workers.wait_for_complete()
        await pilot.pause()
        assert "Press + and type: Acme Media" in text_of(empty)


async def test_in_the_app_p_opens_it_and_it_takes_in_what_changes(tmp_path: Path) -> None:
    made = four(tmp_path)
    app = DocketApp(made)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await app.workers.wait_for_complete()
        await pilot.press("p")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, PortfolioScreen)
        before = score(made, "acme")
        assert "walk away" in text_of(app)
        made.private.add(
            "acme", CheckIn(at=NOW, stress_client=10, stress_work=0, dread=10, version=10)
        )
        await pilot.press("enter", "0", "escape")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, PortfolioScreen)
        assert round(score(made, "acme")) != round(before)
        assert f"{score(made, 'acme'):.0f}" not in text_of(app)
        await pilot.press("n", *"note", "space", *"seen", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert not app.screen.query(Bar)
        assert made.docket("acme").counted[-1].statement == "seen", "on the client of the line"


def score(made: Workspace, client: str) -> float:
    found = assess(made.docket(client), made.private.of(client), made.config)
    assert found.score is not None
    return found.score


@pytest.mark.parametrize("width", [57, 66, 69, 70, 77, 99, 100, 117])
def test_no_line_is_wider_than_the_screen(tmp_path: Path, width: int) -> None:
    made = four(tmp_path)
    for currency in ("USD", "KHR"):
        log(made, "bolt", "payment", 9, data={"amount": "999999999", "currency": currency})
    read = [
        Assessed(one, assess(one, private, made.config), private)
        for one in made.dockets()
        for private in [made.private.of(one.client)]
    ]
    lines = portfolio_rows(portfolio(read, made.config, NOW.date()), width)
    assert max(cell_len(row.text) for row, _ in lines) <= width
    stops = [client for row, client in lines if row.opens]
    assert stops == [client for _, client in lines if client], "the cursor stops on clients only"
    assert len(stops) == 4 and stops[0] == "acme" and stops[-1] == "cafe"
    columns = {row.text.index("%") for row, client in lines if client and "%" in row.text}
    assert len(columns) == 1, "the shares stand below each other"
