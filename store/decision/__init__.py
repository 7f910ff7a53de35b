"""The assessment: is the client more than the work, what says so, and what would change it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from store.decision.scale import VERDICT as VERDICT
from store.decision.scale import VERDICTS as VERDICTS
from store.decision.scale import Verdict as Verdict

if TYPE_CHECKING:
    from store.decision.model import Assessment as Assessment
    from store.decision.model import Debt as Debt
    from store.decision.model import Factor as Factor
    from store.decision.model import Question as Question
    from store.decision.model import Rule as Rule
    from store.decision.model import Stage as Stage
    from store.decision.model import Unsaid as Unsaid
    from store.decision.to_json import assessment_json as assessment_json
    from store.decision.verdict import assess as assess

_MODULES = {"assess": "verdict", "assessment_json": "to_json"} | dict.fromkeys(
    ("Assessment", "Debt", "Factor", "Question", "Rule", "Stage", "Unsaid"), "model"
)


def __getattr__(name: str) -> Any:
    """Import what works an assessment out: the list of clients is shown without."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"store.decision.{_MODULES[name]}"), name)
