"""Kept names: the docket's own at all times, searched anew only where a journal changed."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

import store.files
import store.index.names
import store.index.rows
from store.errors import UsageError
from store.index.names import NameIndex
from store.workspace import Workspace
from tests.benchmarks.fixture import write_workspace
from tests.examples import examples

LATER = 10**9


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace of two clients, where the smallest search is worth keeping."""
    monkeypatch.setattr(store.index.names, "_SMALL", 1)
    monkeypatch.setattr(store.files, "TICK", 0)
    workspace = Workspace.create(tmp_path / "ws")
    for client, name in (("acme", "Acme Media"), ("cafe", "Café Ærø")):
        begun = workspace.draft(client, "client", data={"name": name})
        workspace.new_client(client, [begun])
    return workspace


def kept(workspace: Workspace) -> dict[str, str | None]:
    """Return what a new session finds, and keep it."""
    index = NameIndex(workspace.root, clock=lambda: time.time_ns() + LATER)
    found = index.names(workspace.client_ids())
    index.save()
    return found


def searched(workspace: Workspace) -> int:
    """Return how many bytes a new session has to search."""
    index = NameIndex(workspace.root)
    index.names(workspace.client_ids())
    return index._searched


def rename(workspace: Workspace, name: str) -> None:
    link = {"rel": "amends", "seq": 1, "reason": "r"}
    data = {"changes": {"name": name}}
    workspace.log(workspace.draft("acme", "amendment", data=data, links=(link,)))


def test_nothing_is_searched_twice(made: Workspace) -> None:
    assert searched(made) == sum(made.path(one).stat().st_size for one in made.client_ids())
    assert kept(made) == {"acme": "Acme Media", "cafe": "Café Ærø"}
    assert searched(made) == 0
    before = made.path("acme").stat().st_size
    made.log(made.draft("acme", "note", 'x "kind":"client"'))
    assert searched(made) == made.path("acme").stat().st_size - before
    assert kept(made)["acme"] == "Acme Media"


def test_another_session_is_seen_at_once(made: Workspace) -> None:
    assert made.find("media") == "acme"
    other = Workspace.open(made.root)
    other.new_client("bolt", [other.draft("bolt", "client", data={"name": "Bolt Media"})])
    with pytest.raises(UsageError, match="several clients"):
        made.find("media")
    made.path("bolt").unlink()
    assert made.find("media") == "acme"


def test_a_name_told_anew_or_corrected_is_found_by_its_new_name(made: Workspace) -> None:
    kept(made)
    made.log(made.draft("acme", "client", data={"name": "Zeta"}))
    assert kept(made)["acme"] == "Zeta"
    rename(made, "Acme Films")  # the first entry, which no longer tells the name
    assert kept(made)["acme"] is None
    assert made.find("zeta") == "acme"
    assert made.docket("acme").name == "Zeta"


def test_a_corrected_name_is_read_from_the_docket_once(made: Workspace) -> None:
    kept(made)
    rename(made, "Zeta")
    assert made.find("zeta") == "acme"
    assert NameIndex(made.root).names(["acme"]) == {"acme": "Zeta"}
    made.log(made.draft("acme", "note", "x"))
    assert NameIndex(made.root).names(["acme"]) == {"acme": "Zeta"}
    rename(made, "Omega")
    assert made.find("omega") == "acme"
    with pytest.raises(UsageError, match="No client fits"):
        made.find("zeta")


def test_another_file_in_its_place_is_searched_whole(made: Workspace) -> None:
    kept(made)
    other = Workspace.create(made.root.parent / "other")
    begun = other.draft("acme", "client", data={"name": "Other Media"})
    other.new_client("acme", [begun, other.draft("acme", "note", "x" * 300)])
    other.path("acme").replace(made.path("acme"))
    assert kept(made)["acme"] == "Other Media"


@pytest.mark.parametrize("damage", [b"", b"x", b"\xff" * 100, b'{"acme": []}'])
def test_what_is_kept_and_damaged_costs_time_only(made: Workspace, damage: bytes) -> None:
    kept(made)
    path = made.root / "cache" / "names.json"
    whole = path.read_bytes()
    for raw in (damage, whole[:-2], whole.replace(b"Acme Media", b"Cafe Media")):
        path.write_bytes(raw)
        assert NameIndex(made.root).names(made.client_ids())["acme"] == "Acme Media"


def test_a_journal_that_is_no_file_tells_no_name(made: Workspace) -> None:
    os.mkfifo(made.path("bolt"))
    assert kept(made)["bolt"] is None
    made.path("dora").symlink_to(made.path("acme"))
    assert kept(made)["dora"] is None


def test_names_of_clients_that_are_gone_are_not_kept(made: Workspace) -> None:
    kept(made)
    made.path("cafe").unlink()
    made.log(made.draft("acme", "note", "x"))
    kept(made)
    assert "Café" not in json.dumps(
        json.loads((made.root / "cache" / "names.json").read_bytes().partition(b"\n")[2]),
        ensure_ascii=False,
    )


def test_a_line_longer_than_a_chunk_is_read(
    made: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store.index.rows, "_CHUNK", 64)
    made.log(made.draft("acme", "note", "x" * 5_000))
    made.log(made.draft("acme", "client", data={"name": "Zeta"}))
    assert kept(made)["acme"] == "Zeta"


def test_small_workspaces_keep_nothing(tmp_path: Path) -> None:
    made = write_workspace(tmp_path / "ws", {"acme": 3, "bolt": 3})
    assert made.find("bol") == "bolt"
    assert not (made.root / "cache").exists()


STEPS = st.lists(st.sampled_from(["note", "client", "amend", "void", "look"]), max_size=8)


@examples(15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_a_kept_name_is_the_name_of_the_docket(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str]
) -> None:
    workspace = Workspace.create(tmp_path_factory.mktemp("any") / "ws")
    workspace.new_client("acme", [workspace.draft("acme", "client", data={"name": "Acme"})])
    index = NameIndex(workspace.root)
    for number, step in enumerate(steps):
        if step == "note":
            workspace.log(workspace.draft("acme", "note", f"{number}"))
        elif step == "client":
            workspace.log(workspace.draft("acme", "client", data={"name": f"Name {number}"}))
        elif step == "amend":
            rename(workspace, f"Amended {number}")
        elif step == "void" and len(workspace.entries("acme")) > 1:
            last = workspace.entries("acme")[-1]
            if last.kind != "void":
                link = {"rel": "voids", "seq": last.seq, "reason": "r"}
                workspace.log(workspace.draft("acme", "void", "r", links=(link,)))
        found = index.names(["acme"])["acme"]
        if found is None:
            index.learn("acme", workspace.docket("acme").name)
            found = index.names(["acme"])["acme"]
        assert found == workspace.docket("acme").name
