"""The scenes that pictures are made of: every screen, and the keys that lead to it.

All scenes of one size and workspace are played in one app, each from the main screen, as a start
costs as much as ten of them. Time and ids are fixed: the same program shows the same.
"""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from textual.pilot import Pilot

from store.drafts import Drafts
from store.sample import write_sample
from store.workspace import Workspace
from tests.docs.svg import Row, page_of, row_of
from tests.tui.waiting import settled, until, without_the_clock
from tui.app import DocketApp
from tui.app.appearance import Wardrobe

NOW = datetime(2026, 11, 22, 10, 20, tzinfo=timezone(timedelta(hours=1)))
SIZES = ((60, 20), (80, 24), (120, 40))
_LINES = 20
_TRUE = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
_NONE = _TRUE | {"NO_COLOR": "1"}


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: its name, the place it shows, and the keys that lead there.

    It begins on entry `seq` of `client`, in the list of clients; without one, in a workspace that
    is empty. `themes` are those it is shown in; `kept` is a line that another session did not log,
    and `elsewhere` a note that another one logs once the keys are pressed. The keys `after` are
    pressed once it was shown, to leave all as it was. To `walk` is to try the last key a line
    further down until it leads there.
    """

    name: str
    place: str
    keys: tuple[str, ...] = ()
    client: str = "ostrelle"
    seq: int = 37  # "keep working, I'll pay you eventually"
    themes: tuple[str, ...] = ("dark",)
    kept: str = ""
    walk: bool = False
    elsewhere: str = ""
    after: tuple[str, ...] = ()


class Shown(NamedTuple):
    """What a scene looks like in one theme."""

    scene: Scene
    theme: str
    rows: Sequence[Row]


def typed(text: str) -> tuple[str, ...]:
    """Return the keys of a text."""
    return tuple("space" if sign == " " else sign for sign in text)


_ALL_THEMES = ("dark", "light", "none")
_LINE = "late OE-05 still unpaid !2 @yesterday +0.5h"

SCENES = (
    Scene("main", "main", ("2",), themes=_ALL_THEMES),
    Scene("zoom", "main", ("2", "z")),
    Scene("entry", "entry", ("2", "enter")),
    Scene("card", "card", ("c",)),
    Scene("behind", "entries", ("c", "G", "enter")),
    Scene("gut", "gut", ("d",), "grelby-strength", 42),
    Scene("decision", "decision", ("d", "0"), themes=_ALL_THEMES),
    Scene("decision-whole", "decision", ("d", "0")),
    Scene("decision-behind", "decision", ("d", "0", *["j"] * 6, "enter")),
    Scene("ways-out", "decision", ("d", "0", "b")),
    Scene("trend", "decision", ("d", "0", "t")),
    Scene("exception", "exception", ("d", "0", "m"), walk=True),
    Scene("choice", "choice", ("d", "0", "w")),
    Scene("past", "past", ("h",)),
    Scene("due", "steps", ("N",)),
    Scene("letter", "letter", ("l", "escape")),
    Scene("letter-text", "letter-text", ("l", "escape", "a")),
    Scene("record", "record", ("x",)),
    Scene("portfolio", "portfolio", ("p",)),
    Scene("find", "find", ("F", *typed("bank"))),
    Scene("checkin", "checkin", ("i", "8", "3")),
    Scene("leaving", "leaving", ("E", "enter")),
    Scene("vent", "vent", ("V", "enter")),
    Scene("welcome", "welcome", ("I",)),
    Scene("correct", "correct", ("2", "a")),
    Scene("repair", "repair", ("2", "R")),
    Scene("drafts", "drafts", ("D",), kept="ostrelle note Dana rang, and"),
    Scene("help", "help", ("question_mark",)),
    Scene("palette", "main", (":", *typed("le"))),
    Scene("themes", "main", (":", *typed("theme"), "enter")),
    Scene("refused", "main", ("u",)),
    Scene("discreet", "main", ("2", "H"), after=("H",)),
    Scene("capture", "main", ("n", *typed(_LINE))),
    Scene("two-keys", "two-keys", ("n", *typed(_LINE), "enter", "i", "8")),
    Scene("elsewhere", "main", ("2", "g"), elsewhere="Dana rang; she looks into it"),
    Scene("logged", "main", ("n", *typed("note Dana rang back"), "enter")),
    Scene("empty", "main", client=""),
)
"""Those that leave something behind come last; `empty` is of a workspace with no client."""


@contextmanager
def _in_zone() -> Iterator[None]:
    """Let local time be that of NOW, wherever the pictures are made."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "CET-1CEST,M3.5.0,M10.5.0/3"
    time.tzset()
    try:
        yield
    finally:
        os.environ.pop("TZ")
        if before is not None:
            os.environ["TZ"] = before
        time.tzset()


@contextmanager
def workspace_of(client: str) -> Iterator[Workspace]:
    """Return the sample, or for no client an empty workspace, in a folder without a user's name."""
    with TemporaryDirectory(dir="/tmp") as folder, chdir("/tmp"), _in_zone():
        root = Path(folder) / "docket"
        if client:
            write_sample(root, NOW)
            yield Workspace.open(root, clock=lambda: NOW)
        else:
            yield Workspace.create(root, clock=lambda: NOW)


async def played(scenes: Sequence[Scene], size: tuple[int, int]) -> AsyncIterator[Shown]:
    """Return what each of `scenes` looks like at a size, in each of its themes."""
    without_the_clock()
    for part in ([one for one in scenes if one.client], [one for one in scenes if not one.client]):
        if not part:
            continue
        with workspace_of(part[0].client) as workspace:
            app = DocketApp(workspace, wardrobe(workspace, "dark"))
            async with app.run_test(size=size) as pilot:
                await settled(pilot)
                for scene in part:
                    async for shown in _play(app, pilot, scene):
                        yield shown


def wardrobe(workspace: Workspace, theme: str) -> Wardrobe:
    """Return how an app looks that paints its own ground; in the theme `none`, under NO_COLOR."""
    return Wardrobe(workspace.root, theme, _NONE if theme == "none" else _TRUE, paint=True)


async def _play(app: DocketApp, pilot: Pilot[None], scene: Scene) -> AsyncIterator[Shown]:
    await go_to(app, pilot, scene)
    for theme in scene.themes:
        app.dress(wardrobe(app.workspace, theme).look)
        await settled(pilot)
        yield Shown(scene, theme, rows_of(app, theme))
    app.dress(wardrobe(app.workspace, "dark").look)
    await pilot.press(*scene.after)


async def go_to(app: DocketApp, pilot: Pilot[None], scene: Scene) -> None:
    """Come to a scene from wherever the app is; its keys must lead to its place."""
    if scene.client:
        await _go_home(app, pilot)
        app.main.select(scene.client, scene.seq)
        app.main.action_go_to("clients")
    if scene.kept:
        _keep(app.workspace, scene.kept)
    await settled(pilot)
    await pilot.press(*scene.keys)
    await settled(pilot)
    for _ in range(_LINES * scene.walk):
        if app.place == scene.place:
            break
        await pilot.press("j", scene.keys[-1])
        await settled(pilot)
    if scene.elsewhere:
        _log_elsewhere(app, scene)
        await settled(pilot)
    await until(pilot, lambda: not app.main.panes.resting)
    assert app.place == scene.place, f"{scene.name}: its keys lead to {app.place}; {app.told}"


def _log_elsewhere(app: DocketApp, scene: Scene) -> None:
    """Let another session log a note, and the app take it in."""
    other = Workspace.open(app.workspace.root, clock=app.workspace.clock)
    other.log(other.draft(scene.client, "note", scene.elsewhere))
    app.main.look()


async def _go_home(app: DocketApp, pilot: Pilot[None]) -> None:
    """Go back to the main screen as it was at first, nothing typed and nothing said."""
    for _ in range(6):
        await pilot.press("escape")
        if app.screen is app.main and not app.has_bar:
            break
    for kept in app.workspace.drafts.kept():
        app.workspace.drafts.discard(kept)


def _keep(workspace: Workspace, line: str) -> None:
    """Let a session that is over have typed a line, a quarter of an hour ago."""
    other = Drafts(workspace.drafts.folder)
    other.save("capture", line)
    other.leave()
    then = (NOW - timedelta(minutes=15)).timestamp()
    for path in workspace.drafts.folder.rglob("*"):
        os.utime(path, (then, then))


def rows_of(app: DocketApp, theme: str) -> list[Row]:
    """Return the rows of the screen as they would be sent."""
    page = page_of(theme)
    return [row_of(strip, page) for strip in app.screen._compositor.render_strips()]
