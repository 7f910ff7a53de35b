"""A workspace with one hostile client, and the smallest app that shows one screen over it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from textual import events
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from store.entries import Draft
from store.workspace import Workspace
from tests.examples import swept
from tests.tui.waiting import until
from tui.screens.places import screen_of
from tui.shell.shell import Shell

NOW = datetime(2026, 11, 22, 13, 30, tzinfo=UTC)
HOSTILE = "[/foo] <b>x</b> \x1b]52;c;AAAA\x07"
UNDISMISSED = "not dismissed"
SIZES = swept([((80, 24),), ((60, 20),), ((120, 40),)], 1)


class Host(Shell):
    """Shows `screen` at once and keeps what it was dismissed with."""

    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = None

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__(vars(screen)["workspace"])
        self.shown = screen
        self.result: Any = UNDISMISSED
        self.copied: list[str] = []

    def on_mount(self) -> None:
        """Push the screen under test."""
        self.push_screen(self.shown, self._keep)

    async def on_event(self, event: events.Event) -> None:
        """Deal with every key at once: their order is tried where the whole app is."""
        if isinstance(event, events.Key):
            self.comes(event)
        await App.on_event(self, event)

    def show(self, place: str, client: str, then: Callable[[Any], None] | None = None) -> None:
        """Push the screen of a place over the one under test."""
        self.push_screen(screen_of(place, self.workspace, client), then)

    def copy_to_clipboard(self, text: str) -> None:
        """Note what would go to the clipboard."""
        self.copied.append(text)

    def _keep(self, result: Any) -> None:
        self.result = result


async def left(pilot: Pilot[None]) -> None:
    """Wait until the screen under test was dismissed."""
    assert isinstance(pilot.app, Host)
    host = pilot.app
    await until(pilot, lambda: host.result != UNDISMISSED, "the screen was not left")


def told(app: App[Any]) -> str:
    """Return the message that is shown, or nothing."""
    assert isinstance(app, Shell)
    return app.told


def text_of(app: App[Any]) -> str:
    """Return what the screen shows, as plain lines."""
    compositor = app.screen._compositor
    return "\n".join(
        "".join(segment.text for segment in strip).rstrip() for strip in compositor.render_strips()
    )


def workspace(folder: Path, name: str = "Acme Media") -> Workspace:
    """Return a workspace with client `acme`: terms, money, incidents of every visibility."""
    made = Workspace.create(folder / "ws", clock=lambda: NOW)
    made.set_texts({"author": "me"})  # a name that was set: documents have nothing to say of it
    draft = _drafter(made)
    made.new_client(
        "acme",
        [
            draft("client", 200, data={"name": name}),
            draft("terms", 200, "Net 14.", data={"payment": "net14", "currency": "EUR"}),
            draft("invoice", 40, data=_invoice("INV-42")),
            draft("late-payment", 20, "INV-42 is not paid.", data={"severity": 2}),
            draft("pay-later", 3, f"Keep going, I'll pay {HOSTILE}", data={"severity": 3}),
            draft("no-reply", 5, "No answer about the logo.", data={"severity": 2}),
            draft("note", 4, "Inner thought.", visibility="internal"),
            draft("note", 2, "They offered half.", visibility="settlement"),
            draft("reminder", 18, "I reminded them of INV-42."),
        ],
    )
    return made


def _invoice(number: str) -> dict[str, str]:
    return {"number": number, "amount": "1200", "currency": "EUR", "due": "2026-10-27"}


def _drafter(made: Workspace) -> Callable[..., Draft]:
    def draft(kind: str, age: int, statement: str = "", **fields: Any) -> Draft:
        at = NOW - timedelta(days=age, hours=2)
        return made.draft("acme", kind, statement, occurred_at=at, precision="day", **fields)

    return draft
