"""An assessment as JSON values, for `docket decide --json`."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from store.decision.model import Assessment, Factor, Question, Sure, Unsaid, Watched

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


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
        "by_score": "keep" if a.score is None else a.verdict,
        "steadied": False,
        "money": _told(a.money, since="owing_days", stopped="stopped_days"),
        "more_than_the_work": a.more_than_the_work,
        "literal": a.literal,
        "tests": [_told(test) for test in a.tests],
        "client_to_work_ratio": a.client_to_work_ratio,
        "questions": {question.key: _question(question) for question in a.questions},
        "factors": [_factor(factor) for factor in a.factors],
        "rules": [_told(rule, excepted="excepted_days") for rule in a.rules],
        "would_change": [_told(change) for change in a.would_change],
        "robustness": _told(a.robustness),
        "near": a.near and _told(a.near),
        "sure": _sure(a.sure),
        "model": a.model,
        "kind": a.kind,
        "kind_points": list(a.kind_points),
        "repair": a.repair,
        "profile": _told(a.profile),
        "unsaid": a.unsaid and _unsaid(a.unsaid),
        "my_share": _told(a.my_share, total="of", late="late_promises"),
        "missing": [_told(one) for one in a.missing],
        "ways_out": _told(a.ways_out),
        "watched": a.watched and _watched(a.watched),
    }


def _sure(found: Sure) -> dict[str, Any]:
    span = None if found.low is None else [found.low, found.high]
    return {"words": found.words, "cases": found.cases, "same": found.same, "range": span}


def _unsaid(found: Unsaid) -> dict[str, Any]:
    return {"incidents": found.count, "days": found.days, "evidence": list(found.evidence)}


def _watched(found: Watched) -> dict[str, Any]:
    return {
        "seq": found.seq,
        "since": found.said.isoformat(),
        "until": found.until.isoformat(),
        "crossings": list(found.crossings),
        "left": found.left,
    }


def _told(one: DataclassInstance, **called: str) -> dict[str, Any]:
    """Return what `one` holds, in order, each field under its name or as it is `called` here."""
    held = {field.name: getattr(one, field.name) for field in fields(one)}
    return {called.get(name, name): value for name, value in held.items()}


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
