"""Do the long runs: `python -m tests.long [NAME ...] [--share 0.1] [--seed N] [--case K]`.

A long run is a module of this package with a `LONG`. The last whole table, with its commit and
machine, stands in LONG.md.
"""

from __future__ import annotations

import argparse
import pkgutil
import random
import sys
import time
from importlib import import_module
from typing import Any

import tests.long
from tests.long.outcome import LongRun, Outcome
from tests.machine import machine_words

_NOT_RUNS = {"__main__", "outcome"}


def names() -> list[str]:
    """Return the names of the long runs there are."""
    found = (one.name for one in pkgutil.iter_modules(tests.long.__path__))
    return sorted(
        name for name in found if name not in _NOT_RUNS and hasattr(_module(name), "LONG")
    )


def numbers(size: int, share: float, seed: int) -> list[int]:
    """Return the cases of a share of a run, at least one; which ones hangs on the seed."""
    if share >= 1:
        return list(range(size))
    return sorted(random.Random(seed).sample(range(size), max(1, round(size * share))))


def main(words: list[str]) -> int:
    """Do the runs that are named, print a table, and return 1 if a case failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.long", description=__doc__)
    parser.add_argument("name", nargs="*", help="which (all, if none is named)")
    parser.add_argument("--share", type=float, default=1.0, help="the part of each to do")
    parser.add_argument("--seed", type=int, default=1, help="which part that is")
    parser.add_argument("--case", type=int, action="append", help="these cases alone")
    args = parser.parse_args(words)
    known = names()
    if unknown := [name for name in args.name if name not in known]:
        parser.error(f"no such run: {', '.join(unknown)}; there are {', '.join(known)}")
    print(f"{machine_words()}, seed {args.seed}")
    print("| run | cases | failed | seconds | |\n|---|---:|---:|---:|---|", flush=True)
    outcomes: list[tuple[str, Outcome]] = []
    for name in args.name or known:
        long: LongRun = _module(name).LONG
        started = time.monotonic()
        outcome = long.run(args.case or numbers(long.size, args.share, args.seed))
        outcomes.append((name, outcome))
        row = (name, outcome.tried, len(outcome.failed), round(time.monotonic() - started))
        print(f"| {' | '.join(map(str, row))} | {outcome.said} |", flush=True)
    for name, outcome in outcomes:
        for line in outcome.failed[:20]:
            print(f"{name}: {line}")
    bad = sum(len(outcome.failed) for _, outcome in outcomes)
    print(f"\n{sum(outcome.tried for _, outcome in outcomes) - bad} passed, {bad} failed")
    return int(bad > 0)


def _module(name: str) -> Any:
    return import_module(f"tests.long.{name}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
