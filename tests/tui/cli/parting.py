"""A command line at noon of one day, whose results are handed back, refusals too."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from datetime import UTC, datetime

from tests.tui.cli.conftest import Cli, Result
from tui.cli.run import run

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
Typed = Callable[..., Result]


def typing(cli: Cli) -> Typed:
    """Return a function that runs `docket words` at NOW, on a workspace with the client acme."""

    def typed(*words: str) -> Result:
        cli.patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
        cli.capsys.readouterr()
        argv = ["--workspace", str(cli.root), *words]
        status = run(argv, open_app=lambda _: 0, clock=lambda: NOW)
        return Result(status, *cli.capsys.readouterr())

    begun = typed("new", "Acme Media", "--id", "acme", "--terms", "net14", "--on", "2026-01-05")
    assert begun.status == 0
    return typed
