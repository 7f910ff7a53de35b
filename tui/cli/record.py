"""`docket record`: writes the record of a client's docket for whoever has to judge it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from store.dates import day_words
from store.errors import UsageError
from store.files import typed_path
from store.text import plural
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import (
    Parser,
    Verb,
    add_client,
    add_flag,
    add_json,
    add_language,
    add_many,
    add_print,
    paper_of,
)
from tui.cli.sides import ask_sides
from tui.words.record import (
    case_lines,
    noticed_json,
    noticed_lines,
    pack_json,
    pack_lines,
    withheld_lines,
    written_lines,
)

if TYPE_CHECKING:
    from store.records import Preview, RecordRequest, Written, WrittenRecord
    from store.records.review.look_over import Noticed
    from tui.cli.context import Context

_ANY_KEY = ""
_PDF = (
    "print it with its exhibits as one PDF beside the record, with a browser that is here; "
    "for a platform the mails and texts alone"
)


def _arguments(parser: Parser) -> None:
    add_client(parser)
    parser.add_argument(
        "--for",
        dest="purpose",
        required=True,
        choices=("court", "platform", "mediator", "own", "public"),
        help="who it is for; settlement talk goes to a mediator only, to the public dates alone",
    )
    parser.add_argument(
        "-o", "--output", metavar="DIR", help="where to put the record's own folder"
    )
    add_flag(
        parser,
        "--check",
        "only say what is open in the case, and what to look at again; write nothing",
    )
    parser.add_argument("--since", metavar="D", help="leave out what happened before this day")
    parser.add_argument("--until", metavar="D", help="leave out what happened after this day")
    add_many(parser, "--kind", "an extract of this kind alone", "K")
    parser.add_argument(
        "--first", metavar="N,N", help="numbers of entries to list first, in this order"
    )
    _add_withheld(parser)
    parser.add_argument("--remedy", default="", metavar="TEXT", help="what you ask for")
    parser.add_argument(
        "--would-accept", default="", metavar="TEXT", help="what would settle it: for a mediator"
    )
    _add_court(parser)
    _add_platform(parser)
    add_language(parser, "English")
    add_flag(parser, "--html", "a file to print beside it")
    add_print(parser, _PDF)
    parser.add_argument(
        "--sign", nargs="?", const=_ANY_KEY, metavar="KEY", help="sign it with this SSH key"
    )
    parser.add_argument("--prepared-by", metavar="NAME", help="default: the configured author")
    add_json(parser)


def _add_court(parser: Parser) -> None:
    """Add what a court asks for."""
    line = parser.add_argument
    line(
        "--truth", default="", metavar="TEXT", help="the statement of truth, in your court's words"
    )
    line("--court", default="", metavar="TEXT", help="the court; default: a line to be filled in")
    line("--case-number", default="", metavar="N", help="the number of the case; the same")


def _add_platform(parser: Parser) -> None:
    """Add what only a platform's record has a use for."""
    parser.add_argument("--answer-by", metavar="D", help="the last day to answer a platform")
    parser.add_argument(
        "--profile",
        default="",
        choices=("card", "freelance", "payment"),
        help="whose form platform.txt is for: a card issuer's (default), a freelance platform's, "
        "a payment service's",
    )
    add_flag(parser, "--cut", "cut in platform.txt what a field does not take, and say what")


def _add_withheld(parser: Parser) -> None:
    """Add what is withheld, why, and the files that go along all the same."""
    add_many(
        parser,
        "--redact",
        "withhold a text everywhere, an entry ('#12') or a field of it ('#12.quotes')",
        "WHAT",
    )
    add_many(
        parser,
        "--despite",
        "hand over this exhibit although not all of it could be read for what is withheld",
        "FILE",
    )
    parser.add_argument("--because", default="", metavar="R", help="why it is withheld")


def _run(args: Namespace, context: Context) -> int:
    from store.records.texts import language_hint
    from tui.cli.progress import Progress

    client = context.client(args.client)
    request = _request(args, context)
    if args.check:
        return _check(args, request.preview(context.workspace, client), client)
    if args.paper and args.purpose == "platform":
        raise UsageError("--paper goes with --pdf", "a platform takes what it is given", "")
    if not args.output:
        raise UsageError("No folder was named", "", "Write -o DIR, or --check to only look")
    if not (args.json or args.kind):
        ask_sides(context, client, args.purpose)
    with ExitStack() as stack:
        done = request.write(
            context.workspace,
            client,
            typed_path(args.output).absolute(),
            copying=lambda total: stack.enter_context(Progress(total, "Copying", quiet=args.json)),
        )
    if lacking := language_hint(request.language, "record"):
        tell(lacking)
    _say_written(args, context, client, done)
    return 0


def _say_written(args: Namespace, context: Context, client: str, done: Written) -> None:
    """Say what was written, and what to look at again in it."""
    from store.records import before_written, open_in_case

    written = done.record
    assert written
    noticed = before_written(context.workspace, written.material)
    if args.json:
        printed = done.printed
        files = printed.files + printed.by_hand if printed else ()
        told = {"printed": [str(file) for file in files]} if printed else {}
        say_json({**_as_json(client, written, noticed), **told})
        return
    say(str(written.document))
    tell(*written_lines(written, context.today), *done.to_print)
    tell(*noticed_lines(noticed))
    if found := open_in_case(context.workspace, written.material):
        check = f"docket record {client} --for {args.purpose} --check"
        tell(f"{plural(len(found), 'point')} open in the case: `{check}` names them.")


def _check(args: Namespace, made: Preview, client: str) -> int:
    """Print what to look at again before the record is written; nothing is written."""
    if args.json:
        found = noticed_json(made.noticed)
        unread = [one._asdict() for one in made.unsure]
        case = [one.as_json() for one in made.open_points]
        told = {"characters": made.characters, "noticed": found, "unsearched": unread}
        say_json({"client": client, **told, "case": case})
        return 0
    material = made.record.material if made.record else None
    withheld = [*withheld_lines(material), *pack_lines(material)] if material else ()
    say(*withheld, *case_lines(made.open_points), *noticed_lines(made.noticed), *made.hints)
    return 0


def _request(args: Namespace, context: Context) -> RecordRequest:
    from store.languages import parse_language
    from store.records import RecordRequest, Signing

    since = context.past_day(args.since)
    if since and since > context.today:
        raise UsageError(f"--since {day_words(since)} has not come yet", "", "Give an earlier day")
    key = typed_path(args.sign) if args.sign else None
    return RecordRequest(
        args.purpose,
        since=since,
        until=context.past_day(args.until),
        prepared_by=args.prepared_by or "",
        redact=tuple(args.redact),
        because=args.because,
        kinds=tuple(_kind(kind) for kind in args.kind),
        first=_numbers(args.first or ""),
        answer_by=context.day(args.answer_by),
        remedy=args.remedy,
        truth=args.truth,
        html=args.html,
        signing=None if args.sign is None else Signing(key),
        despite=tuple(args.despite),
        language=parse_language(args.language) if args.language else "",
        form=args.profile,
        cut=args.cut,
        would_accept=args.would_accept,
        court=args.court,
        case_number=args.case_number,
        paper=paper_of(args),
    )


def _kind(typed: str) -> str:
    from store.entries import kind_named, not_a_kind

    known = kind_named(typed)
    if known is None:
        raise not_a_kind(typed)
    return known.id


def _numbers(typed: str) -> tuple[int, ...]:
    words = typed.replace("#", "").replace(",", " ").split()
    if not all(word.isascii() and word.isdigit() and len(word) < 10 for word in words):
        raise UsageError(f"'{typed}' is no list of entries", "", "Write --first 14,9,23")
    return tuple(int(word) for word in words)


def _as_json(client: str, written: WrittenRecord, noticed: Sequence[Noticed]) -> dict[str, Any]:
    return {
        "client": client,
        "purpose": written.material.options.purpose,
        "folder": str(written.folder),
        "document": str(written.document),
        "files": [str(file) for file in written.files],
        "characters": written.characters,
        "platform": pack_json(written.material),
        "signed": written.signed or None,
        "unsearched": [one.label for one in written.unsearched],
        "noticed": noticed_json(noticed),
    }


VERBS = {
    "record": Verb(
        _arguments,
        _run,
        """\
docket record acme --for court -o records --sign
docket record acme --for platform -o . --profile payment --cut --answer-by "30 Nov"
docket record acme --for own -o . --redact "#9" --because "not a party"
docket record acme --for own -o . --redact "Kari Holm" --despite photo.png
docket record acme --for own -o . --kind advice-overridden --kind access-withheld""",
        notes="Private things (check-ins, scores, decisions) and internal entries are never in a\n"
        "record; what was left out is counted in it. --for public makes a facts sheet: dates and\n"
        "documents, no words and no sums. What is withheld keeps its digest, so that the record\n"
        "still verifies. Where words are withheld, a file that holds them, or that cannot be read\n"
        "to its last byte (a picture, a locked PDF), is named and the record refused: leave it\n"
        "out with --redact '#12.exhibits', or say --despite once you have looked at it yourself.",
    )
}
