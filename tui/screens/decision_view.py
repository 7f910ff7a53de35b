"""The decision in lines, most important first: answer, score, money, rules, ways on and out.

Pure functions from an assessment to the rows of the screen; the first page fits 80x24.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from store.decision import VERDICT, VERDICTS, Assessment, Rule, Verdict
from store.decision.trend import Point, standing_since
from store.private.model import Gut, Private
from store.text import plural
from tui.safe_text import fit
from tui.screens.decision_detail import detail_rows
from tui.screens.rows import BLANK, LABEL, Row, bullet, labelled, mark, paragraph, title
from tui.screens.trend import sparkline

_COLOURS: dict[Verdict, str] = {
    "keep": "bold green",
    "set-boundaries": "bold yellow",
    "stop-work": "bold red",
    "walk-away": "bold red",
    "not-enough": "bold",
}
_SCORED = (
    "Each question is half its worst factor and half their average; so is the score, over the "
    "three questions that are not about money. The range is what the unknown factors could make "
    "of it. `docket decide --explain` prints the sums."
)
_FEW = 3


def decision_rows(
    found: Assessment,
    gut: Gut | None,
    kept: Private,
    width: int,
    points: Sequence[Point] = (),
) -> list[Row]:
    """Return every line of the answer, the ones that matter first, each at most `width` cells."""
    rows = [*_answer(found, width, points), *_standing(found, gut, width, points)]
    rows += [*_rules(found, width), *_changes(found, width)]
    rows += [title("Two ways out"), *ways_out_rows(found, width), BLANK]
    return [*rows, *detail_rows(found, kept, width)]


def ways_out_rows(found: Assessment, width: int) -> list[Row]:
    """Return both ways out: solve the client's problem, or end it (SEEDS row 54)."""
    return [*bullet(found.ways_out.solve, width), *bullet(found.ways_out.end, width)]


def against_gut(verdict: Verdict, gut: Gut | None) -> str:
    """Return how the log compares with what the gut said (SEEDS row 51)."""
    if gut is None:
        return "you did not say"
    said = VERDICT[gut].words
    if gut not in VERDICTS and verdict in VERDICTS:
        return f"{said}; the log says {VERDICT[verdict].words}"
    if verdict not in VERDICTS:
        return f"{said}; the log cannot tell yet"
    apart = VERDICTS.index(gut) - VERDICTS.index(verdict)
    if apart == 0:
        return f"{said}, and the log agrees"
    if apart > 0:
        return f"{said}: you feel worse than the log. Is something not logged?"
    return f"{said}: the log is worse than you feel. Used to it?"


def ruler(score: float, low: float, high: float, cells: int) -> str:
    """Return 0 to 100 as a line of `cells`: the score as a block, its range as a shade."""
    at, first, last = (round(value / 100 * (cells - 1)) for value in (score, low, high))
    marks = ("█" if n == at else "▒" if first <= n <= last else "─" for n in range(cells))
    return "".join(marks)


def _answer(found: Assessment, width: int, points: Sequence[Point]) -> list[Row]:
    said = VERDICT[found.verdict].said
    since = standing_since(points) if len(points) > 1 else None
    weeks = (found.as_of - since).days // 7 if since else 0
    more = " or more" if since and points and since == points[0].day else ""
    note = f"  standing for {plural(weeks, 'week')}{more}" if weeks else ""
    note = "  provisional: too little is known" if found.provisional else note
    behind = _together(rule.evidence for rule in found.rules)
    about = f"{said}: the entries behind the rules that spoke."
    shown = (said.upper(), _COLOURS[found.verdict])
    rows = [Row.of(shown, note, opens=bool(behind), about=about, evidence=behind)]
    return rows + paragraph(_why(found), width, style="bold")


def _why(found: Assessment) -> str:
    """Return the headline without the verdict it starts with."""
    why = found.headline.removeprefix(VERDICT[found.verdict].said).lstrip(".: ")
    return why[:1].upper() + why[1:]


def _standing(found: Assessment, gut: Gut | None, width: int, points: Sequence[Point]) -> list[Row]:
    """The literal answer, the score, the money, the gut and the trend, a line or two each."""
    rows = _opening(labelled("client", found.literal, width), _tests(found), _hours(found))
    rows.append(_score(found, width))
    rows += _opening(labelled("money", _money(found), width), _about_money(found), ())
    rows[-1] = Row(rows[-1].cells, rows[-1].opens, rows[-1].about, found.money.evidence)
    rows += labelled("gut", against_gut(found.verdict, gut), width)
    if len(points) > 1:
        drawn = sparkline(points)
        scores = [point.score for point in points if point.score is not None]
        most = f"  {max(scores, default=0):.1f} at the most in {plural(len(points) - 1, 'week')}"
        about = "How the score moved, a mark for each week."
        line = fit(most, width - LABEL - len(drawn)) if scores else ""
        rows.append(Row.of(mark("trend"), drawn, line, opens=True, about=about, leads="trend"))
    return [*rows, BLANK]


def _opening(rows: list[Row], about: str, evidence: tuple[int, ...]) -> list[Row]:
    """Let the cursor stop on the first of `rows`."""
    first = Row(rows[0].cells, opens=True, about=about, evidence=evidence)
    return [first, *rows[1:]]


def _tests(found: Assessment) -> str:
    told = {True: "yes", False: "no", None: "not known"}
    lines = (
        f"{told[test.passed]}: {test.label}" + (f" ({test.detail})" if test.detail else "")
        for test in found.tests
    )
    return "\n".join(lines)


def _hours(found: Assessment) -> tuple[int, ...]:
    return next(factor.evidence for factor in found.factors if factor.name == "overhead")


def _score(found: Assessment, width: int) -> Row:
    known = f"{found.coverage:.0%} known"
    if found.score is None:
        return Row.of(mark("score"), f"none yet, {known}")
    ends = f"  {found.low:.1f} to {found.high:.1f}, {known}"
    number = f"{found.score:.1f} "
    cells = max(10, min(50, width - LABEL - len(number) - len(ends)))
    drawn = ruler(found.score, found.low, found.high, cells)
    behind = _together(factor.evidence for factor in found.factors)
    about = f"Score {found.score:.1f} of 100, between {found.low:.1f} and {found.high:.1f}. "
    pieces = (mark("score"), (number, "bold"), drawn, ends)
    return Row.of(*pieces, opens=True, about=about + _SCORED, evidence=behind)


def _money(found: Assessment) -> str:
    money = found.money
    said = money.title[:1].lower() + money.title[1:]
    if money.since is not None:
        said += f"; owing for {plural(money.since, 'day')}"
    if money.stopped is not None:
        said += f"; work stopped {plural(money.stopped, 'day')} ago"
    if money.worked_on:
        said += f"; {money.worked_on:g} h of work done since"
    return said


def _about_money(found: Assessment) -> str:
    return f"Money: {_money(found)}. {found.money.reason}".strip()


def _rules(found: Assessment, width: int) -> list[Row]:
    if not found.rules:
        return [title("Rules that spoke: none")]
    ranked = sorted(found.rules, key=lambda one: -VERDICTS.index(one.says))
    return [title("Rules that spoke"), *(_rule(rule, width) for rule in ranked)]


def _rule(rule: Rule, width: int) -> Row:
    effect = f"  {VERDICT[rule.verdict].words}" if rule.verdict != "keep" else "  to know"
    about = f"{rule.id}: {rule.title}. {rule.reason}"
    if rule.excepted is not None:
        effect = f"  set aside, {rule.left}"
        about += f" Your exception to it {rule.left}."
    room = width - 7 - len(effect)
    pieces = ("  ", (fit(rule.id, 3), "bold"), "  ", fit(rule.title, room), (effect, "bold"))
    return Row.of(*pieces, opens=True, about=about, evidence=rule.evidence, rule=rule.id)


def _changes(found: Assessment, width: int) -> list[Row]:
    rows = [title("What would change it")]
    # The last line says what it takes together, so it stays.
    changes = found.would_change
    if len(changes) > _FEW:
        changes = (*changes[: _FEW - 1], changes[-1])
    for change in changes:
        rows += bullet(f"{change.text} (score {change.score:.1f})", width)
    if not found.would_change:
        rows += paragraph("Nothing that can be named.", width, indent=2)
    return rows


def _together(numbers: Iterable[Sequence[int]]) -> tuple[int, ...]:
    return tuple(sorted(set(chain.from_iterable(numbers))))
