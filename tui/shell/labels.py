"""What the exhibits of an entry are called, on screens: of a long docket found out in a thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from store.docket.exhibits import exhibit_number, unnumbered
from tui.widgets.aside import aside
from tui.words.entry import Label, unlabelled
from tui.words.whole import files_of, labels_of

if TYPE_CHECKING:
    from textual.widget import Widget
    from textual.worker import Worker

    from store.docket import Docket, Standing
    from store.entries import Exhibit
    from store.workspace import Workspace

_FEW: Final = 10_000
"""Entries that are looked through for exhibits while a key is waited for."""


class ShownLabels:
    """Tells labels to `owner`; `then` is called where they came after they were asked for."""

    def __init__(self, owner: Widget, workspace: Workspace, then: Callable[[], object]) -> None:
        self._owner, self._workspace, self._then = owner, workspace, then
        self._work: Worker[None] | None = None

    def of(self, one: Standing | None) -> Label:
        """Return what the files of an entry are called; nothing as long as that is not known."""
        if one is None or not (files := files_of(one)) or not one.entry.on_record:
            return unlabelled
        docket = self._workspace.docket(one.entry.client)
        if unnumbered(docket.entries) > _FEW:
            if self._work is None or self._work.is_finished:
                self._work = self._owner.run_worker(
                    self._look(docket, files[0]), exit_on_error=False
                )
            return unlabelled
        return labels_of(docket, self._workspace.author)

    async def _look(self, docket: Docket, first: Exhibit) -> None:
        await aside(exhibit_number, docket.entries, first)
        if self._owner.is_mounted:
            self._then()
