"""The bar that asks for what the table of parties lacks of a side, from the record screen."""

from __future__ import annotations

from collections.abc import Callable

from store.records.review.sides import Lacking, keep, side_gaps
from store.workspace import Workspace
from tui.widgets.ask import AskBar, Prompt

MINE, THEIRS = "side:mine", "side:theirs"
"""What the line of an open point leads to that is about a side."""
_EMPTY = "Leave it empty to leave it out."


def side_bar(
    workspace: Workspace, client: str, leads: str, done: Callable[[], object]
) -> AskBar | None:
    """Return the bar that asks for each thing; `done` follows once it is kept.

    None where nothing is lacking by now, or the line leads elsewhere.
    """
    if leads not in (MINE, THEIRS):
        return None
    docket = workspace.docket(client)
    found: dict[str, Lacking] = {
        one.field: one
        for one in side_gaps(workspace.config, docket)
        if bool(one.whose) == (leads == THEIRS)
    }

    def kept(said: dict[str, str]) -> None:
        keep(workspace, client, {found[name]: typed for name, typed in said.items()})
        done()

    asked = {
        name: Prompt(one.words, checked=one.answer, told=_EMPTY) for name, one in found.items()
    }
    return AskBar(asked, docket.name if leads == THEIRS else "", kept) if asked else None
