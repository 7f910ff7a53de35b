"""What keeps a text that is being typed, within half a second, for every bar and every form."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from textual.timer import Timer
from textual.widget import Widget

from store.drafts import Kept
from store.errors import DocketError
from store.workspace import Workspace
from tui.widgets.message import say_in

_DEBOUNCE = 0.3
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
        self._workspace = workspace
        self._typing = workspace.drafts.open(form, client)
        self._timer: Timer | None = None
        self._offered: list[Kept] | None = None

    @property
    def text(self) -> str:
        """What is typed now, as far as it is worth keeping."""
        return self._typing.text

    @property
    def offered(self) -> list[Kept]:
        """What was kept of this input before, newest first; nothing while somebody looks along."""
        if self._workspace.discreet:
            return []
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

    def put_by(self) -> None:
        """Begin anew; what is typed stays kept, and is offered from now on."""
        self._offered = None
        self._stop()
        self._typing.put_by()

    def discard(self, kept: Kept) -> None:
        """Throw a kept text away."""
        self._offered = None
        self._typing.drafts.discard(kept)

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
        say_in(self._widget, str(error), error=True)

    def _write(self) -> None:
        try:
            self.flush()
        except DocketError as error:
            self._failed(DocketError("What you typed is not on disk yet", error.why, error.remedy))

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
