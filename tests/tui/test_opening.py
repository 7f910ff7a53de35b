"""What makes a first picture another one, and what is not kept at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from store.index.rows import Rows
from store.workspace import Workspace
from tui.opening import KeptPicture, Opening

DAY, SIZE = date(2026, 11, 30), (80, 24)
PICTURE = KeptPicture("word", [(["w"], [0])], [([], "", "")])


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace.create(tmp_path / "ws")
    made.new_client("acme", [made.draft("acme", "client", data={"name": "Acme"})])
    return made


def key(workspace: Workspace, day: date = DAY, size: tuple[int, int] = SIZE, **env: str) -> str:
    return Opening(workspace.root, env).key(day, size)


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one.log(one.draft("acme", "note", "More.")),
        lambda one: (one.root / "clients" / "bolt.jsonl").touch(),
        lambda one: os.utime(one.path("acme"), (1, 1)),
        lambda one: (one.root / "config.toml").write_text('author = "Ines"\n'),
        lambda one: (one.root / "private.json").write_text("{}"),
        lambda one: (one.root / "ladder.toml").write_text(""),
    ],
)
def test_what_it_was_drawn_from_is_another(
    workspace: Workspace, change: Callable[[Workspace], object]
) -> None:
    before = key(workspace)
    assert before == key(workspace) != ""
    change(workspace)
    assert key(workspace) != before


def test_another_day_size_or_terminal_is_another(workspace: Workspace) -> None:
    others = [
        key(workspace, date(2026, 12, 1)),
        key(workspace, size=(120, 40)),
        key(workspace, TERM="linux"),
        key(workspace, NO_COLOR="1"),
        key(workspace, DOCKET_THEME="light"),
        key(workspace, LANG="C"),
    ]
    assert len({key(workspace), *others}) == 1 + len(others)
    assert key(workspace, HOME="/elsewhere") == key(workspace)


def test_none_is_kept_of_what_is_told_anew_at_each_start(workspace: Workspace) -> None:
    drafts = workspace.root / "drafts"
    drafts.mkdir(exist_ok=True)
    (drafts / ".live-0123456789ab").touch()
    assert key(workspace)
    (drafts / "capture.0123456789ab.txt").write_text("acme note so")
    assert not key(workspace)
    (drafts / "capture.0123456789ab.txt").unlink()
    (workspace.root / "timer.json").touch()
    assert not key(workspace)


def test_one_that_was_damaged_or_is_of_another_form_is_none(workspace: Workspace) -> None:
    Opening(workspace.root).keep("state", PICTURE)
    assert Opening(workspace.root).holds("state")
    file = Rows(workspace.root, "picture").path
    file.write_bytes(file.read_bytes().replace(b"word", b"work"))
    assert not Opening(workspace.root).holds("state")
    Rows(workspace.root, "picture", 99).save({"key": "state", **PICTURE._asdict()})
    assert not Opening(workspace.root).holds("state")
