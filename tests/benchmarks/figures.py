"""Figures: taken side by side, A B A B, and judged by their medians; a table of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter
from typing import NamedTuple

WITHIN = 5.0
"""Seconds after which a comparison is not begun once more: all of them take five minutes."""


class Figure(NamedTuple):
    """What was measured of one thing, `unit` being ms or MiB."""

    samples: tuple[float, ...]
    unit: str = "ms"

    @property
    def median(self) -> float:
        """The middle one."""
        return median(self.samples)

    @property
    def quartiles(self) -> tuple[float, float]:
        """Between which the middle half lies."""
        if len(self.samples) < 2:
            return self.samples[0], self.samples[0]
        first, _, third = quantiles(self.samples, n=4, method="inclusive")
        return first, third


@dataclass(frozen=True)
class Claim:
    """That `top` takes at most `limit` times what `bottom` takes (with `at_least`, no less)."""

    top: str
    bottom: str
    limit: float | None = None
    at_least: bool = False

    def words(self, figures: Mapping[str, Figure]) -> str:
        """Return the ratio, and whether it is what was aimed at."""
        ratio = figures[self.top].median / figures[self.bottom].median
        said = f"{self.top} / {self.bottom} = {ratio:,.2f}"
        if self.limit is None:
            return said
        met = ratio >= self.limit if self.at_least else ratio <= self.limit
        sign = ">=" if self.at_least else "<="
        return f"{said}   aim {sign} {self.limit:,g}: {'met' if met else 'MISSED'}"


@dataclass(frozen=True)
class Section:
    """One comparison: its figures by name, in order, and the claims about them."""

    title: str
    figures: Mapping[str, Figure]
    claims: Sequence[Claim] = ()

    def lines(self) -> Iterable[str]:
        """Yield the section as a table."""
        wide = max(map(len, self.figures))
        yield f"\n{self.title}"
        yield f"  {'':<{wide}}  {'median':>11}       {'middle half':<21}    n"
        for name, figure in self.figures.items():
            low, high = figure.quartiles
            yield (
                f"  {name:<{wide}}  {_number(figure.median):>11} {figure.unit:<3}"
                f"   {_number(low):>9} - {_number(high):<9}  {len(figure.samples):>3}"
            )
        for claim in self.claims:
            if {claim.top, claim.bottom} <= self.figures.keys():
                yield f"  {claim.words(self.figures)}"


def interleaved(
    subjects: Mapping[str, Callable[[], float]], rounds: int | Mapping[str, int]
) -> dict[str, Figure]:
    """Measure every subject once a round, so that a slow minute of the machine hits them alike.

    A subject returns milliseconds. With `rounds` by name, one that has had its share sits out.
    There are fewer rounds where they take long.
    """
    end = perf_counter() + WITHIN
    shares = dict.fromkeys(subjects, rounds) if isinstance(rounds, int) else rounds
    samples: dict[str, list[float]] = {name: [] for name in subjects}
    for number in range(max(shares.values())):
        if number and perf_counter() > end:
            break
        for name, measure in subjects.items():
            if number < shares[name]:
                samples[name].append(measure())
    return {name: Figure(tuple(taken)) for name, taken in samples.items()}


def _number(value: float) -> str:
    return f"{value:,.3f}" if value < 10 else f"{value:,.1f}"
