"""What was typed before and never logged: said as the app opens, and gone on with where it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from store.drafts import LINES, Kept
from store.errors import DocketError
from store.text import plural
from store.workspace import Workspace
from tui.keys import key_shown
from tui.screens.main import MainScreen
from tui.screens.places import reopened
from tui.shell.shell import Shell

if TYPE_CHECKING:
    from store.docket.corrections import Mode


async def take_up(app: Shell, main: MainScreen, kept: Kept | None) -> None:
    """Go on with a text that was kept, where it was typed; with none if there is None."""
    if kept is None:
        return
    form, client = kept.slot
    if client and client not in app.workspace.client_ids():
        raise DocketError(f"There is no client {client} any more", "", "y copies the text")
    if form == "mail":
        from tui.widgets.mail_bar import MailBar

        await app.open_bar(MailBar(app.workspace, main.client, app.whose(), kept))
    elif form in LINES:
        await app.open_capture(taken=kept)
    elif screen := reopened(app.workspace, kept):
        main.select(client)
        app.push_screen(screen)
    elif seq := kept.slot.number:
        from tui.screens.correct import CorrectScreen

        app.look_at(client, seq)
        mode = cast("Mode", form.partition("-")[0])
        app.push_screen(CorrectScreen(app.workspace, client, seq, mode, kept))
    else:
        main.select(client)
        app.show(form if form in ("record", "checkin") else "decision", client)
        if form not in ("record", "checkin"):
            todo = "choose" if form == "decision" else "except"
            key = key_shown(todo, app.workspace.config.keys)
            app.say(f"Answer, then press {key}: ↑ takes what you typed.")


def kept_words(workspace: Workspace) -> str:
    """Return what was typed before and never logged, and how to see it."""
    kept = workspace.drafts.kept()
    if not kept:
        return ""
    log, drafts = (key_shown(one, workspace.config.keys) for one in ("log", "drafts"))
    if len(kept) == 1 and kept[0].slot.form == "capture":
        how = f"A line you were typing is kept: press {log}, and ↑ takes it"
    else:
        how = f"{plural(len(kept), 'text')} you typed before {_are(len(kept))} kept"
    return f"{how}. {drafts} lists what is kept."


def _are(many: int) -> str:
    return "is" if many == 1 else "are"
