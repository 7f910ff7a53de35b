"""Says how often the verdict on a published case is the published one, and where it is not.

Use: python -m tests.calibration [--ablate] [--cv] [--write] [--json]
     python -m tests.calibration FILE [--json]

With no file: both sets of cases, held against their labels and against blind readings of them;
what each rule and fact is worth (alone with --ablate), and how models do on cases they were not
fitted to (alone with --cv). With one: every case of that file, and how the figures move when the
cases or the policy do.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.calibration import ablation, crossvalidation, sureness
from tests.calibration.agreement import interval
from tests.calibration.known import known_cases
from tests.calibration.learners import LEARNERS
from tests.calibration.panel import ORIGIN
from tests.calibration.run import Figures, Report, run
from tests.calibration.tables import agreement, as_json, mistakes

COLUMNS = "{:<38} {:<15} {:<15} {:>5}  {:<15} {}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 1 if the file cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m tests.calibration", description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", help="cases, one JSON object on each line")
    parser.add_argument("--ablate", action="store_true", help="leave out each part in turn")
    parser.add_argument("--cv", action="store_true", help="cross-validate the models")
    parser.add_argument("--write", action="store_true", help="write the counts of how sure it is")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    if options.file is None:
        print(_of_both_sets(options))
        return 0
    try:
        report = run(options.file)
    except OSError as error:
        print(f"{options.file} cannot be read: {error.strerror}.", file=sys.stderr)
        return 1
    print(json.dumps(report, indent=1) if options.json else table(report))
    return 0


def _of_both_sets(options: argparse.Namespace) -> str:
    cases = known_cases()
    if options.write:
        return str(sureness.write(cases))
    if options.json:
        return json.dumps(as_json(cases), indent=1)
    asked = [ablation.table(cases)] if options.ablate else []
    if options.cv:
        asked.append(crossvalidation.table(cases, LEARNERS))
    parts = asked or [
        agreement(cases),
        mistakes(cases),
        sureness.table(cases),
        ablation.table(cases),
        crossvalidation.table(cases, LEARNERS),
    ]
    return "\n\n".join([*parts, f"{ORIGIN}."])


def table(report: Report) -> str:
    """Return the report as lines of text."""
    lines = [COLUMNS.format("case", "label", "verdict", "score", "rule of thumb", "rules")]
    for case in report["cases"]:
        mark = "" if case["label"] == case["verdict"] else "  <-"
        score = "-" if case["score"] is None else f"{case['score']:.1f}"
        rules = " ".join(case["rules"]) + mark
        cells = (case["id"][:38], case["label"], case["verdict"], score, case["baseline"], rules)
        lines.append(COLUMNS.format(*cells).rstrip())
    cases = len(report["cases"])
    lines += ["", f"of {cases} cases", _figures("docket", report, cases)]
    lines.append(_figures("rule of thumb", report["baseline"], cases))
    for name, both in report["variants"].items():
        lines += ["", name, _figures("docket", both["docket"], cases)]
        lines.append(_figures("rule of thumb", both["baseline"], cases))
    numbers = report["numbers"].values()
    lines += ["", "docket with each number of its policy a quarter lower or higher"]
    lines.append(f"  from {min(numbers):.3f} to {max(numbers):.3f} exact")
    return "\n".join(lines)


def _figures(name: str, figures: Figures, cases: int) -> str:
    low, high = interval(figures["exact"], cases)
    kappa = "-" if figures["kappa"] is None else f"{figures['kappa']:.2f}"
    return (
        f"  {name:<14} {figures['exact']:.3f} exact (95 %: {low:.2f} to {high:.2f}), "
        f"{figures['within_one']:.3f} within one, weighted kappa {kappa}"
    )


if __name__ == "__main__":
    sys.exit(main())
