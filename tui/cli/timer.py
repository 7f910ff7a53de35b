"""`docket timer`: hours measured as they are worked, for one client at a time."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from store.index.summary import kept_before
from store.workspace.timer import Timer, measured_for, running, start_timer, stop_timer
from tui.cli.output import say, tell
from tui.cli.parsing import Parser, Verb
from tui.words.timer import LATE, owing_words, timer_words, unlogged_words

if TYPE_CHECKING:
    from tui.cli.context import Context


def _arguments(parser: Parser) -> None:
    parser.add_argument(
        "client", metavar="CLIENT|stop", nargs="?", help="whose work begins, or `stop`"
    )
    parser.add_argument("words", metavar="TEXT", nargs="*", help="with stop: what you did")


def _run(args: Namespace, context: Context) -> int:
    if args.client == "stop":
        return _stop(args, context)
    root = context.workspace.root
    if args.client is None:
        timer = running(root)
        say(timer_words(timer) if timer else "no timer runs")
        return 0
    client = context.client(args.client)
    owing = owing_words(kept_before(root, client, context.today, "owing"), context.today)
    start_timer(root, Timer(client, context.clock(), bool(owing)))
    say(f"The timer runs for {client}. Stop it: docket timer stop")
    if owing:
        tell(owing)
    return 0


def _stop(args: Namespace, context: Context) -> int:
    root = context.workspace.root
    if (timer := running(root)) is None:
        stop_timer(root)  # one that is torn is none
        tell("No timer runs.")
        return 0
    stopped = measured_for(root, timer, context.clock())
    if stopped.hours is None:
        stop_timer(root)
        tell(unlogged_words(stopped))
        return 0
    context.touched.add(timer.client)
    words = [f"{LATE}:" if args.words else LATE, *args.words] if timer.late else args.words
    args.on, args.json = None, False
    context.log(
        args,
        timer.client,
        "hours",
        words,
        data={"hours": stopped.hours, "spent": "work"},
        occurred_at=timer.since,
        precision="minute",
    )
    stop_timer(root)
    return 0


VERBS = {
    "timer": Verb(
        _arguments,
        _run,
        """\
docket timer acme
docket timer stop Front page""",
        notes="One timer at a time; it goes on when you log out. Stopped, it logs the hours on\n"
        "the day it began, to the minute. Without a word it says whether one runs.",
    )
}
