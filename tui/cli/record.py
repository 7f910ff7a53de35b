"""`docket record`: writes the record of a client's docket for whoever has to judge it."""

from __future__ import annotations

from argparse import SUPPRESS, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import UsageError
from tui.cli.moments import day_words
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import Parser, Verb, add_client, add_json

if TYPE_CHECKING:
    from tui.cli.context import Context


def _arguments(parser: Parser) -> None:
    add_client(parser)
    parser.add_argument(
        "--for",
        dest="purpose",
        required=True,
        choices=("court", "platform", "mediator", "own"),
        help="who it is for; settlement talk goes to a mediator only",
    )
    parser.add_argument(
        "-o", "--output", required=True, metavar="DIR", help="where to put the record's own folder"
    )
    parser.add_argument("--since", metavar="D", help="leave out what happened before this day")
    parser.add_argument("--until", metavar="D", help="leave out what happened after this day")
    parser.add_argument("--prepared-by", metavar="NAME", help="default: the configured author")
    parser.add_argument("--redact", action="append", default=[], metavar="WHAT", help=SUPPRESS)
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    from store.records import RecordOptions, write_record

    client = context.client(args.client)
    since = context.past_day(args.since)
    if since and since > context.today:
        raise UsageError(f"--since {day_words(since)} has not come yet", "", "Give an earlier day")
    options = RecordOptions(
        purpose=args.purpose,
        since=since,
        until=context.past_day(args.until),
        prepared_by=args.prepared_by or context.workspace.author,
        redact=tuple(args.redact),
    )
    folder = Path(args.output).expanduser().absolute()
    written = write_record(context.workspace, client, options, folder)
    _tell_author(context)
    if args.json:
        say_json(
            {
                "client": client,
                "purpose": args.purpose,
                "folder": str(written.folder),
                "document": str(written.document),
                "files": [str(file) for file in written.files],
            }
        )
    else:
        say(str(written.document))
        tell(f"Check it, or let others check it, with `docket verify {written.folder}`.")
    return 0


def _tell_author(context: Context) -> None:
    """Say that the record prints an author whom nobody has named."""
    workspace = context.workspace
    if not workspace.config.author:
        tell(
            f"The record prints '{workspace.author}' as the author of what you log: set your name "
            f'with author = "NAME" in {workspace.root / "config.toml"}.'
        )


VERBS = {
    "record": Verb(
        _arguments,
        _run,
        """\
docket record acme --for court -o records
docket record acme --for platform -o . --since 2026-10-01 --until yesterday""",
        notes="Private things (check-ins, scores, decisions) and internal entries are never in a\n"
        "record; what was left out is counted in it.",
    )
}
