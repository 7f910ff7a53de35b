"""Paths inside a workspace are named in store/places.py and nowhere else: a walk over the code.

Whoever needs one asks there, so that a workspace may lie otherwise one day.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.errors import UsageError
from store.files import typed_path
from store.places import CUSTODY, DOCKET, Places

ROOT = Path(__file__).parents[2]
NAMES = {path.name for path in vars(Places(Path())).values()} - {""}
FILES = tuple(name for name in NAMES if "." in name)
ENDINGS = (DOCKET, CUSTODY, ".torn-")
"""Files and endings are told by themselves, wherever they stand."""
FOLDERS = NAMES - set(FILES)
"""Words like any other: told only as a part of a path."""
JOINS = frozenset({"Path", "joinpath", "glob", "rglob", "with_name"})
ALLOWED = {
    "store/places.py": "the list",
    "store/journal": "knows of one file, and what it sets aside beside it",
    "store/upkeep/archive.py": "what the members of a backup are called",
    "store/upkeep/backup.py": "what the members of a backup are called",
    "store/upkeep/restore.py": "what the members of a backup are called",
    "store/sample/story.py": "the stories lie in a folder of the package",
    "store/records": "a record is a folder of its own, with exhibits and anchors in it",
}


def texts(node: ast.AST) -> Iterator[str]:
    """Yield the literals in an expression, those within an f-string too."""
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value


def docstrings(tree: ast.AST) -> set[int]:
    return {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}


def named(source: str) -> list[str]:
    """Return `code: text` for each place where a part of a path is named."""
    tree = ast.parse(source)
    silent = docstrings(tree)
    found = []
    for node in ast.walk(tree):
        in_path = {name for part in parts(node) for text in texts(part) for name in text.split("/")}
        told = sorted(in_path & FOLDERS)
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in silent
        ):
            told += [node.value] if is_file(node.value) else []
        found += [f"{ast.unparse(node)}: {name}" for name in told]
    return found


def parts(node: ast.AST) -> list[ast.expr]:
    """Return what in an expression is a part of a path."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        return [node.right]
    if isinstance(node, ast.Call):
        return node.args if called(node.func) in JOINS else []
    if isinstance(node, ast.Compare):
        of_name = isinstance(node.left, ast.Attribute) and node.left.attr == "name"
        return node.comparators if of_name else []
    return [node] if isinstance(node, ast.JoinedStr) and "/" in "".join(texts(node)) else []


def called(function: ast.expr) -> str:
    """Return the last word of what is called."""
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def is_file(text: str) -> bool:
    """Whether a literal names a file of a workspace, or how the name of one ends."""
    return (text.endswith(FILES) and " " not in text) or text.lstrip("*").startswith(ENDINGS)


def test_no_other_module_names_a_path_in_the_workspace() -> None:
    found, seen = {}, set()
    for path in sorted(one for top in ("store", "tui") for one in (ROOT / top).rglob("*.py")):
        name = str(path.relative_to(ROOT))
        told = named(path.read_text(encoding="utf-8"))
        let = {one for one in ALLOWED if name == one or name.startswith(f"{one}/")}
        seen |= let if told else set()
        if told and not let:
            found[name] = told
    assert found == {}
    assert seen == set(ALLOWED), "named there no more: take it out of ALLOWED"


@pytest.mark.parametrize(
    "code",
    [
        'path = root / "clients" / name',
        'path = root / f"exhibits/{name}"',
        'path = root.joinpath("drafts")',
        'found = root.glob("clients/*")',
        'kept = path.suffix == ".jsonl"',
        'kept = path.parent.name == "clients"',
        'read(root, "private.json")',
        'told = f"clients/{client}"',
    ],
)
def test_the_walk_finds_it(code: str) -> None:
    assert named(code)


@pytest.mark.parametrize(
    "code",
    [
        'row = {"exhibits": kept}',
        '"""What lies in clients/ and in private.json."""',
        'tell("Edit config.toml, then try again")',
        'listed = ("clients", "drafts")',
    ],
)
def test_the_walk_leaves_it(code: str) -> None:
    assert named(code) == []


def test_a_path_that_was_typed_is_read_in_one_place() -> None:
    """A home that is nobody's is refused in a line there; pathlib raises a RuntimeError."""
    calls = {
        str(path.relative_to(ROOT))
        for top in ("store", "tui")
        for path in (ROOT / top).rglob("*.py")
        if "expanduser" in path.read_text(encoding="utf-8")
    }
    assert calls == {"store/files.py"}
    with pytest.raises(UsageError, match="There is no user nobody-is-called-so"):
        typed_path("~nobody-is-called-so/x")
    assert typed_path("~/x") == Path.home() / "x"
