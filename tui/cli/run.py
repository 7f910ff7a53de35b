"""Runs one command: finds the verb, reads its words, and turns every failure into one line."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from store.dates import NotYetError, system_clock
from store.errors import DocketError, UsageError
from store.files import typed_path
from store.workspace.folder import named_in, server_root
from tui.cli.context import Context, OpenApp, refuse_unquoted
from tui.cli.output import flush, say, tell
from tui.cli.signals import Ended, ending
from tui.cli.verbs import OPEN_VERBS, VERBS, load
from tui.words import one_line

if TYPE_CHECKING:
    from store.journal import Clock
    from store.workspace import Workspace

INTERRUPTED = 130  # what a shell reports for SIGINT, and below for SIGPIPE
NOBODY_READS = 141
_AHEAD = ("due", "needed_by")
"""The names of options for a day to come: a verb that has one says so."""


def run(
    argv: Sequence[str],
    *,
    open_app: OpenApp,
    clock: Clock = system_clock,
) -> int:
    """Run the command in `argv` and return its exit status; whatever fails becomes one line."""
    try:
        with ending():
            status = _dispatch(list(argv), open_app, clock)
            flush()
    except DocketError as error:
        _complain(str(error))
        return error.exit_status
    except Ended as ended:
        _complain(str(ended))
        return ended.exit_status
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # What is left in the buffer would fail again, aloud, when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOBODY_READS
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _complain(f"{where}{error.strerror or error}. Put that right and try again.")
        return 1
    except Exception as error:  # the one place where a bug of ours meets its user
        if os.environ.get("DOCKET_DEBUG"):
            raise
        _complain(
            f"This is a bug in Docket: {type(error).__name__}: {error}; nothing was lost, report it"
            " (DOCKET_DEBUG=1 shows where)."
        )
        return 1
    return status


def _dispatch(argv: list[str], open_app: OpenApp, clock: Clock) -> int:
    folder, discreet = "", False
    while argv and argv[0].startswith("-"):
        option, equals, value = argv.pop(0).partition("=")
        if option in ("-h", "--help"):
            return _run_verb("help", [], folder, Context(Path, clock, open_app))
        if option == "--version":
            say(f"docket {_version()}")
            return 0
        if option == "--discreet":
            discreet = True
            continue
        if option not in ("--workspace", "--theme"):
            raise UsageError(f"'{option}' is no option of docket", "", "See `docket --help`")
        value = value if equals or not argv else argv.pop(0)
        if option == "--theme":
            from tui.tokens import THEME

            os.environ[THEME] = value
        else:
            folder = value
            _workspace_named(folder)
    if not argv:
        return open_app(Wanted(workspace_root(folder), clock, discreet=discreet))
    if discreet and argv[0] in VERBS and argv[0] not in OPEN_VERBS:
        raise DocketError(
            f"`docket {argv[0]}` would show what is not for all eyes",
            f"--discreet leaves {', '.join(OPEN_VERBS)}",
            "Leave --discreet out once nobody looks along",
        )
    context = Context(Path, clock, open_app, discreet=discreet)
    return _run_verb(argv[0], argv[1:], folder, context)


def _run_verb(name: str, words: list[str], folder: str, context: Context) -> int:
    if name not in VERBS:
        from difflib import get_close_matches

        near = get_close_matches(name, VERBS, n=1)
        hint = f"Perhaps `docket {near[0]}`" if near else "See `docket --help`"
        raise UsageError(f"'{name}' is no verb of docket", "", hint)
    from tui.cli.parsing import parse_arguments, parser_of  # the app reads no words

    verb = load(name)
    if any(word.startswith("--") for word in words):
        refuse_unquoted(words, context.clock())
    try:
        args = parse_arguments(parser_of(name, VERBS[name].line, verb), verb, words)
    except UsageError as error:
        if "are required: " in error.what:
            error.remedy = f"For example: {verb.example.strip().splitlines()[0]}"
        raise
    except SystemExit:  # argparse has printed the help that was asked for
        return 0
    if args.workspace is not None:
        _workspace_named(args.workspace)
    # Help, or a server's first `init`, needs no workspace: none is looked for before it is wanted.
    context.find_root = partial(workspace_root, args.workspace or folder)
    context.forgiving = verb.forgiving
    try:
        status = verb.run(args, context)
    except NotYetError as error:
        if asked := next((name for name in _AHEAD if hasattr(args, name)), ""):
            option = f"--{asked.replace('_', '-')}"
            error.remedy = f"An entry says what did happen; a day to come goes with {option}"
        raise
    context.tell_notices()
    return status


class Wanted:
    """What makes the workspace that the app is to show: where it is, is known before."""

    def __init__(self, root: Path, clock: Clock, *, discreet: bool) -> None:
        self.root, self.clock, self.discreet = root, clock, discreet

    def __call__(self) -> Workspace:
        """Return the workspace."""
        from store.workspace import Workspace

        made = Workspace.create(self.root, clock=self.clock)
        made.discreet = self.discreet
        return made


def _workspace_named(folder: str) -> None:
    if not folder.strip():
        remedy = "Write --workspace DIR, or the address of a server"
        raise UsageError("--workspace names no folder", "", remedy)


def workspace_root(folder: str) -> Path:
    """Return the folder of the workspace that is named; of one on a server, this machine's."""
    named = folder or os.environ.get("DOCKET_WORKSPACE", "")
    if not named:
        from platformdirs import user_data_path

        usual = user_data_path("docket", appauthor=False)
        if not (named := named_in(usual)):
            return usual
    if named.startswith(("postgresql://", "postgres://")):
        return server_root(named)
    return typed_path(named).absolute()


def _version() -> str:
    """Return the installed version, by the name of the folder that says so: no package is read."""
    for folder in sys.path:
        for found in Path(folder).glob("docket_crm-*.dist-info"):
            return found.name.removeprefix("docket_crm-").removesuffix(".dist-info")
    return "(not installed)"


def _complain(message: str) -> None:
    try:
        sys.stdout.flush()
        tell(one_line(message))
    except (OSError, DocketError):
        return  # nobody reads stderr either
