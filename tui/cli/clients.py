"""`docket clients`: every client with verdict, money overdue, open asks, last touch."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from store.index.summary import Summary
from store.money import Money
from store.overview.standing import all_standing
from store.text import plural
from store.text.cells import cell_width
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import Parser, Verb, add_flag, add_json
from tui.cli.progress import CountedProgress
from tui.text import fit, line_width, table

if TYPE_CHECKING:
    from tui.cli.context import Context

_HEAD = ("id", "name", "verdict", "overdue", "asks", "last")
_NAME = 12
"""Cells that are left for a name before an id is cut: any part of an id will do to type."""


def _arguments(parser: Parser) -> None:
    add_flag(parser, "--ids", "print the ids only, at once")
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    workspace = context.workspace
    if args.ids:
        say(*workspace.client_ids())
        return 0
    with CountedProgress("Assessing clients") as progress:
        standing = all_standing(workspace, context.today, progress.reach, several=True)
    if args.json:
        say_json([_json(client, summary) for client, summary in standing.items()])
        return 0
    if not standing:
        if workspace.skipped:
            return 0
        tell("No clients yet. Begin with `docket new NAME`.")
        return 0
    rows = [_row(client, summary, context.today) for client, summary in standing.items()]
    say(*_lines(rows))
    tell(*_calling(standing))
    return 0


def _lines(rows: list[tuple[str, ...]]) -> list[str]:
    """Return the table: as wide as the terminal, or whole where something else reads it."""
    if not sys.stdout.isatty():
        return table(_HEAD, rows, shrink=1, cells=sys.maxsize)
    cells = line_width()
    columns = list(zip(_HEAD, *rows, strict=True))
    others = sum(2 + max(map(cell_width, column)) for column in columns[2:])
    room = max(_NAME, cells - others - 2 - _NAME)
    fitted = [(fit(row[0], min(room, cell_width(row[0]))), *row[1:]) for row in rows]
    return table(_HEAD, fitted, shrink=1, cells=cells)


def _calling(standing: dict[str, Summary]) -> Iterator[str]:
    """Yield what calls for an answer: reviews that are due, rules set aside, trouble unsaid."""
    due = [client for client, one in standing.items() if one.review]
    if due:
        yield f"Decisions to look at again: {', '.join(due)}. See `docket decisions`."
    aside = [
        f"{client} ({' '.join(one.excepted)})" for client, one in standing.items() if one.excepted
    ]
    if aside:
        yield f"Set aside for now: {', '.join(aside)}. See `docket decide`."
    for answered, said in ((False, "since the first trouble"), (True, "about what came since")):
        silent = [
            f"{client} ({plural(one.unsaid, 'day')})"
            for client, one in standing.items()
            if one.unsaid and one.verdict != "keep" and not one.ended and one.answered == answered
        ]
        if silent:
            yield f"Nothing said yet {said}: {', '.join(silent)}."


def _row(client: str, summary: Summary, today: date) -> tuple[str, ...]:
    touched = date.fromisoformat(summary.last_touch) if summary.last_touch else None
    year = "" if touched is None or touched.year == today.year else f" {touched.year}"
    overdue = [str(Money(Decimal(amount), currency)) for amount, currency in summary.overdue]
    return (
        client,
        summary.name,
        summary.verdict + "?" * summary.provisional + "*" * bool(summary.excepted),
        " + ".join(overdue) or "-",
        str(summary.open_requests or "-"),
        f"{touched:%-d %b}{year}" if touched else "-",
    )


def _json(client: str, summary: Summary) -> dict[str, Any]:
    return {
        "client": client,
        "name": summary.name,
        "verdict": summary.verdict,
        "provisional": summary.provisional,
        "score": summary.score,
        "coverage": summary.coverage,
        "overdue": [{"amount": amount, "currency": code} for amount, code in summary.overdue],
        "open_requests": summary.open_requests,
        "last_touch": summary.last_touch,
        "money": summary.rung,
        "ended": summary.ended,
        "unsaid_days": summary.unsaid,
        "review_due": summary.review,
        "excepted": list(summary.excepted),
    }


VERBS = {
    "clients": Verb(
        _arguments,
        _run,
        "docket clients",
        notes="A question mark after the verdict: too little is known for it to stand.\n"
        "An asterisk: a rule is set aside in writing for now.",
    )
}
