"""Keeps what is typed within half a second, for every bar and every form alike."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, TextArea

from store.drafts import Kept
from store.errors import DocketError
from store.workspace import Workspace
from tui.safe_text import plain
from tui.screens.parts import Say

_DEBOUNCE = 0.3
_SHOWN = 44
_TOLD = ("reason", "why", "text")
_STUCK = (
    "It stays on screen: free some room and press esc again, or ctrl+q, which leaves and prints it"
)


class Keeper:
    """One input of this session, written a moment after the last key.

    What was kept before is `offered`, never mixed with what is typed; `take` makes it this
    input's.
    """

    def __init__(
        self,
        widget: Widget,
        workspace: Workspace,
        form: str,
        client: str = "",
        *,
        failed: Callable[[DocketError], None] | None = None,
    ) -> None:
        """Open the input `form`; `failed` says that a text could not be written a while ago."""
        self._widget = widget
        self._failed = failed or self._notify
        self._typing = workspace.drafts.open(form, client)
        self._timer: Timer | None = None
        self._offered: list[Kept] | None = None

    @property
    def text(self) -> str:
        """What is typed now, as far as it is worth keeping."""
        return self._typing.text

    @property
    def offered(self) -> list[Kept]:
        """What was kept of this input before, newest first."""
        if self._offered is None:
            try:
                self._offered = self._typing.kept[::-1]
            except DocketError:  # `docket doctor` says why; typing goes on
                self._offered = []
        return self._offered

    def take(self, kept: Kept) -> str:
        """Return a kept text, which is this input's now; DocketError if another was quicker."""
        self._offered = None
        self._stop()
        self._typing.take(kept)
        return self._typing.text

    def keep(self, text: str) -> None:
        """Keep `text` within half a second, so that typing does not wait for the disk."""
        self._typing.hold(text)
        if self._timer is None:
            self._timer = self._widget.set_timer(_DEBOUNCE, self._write)

    def flush(self) -> None:
        """Write what is still waiting; DocketError, and it still waits, if it cannot be."""
        self._stop()
        self._typing.write()

    def clear(self) -> None:
        """Forget the text: it was saved for good."""
        self._stop()
        self._typing.clear()

    def close(self) -> None:
        """Write the text and let go of it; DocketError if the last copy would go with it."""
        self._stop()
        try:
            self._typing.close()
        except DocketError as error:
            raise DocketError("What you typed is not on disk", error.why, _STUCK) from error

    def end(self) -> None:
        """Let go of the text as the input goes; what cannot be written is printed on leaving."""
        with suppress(DocketError):
            self.close()

    def _notify(self, error: DocketError) -> None:
        self._widget.notify(plain(str(error)), severity="error", markup=False)

    def _write(self) -> None:
        try:
            self.flush()
        except DocketError as error:
            self._failed(DocketError("What you typed is not on disk yet", error.why, error.remedy))

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None


class FormKeeper(Keeper):
    """What a form holds before it is saved, kept by field name."""

    def keep_fields(self, fields: Mapping[str, str]) -> None:
        """Keep `fields` within half a second."""
        filled = any(text.strip() for text in fields.values())
        self.keep(json.dumps(dict(fields), ensure_ascii=False) if filled else "")

    def offered_fields(self) -> dict[str, str]:
        """Return the fields that were kept before, by name; none if nothing was."""
        return _shown(self.offered[0]) if self.offered else {}

    def offered_words(self) -> str:
        """Return a sentence on what was kept before and the key that takes it, or nothing."""
        fields = self.offered_fields()
        texts = [" ".join(fields[name].split()) for name in _TOLD if fields.get(name, "").strip()]
        text = texts[0] if texts else "" if not fields else "what you chose"
        short = text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}…"
        return f"Kept from before: {short}   ↑ takes it" if text else ""

    def fill(self, screen: Screen[Any], kept: Kept | None = None) -> bool:
        """Put what was kept, by default last, into the inputs of `screen`; False if nothing was."""
        fields = self.take_fields(kept)
        for one in screen.query(Input):
            if one.id in fields:
                one.value = fields[one.id]
                one.cursor_position = len(one.value)
        for area in screen.query(TextArea):
            if area.id in fields:
                area.load_text(fields[area.id])
                area.move_cursor(area.document.end)
        return bool(fields)

    def closed(self, say: Say) -> bool:
        """Let go of what is typed, or `say` why it stays on screen; return whether it may go."""
        try:
            self.close()
        except DocketError as error:
            say.tell(str(error), error=True)
            return False
        return True

    def take_fields(self, kept: Kept | None = None) -> dict[str, str]:
        """Take up what was kept, by default last, and return its fields by name."""
        kept = kept or next(iter(self.offered), None)
        if kept is None:
            return {}
        self.take(kept)
        return _shown(kept)


def _shown(kept: Kept) -> dict[str, str]:
    return {name: plain(text) for name, text in kept.fields.items()}
