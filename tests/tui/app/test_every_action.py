"""Every command of the registry, pressed in every place it is for: its action runs, and shows.

Places and commands are those of the registry, so what is added is tried as well. What each does
besides is the matter of the tests of its screen.
"""

from __future__ import annotations

import shutil
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from store.sample import write_sample
from store.workspace import Workspace
from tests.docs.scenes import NOW, SCENES, Scene, go_to, rows_of
from tests.examples import swept
from tests.tui.waiting import settled
from tui.app import DocketApp
from tui.commands import COMMANDS, MOVES, PLACES, Command
from tui.keys import keys_in

BEFORE = {
    "up": ("j", "j"),
    "top": ("G",),
    "page-up": ("G",),
    "half-up": ("G",),
    "pane-log": ("1",),
    "for-court": ("2",),
    "clear in checkin": ("k",),
    "open in record": ("j", "j"),
    "open in entries": ("escape", "g", *["j"] * 4, "enter"),
    "keep-checkin in two-keys": ("3",),
    "complete in capture": ("ctrl+u", "l", "a"),
    "complete in find": ("space", "k", "i", "n"),
}
"""What is typed first, so that there is something to be seen of it."""
TYPED_INTO = {"capture", "find", "correct", "choice", "exception", "welcome", "repair"}
TYPED_INTO |= {"letter-text", "two-keys"}
"""Places whose line or field deals with some keys itself, and so runs no action."""
ASKED_ONCE = {"gut", "two-keys"}
"""Places that nobody comes to twice on a day."""
LEAVES = "quit"
UNSEEN = {*MOVES, "redraw"}
"""Commands after which the screen may look the same."""


def scene_of(place: str) -> Scene:
    """Return the scene that shows a place."""
    if place == "everywhere":
        return SCENES[0]
    return next(one for one in SCENES if place in (one.name, one.place))


def first_places() -> list[tuple[str, Command]]:
    """Return each command, in the first place it is for."""
    return [(command.where[0], command) for command in COMMANDS]


def other_places() -> list[tuple[str, Command]]:
    """Return each command in each of the other places it is for."""
    return [(place, command) for command in COMMANDS for place in command.where[1:]]


def by_place(pairs: list[tuple[str, Command]]) -> dict[str, list[Command]]:
    """Return the commands to try in each place, the one that leaves last."""
    found: dict[str, list[Command]] = {}
    for place, command in sorted(pairs, key=lambda pair: pair[1].id == LEAVES):
        found.setdefault(place, []).append(command)
    return found


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sample(tmp_path_factory.mktemp("actions") / "sample", NOW).root


FIRST, OTHER = by_place(first_places()), by_place(other_places())


def test_every_command_is_tried_in_every_place() -> None:
    tried = [(place, one.id) for part in (FIRST, OTHER) for place in part for one in part[place]]
    assert sorted(tried) == sorted((place, one.id) for one in COMMANDS for place in one.where)
    assert FIRST.keys() | OTHER.keys() | {"vent"} == PLACES.keys()


@pytest.mark.parametrize("place", swept([*FIRST], 5))
async def test_a_command_does_what_it_says(place: str, sample: Path, tmp_path: Path) -> None:
    await try_each(place, FIRST[place], sample, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("place", OTHER)
async def test_it_does_so_elsewhere(place: str, sample: Path, tmp_path: Path) -> None:
    await try_each(place, OTHER[place], sample, tmp_path)


async def try_each(place: str, commands: list[Command], sample: Path, folder: Path) -> None:
    """Press the key of each command in a place; all that was wrong is told together."""
    once = place in ASKED_ONCE
    wrong: list[str] = []
    for number, some in enumerate([[one] for one in commands] if once else [commands]):
        root = folder / str(number)
        shutil.copytree(sample, root / "w")
        with chdir(root):
            wrong += await try_all(place, some, root / "w")
    assert not wrong, "\n".join(wrong)


async def try_all(place: str, commands: list[Command], root: Path) -> list[str]:
    """Return what is wrong with commands in a place, in one app."""
    app = DocketApp(Workspace.open(root, clock=lambda: NOW))
    ran: list[str] = []
    run_action = app.run_action

    async def noted(action: Any, *rest: Any) -> bool:
        ran.append(str(action))
        return await run_action(action, *rest)

    app.run_action = noted  # type: ignore[method-assign, assignment]
    wrong = []
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for command in commands:
            scene = scene_of(place)
            await go_to(app, pilot, scene)
            await pilot.press(*_before(place, command, scene))
            await settled(pilot)
            if said := await try_one(app, pilot, place, command, ran):
                wrong.append(f"{command.id} in {place}: {said}")
    return wrong


def _before(place: str, command: Command, scene: Scene) -> tuple[str, ...]:
    if command.id == "kept":  # typed, closed, and opened again
        return ("1", "x", "escape", "n" if place == "capture" else scene.keys[-1])
    return BEFORE.get(f"{command.id} in {place}") or BEFORE.get(command.id, ())


async def try_one(
    app: DocketApp, pilot: Pilot[None], place: str, command: Command, ran: list[str]
) -> str:
    """Return what is wrong with a command where the app is; nothing if it does what it says."""
    keys = keys_in(place, command, {})
    before = rows_of(app, "dark")
    ran.clear()
    await pilot.press(*(keys[:1] or (":", *command.label, "enter")))
    if command.id == LEAVES:
        return "" if app._exit else "the app is still there"
    await settled(pilot)
    action = command.action
    if place not in TYPED_INTO and not any(one.startswith(action) for one in ran):
        return f"ran {ran}"
    if command.id in UNSEEN or rows_of(app, "dark") != before:
        return ""
    return "nothing is to be seen of it"
