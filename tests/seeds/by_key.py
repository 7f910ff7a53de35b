"""Does by key, in the app that is open, what a story's verb decides, keeps, writes down or agrees.

What comes of it is held beside what the verb makes of a copy of the workspace as it stood then.
"""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from textual.pilot import Pilot
from textual.screen import Screen

from store.overview.standing import scene_of
from store.private.model import SCALES
from store.records import verify_record
from store.workspace import Workspace
from tests.store.building import FixedClock
from tests.tui.screens.host import text_of
from tests.tui.waiting import paste, settled
from tui.app import DocketApp
from tui.cli.run import run
from tui.screens.checkin import CheckInScreen
from tui.screens.choose import ChooseScreen
from tui.screens.correct import CorrectScreen
from tui.screens.decision import DecisionScreen
from tui.screens.record import RecordScreen
from tui.screens.set_aside import SetAsideScreen
from tui.widgets.capture import CaptureBar

Seen = TypeVar("Seen", bound=Screen[Any])
Said = dict[str, list[str]]
CHOICE = {"keep": "1", "set-boundaries": "2", "stop-work": "3", "walk-away": "4"}
PURPOSE = {"court": "1", "platform": "2", "mediator": "3", "own": "4"}


def parted(argv: list[str]) -> tuple[list[str], Said]:
    """Return the words of a command, and what its options say, each as often as it was given."""
    words: list[str] = []
    said: Said = {}
    left = iter(argv)
    for word in left:
        if word == "--reasons":
            said[word] = []
        elif word.startswith("-"):
            said.setdefault(word, []).append(next(left))
        else:
            words.append(word)
    return words, said


@dataclass
class Keys:
    """Who presses the keys, in which app, and what the clock says."""

    app: DocketApp
    pilot: Pilot[None]
    clock: FixedClock

    @property
    def workspace(self) -> Workspace:
        """The one that is open in the app."""
        return self.app.workspace

    async def press(self, *keys: str) -> None:
        """Press keys, and wait for what they bring."""
        await self.pilot.press(*keys)
        await settled(self.pilot)

    def on(self, screen: type[Seen]) -> Seen:
        """Return the screen that is shown, which is to be one of that class."""
        assert isinstance(self.app.screen, screen), text_of(self.app)
        return self.app.screen

    async def fill(self, name: str, text: str) -> None:
        """Go to a field by `tab`, and type over what stands in it."""
        for _ in range(40):
            focused = self.app.focused
            if focused is not None and focused.id == name:
                break
            await self.pilot.press("tab")
        else:
            raise AssertionError(f"tab comes to no {name}:\n{text_of(self.app)}")
        await self.pilot.press("end", "ctrl+u")
        await paste(self.pilot, text)

    async def line(self, line: str) -> None:
        """Log a line, answering what is asked before it by saying so once more.

        A handover while money is owed is refused at first, as on the command line.
        """
        await self.pilot.press("n")
        await paste(self.pilot, " ".join(line.split()))
        for _ in range(2):
            if self.app.screen.query(CaptureBar):
                await self.press("enter")
        still = self.app.screen.query(CaptureBar)
        assert not still or line.startswith("handover "), text_of(self.app)
        while self.app.has_bar:
            await self.press("escape")

    async def home(self) -> None:
        """Go back to the first screen."""
        while len(self.app.screen_stack) > 2:
            await self.press("escape")


def twin(keys: Keys, typed: str, names: dict[str, str]) -> Workspace:
    """Return a copy of the workspace in which the verb was typed."""
    root = keys.workspace.root
    folder = root.parent / f"beside-{len(list(root.parent.iterdir()))}"
    shutil.copytree(root, folder / root.name)
    words = [names.get(word, word) for word in shlex.split(typed)[1:]]
    words = [str(folder / "out") if word == "out" else word for word in words]
    argv = ["--workspace", str(folder / root.name), *words]
    assert run(argv, open_app=lambda _: 1, clock=keys.clock) == 0, typed
    return Workspace.open(folder / root.name, clock=keys.clock)


async def done_by_key(keys: Keys, typed: str, names: dict[str, str]) -> None:
    """Do what a line of a story says, by key; what it comes to is what the verb makes of it."""
    verb, *argv = shlex.split(typed)[1:]
    words, said = parted(argv)
    client = names.get(words[0], words[0])
    beside = twin(keys, typed, names)
    await DOING[verb](keys, beside, words, said)
    await keys.home()
    assert keys.workspace.private.of(client) == beside.private.of(client), typed
    assert keys.workspace.docket(client).terms == beside.docket(client).terms, typed
    if verb != "log":  # see `_agree`
        assert _logged(keys.workspace, client) == _logged(beside, client), typed


def _logged(workspace: Workspace, client: str) -> list[tuple[object, ...]]:
    """Return what each entry says: all but its own id, which no two share."""
    return [
        (one.kind, one.data, one.statement, one.occurred_at, one.visibility, one.links)
        for one in workspace.entries(client)
    ]


async def _decide(keys: Keys, beside: Workspace, words: list[str], said: Said) -> None:
    """`d`, the gut or none, then `w` for what is chosen or `m` for an exception to a rule."""
    await keys.press("d")
    screen = keys.on(DecisionScreen)
    await keys.press(CHOICE[said["--gut"][0]] if "--gut" in said else "0")
    if "--choose" in said:
        await keys.press("w")
        keys.on(ChooseScreen)
        await keys.press(CHOICE[said["--choose"][0]])
        await keys.fill("why", said["--why"][0])
        await keys.fill("review", said["--review"][0])
        await keys.press("enter")
        assert "Written down, in your private file." in text_of(keys.app)
    if "--except" in said:
        await keys.press("0")
        while (row := screen.listed.current) is None or row.rule != said["--except"][0]:
            assert row is not screen.listed.rows[-1], text_of(keys.app)
            await keys.press("j")
        await keys.press("m")
        keys.on(SetAsideScreen)
        await keys.fill("why", said["--why"][0])
        await keys.fill("until", said["--until"][0])
        await keys.press("enter")
    [client] = beside.client_ids()
    assert screen.assessment == scene_of(beside.docket(client), beside).assessment


async def _check_in(keys: Keys, beside: Workspace, words: list[str], said: Said) -> None:
    """`i`, then a digit for each number that is told, and `j` where none is."""
    await keys.press("i")
    keys.on(CheckInScreen)
    told = dict(zip((one.field for one in SCALES), words[1:], strict=False))
    told |= {name.lstrip("-"): value for name, [value] in said.items()}
    for scale in SCALES:
        if told:
            await keys.pilot.press(told.pop(scale.field, "j"))
    assert not told
    await keys.press("enter")
    assert "Check-in saved in your private file." in text_of(keys.app)


async def _record(keys: Keys, beside: Workspace, words: list[str], said: Said) -> None:
    """`x`, for whom, its kinds and its folder at `f`, then `w`: the same files to the byte."""
    out = keys.workspace.root.parent / "out"
    await keys.press("x", PURPOSE[said["--for"][0]], "f")
    screen = keys.on(RecordScreen)
    await keys.fill("folder", str(out))
    await keys.fill("kinds", "; ".join(said["--kind"]))
    await keys.press("escape")
    made = screen.parts.made
    assert made and made.record
    await keys.press("w")
    if screen.done is None:
        await keys.press("w")  # there was something to look at again
    assert screen.done and screen.done.record, text_of(keys.app)
    written = screen.done.record
    assert written.document.read_text("utf-8") == made.record.markdown
    assert verify_record(written.folder).ok
    [verbs_own] = (beside.root.parent / "out").iterdir()
    assert _files(written.folder) == _files(verbs_own)


async def _report(keys: Keys, beside: Workspace, words: list[str], said: Said) -> None:
    """`x` and the key of the final report, which is read and not written."""
    await keys.press("x", "7")
    made = keys.on(RecordScreen).parts.made
    assert made and made.record is None
    await keys.press("escape")


async def _agree(keys: Keys, beside: Workspace, words: list[str], said: Said) -> None:
    """`n` for what has a word there; a clause has none, and is filled in by amending that line.

    So there is an entry more, and the terms are the same.
    """
    options = dict(one.split("=", 1) for one in said["--set"])
    price = options.pop("price", "")
    await keys.line(f"terms price {price}" if price else f"terms {words[2] or 'a clause'}")
    if options:
        await keys.press("a")
        keys.on(CorrectScreen)
        for name, value in {"reason": "as agreed", **options}.items():  # as they stand
            await keys.fill(name, value)
        await keys.press("ctrl+s")


DOING: dict[str, Callable[[Keys, Workspace, list[str], Said], Awaitable[None]]] = {
    "decide": _decide,
    "checkin": _check_in,
    "record": _record,
    "report": _report,
    "log": _agree,
}


def _files(folder: Path) -> dict[str, bytes]:
    return {
        str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()
    }
