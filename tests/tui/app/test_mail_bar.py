"""The mail bar: a path, the entry it would make, and `enter` again to log that."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from textual.pilot import Pilot

from store.stopping import piece_done as counted
from store.workspace import Workspace
from tests.drafted import drafted
from tests.examples import swept
from tests.tui.app.conftest import Opened, Typing
from tests.tui.screens.host import text_of, told
from tests.tui.waiting import until
from tui.app import DocketApp
from tui.widgets.line import BarLine
from tui.widgets.mail_bar import MailBar, completed

MAIL = (
    b"From: Ann <ann@acme.example>\nTo: me@studio.example\n"
    b"Date: Thu, 05 Nov 2026 14:05:00 +0100\nSubject: [/foo] Your invoice \x1b]52;c;QQ\x07\n\n"
    b"Keep going, [red]I will pay you eventually.\x1b[2J\n"
)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand where the mails are: a short path takes less typing."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    path = tmp_path / "late mail.eml"
    path.write_bytes(MAIL)
    return path


def has_address(workspace: Workspace) -> None:
    """Give Bolt & Co the address the mail comes from; the cursor stands on Acme."""
    link = {"rel": "amends", "seq": 1, "reason": "an address"}
    changes = {"changes": {"email": "Ann@Acme.example"}}
    workspace.log(workspace.draft("bolt", "amendment", data=changes, links=[link]))


async def settled(app: DocketApp, pilot: Pilot[None]) -> None:
    await app.workers.wait_for_complete()
    await pilot.pause()


@pytest.mark.parametrize("size", swept([((80, 24),), ((60, 20),), ((120, 40),)], 1))
async def test_a_mail_is_shown_then_logged_on_the_client_it_is_from(
    opened: Opened, workspace: Workspace, mail: Path, typing: Typing, size: tuple[int, int]
) -> None:
    has_address(workspace)
    async with opened(size) as (app, pilot):
        await pilot.press("M")
        await pilot.pause()
        await typing(pilot, mail.name)
        await pilot.press("enter")
        await settled(app, pilot)
        shown = text_of(app)
        assert "Bolt & Co: message, 5 Nov 2026" in shown
        assert "Keep going, [red]I will pay you eventually." in shown
        assert len(workspace.entries("bolt")) == 2
        await pilot.press("enter")
        await settled(app, pilot)
        assert not app.screen.query(MailBar)
        assert "bolt#3 logged" in told(app)
    entry = workspace.entries("bolt")[-1]
    assert entry.quotes[0].by == "Ann"
    assert entry.statement == "Mail from Ann <ann@acme.example>: [/foo] Your invoice"
    assert (workspace.root / "exhibits" / entry.exhibits[0].sha256).read_bytes() == MAIL


async def test_an_address_nobody_has_goes_to_the_client_on_screen_and_is_said(
    opened: Opened, workspace: Workspace, mail: Path, typing: Typing
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("M")
        await pilot.pause()
        await typing(pilot, f"pay-later {mail.name}")
        await pilot.press("enter")
        await settled(app, pilot)
        assert "No client has its address: it goes to Acme Media." in text_of(app)
        await pilot.press("enter")
        await settled(app, pilot)
        await pilot.press("M")
        await pilot.pause()
        await typing(pilot, mail.name)
        await pilot.press("enter")
        await settled(app, pilot)
        assert "On the docket already: acme#7." in text_of(app)
        await pilot.press("enter")
        await settled(app, pilot)
    entry = workspace.entries("acme")[-1]
    assert (entry.seq, entry.kind) == (7, "pay-later")
    assert entry.quotes[0].by == "Ann <ann@acme.example>"


async def test_of_several_clients_with_the_address_the_one_on_screen_is_meant(
    opened: Opened, workspace: Workspace, mail: Path, typing: Typing
) -> None:
    has_address(workspace)
    workspace.new_client(
        "dora",
        [workspace.draft("dora", "client", data={"name": "Dora", "email": "ann@acme.example"})],
    )
    async with opened() as (app, pilot):
        assert app.main.client == "acme"
        await pilot.press("M")
        await pilot.pause()
        await typing(pilot, mail.name)
        await pilot.press("enter")
        await settled(app, pilot)
        assert "fits several clients: bolt, dora. Go to the client first." in " ".join(
            text_of(app).split()
        )
        app.main.clients.client = "dora"
        await pilot.press("escape", "M", "up", "enter")
        await settled(app, pilot)
        assert "Dora: message, 5 Nov 2026" in text_of(app)
    assert len(workspace.entries("dora")) == 1


async def test_what_was_shown_is_what_is_logged(
    opened: Opened, workspace: Workspace, mail: Path, typing: Typing
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("M")
        await pilot.pause()
        await typing(pilot, mail.name)
        await pilot.press("enter")
        await settled(app, pilot)
        mail.write_bytes(b"From: Eve <eve@evil.example>\n\nSomething else\n")
        await pilot.press("enter")
        await settled(app, pilot)
    exhibit = workspace.entries("acme")[-1].exhibits[0]
    assert (workspace.root / "exhibits" / exhibit.sha256).read_bytes() == MAIL


async def test_what_is_no_mail_is_said_and_the_path_is_kept(
    opened: Opened, workspace: Workspace, tmp_path: Path, typing: Typing
) -> None:
    (tmp_path / "empty.eml").touch()
    async with opened() as (app, pilot):
        for name, said in (("empty.eml", "no mail: it is empty"), ("none", "There is no file")):
            await pilot.press("M")
            await pilot.pause()
            await pilot.press("ctrl+u")
            await typing(pilot, name)
            await pilot.press("enter")
            await settled(app, pilot)
            assert said in text_of(app)
            await pilot.press("escape")
            await pilot.pause()
            assert not app.screen.query(MailBar)
        await pilot.press("M")
        await pilot.pause()
        line = app.screen.query_one(MailBar).query_one(BarLine)
        assert line.value == ""
        await pilot.press("tab")
        assert line.value == "none"
    assert drafted(workspace, "mail") == ["empty.eml", "none"]
    assert len(workspace.entries("acme")) == 6
    assert not (workspace.root / "exhibits").exists()


def test_a_path_is_completed_as_far_as_it_goes(tmp_path: Path) -> None:
    (tmp_path / "mail").mkdir()
    for name in ("late-1.eml", "late-2.eml", ".hidden"):
        (tmp_path / "mail" / name).touch()
    assert completed(f"{tmp_path}/m") == (f"{tmp_path}/mail/", ["mail"])
    whole, found = completed(f"{tmp_path}/mail/")
    assert (whole, found) == (f"{tmp_path}/mail/late-", ["late-1.eml", "late-2.eml"])
    assert completed(f"{tmp_path}/mail/late-2") == (f"{tmp_path}/mail/late-2.eml", ["late-2.eml"])
    assert completed(f"{tmp_path}/none/x") == (f"{tmp_path}/none/x", [])


@pytest.mark.slow
async def test_many_mails_are_counted_and_esc_stops_reading_and_logging(
    opened: Opened, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    has_address(workspace)
    folder = tmp_path / "cur"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.eml").write_bytes(MAIL.replace(b"14:05", b"14:0%d" % number))
    monkeypatch.setattr("tui.widgets.mail_bar._EVERY", 0.1)
    held = threading.Event()

    def piece_done() -> None:
        while not held.wait(0.05):  # a worker that mostly waits holds no key of a test
            counted(0)
        counted()

    monkeypatch.setattr("store.intake.mail_log.piece_done", piece_done)
    before = len(workspace.entries("bolt"))
    async with opened() as (app, pilot):
        await pilot.press("M", *"cur", "enter")
        await until(pilot, lambda: "Reading 0 of 3 mails   esc stops it" in text_of(app))
        await pilot.press("escape")
        await settled(app, pilot)
        assert not app.has_bar
        held.set()
        await pilot.press("M", "up", "enter")
        await settled(app, pilot)
        held.clear()
        await pilot.press("enter")
        await until(pilot, lambda: "Keeping 0 of 3 mails" in text_of(app))
        await pilot.press("escape")
        await until(pilot, lambda: "! Stopped: nothing was written" in text_of(app))
        assert app.has_bar and len(workspace.entries("bolt")) == before
        held.set()
        await pilot.press("enter")
        await settled(app, pilot)
        assert len(workspace.entries("bolt")) == before + 3
