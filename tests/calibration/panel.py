"""The panel: what three blind readings of every case said, and what most of them did.

The readings are by a language model asked to judge as an experienced mentor, not by people; a
figure of theirs says so wherever it is shown.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

READINGS = {
    "with_notes": "reading with notes*",
    "numbers_1": "numbers only, 1*",
    "numbers_2": "numbers only, 2*",
}
"""What each reading saw of a case; none saw a label, a title or a page."""
ORIGIN = "* readings by a language model that saw no label; not by people"

Readings = Mapping[str, str]


@cache
def read_panel(path: Path) -> Mapping[str, Readings]:
    """Return the verdict of each reading, by case, from the JSON Lines file at `path`."""
    panel = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        panel[str(told["id"])] = {
            name: str(told[name]["verdict"]).replace("_", "-") for name in READINGS
        }
    return panel


def majority(readings: Readings) -> str | None:
    """Return the verdict that more than half of the readings share; None where none is."""
    if not readings:
        return None
    verdict, votes = Counter(readings.values()).most_common(1)[0]
    return verdict if 2 * votes > len(readings) else None
