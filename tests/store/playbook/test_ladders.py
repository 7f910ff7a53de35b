"""The ladders: every preset is whole and honest about itself, and the user's choices hold."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from store.errors import DocketError
from store.playbook.ladder import PLAIN, RUNGS
from store.playbook.ladders import (
    choose_for_all,
    chosen_for_all,
    ladder_by,
    preset,
    preset_ids,
)
from store.private.model import LadderChoice


@pytest.mark.parametrize("name", preset_ids())
def test_a_preset_has_its_rungs_in_order_and_each_fact_its_source(name: str) -> None:
    found = preset(name)
    order = [list(RUNGS).index(one.id) for one in found.rungs]
    assert len(order) >= 4
    assert len(set(order)) == len(order)
    assert found.rungs[0].id == "courtesy"
    assert [one.id for one in found.rungs].index("stop") > 0
    for fact in found.facts:
        assert fact.topic
        assert re.fullmatch("[ABCU][^%]*", fact.sure), fact
        assert fact.source or "U" in fact.sure, fact


@pytest.mark.parametrize("name", preset_ids())
def test_no_rate_of_interest_ships(name: str) -> None:
    for fact in preset(name).facts:
        said = f"{fact.days} {fact.says}"
        assert not re.search(r"\d\s*%|\+ ?\d+(\.\d+)? (points?|Punkte)", said), said


def test_plain_is_the_ladder_without_a_choice(tmp_path: Path) -> None:
    assert ladder_by(chosen_for_all(tmp_path / "none.toml")) == PLAIN
    waits = [(one.id, one.wait) for one in preset("plain").rungs]
    assert waits == [(rung.id, rung.wait) for rung in PLAIN.rungs]


def test_a_choice_is_kept_and_changes_the_rungs(tmp_path: Path) -> None:
    path = tmp_path / "ladder.toml"
    day = date(2026, 11, 30)
    choice = LadderChoice(preset="no", confirmed=day, grace=3, wait={"stop": 0, "claim": 30})
    choose_for_all(path, choice)
    assert chosen_for_all(path) == choice
    found = ladder_by(choice)
    assert [r.id for r in found.rungs] == ["courtesy", "formal-notice", "final-demand", "claim"]
    assert (found.rungs[0].wait, found.rungs[-1].wait) == (4, 30)


@pytest.mark.parametrize("text", ["preset = 3", 'preset = "xx"', "grace = -1", "[", 'mood = "bad"'])
def test_a_wrong_file_is_told_in_one_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "ladder.toml"
    path.write_text(text)
    with pytest.raises(DocketError) as told:
        chosen_for_all(path)
    assert "\n" not in str(told.value).strip()
