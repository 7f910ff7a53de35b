"""Who you are, asked for from the palette."""

from __future__ import annotations

from store.workspace import Workspace
from tui.shell.shell import Shell
from tui.widgets.ask import AskBar, Prompt
from tui.words.signing import QUESTION, set_author


def name_bar(app: Shell, workspace: Workspace) -> AskBar:
    """Return the bar that asks for the name that entries are signed with."""

    def done(said: dict[str, str]) -> None:
        set_author(workspace, said["author"])
        name = workspace.author
        app.say(f"Entries are signed '{name}' from now on; those before keep theirs.")

    return AskBar({"author": Prompt(QUESTION, f"now '{workspace.author}'")}, "", done)
