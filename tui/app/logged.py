"""What is said of entries as they are logged, and which of them is undone first."""

from __future__ import annotations

from collections.abc import Sequence

from store.entries import Entry
from store.overview.client_book import ClientBook
from store.overview.standing import asked_to_leave
from store.playbook.guards import after_payment
from store.playbook.said import named_day, said_back
from store.workspace import Workspace
from tui.words.repair import at_once
from tui.words.steps import aloud_of


def logged_words(entries: Sequence[Entry], workspace: Workspace, book: ClientBook) -> str:
    """Return what is said once `entries` are logged: their numbers, and what follows from them.

    What follows is not for all eyes.
    """
    first, last = entries[0], entries[-1]
    names = ", ".join(f"{entry.client}#{entry.seq}" for entry in entries)
    said = f"{names} logged" if first.kind != "client" else f"{first.client} added"
    if workspace.discreet:
        return said
    said += aloud_of(last, book) + at_once(last, workspace.config.keys)
    if (day := named_day(last)) and day > workspace.today:
        said += f". {said_back(day)}"
    if last.kind == "payment":
        docket = workspace.docket(last.client)
        asked = after_payment(docket, asked_to_leave(docket, workspace))
        said += f". {asked}" if asked else ""
    return said


def last_standing(workspace: Workspace, logged: Sequence[Entry]) -> Entry | None:
    """Return the last of the entries `logged` in this session that still stands."""
    for entry in reversed(logged):
        found = workspace.docket(entry.client).find(entry.seq)
        if found and found.counts and entry.group != "correction":
            return entry
    return None
