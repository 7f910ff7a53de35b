"""A document as a browser prints it; what needs it is skipped where none is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PageObject, PdfReader

from store.records.html import html_page

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")

BIGGEST = 16.0
"""Points: the title of a page, as the style sheet has it."""

needs_browser = pytest.mark.skipif(
    BROWSER is None, reason="no Chromium is installed, which is to print"
)


def printed(markdown: str, folder: Path) -> list[str]:
    """Return the text of each page of a document on A4, whose words must be as large as they say.

    A browser sets a page smaller, all of it, where something on it is wider than the paper.
    """
    page, paper = folder / "page.html", folder / "paper.pdf"
    page.write_bytes(html_page(markdown))
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    command = [BROWSER or "", "--headless", *root, f"--user-data-dir={folder / 'profile'}"]
    command += ["--no-pdf-header-footer", f"--print-to-pdf={paper}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    pages = PdfReader(BytesIO(paper.read_bytes())).pages
    assert max(_sizes(pages[0])) == BIGGEST
    return [page.extract_text() for page in pages]


def _sizes(page: PageObject) -> set[float]:
    """Return the sizes of type of a page, in points."""
    found: set[float] = set()

    def see(text: str, place: list[float], line: list[float], font: object, size: float) -> None:
        if text.strip():
            found.add(round(size * abs(line[3]) * abs(place[3]), 1))

    page.extract_text(visitor_text=see)
    return found
