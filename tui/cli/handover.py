"""`docket handover`: what is given back to the client, who confirmed it, when my access ended."""

from __future__ import annotations

import re
from argparse import Namespace
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from store.dates import day_words
from store.entries.words import entry_named
from store.errors import UsageError
from store.text import clean_line
from tui.cli.about import named_beside
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import Parser, Verb, add_about, add_attach, add_flag, add_json, add_on

if TYPE_CHECKING:
    from store.docket.handover import Handover
    from tui.cli.context import Context

_NUMBERED = re.compile(r".+[#~]\d+")


def _arguments(parser: Parser) -> None:
    parser.add_argument(
        "words",
        metavar="CLIENT [ITEM]",
        nargs="+",
        help="a client and what you give back; CLIENT alone lists; CLIENT#N for what came of it",
    )
    add_on(parser)
    parser.add_argument("--to", metavar="WHO", help="who has it now")
    parser.add_argument("--access-ends", metavar="D", help="the last day of your own access")
    parser.add_argument("--renews", metavar="D", help="when somebody has to pay or renew it next")
    add_about(parser)
    add_flag(parser, "--despite-debt", "hand it over although money is owed")
    came = parser.add_mutually_exclusive_group()
    came.add_argument("--confirmed-by", metavar="WHO", help="who says that they have CLIENT#N")
    came.add_argument(
        "--access-ended", action="store_true", help="your own access to CLIENT#N is gone"
    )
    add_flag(parser, "--unconfirmed", "log --access-ended although nobody has confirmed CLIENT#N")
    add_attach(parser)
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    if args.unconfirmed and not args.access_ended:
        raise UsageError("--unconfirmed goes with --access-ended", "", "Leave it out, or add that")
    if args.confirmed_by is not None or args.access_ended:
        return _follow(args, context)
    if _NUMBERED.fullmatch(args.words[0]):
        raise UsageError(
            f"What came of {args.words[0]}",
            "",
            "Add --confirmed-by WHO or --access-ended, or write CLIENT alone for the list",
        )
    client = context.client(args.words[0])
    return _give(args, context, client) if len(args.words) > 1 else _list(args, context, client)


def _give(args: Namespace, context: Context, client: str) -> int:
    from store.docket.handover import check_gate, owed_after_due, owed_later

    day = context.when(args.on).day
    docket = context.workspace.docket(client).as_of(day)
    if not args.despite_debt:
        check_gate(
            docket,
            f"Hand it over with --despite-debt, or log why you wait: docket log {client} note TEXT",
        )
    data = {
        "to": args.to,
        "access_ends": context.day(args.access_ends),
        "renews": context.day(args.renews),
        "despite_debt": bool(owed_after_due(docket)),
    }
    said = named_beside(args, "handover", context, client)
    context.log(args, client, "handover", args.words[1:], data=data, **said)
    if later := owed_later(docket):
        tell(f"{later} is owed and not due yet; that is no reason to hold anything back.")
    return 0


def _follow(args: Namespace, context: Context) -> int:
    """Log that a handover was confirmed, or that my own access to it ended."""
    from store.docket.handover import check_access_end, check_confirmable, handover_numbered

    client, seq, words = context.entry(args.words)
    _refuse_first_form(args)
    if args.confirmed_by is not None and not clean_line(args.confirmed_by):
        raise UsageError("Who confirmed it", "no name was given", "Write --confirmed-by WHO")
    docket = context.workspace.docket(client)
    one = handover_numbered(docket, seq)
    target = context.standing(client, seq)
    if args.access_ended:
        check_access_end(docket, one, unconfirmed=args.unconfirmed)
        context.log(args, client, "access-ended", words, after=target)
        return 0
    check_confirmable(docket, one)
    data = {"by": args.confirmed_by}
    context.log(args, client, "acceptance", words, data=data, after=target)
    if one.access_ended is None:
        name = entry_named(client, seq)
        tell(f"When your own access is gone: docket handover {name} --access-ended")
    return 0


def _refuse_first_form(args: Namespace) -> None:
    given = [
        option
        for option, value in (
            ("--to", args.to),
            ("--access-ends", args.access_ends),
            ("--renews", args.renews),
            ("--despite-debt", args.despite_debt),
        )
        if value
    ]
    if given:
        raise UsageError(
            f"{given[0]} is said when something is handed over",
            "this is about what came of it",
            "Leave it out, or correct the handover with `docket amend`",
        )


def _list(args: Namespace, context: Context, client: str) -> int:
    from store.docket.handover import handovers

    docket = context.workspace.docket(client)
    found = handovers(docket)
    if args.on or args.to or args.access_ends or args.renews or args.despite_debt or args.attach:
        raise UsageError(
            "What is handed over", "no item was named", f"Write docket handover {client} ITEM"
        )
    if args.json:
        say_json([_json(one, docket.today) for one in found])
        return 0
    if not found:
        tell(f"Nothing is handed over yet; begin with docket handover {client} ITEM --to WHO.")
    for one in found:
        say(*_lines(client, one, docket.today))
    return 0


def _lines(client: str, one: Handover, today: date) -> list[str]:
    from tui.text import line_width, wrap

    said = [f"given{f' to {one.to}' if one.to else ''} on {day_words(one.given)}"]
    if one.confirmed_on:
        by = f" by {one.confirmed_by}" if one.confirmed_by else ""
        said.append(f"confirmed{by} on {day_words(one.confirmed_on)}")
    if one.access_ended:
        said.append(f"my access ended on {day_words(one.access_ended)}")
    if one.renews:
        said.append(f"renews on {day_words(one.renews)}")
    if one.despite_debt:
        said.append("given although money was owed")
    missing = one.missing(today)
    wide = line_width()
    return [
        *wrap(f"{client}#{one.seq} {' '.join(one.item.split())}", wide),
        *wrap("; ".join(said), wide, "    "),
        *(wrap(f"missing: {'; '.join(missing)}", wide, "    ") if missing else ()),
    ]


def _json(one: Handover, today: date) -> dict[str, Any]:
    said = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(one).items()
    }
    return {**said, "missing": one.missing(today)}


VERBS = {
    "handover": Verb(
        _arguments,
        _run,
        """\
docket handover acme Instagram account --to Jo --access-ends 2026-12-31 --despite-debt
docket handover acme#15 --access-ended --unconfirmed
docket handover acme""",
        notes="Afterwards, in this order: `docket handover CLIENT#N --confirmed-by WHO`, then\n"
        "`docket handover CLIENT#N --access-ended`; own access goes last, so before they confirm\n"
        "Docket asks for --unconfirmed. Where money is owed after its due date, it asks for\n"
        "--despite-debt and logs that choice. It never holds anything back by itself: keeping\n"
        "what belongs to the client can be unlawful.",
    )
}
