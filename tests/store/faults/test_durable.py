"""What is acknowledged was made durable first, file and name: as near to a power cut as we get."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.store.faults.outputs import OUTPUTS
from tests.store.faults.victims import SPOILT, VICTIMS, Victim

EVERY = VICTIMS | SPOILT | OUTPUTS
State = dict[Path, tuple[int, ...]]


def files(folder: Path) -> State:
    """Return inode and size of every file under `folder` that holds something."""
    found = {path: path.stat() for path in folder.rglob("*") if path.suffix != ".lock"}
    return {path: (info.st_ino, info.st_size) for path, info in found.items() if path.is_file()}


def names(folder: Path) -> dict[Path, set[tuple[str, int]]]:
    """Return what every folder lists, name and inode."""
    folders = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
    return {
        one: {(path.name, path.stat().st_ino) for path in one.iterdir() if path.suffix != ".lock"}
        for one in folders
    }


def watched(patch: pytest.MonkeyPatch, folder: Path) -> tuple[State, Callable[[], None]]:
    """Record what each fsync finds: of files the state, of folders what they list."""
    synced: State = {}
    listed: dict[int, set[tuple[str, int]]] = {}
    real = os.fsync

    def fsync(fd: int) -> None:
        real(fd)
        info = os.fstat(fd)
        synced[Path(str(info.st_ino))] = (info.st_ino, info.st_size)
        for one, listing in names(folder).items():
            if one.stat().st_ino == info.st_ino:
                listed[info.st_ino] = listing

    before = names(folder)

    def names_are_durable() -> None:
        for one, listing in names(folder).items():
            if listing - before.get(one, set()):
                assert listing == listed.get(one.stat().st_ino), f"{one} was not synced after"

    patch.setattr(os, "fsync", fsync)
    return synced, names_are_durable


def write_watched(victim: Victim, folder: Path, token: str, patch: pytest.MonkeyPatch) -> None:
    """Write `token` and look, at its acknowledgement, at what would outlast a power cut."""
    write = victim.opened(folder)
    before = files(folder)
    with patch.context() as inner:
        synced, names_are_durable = watched(inner, folder)
        told: list[str] = []

        def ack(token: str) -> None:
            told.append(token)
            changed = {path: now for path, now in files(folder).items() if before.get(path) != now}
            changed.pop(folder / f"{token}.txt", None)
            sources = {path for path in changed if path.parent == folder}
            for path in changed.keys() - sources:
                assert changed[path] in synced.values(), f"{path.name} was not synced"

        write(token, ack)
        assert told
        for source in folder.glob("*.txt"):
            os.sync()
            source.unlink()
        names_are_durable()


@pytest.mark.parametrize("way", EVERY)
def test_what_is_acknowledged_is_durable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    victim = EVERY[way]
    victim.prepare(tmp_path)
    write_watched(victim, tmp_path, "1", monkeypatch)
    victim.spoil(tmp_path)
    write_watched(victim, tmp_path, "2", monkeypatch)


def test_a_new_workspace_is_durable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        _, names_are_durable = watched(patch, tmp_path)
        VICTIMS["log"].prepare(tmp_path)
        names_are_durable()
