"""What is due in lines: one for each step, how late it is first; and one step in full below them.

Pure functions from steps to the rows of the screen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from store.playbook.anchoring import ANCHOR, anchor_all
from store.playbook.step import NextStep, to_take
from store.text import plural
from store.text.cells import cell_width
from tui.glyphs import glyphs
from tui.safe_text import safe_fit, safe_wrap
from tui.screens.rows import Row, group
from tui.words.steps import DUE_CELLS, due_words, step_words, when_due

_LABEL = 6
_WEEK = timedelta(days=7)
_WHY, _SEQS = 3, 8
_ROOMY, _WIDE = 70, 110
"""Cells of a line from which on it has a sum at its end, and longer names."""
_ALL = "anchor --all"


def due_rows(
    steps: Sequence[NextStep], names: Mapping[str, str], today: date, width: int
) -> list[Row]:
    """Return a line for each step that can be taken, under today, this week, later and on hold."""
    taken = shown_steps(steps)
    held = [step for step in taken if _is_hold(step)]
    told = [step for step in taken if not _is_hold(step)]
    groups = (
        ("Today", [one for one in told if one.due <= today]),
        ("This week", [one for one in told if today < one.due < today + _WEEK]),
        ("Later", [one for one in told if one.due >= today + _WEEK]),
        ("On hold", held),
    )
    left = _room(told, width)
    rows: list[Row] = []
    for heading, listed in groups:
        if listed:
            rows.append(group(heading, bold=heading == "Today"))
        rows += [_line(step, names[step.client], today, width, left) for step in listed]
    return rows


def _room(steps: Sequence[NextStep], width: int) -> int:
    """Return the cells of what is to be done and its sum: those it needs, or all there are."""
    whats = max((cell_width(step.what) for step in steps), default=0)
    sums = max((cell_width(_owed(step, width)) for step in steps), default=0)
    return min(width - DUE_CELLS - _named(width) - 4, whats + sums)


def _named(width: int) -> int:
    return 34 if width >= _WIDE else 24 if width >= _ROOMY else 16


def _owed(step: NextStep, width: int) -> str:
    return f"  {step.owed.removesuffix('.00')}" if step.owed and width >= _ROOMY else ""


def shown_steps(steps: Sequence[NextStep]) -> list[NextStep]:
    """Return the steps that can be taken, several that anchor a docket as one that anchors all."""
    taken = to_take(steps)
    anchors = [step for step in taken if step.key == ANCHOR]
    if len(anchors) < 2:
        return taken
    return [step for step in taken if step.key != ANCHOR] + [anchor_all(anchors)]


def due_counted(steps: Sequence[NextStep], today: date) -> str:
    """Return how many of the steps that are listed are due, and with how many clients."""
    shown = shown_steps(steps)
    held = len({step.client for step in shown if _is_hold(step)})
    due = [step for step in shown if step.due <= today and not _is_hold(step)]
    clients = plural(len({step.client for step in due if step.verb != _ALL}), "client")
    words = f"{len(due)} due today, with {clients}" if due else due_words(steps, today)
    told = [words, plural(len(shown), "step")] + [f"{held} on hold"] * bool(held)
    return f" {glyphs().dot} ".join(told)


def step_key(step: NextStep) -> str:
    """Return what tells a step from all others."""
    return f"{step.client} {step.key}"


def detail_rows_of(
    step: NextStep, steps: Sequence[NextStep], today: date, width: int
) -> Iterator[Row]:
    """Yield why a step is due, what it rests on, what comes after it, and what logs it."""
    room = width - _LABEL
    why = safe_wrap(step.why, room)
    if len(why) > _WHY:
        why = [*why[: _WHY - 1], safe_fit(f"{why[_WHY - 1]} {why[_WHY]}", room)]
    seqs = step.evidence[:_SEQS]
    linked = tuple(piece for seq in seqs for piece in ((f"#{seq}", "link"), " "))
    if linked and not why:
        why = [""]
    for number, line in enumerate(why):
        yield Row.of(("Why" if number == 0 else "").ljust(_LABEL), line)
    if linked:
        yield Row.of("".ljust(_LABEL), *linked)
    after = [one for one in steps if one.under == step.key and one.client == step.client]
    if after:
        said = "; ".join(step_words(one, today) for one in after)
        yield Row.of(("Then".ljust(_LABEL), "dim"), safe_fit(said, room))
    if step.command:
        yield Row.of(("How".ljust(_LABEL), "dim"), (safe_fit(step.command, room), "dim"))


def _line(step: NextStep, name: str, today: date, width: int, left: int) -> Row:
    when, look = when_due(step.due, today)
    name = "all clients" if step.verb == _ALL else name
    what = step.what if not _is_hold(step) else f"on hold until {step.due:%-d %b}, {step.why}"
    left = left if not _is_hold(step) else width - DUE_CELLS - _named(width) - 4
    owed = _owed(step, width)
    if step.about in what and step.about not in safe_fit(what, left - cell_width(owed)):
        owed = ""  # which bill it is, is the more needed
    left -= cell_width(owed)
    return Row.of(
        (when, look if not _is_hold(step) else "dim"),
        "  ",
        safe_fit(name, _named(width)),
        "  ",
        safe_fit(what, left),
        (owed, "money"),
        opens=True,
        about=f"{name}: {step_words(step, today)}. {step.why}",
        leads=step_key(step),
    )


def _is_hold(step: NextStep) -> bool:
    return step.key == "hold"
