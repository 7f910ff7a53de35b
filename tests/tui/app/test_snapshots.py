"""Pictures of the app at the three sizes it is built for, from the sample workspace."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import pytest
from textual.app import App
from textual.pilot import Pilot

from store.sample import write_sample
from store.workspace import Workspace
from tui.app import DocketApp

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
SIZES = ((60, 20), (80, 24), (120, 40))
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
    return root


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("scene", ["main", "capture", "help"])
def test_picture(snap_compare: Compare, sample: Path, scene: str, size: tuple[int, int]) -> None:
    workspace = Workspace.open(sample, clock=lambda: NOW)
    workspace.drafts.clear("capture")
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

    assert snap_compare(app, terminal_size=size, run_before=play)
