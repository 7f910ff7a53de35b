"""Keys sent in one write, and the same keys with a look at the screen after each."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from store.sample import write_sample
from store.workspace import Workspace
from tests.terminal.driver import Terminal

_KEY = re.compile("\x1b\\[200~.*?\x1b\\[201~|\x1b[\\[O][0-9;]*[A-Za-z~]|.", re.DOTALL)
_CLOCK = re.compile(r"\d\d:\d\d(?::\d\d)?")
_LONGER_THAN_A_TIMER = 0.8
"""Seconds; drafts and previews follow the typing sooner, and a look at the disk comes twice."""
_APART = re.compile("at-once|onebyon")
"""The folders that the two sessions are in."""
_OWN = frozenset({"id", "hash", "prev", "salts", "salt", "at"})


class Left(NamedTuple):
    """What is there once the keys are dealt with."""

    screen: str
    journal: dict[str, list[Any]]
    private: Any
    drafts: dict[str, str]


def keys_of(text: str) -> list[str]:
    """Return `text` key by key; a sequence of the terminal is one key."""
    return _KEY.findall(text)


def sample(folder: Path) -> Path:
    """Return the sample workspace, in which nothing is worked out yet.

    Without the clients in Khmer, Japanese and Arabic: how wide the terminal of the tests draws
    those letters hangs on what stood there before, and what is compared is what the keys did.
    """
    write_sample(folder, datetime.now().astimezone())
    for client in ("doeum-tnaot", "mizuhata", "dar-sidra"):
        for one in (folder / "clients").glob(f"{client}.*"):
            one.unlink()
    return folder


def copy_of(workspace: Path, folder: Path) -> Path:
    """Return a copy of a workspace."""
    shutil.copytree(workspace, folder)
    return folder


def quiet(terminal: Terminal) -> None:
    """Wait until nothing changes any more, what timers bring included."""
    terminal.settle(60)
    while terminal.collect(_LONGER_THAN_A_TIMER):
        terminal.settle(60)


def left(workspace: Path, terminal: Terminal) -> Left:
    """Return what is on the screen and in the workspace, without what differs by the clock."""
    opened = Workspace.open(workspace)
    journal = {client: _entries(opened, client) for client in opened.client_ids()}
    private = workspace / "private.json"
    kept = _timeless(json.loads(private.read_text())) if private.exists() else None
    drafts = sorted((workspace / "drafts").glob("**/*.txt"))
    return Left(
        _APART.sub("a word", _CLOCK.sub("hh:mm", terminal.screen)),
        journal,
        kept,
        {_unnamed(one.name): one.read_text() for one in drafts},
    )


def type_slowly(terminal: Terminal, keys: Sequence[str]) -> None:
    """Send one key after the other, each once the program has come to rest."""
    for key in keys:
        terminal.send(key)
        terminal.settle()


def _entries(workspace: Workspace, client: str) -> list[Any]:
    return [_timeless(one.whole.model_dump(mode="json")) for one in workspace.entries(client)]


def _unnamed(name: str) -> str:
    """Return the name of a draft without what tells one session from the other."""
    return re.sub(r"[0-9a-f]{8,}|\d{3,}", "", name)


def _own(key: str) -> bool:
    return key in _OWN or key.endswith("_at")


def _timeless(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _timeless(one) for key, one in value.items() if not _own(key)}
    return [_timeless(one) for one in value] if isinstance(value, list) else value
