"""Each piece of advice that the playbook stands on has a test of its name, and the table knows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ROWS = (
    *(5, 62, *range(73, 85), 88, 89, 98, 100, 105),
    *(7, 8, *range(12, 26), 28, *range(30, 38), *range(42, 48), 50, *range(56, 61)),
    *(*range(64, 73), *range(90, 98), 99, *range(101, 105)),
)
"""The rows of store/ADVICE.md that this folder proves."""
_NAMED = re.compile(r"^(?:async )?def (test_rows?_[0-9]\w*)", re.MULTILINE)


def _tests() -> dict[int, set[str]]:
    """Return by row the files, from the repository's root, with a test named after it."""
    found: dict[int, set[str]] = {}
    for path in HERE.glob("test_rows_*.py"):
        for name in _NAMED.findall(path.read_text(encoding="utf-8")):
            led = re.match(r"test_rows?((?:_(?:and_)?\d+)+)", name)
            for row in re.findall(r"\d+", f"{led and led[1]} {' '.join(_later(name))}"):
                found.setdefault(int(row), set()).add(str(path.relative_to(ROOT)))
    return found


def _later(name: str) -> list[str]:
    return re.findall(r"_row_(\d+)", name)


@pytest.mark.parametrize("row", ROWS)
def test_a_row_has_its_test_and_the_table_names_the_file(row: int) -> None:
    table = (ROOT / "store" / "ADVICE.md").read_text(encoding="utf-8")
    [line] = [one for one in table.splitlines() if one.startswith(f"| {row} |")]
    *_, place, test, _ = (part.strip().strip("`") for part in line.split("|"))
    assert (ROOT / place).exists(), place
    assert test in _tests()[row]
