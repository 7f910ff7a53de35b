"""User text reaches a widget only through tui/safe_text.py: a walk over the code of tui/.

Textual and Rich read markup in most strings they are given. Each place that does may get a
literal, or a value made by safe_text or by Content; anything else is reported.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAFE_CALLS = frozenset({"content", "Content", "Content.assemble", "Content.styled", "Text"})
# Constructors and methods whose first argument is read as markup.
MARKUP_SINKS = frozenset(
    {"Static", "Label", "Button", "Checkbox", "RadioButton", "Collapsible", "Option", "ListItem"}
)
UPDATES = frozenset({"update", "add_option", "add_row", "add_column"})
FORBIDDEN_NAMES = frozenset({"from_markup", "DataTable", "Tree", "Markdown", "RichLog"})
TITLES = frozenset({"border_title", "border_subtitle", "tooltip"})


def files() -> list[Path]:
    return sorted(
        path for path in (ROOT / "tui").rglob("*.py") if "cli" not in path.relative_to(ROOT).parts
    )


@cache
def content_makers() -> frozenset[str]:
    """Return the functions of tui/ that are annotated to return Content, which mypy holds to."""
    return frozenset(
        node.name
        for path in files()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        and node.returns is not None
        and ast.unparse(node.returns) == "Content"
    )


def called(node: ast.expr) -> str:
    """Return the name a call is made by, such as `Content.assemble` or `update`."""
    if isinstance(node, ast.Attribute):
        owner = node.value.id if isinstance(node.value, ast.Name) else ""
        return f"{owner}.{node.attr}" if owner == "Content" else node.attr
    return node.id if isinstance(node, ast.Name) else ""


def safe(node: ast.expr | None, known: set[str]) -> bool:
    """Whether `node` can only be a literal or something made safe."""
    if node is None or isinstance(node, ast.Constant):
        return not isinstance(getattr(node, "value", None), str) or "[" not in str(node.value)  # type: ignore[union-attr]
    if isinstance(node, ast.IfExp):
        return safe(node.body, known) and safe(node.orelse, known)
    if isinstance(node, ast.Call):
        return called(node.func) in SAFE_CALLS | content_makers()
    if isinstance(node, ast.Name):
        return node.id in known
    if isinstance(node, ast.Attribute):
        return node.attr in known
    return False


def contents(tree: ast.AST) -> set[str]:
    """Return names that are annotated as Content, or only ever assigned something safe."""
    assigned: dict[str, list[ast.expr]] = {}
    known: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.arg) and node.annotation is not None:
            if ast.unparse(node.annotation) in ("Content", "Text"):
                known.add(node.arg)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            assigned.setdefault(node.targets[0].id, []).append(node.value)
    for name, values in assigned.items():
        if all(safe(value, known) for value in values):
            known.add(name)
    return known


def offences(source: str) -> list[str]:
    """Return `line: what` for each place where a string may be read as markup."""
    tree = ast.parse(source)
    known = contents(tree)
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            found += call_offences(node, known)
        elif isinstance(node, ast.Assign):
            target = node.targets[0]
            if (
                isinstance(target, ast.Attribute)
                and target.attr in TITLES
                and not safe(node.value, known | {"title"} if "title" in known else known)
            ):
                found.append(f"{node.lineno}: {target.attr}")
        elif (
            isinstance(node, ast.Name | ast.Attribute)
            and called(node).removeprefix("Content.") in FORBIDDEN_NAMES
        ):
            found.append(f"{node.lineno}: {called(node)}")
    return found


def call_offences(node: ast.Call, known: set[str]) -> list[str]:
    name = called(node.func)
    first = node.args[0] if node.args else None
    if name == "notify":
        off = [one for one in node.keywords if one.arg == "markup"]
        literal = bool(off) and ast.unparse(off[0].value) == "False"
        return [] if literal else [f"{node.lineno}: notify without markup=False"]
    attribute = isinstance(node.func, ast.Attribute)
    sink = name in MARKUP_SINKS or (attribute and name in UPDATES and len(node.args) == 1)
    if sink and isinstance(node.func, ast.Attribute) and is_mapping(node.func.value):
        return []
    return [f"{node.lineno}: {name}"] if sink and not safe(first, known) else []


def is_mapping(node: ast.expr) -> bool:
    """Whether `x.update(...)` is about a dict or a set: widgets are queried or kept on self."""
    return isinstance(node, ast.Name) and not node.id.endswith(("static", "label", "shown"))


def test_no_user_text_is_read_as_markup() -> None:
    found = {
        str(path.relative_to(ROOT)): offences(path.read_text(encoding="utf-8")) for path in files()
    }
    assert len(found) > 30, "the walk finds them"
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "code",
    [
        "Static(client.name)",
        "Static(f'{name} is late')",
        "self.query_one(Static).update(text)",
        "pane.border_title = docket.name",
        "self.notify(str(error))",
        "self.notify(text, markup=True)",
        "Content.from_markup(text)",
        "Static('[red]hi[/red]')",
        "x = entry.statement\nLabel(x)",
        "DataTable()",
        "shown.update(text)",
    ],
)
def test_the_walk_finds_it(code: str) -> None:
    assert offences(code)


@pytest.mark.parametrize(
    "code",
    [
        "Static(content(client.name))",
        "Static('plain')",
        "Static()",
        "pane.border_title = content(name) if name else Content()",
        "self.notify(str(error), markup=False)",
        "x = content(entry.statement)\nLabel(x)",
        "values.update(other)",
        "def f(title: Content):\n    self.border_title = title",
    ],
)
def test_the_walk_leaves_it(code: str) -> None:
    assert offences(code) == []
