"""Where everything of a workspace lies: the one list of its files and folders."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

DOCKET: Final = ".jsonl"
"""How the name of a docket ends, after the id of its client."""
CUSTODY: Final = ".custody"
"""How that of the custody of its exhibits ends."""


class Places:
    """The places in the workspace at `root`, whether there is anything or not."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.marker = root / "workspace.json"
        self.config = root / "config.toml"
        self.ladder = root / "ladder.toml"
        self.columns = root / "columns.toml"
        self.letters = root / "letters"
        self.private = root / "private.json"
        self.timer = root / "timer.json"
        self.clients = root / "clients"
        self.exhibits = root / "exhibits"
        self.anchors = root / "anchors"
        self.drafts = root / "drafts"
        self.outbox = root / "outbox.jsonl"
        self.reached = root / "reached"
        self.exports = root / "outside"
        self.batch = root / "importing"
        self.index = root / "cache"
        self.words = self.index / "words.sqlite"
        self.checks = root / "checked"

    def outline(self, client: str) -> Path:
        """Return where it is kept where the entries of a docket stand."""
        return self.index / f"{client}.outline"

    def docket(self, client: str) -> Path:
        """Return where the docket of `client` lies."""
        return self.clients / f"{client}{DOCKET}"

    def dockets(self) -> Iterator[Path]:
        """Yield every docket there is."""
        return self.clients.glob(f"*{DOCKET}")

    def custodies(self) -> list[Path]:
        """Return every journal of custody there is, in order of client."""
        return sorted(self.clients.glob(f"*{CUSTODY}"))

    def torn(self) -> list[Path]:
        """Return what was set aside of dockets: ends that were broken off, in order of name."""
        return sorted(self.clients.glob("*.torn-*"))
