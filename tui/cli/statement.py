"""`docket statement`: what a client owes in one currency, and why, for their bookkeeper."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from store.errors import UsageError
from store.files import typed_path
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import (
    Parser,
    Verb,
    add_client,
    add_flag,
    add_json,
    add_language,
    add_print,
    paper_of,
)
from tui.words.record import noticed_words

if TYPE_CHECKING:
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
    add_language(parser)
    add_flag(parser, "--html", "write it also as one page to print, beside it")
    add_print(parser, "print it as a PDF beside it, with a browser that is here")
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    from store.languages import parse_language
    from store.records import RecordRequest
    from store.records.statement.document import Statement
    from store.records.statement.to_json import statement_json

    if (args.html or args.pdf) and not args.output:
        raise UsageError("Where to write the page", "", "Give -o FILE, or a folder")
    client = context.client(args.client)
    request = RecordRequest(
        "statement",
        since=context.past_day(args.since),
        until=context.past_day(args.until),
        currency=args.currency or "",
        prepared_by=args.prepared_by or "",
        html=args.html,
        language=parse_language(args.language) if args.language else "",
        paper=paper_of(args),
    )
    made = request.preview(context.workspace, client)
    assert isinstance(made.document, Statement)
    files, to_print = [], []
    if args.output:
        output = typed_path(args.output).absolute()
        done = request.save(context.workspace, client, made, output)
        files, to_print = done.names, done.to_print
    if args.json:
        say_json({**statement_json(made.document.figures), "files": files})
    else:
        say("\n".join(files) if files else made.document.markdown.rstrip("\n"))
    tell(*to_print, *noticed_words(made.noticed), *made.hints)
    return 0


VERBS = {
    "statement": Verb(
        _arguments,
        _run,
        """\
docket statement acme
docket statement acme -o . --pdf --since 2026-10-01 --until yesterday""",
        notes="It is made from what may be shown: nothing internal, no settlement talk, no score.\n"
        "Interest and fixed sums come from `docket rate`, costs from `docket log CLIENT cost`\n"
        "with --amount. One currency each; nothing is written over.",
    )
}
