"""Assesses every case of a file and says how often the verdict is the public one.

Use: python -m tests.calibration FILE [--json]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.calibration.run import Report, run

COLUMNS = "{:<38} {:<15} {:<15} {:>5}  {:<15} {}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 1 if the file cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m tests.calibration", description=__doc__)
    parser.add_argument("file", type=Path, help="cases, one JSON object on each line")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    try:
        report = run(options.file)
    except OSError as error:
        print(f"{options.file} cannot be read: {error.strerror}.", file=sys.stderr)
        return 1
    print(json.dumps(report, indent=1) if options.json else table(report))
    return 0


def table(report: Report) -> str:
    """Return the report as lines of text."""
    lines = [COLUMNS.format("case", "label", "verdict", "score", "rule of thumb", "rules")]
    for case in report["cases"]:
        mark = "" if case["label"] == case["verdict"] else "  <-"
        score = "-" if case["score"] is None else f"{case['score']:.1f}"
        rules = " ".join(case["rules"]) + mark
        cells = (case["id"][:38], case["label"], case["verdict"], score, case["baseline"], rules)
        lines.append(COLUMNS.format(*cells).rstrip())
    for name, figures in (("docket", report), ("rule of thumb", report["baseline"])):
        kappa = "-" if figures["kappa"] is None else f"{figures['kappa']:.2f}"
        lines.append(
            f"{name}: {figures['exact']:.3f} exact, {figures['within_one']:.3f} within one, "
            f"weighted kappa {kappa}, of {len(report['cases'])} cases"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
