"""Finding: in one docket a TinyDB query beside a plain scan, in all a keystroke, and the commands.

What is kept for all dockets is made once, and then asked with everything that is hard: a word that
is everywhere, one letter, a word nobody wrote, scripts without blanks, and a field alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from time import perf_counter

from store.docket import Docket
from store.docket.filter import parse_filter
from store.overview.finding import MOST_LISTED, Finder
from store.workspace import Workspace
from tests.benchmarks.figures import Claim, Figure, Section, interleaved
from tests.benchmarks.fixture import write_workspace
from tests.benchmarks.processes import Docket as Command
from tests.benchmarks.reading import timed

_FIELD, _WORDS = "kind:late-payment", "accountant monday"
_FILTERS = (_FIELD, _WORDS, "zebra", f"{_FIELD} since:2025-01 {_WORDS}")
_MAY = "a keystroke may take"
_HARD = ("zebra", "a", "accountant", "accountant monday", "សំ", "東京", "severity:3", _FIELD)
_STREAM = "reading the journals, byte for byte"
_EACH = 500


def finding(folder: Path, command: Command, size: int, rounds: int) -> list[Section]:
    """Compare finds in one docket of `size` entries, and in dockets of 500 of as many together."""
    made = write_workspace(folder / "find-one", {"acme": size})
    dockets = max(2, size // _EACH)
    many = {f"client-{number:03}": _EACH for number in range(dockets)}
    spread = write_workspace(folder / "find-many", many)
    commands: dict[str, Callable[[], float]] = {
        f"docket show #9, {size:,}": command.command(made.root, "show", "acme", "#9").cpu,
        f"docket show a word, {size:,}": command.command(made.root, "show", "acme", "zebra").cpu,
        f"docket find, {dockets} x {_EACH}": command.command(spread.root, "find", "zebra").cpu,
    }
    return [
        _keystrokes(made.docket("acme"), size, rounds),
        _in_all(made, f"one docket of {size:,}", rounds),
        _in_all(spread, f"{dockets} dockets of {_EACH}", rounds),
        Section("Find, as commands (CPU time of the process)", interleaved(commands, 3)),
    ]


def _keystrokes(docket: Docket, size: int, rounds: int) -> Section:
    first = timed(lambda: _typed(docket, "zebra"))()  # also folds every text
    subjects: dict[str, Callable[[], object]] = {
        f"/{text}": partial(_typed, docket, text) for text in _FILTERS
    }
    rows = [row["text"] for row in docket.table]
    subjects |= {
        f"TinyDB query, {_FIELD}": lambda: _asked(docket, _FIELD),
        f"plain scan, {_FIELD}": lambda: [
            one for one in docket.standing if one.original.kind == "late-payment"
        ],
        f"TinyDB query, {_WORDS}": lambda: _asked(docket, _WORDS),
        f"plain scan, {_WORDS}": lambda: _scanned(rows, _WORDS.split()),
    }
    figures = interleaved({name: timed(work) for name, work in subjects.items()}, rounds)
    figures |= {"/zebra, the first time": Figure((first,)), _MAY: Figure((150.0,))}
    claims = [
        *(Claim(f"TinyDB query, {text}", f"plain scan, {text}") for text in (_FIELD, _WORDS)),
        *(Claim(f"/{text}", _MAY, 1) for text in _FILTERS),
    ]
    return Section(f"Find in a docket of {size:,} entries, read before (CPU)", figures, claims)


def _in_all(workspace: Workspace, what: str, rounds: int) -> Section:
    """Measure a keystroke in all dockets, by the clock, as other threads run meanwhile."""
    finder, today = Finder(workspace), date(2027, 1, 1)
    begun = perf_counter()
    finder.look()
    made = (perf_counter() - begun) * 1000

    def typed(text: str, whose: Finder) -> None:
        whose.look()
        found = whose.find(parse_filter(text, today), today, most=MOST_LISTED)
        whose.standing(found.hits[:50])

    def cold() -> None:
        typed("accountant", Finder(Workspace.open(workspace.root)))

    def appended() -> None:
        workspace.enter(workspace.client_ids()[0], "note", "zebra")
        typed("zebra", finder)

    def streamed() -> None:
        for client in workspace.client_ids():
            workspace.path(client).read_bytes()

    asked = {f"F{text}": by_clock(partial(typed, text, finder)) for text in _HARD}
    asked |= {
        "Faccountant, a new session": by_clock(cold),
        "Fzebra, once logged": by_clock(appended),
    }
    figures = interleaved({**asked, _STREAM: by_clock(streamed)}, rounds)
    figures |= {
        "made at first": Figure((made,)),
        "the file": Figure((workspace.places.words.stat().st_size / 2**20,), "MiB"),
        "the journals": Figure((_journals(workspace) / 2**20,), "MiB"),
        _MAY: Figure((150.0,)),
    }
    claims = [Claim("the file", "the journals", 1), *(Claim(name, _MAY, 1) for name in asked)]
    return Section(f"Find in all dockets, {what} (by the clock)", figures, claims)


def by_clock(work: Callable[[], object]) -> Callable[[], float]:
    """Return what does `work` and returns how many milliseconds passed."""

    def measure() -> float:
        begun = perf_counter()
        work()
        return (perf_counter() - begun) * 1000

    return measure


def _journals(workspace: Workspace) -> int:
    return sum(workspace.path(client).stat().st_size for client in workspace.client_ids())


def _asked(docket: Docket, text: str) -> object:
    return docket.fitting(parse_filter(text, docket.today))


def _typed(docket: Docket, text: str) -> object:
    """Do what a keystroke in the find bar does, but for drawing a page."""
    fitting = docket.fitting(parse_filter(text, docket.today))
    return docket.log.only({one.seq for one in fitting})


def _scanned(texts: Sequence[str], words: Sequence[str]) -> object:
    return [text for text in texts if all(map(text.__contains__, words))]
