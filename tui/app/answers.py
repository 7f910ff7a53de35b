"""What the terminal answers when it is asked about itself: its ground, and the width of a sign.

It is asked once, as the app starts, and never waited for. What it answered is kept in the index,
by what the environment says of the terminal: losing that costs a start in safer colours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from store.index.rows import Rows

ASK_GROUND: Final = "\x1b]11;?\x1b\\"
ASK_CELLS: Final = "\x1b[2;1H─\x1b[6n"
"""Draws one sign at the start of the second line, which is painted over, and asks where it is."""
_GROUND: Final = re.compile(r"\x1b\]11;(.*?)(?:\x07|\x9c|\x1b\\)", re.DOTALL)
_PLACE: Final = re.compile(r"\x1b\[2;([23])R")
_RGB: Final = re.compile(
    r"rgba?:([\da-f]{1,4})/([\da-f]{1,4})/([\da-f]{1,4})(?:/[\da-f]{1,4})?", re.I
)
_COLOUR: Final = re.compile(r"#[\da-f]{6}")
_MOST: Final = 20
"""Terminals of which answers are kept, the last ones."""


class Answers(NamedTuple):
    """What a terminal answered: its ground such as `#15171c`, and the cells that `─` took."""

    ground: str = ""
    cells: int = 0

    def heard(self, report: str) -> Answers:
        """Return these and what `report` says, a whole sequence; the first of a kind counts."""
        if not self.ground and (found := _GROUND.fullmatch(report)):
            return self._replace(ground=ground_in(found[1]))
        if not self.cells and (found := _PLACE.fullmatch(report)):
            return self._replace(cells=int(found[1]) - 1)
        return self

    def over(self, before: Answers) -> Answers:
        """Return these, and where there is none, what was answered before."""
        return Answers(self.ground or before.ground, self.cells or before.cells)


def ground_in(answer: str) -> str:
    """Return the ground in an answer such as `rgb:1515/1717/1c1c`, as `#15171c`; empty if none."""
    found = _RGB.fullmatch(answer)
    if not found:
        return ""
    parts = (round(int(part, 16) / (16 ** len(part) - 1) * 255) for part in found.groups())
    return "#" + "".join(f"{part:02x}" for part in parts)


def answers_kept(root: Path, env: Mapping[str, str]) -> Answers:
    """Return what a terminal such as this one answered before, in the workspace at `root`."""
    match Rows(root, "terminals").kept.get(_name(env)):
        case [str(ground), int(cells)] if cells in (0, 1, 2):
            return Answers(ground if _COLOUR.fullmatch(ground) else "", cells)
    return Answers()


def keep_answers(root: Path, env: Mapping[str, str], answers: Answers) -> None:
    """Keep what this terminal answered, where that is something new."""
    before = answers_kept(root, env)
    told = answers.over(before)
    if told == before:
        return
    rows = Rows(root, "terminals")
    others = {name: one for name, one in rows.kept.items() if name != _name(env)}
    last = dict(list(others.items())[-_MOST:])
    rows.save({**last, _name(env): [*told]})


def _name(env: Mapping[str, str]) -> str:
    return " ".join(env.get(name, "") for name in ("TERM", "TERM_PROGRAM", "COLORTERM"))
