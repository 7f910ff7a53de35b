"""The decision in lines: pure functions from an assessment to the rows of the screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain

from store.decision import SAID, VERDICTS, Assessment, Factor, Question, Verdict
from store.private import Gut, Private
from tui.safe_text import fit
from tui.screens.correct_fields import day_in_full
from tui.screens.lines import BLANK, LABEL, bullet, labelled, mark, paragraph, title
from tui.screens.parts import bar
from tui.screens.rows import Row

CHOICES: tuple[tuple[Gut, str], ...] = (
    ("keep", "keep"),
    ("set-boundaries", "set boundaries"),
    ("stop-work", "stop work"),
    ("walk-away", "walk away"),
)
WORDS: dict[str, str] = {**dict(CHOICES), "unsure": "unsure", "not-enough": "not enough on record"}
_COLOURS: dict[Verdict, str] = {
    "keep": "bold green",
    "set-boundaries": "bold yellow",
    "stop-work": "bold red",
    "walk-away": "bold red",
    "not-enough": "bold",
}
_LIMITS = (
    "Half-lives, cut points and weights are chosen, not fitted: the score mirrors your own log. "
    "It is about a working relation and rates no person. "
    "It and your answers are private: no record, statement or report holds them."
)
_SCORED = (
    "Each question is half its worst factor and half their average; so is the score, "
    "over the four questions. The range is what the unknown factors could make of it."
)


def decision_rows(found: Assessment, gut: Gut | None, kept: Private, width: int) -> list[Row]:
    """Return every line of the answer, the ones that matter first, each at most `width` cells."""
    parts = (
        _answer(found, gut, width),
        _rules(found, width),
        _questions(found, width),
        _changes(found, width),
        [title("Two ways out"), *ways_out_rows(found, width)],
        _sureness(found, width),
        _before(kept, found.as_of, width),
        paragraph(_LIMITS, width, style="dim"),
    )
    lines: list[Row] = []
    for part in parts:
        lines += [*part, BLANK] if part else []
    return lines[:-1]


def ways_out_rows(found: Assessment, width: int) -> list[Row]:
    """Return both ways out: solve the client's problem, or end it (SEEDS row 54)."""
    return [*bullet(found.ways_out.solve, width), *bullet(found.ways_out.end, width)]


def against_gut(verdict: Verdict, gut: Gut | None) -> str:
    """Return how the log compares with what the gut said (SEEDS row 51)."""
    if gut is None:
        return "you did not say"
    said = WORDS[gut]
    if gut not in VERDICTS or verdict not in VERDICTS:
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


def _answer(found: Assessment, gut: Gut | None, width: int) -> list[Row]:
    said = SAID[found.verdict]
    note = "  provisional: too little is known" if found.provisional else ""
    behind = _together(rule.evidence for rule in found.rules)
    about = f"{said}: the entries behind the rules that spoke."
    shown = (said.upper(), _COLOURS[found.verdict])
    rows = [Row.of(shown, note, opens=bool(behind), about=about, evidence=behind)]
    rows += paragraph(_why(found), width, style="bold")
    rows += [BLANK, _score(found, width)]
    rows += labelled("gut", against_gut(found.verdict, gut), width)
    return rows + _signs(found, width)


def _why(found: Assessment) -> str:
    """Return the headline without the verdict it starts with."""
    why = found.headline.removeprefix(SAID[found.verdict]).lstrip(".: ")
    return why[:1].upper() + why[1:]


def _score(found: Assessment, width: int) -> Row:
    known = f"{found.coverage:.0%} known"
    if found.score is None:
        return Row.of(mark("score"), f"none yet, {known}")
    ends = f"  {found.low:.0f} to {found.high:.0f}, {known}"
    number = f"{found.score:.1f} "
    cells = max(10, min(50, width - LABEL - len(number) - len(ends)))
    drawn = ruler(found.score, found.low, found.high, cells)
    behind = _together(factor.evidence for factor in found.factors)
    about = f"Score {found.score:.1f} of 100, between {found.low:.1f} and {found.high:.1f}. "
    pieces = (mark("score"), (number, "bold"), drawn, ends)
    return Row.of(*pieces, opens=True, about=about + _SCORED, evidence=behind)


def _signs(found: Assessment, width: int) -> list[Row]:
    answer = {"yes": "yes", "no": "no", "cannot-tell": "cannot tell"}[found.more_than_the_work]
    known = [test for test in found.tests if test.passed is not None]
    passed = sum(test.passed is True for test in known)
    signs = f"{passed} of {len(known)} known signs" if known else "no sign is known yet"
    text = f"more than the work? {answer}: {signs}"
    rows = labelled("client", text, width)
    told = {True: "yes", False: "no", None: "not known"}
    about = "\n".join(
        f"{told[test.passed]}: {test.label}" + (f" ({test.detail})" if test.detail else "")
        for test in found.tests
    )
    return [Row(rows[0].cells, opens=True, about=about), *rows[1:]]


def _rules(found: Assessment, width: int) -> list[Row]:
    if not found.rules:
        return [title("Rules that spoke: none")]
    rows = [title("Rules that spoke")]
    for rule in sorted(found.rules, key=lambda one: -VERDICTS.index(one.verdict)):
        effect = f"  {WORDS[rule.verdict]}" if rule.verdict != "keep" else "  to know"
        room = width - 7 - len(effect)
        pieces = ("  ", (fit(rule.id, 3), "bold"), "  ", fit(rule.title, room), (effect, "bold"))
        about = f"{rule.id}: {rule.title}. {rule.reason}"
        rows.append(Row.of(*pieces, opens=True, about=about, evidence=rule.evidence))
        if rule.reason not in found.headline:
            rows += paragraph(rule.reason, width, indent=7, style="dim")
    return rows


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
    behind = _together(factor.evidence for factor in question.factors)
    about = f"{question.title} Half the worst of these, half their average."
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


def _changes(found: Assessment, width: int) -> list[Row]:
    rows = [title("What would change it")]
    for change in found.would_change:
        rows += bullet(f"{change.text} (score {change.score:.0f})", width)
    if not found.would_change:
        rows += paragraph("Nothing that can be named.", width, indent=2)
    if found.missing:
        rows += [BLANK, title("Missing, easiest first")]
        for one in found.missing:
            rows += bullet(f"{one.text} ({one.coverage:.0%} known then)", width)
    return rows


def _sureness(found: Assessment, width: int) -> list[Row]:
    rows = [title("How sure this is")]
    if found.score is not None and not found.provisional:
        shaky = "fragile, " if found.robustness.fragile else ""
        rows += labelled(
            "weights",
            f"{shaky}{found.robustness.holds:.0%} of other weights give the same verdict; "
            f"with equal weights the score is {found.robustness.equal_weights:.1f}",
            width,
        )
    problem, troubled = found.kind_points
    rows += labelled(
        "kind",
        f"{found.kind}: {problem} points for problem client, {troubled} for client with problems",
        width,
    )
    return rows


def _before(kept: Private, today: date, width: int) -> list[Row]:
    """Return earlier decisions, and when walking away was first said (SEEDS rows 52 and 62)."""
    rows: list[Row] = []
    for decision in reversed(kept.decisions[-3:]):
        due = decision.review
        review = f"; review {day_in_full(due)}" if due else ""
        late = " (due)" if due and due <= today else ""
        why = f": {decision.why}" if decision.why else ""
        said = f"{day_in_full(decision.at.date())}, {WORDS[decision.choice]}{why}{review}{late}"
        rows += bullet(said, width)
    spoken = [one.at.date() for one in kept.guts if one.answer == "walk-away"]
    spoken += [one.at.date() for one in kept.decisions if one.choice == "walk-away"]
    if spoken and (ago := (today - min(spoken)).days) > 0:
        said = f"You first said walk away on {day_in_full(min(spoken))}, {ago} days ago."
        rows += paragraph(said, width, indent=2)
    return [title("What you chose before"), *rows] if rows else []


def _together(numbers: Iterable[Sequence[int]]) -> tuple[int, ...]:
    return tuple(sorted(set(chain.from_iterable(numbers))))
