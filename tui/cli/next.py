"""`docket next`: what to do next, for whom and by when; and putting it off."""

from __future__ import annotations

from argparse import ArgumentTypeError, Namespace
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from store.dates import day_words
from store.errors import UsageError
from store.files import typed_path
from store.text import plural
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import CLIENT, Parser, Verb, add_client, add_json

if TYPE_CHECKING:
    from store.playbook.step import NextStep
    from tui.cli.context import Context

_DAYS, _MOST = 14, 3650


def _arguments(parser: Parser) -> None:
    add_client(parser, f"{CLIENT}; all clients without it", needed=False)
    parser.add_argument(
        "--days",
        metavar="N",
        type=_days,
        default=_DAYS,
        help=f"how many days to look ahead (default {_DAYS})",
    )
    put_off = parser.add_mutually_exclusive_group()
    put_off.add_argument("--snooze", metavar="STEP", help="put one step off, by what it is about")
    put_off.add_argument("--hold", action="store_true", help="put all steps of the client off")
    parser.add_argument("--until", metavar="D", help="the day until which it is put off")
    parser.add_argument("--why", metavar="TEXT", help="why it is put off; `-` reads stdin")
    output = parser.add_mutually_exclusive_group()
    output.add_argument(
        "--line",
        action="store_true",
        help="one line, for a prompt or status bar, as of the last look",
    )
    output.add_argument("--ics", metavar="FILE", help="write the steps as an iCalendar file")
    add_json(output)


def _days(text: str) -> int:
    """Return how many days to look ahead; an argparse type."""
    if not text.isdecimal() or len(text) > len(str(_MOST)) or int(text) > _MOST:
        raise ArgumentTypeError(f"'{text[:20]}' is none: write 0 to {_MOST}")
    return int(text)


def _run(args: Namespace, context: Context) -> int:
    if args.snooze is not None or args.hold:
        return _put_off(args, context)
    if args.until or args.why:
        raise UsageError("Nothing is put off", "--until and --why belong to --snooze or --hold", "")
    if args.line:
        say(_line(args.client, context) + _timed(context))
        return 0
    from store.playbook.step import within

    steps, names = _steps(args.client, context)
    last = context.today + timedelta(days=args.days)
    shown = within(steps, last)
    if args.ics:
        return _write_calendar(shown, Path(args.ics), context)
    if args.json:
        say_json([step.to_json() for step in shown])
        return 0
    from tui.text import line_width
    from tui.words.steps import step_lines

    whole = args.client is not None
    for line in step_lines(shown, names, context.today, line_width(), whole=whole):
        say(line)
    _tell_later(args, steps, shown, context)
    return 0


def _tell_later(
    args: Namespace, steps: Sequence[NextStep], shown: Sequence[NextStep], context: Context
) -> None:
    """Say what comes after the steps that are shown where none is, and what is watched."""
    from tui.words.steps import watch_line

    if not shown:
        tell(f"{_first(steps)} (looked {args.days} days ahead; --days N looks further).")
    elif not args.client:
        tell("docket next CLIENT says why, and how, for all that is due with one of them.")
    if args.client and (watched := watch_line([s for s in steps if s not in shown], context.today)):
        tell(watched)


def _line(typed: str | None, context: Context) -> str:
    """Return how many steps are due by what was kept of them: no docket is read for a prompt.

    A question mark says that what was kept of some clients holds no more, or that there is none.
    """
    from store.index.summary import Summaries
    from store.workspace import Workspace
    from tui.words.steps import due_words

    workspace = Workspace.open(context.root, clock=context.clock)
    summaries = Summaries(context.root, context.today)
    clients = workspace.client_ids() if typed is None else [context.client(typed)]
    found = [summaries.get(client, summaries.state(client)) for client in clients]
    kept = [summary for summary in found if summary is not None]
    if clients and not kept:
        return "?"
    said = due_words([step for one in kept for step in one.steps], context.today)
    return said if len(kept) == len(clients) else f"{said}?"


def _timed(context: Context) -> str:
    """Return for whom the timer runs, if one does."""
    from store.workspace.timer import running

    if (timer := running(context.root)) is None:
        return ""
    from tui.words.timer import timer_words

    return f", {timer_words(timer)}"


def _steps(typed: str | None, context: Context) -> tuple[tuple[NextStep, ...], Mapping[str, str]]:
    """Return the steps of a client, or of all, and the names of the clients by id."""
    from store.overview.standing import all_standing, steps_of
    from store.playbook.step import in_order

    workspace = context.workspace
    if typed is None:
        from tui.cli.progress import CountedProgress

        with CountedProgress("Assessing clients") as progress:
            standing = all_standing(workspace, context.today, progress.reach, several=True)
        steps = in_order((step for one in standing.values() for step in one.steps), context.today)
        return steps, {client: one.name for client, one in standing.items()}
    docket = workspace.docket(context.client(typed), context.today)
    return steps_of(docket, workspace), {docket.client: docket.name}


def _first(steps: Sequence[NextStep]) -> str:
    from store.playbook.step import to_take

    if not steps:
        return "Nothing to do next"
    day = min(step.due for step in to_take(steps))
    return f"Nothing is due: the next step is on {day_words(day)}"


def _put_off(args: Namespace, context: Context) -> int:
    from store.private.model import Hold, Snooze

    if not (args.client and args.until and args.why):
        raise UsageError(
            "What is put off has a client, a day and a reason",
            "",
            "Write docket next CLIENT --hold --until D --why TEXT",
        )
    client = context.client(args.client)
    until = context.day(args.until)
    assert until is not None
    if until < context.today or (not args.hold and until == context.today):
        raise UsageError(f"{day_words(until)} has come already", "", "Name a later day")
    why = context.option(args.why)
    at = context.clock()
    private = context.workspace.private
    if args.hold:
        with context.keeping(client, why):
            private.add(client, Hold(at=at, until=until, why=why))
        on = f"until {day_words(until)}" if until > context.today else "no more"
        tell(f"{client} is on hold {on}: {why}")
        return 0
    step = _named(args.snooze, _steps(client, context)[0])
    with context.keeping(client, why):
        private.add(client, Snooze(at=at, key=step.key, until=until, why=why))
    tell(f"Put off until {day_words(until)}: {step.what}")
    return 0


def _named(typed: str, steps: Sequence[NextStep]) -> NextStep:
    """Return the step that is about what was typed, or whose key it is."""
    wanted = typed.strip().lstrip("#").casefold()
    for step in steps:
        if wanted and wanted in (step.about.lstrip("#").casefold(), step.key.casefold()):
            return step
    names = ", ".join(step.about or step.key for step in steps) or "none"
    raise UsageError(f"No step is about '{typed}'", f"there is {names}", "Name one of these")


def _write_calendar(steps: Sequence[NextStep], path: Path, context: Context) -> int:
    from store.files import write_atomic
    from store.playbook.calendar import as_calendar
    from store.workspace.exports import refuse_inside

    path = typed_path(path).absolute()
    path = path / "docket.ics" if path.is_dir() else path
    refuse_inside(context.root, path)
    if not path.parent.is_dir():
        raise UsageError(f"There is no folder {path.parent}", "", "Make it, or name another file")
    _refuse_another(path)
    write_atomic(path, as_calendar(steps, context.clock()))
    tell(f"{plural(len(steps), 'step')} written to {path}.")
    return 0


def _refuse_another(path: Path) -> None:
    """Raise UsageError where `path` is anything but a calendar of an earlier look."""
    from store.files import read_plain
    from store.playbook.calendar import is_own_calendar

    try:
        own = is_own_calendar(read_plain(path))
    except FileNotFoundError:
        own = not path.is_symlink()
    except OSError:
        own = False
    if not own:
        what, why = f"{path} is there already", "it is no calendar of Docket, and stays as it is"
        raise UsageError(what, why, "Name another file")


VERBS = {
    "next": Verb(
        _arguments,
        _run,
        """\
docket next
docket next acme --days 30
docket next acme --snooze INV-42 --until +7d --why "Their bookkeeper is back on Monday"
docket next acme --hold --until +30d --why "Their shop burnt down"
docket next --ics steps.ics""",
    )
}
