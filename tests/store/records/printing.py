"""A document as a browser prints it; what needs it is skipped where none is installed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pytest
from pypdf import PageObject, PdfReader

from store.records.html import html_page
from store.records.printed import browser, print_page

BIGGEST = 16.0
"""Points: the title of a page, as the style sheet has it."""
MARGIN = 26 * 72 / 25.4
"""Points: what stands left of it, such as the number of a paragraph, is cut off."""

needs_browser = pytest.mark.skipif(
    not browser(), reason="no Chromium is installed, which is to print"
)


def printed(markdown: str, folder: Path) -> list[str]:
    """Return the text of each page of a document on A4: as large as it says, and none cut off.

    A browser sets a page smaller, all of it, where something on it is wider than the paper.
    """
    page, paper = folder / "page.html", folder / "paper.pdf"
    page.write_bytes(html_page(markdown))
    assert print_page(browser(), page, paper)
    pages = PdfReader(BytesIO(paper.read_bytes())).pages
    seen = [_seen(page) for page in pages]
    assert max(seen[0].sizes) == BIGGEST
    assert min(one.left for one in seen) > MARGIN - 1
    return [one.text for one in seen]


class _Seen(NamedTuple):
    """What stands on a page, in which sizes of type, and how far left it begins: in points."""

    text: str
    sizes: set[float]
    left: float


def _seen(page: PageObject) -> _Seen:
    sizes: set[float] = set()
    lefts: list[float] = []

    def see(text: str, place: list[float], line: list[float], font: object, size: float) -> None:
        if text.strip():
            sizes.add(round(size * abs(line[3]) * abs(place[3]), 1))
            lefts.append(line[4] * place[0] + place[4])

    return _Seen(page.extract_text(visitor_text=see), sizes, min(lefts))
