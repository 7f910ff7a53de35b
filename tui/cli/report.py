"""`docket report`: the final report to the client, and the reasons that the docket bears out."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import UsageError
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import Parser, Verb, add_client, add_json
from tui.cli.report_words import BEGINS, add_words, read_words
from tui.words import one_line
from tui.words.record import noticed_words

if TYPE_CHECKING:
    from store.records.report.reasons import Reason
    from tui.cli.context import Context


def _arguments(parser: Parser) -> None:
    add_client(parser)
    parser.add_argument("-o", "--output", metavar="FILE", help="the file to write, or its folder")
    parser.add_argument(
        "--reasons", action="store_true", help="print reasons that your entries bear out; no file"
    )
    add_words(parser)
    parser.add_argument("--prepared-by", metavar="NAME", help="default: the configured author")
    parser.add_argument(
        "--html", action="store_true", help="write it also as one page to print, beside it"
    )
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    client = context.client(args.client)
    if args.reasons:
        return _reasons(args, context, client)
    if not args.output:
        raise UsageError("Where to write the report", "", "Give -o FILE, or a folder")
    from store.records import Request

    request = Request("report", words=read_words(args, context), html=args.html)
    made = request.preview(context.workspace, client)
    output = Path(args.output).expanduser().absolute()
    files = request.save(context.workspace, client, made, output).names
    hints = [*noticed_words(made.noticed), *made.hints]
    if args.json:
        sections = [section.title for section in made.document.sections]
        say_json({"client": client, "files": files, "sections": sections, "hints": hints})
    else:
        say("\n".join(files))
    for hint in hints:
        tell(one_line(hint))
    return 0


def _reasons(args: Namespace, context: Context, client: str) -> int:
    from store.records.report.reasons import reasons

    found = reasons(context.workspace.docket(client))
    if args.json:
        say_json([{**asdict(reason), "entries": list(reason.entries)} for reason in found])
        return 0
    if not found:
        tell(
            f"No reason is borne out by two entries of {client} that may be shown; --direction "
            "needs none."
        )
        return 0
    say(f"{BEGINS} ...")
    for number, reason in enumerate(found, 1):
        for text in _reason_lines(number, reason):
            say(text)
    tell("Take one only if it is true; put it in your own words if you like.")
    return 0


def _reason_lines(number: int, reason: Reason) -> list[str]:
    from store.text import plural
    from tui.text import line_width, wrap

    count = plural(reason.count, "entry", "entries")
    best = f" The best {len(reason.entries)}:" if reason.count > len(reason.entries) else ""
    borne = f"{count}.{best} {reason.exhibits} with a file, {reason.written} in writing."
    named = ",".join(map(str, reason.entries))
    first, *more = wrap(f"{number}. {reason.sentence}", line_width())
    return [
        first,
        *wrap(" ".join([*more, f"({borne})"]), line_width(), "   "),
        f'   --because "{reason.sentence}" --entries {named}',
    ]


VERBS = {
    "report": Verb(
        _arguments,
        _run,
        """\
docket report acme --reasons
docket report acme -o . --thanks "Your shop is about to open in Bergen" --direction --ends +30d""",
        notes="It holds no incident, score or threat: only deliveries, handovers, open requests,\n"
        "promises of yours, the balance, and your own words. Nothing is written over.",
    )
}
