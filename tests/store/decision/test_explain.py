"""The arithmetic line by line: every sum gives what stands behind it, and it is what is shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given

from store.decision import assessment_json
from store.decision.explain import explain
from store.settings.config import Config
from store.settings.policy import Policy
from store.workspace import Workspace
from tests.calibration.by_hand import verdict_of
from tests.examples import examples
from tests.store.decision.plans import Plan, plans
from tests.store.decision.telling import Story
from tui.screens.decision_rows import decision_rows

SUM = re.compile(r".*?: (?P<words>[-+*. 0-9]+) = (?P<value>[0-9.]+)(;.*)?")
MOST = 25


def lines_of(story: Story) -> list[str]:
    return explain(story.docket(), story.private, Config())


def sums(lines: list[str]) -> list[tuple[float, float]]:
    """Return (what the words give, what is printed) of every line that is a sum."""
    found = []
    for line in lines:
        match = SUM.fullmatch(line)
        if match:
            redone = float(eval(match["words"], {"__builtins__": {}}, {}))
            found.append((redone, float(match["value"])))
    return found


@examples(60)
@given(plans(touched=True))
def test_every_sum_gives_what_stands_behind_it(plan: Plan) -> None:
    lines = lines_of(plan.story())
    assert len(lines) <= MOST
    found = sums(lines)
    assert len(found) >= 13
    for redone, printed in found:
        assert redone == pytest.approx(printed, abs=0.11)


@examples(60)
@given(plans(touched=True))
def test_the_verdict_is_read_off_the_lines_alone(plan: Plan) -> None:
    assert verdict_of(lines_of(plan.story())) == plan.story().assessed().verdict


@examples(30)
@given(plans(touched=True))
def test_explain_screen_and_json_agree_to_the_digit(plan: Plan) -> None:
    story = plan.story()
    found = story.assessed()
    told = assessment_json(found)
    text = "\n".join(lines_of(story))
    screen = "\n".join(row.text for row in decision_rows(found, None, story.private, 118))
    assert found.score is not None
    assert f"= {told['score']:g}\n" in f"{text}\n"
    for said in (f"{told['score']:.1f}", f"{told['range'][0]:.1f}", f"{told['range'][1]:.1f}"):
        assert said in screen
    assert f"{told['coverage']:.0%} known" in screen
    for factor in told["factors"]:
        line = next(r for r in screen.split("\n") if r.startswith(f"  {factor['label']} "))
        assert "unknown" in line or f" {factor['burden'] * 100:.0f}  " in line
    for rule in told["rules"]:
        line = next(r for r in text.split("\n") if r.startswith(f"{rule['id']:<4}"))
        assert f"{rule['verdict']} from" in line
        assert rule["title"] in screen
    assert f"Verdict: {told['verdict']}," in text


def test_the_sample_explains_itself(sample_workspace: Workspace) -> None:
    for client in sample_workspace.client_ids():
        private = sample_workspace.private.of(client)
        lines = explain(sample_workspace.docket(client), private, sample_workspace.config)
        assert len(lines) <= MOST
        for redone, printed in sums(lines):
            assert redone == pytest.approx(printed, abs=0.11), client


def test_another_policy_is_what_is_explained() -> None:
    story = Story().ask(60).add("reminder", 40)
    lines = explain(story.docket(), story.private, Config(policy=Policy(notices=1)))
    assert any("(1 of 1 notices unheard): 57 = 57; walk-away from 30" in line for line in lines)
    assert "Verdict: walk-away, the gravest of the lines that are reached" in lines


def test_a_rule_that_is_set_aside_says_so() -> None:
    lines = lines_of(Story().add("pay-later", 9).exempt("R1", 5, -10))
    assert (
        "R1  times they asked for work while owing: 1 = 1; walk-away from 1, set aside  [#2]"
        in lines
    )
    assert "Verdict: keep, the gravest of the lines that are reached" in lines


@pytest.fixture(scope="module")
def sample_workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    from store.sample import write_sample
    from tests.docs.scenes import NOW

    folder: Path = tmp_path_factory.mktemp("explained")
    return write_sample(folder / "sample", NOW)
