"""The entry point `docket`: the command line when there are words, the app when there are none."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from store.errors import DocketError
from tui.cli.run import Wanted, run

if TYPE_CHECKING:
    from store.workspace import Workspace
    from tui.opening import Opening


def main(argv: Sequence[str] | None = None) -> int:
    """Run `docket` with `argv` (by default the process's own) and return its exit status."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:  # it was so while this was loaded
        signal.signal(signal.SIGINT, signal.default_int_handler)
    return run(sys.argv[1:] if argv is None else argv, open_app=open_app)


def open_app(make: Callable[[], Workspace] | None) -> int:
    """Open the app on what `make` returns; DocketError, and nothing made, without a terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        raise DocketError(
            "The app needs a terminal", "this is none, or a dumb one", "See `docket --help`"
        )
    gc.disable()  # until the first picture is there: a tenth of the time to it
    opening = None
    if isinstance(make, Wanted) and not make.discreet:
        from tui.opening import Opening

        opening = Opening(make.root)
        opening.show()
    try:
        return _run(make, opening)
    finally:
        if opening:
            opening.give_back()


def _run(make: Callable[[], Workspace] | None, opening: Opening | None) -> int:
    from tui.app.encoding import draw_plainly, is_utf_8

    if not is_utf_8():
        draw_plainly()
    if make is None:
        from tui.app.vent import run_vent

        gc.enable()
        return run_vent()
    from tui.app import run_app
    from tui.app.appearance import theme_asked

    theme_asked(os.environ)  # before anything is made
    from tui.widgets.aside import end_at_once

    status = run_app(make(), opening)
    end_at_once(status)
    return status


if __name__ == "__main__":
    sys.exit(main())
