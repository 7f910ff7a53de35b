"""The three stories once more, typed into the app, with the clock moved on: `N` has the same first.

What is private or written (a decision, a check-in, a record, terms with their clauses) is done by
its verb beside the open app, as by somebody with a second terminal.
"""

from __future__ import annotations

import shlex
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from textual.pilot import Pilot

from store.playbook.step import to_take
from store.workspace import Workspace
from tests.seeds.stories import lines
from tests.seeds.test_stories import WANTED
from tests.store.building import FixedClock
from tests.tui.screens.host import text_of
from tests.tui.waiting import paste, settled
from tui.app import DocketApp
from tui.cli.run import run
from tui.screens.steps import StepsScreen
from tui.widgets.capture import CaptureBar

IDS = {"silent": "silent-co", "ctrl": "control-gmbh", "payer": "payer-ltd"}
"""What the app calls the clients of the stories, which name themselves on the command line."""
_MARKS = {"--channel": "^{}", "--severity": "s:{}", "--hours": "+{}h", "--quote": '"{}"'}
_FLAGS = ("--set", "--choose", "--except", "--gut", "--dread", "--for", "--reasons")


def typed_line(typed: str) -> str | None:
    """Return what is typed into quick capture for a command of a story; None where it has none."""
    verb, *argv = shlex.split(typed)[1:]
    if any(word in _FLAGS for word in argv):
        return None
    words, said = _parted(argv)
    marks = " ".join(shape.format(said[name]) for name, shape in _MARKS.items() if name in said)
    return _spelled(verb, words, said, marks)


def _spelled(verb: str, words: list[str], said: dict[str, str], marks: str) -> str:
    told = words[1:]
    if verb == "new":
        rate = f"{said['--rate']}/h" if "--rate" in said else ""
        reply = f"reply {said['--reply-within']}" if "--reply-within" in said else ""
        rounds = f"revisions {said['--revisions']}" if "--revisions" in said else ""
        terms = (said.get("--currency", ""), rate, said.get("--terms", ""), reply, rounds)
        return " ".join(["new", words[0], *filter(None, terms)])
    if verb == "log":
        bill = said.get("--invoice", "")
        return f"{told[0]} {bill if bill not in told[1] else ''} {told[1]} {marks}"
    if verb == "answer":
        return f"answer #{words[0].partition('#')[2]} {told[0]}"
    if verb == "hours":
        return f"hours {told[0]} {said.get('--class', '')} {told[1]}"
    due = {"ask": "--needed-by", "promise": "--due"}.get(verb)
    kind = {"ask": "request", "deliver": "delivery", "pay": "payment"}.get(verb, verb)
    by = "by:client" if verb == "promise" else ""
    return f"{kind} {' '.join(told)} {by} {f'due:{said[due]}' if due else ''}"


def _parted(argv: list[str]) -> tuple[list[str], dict[str, str]]:
    words: list[str] = []
    said: dict[str, str] = {}
    left = iter(argv)
    for word in left:
        if word.startswith("--"):
            said[word] = next(left)
        else:
            words.append(word)
    return words, said


async def _type(app: DocketApp, pilot: Pilot[None], line: str) -> None:
    """Log a line, answering what is asked before it by saying so once more.

    A handover while money is owed is refused at first, as on the command line.
    """
    await pilot.press("n", "ctrl+u")
    await paste(pilot, " ".join(line.split()))
    for _ in range(2):
        if app.screen.query(CaptureBar):
            await pilot.press("enter")
            await settled(pilot)
    assert not app.screen.query(CaptureBar) or line.startswith("handover "), text_of(app)
    while app.has_bar:
        await pilot.press("escape")
        await settled(pilot)


def _beside(root: Path, typed: str, clock: FixedClock) -> None:
    """Run a command of the story on the workspace that is open in the app."""
    words = [IDS.get(word, word) for word in shlex.split(typed)[1:]]
    words = [str(root.parent / "out") if word == "out" else word for word in words]
    assert run(["--workspace", str(root), *words], open_app=lambda make: 1, clock=clock) == 0


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(WANTED))
async def test_the_first_step_in_the_app_is_the_one_that_the_advice_asks_for(
    name: str, tmp_path: Path
) -> None:
    clock = FixedClock()
    app = DocketApp(Workspace.create(tmp_path / "work", clock=clock))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        for day, typed in lines(name):
            clock.now = datetime.combine(day, time(10), UTC)
            if typed.startswith("?"):
                await _look(app, pilot, WANTED[name][day.isoformat()])
            elif (line := typed_line(typed)) is None:
                _beside(tmp_path / "work", typed, clock)
            else:
                await _type(app, pilot, line)


async def _look(app: DocketApp, pilot: Pilot[None], wanted: tuple[str, ...]) -> None:
    await pilot.press("N")
    await settled(pilot)
    screen = app.screen
    assert isinstance(screen, StepsScreen)
    found = [step for step in to_take(screen.steps) if step.key != "anchor"]
    assert tuple(step.what for step in found) == wanted
    if found[0].due <= app.workspace.clock().date():
        assert screen.selected == found[0]  # the cursor is on it, and it is the first that is shown
    said = wanted[0].split(":")[0]
    assert said[:24] in " ".join(text_of(app).split()), "cut where a sum stands behind it"
    await pilot.press("escape")
    await settled(pilot)


@pytest.mark.parametrize("name", sorted(WANTED))
def test_nearly_all_of_a_story_can_be_typed_into_the_app(name: str) -> None:
    """What has no line of its own there is private, written down, or a clause of the terms."""
    beside = {
        shlex.split(typed)[1]
        for _, typed in lines(name)
        if not typed.startswith("?") and typed_line(typed) is None
    }
    assert beside <= {"decide", "checkin", "record", "report", "log"}
