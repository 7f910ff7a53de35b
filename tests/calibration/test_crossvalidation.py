"""No case has a say in its own verdict, and a part is worth what leaving it out does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from tests.calibration.__main__ import main
from tests.calibration.ablation import (
    FACTS,
    NUMBERS,
    RULE_IDS,
    ablated,
    without_fact,
    without_rule,
    worth,
)
from tests.calibration.crossvalidation import (
    OUTER,
    Judge,
    Learner,
    chosen,
    cost,
    folds,
    held_out,
    share,
)
from tests.calibration.errors import TRUTHS
from tests.calibration.known import Known, known_cases
from tests.calibration.learners import LEARNERS, LINES, as_it_is, lines_fitted, without_rules


@pytest.fixture(scope="module")
def cases() -> tuple[Known, ...]:
    return known_cases()


def test_folds_hold_every_case_once_and_each_label_evenly(cases: tuple[Known, ...]) -> None:
    dealt = folds(cases, OUTER, seed=3)
    assert sorted(case.id for fold in dealt for case in fold) == sorted(case.id for case in cases)
    assert {len(fold) for fold in dealt} == {11}
    for label in {case.label for case in cases}:
        counts = [sum(case.label == label for case in fold) for fold in dealt]
        assert max(counts) - min(counts) <= 2
    assert dealt == folds(cases, OUTER, seed=3)
    assert dealt != folds(cases, OUTER, seed=4)


def test_a_learner_never_sees_the_case_it_judges(cases: tuple[Known, ...]) -> None:
    def fit(seen: Sequence[Known]) -> Judge:
        ids = {case.id for case in seen}

        def judge(case: Known) -> str:
            assert case.id not in ids
            return "keep"

        return judge

    assert set(held_out(Learner("blind", fit), cases, seed=1)) == {case.id for case in cases}


def test_learning_labels_by_heart_does_not_help(cases: tuple[Known, ...]) -> None:
    """A learner that knows its own cases and nothing else is perfect in sample, and only there."""

    def fit(seen: Sequence[Known]) -> Judge:
        known = {case.id: case.label for case in seen}
        return lambda case: known.get(case.id, "keep")

    by_heart = Learner("by heart", fit)
    judge = by_heart.fit(cases)
    whole = [{case.id: judge(case) for case in cases}]
    assert share(cases, whole, TRUTHS["label"], 0).share == 1
    held = share(cases, [held_out(by_heart, cases, seed=1)], TRUTHS["label"], 0)
    assert held.share == pytest.approx(sum(case.label == "keep" for case in cases) / 66)
    assert held.low < held.share < held.high


def test_an_inner_choice_is_made_on_the_inner_folds(cases: tuple[Known, ...]) -> None:
    def fit(by_heart: bool, seen: Sequence[Known]) -> Judge:
        known = {case.id: case.label for case in seen} if by_heart else {}
        return lambda case: known.get(case.id, "walk-away" if by_heart else "set-boundaries")

    assert chosen((True, False), cases, fit) is False


def test_a_miss_costs_one_and_a_far_one_two(cases: tuple[Known, ...]) -> None:
    (case,) = [
        one for one in cases if (one.label, one.panel, one.set) == ("keep", "keep", "second")
    ][:1]
    prices = {"keep": 0, "set-boundaries": 2, "stop-work": 4, "walk-away": 4}
    assert {said: cost([case], lambda _, said=said: said) for said in prices} == prices  # type: ignore[misc]


def test_every_rule_and_every_fact_is_left_out_in_turn(cases: tuple[Known, ...]) -> None:
    parts = [part for part, _ in ablated(cases[:2])]
    assert parts == [*RULE_IDS, *FACTS, *NUMBERS]
    spoken = {one.id for case in cases for one in case.weighed.counted}
    assert spoken == set(RULE_IDS)


def test_a_rule_left_out_is_a_rule_that_does_not_exist(cases: tuple[Known, ...]) -> None:
    """Held back by an exception, or struck from what spoke: the verdict is the same."""
    for rule in RULE_IDS:
        for case in cases:
            assert without_rule(case, rule) == without_rules(frozenset({rule}), case), case.id


def test_what_is_silent_anyway_changes_nothing(cases: tuple[Known, ...]) -> None:
    for case in cases:
        spoken = {rule.id for rule in case.weighed.rules}
        for rule in set(RULE_IDS) - spoken:
            assert without_rule(case, rule) == case.verdict
    quiet = next(case for case in cases if case.facts.hours is None)
    assert without_fact(quiet, "hours and rate") == quiet.verdict


def test_worth_counts_what_is_mended_and_what_is_spoiled(cases: tuple[Known, ...]) -> None:
    label = TRUTHS["label"]
    right = [case for case in cases if case.verdict == case.label]
    wrong = [case for case in cases if case.verdict != case.label]
    assert worth(cases, [case.label for case in cases], label) == (len(wrong), 0)
    assert worth(right, ["not-enough"] * len(right), label) == (0, len(right))


def test_the_model_as_it_is_needs_no_fitting(cases: tuple[Known, ...]) -> None:
    ours = Learner("ours", as_it_is)
    assert held_out(ours, cases, seed=1) == {case.id: case.verdict for case in cases}
    assert Counter(learner.name for learner in LEARNERS).most_common(1)[0][1] == 1


def test_a_line_is_fitted_where_it_lies_today_unless_another_is_better(
    cases: tuple[Known, ...],
) -> None:
    for name, (room, values) in LINES.items():
        assert values[0] == getattr(room, name)
    fitted = lines_fitted(cases)
    assert cost(cases, fitted) <= cost(cases, as_it_is(cases))


def test_the_command_prints_the_ablation(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--ablate"]) == 0
    lines = capsys.readouterr().out.splitlines()
    for part in (*RULE_IDS, *FACTS, *NUMBERS):
        assert any(line.startswith(f"  {part} ") for line in lines)
    assert lines[-1].startswith("* readings by a language model")


@pytest.mark.slow
def test_the_command_prints_the_cross_validation(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--cv"]) == 0
    first = capsys.readouterr().out
    for learner in LEARNERS:
        assert f"\n  {learner.name} " in first
    assert main(["--cv"]) == 0
    assert capsys.readouterr().out == first
