"""What a key does to an entry that waits for the server: it is changed or dropped, as it is on no
docket that anything could be added to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from store.entries.words import entry_named
from store.workspace.sending import drop_waiting, reword_waiting
from tui.shell.shell import Shell
from tui.widgets.marked_bar import MarkedBar
from tui.words.entry import gist
from tui.words.outbox import not_on_record

if TYPE_CHECKING:
    from store.docket.corrections import Mode
    from store.entries import Entry
    from store.workspace import Workspace


async def correct_waiting(shell: Shell, workspace: Workspace, entry: Entry, mode: Mode) -> None:
    """Ask what the entry is to say, or why it is dropped."""
    name = entry_named(entry.client, entry.seq)
    if mode == "add":
        raise not_on_record(entry)

    def said(told: str) -> Callable[[], None]:
        def say() -> None:
            shell.say(f"{told}.")
            shell.look()

        return say

    def drop(reason: str) -> Callable[[], None]:
        return said(drop_waiting(workspace, entry.seq, reason))

    def change(text: str) -> Callable[[], None]:
        return said(reword_waiting(workspace, entry.seq, text))

    what, hint, does = (
        (f"Drop {name}", "why, in a few words; it was never on record", drop)
        if mode == "void"
        else (f"Change {name}", "what it is to say", change)
    )
    await shell.open_bar(
        MarkedBar(workspace, entry.client, what, shell.whose(), gist(entry), hint, does)
    )
