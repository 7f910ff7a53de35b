"""The watch after a talk, in the app: over the log, and each crossing counted aloud."""

from __future__ import annotations

from store.workspace import Workspace
from tests.tui.app.conftest import Opened, Typing, day
from tests.tui.app.test_main import main, told
from tests.tui.waiting import until


async def test_the_watch_is_in_the_title_and_a_crossing_is_counted(
    opened: Opened, typing: Typing, workspace: Workspace
) -> None:
    for number, kind, words in ((19, "micro-change", "Commas"), (20, "talk", "Told them so")):
        workspace.enter("cafe", kind, words, **day(number))
    async with opened() as (app, pilot):
        main(app).select("cafe")
        line = main(app).panes.line
        await until(pilot, lambda: "watching until 19 Jan: two crossings" in str(line.pieces))
        await pilot.press("n")
        await typing(pilot, "micro-change emoji")
        await pilot.press("enter")
        await until(pilot, lambda: "Crossing 1 since the talk of 20 Nov; one more" in told(app))
        await until(pilot, lambda: "one more crossing ends it" in str(line.pieces))
