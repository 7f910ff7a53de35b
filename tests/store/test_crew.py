"""Several processes tell what one tells, and what they did stays when they are interrupted."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from store.docket import Docket
from store.index import summary
from store.index.summary import Summary
from store.overview import standing
from store.overview.standing import all_standing
from store.workspace import Workspace
from tests.benchmarks.fixture import write_workspace


def made(root: Path) -> Workspace:
    found = write_workspace(root, {f"client-{number}": 3 for number in range(10)})
    found.path("client-7").write_text("no journal\n")
    return found


def test_several_tell_what_one_tells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    one, other = made(tmp_path / "one"), made(tmp_path / "other")
    told: list[tuple[int, int]] = []
    several = all_standing(other, other.today, lambda *far: told.append(far), several=True)
    assert several == all_standing(one, one.today)
    assert list(several) == [f"client-{number}" for number in range(10) if number != 7]
    assert told == [(done, 10) for done in range(1, 11)]
    assert list(other.skipped) == ["client-7"]


def test_what_was_done_is_kept_when_the_rest_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summary, "settled", lambda *_: True)  # though it was written just now
    workspace = made(tmp_path / "w")

    def stop(done: int, _: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        all_standing(workspace, workspace.today, stop)
    worked: list[str] = []
    summed_up = standing.summed_up

    def noted(docket: Docket, of: Workspace) -> Summary:
        worked.append(docket.client)
        return summed_up(docket, of)

    monkeypatch.setattr(standing, "summed_up", noted)
    all_standing(Workspace.open(workspace.root), workspace.today)
    assert worked == [f"client-{number}" for number in (3, 4, 5, 6, 8, 9)]
