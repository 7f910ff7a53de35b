"""What is loaded before the first screen is painted: nothing that only another screen needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from store.overview.standing import all_standing
from tests.old.sample import NOW, old_sample

ROOT = Path(__file__).parents[2]
LATER = {
    *("store.anchors", "store.correspondence", "store.intake", "store.records", "store.sample"),
    *("store.upkeep", "tui.screens.record", "tui.screens.card", "tui.screens.portfolio"),
    *("tui.screens.decision", "tui.screens.find", "tui.widgets.mail_bar"),
    *("store.capture.reader", "store.decision.model", "tui.screens.help", "tui.widgets.capture"),
    *("tui.widgets.palette", "textual.widgets._text_area", "ssl", "importlib.metadata", "email"),
    *("babel", "icalendar", "lxml", "markdown_it", "rapidfuzz", "sqlite3", "tinydb"),
    *("pydantic", "store.entries.model", "store.docket.ledger", "store.docket.tracking"),
    *("textual.command", "textual.types", "textual.widgets._input", "wcwidth"),
}
_APP = """
import sys
from tui.app import DocketApp
import asyncio
from pathlib import Path
from tests.old.sample import NOW
from store.workspace import Workspace

async def run():
    workspace = Workspace.open(Path(sys.argv[1]), clock=lambda: NOW)
    async with DocketApp(workspace).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert len(pilot.app.screen.log_pane.window()) > 5

asyncio.run(run())
"""


def loaded(code: str, *words: str) -> set[str]:
    """Return the modules that are loaded when `code` was run."""
    code = f"import sys\n{code}\nprint('modules', *sys.modules)"
    command = [sys.executable, "-c", code, *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.rpartition("modules ")[2].split())


def test_the_first_screen_loads_nothing_for_the_others() -> None:
    found = loaded("import tui.__main__, tui.app, tui.app.appearance, tui.app.encoding")
    assert "tui.screens.main" in found
    assert found & LATER == set()
    assert sum(one.startswith(("store.", "tui.")) for one in found) <= 150, "each takes its time"


def test_the_sample_is_shown_without_what_judges_entries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pydantic takes 50 ms to load; what is checked behind the first page is apart."""
    monkeypatch.setattr("store.files.TICK", 0)  # nothing is appended between the two
    workspace = old_sample(tmp_path)
    for path in workspace.root.rglob("*"):
        os.utime(path, (0, 0))
    all_standing(workspace, NOW.date())
    assert loaded(_APP, str(workspace.root)) & (LATER - {"store.anchors"}) == set()


def test_the_version_is_told_without_reading_packages() -> None:
    found = loaded("from tui.__main__ import main\nmain(['--version'])")
    assert found & {"importlib.metadata", "email", "pydantic"} == set()
