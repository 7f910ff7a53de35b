"""Replays a story: each command of `docket` on its day, in this process."""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import time
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch
from zoneinfo import ZoneInfo

from tui.cli.run import run

HERE = Path(__file__).parent
_LINE = re.compile(r"\[(.+?)\] (?:(\w+)= )?(.+)")
_LOGGED = re.compile(r"^\S+?#\d+", re.MULTILINE)


@contextmanager
def _in_zone(name: str) -> Iterator[None]:
    """Let the machine's own clocks be those of a zone."""
    try:
        with patch.dict(os.environ, TZ=name):
            time.tzset()
            yield
    finally:
        time.tzset()


class Said(NamedTuple):
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str


class Teller:
    """Types commands into a workspace at a moment of its own."""

    def __init__(self, root: Path, zone: str) -> None:
        self.root, self.zone = root, ZoneInfo(zone)
        self.now = datetime(2000, 1, 1, tzinfo=self.zone)

    def at(self, moment: str) -> Teller:
        """Set the clock, and return it."""
        self.now = datetime.fromisoformat(moment).replace(tzinfo=self.zone)
        return self

    def __call__(self, *words: str) -> Said:
        """Run `docket words`, beside copies of the stories' files that are an hour old by then."""
        out, err = io.StringIO(), io.StringIO()
        beside = self._beside()
        argv = ["--workspace", str(self.root), *words]
        with (
            chdir(beside),
            _in_zone(self.zone.key),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            status = run(argv, open_app=lambda _: 0, clock=lambda: self.now)
        return Said(status, out.getvalue(), err.getvalue())

    def _beside(self) -> Path:
        """Return a folder with the files, whose own time is the story's, not that of the copy."""
        folder = self.root.parent / "files"
        if not folder.exists():
            shutil.copytree(HERE, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        then = self.now.timestamp() - 3600
        for file in folder.iterdir():
            os.utime(file, (then, then))
        return folder

    def ok(self, *words: str) -> str:
        """Run `docket words`, which must succeed, and return what it printed."""
        said = self(*words)
        assert said.status == 0, (words, said.err)
        return said.out


def commands(story: str) -> Iterator[tuple[str, str, list[str]]]:
    """Yield the moment of each command of a story, what its entry is called, and its words."""
    for line in (HERE / f"{story}.txt").read_text("utf-8").splitlines():
        if found := _LINE.fullmatch(line):
            yield found[1], found[2] or "", shlex.split(found[3])


def replayed(story: str, root: Path, zone: str) -> tuple[Teller, dict[str, str]]:
    """Tell a whole story into the new workspace `root`; return who told it, and entries by name."""
    told, named = Teller(root, zone), dict[str, str]()
    for moment, name, words in commands(story):
        out = told.at(moment).ok(*(named.get(one.removeprefix("$"), one) for one in words))
        if name:
            named[name] = _LOGGED.findall(out)[-1]
    return told, named
