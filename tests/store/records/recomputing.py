"""Documents for the independent script of `recompute/`, and how it is run: as a stranger would."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from store.records import PURPOSES, RecordOptions, write_record
from store.records.statement.document import statement
from store.records.statement.figures import StatementOptions
from tests.store.anchors.owner import anchored
from tests.store.records.accounts import PAY_TO, account_case
from tests.store.records.case import NOW, Case
from tests.store.records.parting_year import WORDS
from tests.store.records.parting_year import year as parting_year
from tests.store.records.stated_account import log_stated
from tests.store.records.test_report import report
from tests.store.records.year import year

SCRIPT = Path(__file__).with_name("recompute")
TODAY = NOW.date()
BY = "Ann Berg"
RECORDS: dict[str, RecordOptions] = {
    **{purpose: RecordOptions(purpose, None, None, BY) for purpose in PURPOSES},
    "extract": RecordOptions(
        "own", None, None, BY, kinds=("advice-overridden", "access-withheld", "approval-block")
    ),
    "redacted": RecordOptions(
        "own", None, None, BY, redact=("#7.statement", "#9", "#28.quotes"), because="privacy"
    ),
    "period": RecordOptions("court", date(2026, 6, 1), date(2026, 9, 30), BY, html=True),
    "first": RecordOptions("own", None, None, BY, first=(22, 9)),
    "answer": RecordOptions("platform", None, None, BY, answer_by=date(2026, 12, 1)),
}


@dataclass(frozen=True)
class Written:
    """A workspace and the documents made from it; records are folders, the rest are files."""

    root: Path
    documents: dict[str, Path]
    client: str = "acme"

    @property
    def arguments(self) -> list[str]:
        """What the script is given."""
        clients = self.root / "clients"
        docket, custody = clients / f"{self.client}.jsonl", clients / f"{self.client}.custody"
        given = [docket, self.root / "exhibits", custody]
        return [str(one) for one in [*given, *self.documents.values()]]


def run(written: Written) -> subprocess.CompletedProcess[str]:
    """Run the script by itself: no site packages, no paths of ours, no user's settings."""
    command = [sys.executable, "-I", "-S", str(SCRIPT), *written.arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)


def figures(written: Written) -> int:
    """Return how many figures agree; fails with what does not."""
    done = run(written)
    assert done.returncode == 0, done.stdout + done.stderr
    found = re.fullmatch(r"agrees: (\d+) figures\n", done.stdout)
    assert found
    return int(found[1])


def records(case: Case, folder: Path, wanted: dict[str, RecordOptions]) -> dict[str, Path]:
    """Write records, each in a folder of its own."""
    case.clock.now = NOW
    return {
        name: write_record(case.workspace, "acme", options, folder / name).folder
        for name, options in wanted.items()
    }


def statements(case: Case, folder: Path, *currencies: str) -> dict[str, Path]:
    """Write a statement in each currency, one with a period, and one as of an earlier day."""
    docket, made = case.workspace.docket("acme"), {}
    days = {
        "": (None, TODAY),
        "-period": (date(2026, 7, 1), TODAY),
        "-then": (None, date(2026, 9, 20)),
    }
    for currency in currencies:
        for name, (since, until) in days.items():
            options = StatementOptions(currency, since, until, BY, PAY_TO)
            path = folder / f"statement-{currency}{name}.md"
            path.write_text(statement(docket, options, NOW).markdown, "utf-8")
            made[path.stem] = path
    return made


def final_report(case: Case, folder: Path) -> dict[str, Path]:
    """Write the final report."""
    path = folder / "report.md"
    path.write_text(report(case, WORDS).markdown, "utf-8")
    return {"report": path}


def whole_year(root: Path) -> Written:
    """Return a year with an anchor, in every profile, with its statements."""
    case = year(root)
    anchored(case.workspace)
    made = records(case, root / "out", RECORDS)
    return Written(case.workspace.root, {**made, **statements(case, root, "EUR")})


def two_currencies(root: Path) -> Written:
    """Return an account in two currencies, disputed and late."""
    case = account_case(root)
    made = records(case, root / "out", {name: RECORDS[name] for name in ("court", "platform")})
    return Written(case.workspace.root, {**made, **statements(case, root, "EUR", "JPY")})


def all_stated(root: Path) -> Written:
    """Return an account of bills and payments that state all they can beside their sums."""
    case = Case(root)
    log_stated(case)
    wanted = {name: RECORDS[name] for name in ("court", "platform", "mediator")}
    made = records(case, root / "out", wanted)
    return Written(case.workspace.root, {**made, **statements(case, root, "EUR")})


def parting(root: Path) -> Written:
    """Return a year that ends in a final report, with entries of every kind."""
    case = parting_year(root)
    made = {**final_report(case, root), **statements(case, root, "EUR", "JPY")}
    return Written(
        case.workspace.root, {**made, **records(case, root / "out", {"court": RECORDS["court"]})}
    )
