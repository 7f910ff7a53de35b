"""The first page of a decision: the answer, what it rests on, the ways out and today's step.

Made for the 21 lines of a small terminal, where what is long is cut; a taller one has it whole, as
far as there are lines for it. The rules and the arithmetic are behind `0`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Final, NamedTuple

from store.decision import VERDICT, VERDICTS, Assessment, Question
from store.decision.model import Change
from store.decision.trend import Point, standing_since
from store.overview.card import Backed
from store.playbook.step import NextStep
from store.private.gut import Gut
from store.text import plural
from store.text.cells import cell_width
from tui.glyphs import glyphs
from tui.plots import gauge, span, spark
from tui.safe_text import safe_fit, safe_wrap
from tui.screens.rows import BLANK, Row, paragraph, title
from tui.tokens import VERDICT_LOOKS
from tui.widgets.lines import Cells
from tui.words.verdict import watch_lines

_SHORT: Final = {"Is the client more than the work?": "More than the work?"}
"""What a question is called under the rule that asks it already."""
_HEATS: Final = ((0.75, "heat3"), (0.5, "heat2"), (0.25, "heat1"), (0.0, "keep"))
"""What a burden looks like from which share on: the lines of the verdicts."""
_FACTS, _CHANGES = 2, 2
_AGO: Final = 4
"""Weeks to the rank that today's is held against."""
_WAY = 10
_ROOMY = 70
_TODAY = 2
"""Lines that today's step takes, which is known last."""


def page_rows(
    found: Assessment,
    gut: Gut | None,
    width: int,
    points: Sequence[Point] = (),
    step: NextStep | None = None,
    flags: Sequence[Backed] = (),
    height: int = 0,
) -> list[Row]:
    """Return the lines of the first page, each at most `width` cells.

    What is too long for its line goes on below it, the first first, if `height` leaves room; on a
    narrow screen, whose page is read in two parts, all but the facts do.
    """
    facts, narrow = _facts(found, width), width < _ROOMY
    blocks = [
        _one([_chip(found, gut, width, points), BLANK, *_headline(found, width)]),
        _one(facts.cut) if narrow else facts,
        _one([*flag_rows(flags, width), BLANK, _asked(found, width)]),
        *(_question(one, width) for one in found.questions),
        _one([_rank(found, width, points)]),
        *_changes(found, width),
        _one([title("Two ways out")]),
        *_ways(found, width),
        _one(_today(found, step, width)),
    ]
    spare = height - sum(len(block.cut) for block in blocks) - _TODAY * (step is None)
    rows: list[Row] = []
    for block in blocks:
        more = len(block.whole) - len(block.cut)
        fits = narrow or more <= spare
        rows += block.whole if fits else block.cut
        spare -= more if fits else 0
    return rows


class _Block(NamedTuple):
    """What is said of one thing: cut to the lines it has at least, and whole."""

    cut: Sequence[Row]
    whole: Sequence[Row]


def _one(rows: Sequence[Row]) -> _Block:
    return _Block(rows, rows)


def _told(row: Row, text: str, before: int, width: int, look: str = "") -> _Block:
    """Return a row that ends with `text`, which begins at cell `before`."""
    first, *rest = safe_wrap(text, width - before)
    cut = replace(row, cells=(*row.cells, (safe_fit(text, width - before), look)))
    whole = replace(row, cells=(*row.cells, (first, look)))
    return _Block([cut], [whole, *(Row.of(" " * before, (more, look)) for more in rest)])


def flag_rows(flags: Sequence[Backed], width: int) -> list[Row]:
    """Return what speaks for caution at first contact, a line each."""
    return [
        Row.of(
            ("beware  ", "dim"),
            (safe_fit(one.text, width - 8).rstrip(), "heat2"),
            opens=bool(one.seqs),
            about=one.text,
            evidence=one.seqs,
        )
        for one in flags
    ]


def headline_words(found: Assessment) -> str:
    """Return the headline without the verdict it starts with."""
    why = found.headline.removeprefix(VERDICT[found.verdict].said).lstrip(".: ")
    return why[:1].upper() + why[1:]


def stands_for(found: Assessment, points: Sequence[Point]) -> str:
    """Return for how long the verdict stands, or that it is provisional; empty where it is new."""
    if found.provisional:
        return "provisional"
    since = standing_since(points) if len(points) > 1 else None
    weeks = (found.as_of - since).days // 7 if since else 0
    more = " or more" if since and since == points[0].day else ""
    return f"for {plural(weeks, 'week')}{more}" if weeks else ""


def behind_all(numbers: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """Return each number once, in order."""
    return tuple(sorted(set(chain.from_iterable(numbers))))


def _chip(found: Assessment, gut: Gut | None, width: int, points: Sequence[Point]) -> Row:
    said = VERDICT[found.verdict].said
    felt = f"your gut said {VERDICT[gut].words}" if gut else "your gut did not say"
    chip, dot = f" {said.upper()} ", f" {glyphs().dot} "
    told = [one for one in (stands_for(found, points), felt) if one]
    while len(told) > 1 and cell_width(dot.join(told)) > width - cell_width(chip) - 2:
        told.pop()
    beside = dot.join(told)
    behind = behind_all([rule.evidence for rule in found.rules])
    return Row.of(
        (chip, f"bold reverse {VERDICT_LOOKS[found.verdict].split()[-1]}"),
        (safe_fit(f"  {beside}", width - cell_width(chip)), "dim"),
        opens=bool(behind),
        about=f"{said}: the entries behind the rules that spoke.",
        evidence=behind,
    )


def _headline(found: Assessment, width: int) -> list[Row]:
    """Return the answer in a sentence."""
    return paragraph(headline_words(found), width, style="bold")


def _facts(found: Assessment, width: int) -> _Block:
    """Return the facts under the answer, two lines of them at least."""
    why = headline_words(found)
    owed = found.money.words
    facts = [f"{owed[:1].upper()}{owed[1:]}."] if found.money.evidence else []
    facts += [f"{one.id} is set aside: your exception {one.left}." for one in found.exceptions]
    ranked = sorted(found.rules, key=lambda one: -VERDICTS.index(one.says))
    facts += [*watch_lines(found), *(one.reason for one in ranked if one.reason not in why)]
    if not found.rules:
        facts.append(found.literal)
    whole = cut = safe_wrap(" ".join(facts), width) if facts else []
    if len(whole) > _FACTS:
        last = f"{whole[_FACTS - 1]} {whole[_FACTS]}"
        cut = [*whole[: _FACTS - 1], safe_fit(last, width)]
    behind = found.money.evidence or behind_all([rule.evidence for rule in found.rules])
    about = " ".join(facts)

    def rows(lines: Sequence[str]) -> list[Row]:
        first = bool(behind)
        return [
            Row.of(line, opens=first and not at, about=about, evidence=behind)
            for at, line in enumerate(lines)
        ]

    return _Block(rows(cut), rows(whole))


def _asked(found: Assessment, width: int) -> Row:
    told, question = found.literal.partition(":")[0], found.questions[0].title
    question = question if width >= _ROOMY else _SHORT.get(question, question)
    asked: Cells = ((f"{question} ", "dim"), (told, "bold"))
    return title(asked, f"{found.coverage:.0%} is known")


def _columns(width: int) -> tuple[int, int]:
    """Return the cells of a question, and of its bar."""
    return (24, 12) if width >= _ROOMY else (22, 6)


def _question(question: Question, width: int) -> _Block:
    room, cells = _columns(width)
    heaviest = max(question.factors, key=lambda one: -1 if one.burden is None else one.burden)
    start = safe_fit(_SHORT.get(question.title, question.title), room)
    drawn: Cells = [(safe_fit("unknown", cells), "unknown")]
    if question.burden is not None:
        look = next(look for least, look in _HEATS if question.burden >= least)
        drawn = gauge(question.burden, cells, look)
    detail = heaviest.detail[:1].lower() + heaviest.detail[1:]
    row = Row.of(
        start,
        *drawn,
        "  ",
        opens=True,
        about=f"{question.title} {heaviest.label}: {heaviest.detail}.",
        evidence=behind_all([one.evidence for one in question.factors]),
    )
    return _told(row, detail, room + cells + 2, width, "dim")


def _rank(found: Assessment, width: int, points: Sequence[Point]) -> Row:
    room, cells = _columns(width)
    start = safe_fit("rank", room)
    if found.score is None:
        return Row.of(start, (safe_fit("none yet", width - room), "unknown"))
    wide = found.high > found.low
    told = f"  {found.low:.0f} to {found.high:.0f}" if wide else f"  {found.score:.0f}"
    before = points[-_AGO - 1].score if len(points) > _AGO else None
    moved = before is not None and round(before) != round(found.score)
    told += f" of 100; {_AGO} weeks ago {before:.0f}  " if moved else " of 100  "
    left = width - room - cells - cell_width(told)
    marks = spark([None if one.score is None else round(one.score) for one in points], left, 100)
    return Row.of(
        start,
        *span(found.low / 100, found.high / 100, cells),
        (told, "dim"),
        (marks, "dim"),
        opens=True,
        about=f"Rank {found.score:.1f} of 100: where the verdict stands, by week.",
        evidence=behind_all([one.evidence for one in found.factors]),
        leads="trend" if len(points) > 1 else "",
    )


def _changes(found: Assessment, width: int) -> list[_Block]:
    """Return what would give another verdict, and the other one that is a fact away."""
    listed = sorted(found.would_change, key=lambda one: one.verdict == found.verdict)
    told = [_change(one) for one in listed[:_CHANGES]]
    if found.near is not None:
        told = [(found.near.fact, found.near.verdict), *told[: _CHANGES - 1]]
    if not told:
        return []
    ends = [_end(verdict, found.verdict) for _, verdict in told]
    words = max(map(cell_width, ends))
    room = min(max(cell_width(text) for text, _ in told), width - words - 7)
    arrow = f"   {glyphs().leads}   "[: 7 if width >= _ROOMY else 5]
    blocks = [_one([title("What would change it")])]
    for (text, verdict), end in zip(told, ends, strict=True):
        shown = text[:1].upper() + text[1:]
        tail = ((arrow, "dim"), (end, _look(verdict)))
        about = f"{shown}: {end}."
        first, *rest = safe_wrap(shown, room)
        cut = Row.of(safe_fit(shown, room), *tail, opens=True, about=about)
        whole = Row.of(safe_fit(first, room), *tail, opens=True, about=about)
        blocks.append(_Block([cut], [whole, *map(Row.of, rest)]))
    return blocks


def _change(one: Change) -> tuple[str, str]:
    return one.text.rpartition(": ")[0] or one.text, one.verdict


def _end(verdict: str, now: str) -> str:
    """Return a verdict in words, or that it stays the same."""
    return "the same" if verdict == now else VERDICT[verdict].words


def _look(verdict: str) -> str:
    return VERDICT_LOOKS[verdict]


def _ways(found: Assessment, width: int) -> Iterator[_Block]:
    for said in (found.ways_out.solve, found.ways_out.end):
        name, _, way = said.partition(": ")
        shown = way.rpartition(" (")[0] or way
        row = Row.of((name.ljust(_WAY), "bold"), opens=True, about=said, leads="ways")
        yield _told(row, shown, _WAY, width)


def _today(found: Assessment, step: NextStep | None, width: int) -> list[Row]:
    """Return the first step with the key that does it."""
    if step is None:
        return []
    heading = "Today" if step.due <= found.as_of else f"Next, {_day(step.due)}"
    line = Row.of(
        ("s", "bold heat1"), "  ", safe_fit(step.what, width - 3), opens=True, leads="step"
    )
    return [title(heading), line]


def _day(due: date) -> str:
    return f"{due:%a %-d %b}"
