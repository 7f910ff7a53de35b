"""`docket ask`, `answer` and `promise`: what is waited for, and what came of it."""

from __future__ import annotations

import re
from argparse import Namespace
from datetime import date
from typing import TYPE_CHECKING

from store.entries.words import entry_named
from store.errors import UsageError
from store.text import plural
from tui.cli.about import named_beside
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import (
    CLIENT,
    Parser,
    Verb,
    add_about,
    add_client,
    add_entry,
    add_flag,
    add_json,
    add_on,
    add_project,
    add_text,
)
from tui.text import line_width
from tui.words.asks import ask_lines, by_age

if TYPE_CHECKING:
    from store.entries import Entry
    from tui.cli.context import Context


_NUMBERED = re.compile(r".+[#~]\d+")


def _ask_arguments(parser: Parser) -> None:
    add_client(parser, f"{CLIENT}; with --open, all clients without it", needed=False)
    add_text(parser, "what you asked for", needed=False)
    add_flag(parser, "--open", "list what was asked for and has not come, by age")
    parser.add_argument("--needed-by", metavar="D", help="when you need the answer: +3d, fri")
    parser.add_argument(
        "--for",
        dest="seeks",
        choices=("access", "leave"),
        help="it is access to an account or file, or leave to act in one (`docket access`)",
    )
    add_about(parser)
    add_project(parser)
    add_on(parser, "when you asked")
    add_json(parser)


def _ask(args: Namespace, context: Context) -> int:
    if args.open:
        return _list_open(args, context)
    if not args.words:
        raise UsageError(
            "What did you ask for?", "", "Write docket ask CLIENT TEXT, or --open for what is open"
        )
    client = context.client(args.client)
    data = {"needed_by": context.day(args.needed_by), "seeks": args.seeks}
    said = named_beside(args, "request", context, client)
    context.log(args, client, "request", args.words, data=data, **said)
    return 0


def _list_open(args: Namespace, context: Context) -> int:
    if args.words or args.needed_by or args.on:
        raise UsageError("--open lists what was asked for", "nothing is asked with it", "Leave one")
    workspace, today = context.workspace, context.today
    clients = [context.client(args.client)] if args.client else workspace.client_ids()
    dockets = (workspace.readable(client, today) for client in clients)
    asks = by_age((one for one in dockets if one is not None), today)
    if args.json:
        say_json([one.to_json() for one in asks])
        return 0
    say(*ask_lines(asks, line_width()))
    if not asks:
        tell("Nothing that was asked for is open.")
    return 0


def _answer_arguments(parser: Parser) -> None:
    add_entry(parser, "the request; TEXT is what they answered")
    add_flag(parser, "--partly", "only a part of it: the request stays open")
    parser.add_argument("--missing", metavar="TEXT", help="with --partly: what is still missing")
    add_on(parser, "when they answered")
    add_json(parser)


def _answer(args: Namespace, context: Context) -> int:
    number = args.words[1].lstrip("#") if args.words[1:2] else ""
    numbered = _NUMBERED.fullmatch(args.words[0]) or number.isdecimal()
    if not numbered:
        raise _which_request(context, context.client(args.words[0]))
    target, words = context.target(args.words)
    client, seq = target.client, target.seq
    if args.missing and not args.partly:
        raise UsageError("--missing goes with --partly", "", "Add --partly, or leave it out")
    if not args.partly:
        context.log(args, client, "answer", words, after=target)
        return 0
    data = {"missing": args.missing}
    context.log(args, client, "partial-answer", words, data=data, after=target)
    name = entry_named(client, seq)
    tell(f"{name} stays open until `docket answer {name}`.")
    return 0


def _which_request(context: Context, client: str) -> UsageError:
    asked = context.workspace.docket(client).open_requests
    listed = ", ".join(f"{client}#{one.seq} {_short(one.statement)}".rstrip() for one in asked)
    if not listed:
        return UsageError(f"'{client}' names no entry", "no request of it is open", "")
    return UsageError(
        f"'{client}' names no entry",
        f"open requests are {listed}",
        f"Write docket answer {client}#{asked[0].seq} TEXT",
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:39]}…"


def _promise_arguments(parser: Parser) -> None:
    parser.add_argument(
        "words",
        metavar="CLIENT",
        nargs="+",
        help="a client and what was promised, or CLIENT#N of a promise and what came of it",
    )
    parser.add_argument("--due", metavar="D", help="the day it is promised for: +3d, fri")
    parser.add_argument("--by", choices=("me", "client"), default="client", help="who promised")
    outcome = parser.add_mutually_exclusive_group()
    outcome.add_argument("--kept", action="store_true", help="the promise CLIENT#N was kept")
    outcome.add_argument("--broken", action="store_true", help="the promise CLIENT#N was broken")
    outcome.add_argument(
        "--released",
        action="store_true",
        help="CLIENT#N is let go: TEXT says in which words, or who took it on",
    )
    add_on(parser)
    add_json(parser)


def _promise(args: Namespace, context: Context) -> int:
    came = [came for came in ("kept", "broken", "released") if getattr(args, came)]
    if came:
        target, words = context.target(args.words)
        kind = f"promise-{came[0]}"
        context.log(args, target.client, kind, words, after=target)
        if args.kept:
            _tell_late(target, context.when(args.on).day)
        return 0
    if _NUMBERED.fullmatch(args.words[0]):
        raise UsageError(
            f"What came of {args.words[0]}",
            "",
            "Add --kept, --broken or --released, or write CLIENT alone",
        )
    client = context.client(args.words[0])
    due = context.day(args.due)
    if due is None:
        raise UsageError("A promise needs its day", "", "Give --due, such as --due fri")
    if len(args.words) == 1:
        raise UsageError("What was promised", "no text was given", "Write it after the client")
    data = {"by": args.by, "due": due}
    context.log(args, client, "promise", args.words[1:], data=data)
    return 0


def _tell_late(promise: Entry, kept: date) -> None:
    """Say that a promise was kept after its day, as a record does: --on may be what is wrong."""
    due = getattr(promise.data, "due", kept)
    if kept > due:
        tell(f"Kept {plural((kept - due).days, 'day')} late; a record will say so.")


VERBS = {
    "ask": Verb(
        _ask_arguments,
        _ask,
        """\
docket ask acme "Logo files for the front page?" --needed-by fri
docket ask --open""",
    ),
    "answer": Verb(
        _answer_arguments,
        _answer,
        """\
docket answer acme#3 All five files
docket answer acme#3 --partly Two of the five files --missing "The three logos\"""",
    ),
    "promise": Verb(
        _promise_arguments,
        _promise,
        """\
docket promise acme "The rest of INV-42" --due "30 Nov"
docket promise acme#9 --broken Nothing came in""",
        notes="A promise is the client's unless --by me says it is yours.",
    ),
}
