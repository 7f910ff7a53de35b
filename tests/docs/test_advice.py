"""The table of advice: whole, true about where each row lives, and what every comment cites."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"\| (\d+) \| ([^|]+) \| (?:`([^`]+)` )?\| (?:`([^`]+)` )?\|")
CITED = re.compile(r"\badvice (\d+(?:(?:, | and | to )\d+)*)")
ROWS = {
    int(number): (says, where, test)
    for number, says, where, test in ROW.findall((ROOT / "store/ADVICE.md").read_text("utf-8"))
}


def test_it_is_numbered_without_a_gap() -> None:
    assert list(ROWS) == list(range(1, len(ROWS) + 1))
    assert len(ROWS) > 100


def test_where_it_lives_and_its_test_are_there_or_neither_is_named() -> None:
    for number, (_, where, test) in ROWS.items():
        assert bool(where) == bool(test), number
        for path in filter(None, (where, test)):
            assert (ROOT / path).exists(), f"{number}: {path}"


def test_what_is_cited_is_a_row_of_it() -> None:
    for top in ("store", "tui", "tests"):
        for path in (ROOT / top).rglob("*.py"):
            for cited in CITED.findall(path.read_text("utf-8")):
                assert set(map(int, re.findall(r"\d+", cited))) <= ROWS.keys(), path


UNSHIPPED = re.compile(
    r"\b(?:SEEDS|SCORING|DESIGN|RECORDS|SPEED|BENCH|ANCHORS|ARCHITECTURE|UX)(?:\.md)?"
    r"(?:,? (?:rows?|section|[A-Z]?\d)|\.md\b)"
    r"|\brows? \d+\)|\b[CD]\d{1,2}(?:\.\d+)?[);:]|\bissue \d+\b|\.\./shared\b"
)


def test_no_comment_cites_a_document_that_does_not_ship() -> None:
    """Whoever reads a comment has the repository and nothing else."""
    sources = [p for top in ("store", "tui", "tests") for p in (ROOT / top).rglob("*.py")]
    read = [*sources, *ROOT.glob("*.md"), *(ROOT / "store").rglob("*.md"), ROOT / "tests/LONG.md"]
    found = [
        f"{path.relative_to(ROOT)}: {said}"
        for path in read
        if path != Path(__file__)
        for said in UNSHIPPED.findall(path.read_text("utf-8"))
    ]
    assert not found
