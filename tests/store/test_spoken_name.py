"""The name found without the models is the docket's own, or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.client_ids import name_at_hand
from store.workspace import Workspace

HOSTILE = 'x "kind":"client" {"seq":1,"fields":{"data":{"name":"Evil"}}}'


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace.create(tmp_path / "ws")
    made.new_client("acme", [made.draft("acme", "client", data={"name": "Café សុខា"})])
    return made


def test_it_is_the_name_told_last(workspace: Workspace) -> None:
    assert name_at_hand(workspace.path("acme")) == "Café សុខា"
    workspace.log(workspace.draft("acme", "note", HOSTILE))
    workspace.log(workspace.draft("acme", "client", data={"name": "Acme"}))
    assert name_at_hand(workspace.path("acme")) == workspace.docket("acme").name == "Acme"


def test_it_is_unknown_once_a_name_was_corrected(workspace: Workspace) -> None:
    workspace.log(workspace.draft("acme", "note", "x"))
    link = {"rel": "amends", "seq": 2, "reason": "r"}
    changes = {"changes": {"statement": "y"}}
    workspace.log(workspace.draft("acme", "amendment", data=changes, links=(link,)))
    assert name_at_hand(workspace.path("acme")) == "Café សុខា"
    changes = {"changes": {"name": "Acme"}}
    link["seq"] = 1
    workspace.log(workspace.draft("acme", "amendment", data=changes, links=(link,)))
    assert name_at_hand(workspace.path("acme")) == ""


def test_a_long_file_is_not_searched(workspace: Workspace) -> None:
    long = "x" * 90_000
    workspace.append("acme", [workspace.draft("acme", "note", long) for _ in range(12)])
    assert name_at_hand(workspace.path("acme")) == ""


@pytest.mark.parametrize("cut", [1, 300])
def test_a_file_that_cannot_be_read_tells_no_name(workspace: Workspace, cut: int) -> None:
    path = workspace.path("acme")
    path.write_bytes(path.read_bytes()[:-cut])
    assert name_at_hand(path) == ""
    path.unlink()
    assert name_at_hand(path) == ""
