"""The page as a browser prints it; skipped where none is installed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.store.records.printing import needs_browser, printed

GOLDEN = Path(__file__).with_name("golden")
MOST = {"court": 7, "own": 7, "brief": 2, "statement": 2, "final-report": 2}
"""How many pages the year of the golden documents may take on A4."""

pytestmark = [pytest.mark.slow, needs_browser]


@pytest.mark.parametrize("name", MOST)
def test_a_document_prints_on_so_many_pages(name: str, tmp_path: Path) -> None:
    pages = printed((GOLDEN / f"{name}.md").read_text("utf-8"), tmp_path)
    assert len(pages) <= MOST[name]
    assert all(page.strip() for page in pages)
    if name == "court":
        assert "1. Summary" in pages[0]
        signed = [page for page in pages if "Signature:" in page]
        assert len(signed) == 1
        assert "15. Statement of truth" in signed[0]
        listed = re.findall(r"(?m)^((?:\d+|Annex [A-C])\. .+) (\d+)$", pages[0])
        assert len(listed) == 18
        for title, page in listed:
            assert f"{title}\n" in pages[int(page) - 1], f"{title} is not on page {page}"
