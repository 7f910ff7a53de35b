"""What a key does to the entries that are marked in a log, in place of the one under the cursor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from store.errors import DocketError, UsageError
from store.text import plural
from store.workspace import Workspace
from tui.shell.shell import Shell
from tui.widgets.log import LogPane

if TYPE_CHECKING:
    from store.docket.corrections import Mode

_SHOWN = 12


async def correct_marked(shell: Shell, workspace: Workspace, log: LogPane, mode: Mode) -> None:
    """Ask for the one reason to withdraw them, or for the project that they are all about."""
    from store.intake.amend import amend_all, withdraw_all
    from tui.widgets.marked_bar import MarkedBar

    client, numbers = log.docket.client if log.docket else "", tuple(log.marked)
    many = plural(len(numbers), "entry", "entries")

    def withdraw(reason: str) -> Callable[[], None]:
        logged, told = withdraw_all(workspace, client, numbers, reason)
        said = f"{len(logged)} withdrawn; they stay readable. {' '.join(told)}"
        return partial(_done, shell, log, said)

    def tag(project: str) -> Callable[[], None]:
        if not project:
            raise UsageError("The project is missing", "", "Type its name", field="project")
        why = f"belongs to the project {project}"
        logged = amend_all(workspace, client, numbers, {"project": project}, why)
        return partial(_done, shell, log, f"{len(logged)} tagged as {project}.")

    if mode == "add":
        raise DocketError("A fact is added to one entry", f"{many} are marked", "esc clears them")
    what, hint, does = (
        (f"Withdraw {many}", "one reason for all, in a few words", withdraw)
        if mode == "void"
        else (f"Tag {many}", "the project that they are all about", tag)
    )
    await shell.open_bar(
        MarkedBar(workspace, client, what, shell.whose(), _which(numbers), hint, does)
    )


def record_of_marked(workspace: Workspace, client: str, log: LogPane) -> Screen[Any]:
    """Return the record screen, with the marked entries first, in the order of their marks."""
    from tui.screens.record import RecordScreen

    return RecordScreen(workspace, client, tuple(log.marked))


def _done(shell: Shell, log: LogPane, said: str) -> None:
    log.marked.clear()
    shell.look()
    shell.say(said.strip())


def _which(numbers: Sequence[int]) -> str:
    more = f" and {len(numbers) - _SHOWN} more" if len(numbers) > _SHOWN else ""
    return ", ".join(f"#{one}" for one in sorted(numbers)[:_SHOWN]) + more
