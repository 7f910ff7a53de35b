"""The terminal app: one workspace, the main screen, and what works on every screen."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

from tui.app import environment

# isort: split


from textual import events
from textual.binding import BindingType

from store.drafts import Slot
from store.errors import DocketError
from store.settings.config import passed_over
from store.workspace import Workspace
from tui.app.appearance import Wardrobe, theme_asked
from tui.app.behind import Behind
from tui.app.encoding import is_utf_8
from tui.app.first_picture import FirstPicture
from tui.app.going import Going
from tui.app.kept import kept_words, take_up
from tui.app.signals import (
    handing_over,
    may_stop,
    mind_no_interrupt,
    on_hangup,
    restore_terminal,
    stop,
)
from tui.app.terminal import Terminal
from tui.bindings import bindings_for, keymap
from tui.commands import BY_ID, Command
from tui.keys import check_keys, key_shown, keys_passed
from tui.safe_text import plain
from tui.screens.main import MainScreen
from tui.screens.panes import PANES
from tui.shell.history import Spot
from tui.shell.shell import Shell
from tui.tokens import AUTO
from tui.widgets.aside import wind_up
from tui.widgets.bar import open_bars

if TYPE_CHECKING:
    from store.entries import Entry
    from tui.opening import Opening
    from tui.widgets.capture import CaptureBar
    from tui.widgets.palette import Palette
    from tui.widgets.two_keys import TwoKeys

_POOR: Final = (
    "Names are shown as ? here: the terminal's encoding is not UTF-8. Try LC_ALL=C.UTF-8 docket."
)


class DocketApp(Shell):
    """Docket on a terminal."""

    TITLE = "docket"
    CSS_PATH = "styles/app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("everywhere")
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = None

    def __init__(
        self,
        workspace: Workspace,
        wardrobe: Wardrobe | None = None,
        opening: Opening | None = None,
    ) -> None:
        self.opening = opening
        self.wardrobe = wardrobe or Wardrobe(workspace.root, AUTO, {})
        super().__init__(workspace, self.wardrobe.look, driver_class=Terminal)
        self.animation_level = environment.ANIMATIONS
        self.logged: list[Entry] = []
        self.main = MainScreen(workspace, self.book)
        self.behind = Behind(self, self.main)
        self.first_picture = FirstPicture(self, self.main, opening)
        self.going = Going(self, workspace, self.main)
        self.set_keymap(keymap(check_keys(workspace.config.keys)))

    def on_mount(self) -> None:
        """Show the main screen; leave in order when the line drops."""
        if not self.is_headless:
            leave = partial(self.after_keys, self.leave)
            on_hangup(leave)
            self.handing_over = partial(handing_over, leave)
        self.push_screen(self.main)
        if said := _first_words(self.workspace, on_screen=not self.is_headless):
            self.say(said)
        self.call_after_refresh(self.behind.begin)
        self.first_picture.begin()

    def on_unmount(self) -> None:
        """Follow the workspace no more."""
        self.behind.end()

    def dress_anew(self) -> None:
        """Take in what the terminal answered before there is anything to see."""
        if isinstance(self._driver, Terminal) and self.wardrobe.hear(self._driver.told):
            self.dress(self.wardrobe.look)

    @property
    def place(self) -> str:
        """The place of the bar that takes the keys, or of the screen, as the registry calls it."""
        return str(getattr(self.focused, "PLACE", "") or getattr(self.screen, "PLACE", "main"))

    async def action_log(self, prefill: str = "") -> None:
        """Open quick capture, with `prefill` on its line."""
        await self.open_capture(prefill)

    async def action_theme(self) -> None:
        """Choose how the app looks."""
        from tui.app.theming import theme_bar

        await self.open_bar(theme_bar(self, self.wardrobe, self.workspace))

    async def action_name(self) -> None:
        """Ask who you are, as records and letters print it."""
        from tui.app.naming import name_bar

        await self.open_bar(name_bar(self, self.workspace))

    async def action_palette(self) -> None:
        """Open the palette."""
        from tui.widgets.palette import Palette

        own = self.workspace.config.keys
        await self.open_bar(Palette(self.place, own, self.whose()))

    async def on_palette_chosen(self, event: Palette.Chosen) -> None:
        """Do the command that was chosen by name."""
        await self.perform(event.command)

    async def perform(self, command: Command) -> None:
        """Do a command chosen by name; say where it works if it does not work here."""
        from tui.widgets.palette import applies

        if not applies(command, self.place):
            self.say(f"'{command.label}' does nothing here: {command.help}.")
            return
        name, _, _ = command.action.partition("(")
        node = self.screen if hasattr(self.screen, f"action_{name}") else self
        await self.run_action(command.action, node)

    async def action_cancel(self) -> None:
        """Close what is open, as `back` does; on the main screen, say which key leaves."""
        open_ = open_bars(self.screen)
        if open_:
            await open_[0].cancel()
        elif self.screen is self.main:
            key = key_shown("quit", self.workspace.config.keys)
            self.say(f"{key} leaves Docket. What you typed is kept.")
        else:
            await self.perform(BY_ID["back"])

    def action_help(self) -> None:
        """Show the keys of this place."""
        from tui.screens.help import HelpScreen

        own = self.workspace.config.keys
        if isinstance(self.screen, HelpScreen):
            self.say(f"This is the help; {key_shown('back', own)} goes back.")
        else:
            self.push_screen(HelpScreen(self.place, own))

    async def action_back(self) -> None:
        """Go one level back where the screen has no way of its own."""
        if len(self.screen_stack) > 2:
            self.pop_screen()

    def action_suspend(self) -> None:
        """Write what was typed, and give the terminal back to the shell until `fg`."""
        if self.is_headless or not may_stop():
            key = key_shown("quit", self.workspace.config.keys)
            self.say(f"No shell is there that could bring Docket back; {key} leaves it.")
            return
        self.workspace.drafts.flush()
        self._suspend_signal()
        stop()

    def action_to_decide(self, by: int) -> None:
        """Go to the next client in the list that needs a decision, or the one before."""
        self.main.clients.to_decide(by)

    def action_pane(self, by: int) -> None:
        """Go to the pane of the main screen after this one, or for -1 to the one before."""
        self.main.action_go_to(PANES[max(0, min(PANES.index(self.main.pane) + by, 2))])

    async def action_quit(self) -> None:
        """Leave; drafts are written on the way out."""
        await self.first_picture.leave()

    def leave(self) -> None:
        """Write what was typed, then go."""
        self.workspace.drafts.flush()  # what cannot be written is printed once the screen is gone
        self.exit()

    async def on_capture_bar_logged(self, event: CaptureBar.Logged) -> None:
        """Say what was logged, and show it; now and then ask how it feels."""
        from tui.app.logged import logged_words
        from tui.widgets.two_keys import ASKED_IN, two_keys

        self.logged += event.entries
        first, last = event.entries[0], event.entries[-1]
        said = logged_words(event.entries, self.workspace, self.main.book)
        self.say(said)
        self.refresh_main(first if first.kind == "client" else last)
        name = self.name_of(last.client)
        if self.place in ASKED_IN and (bar := two_keys(self.workspace, last, name)):
            await self.open_bar(bar)

    def on_two_keys_saved(self, event: TwoKeys.Saved) -> None:
        """Say that a check-in is kept, or where to look after dread upon dread (advice 42)."""
        if not event.dreaded:
            if not self.has_bar:  # whoever types on already knows, and needs the room
                self.say("Check-in saved in your private file.")
            return
        here = self.place == "main" and self.main.client == event.client
        key = key_shown("decide", self.workspace.config.keys)
        who, on = ("them", "") if here else (event.name, " on them")
        self.say(f"You dreaded {who} twice in two weeks: {key}{on} shows where it stands.")

    def refresh_main(self, entry: Entry | None = None) -> None:
        """Let the main screen take in what was logged, the cursor on `entry`."""
        if entry is not None and entry.seq == 1 and not self.eyes.on:
            self.main.select(entry.client)
        self.main.look()
        if entry is not None and entry.client == self.main.client:
            self.main.show_log(entry.seq)

    async def action_undo(self) -> None:
        """Ask, then withdraw the last entry logged in this session."""
        from tui.app.logged import undo_asked

        await self.open_bar(undo_asked(self, self.logged))

    def action_void_last(self) -> None:
        """Withdraw the last entry logged in this session."""
        from tui.app.logged import withdraw_last

        def withdrawn(said: str) -> None:
            if said:
                self.say(said)
                self.refresh_main()

        client = self.logged[-1].client if self.logged else None
        self.saves.do(client, partial(withdraw_last, self.workspace, self.logged), withdrawn)

    async def action_editor(self) -> None:
        """Write the capture line, and as many lines as wanted under it, in the user's editor."""
        from tui.app.editor import line_written

        await self.open_capture(taken=line_written(self))

    def edited(self, text: str) -> str:
        """Return `text` as it was left in the user's editor."""
        from tui.app.editor import text_edited

        return text_edited(self, text)

    async def action_mail(self) -> None:
        """Open the mail bar."""
        from tui.widgets.mail_bar import MailBar

        await self.open_bar(MailBar(self.workspace, self.main.client, self.whose()))

    async def action_drafts(self) -> None:
        """List what was typed and not logged."""
        from tui.screens.drafts import DraftsScreen

        await self.push_screen(DraftsScreen(self.workspace), partial(take_up, self, self.main))

    def comes(self, event: events.Event) -> None:
        """Take in that a key comes: what stands until then is over."""
        super().comes(event)
        self.first_picture.let_go()
        self.main.elsewhere.clear()

    def action_card(self) -> None:
        """Show the card of the client that the screen is about."""
        client = getattr(self.screen, "client", None)
        if not client:
            raise DocketError("No client is selected", "", "Press + and type: Acme Media")
        self.show("card", client)

    def look(self) -> None:
        """Take in what changed on disk."""
        self.main.look()

    def show(self, place: str, client: str, then: Callable[[Any], None] | None = None) -> None:
        """Open the screen of a place; what was found on a record leads to its entry."""
        then = partial(self.going.found, client) if place == "record" else then
        self.going.open(place, client, then)

    def go_to(self, spot: Spot) -> bool:
        """Go where one was before, and return whether it is still there."""
        return self.going.back_to(spot)

    def look_at(self, client: str, seq: int | None) -> None:
        """Show entry `seq` of `client` on the main screen; nothing for None."""
        if seq is not None:
            self.history.leave(self.screen)
            self.going.found(client, seq)


def _print_lost(lost: Mapping[Slot, str]) -> None:
    """Print the texts that could not be written anywhere: the screen was their last copy."""
    with suppress(OSError, ValueError):  # the terminal may be gone as well
        for slot, text in lost.items():
            kept = plain(text)
            print(f"Not logged, and not kept: {slot.words}.\n{kept}", file=sys.stderr, flush=True)


def _first_words(workspace: Workspace, *, on_screen: bool) -> str:
    """Return what of the settings was passed over, and what was typed before and never logged."""
    settings = workspace.settings
    passed = (*settings.passed, *keys_passed(settings.config.keys))
    poor = "" if not on_screen or is_utf_8() else _POOR
    return "\n".join(filter(None, (passed_over(passed), kept_words(workspace), poor)))


def run_app(workspace: Workspace, opening: Opening | None = None) -> int:
    """Run the app until the user leaves; the terminal is as before when this returns or raises.

    `opening` may have shown a picture already.

    Raises DocketError, one line for the user, when the app had to stop.
    """
    env, config = os.environ.copy(), workspace.config
    wardrobe = Wardrobe(
        workspace.root,
        theme_asked(env, config.theme),
        env,
        paint=config.ground == "paint",
        signs=config.glyphs,
        utf_8=is_utf_8(),
    )
    app = DocketApp(workspace, wardrobe, opening)
    try:
        app.run(mouse=False)
    finally:
        mind_no_interrupt()
        restore_terminal()
        wind_up()
        if isinstance(app._driver, Terminal):
            wardrobe.keep(app._driver.told)
        _print_lost(workspace.drafts.leave())
    if app.failure is None:
        return 0
    if isinstance(app.failure, DocketError):
        raise app.failure
    if os.environ.get("DOCKET_DEBUG"):
        raise app.failure
    name = type(app.failure).__name__
    raise DocketError(
        "Docket had to stop",
        plain(f"{name}: {app.failure}").replace("\n", " ")[:200],
        "What you typed is kept; DOCKET_DEBUG=1 shows where it happened",
    ) from app.failure
