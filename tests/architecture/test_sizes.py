"""How long a file, a function and a class may be: what is longer has a seam not yet looked for."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
FUNCTION, CLASS, FILE = 40, 250, 500
"""Lines: a function and a class stay under theirs, a file has them at the most."""


def _too_long(path: Path) -> Iterator[str]:
    text = path.read_text("utf-8")
    place = path.relative_to(ROOT)
    if (lines := text.count("\n")) > FILE:
        yield f"{place}: {lines} lines"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            most = CLASS if isinstance(node, ast.ClassDef) else FUNCTION
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines >= most:
                yield f"{place}: {node.name} has {lines} lines"


def test_nothing_is_longer_than_one_can_hold_in_mind() -> None:
    paths = [path for room in ("store", "tui") for path in sorted((ROOT / room).rglob("*.py"))]
    assert len(paths) > 300
    assert [said for path in paths for said in _too_long(path)] == []
