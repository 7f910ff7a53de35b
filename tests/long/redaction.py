"""Files with a name planted in every way there is: none goes out unannounced, few for nothing."""

from __future__ import annotations

from collections.abc import Sequence

from store.records.folder.exhibits import look_in
from store.records.redaction.needle import Needle
from tests.long.outcome import LongRun, Outcome
from tests.store.records.planted import NAMES, ordinary, planted

_PLANTED = 3_000
_ORDINARY = 500
_MOST_NAMED = 0.05
"""The part of the ordinary files that may be named though there is nothing in them."""


def run(numbers: Sequence[int]) -> Outcome:
    """Look through each case: planted ones first, ordinary ones after."""
    failed: list[str] = []
    found = named = usual = refused = 0
    for number in numbers:
        if number < _PLANTED:
            case = planted(number)
            looked = look_in(case.data, [Needle.of(case.name)])
            found += bool(looked.found)
            named += not looked.found and not looked.sure
            if not looked.found and looked.sure:
                failed.append(f"{number}: {case.name} was not seen in {case.what}")
        else:
            case = ordinary(number)
            looked = look_in(case.data, [Needle.of(name) for name in NAMES])
            usual += 1
            refused += bool(looked.found) or not looked.sure
    if refused > max(2, usual * _MOST_NAMED):
        failed.append(f"{refused} of {usual} ordinary files were named for nothing")
    said = f"{found} found, {named} named; {refused} of {usual} ordinary files named"
    return Outcome(len(numbers), tuple(failed), said)


LONG = LongRun(_PLANTED + _ORDINARY, run)
