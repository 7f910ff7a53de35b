"""The shape of the code: imports one way, small files, every module says what it owns."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(path for folder in ("store", "tui") for path in (ROOT / folder).rglob("*.py"))
CEILING = 300
GRAPH = grimp.build_graph("store", "tui", include_external_packages=True)
HIGHER = ("tui", "store.decision", "store.playbook", "store.records", "store.intake")
UPWARD = {
    "store.entries": ("store.docket", "store.journal", *HIGHER),
    "store.journal": ("store.entries", "store.docket", *HIGHER),
    "store.docket": HIGHER,
    "store.text": ("store.entries", "store.docket", "store.journal", *HIGHER),
    "store.decision": ("tui", "store.records", "store.intake"),
    "store.capture": HIGHER,
}


def with_descendants(module: str) -> set[str]:
    return {module, *GRAPH.find_descendants(module)}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_short_and_says_what_it_owns(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= CEILING
    assert ast.get_docstring(ast.parse(text)), "the module has no docstring"


@pytest.mark.parametrize("lower", UPWARD)
def test_imports_run_one_way(lower: str) -> None:
    upper = {
        found for name in UPWARD[lower] if name in GRAPH.modules for found in with_descendants(name)
    }
    wrong = [
        (module, imported)
        for module in with_descendants(lower)
        for imported in GRAPH.find_modules_directly_imported_by(module)
        if imported in upper
    ]
    assert wrong == []


@pytest.mark.parametrize("package", ["store", "tui.cli", "tui.commands"])
def test_only_the_screens_know_textual(package: str) -> None:
    wrong = [
        (module, imported)
        for module in with_descendants(package)
        for imported in GRAPH.find_modules_directly_imported_by(module)
        if imported.split(".")[0] in ("textual", "rich")
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "module", ["store.capture", "store.decision", "tui.commands", "tui.__main__"]
)
def test_importing_it_loads_no_textual(module: str) -> None:
    code = f"import sys, {module}; print([m for m in ('textual', 'rich') if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert result.stdout.strip() == "[]", result.stderr
