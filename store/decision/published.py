"""Published cases by our held-out verdict and its ground: how many were judged which way.

Made by `python -m tests.calibration --write`; the verdicts counted are those of the cases' pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from store.decision.scale import Verdict

JUDGED: Final[Mapping[tuple[str, str], Mapping[Verdict, int]]] = {
    ("keep", "nothing"): {"keep": 12, "set-boundaries": 1},
    ("set-boundaries", "money"): {"keep": 2, "set-boundaries": 1, "walk-away": 1},
    ("set-boundaries", "trouble"): {
        "keep": 3,
        "set-boundaries": 12,
        "stop-work": 1,
        "walk-away": 6,
    },
    ("stop-work", "money"): {"keep": 1, "set-boundaries": 1, "stop-work": 12, "walk-away": 1},
    ("walk-away", "trouble"): {"set-boundaries": 1, "stop-work": 1, "walk-away": 10},
}
