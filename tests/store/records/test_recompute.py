"""An independent script agrees with every figure of every document.

It imports nothing of ours and is run by a bare Python. That it sees changes is tested in
`test_recompute_changes.py`.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from store.records import RecordOptions
from tests.store.anchors.owner import rebuild
from tests.store.records.case import Case
from tests.store.records.recomputing import (
    BY,
    RECORDS,
    SCRIPT,
    Written,
    figures,
    parting,
    records,
    run,
    two_currencies,
    whole_year,
)
from tests.store.records.year import year


def test_a_year_in_every_profile_agrees_to_the_cent(tmp_path: Path) -> None:
    assert figures(whole_year(tmp_path)) > 5_000


def test_an_account_in_two_currencies_agrees(tmp_path: Path) -> None:
    assert figures(two_currencies(tmp_path)) > 1_500


def test_a_final_report_and_a_docket_with_every_kind_agree(tmp_path: Path) -> None:
    assert figures(parting(tmp_path)) > 1_000


def _extract(case: Case) -> RecordOptions:
    entry = case.log("excuse", "2026-08-20", "Was away")
    fixed = {"changes": {"statement": "Said she was away"}}
    case.log("amendment", "2026-08-21", data=fixed, link=("amends", entry.seq), reason="Short")
    return RecordOptions("own", None, None, BY, kinds=("excuse",))


def _handover(case: Case) -> RecordOptions:
    case.log("handover", "2026-10-28", "Font licences", data={"to": "Kari"})
    return RecordOptions("own", None, None, BY, redact=("Kari",))


def _paid_late(case: Case) -> RecordOptions:
    late = {"percent": "10", "starts": "2026-01-01", "source": "Law 1"}
    case.log("interest", "2026-03-02", data=late)
    bill = {"number": "A-1", "amount": "900.00", "currency": "EUR", "due": "2026-04-01"}
    case.log("invoice", "2026-03-18", data=bill)
    case.log("payment", "2026-09-01", data={"amount": "900.00", "currency": "EUR"})
    return RecordOptions("court", None, None, BY)


def _moved(case: Case) -> RecordOptions:
    entry = case.log("note", "2026-07-28", "A call")
    day = {"changes": {"occurred_at": "2026-07-24T08:00:00+00:00"}}
    case.log("amendment", "2026-07-29", data=day, link=("amends", entry.seq), reason="Slip")
    return RecordOptions("own", None, None, BY)


def _half(case: Case) -> RecordOptions:
    for place in range(7):
        case.log("note", f"2026-05-0{place + 1}", "x", recorded="2026-05-09" if place < 3 else "")
    return RecordOptions("own", None, None, BY)


def _put_first(case: Case) -> RecordOptions:
    case.log("complaint", "2026-05-01", "Too dark")
    entry = case.log("no-reply", "2026-05-02", "None")
    return RecordOptions("platform", None, None, BY, first=(entry.seq,))


MENDED = [
    (_extract, "What this is"),
    (_handover, "Given back"),
    (_paid_late, "Summary"),
    (_moved, "Recorded on a later day"),
    (_half, "63 % (5 of 8)"),
    (_put_first, "What happened"),
]
"""What the script once found to disagree, and a word of it."""


@pytest.mark.parametrize(("logged", "words"), MENDED)
def test_what_once_disagreed_agrees(
    tmp_path: Path, logged: Callable[[Case], RecordOptions], words: str
) -> None:
    case = Case(tmp_path)
    made = records(case, tmp_path / "out", {"it": logged(case)})
    said = run(Written(case.workspace.root, made)).stdout.splitlines()
    assert [line for line in said if words in line] == []


def test_a_file_or_a_journal_that_was_changed_is_seen(tmp_path: Path) -> None:
    case = year(tmp_path)
    made = records(case, tmp_path / "out", {"court": RECORDS["court"]})
    written = Written(case.workspace.root, made)
    figures(written)
    exhibit = next((made["court"] / "exhibits").iterdir())
    exhibit.chmod(0o600)
    exhibit.write_bytes(exhibit.read_bytes() + b" ")
    done = run(written)
    assert (done.returncode, f"SHA-256 of exhibits/{exhibit.name}" in done.stdout) == (1, True)
    rebuild(case.workspace.path("acme"), "Left the font account", "Left the fund account")
    assert run(written).returncode == 1


def test_a_manifest_that_counts_wrongly_is_seen(tmp_path: Path) -> None:
    case = year(tmp_path)
    made = records(case, tmp_path / "out", {"court": RECORDS["court"]})
    path = made["court"] / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    manifest["left_out"]["internal"] = 2
    path.write_text(json.dumps(manifest), "utf-8")
    assert "left out" in run(Written(case.workspace.root, made)).stdout


def test_it_imports_nothing_but_the_standard_library_and_itself() -> None:
    for path in sorted(SCRIPT.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                assert str(node.module).partition(".")[0] in sys.stdlib_module_names, path
            if isinstance(node, ast.Import):
                names = {name.name.partition(".")[0] for name in node.names}
                assert names <= sys.stdlib_module_names, path


def test_it_says_how_it_is_used() -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(SCRIPT)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith("usage: ")
