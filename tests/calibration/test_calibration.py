"""The calibration runs on the open cases, on any words, and its figures are those of its cases."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from store.decision import VERDICTS
from tests.calibration.__main__ import main
from tests.calibration.agreement import interval, weighted_kappa
from tests.calibration.convert import write_case
from tests.calibration.run import VARIANTS, Report, judge, run

OPEN = Path(__file__).parent / "open.jsonl"


@pytest.fixture(scope="module")
def report() -> Report:
    return run(OPEN)


def test_every_open_case_gets_a_verdict(report: Report) -> None:
    assert len(report["cases"]) == 30
    assert len({case["id"] for case in report["cases"]}) == 30
    for case in report["cases"]:
        assert case["verdict"] in VERDICTS
        assert case["label"] in VERDICTS


def test_figures_are_those_of_the_listed_cases(report: Report) -> None:
    rank = [str(verdict) for verdict in VERDICTS].index
    steps = [abs(rank(case["label"]) - rank(case["verdict"])) for case in report["cases"]]
    assert report["exact"] == pytest.approx(steps.count(0) / 30, abs=1e-4)
    assert report["within_one"] == pytest.approx(sum(s <= 1 for s in steps) / 30, abs=1e-4)


def test_rule_of_thumb_gets_what_it_is_known_to_get(report: Report) -> None:
    assert round(report["baseline"]["exact"] * 30) == 18
    assert round(report["baseline"]["within_one"] * 30) == 21


def test_the_model_earns_its_place_beside_the_rule_of_thumb(report: Report) -> None:
    """A model that cannot beat four lines has not earned its rules."""
    assert round(report["exact"] * 30) >= 25
    assert round(report["within_one"] * 30) >= 27
    for both in report["variants"].values():
        assert both["docket"]["exact"] > both["baseline"]["exact"]
        assert both["docket"]["within_one"] > both["baseline"]["within_one"]


def test_no_single_number_of_the_policy_carries_the_figures(report: Report) -> None:
    """Chosen, not fitted: a quarter more or less of any of them costs two cases at the most."""
    assert min(report["numbers"].values()) >= report["exact"] - 2.5 / 30


def test_the_interval_is_that_of_wilson() -> None:
    assert interval(0.5, 10) == pytest.approx((0.237, 0.763), abs=1e-3)
    assert interval(1.0, 30)[1] == 1.0
    assert interval(0.0, 0) == (0.0, 1.0)


def test_json_output_holds_the_agreed_keys(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(OPEN), "--json"]) == 0
    printed: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert {"cases", "exact", "within_one"} <= set(printed)
    assert {"id", "label", "verdict", "score", "rules"} <= set(printed["cases"][0])


def test_table_names_every_case_and_both_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(OPEN)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len([line for line in lines if line[:1].isalnum()]) >= 31
    text = "\n".join(lines)
    assert "retainer-nine-weeks-behind" in text
    for name in ("of 30 cases", *VARIANTS):
        assert f"{name}\n  docket " in text
        assert re.search(rf"{name}\n.*\n  rule of thumb  0\.600 exact", text)


def test_a_missing_file_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["no-such-file.jsonl"]) == 1
    assert (
        capsys.readouterr().err == "no-such-file.jsonl cannot be read: No such file or directory.\n"
    )


def test_unknown_words_and_nulls_do_not_fail(tmp_path: Path) -> None:
    facts: dict[str, Any] = {
        "relationship_months": 60,
        "currency": "GROATS",
        "agreed_rate": 85,
        "work_hours": 2500,
        "client_hours": 10,
        "invoices": [{"amount": None, "issued_day": None, "due_day": None, "paid_day": 50}],
        "requests_unanswered": [
            {"day_asked": 9, "day_answered": 8},
            {"day_asked": 2, "day_answered": None},
        ],
        "incidents": [
            {"day": -3, "kind": "sulking", "severity": None, "hours_lost": 1.5, "note": "[b]x"},
            {"day": 40, "kind": "thanks", "severity": 9, "hours_lost": None, "note": None},
        ],
        "positives": [{"day": 5, "kind": "sent_cake", "note": "cake"}],
        "steps_taken": [{"day": 6, "kind": "hired_a_clown", "note": "", "worked": True}],
        "checkins": [{"day": 41, "dread": 4, "eggshells": None, "stress_from_client": 1}],
        "fit": {"communication": 4, "vision": 0},
        "client_hardship": True,
        "own_fault": True,
        "today_day": 45,
    }
    case = {"id": "Strange Case", "title": "", "label": "set_boundaries", "facts": facts}
    docket, private = write_case(tmp_path / "w", case)
    kinds = [entry.kind for entry in docket.entries]
    assert kinds.count("other") == 2
    assert "good-day" in kinds
    assert "note" in kinds
    assert "circumstance" in kinds
    assert all(entry.data.my_share for entry in docket.group("incident"))  # type: ignore[attr-defined]
    assert (private.checkins[0].dread, private.checkins[0].stress_client) == (10, 3)
    assert (private.checkins[1].fit_communication, private.checkins[1].fit_vision) == (10, 0)
    assert docket.started is not None
    assert (docket.today - docket.started).days == round(60 * 30.44)
    assert judge(case)["label"] == "set-boundaries"


def test_what_happens_after_the_decision_is_not_told(tmp_path: Path) -> None:
    facts = {
        "invoices": [{"amount": 20, "issued_day": 0, "due_day": 10, "paid_day": 99}],
        "incidents": [{"day": 30, "kind": "abuse", "severity": 5, "note": ""}],
        "today_day": 20,
    }
    docket, _ = write_case(tmp_path / "w", {"id": "later", "title": "Later", "facts": facts})
    assert [entry.kind for entry in docket.entries] == ["client", "invoice"]
    assert len(docket.overdue) == 1


def test_kappa_is_one_for_agreement_and_nought_for_chance() -> None:
    assert weighted_kappa([("keep", "keep"), ("walk-away", "walk-away")]) == 1
    both_ways = [("keep", "keep"), ("keep", "walk-away"), ("walk-away", "keep")]
    assert weighted_kappa([*both_ways, ("walk-away", "walk-away")]) == pytest.approx(0)
    assert weighted_kappa([("keep", "keep")]) is None
