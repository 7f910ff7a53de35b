"""`docket decide`: the assessment in words, the gut answer before it, the decision after it."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from store.dates import day_ahead, day_words
from store.entries.words import entry_named
from store.errors import UsageError
from store.private.gut import Gut
from store.text import clean, few, plural
from tui.cli.output import say, say_json, say_wrapped, tell
from tui.cli.parsing import Parser, Verb, add_client, add_flag, add_json

if TYPE_CHECKING:
    from store.decision import Assessment
    from store.decision.model import Question
    from store.docket import Docket
    from store.private.model import Private
    from tui.cli.context import Context

_ANSWERS = get_args(Gut)
_PASSED = {True: "yes", False: "no", None: "unknown"}
_SHOWN = 8


def _arguments(parser: Parser) -> None:
    add_client(parser)
    parser.add_argument("--as-of", metavar="D", help="as it stood on that day; default today")
    parser.add_argument("--gut", choices=_ANSWERS, help="keep what your gut says, then assess")
    parser.add_argument("--choose", choices=_ANSWERS, help="keep what you decide")
    parser.add_argument("--review", metavar="D", help="when to look at the decision again: +30d")
    parser.add_argument("--except", dest="aside", metavar="RULE", help="set a rule aside, as R1")
    parser.add_argument("--until", metavar="D", help="the last day of that exception: +14d")
    parser.add_argument(
        "--why", default="", metavar="TEXT", help="why you decide or except so; `-` reads stdin"
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="everything it rests on")
    add_flag(parser, "--explain", "the arithmetic, line by line")
    add_flag(parser, "--history", "the weeks of half a year")
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    if not (args.as_of or args.gut or args.choose or args.aside):
        _say_told(args, _kept_or_reckoned(args, context))
        return 0
    from store.decision import assess
    from store.decision.history import check_reset
    from store.private.model import GutAnswer

    client = context.client(args.client)
    private = context.workspace.private
    day, review = _days(args, context)
    args.why = clean(context.option(args.why))
    check_reset(args.choose, args.why, private.of(client), "say how with --why")
    if args.aside:
        _set_aside(args, context, client)
    if args.gut:
        private.add(client, GutAnswer(at=context.clock(), answer=args.gut))
    docket = context.workspace.docket(client, day)
    assessment = assess(docket, private.of(client), context.workspace.config)
    if args.choose:
        _keep(args, context, docket, assessment, review)
    told = _told(args, context, docket, assessment)
    _say_told(args, told | {"reminders": []})
    if args.gut:
        tell(f"Your gut said {args.gut}; the log says {assessment.verdict}. Kept, private.")
    if args.choose:
        tell(f"Your decision is kept, private: {args.choose}.")
    tell(*told["reminders"])
    return 0


def _kept_or_reckoned(args: Namespace, context: Context) -> dict[str, Any]:
    """Return what is told of today: as it was kept, where nothing has changed since."""
    from store.index.repeats import Repeats

    asked = ("verbose", "explain", "history", "json")
    question = "-".join(("decide", *(one for one in asked if getattr(args, one))))
    here = Path(__file__).parent
    repeats = Repeats(context.root, context.today, question, (here, here.parent / "words"))
    client = context.client(args.client)
    _days(args, context)
    seal = repeats.seal(client)
    kept: dict[str, Any] | None = repeats.get(client, seal)
    if kept is not None:
        return kept
    from store.decision import assess

    workspace = context.workspace
    docket = workspace.docket(client, context.today)
    found = assess(docket, workspace.private.of(client), workspace.config)
    told = _told(args, context, docket, found)
    if not workspace.file(client).notices:  # they are of the reading, and said each time
        repeats.put(client, seal, told)
    return told


def _told(
    args: Namespace, context: Context, docket: Docket, assessment: Assessment
) -> dict[str, Any]:
    """Return lines or a value of JSON, and of what one is to be reminded."""
    from store.decision import assessment_json

    private = context.workspace.private.of(docket.client)
    told: dict[str, Any] = {"reminders": []}
    if docket.today == context.today:
        told["reminders"] = list(_reminders(docket, private))
    if args.json:
        extras = _looking_back(docket, private, context) if args.history else {}
        told["json"] = assessment_json(assessment) | extras
    elif args.explain:
        told["lines"] = _explanation(docket, private, context)
    elif args.history:
        told["lines"] = list(_history_lines(docket, private, context))
    else:
        told["lines"] = assessment_lines(docket, assessment, whole=args.verbose)
    return told


def _say_told(args: Namespace, told: Mapping[str, Any]) -> None:
    """Print what is told, as wide as the terminal; a sum is one line, and never wrapped."""
    if args.json:
        say_json(told["json"])
    elif args.explain:
        say(*told["lines"])
    else:
        for line in told["lines"]:
            say_wrapped(line)
    tell(*told["reminders"])


def _days(args: Namespace, context: Context) -> tuple[date, date | None]:
    """Return the day to assess and the review day, or raise UsageError where they do not fit."""
    if args.review and not args.choose:
        raise UsageError("Nothing was decided", "--review belongs to --choose", "Add it")
    if args.why and not (args.choose or args.aside):
        raise UsageError("Nothing was decided", "--why belongs to --choose or --except", "Add it")
    if bool(args.until) != bool(args.aside):
        raise UsageError(
            "An exception is to a rule and has an end", "--except and --until go together", "Add it"
        )
    if args.explain and args.json:
        raise UsageError(
            "The arithmetic is lines of text", "--json has its numbers", "Leave one out"
        )
    day = context.past_day(args.as_of) or context.today
    if day > context.today:
        raise UsageError(f"{day_words(day)} has not come yet", "", "Give a day up to today")
    if (args.choose or args.aside or args.gut) and day != context.today:
        raise UsageError("Nothing was decided", "one decides today", "Leave --as-of out")
    review = day_ahead(args.review or "", context.today)
    return day, review


def _set_aside(args: Namespace, context: Context, client: str) -> None:
    """Log the exception of `--except`, `--until` and `--why`; UsageError where none can be made."""
    from store.decision import assess
    from store.decision.history import exceptable, exception

    rule = args.aside.strip().upper()
    if not re.fullmatch(r"R\d{1,2}", rule):
        raise UsageError(f"'{args.aside[:20]}' is no rule", "", "Write it as R1, R3 or R12")
    workspace = context.workspace
    until = context.day(args.until)
    assert until is not None
    docket = workspace.docket(client)
    found = assess(docket, workspace.private.of(client), workspace.config)
    for held in found.exceptions:
        if held.id == rule:
            raise UsageError(f"{rule} is set aside already", f"your exception {held.left}", "")
    speaking = [one.id for one in exceptable(found)]
    if rule not in speaking:
        listed = f"{', '.join(speaking)} can be set aside" if speaking else "none asks for anything"
        raise UsageError(f"{rule} does not speak about {client}", listed, "See `docket decide`")
    with context.keeping(client, args.why):
        entry = workspace.enter(**exception(client, rule, until, args.why))
    name = entry_named(client, entry.seq)
    tell(f"{name}: an exception to {rule} until {day_words(until)}, internal.")


def _keep(
    args: Namespace,
    context: Context,
    docket: Docket,
    assessment: Assessment,
    review: date | None,
) -> None:
    from store.decision.history import decided

    decision = decided(
        args.choose,
        assessment,
        context.workspace.private.of(docket.client),
        at=context.clock(),
        why=args.why,
        review=review,
        entries=len(docket.entries),
    )
    with context.keeping(docket.client, args.why):
        context.workspace.private.add(docket.client, decision)


def _reminders(docket: Docket, private: Private) -> Iterator[str]:
    """Say what was put off, as a review or leaving (advice 62), and signs at first contact."""
    from store.decision import VERDICT
    from store.decision.due import review_due
    from tui.words.decisions import walk_away_words

    if due := review_due(private, docket.today):
        last = private.decisions[-1]
        yield (
            f"Your decision of {day_words(last.at)} ({VERDICT[last.choice].words}) was to be "
            f"looked at again on {day_words(due)}."
        )
    if docket.ended is None and (said := walk_away_words(private, docket.today)):
        yield said
    from store.playbook.welcome import sign_words

    yield from (f"{one}." for one in sign_words(docket, private))


def assessment_lines(docket: Docket, found: Assessment, *, whole: bool) -> list[str]:
    """Return the answer, the strongest reasons and what to do; `whole`: everything there is."""
    title = f"{docket.name} ({docket.client}), as of {day_words(found.as_of)}"
    if whole:
        return [title, "", *_answer(found), *_reasons(found), *_outlook(docket, found)]
    return [title, *_short(found)]


def _explanation(docket: Docket, private: Private, context: Context) -> list[str]:
    """Return the arithmetic behind it, line by line."""
    from store.decision.explain import explain

    return explain(docket, private, context.workspace.config)


def _history_lines(docket: Docket, private: Private, context: Context) -> Iterator[str]:
    """Yield one line for each week of half a year, oldest first."""
    from store.decision.trend import trend

    yield from (f"{docket.name} ({docket.client}), week by week, as the log reads now", "")
    for point in trend(docket, private, context.workspace.config):
        score = "    -" if point.score is None else f"{point.score:5.1f}"
        drawn = "" if point.score is None else "#" * round(point.score / 4)
        yield f"  {point.day.isoformat()}  {score}  {point.verdict:<14}  {drawn}".rstrip()


def _looking_back(docket: Docket, private: Private, context: Context) -> dict[str, Any]:
    """Return the weeks of half a year as JSON values, under `history`."""
    from store.decision.trend import trend

    points = trend(docket, private, context.workspace.config)
    return {"history": [{**p._asdict(), "day": p.day.isoformat()} for p in points]}


def _short(found: Assessment) -> Iterator[str]:
    """Yield what fits a small screen: under twenty lines, whatever is on record."""
    from tui.words.verdict import near_words, strongest, to_do, watch_lines

    yield found.headline
    yield from watch_lines(found)
    yield from (f"  {one}" for one in strongest(found))
    yield f"Do: {to_do(found.verdict)}."
    yield f"  {found.ways_out.solve}"
    yield f"  {found.ways_out.end}"
    yield found.sure.words
    if found.near is not None:
        yield near_words(found)
    yield f"Everything: docket decide {found.client} -v; the sums: --explain"


def _answer(found: Assessment) -> Iterator[str]:
    from tui.words.verdict import near_words, watch_lines

    yield found.headline
    yield from watch_lines(found)
    sure = "  (provisional: too little is known)" if found.provisional else ""
    yield f"Verdict: {found.verdict}{sure}"
    if found.score is not None:
        yield (
            f"Rank: {found.score:.1f} of 100, {found.high:.1f} at the most by what is not known; "
            f"{found.coverage:.0%} is known"
        )
    yield found.sure.words
    if found.near is not None:
        yield near_words(found)
    money = found.money
    yield f"Money: {money.words}{_evidence(money.evidence, found.client)}"
    yield f"More than the work? {found.literal}"
    for test in found.tests:
        yield f"  {_PASSED[test.passed]}: {test.label}" + (f" ({test.detail})" * bool(test.detail))
    if found.client_to_work_ratio is not None:
        yield f"  client-to-work ratio {found.client_to_work_ratio:.2f}"


def _reasons(found: Assessment) -> Iterator[str]:
    if found.rules:
        yield from ("", "Rules that spoke")
    for rule in found.rules:
        at_least = f"at least {rule.verdict}"
        if rule.excepted is not None:
            at_least = f"set aside; your exception {rule.left}"
        yield (
            f"  {rule.id} {rule.title}: {rule.reason} ({at_least})"
            f"{_evidence(rule.evidence, found.client)}"
        )
    for question in found.questions:
        yield from ("", f"{question.title}  {_burden(question.burden)}", *_factors(question))


def _factors(question: Question) -> Iterator[str]:
    for factor in question.factors:
        detail = f": {factor.detail}" if factor.detail else ""
        yield f"  {_burden(factor.burden)}  {factor.label}{detail}{_evidence(factor.evidence)}"


def _outlook(docket: Docket, found: Assessment) -> Iterator[str]:
    if found.would_change:
        yield from ("", "What would change it")
    for change in found.would_change:
        yield f"  {change.text} (rank {change.score:.1f})"
    yield from _sides(docket, found)
    if found.missing:
        yield from ("", f"What would tell more ({found.coverage:.0%} is known)")
    for one in found.missing:
        yield f"  {one.text}: {one.coverage:.0%} then"
    yield from ("", "Ways out", f"  {found.ways_out.solve}")
    yield f"  {found.ways_out.end}"


def _sides(docket: Docket, found: Assessment) -> Iterator[str]:
    """Yield what was left unsaid, what is mine, and what to try."""
    from store.playbook.welcome import NOT_SET, expected
    from tui.words.verdict import unsaid_words

    yield from ("", "Your side")
    if not expected(docket):
        yield f"  {NOT_SET}"
    if found.unsaid is not None:
        yield f"  {unsaid_words(found.unsaid)}{_evidence(found.unsaid.evidence)}"
    mine = found.my_share
    late = f", {plural(mine.late, 'promise')} of yours late" if mine.late else ""
    yield (
        f"  {mine.mine} of {plural(mine.total, 'incident')} partly yours{late}"
        f"{_evidence(mine.evidence)}"
    )
    problem, troubled = found.kind_points
    yield (
        f"  Kind: {found.kind}, {plural(problem, 'point')} for a problem client, {troubled} for a "
        "client with problems"
    )
    if found.profile.leading:
        yield f"  Sort of trouble: mostly {found.profile.leading}"
    yield f"  {found.repair}"


def _burden(burden: float | None) -> str:
    return "   ?" if burden is None else f"{burden:4.2f}"


def _evidence(numbers: Sequence[int], client: str = "") -> str:
    shown = few([f"{client}#{number}" for number in numbers], _SHOWN)
    return f" [{shown}]" if shown else ""


VERBS = {
    "decide": Verb(
        _arguments,
        _run,
        """\
docket decide acme --gut unsure
docket decide acme --choose set-boundaries --why "One more month" --review +30d
docket decide acme --except R2 --until +14d --why "Half is paid, the rest has a day"
docket decide acme -v
docket decide acme --explain
docket decide acme --json""",
        notes="Gut answers, assessments and decisions are private: no record has them.\n"
        "To set boundaries a third time needs --why. `docket decisions` has what followed.\n"
        "What is typed on the command line stands in your shell's history: --why - does not.",
    )
}
