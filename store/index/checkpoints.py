"""The last check of each docket, kept in a file of its own so that the next one can be quick."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from store.files import WriteError, make_folder, read_plain, write_atomic
from store.journal import (
    Checkpoint,
    NotCanonicalError,
    Report,
    dump_checkpoint,
    read_checkpoint,
)
from store.places import Places


class Checkpoints:
    """The last checks of a workspace; the key of each is the place in the file it ended at."""

    def __init__(self, root: Path) -> None:
        self.folder = Places(root).checks

    def path(self, client: str) -> Path:
        """Return where the checkpoint of a docket lies."""
        return self.folder / f"{client}.json"

    def files(self) -> list[Path]:
        """Return where there is one, in order of client."""
        return sorted(self.folder.glob("[!.]*.json"))

    def load(self, client: str) -> Checkpoint | None:
        """Return the last checkpoint; None where there is none that can be read."""
        try:
            return read_checkpoint(read_plain(self.path(client)))
        except (OSError, NotCanonicalError):
            return None

    def note(self, client: str, before: Checkpoint | None, report: Report) -> None:
        """Remember where a check ended, for a docket that goes on from `before`.

        Where damage was found nothing is trusted from then on, though what was there is still
        remembered.
        """
        after = report.checkpoint
        if after is None and before is not None:
            after = replace(before, place=None)
        if after is None or after == before:
            return
        # A workspace that can only be read is checked all the same, from the start each time.
        with suppress(OSError, WriteError):
            make_folder(self.folder)
            write_atomic(self.path(client), dump_checkpoint(after))
