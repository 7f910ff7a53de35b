"""The decision in lines: the answer first, then all it rests on, earlier choices, and the trend.

Pure functions from an assessment to the rows of the screen; the first page fits 80x24.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import chain

from store.dates import day_in_full
from store.decision import VERDICT, VERDICTS, Assessment, Factor, Question, Rule, Verdict
from store.decision.due import review_due
from store.decision.trend import Point, turns
from store.private.gut import Gut
from store.private.model import Private
from store.text import plural
from tui.glyphs import glyphs
from tui.plots import columns, gauge, span, spark
from tui.safe_text import safe_fit, safe_wrap
from tui.screens.decision_page import behind_all, headline_words, stands_for
from tui.screens.rows import BLANK, LABEL_CELLS, Row, bullet, label_mark, labelled, paragraph, title
from tui.tokens import VERDICT_LOOKS
from tui.widgets.lines import Cells
from tui.words.decisions import walk_away_words
from tui.words.verdict import near_words, strongest, to_do, unsaid_words, watch_lines

_RANKED = (
    "25 for each step of the verdict, and what the rules counted, up to 24. "
    "`docket decide --explain` prints the sums."
)
_FEW = 3
_LIMITS = (
    "Its lines are chosen, not fitted: the verdict mirrors your own log. "
    "It is about a working relation and rates no person. "
    "It and your answers are private: no record, statement or report holds them."
)
_LETTERS = {"keep": "k", "set-boundaries": "b", "stop-work": "s", "walk-away": "w"}
_STEPS = (100, 75, 50, 25)  # the upper end of each row of the chart: one a verdict
_AXIS = 6
_RULE = 66
"""Cells that a rule has at most, so that what it says stands beside it."""


def decision_rows(
    found: Assessment, gut: Gut | None, kept: Private, width: int, points: Sequence[Point] = ()
) -> list[Row]:
    """Return everything an answer rests on, what matters first, each line at most `width` cells."""
    rows = [*_answer(found, width, points), *_standing(found, gut, width, points)]
    rows += _rules(found, width)
    rows += [title(f"To do: {to_do(found.verdict)}"), *ways_out_rows(found, width)]
    rows += _changes(found, width)
    return [*rows, *detail_rows(found, kept, width)]


def ways_out_rows(found: Assessment, width: int) -> list[Row]:
    """Return both ways out: solve the client's problem, or end it (advice 54)."""
    return [*bullet(found.ways_out.solve, width), *bullet(found.ways_out.end, width)]


def against_gut(verdict: Verdict, gut: Gut | None) -> str:
    """Return how the log compares with what the gut said (advice 51)."""
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


def _answer(found: Assessment, width: int, points: Sequence[Point]) -> list[Row]:
    said = VERDICT[found.verdict].said
    told = stands_for(found, points)
    note = f"  standing {told}" if told.startswith("for") else ""
    note = "  provisional: too little is known" if found.provisional else note
    behind = behind_all([rule.evidence for rule in found.rules])
    about = f"{said}: the entries behind the rules that spoke."
    shown = (said.upper(), f"bold {VERDICT_LOOKS[found.verdict]}")
    rows = [Row.of(shown, note, opens=bool(behind), about=about, evidence=behind)]
    return rows + paragraph(headline_words(found), width, style="bold")


def _standing(found: Assessment, gut: Gut | None, width: int, points: Sequence[Point]) -> list[Row]:
    """The literal answer, how sure, the money, the gut and the trend, a line or two each."""
    rows = _opening(labelled("client", found.literal, width), _tests(found), _hours(found))
    rows.append(_rank(found, width))
    for line in watch_lines(found):
        rows += labelled("watch", line, width)
    rows += labelled("sure", found.sure.words, width)
    rows += _opening(labelled("money", found.money.words, width), _about_money(found), ())
    rows[-1] = Row(rows[-1].cells, rows[-1].opens, rows[-1].about, found.money.evidence)
    rows += labelled("gut", against_gut(found.verdict, gut), width)
    if len(points) > 1:
        drawn = spark(_ranks(points), len(points), 100)
        scores = [point.score for point in points if point.score is not None]
        most = f"  {max(scores, default=0):.1f} at the most in {plural(len(points) - 1, 'week')}"
        about = "How the rank moved, a mark for each week."
        line = safe_fit(most, width - LABEL_CELLS - len(drawn)) if scores else ""
        rows.append(
            Row.of(label_mark("trend"), drawn, line, opens=True, about=about, leads="trend")
        )
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


def _rank(found: Assessment, width: int) -> Row:
    known = f"{found.coverage:.0%} known"
    if found.score is None:
        return Row.of(label_mark("rank"), f"none yet, {known}")
    most = f"{found.high:.1f} at the most, " if found.high > found.low else ""
    ends = f"  {most}{known}"
    number = f"{found.score:.1f} "
    cells = max(10, min(50, width - LABEL_CELLS - len(number) - len(ends)))
    drawn = span(found.low / 100, found.high / 100, cells)
    behind = behind_all([factor.evidence for factor in found.factors])
    about = f"Rank {found.score:.1f} of 100, {found.high:.1f} by what is not known. "
    pieces: Cells = [label_mark("rank"), (number, "bold"), *drawn, (ends, "")]
    return Row.of(*pieces, opens=True, about=about + _RANKED, evidence=behind)


def _about_money(found: Assessment) -> str:
    return f"Money: {found.money.words}. {found.money.reason}".strip()


def _rules(found: Assessment, width: int) -> list[Row]:
    if not found.rules:
        signs = chain.from_iterable(bullet(one, width) for one in strongest(found))
        return [title("Rules that spoke: none"), *signs]
    ranked = sorted(found.rules, key=lambda one: -VERDICTS.index(one.says))
    return [title("Rules that spoke"), *(_rule(rule, width) for rule in ranked)]


def _rule(rule: Rule, width: int) -> Row:
    says = rule.verdict != "keep"
    effect = f"  {VERDICT[rule.verdict].words}" if says else "  to know"
    look = VERDICT_LOOKS[rule.verdict] if says else "dim"
    about = f"{rule.id}: {rule.title}. {rule.reason}"
    if rule.excepted is not None:
        effect = f"  set aside, {rule.left}"
        about += f" Your exception to it {rule.left}."
    room = min(_RULE, width - 7 - len(effect))
    pieces = (
        "  ",
        (safe_fit(rule.id, 3), "bold"),
        "  ",
        safe_fit(rule.title, room),
        (effect, look),
    )
    return Row.of(*pieces, opens=True, about=about, evidence=rule.evidence, rule=rule.id)


def _changes(found: Assessment, width: int) -> list[Row]:
    rows = [title("What would change it")]
    # The last line says what it takes together, so it stays.
    changes = found.would_change
    if len(changes) > _FEW:
        changes = (*changes[: _FEW - 1], changes[-1])
    for change in changes:
        rows += bullet(f"{change.text} (rank {change.score:.1f})", width)
    if not found.would_change:
        rows += paragraph("Nothing that can be named.", width, indent=2)
    return rows


def detail_rows(found: Assessment, kept: Private, width: int) -> list[Row]:
    """Return the lines below the answer, each at most `width` cells."""
    parts = (
        _questions(found, width),
        _missing(found, width),
        _sides(found, width),
        _near(found, width),
        _before(kept, found.as_of, width),
        [title("What it is not"), *paragraph(_LIMITS, width, style="dim")],
    )
    return [row for part in parts for row in part]


def _questions(found: Assessment, width: int) -> list[Row]:
    rows = [title("Four questions, 0 fine to 100 worst")]
    for question in found.questions:
        rows.append(_question(question, width))
        rows += chain.from_iterable(_factor(factor, width) for factor in question.factors)
    return rows


def _columns(width: int) -> tuple[int, int]:
    """Return the cells of a factor's label and of its bar."""
    if width >= 100:
        return 26, 20
    return (24, 10) if width >= 74 else (20, 6)


def _question(question: Question, width: int) -> Row:
    room, cells = _columns(width)
    number = "  ?" if question.burden is None else f"{question.burden * 100:3.0f}"
    line = (f"{safe_fit(question.title, 3 + room + cells)} {number}", "bold")
    behind = tuple(sorted({seq for factor in question.factors for seq in factor.evidence}))
    about = f"{question.title} As heavy as the heaviest of these; it only shows where to look."
    return Row.of(line, opens=True, about=about, evidence=behind)


def _factor(factor: Factor, width: int) -> list[Row]:
    room, cells = _columns(width)
    drawn: Cells = [(safe_fit("unknown", cells + 4), "unknown")]
    if factor.burden is not None:
        drawn = [*gauge(factor.burden, cells), (f" {factor.burden * 100:3.0f}", "")]
    start = f"  {safe_fit(factor.label, room)} "
    before = room + cells + 9
    detail, *more = safe_wrap(factor.detail, width - before)
    about = f"{factor.label}: {factor.detail}."
    first = Row.of(
        start, *drawn, (f"  {detail}", "dim"), opens=True, about=about, evidence=factor.evidence
    )
    return [first, *(Row.of(" " * before, (line, "dim")) for line in more)]


def _missing(found: Assessment, width: int) -> list[Row]:
    if not found.missing:
        return []
    rows = [title(f"What would tell more: {found.coverage:.0%} is known")]
    for one in found.missing:
        rows += bullet(f"{one.text}: {one.coverage:.0%} then", width)
    return rows


def _sides(found: Assessment, width: int) -> list[Row]:
    """What was left unsaid, what of it is mine, and what to try."""
    rows = [title("Your side")]
    if found.unsaid is not None:
        said = unsaid_words(found.unsaid)
        about = f"Unsaid: {said}."
        first, *rest = labelled("unsaid", said, width)
        rows += [Row(first.cells, True, about, found.unsaid.evidence), *rest]
    mine = found.my_share
    said = f"{mine.mine} of {plural(mine.total, 'incident')} partly yours"
    said += f", {plural(mine.late, 'promise')} of yours late" if mine.late else ""
    first, *rest = labelled("share", said, width)
    rows += [Row(first.cells, True, f"Your share: {said}.", mine.evidence), *rest]
    problem, troubled = found.kind_points
    points = plural(problem, "point")
    kind = f"{found.kind}, {points} for a problem client, {troubled} for a client with problems"
    rows += labelled("kind", kind, width)
    if found.profile.leading:
        rows += labelled("sort", f"mostly {found.profile.leading}", width)
    return rows + labelled("next", found.repair, width)


def _near(found: Assessment, width: int) -> list[Row]:
    """Return the other verdict that is one fact away, and the fact."""
    if found.near is None:
        return []
    said = near_words(found)
    first, *rest = labelled("near", said, width)
    return [title("What would settle it"), Row(first.cells, True, said, found.near.evidence), *rest]


def _before(kept: Private, today: date, width: int) -> list[Row]:
    """Return earlier decisions, and when walking away was first said (advice 52 and 62)."""
    rows: list[Row] = []
    due = review_due(kept, today)
    for number, decision in enumerate(reversed(kept.decisions[-3:])):
        review = f"; review {day_in_full(decision.review)}" if decision.review else ""
        late = " (due)" if due and number == 0 else ""  # only the last one can be
        why = f": {decision.why}" if decision.why else ""
        choice = VERDICT[decision.choice].words
        said = f"{day_in_full(decision.at.date())}, {choice}{why}{review}{late}"
        rows += bullet(said, width)
    if said := walk_away_words(kept, today):
        rows += paragraph(said, width, indent=2)
    return [title("What you chose before"), *rows] if rows else []


def _ranks(points: Sequence[Point]) -> list[int | None]:
    return [None if one.score is None else round(one.score) for one in points]


def chart_rows(points: Sequence[Point], width: int) -> list[Row]:
    """Return the ranks week by week as a chart, the verdicts under it, and when they turned."""
    wide = 2 if width >= _AXIS + 2 * len(points) else 1
    shown = points[-max(1, (width - _AXIS) // wide) :]
    drawn = columns([one.score for one in shown], len(_STEPS))
    rows = []
    for top, line in zip(_STEPS, drawn, strict=True):
        marks = "".join(mark * wide for mark in line)
        rows.append(Row.of((f"{top:4} {glyphs().down}", "dim"), marks))
    verdicts = "".join(_LETTERS.get(one.verdict, "·").ljust(wide) for one in shown)
    rows.append(Row.of(("     └", "dim"), (verdicts, "bold")))
    first, last = day_in_full(shown[0].day), day_in_full(shown[-1].day)
    rows.append(Row.of(" " * _AXIS, f"{first} to {last}"))
    lines = "Keep is under 25, boundaries from 25, stop from 50, leave from 75."
    rows += paragraph(lines, width, style="dim")
    for point in reversed(turns(points)):
        score = "" if point.score is None else f", rank {point.score:.1f}"
        rows.append(Row.of(f"{day_in_full(point.day)}: {VERDICT[point.verdict].words}{score}"))
    note = "As the log reads now: what was logged late counts from the day it occurred."
    return [*rows, Row(), *paragraph(note, width, style="dim")]
