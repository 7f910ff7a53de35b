"""What the gut can answer, and what one can decide: words, without the models that hold them."""

from typing import Literal

Gut = Literal["keep", "set-boundaries", "stop-work", "walk-away", "unsure"]
