"""Whether what is said of how sure a verdict is holds on cases it was not counted from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from store.decision import VERDICTS, published
from store.decision.sure import ground
from tests.calibration.crossvalidation import OUTER, SEEDS, folds
from tests.calibration.known import TITLES, Known, of_set

Key = tuple[str, str]
Table = dict[Key, Counter[str]]
PRIOR = 4
"""Cases of all kinds that stand in beside those like it, so that few of them say little."""


class Scores(NamedTuple):
    """Brier scores, 0 (best) to 2: of the shares stated, and of the base rate."""

    stated: float
    base: float


def judged(cases: Sequence[Known]) -> Table:
    """Return how cases with each verdict, on each ground, were judged by their pages."""
    found: Table = {}
    for case in cases:
        found.setdefault((case.verdict, ground(case.weighed)), Counter())[case.label] += 1
    return found


def brier(cases: Sequence[Known]) -> Scores:
    """Return the scores of shares that were counted from the other folds."""
    stated, base = [], []
    for seed in SEEDS:
        for fold in folds(cases, OUTER, seed):
            ids = {case.id for case in fold}
            seen = [case for case in cases if case.id not in ids]
            table, rate = judged(seen), _shares(Counter(case.label for case in seen))
            for case in fold:
                like = table.get((case.verdict, ground(case.weighed)), Counter())
                stated.append(_score(_shares(like, rate), case.label))
                base.append(_score(rate, case.label))
    return Scores(fmean(stated), fmean(base))


def _shares(counts: Counter[str], rate: Mapping[str, float] | None = None) -> dict[str, float]:
    prior = PRIOR if rate else 0
    total = sum(counts.values()) + prior
    return {v: (counts[v] + prior * (rate or {}).get(v, 0.0)) / total for v in VERDICTS}


def _score(shares: Mapping[str, float], label: str) -> float:
    return sum((share - (verdict == label)) ** 2 for verdict, share in shares.items())


def table(cases: Sequence[Known]) -> str:
    """Return the scores of each set as text, and the counts that the words are made of."""
    lines = ["how sure: Brier score of the stated shares, held out, beside that of the base rate"]
    for name, title in TITLES.items():
        scores = brier(of_set(cases, name))
        lines.append(f"  {title:<52} {scores.stated:.3f}  {scores.base:.3f}")
    lines += ["", "  cases with our verdict, on its ground: how their pages judged"]
    for (verdict, on), counts in sorted(judged(cases).items()):
        told = ", ".join(f"{counts[one]} {one}" for one in VERDICTS if counts[one])
        lines.append(f"  {verdict:<15} {on:<8} {sum(counts.values()):>3}: {told}")
    return "\n".join(lines)


def write(cases: Sequence[Known]) -> Path:
    """Write the counts into the module that a verdict reads them from; return its path."""
    path = Path(published.__file__)
    head = path.read_text(encoding="utf-8").partition("JUDGED: Final")[0]
    rows = "".join(
        f"    ({verdict!r}, {on!r}): {{"
        + ", ".join(f"{one!r}: {counts[one]}" for one in VERDICTS if counts[one])
        + "},\n"
        for (verdict, on), counts in sorted(judged(cases).items())
    ).replace("'", '"')
    kind = "Final[Mapping[tuple[str, str], Mapping[Verdict, int]]]"
    path.write_text(f"{head}JUDGED: {kind} = {{\n{rows}}}\n", encoding="utf-8")
    return path
