"""The three stories once more, all of them by key in one app, the clock moved on from day to day.

`N` has the same first as the story, and what is decided, kept or written is what the verb makes.
"""

from __future__ import annotations

import shlex
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from textual.pilot import Pilot

from store.playbook.step import to_take
from store.workspace import Workspace
from tests.seeds.by_key import DOING, Keys, done_by_key
from tests.seeds.stories import lines
from tests.seeds.test_stories import WANTED
from tests.store.building import FixedClock
from tests.tui.screens.host import text_of
from tests.tui.waiting import settled
from tui.app import DocketApp
from tui.screens.steps import StepsScreen

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


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(WANTED))
async def test_the_first_step_in_the_app_is_the_one_that_the_advice_asks_for(
    name: str, tmp_path: Path
) -> None:
    clock = FixedClock()
    app = DocketApp(Workspace.create(tmp_path / "work", clock=clock))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        keys = Keys(app, pilot, clock)
        for day, typed in lines(name):
            clock.now = datetime.combine(day, time(10), UTC)
            if typed.startswith("?"):
                await _look(app, pilot, WANTED[name][day.isoformat()])
            elif (line := typed_line(typed)) is None:
                await done_by_key(keys, typed, IDS)
            else:
                await keys.line(line)


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
def test_what_has_no_line_in_a_story_has_a_screen(name: str) -> None:
    """What has no line of its own there is private, written down, or a clause of the terms."""
    beside = {
        shlex.split(typed)[1]
        for _, typed in lines(name)
        if not typed.startswith("?") and typed_line(typed) is None
    }
    assert beside <= DOING.keys()
