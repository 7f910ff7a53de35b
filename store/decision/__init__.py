"""The assessment: is the client more than the work, what says so, and what would change it."""

from __future__ import annotations

from store.decision.assess import assess as assess
from store.decision.model import VERDICT as VERDICT
from store.decision.model import VERDICTS as VERDICTS
from store.decision.model import Assessment as Assessment
from store.decision.model import Debt as Debt
from store.decision.model import Factor as Factor
from store.decision.model import Question as Question
from store.decision.model import Rule as Rule
from store.decision.model import Stage as Stage
from store.decision.model import Unsaid as Unsaid
from store.decision.model import Verdict as Verdict
from store.decision.to_json import assessment_json as assessment_json
