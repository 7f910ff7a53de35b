"""A command line whose clock the test moves."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass, field

from store.workspace import Workspace
from tests.store.building import FixedClock
from tests.tui.cli.conftest import Cli, Result
from tui.cli.run import run


@dataclass
class Timed:
    """Runs `docket` on the workspace of `cli`, at noon of 22 Nov 2026 until it is moved."""

    cli: Cli
    clock: FixedClock = field(default_factory=FixedClock)

    def __call__(self, *words: str, stdin: bytes = b"") -> Result:
        """Run `docket words` in this process."""
        self.cli.patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        self.cli.capsys.readouterr()
        argv = ["--workspace", str(self.cli.root), *words]
        status = run(argv, open_app=lambda _: 0, clock=self.clock)
        return Result(status, *self.cli.capsys.readouterr())

    def ok(self, *words: str, stdin: bytes = b"") -> str:
        """Run `docket words`, which must succeed, and return what it printed."""
        result = self(*words, stdin=stdin)
        assert result.status == 0, result
        return result.out

    def wrong(self, *words: str, status: int = 2) -> str:
        """Run `docket words`, which must fail with one line and touch nothing; return the line."""
        before = self.cli.files()
        result = self(*words)
        assert (result.status, result.out, result.err.count("\n")) == (status, "", 1), result
        assert self.cli.files() == before
        return result.err

    @property
    def workspace(self) -> Workspace:
        """The workspace, opened anew."""
        return Workspace.open(self.cli.root, clock=self.clock)


def acme(cli: Cli) -> Timed:
    """Return a command line on a workspace with one client, acme, that began 100 days ago."""
    timed = Timed(cli)
    timed.clock.move(days=-100)
    timed.ok("new", "Acme Media", "--id", "acme", "--currency", "EUR", "--terms", "net14")
    timed.clock.move(days=100)
    return timed
