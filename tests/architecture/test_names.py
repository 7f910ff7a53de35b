"""One public name, one meaning: no two modules of the program define the same one."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]
ALONE = ("store/records/standalone.py", "store/recheck/")  # scripts that share nothing with us
EACH = {"VERBS"}  # what every module of verbs says of itself


def public(path: Path) -> set[str]:
    """Return the public names that a module defines at its top."""
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found.update(one.id for one in targets if isinstance(one, ast.Name))
    return {name for name in found if not name.startswith("_")}


def test_a_public_name_is_defined_in_one_module() -> None:
    where = defaultdict(list)
    for path in sorted(path for top in ("store", "tui") for path in (ROOT / top).rglob("*.py")):
        if not (said := str(path.relative_to(ROOT))).startswith(ALONE):
            for name in public(path) - EACH:
                where[name].append(said)
    assert {name: paths for name, paths in where.items() if len(paths) > 1} == {}
