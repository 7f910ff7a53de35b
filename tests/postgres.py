"""A PostgreSQL server of the tests' own: in a temporary folder, on its own socket and port."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

_DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
INITDB = next(map(str, _DEBIAN), "") or shutil.which("initdb") or ""
_UNWRITTEN = "fsync=off", "full_page_writes=off", "max_wal_size=1GB"
"""It is killed by these tests, not the machine under it."""


class Server:
    """A running server; `url` is its first user's, who may do anything."""

    def __init__(self, folder: Path, user: str | None) -> None:
        self.folder, self._user = folder, user
        self._bin = Path(INITDB).parent
        self.port, self._known = _free_port(), False
        self._run("initdb", "-D", folder / "data", "-A", "trust", "-U", "root", "-E", "UTF8", "-N")

    def url(self, user: str = "root", database: str = "postgres", workspace: str = "studio") -> str:
        """Return an address on its socket."""
        at = f"host={self.folder}&port={self.port}&user={user}"
        return f"postgresql:///{database}?{at}&workspace={workspace}&connect_timeout=20"

    def start(self, *, durable: bool = False) -> None:
        """Start it, and return once it answers."""
        told = ["-c listen_addresses=127.0.0.1"]
        told += ["-c max_connections=600"]  # handles of a hundred examples are let go of late
        told += [] if durable else [f"-c {one}" for one in _UNWRITTEN]
        data, log = self.folder / "data", self.folder / "log"
        for left in reversed(range(5)):
            place = f"-k {self.folder} -p {self.port}"
            given = " ".join([place, *told])
            try:
                self._run("pg_ctl", "-D", data, "-l", log, "-o", given, "-t", "100", "-w", "start")
            except AssertionError:  # somebody else has taken the port meanwhile
                if not left or self._known:
                    raise
                self.port = _free_port()
            else:
                self._known = True
                return

    def make_roles(self, *names: str) -> None:
        """Let these log in."""
        import psycopg

        at = f"host={self.folder} port={self.port} user=root dbname=postgres"
        with psycopg.connect(at, autocommit=True) as base:
            for name in names:
                base.execute(f"CREATE ROLE {name} LOGIN".encode())

    def stop(self) -> None:
        """Stop it at once, as a kill does, without a last word to anybody."""
        self._run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "-w", "stop")

    def kill(self) -> None:
        """Kill every one of its processes, and wait until none is left."""
        pid = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        own = [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]
        for one in own:
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        while any(map(_runs, own)):
            time.sleep(0.01)
        # A dead process that nobody has asked after still has its number, which tells the server
        # that it runs already.
        for name in ("data/postmaster.pid", f".s.PGSQL.{self.port}.lock"):
            (self.folder / name).unlink(missing_ok=True)

    def _run(self, name: str, *words: object) -> None:
        done = subprocess.run(
            [self._bin / name, *map(str, words)],
            user=self._user,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"  # nobody has asked how it ended yet


@contextmanager
def running(within: Path | None = None, *, durable: bool = False) -> Iterator[Server]:
    """Yield a server that is gone afterwards; the test is skipped where there can be none.

    Its folder is made `within` another, by default that for temporary files. It waits for the
    disk only where it is to be `durable`.
    """
    pytest.importorskip("psycopg", reason="needs psycopg: pip install 'docket-crm[server]'")
    if not INITDB:
        pytest.skip("needs a PostgreSQL server: apt install postgresql")
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True, dir=within) as name:
        folder, user = Path(name), None
        if os.getuid() == 0:  # it refuses to run as root
            user = "nobody"
            shutil.chown(folder, user)
        server = Server(folder, user)
        server.start(durable=durable)
        try:
            yield server
        finally:
            if (folder / "data" / "postmaster.pid").exists():
                server.stop()
