"""Kill every writing verb in front of its calls: nothing half-made stays that nobody owns."""

from __future__ import annotations

import signal
from collections.abc import Sequence

from tests.long.outcome import LongRun, Outcome
from tests.store.faults.owned import WAYS, calls, problems

_SIGNALS = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)
_STEP = 0.6180339887498949
"""The part of a verb's calls that is gone on from one case of it to the next."""


def run(numbers: Sequence[int]) -> Outcome:
    """Kill the verbs of these cases, and end them by another signal at the same call."""
    failed: list[str] = []
    ways = list(WAYS)
    for number in numbers:
        turn, which = divmod(number, len(ways))
        way = ways[which]
        nth = int(turn * _STEP % 1 * calls(way))
        failed += problems(way, nth, signal.SIGKILL)
        failed += problems(way, nth, _SIGNALS[turn % len(_SIGNALS)])
    told = f"{len(ways)} verbs; as many by SIGHUP, SIGTERM or SIGINT"
    return Outcome(len(numbers), tuple(failed), told)


LONG = LongRun(500, run)
