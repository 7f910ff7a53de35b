"""Pictures of two printed pages, for README: page one of a court's record, and a mediator's brief.

They are the golden examples as a browser prints them. What a browser draws differs from one
machine to the next, so a picture is held to the words it was made from, which lie beside it.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from store.records.html import html_page
from store.records.printed import browser, print_page
from tests.store.records.case import MARKS

GOLDEN = Path(__file__).parents[1] / "store" / "records" / "golden"
PAPERS = "papers/"
PAGES = {"page-one": "court.md", "brief": "brief.md"}
"""By the name of the picture, the example whose first page it shows."""
_DOTS = "80"  # per inch: the picture is read at half of an A4 page


def written_papers() -> dict[str, str]:
    """Return the words that each picture is made from, by their paths in the folder."""
    return {f"{PAPERS}{name}.txt": _words(file) for name, file in PAGES.items()}


def _words(file: str) -> str:
    """Return the example up to its second section, or all of one without numbered sections."""
    text = _example(file).split("\n---\n", 1)[1].lstrip("\n")
    return text.partition("\n## 2. ")[0].rstrip("\n") + "\n"


def _example(file: str) -> str:
    """Return an example without the mark by which tests find what only a mediator reads."""
    return (GOLDEN / file).read_text("utf-8").replace(f"{MARKS['settlement']}: ", "")


def draw_papers(folder: Path) -> list[str]:
    """Draw each picture into `folder`; return those that nothing here can draw."""
    missing = []
    for name, file in PAGES.items():
        with tempfile.TemporaryDirectory() as passing:
            pdf, page = Path(passing) / "page.pdf", Path(passing) / "page.html"
            page.write_bytes(html_page(_example(file)))
            if not _drawn(page, pdf, folder / f"{PAPERS}{name}"):
                missing.append(name)
    return missing


def _drawn(page: Path, pdf: Path, picture: Path) -> bool:
    program, drawer = browser(), shutil.which("pdftoppm")
    if not program or not drawer or not print_page(program, page, pdf):
        return False
    picture.parent.mkdir(exist_ok=True)
    words = [drawer, "-png", "-gray", "-r", _DOTS, "-f", "1", "-singlefile", str(pdf), str(picture)]
    return subprocess.run(words, check=False).returncode == 0
