"""`docket checkin`: how a client makes you feel, kept in the private file and nowhere else."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from store.errors import DocketError, UsageError
from store.private.model import PAIR, SCALES, CheckIn
from store.text import clean
from tui.cli.output import say, say_hanging, say_json, tell
from tui.cli.parsing import Parser, Verb, add_client, add_json
from tui.words import one_line

if TYPE_CHECKING:
    from tui.cli.context import Context


def _arguments(parser: Parser) -> None:
    add_client(parser)
    parser.add_argument(
        "pair", nargs="*", metavar="0-10 0-10", help="stress from the client, then from the work"
    )
    for name, label, scale in SCALES:
        what = f"{label}: {scale}"
        parser.add_argument(_option(name), dest=name, type=int, metavar="0-10", help=what)
    parser.add_argument(
        "--note", default="", metavar="TEXT", help="anything else; stays private; `-` reads stdin"
    )
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--list", action="store_true", help="list the check-ins, newest last")
    instead.add_argument("--forget", type=int, metavar="N", help="forget check-in N of the list")
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    client = context.client(args.client)
    said, note = _said(args), clean(context.option(args.note))
    if args.list or args.forget is not None:
        if said or note:
            raise UsageError("Nothing was checked in", "--list and --forget stand alone", "")
        return _list(args, context, client) if args.list else _forget(args, context, client)
    if not said and not note:
        example = f"docket checkin {client} 8 3"
        raise UsageError("Nothing to check in", "", f"Give both stresses, such as {example}")
    checkin = CheckIn(at=context.clock(), note=note, **said)
    with context.keeping(client, note):
        context.workspace.private.add(client, checkin)
    if args.json:
        say_json({"client": client, **checkin.model_dump(mode="json")})
    else:
        say(f"{client}: checked in, {_moment(checkin)}; private, never in a record")
    _suggest(context, client, checkin)
    return 0


def _said(args: Namespace) -> dict[str, int]:
    """Return the scales that were given, or raise UsageError where one is not 0 to 10."""
    said = {name: value for name, *_ in SCALES if (value := getattr(args, name)) is not None}
    if args.pair:
        said |= _pair(args.pair, said)
    for name, value in said.items():
        if not 0 <= value <= 10:
            raise UsageError(f"{_option(name)} is 0 to 10", f"not {value}", "")
    return said


def _pair(typed: Sequence[str], said: Collection[str]) -> dict[str, int]:
    """Return both stresses, which are told together (advice 38)."""
    if len(typed) != 2 or not all(word.isdecimal() and len(word) < 10 for word in typed):
        raise UsageError(
            f"'{one_line(' '.join(typed))[:40]}' is no check-in",
            "it takes two numbers, 0 to 10: stress from the client, then from the work",
            "Write it like 8 3",
        )
    if twice := [_option(name) for name, *_ in PAIR if name in said]:
        raise UsageError(f"{' and '.join(twice)} said twice", "", "Give the number or the option")
    return {one.field: int(word) for one, word in zip(PAIR, typed, strict=True)}


def _list(args: Namespace, context: Context, client: str) -> int:
    kept = list(enumerate(context.workspace.private.of(client).checkins, start=1))
    if args.json:
        say_json(
            [{"client": client, "number": n, **one.model_dump(mode="json")} for n, one in kept]
        )
    elif not kept:
        tell(f"No check-in about {client} yet.")
    else:
        for number, one in kept:
            say_hanging(f"{number}  {_moment(one)}  {_told(one)}", "    ")
    return 0


def _forget(args: Namespace, context: Context, client: str) -> int:
    gone = context.workspace.private.forget_checkin(client, args.forget)
    if args.json:
        say_json({"client": client, "forgotten": args.forget})
    else:
        say(f"{client}: check-in {args.forget} of {_moment(gone)} is forgotten")
    return 0


def _suggest(context: Context, client: str, checkin: CheckIn) -> None:
    """Say that it may be time to decide, where this is the second dread in two weeks."""
    from store.private.checkin_due import dreaded_again

    if dreaded_again(context.workspace.private.of(client), checkin) and _asks(context):
        tell(f"Dread twice within two weeks: it may be time for `docket decide {client}`.")


def _asks(context: Context) -> bool:
    try:
        return context.workspace.config.ask_checkin
    except DocketError:  # the check-in is kept; what is wrong is said where settings matter
        return True


def _moment(one: CheckIn) -> str:
    return f"{one.at:%-d %b %Y %H:%M}"


def _told(one: CheckIn) -> str:
    values = {name: getattr(one, name) for name, *_ in SCALES}
    scales = [f"{name.replace('_', ' ')} {v}" for name, v in values.items() if v is not None]
    return "; ".join(filter(None, (", ".join(scales), one_line(one.note))))


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


VERBS = {
    "checkin": Verb(
        _arguments,
        _run,
        """\
docket checkin acme 8 3
docket checkin acme --stress-client 8 --stress-work 3 --dread 7
docket checkin acme --list""",
        notes="Two numbers are the stress from the client, then from the work: together they tell\n"
        "whether the client is more than the work. All of it is private: no record has it,\n"
        "but what is typed on the command line stands in your shell's history: --note - does not.",
    )
}
