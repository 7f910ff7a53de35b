"""`docket checkin`: how a client makes you feel, kept in the private file and nowhere else."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from store.errors import UsageError
from store.private import CheckIn
from store.text import clean
from tui.cli.output import say, say_json
from tui.cli.parsing import Parser, Verb, add_client, add_json

if TYPE_CHECKING:
    from tui.cli.context import Context

_SCALES = {
    "stress_client": "stress from the client: 10 is as bad as it gets",
    "stress_work": "stress from the work itself: 10 is as bad as it gets",
    "dread": "dread when they write or call: 10 you would rather not look",
    "version": "which version of them turns up: 10 you never know",
    "energy": "energy you have left for them: 10 is plenty",
    "fit_communication": "how you talk to each other: 10 is a very good fit",
    "fit_vision": "what the work is for: 10 is a very good fit",
    "fit_direction": "where it is going: 10 is a very good fit",
}


def _arguments(parser: Parser) -> None:
    add_client(parser)
    for name, what in _SCALES.items():
        option = f"--{name.replace('_', '-')}"
        parser.add_argument(option, dest=name, type=int, metavar="0-10", help=what)
    parser.add_argument("--note", default="", metavar="TEXT", help="anything else; stays private")
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    client = context.client(args.client)
    said = {name: value for name in _SCALES if (value := getattr(args, name)) is not None}
    for name, value in said.items():
        if not 0 <= value <= 10:
            raise UsageError(f"--{name.replace('_', '-')} is 0 to 10", f"not {value}", "")
    note = clean(args.note)
    if not said and not note:
        raise UsageError("Nothing to check in", "", "Give a scale, such as --stress-client 7")
    checkin = CheckIn(at=context.clock(), note=note, **said)
    with context.keeping(client, note):
        context.workspace.private.add_checkin(client, checkin)
    if args.json:
        say_json({"client": client, **checkin.model_dump(mode="json")})
    else:
        say(f"{client}: checked in, {checkin.at:%-d %b %Y %H:%M}; private, never in a record")
    return 0


VERBS = {
    "checkin": Verb(
        _arguments,
        _run,
        "docket checkin acme --stress-client 8 --stress-work 3 --dread 7",
    )
}
