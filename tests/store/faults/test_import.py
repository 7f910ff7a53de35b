"""An import cut short: a strict one is whole or was never there, another says where to go on."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections import Counter
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from store.errors import DocketError
from store.files import locked
from store.intake.importing import Brought, bring_all
from store.intake.lines import read_lines
from store.journal import verify_file
from store.upkeep.doctor import examine
from store.workspace import Workspace
from store.workspace import batch as staged
from tests.store.building import FixedClock, workspace
from tests.store.faults.disks import docket, fill, small_disk
from tui.__main__ import main

LINES = 12


def two(folder: Path) -> Workspace:
    """Return a workspace of two clients."""
    made = workspace(folder, FixedClock(datetime.now(UTC)))
    made.new_client("bolt", [made.draft("bolt", "client", data={"name": "Bolt"})])
    return made


def rows(count: int, *clients: str) -> bytes:
    """Return lines that take turns among the clients."""
    said = (
        {"client": clients[n % len(clients)], "kind": "note", "statement": f"line {n + 1}"}
        for n in range(count)
    )
    return b"".join(
        json.dumps(one | {"occurred_at": "2026-01-02"}).encode() + b"\n" for one in said
    )


def imported(made: Workspace) -> dict[str, list[str]]:
    """Return what was imported, by client."""
    return {
        client: [e.statement for e in made.entries(client) if e.statement.startswith("line ")]
        for client in made.client_ids()
    }


def strict(made: Workspace, count: int = LINES, *clients: str) -> Brought:
    """Import lines all or none."""
    lines = list(read_lines(BytesIO(rows(count, *(clients or ("acme", "bolt", "cold"))))))
    return bring_all(made, lines, new_clients=True)


WHOLE = {
    client: [f"line {n}" for n in range(start, LINES + 1, 3)]
    for start, client in enumerate(("acme", "bolt", "cold"), 1)
}


def test_a_strict_import_is_put_in_whole(tmp_path: Path) -> None:
    made = two(tmp_path)
    assert made.entries("acme")
    came = strict(made)
    assert (came.logged, came.new_clients, came.bad) == (LINES, ["cold"], [])
    assert imported(made) == WHOLE
    assert all(verify_file(made.path(client)).ok for client in made.client_ids())
    assert not list(made.root.glob(".importing.*.tmp"))
    assert not (made.places.batch).exists()


class _Cut(BaseException):
    """Stands for a kill at a moment that is chosen."""


def cut_after(monkeypatch: pytest.MonkeyPatch, made: Workspace, dockets: int) -> None:
    """Import strictly, and be killed once so many dockets of three are put in."""
    real, done = staged._put, 0

    def put(*args: object) -> None:
        nonlocal done
        if done == dockets:
            raise _Cut
        done += 1
        real(*args)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(staged, "_put", put)
        with pytest.raises(_Cut):
            strict(made)


@pytest.mark.parametrize("dockets", [0, 1, 2])
def test_what_was_not_put_in_is_put_in_by_whoever_writes_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dockets: int
) -> None:
    made = two(tmp_path)
    cut_after(monkeypatch, made, dockets)
    told = [one.what for one in examine(made.root, made.clock, low_disk=0)]
    assert told == ["An import was cut short while it was put in, after all of it was checked"]
    made.log(made.draft("acme", "note", "after it"))
    assert imported(made) == WHOLE
    assert made.entries("acme")[-1].statement == "after it"
    assert all(verify_file(made.path(client)).ok for client in made.client_ids())
    assert list(examine(made.root, made.clock, low_disk=0)) == []


@pytest.mark.parametrize("kept", [0.3, 0.6, 1.0])
def test_a_docket_that_the_power_cut_in_half_is_filled_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: float
) -> None:
    made = two(tmp_path)
    cut_after(monkeypatch, made, 0)
    size = made.path("acme").stat().st_size
    wanted = (made.root / "importing/copy/clients/acme.jsonl").read_bytes()[size:]
    half = int(len(wanted) * kept)
    with made.path("acme").open("ab") as file:
        file.write(wanted[:half] + bytes(300 if kept < 1 else 0))
    made.finish_import()
    assert imported(made) == WHOLE
    assert verify_file(made.path("acme")).ok
    assert not list((made.root / "clients").glob("*.torn-*"))


def test_what_another_session_logged_in_between_stays_before_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = two(tmp_path)
    cut_after(monkeypatch, made, 0)
    # An older Docket, which knows nothing of imports that are to be finished.
    made.file("acme").append(made.draft("acme", "note", "in between").fields())
    for _ in range(2):
        made.finish_import()
    assert imported(made) == WHOLE
    assert [e.statement for e in made.entries("acme")][2:4] == ["in between", "line 1"]
    assert verify_file(made.path("acme")).ok


def test_a_session_that_logs_while_lines_are_checked_is_not_disturbed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = two(tmp_path)
    other = Workspace.open(made.root, clock=FixedClock(datetime.now(UTC)))
    real, times = staged.put_in, 0

    def put_in(*args: object) -> bool:
        nonlocal times
        times += 1
        if times < 3:
            other.log(other.draft("bolt", "note", f"meanwhile {times}"))
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr("store.intake.importing.put_in", put_in)
    strict(made)
    assert times == 3
    assert imported(made) == WHOLE
    told = [e.statement for e in made.entries("bolt")]
    assert told[1:3] == ["meanwhile 1", "meanwhile 2"]


def test_sessions_that_never_pause_are_given_way_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = two(tmp_path)
    monkeypatch.setattr("store.intake.importing.put_in", lambda *args: False)
    with pytest.raises(DocketError, match="Nothing was imported: other sessions are logging"):
        strict(made)
    assert not any(imported(made).values())
    assert list(made.root.glob(".importing*.tmp")) == []


def test_an_import_that_is_being_put_in_is_waited_for(tmp_path: Path) -> None:
    made = two(tmp_path)
    (made.places.batch).mkdir(mode=0o700)
    with locked(made.places.batch), pytest.raises(DocketError, match="held its lock"):
        monkey = pytest.MonkeyPatch()
        with monkey.context() as patch:
            patch.setattr("store.workspace.batch.locked", lambda path: locked(path, 0.05))
            made.finish_import()
    shutil.rmtree(made.places.batch)


def test_a_full_disk_takes_a_strict_import_whole_or_not(tmp_path: Path) -> None:
    seen = set()
    with small_disk(tmp_path / "disk", "5m") as disk:
        made = two(disk / "ws")
        (tmp_path / "in.jsonl").write_bytes(rows(400, "acme", "bolt"))
        for room in (400_000, 4_000_000):
            ballast = fill(disk, leave=room)
            before = imported(made)
            status, _, err = docket(made.root, "import", "--strict", str(tmp_path / "in.jsonl"))
            ballast.unlink()
            made = Workspace.open(made.root)
            now = imported(made)
            more = sum(map(len, now.values())) - sum(map(len, before.values()))
            assert more == (400 if status == 0 else 0), err
            seen.add(status)
            assert not list(made.root.glob(".importing*.tmp"))
    assert seen == {0, 1}


def test_the_rest_after_a_full_disk_is_the_rest(tmp_path: Path) -> None:
    """Each client's lines come in batches, so what is in is no beginning of the file."""
    with small_disk(tmp_path / "disk", "3m") as disk:
        made = two(disk / "ws")
        file = tmp_path / "in.jsonl"
        file.write_bytes(rows(3000, "acme", "bolt"))
        ballast = fill(disk, leave=400_000)
        status, _, err = docket(made.root, "import", str(file))
        ballast.unlink()
        assert status == 1
        some = imported(Workspace.open(made.root))
        assert 0 < sum(map(len, some.values())) < 3000
        for client, lines in some.items():
            if lines:
                assert f"{client}: up to {lines[-1]}" in err
        assert (told := re.search(r"`docket (import --after .*)`", err))
        assert docket(made.root, *shlex.split(told[1]))[0] == 0
        now = imported(Workspace.open(made.root))
        assert Counter(now["acme"]) == Counter(f"line {n}" for n in range(1, 3001, 2))
        assert Counter(now["bolt"]) == Counter(f"line {n}" for n in range(2, 3001, 2))


@pytest.mark.parametrize("typed", ["acme", "acme:x", ":3", "acme:" + "9" * 30])
def test_after_takes_lines_of_clients_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], typed: str
) -> None:
    made = two(tmp_path)
    (tmp_path / "in.jsonl").write_bytes(rows(1, "acme"))
    words = ["import", "--after", typed, str(tmp_path / "in.jsonl")]
    assert main(["--workspace", str(made.root), *words]) == 2
    assert "names no line of a client" in capsys.readouterr().err
    assert not any(imported(made).values())
