"""The ladders: every preset is whole and honest about itself, and the user's choices hold."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from store.errors import DocketError
from store.playbook.ladder import PLAIN, RUNGS
from store.playbook.ladders import Choice, Ladders, choose, load_ladders, preset, preset_ids


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


def test_plain_is_the_ladder_without_a_file() -> None:
    assert Ladders().of("acme") == PLAIN
    waits = [(one.id, one.wait) for one in preset("plain").rungs]
    assert waits == [(rung.id, rung.wait) for rung in PLAIN.rungs]


def test_a_choice_holds_for_all_or_for_one_client(tmp_path: Path) -> None:
    path = tmp_path / "ladders.toml"
    choose(path, Choice(preset="de", confirmed=date(2026, 11, 30)))
    choose(path, Choice(preset="no", grace=3, wait={"stop": 0, "claim": 30}), "acme")
    known = load_ladders(path)
    assert known.of("bolt").name == "de"
    mine = known.of("acme")
    assert [rung.id for rung in mine.rungs] == [
        "courtesy",
        "formal-notice",
        "final-demand",
        "claim",
    ]
    assert (mine.rungs[0].wait, mine.rungs[-1].wait) == (4, 30)


@pytest.mark.parametrize(
    "text", ["all = 3", '[all]\npreset = "xx"', "[all]\ngrace = -1", "[", '[all]\nmood = "bad"']
)
def test_a_wrong_file_is_told_in_one_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "ladders.toml"
    path.write_text(text)
    with pytest.raises(DocketError) as told:
        load_ladders(path)
    assert "\n" not in str(told.value).strip()
