"""The scripts in a record's folder: plain Python 3, each one file that needs nothing beside it."""

from __future__ import annotations

import ast
from functools import cache
from importlib.resources import files
from typing import Final

_OWN = "store.recheck"
_PIECES: Final = tuple("figures journal entries bills offs rates account plans sums".split())
_HEAD = '''\
"""Reckons the sums of the record in this folder anew with nothing but Python 3 (see VERIFY.md)."""

from __future__ import annotations

import sys

if not (sys.flags.isolated or getattr(sys.flags, "safe_path", False)):
    # Or a `json.py` that lies in this folder would be run in place of Python's own.
    sys.path[:] = [one for one in sys.path[1:] if one not in ("", ".")]
'''
_FOOT = """

if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parent))
"""


@cache
def verify_script() -> bytes:
    """Return `verify.py`: whether files, chain, exhibits and anchors are as they were written."""
    return files("store.records").joinpath("standalone.py").read_bytes()


@cache
def sums_script() -> bytes:
    """Return `check_sums.py`: the modules of store/recheck, one behind the other."""
    pieces = [_HEAD, *map(_piece, _PIECES)]
    return "".join([*pieces, _FOOT]).encode()


def _piece(name: str) -> str:
    """Return a module without what only a module needs; its docstring becomes a comment."""
    text = files(_OWN).joinpath(f"{name}.py").read_text("utf-8")
    lines = text.splitlines()
    for node in ast.parse(text).body:
        ours = isinstance(node, ast.ImportFrom) and str(node.module).startswith(_OWN)
        if ours or (isinstance(node, ast.ImportFrom) and node.module == "__future__"):
            lines[node.lineno - 1 : node.end_lineno] = [""] * _height(node)
    said = ast.get_docstring(ast.parse(text)) or ""
    lines[0] = f"\n# --- {name}: {said}"
    return "\n".join(_without_gaps(lines)) + "\n"


def _height(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _without_gaps(lines: list[str]) -> list[str]:
    """Leave no more than two empty lines together."""
    return [one for at, one in enumerate(lines) if one or any(lines[max(0, at - 2) : at])]
