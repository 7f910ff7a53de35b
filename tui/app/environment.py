"""What textual reads from the environment when it is imported: this module goes before it."""

from __future__ import annotations

import os
from typing import Final, Literal

ANIMATIONS: Final[Literal["none"]] = "none"

os.environ["TEXTUAL_ANIMATIONS"] = ANIMATIONS
os.environ["TEXTUAL_SMOOTH_SCROLL"] = "0"
