"""Past decisions in lines: pure functions from them to the rows of the screen, at any width."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from store.decision.history import Followed
from store.text.cells import cell_width
from tui.commands import key_shown
from tui.safe_text import fit
from tui.screens.rows import BLANK, Row, paragraph
from tui.words.decisions import heading, past_lines, since_words

_INDENT = 4


def past_rows(
    found: Sequence[Followed],
    whose: Callable[[Followed], str],
    today: date,
    width: int,
    how: str,
) -> list[tuple[Row, Followed | None]]:
    """Return every line, at most `width` cells, the first of each decision with that decision.

    `whose` is what stands before its number; `how` says how to answer whether it was right.
    """
    lines: list[tuple[Row, Followed | None]] = []
    for one in found:
        if lines:
            lines.append((BLANK, None))
        said = list(past_lines(one, today, how))
        first = _heading(one, whose(one), width)
        about = "\n".join([first.strip(), *said])
        lines.append((Row.of((first, "bold"), opens=True, about=about), one))
        lines += [(row, None) for text in said for row in paragraph(text, width, indent=_INDENT)]
    return lines


def answers(own: Mapping[str, str]) -> str:
    """Return the keys that say whether a decision was right; `own` are the user's own."""
    right, partly, no = (
        key_shown(name, own) for name in ("judge-right", "judge-partly", "judge-not")
    )
    return f"{right} right, {partly} partly, {no} not right"


def none_yet(name: str, own: Mapping[str, str]) -> str:
    """Return how a decision is written down, where there is none about `name`, or at all."""
    about = f" about {name}" if name else ""
    return (
        f"No decision{about} is written down yet. {key_shown('decide', own)} on a client asks the "
        f"question, and {key_shown('choose', own)} there writes down what you decide."
    )


def behind(one: Followed) -> tuple[int, ...]:
    """Return the numbers of the entries that what followed is made of."""
    after = one.after
    steps = (step.seq for step in after.steps)
    return (*after.incidents, *after.payments, *after.unpaid, *after.late_answers, *steps)


def about(one: Followed) -> str:
    """Return what those entries add up to."""
    return since_words(one.after) if one.after.days else "No day has passed since then."


def _heading(one: Followed, name: str, width: int) -> str:
    """Return the first line of a decision; a long name is cut, its day never."""
    rest = heading(one, "")
    return fit(name, min(cell_width(name), width - cell_width(rest))) + rest
