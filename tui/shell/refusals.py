"""An app that says what Docket refuses on purpose, in whatever part of it that happens."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from textual.message import Message
from textual.notifications import SeverityLevel

from store.errors import DocketError
from tui.safe_text import plain
from tui.shell.ordered_keys import OrderedKeys

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.widget import Widget

_TOAST = 4.0


class SaysRefusals(OrderedKeys):
    """Base of the app: a DocketError ends neither the app nor the widget it was raised in."""

    def say(self, text: str, *, error: bool = False) -> None:
        """Show a short message; user text in it is safe."""
        self.clear_notifications()
        severity: SeverityLevel = "error" if error else "information"
        self.notify(plain(text), severity=severity, timeout=_TOAST, markup=False)

    @contextmanager
    def _saying(self) -> Iterator[None]:
        try:
            yield
        except DocketError as error:
            self.say(str(error), error=True)

    async def run_action(
        self,
        action: Any,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do an action; the keys typed after one that is refused still count."""
        with self._saying():
            return await super().run_action(action, default_namespace, namespaces)
        return True

    async def _dispatch_message(self, message: Message) -> None:
        with self._saying():
            await super()._dispatch_message(message)

    def _register_child(
        self, parent: DOMNode, child: Widget, before: int | None, after: int | None
    ) -> None:
        """Guard the messages of `child` too: textual would end its loop, and with it the app."""
        guarded = self._guarded(child._dispatch_message)
        child._dispatch_message = guarded  # type: ignore[method-assign, assignment]
        super()._register_child(parent, child, before, after)

    def _guarded(
        self, dispatch: Callable[[Message], Coroutine[Any, Any, None]]
    ) -> Callable[[Message], Coroutine[Any, Any, None]]:
        async def guarded(message: Message) -> None:
            with self._saying():
                await dispatch(message)

        return guarded

    def _handle_exception(self, error: Exception) -> None:
        """Say what a timer, a callback or `compose` was refused; leave the rest to textual."""
        if isinstance(error, DocketError):
            self.say(str(error), error=True)
        else:
            super()._handle_exception(error)
