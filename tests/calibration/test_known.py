"""Both sets are read whole, and the printed figures are those of their cases, redone by hand."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import pytest

from store.decision import VERDICTS
from tests.calibration.__main__ import main
from tests.calibration.agreement import exact, weighted_kappa, within_one
from tests.calibration.errors import TRUTHS, by_question, by_rule, confusion, leading, tally
from tests.calibration.known import PANEL, SETS, TITLES, Known, known_cases, of_set
from tests.calibration.panel import READINGS, majority, read_panel
from tests.calibration.run import judge, read_cases
from tests.calibration.tables import judges, pairs


@pytest.fixture(scope="module")
def cases() -> tuple[Known, ...]:
    return known_cases()


def test_both_sets_are_whole_and_share_no_case(cases: tuple[Known, ...]) -> None:
    assert [len(of_set(cases, name)) for name in TITLES] == [30, 36, 66]
    assert len({case.id for case in cases}) == 66
    assert len({url["source_url"] for path in SETS.values() for url in read_cases(path)}) == 66
    for case in cases:
        assert case.label in VERDICTS
        assert set(case.readings) == set(READINGS)
        assert set(case.readings.values()) <= set(VERDICTS)


def test_the_panel_is_of_these_cases_and_of_no_other(cases: tuple[Known, ...]) -> None:
    assert set(read_panel(PANEL)) == {case.id for case in cases}


def test_every_case_has_the_verdict_that_an_assessment_gives(cases: tuple[Known, ...]) -> None:
    told = {str(case["id"]): case for path in SETS.values() for case in read_cases(path)}
    for case in cases[::8]:
        judged = judge(told[case.id])
        assert (judged["verdict"], judged["baseline"]) == (case.verdict, case.thumb)
        assert judged["rules"] == [rule.id for rule in case.weighed.rules]


@pytest.mark.parametrize(
    ("said", "most"),
    [
        (("keep", "keep", "keep"), "keep"),
        (("keep", "walk-away", "walk-away"), "walk-away"),
        (("keep", "stop-work", "walk-away"), None),
    ],
)
def test_the_panel_says_what_two_of_three_readings_say(
    said: tuple[str, str, str], most: str | None
) -> None:
    assert majority(dict(zip(READINGS, said, strict=True))) == most
    assert majority({}) is None


def test_agreement_on_a_small_table_is_what_a_hand_makes_of_it() -> None:
    """Six pairs: four the same, one a step apart, one three steps apart.

    Seen, the mean square of steps is (1 + 9) / 6. By chance, every label meets every verdict.
    """
    steps = [(0, 0), (0, 0), (1, 1), (2, 2), (3, 2), (3, 0)]
    told = [(VERDICTS[a], VERDICTS[b]) for a, b in steps]
    assert exact(told) == pytest.approx(4 / 6)
    assert within_one(told) == pytest.approx(5 / 6)
    # Against 0 0 1 2 2 0: a label of 0 is 9 off in sum, of 1 is 5, of 2 is 13, of 3 is 33.
    chance = (9 + 9 + 5 + 13 + 33 + 33) / 36
    assert weighted_kappa(told) == pytest.approx(1 - (10 / 6) / chance)


def test_a_tally_adds_up_and_a_confusion_holds_every_case_once(cases: tuple[Known, ...]) -> None:
    for truth in TRUTHS.values():
        whole = tally(cases, truth)
        assert whole.same + whole.milder + whole.graver == whole.cases == 66
        table = confusion(cases, truth)
        assert sum(sum(row.values()) for row in table.values()) == 66
        assert sum(table[one][one] for one in VERDICTS) == whole.same
        groups = by_question(cases).values()
        parts = [tally(group, truth) for group in groups]
        assert [sum(numbers) for numbers in zip(*parts, strict=True)] == list(whole)


def test_a_rule_is_counted_where_it_speaks(cases: tuple[Known, ...]) -> None:
    groups = by_rule(cases)
    spoken = Counter(rule.id for case in cases for rule in case.weighed.rules)
    assert {name: len(group) for name, group in groups.items() if name in spoken} == dict(spoken)
    for case in groups["silent"]:
        assert case.verdict == "keep"
    assert list(groups)[:2] == ["R2", "R3"]
    assert {leading(case) for case in cases} <= {"more", "pay", "work", "fit", "none"}


def test_what_is_known_of_the_readings_and_the_rule_of_thumb_is_found(
    cases: tuple[Known, ...],
) -> None:
    """The shares the readings were told to have, so that a slip in the pairing shows."""
    who = judges()
    known = {
        "first": {"rule of thumb": 18, "reading with notes*": 22, "numbers only, 1*": 24},
        "second": {"rule of thumb": 20, "reading with notes*": 20, "numbers only, 1*": 19},
    }
    for name, counts in known.items():
        for one, count in counts.items():
            told = pairs(of_set(cases, name), TRUTHS["label"], who[one])
            assert sum(true == said for true, said in told) == count


def test_the_command_prints_both_sets_and_whose_readings_they_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([]) == 0
    text = capsys.readouterr().out
    for title, count in zip(TITLES.values(), (30, 36, 66), strict=True):
        assert re.search(rf"{title}: {count} cases\n.*\n  docket +0\.\d{{3}} \(", text)
    assert "readings by a language model" in text
    assert "by the question that burdens most" in text
    assert "by the rule that speaks" in text
    assert max(map(len, text.splitlines())) <= 120


def test_json_of_both_sets_holds_every_case_and_whose_verdict_it_is_held_against(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--json"]) == 0
    printed: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert len(printed["cases"]) == 66
    ours = printed["sets"]["both"]["docket"]
    assert set(ours) == {"label", "panel"}
    same = sum(case["label"] == case["verdict"] for case in printed["cases"])
    assert ours["label"]["exact"] == pytest.approx(same / 66, abs=1e-4)
