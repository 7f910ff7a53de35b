"""`docket statement`: what a client owes in one currency, and why, for their bookkeeper."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import UsageError
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import Parser, Verb, add_client, add_json
from tui.words.record import unnamed_lines

if TYPE_CHECKING:
    from store.docket import Docket
    from store.records.statement.document import Statement
    from tui.cli.context import Context


def _arguments(parser: Parser) -> None:
    add_client(parser)
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="the file to write, or its folder; default: print it"
    )
    parser.add_argument("--currency", metavar="C", help="default as agreed, or the only one billed")
    parser.add_argument("--since", metavar="D", help="begin with the balance before this day")
    parser.add_argument("--until", metavar="D", help="as of this day; default today")
    parser.add_argument("--prepared-by", metavar="NAME", help="default: the configured author")
    parser.add_argument(
        "--html", action="store_true", help="write it also as one page to print, beside it"
    )
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    from store.records.statement.document import statement
    from store.records.statement.figures import StatementOptions

    if args.html and not args.output:
        raise UsageError("Where to write the page", "", "Give -o FILE, or a folder")
    client = context.client(args.client)
    workspace, docket = context.workspace, context.workspace.docket(client)
    options = StatementOptions(
        currency=_currency(args, context, docket),
        since=context.past_day(args.since),
        until=context.past_day(args.until) or context.today,
        prepared_by=args.prepared_by or workspace.author,
        payment_details=workspace.config.payment_details,
    )
    made = statement(docket, options, context.clock())
    files = _written(args, context, made) if args.output else []
    if args.json:
        from store.records.statement.to_json import statement_json

        say_json({**statement_json(made.figures), "files": files})
    else:
        say("\n".join(files) if files else made.markdown.rstrip("\n"))
    _tell_missing(args, context, made)
    return 0


def _currency(args: Namespace, context: Context, docket: Docket) -> str:
    from store.docket.claims import currencies

    wanted = context.currency(docket.client, args.currency)
    billed = currencies(docket)
    alone = len(billed) == 1 and not args.currency
    return billed[0] if alone else wanted


def _written(args: Namespace, context: Context, made: Statement) -> list[str]:
    from store.records.single import file_named, write_paged

    output = Path(args.output).expanduser().absolute()
    path = file_named(output, f"{made.name}.md")
    client, markdown = made.figures.docket.client, made.markdown
    written = write_paged(context.workspace, client, path, markdown, page=args.html)
    return [str(file) for file in written]


def _tell_missing(args: Namespace, context: Context, made: Statement) -> None:
    """Say what the statement lacks that only the user can give, and what it leaves to another."""
    figures, config = made.figures, context.workspace.config
    client = figures.docket.client
    for line in unnamed_lines(context.workspace, client, figures.options.prepared_by):
        tell(line)
    if not config.payment_details:
        tell('It does not say how to pay you: set payment_details = "..." in config.toml.')
    if not figures.docket.late_terms.rates.listed and figures.docket.overdue:
        tell(
            f"It claims no interest, as no rate is on record: see `docket rate --help` ({client})."
        )
    for currency in figures.elsewhere:
        tell(f"There is more in {currency}: docket statement {client} --currency {currency}")


VERBS = {
    "statement": Verb(
        _arguments,
        _run,
        """\
docket statement acme
docket statement acme -o . --html --since 2026-10-01 --until yesterday""",
        notes="It is made from what may be shown: nothing internal, no settlement talk, no score.\n"
        "Interest and fixed sums come from `docket rate`, costs from `docket log CLIENT cost`\n"
        "with --amount. One currency each; nothing is written over.",
    )
}
