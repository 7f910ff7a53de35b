"""A desk with one client on it: commands typed at noon of a day, and the assessment read back."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.tui.cli.conftest import Cli, Result
from tui.cli.run import run

TODAY = date(2026, 11, 22)


def back(days: int) -> str:
    """Return the day `days` before TODAY as it is typed; negative days lie ahead."""
    return (TODAY - timedelta(days=days)).isoformat()


class Desk:
    """Types commands about acme, a client of more than a year, whose next entry is acme#3."""

    def __init__(self, cli: Cli) -> None:
        self.cli = cli
        self.today = TODAY
        self.err = ""
        self("new", "Acme Media", "--id", "acme", "--terms", "net14", "--on", back(400))

    def __call__(self, *words: str) -> str:
        """Run `docket words`, which must succeed, and return what it printed."""
        done = self.tried(*words)
        assert done.status == 0, (words, done.err)
        return done.out

    def tried(self, *words: str) -> Result:
        """Run `docket words` and return what came of it."""
        self.cli.patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
        self.cli.capsys.readouterr()
        noon = datetime(self.today.year, self.today.month, self.today.day, 12, tzinfo=UTC)
        argv = ["--workspace", str(self.cli.root), *words]
        status = run(argv, open_app=lambda _: 0, clock=lambda: noon)
        out, self.err = self.cli.capsys.readouterr()
        return Result(status, out, self.err)

    def log(self, kind: str, days: int, *more: str) -> None:
        """Log something that happened so many days ago."""
        self("log", "acme", kind, f"It was {kind}", "--on", back(days), *more)

    def bill(self, number: str, due: int, paid: int | None = None) -> None:
        """Send a bill that was due so many days ago, and take what came in for it."""
        self("invoice", "acme", number, "100", "--issued", back(due + 14), "--due", back(due))
        if paid is not None:
            self("pay", "acme", "100", "--for", number, "--on", back(paid))

    def ask(self, days: int) -> None:
        """Ask them something."""
        self("ask", "acme", "Which logo?", "--on", back(days))

    def promise(self, made: int, due: int, by: str = "client") -> None:
        """Take down a promise."""
        self("promise", "acme", "As agreed", "--by", by, "--due", back(due), "--on", back(made))

    @property
    def decided(self) -> Any:
        """What `docket decide --json` says."""
        return json.loads(self("decide", "acme", "--json"))

    @property
    def verdict(self) -> str:
        """The verdict."""
        return str(self.decided["verdict"])

    def rule(self, rule_id: str) -> tuple[str, Sequence[int]] | None:
        """What a rule asks for and the entries it names, if it speaks."""
        found = [one for one in self.decided["rules"] if one["id"] == rule_id]
        return (found[0]["verdict"], found[0]["evidence"]) if found else None
