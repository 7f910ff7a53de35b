"""Pictures of the app at the three sizes it is built for, from the sample workspace."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import pytest
from textual.app import App
from textual.pilot import Pilot

from store.overview.client_book import ClientBook
from store.sample import write_sample
from store.workspace import Workspace
from tui.app import DocketApp

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
LINE = "maison no-reply third ask about the logo files !2 @yesterday +0.5h"


class Compare(Protocol):
    """What the snap_compare fixture does."""

    def __call__(
        self, app: App[None], *, terminal_size: tuple[int, int], run_before: object
    ) -> bool: ...


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("sample") / "w"
    write_sample(root, NOW)
    shelf = ClientBook(Workspace.open(root, clock=lambda: NOW))
    for client in shelf.changed():  # or the first start might select what it has assessed so far
        docket = shelf.docket(client)
        shelf.keep(docket, shelf.assess(docket), shelf.state(client))
    shelf.save()
    return root


def same(snap_compare: Compare, sample: Path, scene: str, size: tuple[int, int]) -> bool:
    """Whether a scene looks as in its picture, which is named after the test."""
    workspace = Workspace.open(sample, clock=lambda: NOW)
    for kept in workspace.drafts.kept():
        workspace.drafts.discard(kept)
    app = DocketApp(workspace)

    async def play(pilot: Pilot[None]) -> None:
        await pilot.pause()
        await app.workers.wait_for_complete()
        if scene == "main":
            await pilot.press("2", "j")
        elif scene == "capture":
            await app.open_capture(LINE)
        else:
            await pilot.press("?")
        await pilot.pause()

    return snap_compare(app, terminal_size=size, run_before=play)


def test_main_60x20(snap_compare: Compare, sample: Path) -> None:
    assert same(snap_compare, sample, "main", (60, 20))


def test_main_80x24(snap_compare: Compare, sample: Path) -> None:
    assert same(snap_compare, sample, "main", (80, 24))


def test_main_120x40(snap_compare: Compare, sample: Path) -> None:
    assert same(snap_compare, sample, "main", (120, 40))


def test_capture_60x20(snap_compare: Compare, sample: Path) -> None:
    assert same(snap_compare, sample, "capture", (60, 20))


def test_capture_80x24(snap_compare: Compare, sample: Path) -> None:
    assert same(snap_compare, sample, "capture", (80, 24))


def test_capture_120x40(snap_compare: Compare, sample: Path) -> None:
    assert same(snap_compare, sample, "capture", (120, 40))


def test_help_60x20(snap_compare: Compare, sample: Path) -> None:
    assert same(snap_compare, sample, "help", (60, 20))


def test_help_80x24(snap_compare: Compare, sample: Path) -> None:
    assert same(snap_compare, sample, "help", (80, 24))


def test_help_120x40(snap_compare: Compare, sample: Path) -> None:
    assert same(snap_compare, sample, "help", (120, 40))
