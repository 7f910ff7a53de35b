"""How work grows with a docket, counted in lines and calls of Python: no clock, so no luck."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from types import FrameType
from typing import Any

from store.decision import assess
from store.decision.trend import trend
from store.docket import Docket
from store.docket.items import work_items
from store.docket.open_items import open_items
from store.intake.importing import bring
from store.intake.lines import read_lines
from store.journal import verify_file
from store.overview.portfolio import Assessed, portfolio
from store.overview.standing import all_standing
from store.places import Places
from store.playbook.next_steps import next_steps
from store.playbook.scene import Scene
from store.private.model import Private
from store.records import RecordRequest
from store.settings.config import Config
from store.workspace import Workspace
from tests.benchmarks.mixed import END, mixed_lines, mixed_workspace, money_lines

Work = Callable[[], object]


def steps_of(work: Work) -> int:
    """Return how many lines of Python `work` runs and how many calls it makes.

    Lines are counted as well, since a loop within a function calls nothing.
    """
    count = 0

    def traced(frame: FrameType, event: str, arg: Any) -> Any:
        nonlocal count
        count += 1
        return traced

    before = sys.gettrace()
    sys.settrace(traced)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def works(folder: Path, entries: int) -> dict[str, Work]:
    """Return what is done with a mixed docket of so many entries, nothing being worked out yet.

    `assess` goes with its look-backs, what would change it and what is near; `clients` are listed
    cold; a record and a statement are made, not written.
    """
    root = mixed_workspace(folder / f"of-{entries}", entries).root
    read = tuple(_opened(root).entries("acme"))
    day = END.date()
    assessment = assess(Docket.of("acme", read, day), Private(), Config())

    def docket() -> Docket:
        return Docket.of("acme", read, day)

    def clients() -> object:
        shutil.rmtree(Places(root).index, ignore_errors=True)
        return all_standing(_opened(root), day)

    def imported(told: bytes) -> None:
        fresh = folder / f"in-{entries}"
        shutil.rmtree(fresh, ignore_errors=True)
        workspace = Workspace.create(fresh, clock=lambda: END)
        came = bring(workspace, read_lines(BytesIO(told)), new_clients=True)
        assert (came.logged, came.bad, came.failure) == (entries, [], None), came.bad[:3]

    return {
        "ledger": lambda: docket().ledger,
        "requests": lambda: docket().requests,
        "open items": lambda: open_items(docket()),
        "work items": lambda: work_items(docket()),
        "assess": lambda: assess(docket(), Private(), Config()),
        "trend": lambda: trend(docket(), Private(), Config()),
        "next steps": lambda: next_steps(Scene(docket(), assessment, Config(), Private())),
        "portfolio": lambda: portfolio([Assessed(docket(), assessment, Private())], Config(), day),
        "clients": clients,
        "record": lambda: RecordRequest("court").preview(_opened(root), "acme"),
        "statement": lambda: RecordRequest("statement").preview(_opened(root), "acme"),
        "verify": lambda: verify_file(root / "clients" / "acme.jsonl"),
        "import": partial(imported, b"".join(mixed_lines(entries))),
        "import of money": partial(imported, b"".join(money_lines(entries))),
    }


def _opened(root: Path) -> Workspace:
    return Workspace.open(root, clock=lambda: END)
