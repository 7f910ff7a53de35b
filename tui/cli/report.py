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
from tui.words.record import unnamed_lines

if TYPE_CHECKING:
    from store.records.report.material import Parting
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
    from store.records.report.blame import refuse_blame, second_looks
    from store.records.report.document import write
    from store.records.report.material import gather
    from store.records.single import file_named, write_paged

    words = read_words(args, context)
    docket, now = context.workspace.docket(client), context.clock()
    refuse_blame(words, filter(None, (docket.name, docket.profile.contract_name)))
    parting = gather(docket, words, now)
    document = write(parting)
    output = Path(args.output).expanduser().absolute()
    path = file_named(output, f"{now:%Y-%m-%d}_{client}_final-report.md")
    hints = [*_hints(parting), *second_looks(parting)]
    hints[:0] = unnamed_lines(context.workspace, client, words.prepared_by)
    written = write_paged(context.workspace, client, path, document.markdown, page=args.html)
    files = [str(file) for file in written]
    if args.json:
        sections = [section.title for section in document.sections]
        say_json({"client": client, "files": files, "sections": sections, "hints": hints})
    else:
        say("\n".join(files))
    for hint in hints:
        tell(one_line(hint))
    return 0


def _hints(parting: Parting) -> list[str]:
    """Return what would make the report more complete, in the order of its sections."""
    client, words = parting.docket.client, parting.words
    told = {one.seq for one in words.commitments}
    hints = (
        [] if words.thanks else ["Say one true thing about where they are going: --thanks TEXT."]
    )
    hints += [
        f"{client}#{one.seq} is not wholly handed over: {'; '.join(missing)}."
        for one in parting.handovers
        if (missing := one.missing(parting.today))
    ]
    hints += [
        f"{client}#{promise.seq} is a promise of yours that is not kept yet; do it, or say what "
        f"becomes of it: --commitment '{promise.seq} TEXT'."
        for promise in parting.unkept
        if promise.seq not in told
    ]
    if parting.docket.ledger.open():
        hints.append(f"Attach the statement of account: docket statement {client} -o FILE")
    if not (words.because or words.direction):
        hints.append(
            f"It gives no reason: docket report {client} --reasons offers some, or say --direction."
        )
    return hints if words.ends else [*hints, "It names no last day: --ends D."]


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
