"""`docket clients`: every client with verdict, score, money overdue, open asks, last touch."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import TYPE_CHECKING, Any

from tui.cli.cells import line_width, table
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import Parser, Verb, add_json
from tui.cli.words import money_json

if TYPE_CHECKING:
    from store.decision import Assessment
    from store.docket import Docket
    from tui.cli.context import Context

_HEAD = ("id", "name", "verdict", "score", "overdue", "asks", "last touch")


def _arguments(parser: Parser) -> None:
    parser.add_argument("--ids", action="store_true", help="print the ids only, at once")
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    workspace = context.workspace
    if args.ids:
        for client in workspace.client_ids():
            say(client)
        return 0
    from store.decision import assess

    standing = [
        (docket, assess(docket, workspace.private.of(docket.client), workspace.config))
        for docket in workspace.dockets()
    ]
    if args.json:
        say_json([_json(docket, assessment) for docket, assessment in standing])
        return 0
    if not standing:
        tell("No clients yet. Begin with `docket new NAME`.")
        return 0
    rows = [_row(docket, assessment, context.today) for docket, assessment in standing]
    for line in table(_HEAD, rows, shrink=1, cells=line_width()):
        say(line)
    return 0


def _row(docket: Docket, assessment: Assessment, today: date) -> tuple[str, ...]:
    touched = docket.last_touch
    year = "" if touched is None or touched.year == today.year else f" {touched.year}"
    score = "-" if assessment.score is None else f"{assessment.score:.0f}"
    overdue = docket.overdue_totals
    return (
        docket.client,
        docket.name,
        assessment.verdict + ("?" if assessment.provisional else ""),
        score,
        " + ".join(map(str, overdue)) or "-",
        str(len(docket.open_requests) or "-"),
        f"{touched:%-d %b}{year}" if touched else "-",
    )


def _json(docket: Docket, assessment: Assessment) -> dict[str, Any]:
    return {
        "client": docket.client,
        "name": docket.name,
        "verdict": assessment.verdict,
        "provisional": assessment.provisional,
        "score": assessment.score,
        "coverage": assessment.coverage,
        "overdue": [money_json(money) for money in docket.overdue_totals],
        "open_requests": len(docket.open_requests),
        "last_touch": docket.last_touch.isoformat() if docket.last_touch else None,
    }


VERBS = {
    "clients": Verb(
        _arguments,
        _run,
        "docket clients",
        notes="A question mark after the verdict: too little is known for it to stand.",
    )
}
