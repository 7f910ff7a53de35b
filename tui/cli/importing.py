"""`docket import` and `docket schema`: entries from elsewhere, JSON Lines and other files."""

from __future__ import annotations

import shlex
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from store.errors import DocketError, UsageError
from store.files import typed_path
from store.text import plural
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import Parser, Verb, add_flag, add_json, add_many
from tui.words import one_line

if TYPE_CHECKING:
    from store.intake.importing import Brought
    from store.intake.lines import ReadLine
    from tui.cli.context import Context


MOST_TOLD = 20
"""Bad lines of a file that are told one by one."""


def _import_arguments(parser: Parser) -> None:
    parser.add_argument(
        "files", metavar="FILE...", nargs="+", help="what to import; `-` is JSON Lines"
    )
    add_flag(parser, "--strict", "all lines or none")
    add_flag(parser, "--new-clients", "begin a docket for every client not known yet")
    parser.add_argument(
        "--after",
        default="",
        metavar="CLIENT:N,...",
        help="only what follows line N of that client: for the rest of an import cut short",
    )
    parser.add_argument("--client", metavar="CLIENT", help="whose it is, or whose rows to take")
    add_many(parser, "--called", "whom a name in it means; kept", "NAME=CLIENT")
    add_many(parser, "--mine", "who I am in it, beside the author of config.toml", "NAME")
    add_many(parser, "--column", "which column of a table has what; kept", "FIELD=COLUMN")
    days = parser.add_mutually_exclusive_group()
    add_flag(days, "--day-first", "3/4/26 is in April")
    add_flag(days, "--month-first", "3/4/26 is in March")
    add_flag(parser, "--dry-run", "print what would be logged, and log nothing")
    add_flag(parser, "--yes", "log it without asking")
    add_json(parser)


def _import(args: Namespace, context: Context) -> int:
    from store.intake.mbox import holds_mail
    from store.workspace import Workspace
    from tui.cli.foreign import foreign_file, import_foreign

    if args.new_clients and not args.dry_run:  # what people bring is how many begin
        Workspace.create(context.root, clock=context.clock)
    mails = [file for file in args.files if holds_mail(typed_path(file))]
    foreign = {
        file: found
        for file in args.files
        if file not in mails and (found := foreign_file(file, args, context))
    }
    if 0 < len(foreign) + len(mails) < len(args.files):
        raise UsageError("These files are not of one sort", "", "Import them one by one")
    if mails:
        from tui.cli.mailbox import import_mails
    for file in mails:
        import_mails(args, context, file)
    for file, (opened, source) in foreign.items():
        import_foreign(args, context, file, opened, source)
    return 0 if foreign or mails else _import_lines(args, context)


def _import_lines(args: Namespace, context: Context) -> int:
    from store.intake.importing import Brought
    from store.intake.lines import later, read_lines

    after = _after(args.after)
    if after and len(args.files) > 1:
        raise UsageError("--after is about one file", "", "Import the others by themselves")
    for file in args.files:  # a wrong name is told before the first entry is logged
        with _opened(file) as stream:
            if file != "-" and typed_path(file).is_file():
                next(read_lines(stream, file), None)
    results: list[tuple[str, Brought]] = []
    dropped: set[str] = set()
    for file in args.files:
        came = Brought()
        with _opened(file) as stream:
            lines = _noting(later(read_lines(stream, file), after), dropped)
            try:
                results.append((file, _bring(args, context, lines, came)))
            except KeyboardInterrupt:
                if came.logged:
                    tell(_so_far(file, came, after))
                raise
        if results[-1][1].failure:
            break
    _report(args, results, dropped)
    _refuse_rest(args, results, after)
    return 0


def _refuse_rest(
    args: Namespace, results: list[tuple[str, Brought]], after: Mapping[str, int]
) -> None:
    """Raise DocketError where something was not imported, and say how far it came."""
    failure = next((came.failure for _, came in results if came.failure), None)
    logged = sum(came.logged for _, came in results)
    bad = sum(len(came.bad) for _, came in results)
    if failure:
        logged = 0 if args.dry_run else logged
        done = _so_far(*results[-1], after) if logged else "Nothing was imported"
        raise DocketError(failure.what, failure.why, f"{failure.remedy.rstrip('.')}. {done}")
    if bad:
        lines_are = "1 line is" if bad == 1 else f"{bad} lines are"
        raise DocketError(
            f"{lines_are} not imported" if not args.strict else f"Nothing of {args.files[-1]}",
            "see the reasons above",
            "Correct them and import only those again",
        )


def _bring(args: Namespace, context: Context, lines: Iterable[ReadLine], came: Brought) -> Brought:
    from store.intake.importing import bring, bring_all

    if args.strict or args.dry_run:
        return bring_all(
            context.workspace, list(lines), new_clients=args.new_clients, only_try=args.dry_run
        )
    return bring(context.workspace, lines, new_clients=args.new_clients, came=came)


def _so_far(file: str, came: Brought, before: Mapping[str, int]) -> str:
    """Return up to which line each client's are imported, and how to import only the rest."""
    last = {**before, **came.last}
    reached = [f"{client}: up to line {number}" for client, number in sorted(last.items())]
    after = ",".join(f"{client}:{number}" for client, number in sorted(last.items()))
    said = plural(came.logged, "line")
    return (
        f"{said} imported before that ({'; '.join(reached)}). The rest, later: "
        f"`docket import --after {after} {shlex.quote(file)}`"
    )


def _after(typed: str) -> dict[str, int]:
    """Return the number of the last line of each client that is imported already."""
    after: dict[str, int] = {}
    for word in filter(None, typed.split(",")):
        client, _, number = word.strip().rpartition(":")
        if not client or not (number.isascii() and number.isdecimal() and len(number) < 19):
            raise UsageError(f"'{word}' names no line of a client", "", "Write --after acme:1999")
        after[client] = int(number)
    return after


@contextmanager
def _opened(file: str) -> Iterator[BinaryIO]:
    if file == "-":
        yield sys.stdin.buffer
        return
    try:
        stream = typed_path(file).open("rb")
    except OSError as error:
        raise DocketError(
            f"{file} cannot be read", error.strerror or str(error), "Nothing was imported"
        ) from error
    with stream:
        yield stream


def _noting(lines: Iterable[ReadLine], dropped: set[str]) -> Iterator[ReadLine]:
    for line in lines:
        dropped.update(line.dropped)
        yield line


def _report(args: Namespace, results: list[tuple[str, Brought]], dropped: set[str]) -> None:
    for file, came in results:
        for number, problem in came.bad[:MOST_TOLD]:
            tell(one_line(f"{file}:{number}: {problem}"))
        if left := came.bad[MOST_TOLD:]:
            tell(f"{file}: and {len(left):,} more, to line {left[-1][0]:,}; --json lists them all")
        tell(*came.notices)
    if dropped:
        tell(f"Passed over, as only the journal says it: {', '.join(sorted(dropped))}.")
    if args.json:
        say_json([_json(file, came, args.dry_run) for file, came in results])
        return
    done, began = ("to log", "would begin") if args.dry_run else ("imported", "began")
    for file, came in results:
        begun = f", {began} {', '.join(came.new_clients)}" if came.new_clients else ""
        entries = "1 entry" if came.logged == 1 else f"{came.logged} entries"
        say(f"{file}: {entries} {done}{begun}")


def _json(file: str, came: Brought, dry_run: bool) -> dict[str, object]:
    return {
        "file": file,
        "imported": 0 if dry_run else came.logged,
        **({"to_log": came.logged} if dry_run else {}),
        "new_clients": came.new_clients,
        "bad": [{"line": number, "reason": problem} for number, problem in came.bad],
    }


def _schema_arguments(parser: Parser) -> None:
    """Take nothing."""


def _schema(args: Namespace, context: Context) -> int:
    from store.entries.schema import import_schema

    say_json(import_schema())
    return 0


VERBS = {
    "import": Verb(
        _import_arguments,
        _import,
        """\
docket import old-log.jsonl
docket import chat.txt --client acme --mine "Jo Ek" --dry-run
docket import toggl.csv --called "Acme Ltd=acme" --yes
echo '{"client": "acme", "kind": "thanks", "occurred_at": "2026-11-20", "statement": "Nice"}' |
    docket import -""",
        notes="Known by what is in them: chats (WhatsApp, Signal, Telegram), time sheets (Toggl,\n"
        "Harvest, Clockify, timewarrior), statements of a bank and lists of invoices (CSV),\n"
        "journals of hledger and ledger, address books (vCard), calendars (iCalendar). Of these\n"
        "it is shown first what each row would be, and asked before all or none is logged. What\n"
        "is on the docket already is passed over, so the same chat may come again, grown longer.\n"
        "A mail, an mbox, a folder of mails or a .msg: each is sorted to the client whose address\n"
        "is in it, and kept as an exhibit (`docket log CLIENT --eml FILE` says more of one).\n\n"
        "Of JSON Lines: a line needs client (an id), kind, occurred_at and statement\n"
        "(`docket schema`).\n"
        "Bad lines are named with their reasons and the others imported, unless --strict:\n"
        "then it is all lines of a file or none, even if the power goes. Without it, an import\n"
        "cut short says up to which line each client's are in; --after takes only the rest.\n"
        "Importing a file twice logs everything twice: entries are never compared.",
    ),
    "schema": Verb(_schema_arguments, _schema, "docket schema > line.schema.json"),
}
