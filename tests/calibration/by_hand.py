"""Gets the verdict from what `docket decide --explain` prints, and from nothing else.

Use: docket decide CLIENT --explain | python -m tests.calibration.by_hand
"""

import re
import sys
from collections.abc import Iterable
from math import prod

ORDER = ("keep", "set-boundaries", "stop-work", "walk-away")
RULE = re.compile(r"R\d+ .*: (?P<sum>[-+*. 0-9]+) = [0-9.]+; (?P<lines>[^\[]*)")
LINE = re.compile(r"([a-z-]+) from ([0-9.]+)")


def verdict_of(lines: Iterable[str]) -> str:
    """Return the gravest of the lines that are reached, each sum redone."""
    asked = ["keep"]
    for line in lines:
        if line.startswith("Verdict: not-enough"):
            return "not-enough"
        rule = RULE.match(line)
        if rule is None or "set aside" in rule["lines"]:
            continue
        counted = sum(prod(map(float, term.split(" * "))) for term in rule["sum"].split(" + "))
        asked += [said for said, at in LINE.findall(rule["lines"]) if counted >= float(at)][-1:]
    return max(asked, key=ORDER.index)


if __name__ == "__main__":
    print(verdict_of(sys.stdin))
