"""The page as a browser prints it; skipped where none is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from store.records.html import html_page

GOLDEN = Path(__file__).with_name("golden")
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
MOST = {"court": 8, "own": 8, "brief": 2, "statement": 3, "final-report": 2}
"""How many pages the year of the golden documents may take on A4."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed, which is to print"),
]


def printed(name: str, folder: Path) -> list[str]:
    """Return the text of each page of a golden document."""
    page, paper = folder / "page.html", folder / "paper.pdf"
    page.write_bytes(html_page((GOLDEN / f"{name}.md").read_text("utf-8")))
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    command = [BROWSER or "", "--headless", *root, f"--user-data-dir={folder / 'profile'}"]
    command += ["--no-pdf-header-footer", f"--print-to-pdf={paper}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return [page.extract_text() for page in PdfReader(BytesIO(paper.read_bytes())).pages]


@pytest.mark.parametrize("name", MOST)
def test_a_document_prints_on_so_many_pages(name: str, tmp_path: Path) -> None:
    pages = printed(name, tmp_path)
    assert len(pages) <= MOST[name]
    assert all(page.strip() for page in pages)
    if name == "court":
        assert "1. Summary" in pages[0]
        signed = [page for page in pages if "Signature: …" in page]
        assert len(signed) == 1
        assert "15. Statement of truth" in signed[0]
