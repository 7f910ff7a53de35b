"""`docket decide`: the assessment in words, the gut answer before it, the decision after it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, get_args

from store.errors import UsageError
from store.private import Decision, Gut, GutAnswer
from store.text import clean
from tui.cli.cells import line_width, wrap
from tui.cli.moments import day_words
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import Parser, Verb, add_client, add_json

if TYPE_CHECKING:
    from store.decision import Assessment
    from store.decision.model import Question
    from tui.cli.context import Context

_ANSWERS = get_args(Gut)
_MORE = {"yes": "yes", "no": "no", "cannot-tell": "cannot tell yet"}
_PASSED = {True: "yes", False: "no", None: "unknown"}


def _arguments(parser: Parser) -> None:
    add_client(parser)
    parser.add_argument("--as-of", metavar="D", help="as it stood on that day; default today")
    parser.add_argument("--gut", choices=_ANSWERS, help="keep what your gut says, then assess")
    parser.add_argument("--choose", choices=_ANSWERS, help="keep what you decide")
    parser.add_argument("--why", default="", metavar="TEXT", help="why you decide so")
    parser.add_argument("--review", metavar="D", help="when to look at the decision again: +30d")
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    from store.decision import assess, assessment_json

    client = context.client(args.client)
    if (args.why or args.review) and not args.choose:
        raise UsageError("Nothing was decided", "--why and --review belong to --choose", "Add it")
    day = context.past_day(args.as_of) or context.today
    if day > context.today:
        raise UsageError(f"{day_words(day)} has not come yet", "", "Give a day up to today")
    review = context.day(args.review)
    workspace = context.workspace
    if args.gut:
        answer = GutAnswer(at=context.clock(), answer=args.gut)
        workspace.private.add_gut(client, answer)
    docket = workspace.docket(client, day)
    assessment = assess(docket, workspace.private.of(client), workspace.config)
    if args.choose:
        decision = Decision(
            at=context.clock(),
            choice=args.choose,
            why=clean(args.why),
            review=review,
            verdict=assessment.verdict,
            score=assessment.score,
            entries=len(docket.entries),
        )
        with context.keeping(client, args.why):
            workspace.private.add_decision(client, decision)
    if args.json:
        say_json(assessment_json(assessment))
    else:
        _print(f"{docket.name} ({client}), as of {day_words(assessment.as_of)}", assessment)
    if args.gut:
        same = "as the log does" if args.gut == assessment.verdict else "the log does not"
        tell(f"Your gut said {args.gut}; {same}. Kept, private.")
    if args.choose:
        tell(f"Your decision is kept, private: {args.choose}.")
    return 0


def _print(title: str, assessment: Assessment) -> None:
    wide = line_width()
    for line in (title, "", *_answer(assessment), *_reasons(assessment), *_outlook(assessment)):
        bare = line.lstrip(" ")
        for row in wrap(bare, wide, " " * (len(line) - len(bare))):
            say(row)


def _answer(assessment: Assessment) -> Iterator[str]:
    yield assessment.headline
    sure = "  (provisional: too little is known)" if assessment.provisional else ""
    yield f"Verdict: {assessment.verdict}{sure}"
    if assessment.score is not None:
        yield (
            f"Score: {assessment.score:.1f} of 100, between {assessment.low:.1f} and "
            f"{assessment.high:.1f}; {assessment.coverage:.0%} is known"
        )
    yield f"More than the work: {_MORE[assessment.more_than_the_work]}"
    for test in assessment.tests:
        yield f"  {_PASSED[test.passed]}: {test.label}" + (f" ({test.detail})" * bool(test.detail))
    if assessment.client_to_work_ratio is not None:
        yield f"  client-to-work ratio {assessment.client_to_work_ratio:.2f}"
    yield f"Kind: {assessment.kind} ({' to '.join(map(str, assessment.kind_points))} points)"


def _reasons(assessment: Assessment) -> Iterator[str]:
    for question in assessment.questions:
        yield ""
        yield f"{question.title}  {_burden(question.burden)}"
        yield from _factors(question)
    if assessment.rules:
        yield ""
        yield "Rules that spoke"
    for rule in assessment.rules:
        yield (
            f"  {rule.id} {rule.title}: {rule.reason} (at least {rule.verdict})"
            f"{_evidence(rule.evidence, assessment.client)}"
        )


def _factors(question: Question) -> Iterator[str]:
    for factor in question.factors:
        detail = f": {factor.detail}" if factor.detail else ""
        yield f"  {_burden(factor.burden)}  {factor.label}{detail}{_evidence(factor.evidence)}"


def _outlook(assessment: Assessment) -> Iterator[str]:
    if assessment.would_change:
        yield from ("", "What would change it")
    for change in assessment.would_change:
        yield f"  {change.text} (score {change.score:.1f})"
    robust = assessment.robustness
    yield ""
    yield (
        f"With other weights the verdict holds {robust.holds:.0%} of the time"
        f"{' (fragile)' if robust.fragile else ''}; "
        f"with equal weights the score is {robust.equal_weights:.1f}"
    )
    if assessment.missing:
        yield from ("", "What would tell more")
    for one in assessment.missing:
        yield f"  {one.text} ({one.coverage:.0%} would be known then)"
    yield from ("", "Ways out", f"  {assessment.ways_out.solve}")
    yield f"  {assessment.ways_out.end}"


def _burden(burden: float | None) -> str:
    return "   ?" if burden is None else f"{burden:4.2f}"


def _evidence(numbers: Sequence[int], client: str = "") -> str:
    if not numbers:
        return ""
    shown = " ".join(f"{client}#{number}" for number in numbers[:8])
    more = f" and {len(numbers) - 8} more" if len(numbers) > 8 else ""
    return f" [{shown}{more}]"


VERBS = {
    "decide": Verb(
        _arguments,
        _run,
        """\
docket decide acme --gut unsure
docket decide acme --choose set-boundaries --why "One more month" --review +30d
docket decide acme --json""",
        notes="Gut answers, assessments and decisions are private: no record has them.",
    )
}
