"""A long docket is read and worked out beside the loop: keys wait for it, or give it up."""

from __future__ import annotations

import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

import store.stopping
from store.workspace import Workspace
from tests.benchmarks.mixed import END, write_mixed
from tests.docs.scenes import typed
from tests.tui.screens.host import text_of
from tests.tui.waiting import settled, until
from tui.app import DocketApp
from tui.screens import loading

HEAVY = (
    ("store.decision.verdict", "read_timeline"),
    ("store.decision.trend", "read_timeline"),
    ("store.overview.card", "_warnings"),
    ("store.docket.booking", "ledger"),
    ("store.playbook.next_steps", "_found"),
    ("store.records.desk", "dispute_record"),
    ("store.records.desk", "write_record"),
    ("store.records.desk", "verify_record"),
    ("store.anchors.check", "check_client"),
    ("store.docket.trial", "check_against"),
)
"""What goes through all of a docket: each is called in a thread where that is long."""
KEYS = {
    "what is logged": ("n", *typed("paid 200 A7"), "enter"),
    "the log": ("2", "j", "G", "g", "enter", "j", "escape"),
    "a correction": ("2", "a", "escape"),
    "the decision": ("d", "0", "0", "b", "t", "escape", "escape"),
    "the card": ("c", "j", "enter", "escape", "escape"),
    "next steps": ("N", "escape", "s", "escape"),
    "a letter": ("l", "escape", "escape"),
    "a repair": ("2", "j", "R", "escape", "1"),
    "leaving": ("E", "enter", "escape"),
    "the portfolio": ("p", "escape"),
    "past decisions": ("h", "escape"),
    "a record": ("x", "w", "w", "escape"),
}


QUICK = ["what is logged", "the log", "the decision", "the card"]


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose one docket is just long enough not to be read while a key is waited for."""
    made = Workspace.create(tmp_path_factory.mktemp("long") / "w", clock=lambda: END)
    write_mixed(made.path("acme"), 1_200)
    return made.root


@contextmanager
def watched(loop: threading.Thread) -> Iterator[list[str]]:
    """Note which of HEAVY are called on the thread of the loop."""
    with pytest.MonkeyPatch.context() as patch:
        called: list[str] = []
        for module, name in HEAVY:
            room = import_module(module)
            patch.setattr(room, name, _told(getattr(room, name), name, called, loop))
        yield called


def _told(
    real: Callable[..., Any], name: str, called: list[str], loop: threading.Thread
) -> Callable[..., Any]:
    def told(*args: Any, **named: Any) -> Any:
        if threading.current_thread() is loop:
            called.append(name)
        return real(*args, **named)

    return told


@pytest.mark.parametrize("which", [QUICK, pytest.param([*KEYS], marks=pytest.mark.slow)])
async def test_nothing_that_goes_through_all_of_a_docket_is_done_on_the_loop(
    which: list[str], long: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    app = DocketApp(Workspace.open(long, clock=lambda: END))
    found: dict[str, list[str]] = {}
    with watched(threading.current_thread()) as called:
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            found["the start"] = list(called)
            for what in which:
                for key in KEYS[what]:
                    await pilot.press(key)
                await settled(pilot)
                found[what] = list(called)
                called.clear()
    assert {what: names for what, names in found.items() if names} == {}


class Slow:
    """Holds up what is read at its first piece, until it is let go or stopped."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.begun, self.going = threading.Event(), threading.Event()
        real = store.stopping.piece_done

        def piece_done(count: int = 1) -> None:
            if store.stopping._UNDER_WAY.get():  # somebody waits for it
                self.begun.set()
                while not self.going.wait(0.005):
                    real(0)
            real(count)

        patch.setattr("store.journal.reader.piece_done", piece_done)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Slow:
    return Slow(monkeypatch)


@pytest.fixture
def unread(tmp_path: Path) -> Path:
    """A workspace with a docket that takes long to read, and that was never read."""
    made = Workspace.create(tmp_path / "w", clock=lambda: END)
    write_mixed(made.path("acme"), 1_600)
    made.add_client("zoo", {"name": "Zoo"}, {})
    assert made.path("acme").stat().st_size > 500_000
    return made.root


@asynccontextmanager
async def forgetful(root: Path) -> AsyncIterator[tuple[DocketApp, Pilot[None]]]:
    """Open the app and let it forget what it read, so that the next to ask reads it again."""
    app = DocketApp(Workspace.open(root, clock=lambda: END))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.workspace._handles.clear()
        yield app, pilot


async def begun(pilot: Pilot[None], slow: Slow) -> None:
    await until(pilot, slow.begun.is_set, "it is not read")
    await until(pilot, lambda: "esc stops it" in text_of(pilot.app), "it is not said")


async def test_reading_a_long_docket_counts_and_is_given_up_and_begun_anew(
    unread: Path, slow: Slow
) -> None:
    app = DocketApp(Workspace.open(unread, clock=lambda: END))
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, slow)
        assert "of 0 MB" in text_of(app), "half a megabyte"
        await pilot.press("escape")
        await settled(pilot)
        assert "Not read: you stopped it. enter reads it." in text_of(app)
        assert not app.main.book.unread
        slow.going.set()
        await pilot.press("enter")
        await settled(pilot)
        assert "Not read" not in text_of(app)
        assert len(app.main.log_pane.shown) > 1_000


async def test_what_a_screen_waits_for_is_given_up_with_the_keys_that_were_meant_for_it(
    unread: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with forgetful(unread) as (app, pilot):
        slow = Slow(monkeypatch)
        app.show("leaving", "acme")
        app._put(_key("n"))
        app._put(_key("x"))
        await begun(pilot, slow)
        await pilot.press("escape")
        await settled(pilot)
        assert app.screen is app.main and not app.has_bar
        assert "Stopped" in text_of(app)
        slow.going.set()
        app.show("leaving", "acme")
        await settled(pilot)
        assert app.place == "leaving"


def _key(letter: str) -> Any:
    from textual import events

    return events.Key(letter, " " if letter == "space" else letter if len(letter) == 1 else None)


async def test_what_a_key_sets_going_is_given_up_by_an_esc_typed_right_after_it(
    unread: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with forgetful(unread) as (app, pilot):
        slow = Slow(monkeypatch)
        for name in ("c", "escape", "n"):  # in one write
            app._put(_key(name))
        await until(pilot, lambda: app.has_bar, "the keys behind it are lost")
        assert app.screen is app.main
        slow.going.set()
        await settled(pilot)
        assert app.screen is app.main, "nothing comes of it later"


async def test_esc_waits_for_the_screen_that_is_loaded_and_is_meant_for_it(
    unread: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = DocketApp(Workspace.open(unread, clock=lambda: END))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        loaded = threading.Event()
        monkeypatch.setattr(loading, "screen_module", lambda place: loaded.wait(60))
        monkeypatch.setattr(DocketApp, "is_headless", False)
        monkeypatch.delitem(sys.modules, "tui.screens.correct", raising=False)
        for name in ("2", "j", "a", "tab", "tab", "tab", *typed("the day")):
            app._put(_key(name))
        await until(pilot, lambda: app.dockets.busy, "it is loaded beside the screen")
        await app.on_event(_key("escape"))  # as it comes from the terminal: before those that wait
        loaded.set()
        await settled(pilot)
        assert app.screen is app.main
        app.workspace.drafts.flush()
        assert [one.slot.form for one in app.workspace.drafts.kept()] == ["amend-1599"]


async def test_a_screen_is_there_before_a_key_closes_it(
    unread: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = DocketApp(Workspace.open(unread, clock=lambda: END))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        its_turn = app._settled

        async def settled_and_more() -> None:
            await its_turn()
            monkeypatch.undo()
            app.show("find", "")  # as what was loaded beside the screen comes up

        monkeypatch.setattr(app, "_settled", settled_and_more)
        await pilot.press("escape")
        await settled(pilot)
        assert app.screen is app.main
        app.show("find", "")
        app.pop_screen()
        await settled(pilot)
        assert app.screen is app.main and app.failure is None
