"""The tables that the calibration prints of both sets: agreement, and where the model errs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from store.decision import VERDICTS
from tests.calibration.agreement import exact, interval, weighted_kappa, within_one
from tests.calibration.errors import TRUTHS, by_ground, by_rule, confusion, tally
from tests.calibration.known import TITLES, Known, of_set
from tests.calibration.panel import ORIGIN, READINGS

Judge = Callable[[Known], str | None]
SHORT = {
    "keep": "keep",
    "set-boundaries": "bounds",
    "stop-work": "stop",
    "walk-away": "leave",
}
GROUNDS = {
    "money": "what is owed",
    "trouble": "how they treat you",
    "nothing": "no rule asks for anything",
}


def judges() -> dict[str, Judge]:
    """Return whose verdicts are compared: ours, those of before, of the thumb, the readings'."""
    ours: dict[str, Judge] = {
        "docket": lambda case: case.verdict,
        "the model before": lambda case: case.before,
        "rule of thumb": lambda case: case.thumb,
    }
    readings: dict[str, Judge] = {
        title: lambda case, name=name: case.readings[name]  # type: ignore[misc]
        for name, title in READINGS.items()
    }
    return {**ours, **readings, "most of the three*": lambda case: case.panel}


def agreement(cases: Sequence[Known]) -> str:
    """Return the table of agreement with labels and panel, for each set and both together.

    Exact with its 95 % interval; near is at most one step away; kappa is quadratic-weighted.
    """
    lines = []
    for name, title in TITLES.items():
        told = of_set(cases, name)
        lines += ["", f"{title}: {len(told)} cases", HEAD]
        for who, judge in judges().items():
            lines.append(f"  {who:<20}" + "   ".join(_cells(told, judge, who)))
    lines += ["", "  Each reading* is a third of the majority it is held against."]
    return "\n".join(lines[1:])


HEAD = (
    f"  {'':<20}{'labels: exact':<21}{'near':<6}{'kappa':<8}{'panel*: exact':<21}{'near':<6}kappa"
)


def _cells(cases: Sequence[Known], judge: Judge, who: str) -> list[str]:
    cells = []
    for name, truth in TRUTHS.items():
        if name == "panel" and who.startswith("most"):
            continue
        cells.append(_figures(pairs(cases, truth, judge)))
    return cells


def pairs(cases: Sequence[Known], truth: Judge, judge: Judge) -> list[tuple[str, str]]:
    """Return (true, said) of every case in which both are known."""
    both = ((truth(case), judge(case)) for case in cases)
    return [(true, said) for true, said in both if true is not None and said is not None]


def _figures(told: list[tuple[str, str]]) -> str:
    share, kappa = exact(told), weighted_kappa(told)
    low, high = interval(share, len(told))
    shown = "-" if kappa is None else f"{kappa:.2f}"
    return f"{share:.3f} ({low:.2f} to {high:.2f})  {within_one(told):.3f}  {shown:>5}"


def mistakes(cases: Sequence[Known]) -> str:
    """Return where the model errs: by verdict, by what it rests on, by rule."""
    lines = ["where it errs, on both sets"]
    for name, truth in TRUTHS.items():
        lines += ["", f"  {name} (down), docket (across)"]
        lines.append(f"  {'':<8}" + "".join(f"{SHORT[one]:>8}" for one in VERDICTS))
        for true, row in confusion(cases, truth).items():
            cells = "".join(f"{row[one]:>8}" for one in VERDICTS)
            lines.append(f"  {SHORT[true]:<8}" + cells)
    lines += ["", *_tallies("by what the verdict rests on", by_ground(cases), GROUNDS)]
    lines += ["", *_tallies("by the rule that speaks", by_rule(cases), {})]
    return "\n".join(lines)


def _tallies(
    title: str, groups: Mapping[str, Sequence[Known]], titles: Mapping[str, str]
) -> list[str]:
    head = "cases  same  milder  graver"
    lines = [f"  {title}", f"  {'':<36}label: {head}   panel*: {head}"]
    for name, cases in groups.items():
        row = f"  {titles.get(name, name):<36}"
        for gap, truth in zip((7, 11), TRUTHS.values(), strict=True):
            one = tally(cases, truth)
            row += f"{'':<{gap}}{one.cases:>5}{one.same:>6}{one.milder:>8}{one.graver:>8}"
        lines.append(row)
    return lines


def as_json(cases: Sequence[Known]) -> dict[str, Any]:
    """Return the agreement of each judge in each set, and every case, as plain data."""
    return {
        "cases": [_case(case) for case in cases],
        "readings": ORIGIN[2:],
        "sets": {
            name: {
                who.rstrip("*"): {
                    against: _plain(pairs(of_set(cases, name), truth, judge))
                    for against, truth in TRUTHS.items()
                }
                for who, judge in judges().items()
            }
            for name in TITLES
        },
    }


def _case(case: Known) -> dict[str, Any]:
    return {
        "id": case.id,
        "set": case.set,
        "label": case.label,
        "panel": case.panel,
        "verdict": case.verdict,
        "score": case.weighed.rank,
        "rules": [rule.id for rule in case.weighed.rules],
        "baseline": case.thumb,
    }


def _plain(told: list[tuple[str, str]]) -> dict[str, float | None]:
    kappa = weighted_kappa(told)
    return {
        "exact": round(exact(told), 4),
        "within_one": round(within_one(told), 4),
        "kappa": None if kappa is None else round(kappa, 4),
    }
