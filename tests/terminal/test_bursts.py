"""Keys in one write do what the same keys do with a pause after each, on every screen."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.terminal.bursts import Left, copy_of, keys_of, left, quiet, sample, type_slowly
from tests.terminal.driver import Terminal

DOWN, SAVE = "\x1b[B", "\x13"
BURSTS = {
    "three entries": "nblame first\rnblame second\rnblame third\r",
    "a move, then an entry": "jnblame meant for the second\r",
    "three moves, then an entry": "jjjnblame meant for the fourth\r",
    "three arrows, then an entry": f"{DOWN}{DOWN}{DOWN}nblame meant for the fourth\r",
    "the last client, then an entry": "Gnblame meant for the last\r",
    "a move, then the decision": "jd0",
    "two moves, then the next step": "jjs",
    "a move, then the record": "jx",
    "a move, then the check-in": "ji83",
    "a move, the log, a void": "2jjv",
    "a void and its reason": "2vmistaken, not theirs\r",
    "a void by its name": "2:void\rmistaken entry\r",
    "an amendment over the fields": "2a\t\t\tthe day was wrong\x1b",
    "an amendment saved": f"2jaAlso: \t\t\twords were missing{SAVE}",
    "an addition": f"2ethe caption was theirs{SAVE}",
    "a form left, then an entry": "2ehalf of it\x1bnblame after the form\r",
    "what a record withholds": "xf\t\tKari",
    "a record for another reader": "x2w",
    "an entry from the record": "xnblame seen while writing\r",
    "a line left, then another": "nblame one half\x1bnblame two\r",
    "a check-in, then an entry": "i835\rnblame after the check-in\r",
    "the decision, then an entry": "d0nblame after the decision\r",
    "a decision written down": f"d0w2enough\t\x15in 3 weeks{SAVE}",
    "an exception": "d00jjjjjjmtheir word\t\x15in 3 weeks\r",
    "both ways out": "d0bjj\x1bj\r",
    "how the score moved": "d0t",
    "a line of the answer opened": "d0jj\rjj",
    "the record by its name": ":record\r",
    "a search, then a form": "2/login\rja",
    "found in all dockets, then there": "Flogin\rnblame after it was found\r",
    "the second that was found": f"Flogin{DOWN}\rvmistaken, not theirs\r",
    "a name that is near": "Fhrcrt\t\r",
    "a find left": "jFcalendar\x1bnblame after the find\r",
    "a search left": "/zzz\x1bjnblame after the search\r",
    "the portfolio, then an entry": "pjjjnblame from the portfolio\r",
    "the portfolio, then a decision": "pjj\r0nblame from there\r",
    "past decisions": "hA2jnblame from the past\r",
    "a new client": "+Beta Films\rnblame the first of theirs\r",
    "help and back": "?jj\x1bjnblame after the help\r",
    "help in the log": "2j?Gg\x1bv",
    "panes after an entry": "nblame and on to the panes\r213j",
    "a check-in after an entry": "nblame and how it feels\ri73\r",
    "an undo": "nblame to be undone\ru\r",
    "an undo declined": "nblame to be kept\runblame the next\r",
    "a choice of several": f"nlate{DOWN}\t was it\r",
    "a choice by enter": f"nlate in{DOWN}\r still open\r",
    "all there is to choose": "n\t\t of it\r",
    "several lines": "nblame one\x07two\x07\x07three\x7f\x7f\x7f\x7f\x7f\x7f and more\r",
    "earlier lines": "nblame first\rnblame second\rn\x1b[A\x1b[A again\r",
    "the same again": "nblame the first\r. and again\r",
    "a kept line thrown away": "nblame half\x1bn\x1b[3~blame new\r",
    "a kept line taken": "nblame half\x1bn\t and the rest\r",
    "marks, withdrawn": "2TTjTvall three were about others\r",
    "marks, tagged": "2TTashop\rnblame after the tag\r",
    "marks, the record": "2TTx",
    "marks cleared": "2TT\x1bvonly one\r",
    "a completion": "nbl\tafter a completion\r",
    "a paste in the line": "nblame \x1b[200~two\rlines\x1b[201~ and more\r",
    "the mail bar left": "M/nowhere/at/all.eml\r\x1bnblame after the mail\r",
    "a page and back": "2 jj\x1b[5~v",
    "ctrl+c in the line": "nblame half\x03nblame whole\r",
    "ctrl+c in a form": "2vhalf a reason\x03jnblame after it\r",
    "the next to decide, then an entry": "]nblame about the next to decide\r",
    "half a page, then a void": "2\x04v",
    "back, then an entry": "jd0\x1bjx<nblame where I was before\r",
    "back and forward": "jx<jd<>",
    "panes by arrows, then a void": "\x1b[Cjv",
    "a slip declined": "Ejnblame after the slip\r",
    "alt and a letter": "nblame kept\x1bjnblame one further\r",
}


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample workspace, in which all is worked out that the first screen shows."""
    folder = sample(tmp_path_factory.mktemp("bursts") / "sample")
    with Terminal(folder) as terminal:
        terminal.wait_for("N Due")
        quiet(terminal)
        terminal.send("q")
        assert terminal.wait() == 0
    return folder


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with a short name, which the record screen shows whole."""
    with TemporaryDirectory(prefix="keys-") as made:
        yield Path(made)


def at_once(workspace: Path, keys: str) -> Left:
    with Terminal(workspace, cwd=workspace.parent) as terminal:
        terminal.wait_for("N Due")
        terminal.settle()
        terminal.send(keys)
        quiet(terminal)
        return left(workspace, terminal)


def with_pauses(workspace: Path, keys: str) -> Left:
    with Terminal(workspace, cwd=workspace.parent) as terminal:
        terminal.wait_for("N Due")
        terminal.settle()
        type_slowly(terminal, keys_of(keys))
        quiet(terminal)
        return left(workspace, terminal)


def before_the_picture(workspace: Path, keys: str) -> Left:
    with Terminal(workspace, cwd=workspace.parent, cold=True) as terminal:
        while b"\x1b[?2004h" not in terminal.raw:
            terminal.collect(0.01)
        terminal.send(keys)
        quiet(terminal)
        return left(workspace, terminal)


@pytest.mark.slow
@pytest.mark.parametrize("keys", ["nblame early\r", "jnblame early\r", "Gd0", "2vearly\r"])
def test_keys_before_the_first_picture_of_a_cold_start_count(
    ready: Path, folder: Path, keys: str
) -> None:
    one = copy_of(ready, folder / "at-once" / "w")
    other = copy_of(ready, folder / "onebyon" / "w")
    for workspace in (one, other):
        shutil.rmtree(workspace / "cache", ignore_errors=True)
    assert before_the_picture(one, keys) == with_pauses(other, keys)


@pytest.mark.slow
@pytest.mark.parametrize("keys", BURSTS.values(), ids=BURSTS.keys())
def test_a_burst_is_the_same_as_the_keys_one_by_one(ready: Path, folder: Path, keys: str) -> None:
    one, other = (
        copy_of(ready, folder / "at-once" / "w"),
        copy_of(ready, folder / "onebyon" / "w"),
    )
    with ThreadPoolExecutor(2) as pool:
        burst = pool.submit(at_once, one, keys)
        slow = pool.submit(with_pauses, other, keys)
        assert burst.result() == slow.result()
