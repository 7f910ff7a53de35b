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

import store.recheck
from store.recheck.sums import main as check_sums
from store.records import RecordOptions
from tests.store.anchors.owner import rebuild
from tests.store.records.case import Case
from tests.store.records.recomputing import (
    BY,
    RECORDS,
    SCRIPT,
    Written,
    all_stated,
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


def test_what_bills_and_payments_state_beside_their_sums_agrees(tmp_path: Path) -> None:
    made = all_stated(tmp_path)
    assert figures(made) > 500
    for name in ("court", "platform", "mediator"):
        assert check_sums(made.documents[name]) == 0


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
    case.log("interest", "2026-06-02", data=late | {"starts": "2026-06-01"})  # the same once more
    said = {"number": "A-1", "amount": "100", "currency": "EUR"}
    case.log("disputed", "2026-06-03", "Late", data=said)  # and it was paid
    sent = case.log("invoice", "2026-06-04", data=bill | {"number": "A-2"})
    case.log("credit", "2026-06-05", data={"of_invoice": "A-2", "amount": "600", "currency": "EUR"})
    less = {"changes": {"amount": "500.00"}}  # less than was credited
    case.log("amendment", "2026-06-06", data=less, link=("amends", sent.seq), reason="Slip")
    charges = [{"head": "interest", "amount": "5"}]
    paid = {"amount": "8", "currency": "EUR", "for_charges": charges}
    case.log("payment", "2026-09-02", data=paid)
    case.log("interest", "2026-09-03", data=late | {"percent": "12", "starts": "2026-11-23"})
    case.log("invoice", "2026-09-04", data=bill | {"number": "A-3", "due": "2026-10-01"})
    parts = [{"due": "2026-10-01", "amount": "70"}]  # nothing was billed in that currency
    case.log("instalments", "2026-09-03", data={"currency": "USD", "parts": parts})
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
    (_paid_late, "_acme_"),
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
    assert check_sums(made["it"]) == 0


def _by_item(case: Case) -> RecordOptions:
    """Log three items and what names none, with demands in two currencies."""
    case.log("terms", "2026-03-02", "Signed", data={"revisions": 1, "currency": "EUR"})  # 2
    case.log("delivery", "2026-03-10", "Logo, 3 drafts")  # 3
    case.log("delivery", "2026-03-12", "Site map", data={"rounds": 2}, refs={"project": "Site"})
    case.log("delivery", "2026-04-02", "Site", refs={"project": "SITE"})  # 5
    logo = ("about", 3)
    case.log("rework", "2026-03-14", "Green", link=logo)  # 6
    case.log("rework", "2026-03-16", "Blue", link=logo)  # 7
    case.log("rework", "2026-03-17", "My slip", data={"my_share": True}, link=logo)  # 8
    case.log("micro-change", "2026-03-18", "A comma", refs={"project": "site"})  # 9
    case.log("micro-change", "2026-03-19", "An emoji")  # 10
    dear = {"amount": "120.50", "currency": "EUR"}
    case.log("scope-creep", "2026-03-20", "A second logo", data=dear, link=logo)  # 11
    yen = {"amount": "9000", "currency": "JPY"}
    case.log("scope-creep", "2026-03-21", "And a third", data=yen, link=logo)  # 12
    case.log("acceptance", "2026-03-22", "Pay for it", link=("accepts", 11))  # 13
    case.log("request", "2026-03-20", "May it be printed?", link=logo)  # 14
    case.log("request", "2026-03-23", "Do you approve the colours?", link=logo)  # 15
    case.log("answer", "2026-03-27", "Yes", link=("answers", 14))  # 16
    case.log("acceptance", "2026-04-05", "Fine", data={"by": "Jo"}, link=("accepts", 3))  # 17
    case.log("approval-block", "2026-04-06", "The site waits", refs={"project": "Site"})  # 18
    case.log("approval-block", "2026-04-07", "A poster waits")  # 19
    case.log("concession", "2026-04-16", "There you are", link=("about", 19))  # 20
    return RecordOptions("court", None, None, BY)


def test_the_work_by_item_is_in_the_record_and_agrees(tmp_path: Path) -> None:
    case = Case(tmp_path)
    hidden = RecordOptions("own", None, None, BY, redact=("#9.refs", "#3.statement"))
    made = records(case, tmp_path / "out", {"court": _by_item(case), "own": hidden})
    figures(Written(case.workspace.root, made))
    text = next(made["court"].glob("*.md")).read_text("utf-8")
    told = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.split("## 7. Work done", 1)[1].split("\n## ", 1)[0].splitlines()
    ]
    logo = "entry 3: Logo, 3 drafts"
    assert [row[1:] for row in told if row[0] == logo] == [
        ["1", "2", "0", "entries 6, 7"],
        ["2", "1", "16", "26", "62 %", "entries 14, 15"],
        ["2", "EUR 120.50 and JPY 9,000", "entry 11", "entries 11, 12"],
    ]
    assert ["Site: Site map", "2", "0", "1", "entry 9"] in told
    assert ["no item named", "1", "1", "9", "248", "4 %", "entry 19"] in told
    assert "when the wait of entry 18 ended, so no day of it is counted." in text
    beyond = "Work beyond it was asked for twice, with EUR 120.50 and JPY 9,000 named."
    redone = "Finished work was done again twice. Two small changes were asked for."
    assert beyond in text
    assert f"{redone} That is one round more than agreed." in text


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
    manifest["left_out"]["internal"] += 2
    path.write_text(json.dumps(manifest), "utf-8")
    assert "left out" in run(Written(case.workspace.root, made)).stdout


RECHECK = Path(store.recheck.__file__).parent


def test_it_imports_nothing_but_the_standard_library_and_itself() -> None:
    for path in sorted([*SCRIPT.glob("*.py"), *RECHECK.glob("*.py")]):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                if str(node.module).startswith("store.recheck."):
                    continue
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
