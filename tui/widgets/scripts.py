"""Which texts terminals may take for wider or narrower than Docket does, and by how much it pads.

Terminals differ over Khmer, Arabic or CJK, and tmux differs from what it runs in: what follows such
a text is placed by its column (tui/app/wire.py), which is told by rich's count.
"""

from __future__ import annotations

import re
from typing import Final

from rich.cells import cell_len

from store.text.cells import cell_width

_SURE: Final = "\x00-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u1fff\u2010-\u205e\u2070-\u25ff"
"""Latin, Greek, Cyrillic, and the signs that Docket draws with: one cell each, everywhere."""
UNSURE: Final = re.compile(f"[^{_SURE}]+(?: [^{_SURE}]+)*")


def unsure(text: str) -> bool:
    """Whether terminals may differ over how many cells `text` takes."""
    return not text.isascii() and UNSURE.search(text) is not None


def as_wide(text: str) -> str:
    """Return `text` with as many blanks after it that rich counts the cells that Docket does."""
    if not unsure(text):
        return text
    more = cell_width(text) - cell_len(text)
    if more >= 0:
        return text + " " * more
    blanks = len(text) - len(text.rstrip(" "))
    return text[: len(text) - min(blanks, -more)]
