"""The shape of the code: small files that say what they own, and no screen loaded unasked.

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
CEILING, CLASS = 500, 250


def test_every_module_is_short_and_says_what_it_owns() -> None:
    long, silent = [], []
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        if len(text.splitlines()) > CEILING:
            long.append(str(path.relative_to(ROOT)))
        if not ast.get_docstring(ast.parse(text)):
            silent.append(str(path.relative_to(ROOT)))
    assert len(SOURCES) > 100, "the walk finds them"
    assert long == [], f"over {CEILING} lines"
    assert silent == [], "without a docstring"


def test_no_class_is_too_long_to_be_read_at_once() -> None:
    long = [
        f"{path.relative_to(ROOT)} {node.name}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and (node.end_lineno or 0) - node.lineno >= CLASS - 1
    ]
    assert long == [], f"{CLASS} lines or more"


@pytest.mark.parametrize(
    "module", ["store.capture", "store.decision", "tui.commands", "tui.__main__"]
)
def test_importing_it_loads_no_textual(module: str) -> None:
    code = f"import sys, {module}; print([m for m in ('textual', 'rich') if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert result.stdout.strip() == "[]", result.stderr
