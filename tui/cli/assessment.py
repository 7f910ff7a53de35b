"""An assessment in lines of text, for `docket decide`: answer, reasons, outlook, history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from store.dates import day_words
from store.text import plural
from tui.cli.output import say
from tui.text import line_width, wrap

if TYPE_CHECKING:
    from store.decision import Assessment
    from store.decision.model import Question
    from store.docket import Docket
    from store.private.model import Private
    from tui.cli.context import Context

_PASSED = {True: "yes", False: "no", None: "unknown"}
_SHOWN = 8


def print_lines(lines: Iterable[str]) -> None:
    """Print lines as wide as the terminal; what is wrapped keeps its indent."""
    wide = line_width()
    for line in lines:
        bare = line.lstrip(" ")
        for row in wrap(bare, wide, " " * (len(line) - len(bare))):
            say(row)


def assessment_lines(docket: Docket, found: Assessment) -> list[str]:
    """Return everything that is said of one client, the answer first."""
    title = f"{docket.name} ({docket.client}), as of {day_words(found.as_of)}"
    return [title, "", *_answer(found), *_reasons(found), *_outlook(found)]


def explanation(docket: Docket, private: Private, context: Context) -> list[str]:
    """Return the arithmetic behind it, line by line."""
    from store.decision.explain import explain

    return explain(docket, private, context.workspace.config)


def history_lines(docket: Docket, private: Private, context: Context) -> Iterator[str]:
    """Yield one line for each week of half a year, oldest first."""
    from store.decision.trend import trend

    yield from (f"{docket.name} ({docket.client}), week by week, as the log reads now", "")
    for point in trend(docket, private, context.workspace.config):
        score = "    -" if point.score is None else f"{point.score:5.1f}"
        drawn = "" if point.score is None else "#" * round(point.score / 4)
        yield f"  {point.day.isoformat()}  {score}  {point.verdict:<14}  {drawn}".rstrip()


def looking_back(docket: Docket, private: Private, context: Context) -> dict[str, Any]:
    """Return the weeks of half a year as JSON values, under `history`."""
    from store.decision.trend import trend

    points = trend(docket, private, context.workspace.config)
    return {"history": [{**p._asdict(), "day": p.day.isoformat()} for p in points]}


def _answer(found: Assessment) -> Iterator[str]:
    yield found.headline
    sure = "  (provisional: too little is known)" if found.provisional else ""
    yield f"Verdict: {found.verdict}{sure}"
    if found.score is not None:
        yield (
            f"Score: {found.score:.1f} of 100, between {found.low:.1f} and "
            f"{found.high:.1f}; {found.coverage:.0%} is known"
        )
    yield _money(found)
    yield f"More than the work? {found.literal}"
    for test in found.tests:
        yield f"  {_PASSED[test.passed]}: {test.label}" + (f" ({test.detail})" * bool(test.detail))
    if found.client_to_work_ratio is not None:
        yield f"  client-to-work ratio {found.client_to_work_ratio:.2f}"


def _money(found: Assessment) -> str:
    money = found.money
    said = f"Money: {money.title[:1].lower()}{money.title[1:]}"
    if money.since is not None:
        said += f", owing for {plural(money.since, 'day')}"
    if money.stopped is not None:
        said += f", work stopped {plural(money.stopped, 'day')} ago"
    if money.worked_on:
        said += f", {money.worked_on:g} h of work done since"
    return said + _evidence(money.evidence, found.client)


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
        scored = "  (no part of the score)" if question.key == "pay" else ""
        yield from (
            "",
            f"{question.title}  {_burden(question.burden)}{scored}",
            *_factors(question),
        )


def _factors(question: Question) -> Iterator[str]:
    for factor in question.factors:
        detail = f": {factor.detail}" if factor.detail else ""
        yield f"  {_burden(factor.burden)}  {factor.label}{detail}{_evidence(factor.evidence)}"


def _outlook(found: Assessment) -> Iterator[str]:
    if found.would_change:
        yield from ("", "What would change it")
    for change in found.would_change:
        yield f"  {change.text} (score {change.score:.1f})"
    robust = found.robustness
    if found.score is not None and not found.provisional:
        yield ""
        yield (
            f"The verdict holds under {robust.holds:.0%} of other weights"
            f"{' (fragile)' if robust.fragile else ''}; "
            f"with equal weights the score is {robust.equal_weights:.1f}"
        )
    yield from _sides(found)
    if found.missing:
        yield from ("", f"What would tell more ({found.coverage:.0%} is known)")
    for one in found.missing:
        yield f"  {one.text}: {one.coverage:.0%} then"
    yield from ("", "Ways out", f"  {found.ways_out.solve}")
    yield f"  {found.ways_out.end}"


def _sides(found: Assessment) -> Iterator[str]:
    """Yield what was left unsaid, what is mine, and what to try (SEEDS rows 46, 55 to 60)."""
    yield from ("", "Your side")
    if found.unsaid is not None:
        yield (
            f"  Nothing said since the first trouble {plural(found.unsaid.days, 'day')} ago; "
            f"{plural(found.unsaid.count, 'incident')} unanswered{_evidence(found.unsaid.evidence)}"
        )
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
    if not numbers:
        return ""
    shown = " ".join(f"{client}#{number}" for number in numbers[:_SHOWN])
    more = f" and {len(numbers) - _SHOWN} more" if len(numbers) > _SHOWN else ""
    return f" [{shown}{more}]"
