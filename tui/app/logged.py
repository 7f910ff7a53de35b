"""What is said of entries as they are logged, and which of them is undone first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual.content import Content

from store.docket import Docket
from store.docket.corrections import correction
from store.entries import Entry
from store.entries.describe import in_short
from store.entries.words import entry_named
from store.errors import DocketError
from store.overview.client_book import ClientBook
from store.overview.standing import asked_to_leave
from store.playbook.guards import after_payment
from store.playbook.said import named_day, said_back
from store.text import cut_at_word
from store.workspace import Workspace
from store.workspace.sending import drop_waiting
from tui.safe_text import content
from tui.shell.shell import Shell
from tui.widgets.bar import Confirm
from tui.words.entry import gist
from tui.words.moments import NOT_ON_RECORD
from tui.words.repair import at_once
from tui.words.steps import aloud_of

_MOST: Final = 60
"""Letters of what an entry says, and of its figures, in the question whether to undo it."""


def logged_words(entries: Sequence[Entry], workspace: Workspace, book: ClientBook) -> str:
    """Return what is said once `entries` are logged: their numbers, and what follows from them.

    What follows is not for all eyes.
    """
    first, last = entries[0], entries[-1]
    names = ", ".join(entry_named(entry.client, entry.seq) for entry in entries)
    said = f"{names} logged" if first.kind != "client" else f"{first.client} added"
    if not last.on_record:
        said = f"{names} kept; {NOT_ON_RECORD}, and sent once the server is there"
    if workspace.journals.begun_here(first.client):
        said += "; its docket is here, and sent once the server is there"
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
        if workspace.journals.waiting_entry(entry.client, entry.seq):
            return entry
        docket = workspace.docket(entry.client)
        found = docket.find(entry.seq if entry.on_record else number_of(docket, entry.id))
        if found and found.counts and entry.group != "correction":
            return found.original
    return None


def number_of(docket: Docket, id_: str) -> int:
    """Return the number of an entry that waited when it was logged; 0 where it has none."""
    return next((one.seq for one in reversed(docket.entries) if one.id == id_), 0)


def undo_asked(app: Shell, logged: Sequence[Entry]) -> Confirm:
    """Return the question whether to withdraw the last entry logged; DocketError if none was."""
    entry = last_standing(app.workspace, logged)
    if entry is None:
        raise DocketError(
            "There is nothing to undo", "no entry was logged in this session", "v withdraws any"
        )
    facts = in_short(entry.data) if entry.group == "money" and entry.statement else ""
    said = ": ".join(cut_at_word(one, _MOST) for one in (facts, gist(entry)) if one)
    what = f"{entry.kind} {said}".strip()
    words = f"Withdraw {entry_named(entry.client, entry.seq)}, {what}?"
    stays = "It stays readable, marked void." if entry.on_record else "It was never on record."
    question = Content.assemble(content(words), f" {stays}")
    return Confirm("Withdraw", app.name_of(entry.client), question, "app.void_last")


def withdraw_last(workspace: Workspace, logged: Sequence[Entry]) -> str:
    """Withdraw the last entry of the session, and return what to say; nothing if there is none."""
    entry = last_standing(workspace, logged)
    if entry is None:
        return ""
    if not entry.on_record:
        return drop_waiting(workspace, entry.seq, "undone right after it was logged")
    void = workspace.enter(**correction(entry, "void", "undone right after it was logged"))
    return f"{entry.client}#{entry.seq} withdrawn by #{void.seq}"
