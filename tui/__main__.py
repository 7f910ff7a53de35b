"""The entry point `docket`: the command line when there are words, the app when there are none."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from store.errors import DocketError
from tui.cli.run import run

if TYPE_CHECKING:
    from store.workspace import Workspace


def main(argv: Sequence[str] | None = None) -> int:
    """Run `docket` with `argv` (by default the process's own) and return its exit status."""
    return run(sys.argv[1:] if argv is None else argv, open_app=open_app)


def open_app(make: Callable[[], Workspace] | None) -> int:
    """Open the app on what `make` returns; DocketError, and nothing made, without a terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        raise DocketError(
            "The app needs a terminal", "this is none, or a dumb one", "See `docket --help`"
        )
    _can_draw(getattr(sys.__stderr__, "encoding", "") or "")
    if make is None:
        from tui.app.vent import run_vent

        return run_vent()
    from tui.app import run_app

    return run_app(make())


def _can_draw(encoding: str) -> None:
    """Raise DocketError where what is drawn, borders and names alike, cannot be encoded."""
    with suppress(LookupError):
        if codecs.lookup(encoding).name == "utf-8":
            return
    raise DocketError(
        "The app cannot draw here",
        f"the terminal's encoding is {encoding or 'not known'}, not UTF-8",
        "Start it as LC_ALL=C.UTF-8 docket, or use its verbs: docket --help",
    )


if __name__ == "__main__":
    sys.exit(main())
