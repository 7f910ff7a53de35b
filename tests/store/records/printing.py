"""A document as a browser prints it; what needs it is skipped where none is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from store.records.html import html_page

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")

needs_browser = pytest.mark.skipif(
    BROWSER is None, reason="no Chromium is installed, which is to print"
)


def printed(markdown: str, folder: Path) -> list[str]:
    """Return the text of each page of a document on A4."""
    page, paper = folder / "page.html", folder / "paper.pdf"
    page.write_bytes(html_page(markdown))
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    command = [BROWSER or "", "--headless", *root, f"--user-data-dir={folder / 'profile'}"]
    command += ["--no-pdf-header-footer", f"--print-to-pdf={paper}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return [page.extract_text() for page in PdfReader(BytesIO(paper.read_bytes())).pages]
