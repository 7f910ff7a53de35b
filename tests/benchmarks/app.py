"""The app in a terminal of 80x24, beside the least a Textual app takes, and beside other programs.

Those other programs take part where they are installed: `--peer` names their commands.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from shutil import copytree
from time import perf_counter
from typing import Final, NamedTuple

from tests.benchmarks.figures import WITHIN, Claim, Figure, Section
from tests.benchmarks.fixture import write_workspace
from tests.benchmarks.processes import Command, Docket, environment
from tests.benchmarks.terminals import Pane, Press, Start, idle
from tests.old.sample import old_sample

_STATIC: Final = """
from textual.app import App
from textual.widgets import Static
class Least(App):
    def compose(self):
        yield Static("Nothing but this")
Least().run()
"""
_OPTIONS: Final = """
from textual.app import App
from textual.widgets import OptionList
class Least(App):
    def compose(self):
        yield OptionList(*[f"Option {number} of twenty" for number in range(20)])
Least().run()
"""
STATIC, OPTIONS, OURS = "an app with one Static", "an OptionList of twenty", "docket"
ALONE = f"{OURS}, one of 100,000"
ANEW, TYPED = f"{OURS}, no picture kept", f"{OURS}, a key typed at once"
LISTED, COLD = f"{ANEW}: its list", f"{OURS}, nothing kept at all: its list"
GROWN = f"{OURS}, a line logged by the shell before"
_PEERS: Final = {"posting": "Collection", "harlequin": "Data Catalog"}
"""Other programs, and what they show once they can be used."""
_LIST: Final = "Clients 14"
"""What the list of the sample's clients has over it."""
_DOWN, _UP = "\x1b[B", "\x1b[A"
_MOVES: Final = {"log": 900, "clients": 800}
"""Bytes that a move of the cursor may take, with what is drawn once it rests."""
_SCREENS: Final = {
    "card": "c",
    "find": "F",
    "decision": "d",
    "portfolio": "p",
    "capture": "n",
    "palette": ":",
    "a page of the log": "2 ",
    "a letter of a line": "nx",
}
"""What is opened, and the keys that lead there: the bytes of the last are counted."""


class _App(NamedTuple):
    """How a program is started, what it shows once it is there, and the keys of its cursor."""

    words: Sequence[str]
    ready: str
    down: str = _DOWN
    up: str = _UP
    typed: str = ""
    lacks: tuple[Path, ...] = ()
    before: Command | None = None

    def open(self, folder: Path) -> Pane:
        """Return the program as it starts, after what goes `before` and with what it `lacks` gone.

        The keys of it are typed at once.
        """
        if self.before:
            self.before.run()
        for path in self.lacks:
            path.unlink(missing_ok=True)
        pane = Pane(self.words, {**environment(), "HOME": str(folder)})
        pane.type(self.typed)
        return pane


def using(
    folder: Path, docket: Docket, peers: Mapping[str, str], *, whole: bool
) -> Iterator[Section]:
    """Compare start, cursor, what opens and doing nothing; with large dockets if `whole`."""
    apps = _apps(folder, docket, peers, whole=whole)
    begun = apps | _begun(apps[OURS], docket)
    starts: dict[str, list[Start]] = {name: [] for name in begun}
    end = perf_counter() + 3 * WITHIN
    for number in range(5 if whole else 3):
        if number and perf_counter() > end:
            break
        for name, app in begun.items():
            with app.open(folder) as pane:
                starts[name].append(pane.started(app.ready))
    yield from _started(starts)
    yield from _moved(apps, folder, 12 if whole else 8)
    yield _opened(apps[OURS], folder)
    yield _idle(apps, folder, 4.0 if whole else 3.0)


def _apps(
    folder: Path, docket: Docket, peers: Mapping[str, str], *, whole: bool
) -> dict[str, _App]:
    apps = {
        STATIC: _App([docket.python, "-c", _STATIC], "Nothing but this", "", ""),
        OPTIONS: _App([docket.python, "-c", _OPTIONS], "Option 19"),
    }
    made = {OURS: old_sample(folder / "old").root}
    if whole:
        many = {f"client-{number:03}": 500 for number in range(200)}
        made[f"{OURS}, 200 clients x 500"] = write_workspace(folder / "app-many", many).root
        long = {"acme": 100_000}
        made[ALONE] = write_workspace(folder / "app-long", long).root
    for name, root in made.items():
        docket.command(root, "clients").run()  # what is kept of it is made once
        apps[name] = _App([*docket.start, "--workspace", str(root)], "1 of ", "j", "k")
        _leave(apps[name], folder)
    for name, ready in _PEERS.items():
        if command := peers.get(name) or shutil.which(name):
            apps[name] = _App(command.split(), ready)
    return apps


def _begun(app: _App, docket: Docket) -> dict[str, _App]:
    """Return other starts of the app; one that lacks what was kept has a workspace of its own."""
    root = Path(app.words[-1])
    found = {TYPED: app._replace(typed="2j", ready="2 of ")}
    for name, ready, lacks in (
        (ANEW, app.ready, ["picture"]),
        (LISTED, _LIST, ["picture"]),
        (COLD, _LIST, ["picture", "summaries"]),
    ):
        own = copytree(root, root.with_name(f"{root.name}-{len(found)}"))
        docket.command(own, "clients").run()
        paths = tuple(own / "cache" / f"{one}.json" for one in lacks)
        found[name] = app._replace(words=[*app.words[:-1], str(own)], ready=ready, lacks=paths)
    own = copytree(root, root.with_name(f"{root.name}-grown"))
    line = docket.command(own, "log", "thistlemarch", "note", "They called.")
    found[GROWN] = app._replace(words=[*app.words[:-1], str(own)], before=line)
    return found


def _leave(app: _App, folder: Path) -> None:
    """Open an app and leave it, so that what it begins with is kept."""
    with app.open(folder) as pane:
        pane.started(app.ready)
        pane.type("q")
        pane.ended()


def _started(starts: Mapping[str, Sequence[Start]]) -> Iterator[Section]:
    of_peers = [name for name in _PEERS if name in starts]
    other = (ANEW, GROWN, TYPED, LISTED, COLD)
    large = [name for name in starts if name.startswith(f"{OURS}, ") and name not in other]
    units = {"ready": "ms", "cpu": "ms", "peak": "MiB", "sent": "B"}
    aims = {"ready": (1.5, 1.7), "peak": (1.4, None)}
    for title, field in (
        ("until it is there", "ready"),
        ("CPU time", "cpu"),
        ("peak memory of all its processes", "peak"),
        ("bytes", "sent"),
    ):
        limit, limit_large = aims.get(field, (None, None))
        figures = {
            name: Figure(tuple(float(getattr(one, field)) for one in taken), units[field])
            for name, taken in starts.items()
        }
        claims = [Claim(OURS, STATIC, limit), *(Claim(one, STATIC, limit_large) for one in large)]
        claims += [Claim(OURS, one, 1) for one in of_peers]
        claims += [Claim(one, STATIC, 1.5) for one in (ANEW, GROWN) if field == "ready"]
        claims += [Claim(one, STATIC) for one in other if field == "cpu"]
        claims += [Claim(one, STATIC) for one in (TYPED, LISTED, COLD) if field == "ready"]
        claims += [Claim(COLD, LISTED, 1.2)] if field == "ready" else []
        yield Section(f"Start at 80x24: {title}", figures, claims)


def _moved(apps: Mapping[str, _App], folder: Path, many: int) -> Iterator[Section]:
    """Compare cursors, all programs being there at once, and pressed in turn."""
    cursors = list(_cursors(apps))
    presses: dict[str, list[Press]] = {name: [] for name, _, _ in cursors}
    with ExitStack() as stack:
        panes = {name: stack.enter_context(app.open(folder)) for name, app, _ in cursors}
        for name, app, keys in cursors:
            panes[name].started(app.ready)
            for key in (*keys, app.down):
                panes[name].press(key)
        for number in range(many):
            for name, app, _ in cursors:
                presses[name].append(panes[name].press(app.down if number % 2 else app.up))
        held = {name: panes[name].held(app.down, 30, 1 / 30) for name, app, _ in cursors}
    yield Section(
        "A cursor move: until the first byte",
        {name: Figure(tuple(one.answered for one in told)) for name, told in presses.items()},
        [Claim(f"{OURS}: {pane}", OPTIONS, 1.1) for pane in _MOVES],
    )
    may = {f"a move in the {pane} may take": _bytes(most) for pane, most in _MOVES.items()}
    yield Section(
        "A cursor move: bytes, with what is drawn once it rests",
        {name: _bytes(*(one.sent for one in told)) for name, told in presses.items()} | may,
        [Claim(f"{OURS}: {pane}", f"a move in the {pane} may take", 1) for pane in _MOVES],
    )
    yield Section(
        "A key held at 30 a second: bytes a key",
        {name: _bytes(one.sent) for name, one in held.items()},
    )
    yield Section(
        "A key held at 30 a second: how late the last picture is",
        {name: Figure((one.answered,)) for name, one in held.items()}
        | {"may be": Figure((100.0,))},
        [Claim(f"{OURS}: {pane}", "may be", 1) for pane in _MOVES],
    )


def _cursors(apps: Mapping[str, _App]) -> Iterator[tuple[str, _App, str]]:
    """Yield each list with a cursor: its name, its program, and the keys that lead there."""
    for name, app in apps.items():
        if name.startswith(OURS):
            yield f"{name}: log", app, "2"
            if name != ALONE:
                yield f"{name}: clients", app, ""
        elif app.down:
            yield name, app, ""


def _opened(app: _App, folder: Path) -> Section:
    figures = {}
    for name, keys in _SCREENS.items():
        with app.open(folder) as pane:
            figures["the first picture"] = _bytes(pane.started(app.ready).sent)
            for key in keys[:-1]:
                pane.press(key, 0.3)
            figures[name] = _bytes(pane.press(keys[-1], 0.3).sent)
    claims = [Claim(name, "each may take", 1) for name in figures]
    return Section("What opens, in bytes", {**figures, "each may take": _bytes(12_000)}, claims)


def _idle(apps: Mapping[str, _App], folder: Path, seconds: float) -> Section:
    with ExitStack() as stack:
        panes = {name: stack.enter_context(app.open(folder)) for name, app in apps.items()}
        for name, app in apps.items():
            panes[name].started(app.ready)
        took = idle(list(panes.values()), seconds)
        figures = {name: Figure((one,)) for name, one in zip(panes, took, strict=True)}
    claims = [Claim(name, STATIC, 1.3) for name in figures if name.startswith(OURS)]
    return Section("Nothing to do: CPU in a second", figures, claims)


def _bytes(*sent: int) -> Figure:
    return Figure(tuple(map(float, sent)), "B")
