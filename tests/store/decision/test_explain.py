"""The arithmetic line by line: every sum gives what stands behind it, and it is what is shown."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest
from hypothesis import given

from store.decision import assessment_json
from store.decision.explain import explain
from store.settings.config import Config
from store.settings.policy import Policy
from store.workspace import Workspace
from tests.examples import examples
from tests.store.decision.plans import Plan, plans
from tests.store.decision.telling import Story
from tui.screens.decision_rows import decision_rows

SUM = re.compile(r"(?P<words>.*) = (?P<value>-?\d+(\.\d+)?)")
KNOWN = {"exp": math.exp, "limit": lambda value: max(0.0, min(1.0, value))}


def lines_of(story: Story) -> list[str]:
    return explain(story.docket(), story.private, Config())


def sums(lines: list[str]) -> list[tuple[float, float, int]]:
    """Return (what the words give, what is printed, decimals) of every line that is a sum."""
    found = []
    for line in lines:
        match = SUM.fullmatch(line.strip())
        words = match["words"].split(": ")[-1].replace("^", "**") if match else ""
        if match and not re.search("[a-z]{4,}", words.replace("limit", "")):
            redone = float(eval(words, {"__builtins__": {}}, KNOWN))
            decimals = len(match["value"].partition(".")[2])
            found.append((redone, float(match["value"]), decimals))
    return found


@examples(40)
@given(plans(touched=True))
def test_every_sum_gives_what_stands_behind_it(plan: Plan) -> None:
    found = sums(lines_of(plan.story()))
    assert len(found) >= 6
    for redone, printed, decimals in found:
        assert redone == pytest.approx(printed, abs=0.51 * 10**-decimals)


@examples(30)
@given(plans(touched=True))
def test_explain_screen_and_json_agree_to_the_digit(plan: Plan) -> None:
    story = plan.story()
    found = story.assessed()
    told = assessment_json(found)
    text = "\n".join(lines_of(story))
    screen = "\n".join(row.text for row in decision_rows(found, None, story.private, 118))
    assert found.score is not None
    for said in (f"{told['score']:.1f}", f"{told['range'][0]:.1f}", f"{told['range'][1]:.1f}"):
        assert said in text
        assert said in screen
    assert f"= {told['coverage']:.2f}" in text
    assert f"{told['coverage']:.0%} known" in screen
    for factor in told["factors"]:
        shown = "unknown" if factor["burden"] is None else f"{factor['burden']:.2f}"
        assert f"  {factor['label']}: {shown}  ({factor['detail']})" in text
        line = next(r for r in screen.split("\n") if r.startswith(f"  {factor['label']} "))
        assert "unknown" in line or f" {factor['burden'] * 100:.0f}  " in line
    for question in told["questions"].values():
        if question["burden"] is not None:
            assert f"= {question['burden']:.2f}" in text
    for rule in told["rules"]:
        assert f"  {rule['id']} {rule['title']}: {rule['verdict']}" in text
        assert rule["title"] in screen
    assert text.endswith(f"\n  {told['verdict']}")


def test_the_sample_explains_itself(sample_workspace: Workspace) -> None:
    for client in sample_workspace.client_ids():
        private = sample_workspace.private.of(client)
        lines = explain(sample_workspace.docket(client), private, sample_workspace.config)
        for redone, printed, decimals in sums(lines):
            assert redone == pytest.approx(printed, abs=0.51 * 10**-decimals), client


def test_another_policy_is_what_is_explained() -> None:
    story = Story().add("blame", 30, severity=2).feel(1, stress_client=8, stress_work=2, dread=7)
    config = Config(policy=Policy(weight_more=60, half_life_incidents=30, talk_from=10))
    lines = explain(story.docket(), story.private, config)
    found = story.assessed(config=config)
    text = "\n".join(lines)
    assert "60 * " in text
    assert "a talk from 10" in text
    assert "2 * 0.5000" in text, "half after thirty days"
    assert f"= {found.score:.1f}" in text


def test_a_verdict_that_is_held_says_what_holds_it() -> None:
    story = Story()
    for day in (100, 95, 90, 85):
        story.add("blame", day, severity=2)
    story.add("note", 1).feel(20, stress_client=9, stress_work=2, dread=9, version=9)
    story.feel(1, stress_client=1, stress_work=2, dread=0, version=0)
    story.feel(0, stress_client=0, stress_work=2, dread=0, version=0)
    found = story.assessed()
    text = "\n".join(lines_of(story))
    assert found.steadied == ("Held at" in text)


@pytest.fixture(scope="module")
def sample_workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    from store.sample import write_sample
    from tests.docs.screenshots import NOW

    folder: Path = tmp_path_factory.mktemp("explained")
    return write_sample(folder / "sample", NOW)
