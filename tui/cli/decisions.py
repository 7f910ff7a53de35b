"""`docket decisions`: your past decisions against what followed them, and whether they were right.

All of it is private: it is read from the private file and from dockets, and goes to no record.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, get_args

from store.errors import UsageError
from store.money import Money
from store.private.model import Right
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import CLIENT, Parser, Verb, add_client, add_json
from tui.text import line_width, wrap
from tui.words import one_line
from tui.words.decisions import RIGHT, decision_heading, due_first, judged_words, past_lines

if TYPE_CHECKING:
    from store.decision.history import Followed
    from tui.cli.context import Context

_INDENT = "    "
_ANSWERS = "|".join(get_args(Right))


def _arguments(parser: Parser) -> None:
    add_client(parser, f"{CLIENT}; all clients without it", needed=False)
    parser.add_argument(
        "--right",
        nargs=2,
        metavar=("N", _ANSWERS),
        help="keep whether decision N was right, as you see it now",
    )
    parser.add_argument(
        "--why", default="", metavar="TEXT", help="why it was, or was not; `-` reads stdin"
    )
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    client = context.client(args.client) if args.client else ""
    if args.why and not args.right:
        raise UsageError("Nothing was judged", "--why belongs to --right", "Add it")
    if args.right:
        return _judge(args, context, client)
    found = _found(context, client)
    if args.json:
        say_json([_json(one) for one in found])
        return 0
    if not found and not context.workspace.skipped:
        tell("No decision is kept yet. `docket decide CLIENT --choose` keeps one.")
    wide = line_width()
    for position, one in enumerate(found):
        answers = f"docket decisions {one.client} --right {one.number} {_ANSWERS}"
        lines = map(one_line, past_lines(one, context.today, answers))
        rows = wrap(decision_heading(one, one.client), wide)
        rows += [row for line in lines for row in wrap(line, wide, _INDENT)]
        say("\n".join(["", *rows] if position else rows))
    return 0


def _judge(args: Namespace, context: Context, client: str) -> int:
    number, right = args.right
    if not client:
        raise UsageError(
            "Whose decision was right", "no client is named", "Name one before --right"
        )
    if not number.isdecimal() or len(number) > 9 or right not in RIGHT:
        raise UsageError(
            f"'{one_line(f'{number} {right}')[:40]}' is no answer", "", "Write it like 2 yes"
        )
    args.why = context.option(args.why)
    with context.keeping(client, args.why):
        judged = context.workspace.private.judge(
            client, int(number), right, args.why, context.clock()
        )
    if args.json:
        say_json({"client": client, "number": int(number), **judged.model_dump(mode="json")})
    else:
        say(judged_words(client, int(number), judged))
    return 0


def _found(context: Context, client: str) -> list[Followed]:
    """Return the decisions about a client, or all, in the order to read them."""
    from store.decision.history import followed

    workspace = context.workspace
    found: list[Followed] = []
    read = workspace.docket if client else workspace.readable
    for named in [client] if client else workspace.client_ids():
        private = workspace.private.of(named)
        if private.decisions and (docket := read(named)):
            found += followed(docket, private, workspace.config)
    return due_first(found)


def _json(one: Followed) -> dict[str, Any]:
    after = one.after
    return {
        "client": one.client,
        "number": one.number,
        **one.decision.model_dump(mode="json"),
        "agreed": one.agreed,
        "due": one.due,
        "ask_whether_right": one.ask,
        "after": {
            "since": after.since.isoformat(),
            "until": after.until.isoformat(),
            "days": after.days,
            "incidents": list(after.incidents),
            "hours_lost": str(after.hours_lost),
            "payments": list(after.payments),
            "paid": _money_json(after.paid),
            "unpaid": list(after.unpaid),
            "became_overdue": _money_json(after.became_overdue),
            "late_answers": list(after.late_answers),
            "steps": [{"number": step.seq, "kind": step.kind} for step in after.steps],
            "verdict": after.verdict,
            "score": after.score,
        },
    }


def _money_json(sums: Sequence[Money]) -> list[dict[str, str]]:
    return [{"amount": str(one.rounded()), "currency": one.currency} for one in sums]


VERBS = {
    "decisions": Verb(
        _arguments,
        _run,
        """\
docket decisions
docket decisions acme --right 1 yes --why "The talk worked"
docket decisions acme --json""",
        notes="What is due to be looked at again comes first, then the newest. All of it is\n"
        "private: no record has it.",
    )
}
