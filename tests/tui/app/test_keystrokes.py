"""How many keys a task takes beyond one's own words: no more than users of such programs expect."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from store.docket import Standing
from store.workspace import Workspace
from tests.examples import swept
from tests.tui.app.conftest import Opened
from tests.tui.app.test_bursts import send
from tests.tui.app.test_going import crossed, where
from tests.tui.app.test_main import main
from tests.tui.waiting import settled
from tui.app import DocketApp

KEYS = {"⏎": "\r", "⇥": "\t", "⇧⇥": "\x1b[Z", "esc": "\x1b", "^s": "\x13"}


@dataclass(frozen=True)
class Task:
    """What is typed: words as they are, keys between `|`; how many keys are expected at most."""

    typed: str
    expected: int
    done: Callable[[DocketApp, Workspace], bool]

    @property
    def parts(self) -> list[tuple[bool, str]]:
        """The keys and the words, in order; `True` for a key."""
        return [
            (number % 2 == 1, part) for number, part in enumerate(self.typed.split("|")) if part
        ]


def entry(workspace: Workspace, client: str, seq: int) -> Standing:
    found = workspace.docket(client).find(seq)
    assert found is not None
    return found


def last(workspace: Workspace, client: str = "acme") -> str:
    one = workspace.entries(client)[-1]
    return f"{one.kind}: {one.statement}"


TASKS = {
    "log an incident, client selected": Task(
        "|n|blame he shouted|⏎|", 2, lambda _, made: last(made) == "blame: he shouted"
    ),
    "the same, another client": Task(
        "|n||b||o| blame he shouted|⏎|",
        4,
        lambda _, made: last(made, "bolt") == "blame: he shouted",
    ),
    "a late payment": Task(
        "|n|late |⇥| still not paid|⏎|",
        3,
        lambda _, made: last(made) == "late-payment: still not paid",
    ),
    "correct a sum": Task(  # of the second entry from below, in the form that corrects words
        "|2||G||k||a||⇥||⇥|a slip of the keys|⇥||⇥|0|^s|",
        3 + 6,
        lambda _, made: "42100" in str(entry(made, "acme", 2).entry.data),
    ),
    "correct an entry's words": Task(
        "|2||a| at noon|^s|I forgot the time|⏎|",
        4,
        lambda _, made: entry(made, "acme", 6).entry.statement.endswith("keep going at noon"),
    ),
    "an old entry by a word, client known": Task(
        "|F|third ask|⏎|", 2, lambda app, _: where(app) == ("main", "acme", 5)
    ),
    "an old entry by a word, client unknown": Task(
        "|F|third ask|⏎|", 2, lambda app, _: where(app)[1:] == ("acme", 5)
    ),
    "see why a verdict": Task("|d||0|", 2, lambda app, _: app.place == "decision"),
    "a record for a court": Task("|x||w||w|", 3, lambda app, _: "Written and verified" in app.told),
    "the client that needs a decision": Task("|]|", 1, lambda app, _: app.main.client == "cafe"),
    "undo what was logged last": Task(  # two keys more than those that logged it
        "|n|note to be undone|⏎||u||⏎|",
        2 + 2,
        lambda _, made: entry(made, "acme", 7).void is not None,
    ),
}


@pytest.mark.parametrize("at_once", [False, True], ids=["one by one", "in one write"])
@pytest.mark.parametrize("task", swept([*TASKS], 4))
async def test_a_task_takes_no_more_keys_than_users_expect(
    task: str,
    at_once: bool,
    opened: Opened,
    workspace: Workspace,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    asked = TASKS[task]
    if "needs" in task:
        crossed(workspace, "cafe")
    keys = [part for is_key, part in asked.parts if is_key and part]
    assert len(keys) <= asked.expected
    async with opened() as (app, pilot):
        assert main(app).client == "acme"
        typed = [KEYS.get(part, part) if is_key else part for is_key, part in asked.parts]
        for part in ["".join(typed)] if at_once else typed:
            await send(pilot, part)
            await settled(pilot)
        await settled(pilot)
        assert asked.done(app, workspace), app.told
