"""`docket portfolio`: all clients, gravest first, with their share of income and the runway."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from store.dates import day_words
from store.errors import UsageError
from store.text.cells import cell_width
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import Parser, Verb, add_json
from tui.text import line_width, table, wrap

if TYPE_CHECKING:
    from store.docket import Docket
    from store.overview.portfolio import Client, Portfolio
    from tui.cli.context import Context

_HEAD = ("name", "verdict", "share", "runway", "money", "income", "overdue", "id")
"""The first columns matter most: the last go first where it is narrow."""
_NAME = 18
_FORMER = "Ex-clients"
_ENDED = {"runway": "ended"}


def _arguments(parser: Parser) -> None:
    parser.add_argument("--as-of", metavar="D", help="as it stood on that day; default today")
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    from store.overview.words import notes

    day = context.past_day(args.as_of) or context.today
    if day > context.today:
        raise UsageError(f"{day_words(day)} has not come yet", "", "Give a day up to today")
    found = _found(context, day)
    if args.json:
        say_json(_json(found))
        return 0
    if not found.clients:
        if not context.workspace.skipped:
            tell("No clients yet. Begin with `docket new NAME`.")
        return 0
    say(*_lines(found))
    tell(*notes(found))
    return 0


def _found(context: Context, day: date) -> Portfolio:
    """Return the portfolio, assessed afresh: the summaries that are kept hold no money."""
    from store.decision import assess
    from store.overview.portfolio import Abreast, Assessed, side_by_side
    from store.overview.standing import of_each

    workspace = context.workspace
    of, config = workspace.private.of, workspace.config

    def abreast(docket: Docket) -> Abreast:
        private = of(docket.client)
        return Abreast.of(Assessed(docket, assess(docket, private, config), private), day)

    found = of_each(workspace, day, workspace.client_ids(), abreast, several=True)
    return side_by_side((one for _, one in sorted(found) if one), config, day)


def _lines(found: Portfolio) -> Iterator[str]:
    from store.overview.words import referrals, reviews, saved, warnings

    yield from _tables(found)
    if found.income:
        yield ""
        paid = " + ".join(map(str, found.income))
        yield from wrap(f"Came in since {day_words(found.since)}: {paid}", line_width())
    if told := saved(found):
        yield from wrap(told, line_width())
    for heading, said in (
        ("Warnings", warnings(found)),
        ("Decisions to look at again", reviews(found)),
        ("Who sent whom", referrals(found)),
    ):
        if said:
            yield from ("", heading)
        for text in said:
            yield from wrap(text, line_width(), "  ")


def _tables(found: Portfolio) -> Iterator[str]:
    """Yield the current clients, then the others under their own heading."""
    if found.current:
        yield from _table(_HEAD, found.current)
    if found.former:
        yield from ("", _FORMER) if found.current else (_FORMER,)
        yield from _table([_ENDED.get(title, title) for title in _HEAD], found.former)


def _table(head: Sequence[str], of: Sequence[Client]) -> list[str]:
    """Return as many columns as leave the name room enough."""
    wide, rows = line_width(), [_row(one) for one in of]
    widths = [max(map(cell_width, column)) for column in zip(head, *rows, strict=True)]
    widths[0] = max(8, min(widths[0], _NAME, wide // 4))
    columns = sum(sum(widths[: n + 1]) + 2 * n <= wide for n in range(len(head)))
    return table(head[:columns], [row[:columns] for row in rows], shrink=0, cells=wide)


def _row(one: Client) -> tuple[str, ...]:
    from store.overview.words import runway, shares

    return (
        one.name,
        one.verdict + "?" * one.provisional + "*" * bool(one.excepted),
        " + ".join(shares(one)) or "-",
        day_words(one.ended) if one.ended else runway(one) or "-",
        one.money,
        " + ".join(str(part.money) for part in one.income) or "-",
        " + ".join(map(str, one.overdue)) or "-",
        one.id,
    )


def _json(found: Portfolio) -> dict[str, Any]:
    from store.overview.portfolio import SPAN
    from tui.words.entry import money_json

    return {
        "as_of": found.day.isoformat(),
        "since": found.since.isoformat(),
        "days": SPAN,
        "income": [money_json(money) for money in found.income],
        "overdue": [money_json(money) for money in found.overdue],
        "runway_currency": found.currency,
        "missing": list(found.lacks),
        "repairs": found.repairs._asdict(),
        "clients": [_client_json(one) for one in found.clients],
    }


def _client_json(one: Client) -> dict[str, Any]:
    from tui.words.entry import money_json

    months = float(one.runway) if isinstance(one.runway, Decimal) else None
    return {
        "client": one.id,
        "name": one.name,
        "verdict": one.verdict,
        "provisional": one.provisional,
        "score": one.score,
        "excepted": list(one.excepted),
        "money": one.money,
        "income": [{**money_json(money), "share": round(share, 4)} for money, share in one.income],
        "overdue": [money_json(money) for money in one.overdue],
        "runway_months": months,
        "covered": None if one.runway is None else months is None,
        "ended": one.ended.isoformat() if one.ended else None,
        "review_due": one.review.isoformat() if one.review else None,
        "referred_by": one.referred_by or None,
        "wary": one.wary,
        "sent": list(one.sent),
    }


VERBS = {
    "portfolio": Verb(
        _arguments,
        _run,
        """\
docket portfolio
docket portfolio --as-of 2026-11-01 --json""",
        notes="""\
The gravest come first; an asterisk: a rule is set aside for now. Share is of what came in over
182 days. Runway is how many months your savings last without the client, at what the other current
clients paid on average; "covered" means that they pay your costs. All of it is private: no record
has it.""",
    )
}
