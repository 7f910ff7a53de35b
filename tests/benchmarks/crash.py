"""Kill a writing Docket over and over: `python -m tests.benchmarks.crash --kills 2000`."""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import asdict

from tests.store.faults.killing import Tally, kill_at_every_call, kill_at_random
from tests.store.faults.outputs import OUTPUTS
from tests.store.faults.victims import CARELESS, SPOILT, VICTIMS

_COLUMNS = ("kills", "acknowledged", "lost", "unreadable", "torn", "in flight, kept")


def main(words: list[str]) -> int:
    """Run the campaign, print its counts, and return 1 if anything was lost or unreadable."""
    every = VICTIMS | SPOILT | OUTPUTS
    ways = [*every, "careless"]
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="how many, over all ways of writing")
    parser.add_argument("--way", action="append", choices=ways, default=[])
    parser.add_argument(
        "--every-call", action="store_true", help="instead, once in front of each system call"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(words)
    ways = [] if args.every_call else args.way or [*VICTIMS]
    started = time.monotonic()
    tallies: dict[str, Tally] = {}
    if args.every_call:
        tallies = {way: kill_at_every_call(every[way]) for way in args.way or every}
    for number, way in enumerate(ways):
        share = args.kills // len(ways) + (number < args.kills % len(ways))
        victim = CARELESS if way == "careless" else every[way]
        tallies[way] = kill_at_random(victim, share, args.seed + number)
    if args.json:
        print(json.dumps({way: asdict(tally) for way, tally in tallies.items()}))
    else:
        _print(tallies, time.monotonic() - started)
    return int(any(tally.lost or tally.unreadable for tally in tallies.values()))


def _print(tallies: dict[str, Tally], seconds: float) -> None:
    print(f"{'way':<10}", *(f"{name:>16}" for name in _COLUMNS))
    total = [0] * len(_COLUMNS)
    for way, tally in tallies.items():
        row = _row(tally)
        total = [one + other for one, other in zip(total, row, strict=True)]
        print(f"{way:<10}", *(f"{count:>16,}" for count in row))
    print(f"{'all':<10}", *(f"{count:>16,}" for count in total))
    print(f"{seconds:.0f} s; SIGKILL spares what the kernel holds: this is no power cut")
    for way, tally in tallies.items():
        for line in (*tally.lost[:5], *tally.unreadable[:5]):
            print(f"{way}: {line}")


def _row(tally: Tally) -> list[int]:
    lost, unreadable = len(tally.lost), len(tally.unreadable)
    return [tally.kills, tally.acknowledged, lost, unreadable, tally.torn, tally.extra]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
