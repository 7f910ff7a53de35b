"""The shape of the code: modules that say what they own, and no screen loaded unasked.

That imports run one way is a contract in pyproject.toml, which .ci/run holds.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(path for folder in ("store", "tui") for path in (ROOT / folder).rglob("*.py"))


def test_every_module_says_what_it_owns() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert len(SOURCES) > 100, "the walk finds them"
    assert silent == [], "without a docstring"


@pytest.mark.parametrize(
    "module", ["store.capture", "store.decision", "tui.commands", "tui.__main__"]
)
def test_importing_it_loads_no_textual(module: str) -> None:
    code = f"import sys, {module}; print([m for m in ('textual', 'rich') if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert result.stdout.strip() == "[]", result.stderr
