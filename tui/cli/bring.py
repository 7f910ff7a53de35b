"""`docket import` and `docket schema`: entries from elsewhere, one JSON object a line."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from store.errors import DocketError
from tui.cli.output import one_line, say, say_json, tell
from tui.cli.parsing import Parser, Verb, add_json

if TYPE_CHECKING:
    from store.intake.bring import Brought
    from store.intake.lines import ReadLine
    from tui.cli.context import Context


def _import_arguments(parser: Parser) -> None:
    parser.add_argument("files", metavar="FILE...", nargs="+", help="JSON Lines; `-` is stdin")
    parser.add_argument("--strict", action="store_true", help="all lines or none")
    parser.add_argument(
        "--new-clients", action="store_true", help="begin a docket for every client not known yet"
    )
    add_json(parser)


def _import(args: Namespace, context: Context) -> int:
    from store.intake.lines import read_lines

    for file in args.files:  # a wrong name is told before the first entry is logged
        with _opened(file):
            pass
    results: list[tuple[str, Brought]] = []
    dropped: set[str] = set()
    for file in args.files:
        with _opened(file) as stream:
            lines = _noting(read_lines(stream), dropped)
            results.append((file, _bring(args, context, lines)))
        if results[-1][1].failure:
            break
    _report(args, results, dropped)
    failure = next((came.failure for _, came in results if came.failure), None)
    logged = sum(came.logged for _, came in results)
    bad = sum(len(came.bad) for _, came in results)
    if failure:
        remedy = f"{logged} lines were imported before that; import only the rest, later"
        raise DocketError(failure.what, failure.why, remedy)
    if bad:
        lines_are = "1 line is" if bad == 1 else f"{bad} lines are"
        raise DocketError(
            f"{lines_are} not imported" if not args.strict else f"Nothing of {args.files[-1]}",
            "see the reasons above",
            "Correct them and import only those again",
        )
    return 0


def _bring(args: Namespace, context: Context, lines: Iterable[ReadLine]) -> Brought:
    from store.intake.bring import bring, rehearse

    if args.strict:
        lines = list(lines)
        trial = rehearse(context.workspace, lines, new_clients=args.new_clients)
        if trial.bad or trial.failure:
            trial.logged, trial.new_clients, trial.notices = 0, [], []
            return trial
    return bring(context.workspace, lines, new_clients=args.new_clients)


@contextmanager
def _opened(file: str) -> Iterator[BinaryIO]:
    if file == "-":
        yield sys.stdin.buffer
        return
    try:
        stream = Path(file).expanduser().open("rb")
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
        for number, problem in came.bad:
            tell(one_line(f"{file}:{number}: {problem}"))
        for notice in came.notices:
            tell(notice)
    if dropped:
        tell(f"Passed over, as only the journal says it: {', '.join(sorted(dropped))}.")
    if args.json:
        say_json([_json(file, came) for file, came in results])
        return
    for file, came in results:
        begun = f", began {', '.join(came.new_clients)}" if came.new_clients else ""
        entries = "1 entry" if came.logged == 1 else f"{came.logged} entries"
        say(f"{file}: {entries} imported{begun}")


def _json(file: str, came: Brought) -> dict[str, object]:
    return {
        "file": file,
        "imported": came.logged,
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
echo '{"client": "acme", "kind": "thanks", "occurred_at": "2026-11-20", "statement": "Nice"}' |
    docket import -""",
        notes="A line needs client (an id), kind, occurred_at and statement (`docket schema`).\n"
        "Bad lines are named with their reasons and the others imported, unless --strict.\n"
        "Importing a file twice logs everything twice: entries are never compared.",
    ),
    "schema": Verb(_schema_arguments, _schema, "docket schema > line.schema.json"),
}
