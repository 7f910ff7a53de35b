"""Drafts: what was typed and not yet logged, kept so that no dropped line loses it."""

from __future__ import annotations

import re
from pathlib import Path

from store.errors import DocketError
from store.files import locked, make_folder, write_atomic


class Drafts:
    """Text files in the workspace's `drafts/` folder, one per slot (a client id, or `capture`)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def save(self, slot: str, text: str) -> None:
        """Keep `text` for `slot`; blank text clears it."""
        if not text.strip():
            self.clear(slot)
            return
        self._make_folder()
        write_atomic(self._path(slot), text.encode("utf-8", "replace"))

    def add(self, slot: str, text: str) -> None:
        """Keep `text` after what is there for `slot`, whichever other session does the same."""
        self._make_folder()
        with locked(self._path(slot)):
            before = self.load(slot)
            self.save(slot, f"{before}\n\n{text}" if before else text)

    def load(self, slot: str) -> str:
        """Return what was kept for `slot`, or an empty string."""
        try:
            return self._path(slot).read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise _failed("A draft cannot be read", error) from error

    def clear(self, slot: str) -> None:
        """Forget what was kept for `slot`."""
        try:
            self._path(slot).unlink(missing_ok=True)
        except OSError as error:
            raise _failed("A draft was not removed", error) from error

    def _make_folder(self) -> None:
        try:
            make_folder(self.folder)
        except OSError as error:
            raise _failed("A draft was not saved", error) from error

    def _path(self, slot: str) -> Path:
        return self.folder / f"{re.sub(r'[^a-z0-9-]', '-', slot.lower())}.txt"


def _failed(what: str, error: OSError) -> DocketError:
    return DocketError(what, error.strerror or str(error), "Check the drafts folder")
