"""`docket time`: where the time went, by week: what went on, and who was waited for."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from store.docket.weeks import weeks
from store.errors import UsageError
from store.files import typed_path
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import (
    Parser,
    Verb,
    add_client,
    add_json,
    add_language,
    add_print,
    paper_of,
)
from tui.words.weeks import cost_lines, week_json, week_lines

if TYPE_CHECKING:
    from store.records.html import Paper
    from tui.cli.context import Context


def _arguments(parser: Parser) -> None:
    add_client(parser)
    output = parser.add_mutually_exclusive_group()
    output.add_argument(
        "-o", "--output", metavar="FILE", help="write it as a paper to hand over, in Markdown"
    )
    add_json(output)
    add_print(parser, "print it as a PDF beside it, with a browser that is here")
    add_language(parser)


def _run(args: Namespace, context: Context) -> int:
    if args.language and not args.output:
        raise UsageError("Only the paper is in a language", "", "Give -o FILE, or a folder")
    workspace, working = context.workspace, context.settings.checked().working
    client = context.client(args.client)
    docket = workspace.docket(client, context.today)
    paper = paper_of(args)
    if args.output:
        return _write(args, client, context, paper)
    if paper:
        raise UsageError("Where to write the paper", "", "Give -o FILE, or a folder")
    found = weeks(docket, working)
    if args.json:
        say_json([week_json(one) for one in found])
        return 0
    say(*week_lines(found), *cost_lines(docket, workspace.config, found))
    tell(f"To hand it over: docket time {client} -o FILE")
    return 0


def _write(args: Namespace, client: str, context: Context, on: Paper | None) -> int:
    from store.languages import parse_language
    from store.records.elapsed import elapsed_paper
    from store.records.single import write_paged
    from store.records.texts import language_hint

    workspace, now = context.workspace, context.clock()
    docket = workspace.docket(client, context.today)
    code = parse_language(args.language) if args.language else docket.profile.language or ""
    paper = elapsed_paper(docket, workspace.config.working, workspace.author, now, code)
    path = typed_path(args.output).absolute()
    if path.is_dir():
        path /= f"{now.date()}_{client}_time.md"
    (file,) = write_paged(workspace, client, path, paper.markdown, page=False)
    say(str(file))
    if on:
        from store.records.printed import print_beside

        printed = print_beside(workspace, client, file, on)
        say(*map(str, printed.files + printed.by_hand))
        tell(*([] if printed.files else printed.lines))
    tell(*filter(None, [language_hint(code, "elapsed")]))
    return 0


VERBS = {
    "time": Verb(
        _arguments,
        _run,
        """\
docket time acme
docket time acme -o . --language hu --pdf""",
        notes="A day waits for them while an answer with a day is overdue, or an approval or\n"
        "access is missing whose end is on record; for you while a promise of yours is late.\n"
        "A day that is both is yours. Of the others, those on which you had stopped the work are\n"
        "told apart. Your working days: working_days, holidays in config.toml.",
    )
}
