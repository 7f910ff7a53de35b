"""Real processes on one journal: they take turns, and one that dies costs nothing acknowledged."""

from __future__ import annotations

import random
import signal
import threading
import time
from pathlib import Path

import pytest

from store.journal import Head, JournalFile, LockTimeoutError, verify_file
from store.journal.lock import locked_journal
from tests.store.journal.homes import Home
from tests.store.journal.support import names, python, small

APPEND = """
import sys
for number in range(int(sys.argv[1])):
    seq = journal.append({"kind": "note", "by": sys.argv[2], "n": number, "text": "x" * 300}).seq
    print(seq, flush=True)
"""

HOLD = """
import sys
from pathlib import Path
from store.journal.lock import locked_journal
with locked_journal(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""

LIMITED = """
import resource, sys
from pathlib import Path
from store.journal import JournalFile, WriteFailedError
path = Path(sys.argv[1])
before = path.read_bytes()
for room in range(0, 700, 100):
    journal = JournalFile(path)
    limit = len(before) + room
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    try:
        journal.append_many([{"kind": "note", "text": "x" * 400}, {"kind": "note"}])
    except WriteFailedError as error:
        assert error.restored and "file-size limit" in str(error), error
    else:
        raise SystemExit("was not refused")
    assert path.read_bytes() == before
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(JournalFile(path).append({"kind": "note"}).seq)
"""


def test_two_processes_lose_nothing(home: Home, tmp_path: Path) -> None:
    journal = small(tmp_path, 0, home)
    code = home.code(journal.path) + APPEND
    writers = [python(code, 100, name) for name in ("a", "b")]
    acknowledged: list[int] = []
    for writer in writers:
        out, err = writer.communicate(timeout=60)
        assert writer.returncode == 0, err
        acknowledged += map(int, out.split())
    assert sorted(acknowledged) == list(range(1, 201))
    report = verify_file(journal.path)
    assert (report.ok, report.count) == (True, 200)
    assert [line.seq for line in journal.lines] == list(range(1, 201))
    for name in ("a", "b"):
        own = [line.fields["n"] for line in journal.lines if line.fields["by"] == name]
        assert own == list(range(100))


def test_two_threads_with_one_handle_lose_nothing(home: Home, tmp_path: Path) -> None:
    journal = small(tmp_path, 0, home)
    threads = [
        threading.Thread(target=lambda: [journal.append({"kind": "note"}) for _ in range(60)])
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        assert not journal.refresh()
        seqs = [line.seq for line in list(journal.lines)]
        assert seqs == list(range(1, len(seqs) + 1))
        threads[0].join(0.001)  # whoever looks without a pause holds the lock for good
    assert (journal.generation, journal.notices) == (0, [])
    assert len(journal.lines) == 180
    assert verify_file(journal.path).ok


@pytest.mark.slow
def test_kill_9_loses_nothing_acknowledged(home: Home, tmp_path: Path) -> None:
    chance = random.Random(7)
    journal = small(tmp_path, 0, home)
    acknowledged = 0
    for _ in range(40):
        writer = python(home.code(journal.path) + APPEND, 100_000, "k")
        assert writer.stdout
        acknowledged = max(acknowledged, int(writer.stdout.readline()))
        time.sleep(chance.uniform(0, 0.02))
        writer.send_signal(signal.SIGKILL)
        rest, _ = writer.communicate(timeout=20)
        whole = rest[: rest.rfind("\n") + 1].split()
        acknowledged = max([acknowledged, *map(int, whole)])
        kept = journal.lines
        assert len(kept) >= acknowledged
        assert [line.seq for line in kept] == list(range(1, len(kept) + 1))
    journal.append({"kind": "note"})
    assert verify_file(journal.path).ok


def test_a_busy_journal_is_said_after_a_bounded_wait(tmp_path: Path) -> None:
    journal = small(tmp_path)
    before = journal.path.read_bytes()
    holder = python(HOLD, journal.path)
    assert holder.stdout
    assert holder.stdout.readline() == "held\n"
    hurried = JournalFile(journal.path, wait=0.05)
    with pytest.raises(LockTimeoutError) as caught:
        hurried.append({"kind": "note"})
    assert "another session" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert journal.path.read_bytes() == before
    assert len(hurried.lines) == 5
    assert verify_file(journal.path, wait=0.05).ok
    holder.send_signal(signal.SIGKILL)
    holder.communicate(timeout=20)
    assert hurried.append({"kind": "note"}).seq == 6


def test_the_wait_ends_when_the_lock_is_free(tmp_path: Path) -> None:
    journal = small(tmp_path)
    holder = python(HOLD, journal.path)
    assert holder.stdout
    assert holder.stdout.readline() == "held\n"
    done: list[int] = []
    waiting = threading.Thread(target=lambda: done.append(journal.append({"kind": "note"}).seq))
    waiting.start()
    assert len(journal.lines) == 5
    holder.communicate("", timeout=20)
    waiting.join(20)
    assert done == [6]


def test_a_file_replaced_while_waiting_is_opened_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = small(tmp_path)
    whole = journal.path.read_bytes()
    done: list[int] = []
    polling = threading.Event()
    monkeypatch.setattr(time, "sleep", lambda _: polling.set())
    with locked_journal(journal.path):
        waiting = threading.Thread(target=lambda: done.append(journal.append({"a": 1}).seq))
        waiting.start()
        assert polling.wait(20)
        copy = tmp_path / "copy"
        copy.write_bytes(whole)
        copy.replace(journal.path)
    waiting.join(20)
    assert done == [6]
    assert verify_file(journal.path).count == 6


def test_a_file_size_limit_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    journal = small(tmp_path)
    limited = python(LIMITED, journal.path)
    out, err = limited.communicate(timeout=60)
    assert (limited.returncode, out) == (0, "6\n"), err
    assert verify_file(journal.path).ok


def test_a_reader_never_sees_half_an_entry(home: Home, tmp_path: Path) -> None:
    journal = small(tmp_path, 0, home)
    writer = python(home.code(journal.path) + APPEND, 150, "w")
    seen: list[int] = []
    while writer.poll() is None:
        seen += [line.seq for line in journal.refresh()]
        assert journal.torn == 0
        assert verify_file(journal.path).ok
    writer.communicate()
    seen += [line.seq for line in journal.refresh()]
    assert seen == list(range(1, 151))
    assert journal.head == Head(150, journal.lines[-1].hash)
    assert names(tmp_path) == ["acme.jsonl"]
