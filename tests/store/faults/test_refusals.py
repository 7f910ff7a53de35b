"""Any system call that fails: old or new and nothing between, and one line that says so."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from store.errors import DocketError
from tests.examples import swept
from tests.store.faults.killing import CALLS
from tests.store.faults.outputs import OUTPUTS
from tests.store.faults.victims import SPOILT, VICTIMS

EVERY = VICTIMS | SPOILT | OUTPUTS
NUMBERS = (errno.ENOSPC, errno.EIO, errno.EROFS)
CLAIMS = ("othing was saved", "was not saved", "was not kept", "No record was written")
"""What a message says when all is as it was before; others say what may have changed."""


def may_be_repaired(folder: Path, way: str) -> set[str]:
    """Return what a writer may put right, even if its own entry fails after that."""
    if way not in SPOILT:
        return set()
    clients = folder / "ws" / "clients"
    paths = [clients / "acme.jsonl", *clients.glob("acme.torn-*")]
    return {str(path.relative_to(folder)) for path in paths}


def is_left_over(name: str) -> bool:
    """Tell a hidden, half-made file or folder, which nothing reads."""
    return any(part.startswith(".") for part in Path(name).parts)


def files(folder: Path) -> dict[str, bytes]:
    """Return what stands under `folder`, but for locks and what the test itself attached."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b""
        for path in folder.rglob("*")
        if path.suffix != ".lock" and not (path.suffix == ".txt" and path.parent == folder)
    }


def refuse(patch: pytest.MonkeyPatch, nth: int, number: int, *, go_on: bool) -> Callable[[], str]:
    """Let system call `nth` fail, and all after it if `go_on`; return what tells its name."""
    seen, hit = 0, ""

    def refusing(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            nonlocal seen, hit
            seen += 1
            # What gives back can still be done on a full disk, and must be.
            gives_back = name in ("unlink", "ftruncate") and hit
            if seen == nth + 1 or (hit and go_on and not gives_back):
                hit = hit or name
                raise OSError(number, os.strerror(number))
            return real(*args, **kwargs)

        return call

    for name in (*CALLS, "pread"):
        patch.setattr(os, name, refusing(name, getattr(os, name)))
    patch.setattr(fcntl, "flock", refusing("flock", fcntl.flock))
    return lambda: hit


@pytest.mark.parametrize("go_on", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("number", swept(NUMBERS, 1), ids=lambda number: errno.errorcode[number])
@pytest.mark.parametrize("way", EVERY)
def test_any_call_that_fails_leaves_old_or_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str, number: int, go_on: bool
) -> None:
    victim = EVERY[way]
    for nth in count():
        folder = tmp_path / str(nth)
        folder.mkdir()
        victim.prepare(folder)
        told: list[str] = []
        victim.opened(folder)("1", told.append)
        victim.spoil(folder)
        write = victim.opened(folder)
        before, told_before = files(folder), list(told)
        said = ""
        with monkeypatch.context() as patch:
            hit = refuse(patch, nth, number, go_on=go_on)
            try:
                write("2", told.append)
            except DocketError as error:
                said = str(error)
        where = f"call {nth}: {hit()}: {said}"
        if said:
            assert told == told_before, where
            assert "\n" not in said, where
            assert said.count(". ") >= 1, where
        # A copy of a file that stays under its own hash is no exhibit until an entry names it.
        nothing_done = way != "exhibit" and any(claim in said for claim in CLAIMS)
        if nothing_done:
            changed = {name for name, data in files(folder).items() if data != before.get(name)}
            if go_on or hit() == "unlink":
                changed = {name for name in changed if not is_left_over(name)}
            assert changed <= may_be_repaired(folder, way), where
        verdict = victim.check(folder, told)
        assert (verdict.lost, verdict.unreadable) == ((), ()), where
        assert not (nothing_done and verdict.extra), where
        if not hit():
            assert not said
            return
