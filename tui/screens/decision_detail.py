"""What stands below the first page of a decision: questions, gaps, my side, earlier choices."""

from __future__ import annotations

from datetime import date

from store.dates import day_in_full
from store.decision import VERDICT, Assessment, Factor, Question
from store.decision.history import review_due
from store.private.model import Private
from store.text import plural
from tui.safe_text import fit
from tui.screens.parts import bar
from tui.screens.rows import BLANK, Row, bullet, labelled, paragraph, title
from tui.words.decisions import walk_away_words

_LIMITS = (
    "Half-lives, cut points and weights are chosen, not fitted: the score mirrors your own log. "
    "It is about a working relation and rates no person. "
    "It and your answers are private: no record, statement or report holds them."
)


def detail_rows(found: Assessment, kept: Private, width: int) -> list[Row]:
    """Return the lines below the answer, each at most `width` cells."""
    parts = (
        _questions(found, width),
        _missing(found, width),
        _sides(found, width),
        _sureness(found, width),
        _before(kept, found.as_of, width),
        paragraph(_LIMITS, width, style="dim"),
    )
    lines: list[Row] = []
    for part in parts:
        lines += [*part, BLANK] if part else []
    return lines[:-1]


def _questions(found: Assessment, width: int) -> list[Row]:
    rows = [title("Four questions, 0 fine to 100 worst")]
    for question in found.questions:
        rows.append(_question(question, width))
        rows += [_factor(factor, width) for factor in question.factors]
    return rows


def _columns(width: int) -> tuple[int, int]:
    """Return the cells of a factor's label and of its bar."""
    if width >= 100:
        return 26, 20
    return (24, 10) if width >= 74 else (20, 6)


def _question(question: Question, width: int) -> Row:
    room, cells = _columns(width)
    number = "  ?" if question.burden is None else f"{question.burden * 100:3.0f}"
    line = (f"{fit(question.title, 3 + room + cells)} {number}", "bold")
    behind = tuple(sorted({seq for factor in question.factors for seq in factor.evidence}))
    counts = " It is no part of the score." if question.key == "pay" else ""
    about = f"{question.title} Half the worst of these, half their average.{counts}"
    return Row.of(line, opens=True, about=about, evidence=behind)


def _factor(factor: Factor, width: int) -> Row:
    room, cells = _columns(width)
    drawn = fit("unknown", cells + 4)
    if factor.burden is not None:
        drawn = f"{bar(factor.burden, cells)} {factor.burden * 100:3.0f}"
    start = f"  {fit(factor.label, room)} {drawn}  "
    rest = (fit(factor.detail, width - room - cells - 9), "dim")
    about = f"{factor.label}: {factor.detail}."
    return Row.of(start, rest, opens=True, about=about, evidence=factor.evidence)


def _missing(found: Assessment, width: int) -> list[Row]:
    if not found.missing:
        return []
    rows = [title(f"What would tell more: {found.coverage:.0%} is known")]
    for one in found.missing:
        rows += bullet(f"{one.text}: {one.coverage:.0%} then", width)
    return rows


def _sides(found: Assessment, width: int) -> list[Row]:
    """What was left unsaid, what of it is mine, and what to try (SEEDS rows 46, 56, 60)."""
    rows = [title("Your side")]
    if found.unsaid is not None:
        said = f"nothing said since the first trouble, {plural(found.unsaid.days, 'day')} ago"
        said += f"; {plural(found.unsaid.count, 'incident')} unanswered"
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


def _sureness(found: Assessment, width: int) -> list[Row]:
    if found.score is None or found.provisional:
        return []
    shaky = "fragile, " if found.robustness.fragile else ""
    said = (
        f"{shaky}{found.robustness.holds:.0%} of other weights give the same verdict; "
        f"with equal weights the score is {found.robustness.equal_weights:.1f}"
    )
    return [title("How sure this is"), *labelled("weights", said, width)]


def _before(kept: Private, today: date, width: int) -> list[Row]:
    """Return earlier decisions, and when walking away was first said (SEEDS rows 52 and 62)."""
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
