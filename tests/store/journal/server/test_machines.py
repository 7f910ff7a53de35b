"""Several machines on one journal: the same bytes on each, and nothing acknowledged is lost."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from store.journal import JournalExistsError, JournalFile, RefusedEntryError, verify_file
from store.journal.errors import ServerAwayError, ServerError
from store.journal.server.address import ServerAddress
from store.journal.server.backend import PostgresBackend
from store.journal.server.members import leave
from store.journal.server.schema import init
from store.journal.shared import SharedJournal
from tests.postgres import Server, running
from tests.store.journal.homes import machine, machine_code
from tests.store.journal.server.proxy import Proxy
from tests.store.journal.support import python

WRITE = """
import sys, time
from store.journal.errors import NotKnownError, ServerError
journal = shared.open(shared.folder / "acme.jsonl", wait=60)
number = 0
while number < int(sys.argv[1]):
    try:
        seq = journal.append({"kind": "note", "by": sys.argv[2], "n": number}).seq
    except NotKnownError:
        number += 1  # it may be there or not
    except ServerError:
        time.sleep(0.05)
    else:
        print(number, seq, flush=True)
        number += 1
"""


def acknowledged(out: str) -> dict[int, int]:
    """Return the numbers that a writer was told are kept, each with its entry."""
    rows = [row.split() for row in out.split("\n")[:-1]]
    return {int(number): int(seq) for number, seq in rows}


def test_two_machines_have_the_same_bytes(postgres: Server, studio: str, tmp_path: Path) -> None:
    ann = machine(postgres, studio, tmp_path / "ann")
    bea = machine(postgres, studio, tmp_path / "bea", "bea")
    one = ann.begin(ann.folder / "acme.jsonl", first=[{"n": 0, "s": "\0 \u2028 \\ % é"}])
    one.append({"n": 1})
    assert bea.bring()
    other = bea.open(bea.folder / "acme.jsonl")
    other.append({"n": 2})
    assert one.append({"n": 3}).seq == 4
    assert [line.seq for line in one.refresh()] == []  # the first look is the first
    bea.bring()
    assert [line.fields["n"] for line in other.lines] == [0, 1, 2, 3]
    assert one.path.read_bytes() == other.path.read_bytes()
    assert verify_file(one.path).ok
    assert not (ann.bring() or bea.bring() or ann.trouble or bea.trouble)


def test_a_journal_is_begun_once(postgres: Server, studio: str, tmp_path: Path) -> None:
    ann = machine(postgres, studio, tmp_path / "ann")
    bea = machine(postgres, studio, tmp_path / "bea", "bea")
    ann.begin(ann.folder / "acme.jsonl", first=[{"n": 0}])
    with pytest.raises(JournalExistsError):
        ann.begin(ann.folder / "acme.jsonl")
    with pytest.raises(ServerError, match="already"):
        bea.begin(bea.folder / "acme.jsonl")
    assert not (bea.folder / "acme.jsonl").exists()


def test_what_a_judge_refuses_is_nowhere(postgres: Server, studio: str, tmp_path: Path) -> None:
    ann = machine(postgres, studio, tmp_path / "ann")
    one = ann.begin(ann.folder / "acme.jsonl", first=[{"n": 0}])

    def judge(_: object) -> Iterator[dict[str, int]]:
        yield {"n": 1}
        raise RefusedEntryError("it contradicts the docket")

    with pytest.raises(RefusedEntryError):
        one.append_many(judge)
    assert ann.backend.heads()["acme.jsonl"] == one.head
    assert one.head.count == 1


def test_who_may_see_what(postgres: Server, studio: str, tmp_path: Path) -> None:
    ann = machine(postgres, studio, tmp_path / "ann")
    for name in ("acme.jsonl", "acme.custody", "bolt.jsonl"):
        ann.begin(ann.folder / name, first=[{"n": 0}])
    carl = machine(postgres, studio, tmp_path / "carl", "carl")
    carl.bring()
    assert sorted(path.name for path in carl.folder.iterdir()) == ["acme.custody", "acme.jsonl"]
    assert carl.open(carl.folder / "acme.jsonl").append({"n": 1}).seq == 2
    with pytest.raises(ServerError, match="does not let you"):
        carl.begin(carl.folder / "new.jsonl")
    rea = machine(postgres, studio, tmp_path / "rea", "rea")
    rea.bring()
    assert len(list(rea.folder.iterdir())) == 3
    with pytest.raises(ServerError, match="does not let you"):
        rea.open(rea.folder / "bolt.jsonl").append({"n": 1})
    leave(ServerAddress.parse(postgres.url(workspace=studio)), "rea")
    assert not rea.bring()
    (said,) = rea.told()
    assert said.startswith("The server does not let you see acme, bolt any more: shown is what ")
    other = machine(postgres, "nowhere", tmp_path / "other")
    assert not other.bring() and not list(other.folder.iterdir())


@pytest.mark.parametrize(("writers", "each"), [(3, 8), pytest.param(8, 40, marks=pytest.mark.slow)])
@pytest.mark.timeout(900)
def test_machines_that_write_at_once_lose_nothing(
    postgres: Server, studio: str, tmp_path: Path, writers: int, each: int
) -> None:
    ann = machine(postgres, studio, tmp_path / "ann")
    journal = ann.begin(ann.folder / "acme.jsonl")
    running = []
    for number in range(writers):
        folder = tmp_path / f"machine{number}"
        folder.mkdir()
        code = machine_code(folder, postgres.url("ann", workspace=studio)) + WRITE
        running.append(python(code, each, number))
    told: list[int] = []
    for writer in running:
        out, err = writer.communicate(timeout=800)
        assert writer.returncode == 0, err
        told += acknowledged(out).values()
    assert sorted(told) == list(range(1, writers * each + 1))
    ann.bring()
    report = verify_file(journal.path)
    assert (report.ok, report.count) == (True, writers * each)


def test_a_stopped_client_gives_its_turn_back(
    postgres: Server, studio: str, tmp_path: Path
) -> None:
    """Kill -9 while it holds the turn, before it has committed."""
    ann = machine(postgres, studio, tmp_path / "ann")
    journal = ann.begin(ann.folder / "acme.jsonl", first=[{"n": 0}])
    folder = tmp_path / "other"
    folder.mkdir()
    code = machine_code(folder, postgres.url("bea", workspace=studio)) + (
        "import sys\njournal = shared.open(shared.folder / 'acme.jsonl')\n"
        "def judge(made):\n    yield {'n': 1}\n    print('held', flush=True)\n"
        "    sys.stdin.read()\njournal.append_many(judge)\n"
    )
    holder = python(code)
    assert holder.stdout and holder.stdout.readline() == "held\n"
    holder.send_signal(signal.SIGKILL)
    holder.communicate(timeout=20)
    assert journal.append({"n": 2}).seq == 2


def check_told(ann_folder: Path, told: dict[int, int], by: str) -> None:
    """Hold what a writer was told against what is there: whole, and nothing of it is missing."""
    report = verify_file(ann_folder / "acme.jsonl")
    assert report.ok, report
    lines = list(JournalFile(ann_folder / "acme.jsonl").lines)
    own = {line.seq: line.fields["n"] for line in lines if line.fields.get("by") == by}
    assert all(own[seq] == number for number, seq in told.items())
    assert len(set(own.values())) == len(own), "something was logged twice"


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_kill_9_of_clients_loses_nothing_acknowledged(
    postgres: Server, studio: str, tmp_path: Path
) -> None:
    chance = random.Random(5)
    ann = machine(postgres, studio, tmp_path / "ann")
    ann.begin(ann.folder / "acme.jsonl")
    folder = tmp_path / "other"
    folder.mkdir()
    code = machine_code(folder, postgres.url("bea", workspace=studio)) + WRITE
    for round_ in range(25):
        writer = python(code, 100_000, round_)
        assert writer.stdout
        first = writer.stdout.readline()
        time.sleep(chance.uniform(0, 0.05))
        writer.send_signal(signal.SIGKILL)
        rest, _ = writer.communicate(timeout=20)
        ann.bring()
        assert not ann.trouble
        check_told(ann.folder, acknowledged(first + rest), str(round_))


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_kill_9_of_the_server_loses_nothing_acknowledged(tmp_path: Path) -> None:
    """500 appends while it is killed and started again; what was in doubt is asked afterwards."""
    with running() as server:
        url = server.url(workspace="studio")
        init(ServerAddress.parse(url))
        ann = machine(server, "studio", tmp_path / "ann", "root")
        ann.begin(ann.folder / "acme.jsonl")
        writers: list[subprocess.Popen[str]] = []
        for name in ("a", "b"):
            folder = tmp_path / name
            folder.mkdir()
            writers.append(python(machine_code(folder, url) + WRITE, 250, name))
        chance = random.Random(3)
        while any(writer.poll() is None for writer in writers):
            time.sleep(chance.uniform(0.3, 1.5))
            server.kill()
            server.start()
        for name, writer in zip("ab", writers, strict=True):
            out, err = writer.communicate(timeout=60)
            assert writer.returncode == 0, err
            ann.bring()
            assert not ann.trouble
            told = acknowledged(out)
            assert len(told) == 250, "the client asked again until it knew"
            check_told(ann.folder, told, name)


def cut(
    postgres: Server, studio: str, folder: Path, *, sent: int | None, answered: int | None
) -> list[int]:
    """Append once over a line that breaks; hold what was said against what is there."""
    there = machine(postgres, studio, folder)
    there.bring()
    proxy = Proxy(postgres.port, sent=sent, answered=answered)
    url = f"postgresql://ann@127.0.0.1:{proxy.port}/postgres?workspace={studio}&sslmode=disable"
    before = there.backend.heads()["acme.jsonl"].count
    backend = PostgresBackend(ServerAddress.parse(url))
    journal = SharedJournal(folder / "acme.jsonl", backend)
    kept = False
    try:
        kept = journal.append({"n": before}).seq == before + 1
    except ServerAwayError:
        pass
    finally:
        backend.close()
        proxy.close()
    after = there.backend.heads()["acme.jsonl"].count
    assert after == before + kept
    assert verify_file(journal.path).ok
    assert journal.head.count == after
    there.backend.close()
    return proxy.forwarded


@pytest.mark.parametrize("step", [149, pytest.param(29, marks=pytest.mark.slow)])
@pytest.mark.timeout(600)
def test_a_line_cut_at_any_byte_is_either_kept_or_not_and_known(
    postgres: Server, studio: str, tmp_path: Path, step: int
) -> None:
    ann = machine(postgres, studio, tmp_path / "ann")
    ann.begin(ann.folder / "acme.jsonl")
    sent, answered = cut(postgres, studio, ann.folder, sent=None, answered=None)
    assert sent > 500
    assert answered > 200
    for at in range(1, sent + 1, step):
        cut(postgres, studio, ann.folder, sent=at, answered=None)
    for at in range(1, answered + 1, step):
        cut(postgres, studio, ann.folder, sent=None, answered=at)


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    """Yield a disk of its own that is soon full; only root can have one."""
    with tempfile.TemporaryDirectory(prefix="disk-") as at:
        Path(at).chmod(0o755)  # the server is another user
        mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", at]
        if os.getuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
            pytest.skip("needs a small disk, which only root can mount")
        try:
            yield Path(at)
        finally:
            subprocess.run(["umount", "-l", at], check=True)


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_a_full_disk_on_the_server_takes_nothing_acknowledged(tmp_path: Path) -> None:
    with small_disk(160) as disk, running(disk) as server:
        init(ServerAddress.parse(server.url()))
        ann = machine(server, "studio", tmp_path / "ann", "root")
        journal = ann.begin(ann.folder / "acme.jsonl")
        filler = disk / "filler"
        filler.write_bytes(b"x" * (shutil.disk_usage(disk).free - (2 << 20)))
        kept = 0
        with pytest.raises(ServerError) as refused:
            while True:
                line = journal.append(
                    {"n": kept, "text": random.Random(kept).randbytes(100_000).hex()}
                )
                kept = line.seq
        assert "\n" not in str(refused.value)
        filler.unlink()
        deadline = time.monotonic() + 60
        while True:  # a server whose own log found no room starts anew
            try:
                assert journal.append({"n": kept}).seq in (kept + 1, kept + 2)
                break
            except ServerError:
                assert time.monotonic() < deadline
                time.sleep(0.2)
        bea = machine(server, "studio", tmp_path / "bea", "root")
        bea.bring()
        assert not bea.trouble
        report = verify_file(bea.folder / "acme.jsonl")
        assert report.ok
        assert report.count in (kept + 1, kept + 2)
        assert (bea.folder / "acme.jsonl").read_bytes() == journal.path.read_bytes()
