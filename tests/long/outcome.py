"""What a long run is, and what it says when it is over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple


class Outcome(NamedTuple):
    """How many cases were tried, what was counted, and a line for each that failed."""

    tried: int
    failed: tuple[str, ...] = ()
    said: str = ""


class LongRun(NamedTuple):
    """One long run: `run` is given the numbers of the cases to try, out of 0 to `size` - 1.

    A case is made from its number alone, so that a failure seen anywhere can be run again.
    """

    size: int
    run: Callable[[Sequence[int]], Outcome]
