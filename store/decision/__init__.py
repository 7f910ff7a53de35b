"""The assessment: is the client more than the work, what says so, and what would change it."""

from __future__ import annotations

from store.decision.assess import assess
from store.decision.model import (
    VERDICT,
    VERDICTS,
    Assessment,
    Change,
    Factor,
    LiteralTest,
    Missing,
    Money,
    MyShare,
    Near,
    Profile,
    Question,
    Robustness,
    Rule,
    Rung,
    Sure,
    Unsaid,
    Verdict,
    Watched,
    WaysOut,
)
from store.decision.to_json import assessment_json

__all__ = [
    "VERDICT",
    "VERDICTS",
    "Assessment",
    "Change",
    "Factor",
    "LiteralTest",
    "Missing",
    "Money",
    "MyShare",
    "Near",
    "Profile",
    "Question",
    "Robustness",
    "Rule",
    "Rung",
    "Sure",
    "Unsaid",
    "Verdict",
    "Watched",
    "WaysOut",
    "assess",
    "assessment_json",
]
