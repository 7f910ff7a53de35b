"""What textual and asyncio look for when they are imported: this module goes before them."""

from __future__ import annotations

import os
import sys
from typing import Final, Literal

ANIMATIONS: Final[Literal["none"]] = "none"

os.environ["TEXTUAL_ANIMATIONS"] = ANIMATIONS
os.environ["TEXTUAL_SMOOTH_SCROLL"] = "0"
for name in ("TEXTUAL", "TEXTUAL_LOG", "TEXTUAL_DEBUG"):
    os.environ.pop(name, None)  # they write every key that is typed into a log

if not {"asyncio", "ssl"} & sys.modules.keys():
    # For connections that Docket never makes, asyncio would load OpenSSL: it can do without, which
    # saves memory and a twentieth of the start. Whoever needs it later finds it as ever.
    sys.modules["ssl"] = None  # type: ignore[assignment]
    import asyncio  # noqa: F401

    del sys.modules["ssl"]
