"""The last check of each docket, kept in `checked/` so that the next one can be quick."""

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


class Checkpoints:
    """The `checked/` folder of a workspace: what may be lost at any time, at the cost of time."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "checked"

    def path(self, client: str) -> Path:
        """Return where the checkpoint of a docket lies."""
        return self.folder / f"{client}.json"

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
