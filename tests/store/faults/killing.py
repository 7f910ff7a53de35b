"""Killing a writer with SIGKILL: at a random moment, or in front of its nth system call."""

from __future__ import annotations

import fcntl
import os
import random
import select
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NoReturn

from tests.store.faults.victims import Ack, Verdict, Victim

CALLS = ("open", "write", "fsync", "ftruncate", "link", "unlink", "replace", "rename", "mkdir")
LIFE = 0.012
"""Longest life of a writer after its first acknowledgement, in seconds."""

_ROUNDS = 12  # kills before a fresh folder, so that a check stays short
_LATE = 20.0


@dataclass
class Tally:
    """What a campaign of kills added up to."""

    kills: int = 0
    acknowledged: int = 0
    extra: int = 0
    torn: int = 0
    lost: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)

    def add(self, verdict: Verdict, in_flight: int, acknowledged: int) -> None:
        """Take in what was found after the kills of one folder so far."""
        self.lost += verdict.lost
        self.unreadable += verdict.unreadable
        if verdict.extra > in_flight:
            self.unreadable.append(f"{verdict.extra} entries nobody was told of")
        self.extra += verdict.extra
        self.acknowledged += acknowledged


def kill_at_random(victim: Victim, kills: int, seed: int = 1) -> Tally:
    """Kill a writer that never stops `kills` times; look at everything after each."""
    chance, tally = random.Random(seed), Tally()
    while tally.kills < kills:
        with TemporaryDirectory(prefix="docket-kill-") as folder:
            victim.prepare(Path(folder))
            _rounds(victim, Path(folder), tally, min(_ROUNDS, kills - tally.kills), chance)
    return tally


def _rounds(victim: Victim, folder: Path, tally: Tally, rounds: int, chance: random.Random) -> None:
    acknowledged: list[str] = []
    unasked = 0
    for number in range(rounds):
        start = number * 1_000_000

        def forever(ack: Ack, start: int = start) -> None:
            write = victim.opened(folder)
            while True:
                start += 1
                write(str(start), ack)

        told = _killed(forever, chance.uniform(0, LIFE))
        acknowledged += told
        tally.kills += 1
        tally.torn += _torn(folder)
        verdict = victim.check(folder, acknowledged)
        fresh = max(0, verdict.extra - unasked)
        unasked = max(unasked, verdict.extra)
        seen = Verdict(verdict.lost, fresh, verdict.unreadable)
        tally.add(seen, victim.in_flight, len(told))
        if verdict.lost or verdict.unreadable:
            return


def _torn(folder: Path) -> bool:
    journal = (folder / "ws" / "clients" / "acme.jsonl").read_bytes()
    return not journal.endswith(b"\n")


def _killed(job: Callable[[Ack], None], life: float) -> list[str]:
    """Run `job` in a forked process, kill it `life` seconds after its first word, return them."""
    pid, reader = _forked(job)
    said = b""
    if select.select([reader], [], [], _LATE)[0]:
        said = os.read(reader, 65536)
        time.sleep(life)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    while part := os.read(reader, 65536):
        said += part
    os.close(reader)
    return said.decode().split()


def kill_at_every_call(victim: Victim) -> Tally:
    """Write token 1, then token 2 in a process that dies in front of its 1st, 2nd ... call."""
    tally = Tally()
    for nth in count():
        with TemporaryDirectory(prefix="docket-kill-") as name:
            folder = Path(name)
            victim.prepare(folder)
            first: list[str] = []
            victim.opened(folder)("1", first.append)
            victim.spoil(folder)

            def second(ack: Ack, folder: Path = folder) -> None:
                victim.opened(folder)("2", ack)

            killed, told = kill_at_call(second, nth)
            verdict = victim.check(folder, [*first, *told])
        tally.add(verdict, victim.in_flight, len(told))
        if not killed:
            assert told, "the writer ended without a word"
            return tally
        tally.kills += 1
    return tally


def kill_at_call(job: Callable[[Ack], None], nth: int) -> tuple[bool, list[str]]:
    """Run `job` in a forked process that dies in front of system call `nth` of those in CALLS.

    A write dies after half its bytes. Return whether it died, and what it acknowledged.
    """

    def armed(ack: Ack) -> None:
        _arm(nth)
        job(ack)

    pid, reader = _forked(armed)
    said = b""
    while part := os.read(reader, 65536):
        said += part
    os.close(reader)
    status = os.waitpid(pid, 0)[1]
    killed = os.WIFSIGNALED(status)
    if not killed and os.WEXITSTATUS(status):
        raise AssertionError(f"the writer failed: {said.decode()}")
    return killed, said.decode().split()


def _forked(job: Callable[[Ack], None]) -> tuple[int, int]:
    reader, writer = os.pipe()
    pid = os.fork()
    if not pid:
        _child(job, writer)
    os.close(writer)
    return pid, reader


def _child(job: Callable[[Ack], None], writer: int) -> NoReturn:
    real, status = os.write, 1
    try:
        job(lambda token: _say(real, writer, token))
        status = 0
    except BaseException as error:  # a forked child must never come back into the caller's code
        _say(real, writer, f"{type(error).__name__}: {error}")
    finally:
        os._exit(status)


def _say(write: Callable[[int, bytes], int], fd: int, token: str) -> None:
    write(fd, f"{token}\n".encode())


def _arm(nth: int) -> None:
    """Make this process kill itself in front of its nth call from now on."""
    left = nth

    def deadly(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                if name == "write":
                    real(args[0], bytes(args[1])[: len(args[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **kwargs)

        return call

    for name in CALLS:
        setattr(os, name, deadly(name, getattr(os, name)))
    fcntl.flock = deadly("flock", fcntl.flock)
