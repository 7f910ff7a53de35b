"""The fields of a form, which scroll without a bar: the rule over them says how far one is."""

from __future__ import annotations

from textual.containers import VerticalScroll
from textual.geometry import Size
from textual.reactive import reactive


class FormFields(VerticalScroll, can_focus=False):
    """Holds what does not fit a small screen."""

    DEFAULT_CSS = """
    FormFields { height: 1fr; scrollbar-size-vertical: 0; }
    """

    in_view: reactive[int] = reactive(0, repaint=False)
    """How many lines there is room for; the size itself cannot be watched."""

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        self.in_view = size.height
        return changed

    def count(self) -> int:
        """Return how many lines there are."""
        return self.virtual_size.height
