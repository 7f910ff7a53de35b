"""The only way user text reaches a widget: literal, without markup and without control codes."""

from __future__ import annotations

import re

from textual.content import Content

from tui import text as terminal

# store.text removes all of these when text enters; a file edited by hand may still bring them.
_UNSAFE = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]"
)


def plain(text: str) -> str:
    """Return `text` with every character that could drive a terminal shown as U+FFFD."""
    return _UNSAFE.sub("\ufffd", text)


def content(text: str) -> Content:
    """Return `text` as content that is never read as markup; line ends are kept."""
    return Content(plain(text))


def safe_fit(text: str, cells: int) -> str:
    """Return one line of `text` in exactly `cells` terminal cells, cut with `…` if it is longer.

    What stands behind it is placed by its column, so it may be longer on no terminal.
    """
    return terminal.fit_anywhere(plain(text.replace("\n", " ")), cells)


def safe_wrap(text: str, cells: int) -> list[str]:
    """Return `text` in lines of at most `cells` terminal cells, broken between words."""
    return terminal.wrap(plain(text), cells)
