"""Verbs that are cut short by a signal in front of one of their calls, and what they leave.

Each runs in a forked process on copies of one furnished workspace. What it leaves half-made must
be named by doctor, and gone after the same verb again, or after erasing the client it is about.
"""

from __future__ import annotations

import fcntl
import io
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any, NamedTuple, NoReturn

import pytest

from store.errors import DocketError
from store.evidence.citations import read_cited, torn_hashes
from store.records import verify_record
from store.upkeep import doctor as checks
from store.upkeep.archive import open_archive
from store.upkeep.backup import write_backup
from store.workspace import Workspace
from tui.cli.run import run

CALLS = (
    *("open", "write", "fsync", "ftruncate", "link", "unlink", "replace", "rename"),
    *("mkdir", "rmdir", "fchmod"),
)
NOW = datetime.now(UTC).replace(microsecond=0)
SECRET = "SECRETacme"
_BASE = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # where fsync takes no time
_PDF = SECRET.encode() * 9000
_MAIL = f"From: Jo <jo@acme.example>\nDate: Mon, 2 Nov 2026 10:00:00 +0000\nSubject: {SECRET}\n\n"


class Way(NamedTuple):
    """A verb: its words, where WS and OUT stand for the workspace and a folder elsewhere."""

    words: str
    outputs: tuple[str, ...] = ()
    workspace: str = "WS"


WAYS = {
    "log": Way(f"log acme thanks {SECRET}"),
    "log --attach": Way(f"log acme note {SECRET} --attach OUT/in/secret.pdf"),
    "log --eml": Way("log acme --eml OUT/in/mail.eml"),
    "attach": Way("attach acme#2 OUT/in/secret.pdf OUT/in/other.txt"),
    "amend": Way(f"amend acme#2 {SECRET} --reason wrong"),
    "void": Way(f"void acme#2 --reason {SECRET}"),
    "new": Way("new Cold --id cold"),
    "checkin": Way(f"checkin acme 8 3 --note {SECRET}"),
    "decide": Way(f"decide acme --gut unsure --choose keep --why {SECRET}"),
    "clients": Way("clients"),
    "verify": Way("verify"),
    "import": Way("import --new-clients OUT/in/lines.jsonl"),
    "import --strict": Way("import --strict --new-clients OUT/in/lines.jsonl"),
    "exhibits --to": Way("exhibits acme#4 --to OUT/copy.pdf", ("copy.pdf",)),
    "statement": Way("statement acme -o OUT/s.md", ("s.md",)),
    "statement --html": Way("statement acme -o OUT/s.md --html", ("s.md", "s.html")),
    "report": Way("report acme --direction -o OUT/r.md --html", ("r.md", "r.html")),
    "record": Way("record acme --for own -o OUT/records --html", ("records",)),
    "backup": Way("backup OUT/b.zip", ("b.zip",)),
    "backup --with-private": Way("backup OUT/b.zip --with-private", ("b.zip",)),
    "restore": Way("restore OUT/in/old.zip", ("again",), "OUT/again"),
    "anchor": Way("anchor acme --query"),
    "policy --write": Way("policy --write"),
    "erase": Way("erase acme --yes-erase acme"),
    "erase --private": Way("erase acme --private --yes-erase acme"),
}
"""Every verb that writes."""


@contextmanager
def furnished() -> Iterator[Path]:
    """Make a fresh copy of the furnished folder: the workspace in `ws`, all else in `out`."""
    with TemporaryDirectory(prefix="docket-owned-", dir=_BASE) as name:
        folder = Path(name) / "it"
        shutil.copytree(_template(), folder)
        yield folder


@cache
def _template() -> Path:
    folder = Path(mkdtemp(prefix="docket-owned-", dir=_BASE))
    made = Workspace.create(folder / "ws", clock=lambda: NOW)
    source = folder / "out" / "in"
    source.mkdir(parents=True)
    (source / "secret.pdf").write_bytes(b"%PDF" + _PDF)
    (source / "other.txt").write_text(f"{SECRET} other")
    (source / "mail.eml").write_text(_MAIL)
    (source / "kept.pdf").write_bytes(b"%PDF kept" + _PDF)
    said = {"kind": "note", "occurred_at": "2026-01-02", "statement": SECRET}
    clients = ("acme", "bolt", "cold")
    rows = [{"client": client, **said} for client in clients for _ in range(5)]
    (source / "lines.jsonl").write_text("\n".join(map(json.dumps, rows)))
    made.new_client("acme", [made.draft("acme", "client", data={"name": "Acme"})])
    made.new_client("bolt", [made.draft("bolt", "client", data={"name": "Bolt"})])
    bill = {"number": "A1", "amount": "100.00", "currency": "EUR", "due": "2026-01-05"}
    made.log(made.draft("acme", "invoice", "Work", data=bill))
    for words in (
        f"log acme note {SECRET}",
        f"attach acme#2 {source}/kept.pdf",
        f"checkin acme 5 5 --note {SECRET}",
        "checkin bolt 5 5",
    ):
        status, told = docket(folder, Way(words))
        assert status == 0, (words, told)
    write_backup(made, source / "old.zip", with_private=True)
    return folder


def docket(folder: Path, way: Way, arm: Callable[[], object] = lambda: None) -> tuple[int, str]:
    """Run a verb in a forked process that `arm`s itself first; return how it ended, what it said.

    The status is negative where a signal ended it that nobody minded.
    """
    reader, writer = os.pipe()
    pid = os.fork()
    if not pid:
        _child(folder, way, arm, writer)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        told = pipe.read().decode()
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), told


def _child(folder: Path, way: Way, arm: Callable[[], object], writer: int) -> NoReturn:
    real, status = os.write, 99
    try:
        os.environ.pop("DOCKET_WORKSPACE", None)
        sys.stdin = io.TextIOWrapper(io.BytesIO())
        sys.stdout = sys.stderr = told = io.StringIO()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        places = {"WS": f"{folder}/ws", "OUT": f"{folder}/out"}
        words = [_placed(word, places) for word in way.words.split()]
        root = _placed(way.workspace, places)
        arm()
        status = run(["--workspace", root, *words], open_app=lambda make: 98, clock=lambda: NOW)
        real(writer, told.getvalue().encode())
    except BaseException as error:  # a forked child must never come back into the caller's code
        real(writer, f"{type(error).__name__}: {error}".encode())
    finally:
        os._exit(status)


def _placed(word: str, places: dict[str, str]) -> str:
    for name, place in places.items():
        if word == name or word.startswith(f"{name}/"):
            return place + word.removeprefix(name)
    return word


def armed(nth: int, number: signal.Signals, count: Callable[[], object] = lambda: None) -> Any:
    """Return what makes a process send itself a signal in front of its nth call from then on.

    `count` is called at each of them. A write that is cut short is half done.
    """
    left = nth

    def struck(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            nonlocal left
            if name == "open" and not (len(args) > 1 and args[1] & os.O_CREAT):
                return real(*args, **kwargs)
            count()
            left -= 1
            if left == -1:
                if name == "write" and number == signal.SIGKILL:
                    real(args[0], bytes(args[1])[: len(args[1]) // 2])
                signal.raise_signal(number)
            return real(*args, **kwargs)

        return call

    def arm() -> None:
        for name in CALLS:
            setattr(os, name, struck(name, getattr(os, name)))
        fcntl.flock = struck("flock", fcntl.flock)

    return arm


@cache
def calls(way: str) -> int:
    """Return how many calls a verb makes that it can be cut short in front of."""
    with furnished() as folder:
        marks = folder / "calls"
        fd = os.open(marks, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        real = os.write
        status, told = docket(folder, WAYS[way], armed(-1, signal.SIGKILL, lambda: real(fd, b".")))
        os.close(fd)
        assert status == 0, (way, told)
        return marks.stat().st_size


def problems(way: str, nth: int, number: signal.Signals) -> list[str]:
    """Cut a verb short in front of its nth call; return what is not as it must be afterwards."""
    with furnished() as folder:
        before = _tree(folder)
        status, told = docket(folder, WAYS[way], armed(nth, number))
        found = [] if status in _ENDS[number] else [f"it ended with {status}: {told}"]
        left = half_made(folder, before)
        if number != signal.SIGKILL:
            found += [f"{path} is left" for path in left]
        named = "\n".join(doctor(folder, WAYS[way]))
        found += [f"doctor does not name {path}" for path in left if str(path) not in named]
        found += halves(folder, WAYS[way])
        again = folder.with_name("again")
        shutil.copytree(folder, again)
        found += [f"after it again: {one}" for one in _again(folder, way, before)]
        found += [f"after erasing: {one}" for one in _erased(again, folder, WAYS[way])]
        return [f"{way}, {number.name} at call {nth}: {one}" for one in found]


_ENDS = {
    signal.SIGKILL: {-signal.SIGKILL, 0},
    **{one: {128 + one, 0} for one in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)},
}


def _tree(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.suffix != ".lock"}


def half_made(folder: Path, before: set[Path]) -> list[Path]:
    """Return what is there since and has no name of its own, or no entry that names it."""
    fresh = _tree(folder) - before
    hidden = [path for path in fresh if path.name.startswith(".") and path.parent not in fresh]
    kept = Workspace.open(folder / "ws", clock=lambda: NOW)
    named = set[str]()  # by entries, and by those that were broken off, which doctor names
    for client in kept.client_ids():
        named |= read_cited(kept.path(client)).hashes
    for torn in (folder / "ws" / "clients").glob("*.torn-*"):
        named |= torn_hashes(torn)
    exhibits = folder / "ws" / "exhibits"
    return hidden + [
        path
        for path in fresh
        if path.parent == exhibits and path.name[0] != "." and path.name not in named
    ]


def doctor(folder: Path, way: Way) -> list[str]:
    """Return what doctor says about files, of the workspace and of the one a verb makes."""
    roots = [folder / "ws"]
    if way.workspace != "WS":
        roots.append(folder / "out" / "again")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checks, "locks", lambda root: ())  # it starts processes
        found = [
            one.what for root in roots for one in checks.examine(root, lambda: NOW, low_disk=0)
        ]
    return [one for one in found if not any(word in one for word in _OWNED)]


_OWNED = (
    "There is no workspace",
    "holds text that was never logged",
    "holds an entry that was broken off",
    "of an entry that was never finished",
)
"""What is kept on purpose: words for their user to look at, on the disk that was cut short."""


def halves(folder: Path, way: Way) -> list[str]:
    """Return which outputs are there and not whole."""
    broken = []
    for name in way.outputs:
        path = folder / "out" / name
        try:
            if path.suffix == ".zip" and path.exists():
                with open_archive(path) as archive:
                    for member in archive.manifest.members:
                        archive.copy(member)
            elif name == "records" and path.exists():
                records = [one for one in path.iterdir() if not one.name.startswith(".")]
                broken += [f"{one} is not whole" for one in records if not verify_record(one).ok]
            elif name == "again" and path.exists():
                Workspace.open(path).dockets()
            elif path.is_file() and path.read_bytes() != _whole(way, name):
                broken.append(f"{path} is not whole")
        except DocketError as error:
            broken.append(str(error))
    return broken


@cache
def _whole(way: Way, name: str) -> bytes:
    with furnished() as folder:
        assert docket(folder, way)[0] == 0
        return (folder / "out" / name).read_bytes()


_DONE = (
    "is there already",
    "is not empty",
    "No client fits",
    "was voided",
    "There is a client",
    "Nothing to amend",
)
"""What the same verb says the second time, where the first was cut short after the last step."""


def _again(folder: Path, way: str, before: set[Path]) -> list[str]:
    """Run the same verb again; return what is left half-made, or still needs a look."""
    status, told = docket(folder, WAYS[way])
    done = any(word in told for word in _DONE)
    found = [] if status == 0 or done else [f"it ends with {status}: {told}"]
    found += [f"{path} is left" for path in half_made(folder, before)]
    return [*found, *doctor(folder, WAYS[way])]


def _erased(folder: Path, first: Path, way: Way) -> list[str]:
    """Erase the client; return what half-made things are left, and what of the words is."""
    notes = folder / "ws" / "outside"
    for note in notes.glob(".*") if notes.is_dir() else ():  # the copy lies elsewhere
        note.write_bytes(note.read_bytes().replace(bytes(first) + b"/", bytes(folder) + b"/"))
    if way.workspace != "WS" or not (folder / "ws" / "clients" / "acme.jsonl").exists():
        return []
    status, told = docket(folder, Way("erase acme --yes-erase acme"))
    found = [] if status == 0 else [f"it ends with {status}: {told}"]
    whole = {folder / "out" / name for name in ("in", *way.outputs)}
    for path in folder.rglob("*"):
        mine = not any(path == one or one in path.parents for one in whole)
        with suppress(IsADirectoryError):
            # What the dockets of others say stays.
            mine = mine and path.name not in ("bolt.jsonl", "cold.jsonl")
            if mine and SECRET.encode() in path.read_bytes():
                found.append(f"{path} holds their words")
    return found
