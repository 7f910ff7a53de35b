"""How many cells of a terminal a text takes, in any script: wcwidth's count, for all of Docket."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

_SPACING: Final = "\u0900"
"""The first sign that joins another and that some terminals give a cell of its own."""
_MARKS: Final = "\u0300"
"""The first sign that joins another: what comes before takes a cell each, and needs no table."""
_CORE: Final = "wcwidth._wcwidth_c"


def cell_width(text: str) -> int:
    """Return the cells `text` takes on one line."""
    if text.isascii() or max(text) < _MARKS:
        return len(text)
    wide: int = _wcwidth().width(text, control_codes="ignore")
    return wide


def most_cells(text: str) -> int:
    """Return the cells `text` takes where they are most.

    Terminals differ over vowels that stand beside their letter, as in Khmer and the scripts of
    India: tmux gives each a cell.
    """
    if text.isascii() or max(text) < _SPACING:
        return cell_width(text)
    from unicodedata import category

    beside = sum(category(sign) == "Mc" for sign in text)
    return (
        max(cell_width(text), sum(map(cell_width, text)) + beside) if beside else cell_width(text)
    )


def graphemes(text: str) -> Iterator[str]:
    """Yield what a reader sees as one character each."""
    yield from _wcwidth().iter_graphemes(text)


@cache
def _wcwidth() -> Any:
    """Return wcwidth, or only its core where that is compiled: the tables beside it are as much to
    load as an entry is to log, and it has its own.
    """
    from importlib.machinery import PathFinder
    from importlib.util import module_from_spec

    package = PathFinder.find_spec("wcwidth")
    core = package and PathFinder.find_spec(_CORE, package.submodule_search_locations)
    if core and core.loader:
        try:
            core.loader.exec_module(module := module_from_spec(core))
        except ImportError:  # made for another machine
            pass
        else:
            return module
    import wcwidth

    return wcwidth
