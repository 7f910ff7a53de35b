"""A small workspace with a frozen clock, and the app opened on it at 80x24."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from store.workspace import Workspace
from tests.tui.waiting import settled, typed
from tui.app import DocketApp

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
Opened = Callable[..., AbstractAsyncContextManager[tuple[DocketApp, Pilot[None]]]]
Typing = Callable[[Pilot[None], str], Awaitable[None]]


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("USER", "robin")
    made = Workspace.create(tmp_path / "w", clock=lambda: NOW)
    for client, name in (("acme", "Acme Media"), ("bolt", "Bolt & Co"), ("cafe", "Café Ærø")):
        made.new_client(client, [made.draft(client, "client", data={"name": name}, **day(1))])

    def log(kind: str, text: str, on: int, **fields: Any) -> None:
        made.log(made.draft("acme", kind, text, **day(on), **fields))

    bill = {"number": "INV-42", "amount": "4210", "currency": "EUR", "due": date(2026, 11, 9)}
    log("invoice", "logo and site", 2, data=bill)
    log("request", "logo files", 10, data={"needed_by": date(2026, 11, 13)})
    log("late-payment", "INV-42, 3 days late", 12, data={"severity": 2, "hours": "0.5"})
    log("no-reply", "logo files, third ask", 19, data={"severity": 2})
    log(
        "pay-later",
        "asked on the phone to keep going",
        21,
        data={"severity": 3},
        channel="phone",
        quotes=[{"text": "keep going, I'll pay when the site is up"}],
    )
    return made


def day(number: int) -> dict[str, Any]:
    """Return the fields for an entry of that day of November."""
    return {"occurred_at": datetime(2026, 11, number, 9, tzinfo=UTC), "precision": "day"}


@pytest.fixture
def opened(workspace: Workspace) -> Opened:
    @asynccontextmanager
    async def open_app(
        size: tuple[int, int] = (80, 24),
    ) -> AsyncIterator[tuple[DocketApp, Pilot[None]]]:
        app = DocketApp(workspace)
        async with app.run_test(size=size, notifications=True) as pilot:
            await settled(pilot)  # a look may give up what the one before it began
            yield app, pilot

    return open_app


@pytest.fixture
def typing() -> Typing:
    return typed
