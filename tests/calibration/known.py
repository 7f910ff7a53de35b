"""Every case of both sets on its day of decision: whose verdicts it has, and what ours rests on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from store.decision.facts import Facts
from store.decision.timeline import read_timeline
from store.decision.verdict import weighed_on
from store.decision.weigh import Weighed
from store.settings.config import Config
from store.settings.policy import Policy
from tests.calibration.agreement import rule_of_thumb
from tests.calibration.convert import Case, write_case
from tests.calibration.panel import Readings, majority, read_panel
from tests.calibration.run import read_cases

HERE = Path(__file__).parent
SETS = {"first": HERE / "open.jsonl", "second": HERE / "open-c.jsonl"}
TITLES = {
    "first": "the first set, in view when the model was built",
    "second": "the second set, collected later by other searches",
    "both": "both sets together",
}
PANEL = HERE / "panel.jsonl"
BEFORE = HERE / "before.json"


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """One case: its set and label, the readings of it, and our facts and verdict.

    `before` is what the model before this one said: a score of nine factors and twelve rules.
    """

    id: str
    set: str
    label: str
    readings: Readings
    thumb: str
    before: str
    facts: Facts
    weighed: Weighed

    @property
    def panel(self) -> str | None:
        """What most of the readings say; None where no two agree."""
        return majority(self.readings)

    @property
    def verdict(self) -> str:
        """What the model says today."""
        return self.weighed.verdict


@cache
def known_cases() -> tuple[Known, ...]:
    """Return the cases of both sets, in the order of their files; read once."""
    panel = read_panel(PANEL)
    before = json.loads(BEFORE.read_text(encoding="utf-8"))
    return tuple(
        _known(case, name, panel[str(case["id"])], before[str(case["id"])])
        for name, path in SETS.items()
        for case in read_cases(path)
    )


def of_set(cases: Sequence[Known], name: str) -> list[Known]:
    """Return the cases of the set called `name`, or of `both`."""
    return [case for case in cases if name in ("both", case.set)]


def _known(case: Case, name: str, readings: Readings, before: str) -> Known:
    policy = Policy()
    with TemporaryDirectory(prefix="docket-case-") as folder:
        docket, private = write_case(Path(folder) / "workspace", case)
        timeline = read_timeline(docket, private, Config(policy=policy))
        facts, weighed = weighed_on(timeline, docket.today, policy)
    return Known(
        id=str(case["id"]),
        set=name,
        label=str(case["label"]).replace("_", "-"),
        readings=readings,
        thumb=rule_of_thumb(case["facts"]),
        before=before,
        facts=facts,
        weighed=weighed,
    )
