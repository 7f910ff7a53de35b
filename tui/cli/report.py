"""`docket report`: the final report to the client, and the reasons that the docket bears out."""

from __future__ import annotations

import re
from argparse import Namespace
from dataclasses import asdict
from datetime import date
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
from tui.words import one_line
from tui.words.record import noticed_words

if TYPE_CHECKING:
    from store.records.report.material import Commitment, ReportWords, Watch
    from store.records.report.reasons import Reason
    from tui.cli.context import Context

_ENTRY = re.compile(r"(?:[^\s#]*#)?(\d{1,9})")


def _arguments(parser: Parser) -> None:
    add_client(parser)
    parser.add_argument("-o", "--output", metavar="FILE", help="the file to write, or its folder")
    add_flag(parser, "--reasons", "print reasons that your entries bear out; no file")
    _add_words(parser)
    parser.add_argument("--prepared-by", metavar="NAME", help="default: the configured author")
    add_language(parser)
    add_flag(parser, "--html", "write it also as one page to print, beside it")
    add_print(parser, "print it as a PDF beside it, with a browser that is here")
    add_json(parser)


def _add_words(parser: Parser) -> None:
    """Add the options, in the order of the report's sections."""
    line = parser.add_argument
    line("--thanks", default="", metavar="TEXT", help="one true thing about where they are going")
    line("--goal", default="", metavar="TEXT", help="what we set out to do; default the scope")
    _many(parser, "--result", "something that came of the work and can be shown")
    _many(parser, "--in-progress", "work that is under way")
    _many(parser, "--not-started", "work that is not begun, and why")
    _many(
        parser,
        "--commitment",
        "what becomes of promise N of yours: 'N handed on to Jo'",
        "'N TEXT'",
    )
    _many(parser, "--todo", "something the client has to do now")
    _many(parser, "--watch", "a day to watch: '2027-01-05 domain renewal'", "'D TEXT'")
    line("--because", default="", metavar="TEXT", help="the reason: 'I am not able to ... because'")
    line("--entries", default="", metavar="N,N", help="the entries that the reason rests on")
    line("--direction", action="store_true", help="the reason: my work moves in another direction")
    _many(parser, "--tip", "a tip for the way ahead")
    _many(parser, "--next", "who could serve them next", "WHO", "next_one")
    line("--ends", metavar="D", help="the last day")
    line("--reach", default="", metavar="TEXT", help="how to reach you until then")


def _many(parser: Parser, option: str, what: str, metavar: str = "TEXT", dest: str = "") -> None:
    name = dest or option.strip("-").replace("-", "_")
    parser.add_argument(
        option, action="append", default=[], dest=name, metavar=metavar, help=f"{what}; repeatable"
    )


def _run(args: Namespace, context: Context) -> int:
    client = context.client(args.client)
    if args.reasons:
        return _reasons(args, context, client)
    if not args.output:
        raise UsageError("Where to write the report", "", "Give -o FILE, or a folder")
    from store.records import RecordRequest

    request = RecordRequest(
        "report",
        words=_read_words(args, context),
        html=args.html,
        language=_language(args),
        paper=paper_of(args),
    )
    made = request.preview(context.workspace, client)
    output = typed_path(args.output).absolute()
    done = request.save(context.workspace, client, made, output)
    files = done.names
    hints = [*done.to_print, *noticed_words(made.noticed), *made.hints]
    if args.json:
        sections = [section.title for section in made.document.sections]
        say_json({"client": client, "files": files, "sections": sections, "hints": hints})
    else:
        say("\n".join(files))
    for hint in hints:
        tell(one_line(hint))
    return 0


def _language(args: Namespace) -> str:
    from store.languages import parse_language

    return parse_language(args.language) if args.language else ""


def _reasons(args: Namespace, context: Context, client: str) -> int:
    from store.records.report.reasons import reason_begins, reasons
    from store.records.texts import Texts

    docket = context.workspace.docket(client)
    texts = Texts(_language(args) or docket.profile.language or "", "report")
    found = reasons(docket, texts)
    if args.json:
        say_json([{**asdict(reason), "entries": list(reason.entries)} for reason in found])
        return 0
    if not found:
        tell(
            f"No reason is borne out by two entries of {client} that may be shown; --direction "
            "needs none."
        )
        return 0
    say(f"{reason_begins(texts)} ...")
    for number, reason in enumerate(found, 1):
        say(*_reason_lines(number, reason))
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


def _read_words(args: Namespace, context: Context) -> ReportWords:
    """Return the words that were typed, or raise UsageError."""
    from store.records.report.material import ReportWords

    return ReportWords(
        prepared_by=args.prepared_by or context.workspace.author,
        thanks=args.thanks,
        goal=args.goal,
        results=tuple(args.result),
        in_progress=tuple(args.in_progress),
        not_started=tuple(args.not_started),
        commitments=tuple(map(_commitment, args.commitment)),
        todo=tuple(args.todo),
        watch=tuple(_watch(typed, context.today) for typed in args.watch),
        because=args.because,
        entries=_entries(args.entries),
        direction=args.direction,
        tips=tuple(args.tip),
        next_one=tuple(args.next_one),
        ends=context.day(args.ends),
        reach=args.reach,
    )


def _entries(typed: str) -> tuple[int, ...]:
    """Return the numbers in `12,15`, `#12 #15` or `acme#12, acme#15`."""
    found = []
    for word in typed.replace(",", " ").split():
        match = _ENTRY.fullmatch(word)
        if match is None:
            raise UsageError(f"'{word[:24]}' names no entry", "", "Write --entries 12,15")
        found.append(int(match[1]))
    return tuple(found)


def _commitment(typed: str) -> Commitment:
    from store.records.report.material import Commitment

    first, _, what = typed.strip().partition(" ")
    match = _ENTRY.fullmatch(first.rstrip(":"))
    if match is None or not what.strip():
        raise UsageError(
            f"'{typed[:40]}' says nothing of a promise",
            "",
            "Write its number and what becomes of it: --commitment '12 handed on to Jo'",
        )
    return Commitment(int(match[1]), what)


def _watch(typed: str, today: date) -> Watch:
    """Return the day that begins `typed`, of one to three words, and what is to be watched."""
    from store.dates import parse_day
    from store.records.report.material import Watch

    words = typed.split()
    for count in (3, 2, 1):
        if len(words) > count:
            try:
                day = parse_day(" ".join(words[:count]).rstrip(":"), today)
            except UsageError:
                continue
            return Watch(day, " ".join(words[count:]))
    raise UsageError(
        f"'{typed[:40]}' begins with no day", "", "Write --watch '2027-01-05 domain renewal'"
    )


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
