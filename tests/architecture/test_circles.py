"""No module imports itself by way of others, whether at its top, in a function or for its types."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]


def modules() -> dict[str, Path]:
    """Return every module of the program by its name."""
    found = {}
    for path in sorted(path for top in ("store", "tui") for path in (ROOT / top).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imported(name: str, path: Path, known: dict[str, Path]) -> set[str]:
    """Return the modules of the program that the one called `name` imports, wherever in it."""
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*above, *([node.module] if node.module else [])])
            inner = {f"{origin}.{one.name}" for one in node.names}
            found |= inner & known.keys()
            if not inner <= known.keys():
                found.add(origin)
    return found & known.keys() - {name}


def circles(imports: dict[str, set[str]]) -> set[frozenset[str]]:
    """Return the groups of modules of which each reaches every other."""
    reached = {name: _reach(name, imports) for name in imports}
    return {
        frozenset(other for other in within if name in reached[other])
        for name, within in reached.items()
        if name in within
    }


def _reach(name: str, imports: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    ahead = [name]
    while ahead:
        new = imports[ahead.pop()] - found
        found |= new
        ahead += new
    return found


def test_circles_are_found() -> None:
    imports = {"a": {"b"}, "b": {"c"}, "c": {"b", "d"}, "d": set(), "e": {"a"}}
    assert circles(imports) == {frozenset({"b", "c"})}


def test_an_import_counts_wherever_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "one.py"
    path.write_text(
        "import p.two\nfrom p import three, Name\nfrom .four import Other\n"
        "def late():\n    from p.five import Last\n"
    )
    known = dict.fromkeys(("p", "p.one", "p.two", "p.three", "p.four", "p.five", "p.six"), path)
    assert imported("p.one", path, known) == {"p", "p.two", "p.three", "p.four", "p.five"}


def test_there_is_no_circle() -> None:
    known = modules()
    found = circles({name: imported(name, path, known) for name, path in known.items()})
    assert len(known) > 300, "the walk finds them"
    assert found == set()
