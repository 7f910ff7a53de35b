"""What is drawn where the terminal's encoding is not UTF-8: lines of ASCII, and ? for letters."""

from __future__ import annotations

import codecs
import io
import sys
from typing import Final

from store.errors import DocketError
from store.text.cells import cell_width
from tui.glyphs import ASCII, POORER

_HANDLER: Final = "docket-plain"


def is_utf_8() -> bool:
    """Return whether the terminal's encoding has all letters."""
    return _named(getattr(sys.__stderr__, "encoding", "") or "") == "utf-8"


def draw_plainly() -> None:
    """Let what the encoding lacks be drawn as ASCII; DocketError where not even that is in it."""
    stream = sys.__stderr__
    encoding = getattr(stream, "encoding", "") or ""
    if not _named(encoding) or not isinstance(stream, io.TextIOWrapper):
        raise DocketError(
            "The app cannot draw here",
            f"the terminal's encoding is {encoding or 'not known'}",
            "Start it as LC_ALL=C.UTF-8 docket, or use its verbs: docket --help",
        )
    codecs.register_error(_HANDLER, _in_place)
    stream.reconfigure(errors=_HANDLER)


def _named(encoding: str) -> str:
    """Return the name of an encoding that has ASCII as it is, or nothing."""
    try:
        known = codecs.lookup(encoding)
        return known.name if " ~".encode(encoding) == b" ~" else ""
    except LookupError:
        return ""


def _in_place(error: UnicodeError) -> tuple[str, int]:
    """Return what takes the same cells, and where to go on."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(map(_plain, lacking)), error.end


def _plain(sign: str) -> str:
    drawn = sign.translate(POORER[ASCII])
    return drawn if drawn.isascii() else "?" * cell_width(sign)
