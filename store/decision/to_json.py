"""An assessment as JSON values, for `docket decide --json`."""

from __future__ import annotations

from typing import Any

from store.decision.model import Assessment, Factor, Question


def assessment_json(assessment: Assessment) -> dict[str, Any]:
    """Return `assessment` as a dict of JSON values; burdens are 0 to 1, scores 0 to 100."""
    a = assessment
    return {
        "client": a.client,
        "as_of": a.as_of.isoformat(),
        "verdict": a.verdict,
        "provisional": a.provisional,
        "headline": a.headline,
        "score": a.score,
        "range": [a.low, a.high],
        "coverage": a.coverage,
        "by_score": a.by_score,
        "steadied": a.steadied,
        "money": {
            "rung": a.money.rung,
            "verdict": a.money.verdict,
            "title": a.money.title,
            "reason": a.money.reason,
            "owing_days": a.money.since,
            "held": a.money.held,
            "stopped_days": a.money.stopped,
            "worked_on": a.money.worked_on,
            "evidence": list(a.money.evidence),
        },
        "more_than_the_work": a.more_than_the_work,
        "literal": a.literal,
        "tests": [
            {"label": test.label, "passed": test.passed, "detail": test.detail} for test in a.tests
        ],
        "client_to_work_ratio": a.client_to_work_ratio,
        "questions": {question.key: _question(question) for question in a.questions},
        "factors": [_factor(factor) for factor in a.factors],
        "rules": [
            {
                "id": rule.id,
                "title": rule.title,
                "reason": rule.reason,
                "verdict": rule.verdict,
                "evidence": list(rule.evidence),
                "excepted_days": rule.excepted,
            }
            for rule in a.rules
        ],
        "would_change": [
            {"text": change.text, "verdict": change.verdict, "score": change.score}
            for change in a.would_change
        ],
        "robustness": {
            "holds": a.robustness.holds,
            "fragile": a.robustness.fragile,
            "equal_weights": a.robustness.equal_weights,
        },
        "near": None
        if a.near is None
        else {
            "verdict": a.near.verdict,
            "fact": a.near.fact,
            "evidence": list(a.near.evidence),
        },
        "sure": {
            "words": a.sure.words,
            "cases": a.sure.cases,
            "same": a.sure.same,
            "range": None if a.sure.low is None else [a.sure.low, a.sure.high],
        },
        "model": a.model,
        "kind": a.kind,
        "kind_points": list(a.kind_points),
        "repair": a.repair,
        "profile": {
            "unresponsive": a.profile.unresponsive,
            "controlling": a.profile.controlling,
            "pays_later": a.profile.pays_later,
            "leading": a.profile.leading,
        },
        "unsaid": None
        if a.unsaid is None
        else {
            "incidents": a.unsaid.count,
            "days": a.unsaid.days,
            "evidence": list(a.unsaid.evidence),
        },
        "my_share": {
            "mine": a.my_share.mine,
            "of": a.my_share.total,
            "late_promises": a.my_share.late,
            "evidence": list(a.my_share.evidence),
        },
        "missing": [{"text": one.text, "coverage": one.coverage} for one in a.missing],
        "ways_out": {"solve": a.ways_out.solve, "end": a.ways_out.end},
        "watched": None
        if a.watched is None
        else {
            "seq": a.watched.seq,
            "since": a.watched.said.isoformat(),
            "until": a.watched.until.isoformat(),
            "crossings": list(a.watched.crossings),
            "left": a.watched.left,
        },
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "title": question.title,
        "burden": question.burden,
        "factors": [factor.name for factor in question.factors],
    }


def _factor(factor: Factor) -> dict[str, Any]:
    return {
        "name": factor.name,
        "label": factor.label,
        "burden": factor.burden,
        "known": factor.known,
        "detail": factor.detail,
        "evidence": list(factor.evidence),
    }
