"""What textual reads from the environment when it is imported: this module goes before it."""

from __future__ import annotations

import os
from typing import Final, Literal

ANIMATIONS: Final[Literal["none"]] = "none"

os.environ["TEXTUAL_ANIMATIONS"] = ANIMATIONS
os.environ["TEXTUAL_SMOOTH_SCROLL"] = "0"
for name in ("TEXTUAL", "TEXTUAL_LOG", "TEXTUAL_DEBUG"):
    os.environ.pop(name, None)  # they write every key that is typed into a log
