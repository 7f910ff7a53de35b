"""The decision in lines: all of it, in the right order, within the width, and nothing hidden."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from rich.cells import cell_len

from store.decision import Assessment, Rule, assess
from store.decision.trend import trend
from store.docket import Docket
from store.index.summary import Summary
from store.overview.standing import scene_of
from store.private.model import CheckIn, Decision, GutAnswer, Private
from store.settings.config import Config
from store.workspace import Workspace
from tests.tui.screens.host import HOSTILE, NOW, workspace
from tui.screens.decision_page import page_rows
from tui.screens.decision_rows import (
    against_gut,
    chart_rows,
    decision_rows,
    ways_out_rows,
)
from tui.screens.parts import evidence_rows

FELT = Private(checkins=(CheckIn(at=NOW, stress_client=9, stress_work=2, dread=8),))


def assessed(made: Workspace, kept: Private = FELT) -> tuple[Docket, Assessment]:
    docket = made.docket("acme")
    return docket, assess(docket, kept, made.config)


def text(found: Assessment, kept: Private = FELT, width: int = 78) -> str:
    return "\n".join(row.text for row in decision_rows(found, "keep", kept, width))


def test_everything_the_assessment_says_is_on_the_screen(tmp_path: Path) -> None:
    _, found = assessed(workspace(tmp_path))
    folded = " ".join(text(found, width=118).split())
    for said in (
        "WALK AWAY",
        f"{found.score:.1f}",
        f"{found.coverage:.0%} known",
        found.literal,
        found.repair,
        *(rule.title for rule in found.rules),
        *(question.title for question in found.questions),
        *(factor.label for factor in found.factors),
        *(change.text for change in found.would_change),
        *(one.text for one in found.missing),
        found.ways_out.solve,
        found.ways_out.end,
        "private: no record, statement or report holds them",
    ):
        assert said in folded


def test_the_answer_rank_and_rules_come_first(tmp_path: Path) -> None:
    _, found = assessed(workspace(tmp_path))
    first = "\n".join(text(found).split("\n")[:14])
    assert first.index("WALK AWAY") < first.index("rank") < first.index("gut")
    for rule in found.rules:
        assert rule.title in first


def test_an_unknown_factor_is_called_unknown_not_nought(tmp_path: Path) -> None:
    _, found = assessed(workspace(tmp_path))
    lines = text(found).split("\n")
    for factor in found.factors:
        line = next(one for one in lines if one.startswith(f"  {factor.label} "))
        assert ("unknown" in line) == (not factor.known)
        assert ("─" in line or "━" in line) == factor.known


def test_a_burden_has_its_number_beside_its_bar(tmp_path: Path) -> None:
    _, found = assessed(workspace(tmp_path))
    stress = next(factor for factor in found.factors if factor.name == "stress")
    assert stress.burden is not None
    line = next(one for one in text(found).split("\n") if one.startswith("  Stress"))
    assert f" {stress.burden * 100:.0f}  " in line


@pytest.mark.parametrize("width", [57, 58, 77, 78, 118, 200])
def test_no_line_is_wider_than_the_screen(tmp_path: Path, width: int) -> None:
    docket, found = assessed(workspace(tmp_path, HOSTILE))
    hostile = Rule("R9", f"{HOSTILE} Ærø 測試" * 3, f"{HOSTILE} 測試" * 20, "walk-away", (5,))
    found = replace(found, rules=(hostile, *found.rules), headline=f"Walk away. {HOSTILE * 9}")
    rows = decision_rows(found, "keep", FELT, width)
    rows += evidence_rows(docket, HOSTILE * 5, range(1, 10), width)
    rows += ways_out_rows(found, width)
    points = trend(docket, FELT, Config())
    rows += chart_rows([*points, points[-1]._replace(score=None)], width)
    rows += decision_rows(found, None, FELT, width, points)
    for row in rows:
        assert cell_len(row.text) <= width, row.text
        assert "\x1b" not in row.text
        assert "\n" not in row.text


def test_rows_with_numbers_open_and_name_their_entries(tmp_path: Path) -> None:
    docket, found = assessed(workspace(tmp_path))
    rows = decision_rows(found, None, FELT, 78)
    for rule in found.rules:
        row = next(one for one in rows if rule.title in one.text and one.opens)
        assert row.evidence == rule.evidence
        behind = "\n".join(one.text for one in evidence_rows(docket, row.about, row.evidence, 78))
        for seq in rule.evidence:
            assert f"#{seq} " in behind
    number_lines = [row for row in rows if "━" in row.text]
    assert number_lines
    assert all(row.opens for row in number_lines)


def test_evidence_shows_day_kind_words_and_what_was_added(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    quoted = made.draft(
        "acme", "abuse", "Shouted.", quotes=[{"text": "You people"}], data={"severity": 3}
    )
    seq = made.log(quoted).seq
    made.log(made.draft("acme", "addendum", "Bo heard it.", links=[{"rel": "adds-to", "seq": seq}]))
    rows = evidence_rows(made.docket("acme"), "Conduct", (seq, 6), 78)
    shown = "\n".join(row.text for row in rows)
    assert f"#{seq}  Sun 22 Nov 2026, 13:30  abuse  severity 3" in shown
    assert "“You people” (client)" in shown
    assert "adds: Bo heard it." in shown
    assert shown.index(f"#{seq}") < shown.index("#6"), "newest first"


def test_a_number_with_no_entry_says_so(tmp_path: Path) -> None:
    rows = evidence_rows(workspace(tmp_path).docket("acme"), "Dread", (), 78)
    assert rows[-1].text == "No entry stands behind it."


@pytest.mark.parametrize(
    ("gut", "words"),
    [
        (None, "you did not say"),
        ("walk-away", "the log agrees"),
        ("keep", "worse than you feel"),
        ("stop-work", "worse than you feel"),
        ("unsure", "the log says walk away"),
    ],
)
def test_the_gut_is_held_against_the_log(gut: str | None, words: str) -> None:
    assert words in against_gut("walk-away", gut)  # type: ignore[arg-type]
    assert "you feel worse than the log" in against_gut("keep", "walk-away")
    assert "cannot tell" in against_gut("not-enough", "keep")


def test_earlier_decisions_and_the_first_walk_away_are_remembered(tmp_path: Path) -> None:
    _, found = assessed(workspace(tmp_path))
    then = NOW - timedelta(days=50)
    kept = Private(
        guts=(GutAnswer(at=then, answer="walk-away"),),
        decisions=(Decision(at=NOW, choice="keep", why=f"rent {HOSTILE}", review=found.as_of),),
    )
    shown = " ".join(text(found, kept, 118).split())
    assert "Sun 22 Nov 2026, keep: rent [/foo] <b>x</b>" in shown
    assert "review Sun 22 Nov 2026 (due)" in shown
    assert "You first decided or felt walk away on 3 Oct 2026, 50 days ago." in shown


def test_too_little_on_record_has_no_score(tmp_path: Path) -> None:
    made = Workspace.create(tmp_path / "ws", clock=lambda: NOW)
    made.new_client("acme", [made.draft("acme", "client", data={"name": "Acme"})])
    _, found = assessed(made, Private())
    assert found.score is None
    shown = text(found, Private())
    assert "NOT ENOUGH ON RECORD" in shown
    assert "none yet" in shown


def test_the_chart_has_a_mark_a_verdict_and_a_turn_for_what_the_trend_says(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    points = trend(made.docket("acme"), FELT, made.config)
    assert len(points) == 27
    rows = [row.text for row in chart_rows(points, 78)]
    assert [row[:6] for row in rows[:4]] == [" 100 │", "  75 │", "  50 │", "  25 │"]
    letters = rows[4][6:].split()
    assert len(letters) == len(points)
    assert letters[-1] == "w"
    assert any(row.startswith("Sun 22 Nov 2026: walk away") for row in rows)
    narrow = [row.text for row in chart_rows(points, 57)]
    assert len(narrow[4][6:].rstrip()) == len(points), "a cell a week where two do not fit"


def test_the_first_page_is_whole_on_a_small_terminal(tmp_path: Path) -> None:
    docket, found = assessed(workspace(tmp_path))
    points = trend(docket, FELT, Config())
    step = Summary.of(scene_of(docket, Workspace.open(tmp_path / "ws", clock=lambda: NOW))).steps[0]
    rows = page_rows(found, "keep", 77, points, step)
    assert len(rows) <= 21
    page = "\n".join(row.text for row in rows)
    assert rows[0].text.startswith(" WALK AWAY   ") and "your gut said keep" in rows[0].text
    for said in ("Is the client more than the work? Yes", "rank", "What would change it", "Today"):
        assert said in page
    for said in (
        "More than the work?",
        "Do they pay?",
        "Do they let you work?",
        "Is it a bad fit?",
    ):
        assert next(row for row in rows if row.text.startswith(said)).opens
    assert "Solve it  " in page and "End it    " in page and f"s  {step.what}" in page
    assert not any(row.rule for row in rows), "rules and arithmetic are behind a key"


def test_a_taller_or_a_narrow_screen_has_the_first_page_whole(tmp_path: Path) -> None:
    _, found = assessed(workspace(tmp_path))
    factor = replace(found.questions[0].factors[0], detail="said so in words that take " * 4)
    first = replace(found.questions[0], burden=1.0, factors=(replace(factor, burden=1.0),))
    found = replace(found, questions=(first, *found.questions[1:]))
    cut, small = page_rows(found, None, 77), page_rows(found, None, 77, height=21)
    tall, narrow = page_rows(found, None, 77, height=40), page_rows(found, None, 57)
    assert len(small) <= 19, "two lines stay for today's step, which is known last"
    assert any(row.text.endswith("…") for row in cut) and len(cut) <= len(small) < len(tall)
    assert not any(row.text.rstrip().endswith("…") for row in tall)
    asked = [row.opens and row.text.startswith("More than the work?") for row in narrow]
    below = narrow[asked.index(True) + 1]
    assert below.text.startswith(" " * 30) and not below.opens, "the cursor stops at none of it"


@pytest.mark.parametrize("width", [57, 77, 117, 197])
def test_no_line_of_the_first_page_is_wider_than_the_screen(tmp_path: Path, width: int) -> None:
    _, found = assessed(workspace(tmp_path, HOSTILE))
    hostile = Rule("R9", f"{HOSTILE} Ærø 測試" * 3, f"{HOSTILE} 測試" * 20, "walk-away", (5,))
    found = replace(found, rules=(hostile, *found.rules), headline=f"Walk away. {HOSTILE * 9}")
    for row in page_rows(found, None, width):
        assert cell_len(row.text) <= width and "\n" not in row.text


def test_what_is_not_known_is_no_bar_of_nothing(tmp_path: Path) -> None:
    made = Workspace.create(tmp_path / "ws", clock=lambda: NOW)
    made.new_client("acme", [made.draft("acme", "client", data={"name": "Acme"})])
    _, found = assessed(made, Private())
    page = "\n".join(row.text for row in page_rows(found, None, 77))
    assert "NOT ENOUGH ON RECORD" in page and "none yet" in page and "unknown" in page


def test_every_rule_is_behind_the_key(tmp_path: Path) -> None:
    _, found = assessed(workspace(tmp_path))
    many = replace(found, rules=tuple(replace(found.rules[0], id=f"R{n}") for n in range(1, 6)))
    rows = decision_rows(many, "keep", FELT, 77)
    assert [row.rule for row in rows if row.rule] == ["R1", "R2", "R3", "R4", "R5"]


def test_where_no_rule_speaks_the_heaviest_signs_are_the_reasons(tmp_path: Path) -> None:
    _, found = assessed(workspace(tmp_path))
    shown = text(replace(found, rules=()), width=118)
    assert "Rules that spoke: none\n  - Stress from the client: " in shown


def test_a_rule_that_is_set_aside_says_for_how_long(tmp_path: Path) -> None:
    _, found = assessed(workspace(tmp_path))
    aside = replace(found.rules[0], excepted=3)
    row = next(
        r
        for r in decision_rows(replace(found, rules=(aside,)), None, FELT, 77)
        if r.evidence == aside.evidence and aside.title in r.text
    )
    assert "set aside, has 3 days left" in row.text


def test_a_client_with_no_score_in_any_week_has_a_trend_line(tmp_path: Path) -> None:
    made = Workspace.create(tmp_path / "new", clock=lambda: NOW)
    data, then = {"name": "New"}, NOW - timedelta(days=20)
    made.new_client("new", [made.draft("new", "client", data=data, occurred_at=then)])
    docket = made.docket("new")
    points = trend(docket, Private(), Config())
    assert len(points) > 1 and all(point.score is None for point in points)
    rows = decision_rows(assess(docket, Private(), Config()), None, Private(), 76, points)
    assert [row.leads for row in rows].count("trend") == 1


def test_what_changes_the_verdict_is_told_before_what_does_not(tmp_path: Path) -> None:
    _, found = assessed(workspace(tmp_path))
    same = replace(found.would_change[0], text="A talk", verdict=found.verdict)
    other = replace(found.would_change[0], text="They pay", verdict="keep")
    told = page_rows(replace(found, would_change=(same, other), near=None), None, 77)
    lines = [row.text.rstrip() for row in told if row.text.startswith(("A talk", "They pay"))]
    assert [line.split("→")[1].strip() for line in lines] == ["keep", "the same"]
