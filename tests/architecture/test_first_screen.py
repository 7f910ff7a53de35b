"""What is loaded before the first screen is painted: nothing that only another screen needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LATER = {
    *("store.anchors", "store.correspondence", "store.intake", "store.records", "store.sample"),
    *("store.upkeep", "tui.screens.record", "tui.screens.card", "tui.screens.portfolio"),
    *("tui.screens.decision", "tui.screens.find", "tui.widgets.mail_bar"),
    *("store.capture.reader", "store.decision.model", "tui.screens.help", "tui.widgets.capture"),
    *("tui.widgets.palette", "textual.widgets._text_area", "ssl", "importlib.metadata", "email"),
    *("babel", "icalendar", "lxml", "markdown_it", "rapidfuzz", "sqlite3", "tinydb"),
}


def loaded(code: str) -> set[str]:
    """Return the modules that are loaded when `code` was run."""
    code = f"import sys\n{code}\nprint('modules', *sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.rpartition("modules ")[2].split())


def test_the_first_screen_loads_nothing_for_the_others() -> None:
    found = loaded("import tui.__main__, tui.app, tui.app.appearance, tui.app.encoding")
    assert "tui.screens.main" in found
    assert found & LATER == set()
    assert sum(one.startswith(("store.", "tui.")) for one in found) <= 156, "each takes its time"


def test_the_version_is_told_without_reading_packages() -> None:
    found = loaded("from tui.__main__ import main\nmain(['--version'])")
    assert found & {"importlib.metadata", "email", "pydantic"} == set()
