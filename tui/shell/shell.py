"""The app as its screens know it: the bar over them, the names of clients, and where to go on."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeVar

from textual import events
from textual._compositor import ChopsUpdate, Compositor
from textual.app import App, SuspendNotSupported
from textual.content import Content
from textual.dom import DOMNode
from textual.filter import LineFilter
from textual.message import Message
from textual.screen import Screen

from store.capture.typed import LineHistory
from store.errors import DocketError
from store.overview.client_book import ClientBook
from store.workspace import Workspace
from tui.bindings import LEAVE, presses
from tui.keys import key_shown, stray_words
from tui.shell.at_hand import DocketsAtHand, Saving
from tui.shell.eyes import Eyes, ShowsLess, is_open
from tui.shell.history import History, Spot, spot_of
from tui.shell.messages import SaysMessages
from tui.shell.ordered_keys import gives_up
from tui.widgets.bar import Bar, Confirm, open_bars
from tui.widgets.hints import Hints
from tui.widgets.looks import Appearance, Degrade, textual_themes

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.widget import Widget

    from store.drafts import Kept
    from store.index.summary import Summary
    from store.playbook.step import NextStep


class SaysRefusals(SaysMessages):
    """Base of an app: a DocketError ends neither the app nor the widget it was raised in.

    `failure` is the exception that ended it, if one did; a screen that is `UNTOLD` may hold what
    nobody is to read, and so may an exception that comes while it is up. It looks as an Appearance
    says, in Docket's own themes.
    """

    def __init__(self, look: Appearance | None = None, **kwargs: Any) -> None:
        super().__init__(ansi_color=True, **kwargs)
        self.failure: Exception | None = None
        self._degrade = Degrade()
        self.dress(look or Appearance())
        self._variables = self.get_css_variables()
        self.stylesheet.set_variables(self._variables)

    def refresh_css(self, animate: bool = True) -> None:
        """Read the styles anew if the theme says something else than they were read with.

        Textual does it as it starts, too: it takes its time, and comes to the same.
        """
        if (variables := self.get_css_variables()) != self._variables:
            self._variables = variables
            super().refresh_css(animate)
            return
        self.update_styles(self)
        for screen in self.screen_stack:
            screen._css_update_count = self._css_update_count

    def dress(self, look: Appearance) -> None:
        """Look as `look` says from now on."""
        for one in textual_themes(paint=look.paint):
            self.register_theme(one)
        self.theme = look.theme
        self._degrade.fit(look)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what every line goes through: textual's own would put colours back."""
        return [self._degrade]

    def leave(self) -> None:
        """End the app in order."""
        self.exit()

    def barred(self, action: Any) -> str:
        """Return why an action may not be done now; empty where it may."""
        return ""

    @contextmanager
    def saying(self) -> Iterator[None]:
        """Say what is refused inside, instead of ending over it."""
        try:
            yield
        except DocketError as error:
            self.say(str(error), error=True)

    async def run_action(
        self,
        action: Any,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do an action that is not barred; the keys typed after one that is refused still count."""
        if why := self.barred(action):
            self.say(why)
            return True
        with self.saying():
            return await super().run_action(action, default_namespace, namespaces)
        return True

    async def _dispatch_message(self, message: Message) -> None:
        with self.saying():
            await super()._dispatch_message(message)

    def _register_child(
        self, parent: DOMNode, child: Widget, before: int | None, after: int | None
    ) -> None:
        """Guard the messages of `child` too: textual would end its loop, and with it the app."""
        guarded = _while_there(child, self._guarded(child._dispatch_message))
        child._dispatch_message = guarded  # type: ignore[method-assign, assignment]
        if isinstance(child, Screen):
            child._compositor = NearCompositor()
            called = _kept_off(child, child._invoke_and_clear_callbacks)
            child._invoke_and_clear_callbacks = called  # type: ignore[method-assign]
        super()._register_child(parent, child, before, after)

    def _guarded(
        self, dispatch: Callable[[Message], Coroutine[Any, Any, None]]
    ) -> Callable[[Message], Coroutine[Any, Any, None]]:
        async def guarded(message: Message) -> None:
            with self.saying():
                await dispatch(message)

        return guarded

    def _handle_exception(self, error: Exception) -> None:
        """Say what a timer, a callback or `compose` was refused; leave the rest to textual."""
        if any(getattr(screen, "UNTOLD", False) for screen in self.screen_stack):
            error = RuntimeError("it had to close, and nothing of it was kept")
        if isinstance(error, DocketError):
            self.say(str(error), error=True)
        else:
            self.failure = self.failure or error
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Close without a traceback: whoever ran the app says in one line what happened."""
        self._close_messages_no_wait()

    def panic(self, *renderables: Any) -> None:
        """Leave once the keys that were read are dealt with: the terminal cannot be read."""
        self.failure = self.failure or DocketError("The terminal is gone")
        self.after_keys(self.leave)


class NearCompositor(Compositor):
    """Asks no widget for its lines of which nothing is drawn.

    Textual asks all that touch the one rectangle round everything that changed: after a key in the
    log that are fifteen for two rows and a title, which takes as long as all else that it does.
    """

    def render_partial_update(self) -> ChopsUpdate | None:
        """Return what is to be drawn, or None where nothing is."""
        changed = [(one.x, one.y, one.right, one.bottom) for one in self._dirty_regions]
        everything, _ = self.visible_widgets, self.cuts  # both of all there is
        near = {}
        for widget, (region, clip) in everything.items():
            x, y = max(region.x, clip.x), max(region.y, clip.y)
            right, bottom = min(region.right, clip.right), min(region.bottom, clip.bottom)
            for left, top, end, low in changed:
                if left < right and x < end and top < bottom and y < low:
                    near[widget] = region, clip
                    break
        self._visible_widgets = near
        try:
            return super().render_partial_update()
        finally:
            self._visible_widgets = everything


_COMING_UP: Final = (events.Mount, events.Resize, events.Show, events.ScreenResume)


def _while_there(
    child: Widget, dispatch: Callable[[Message], Coroutine[Any, Any, None]]
) -> Callable[[Message], Coroutine[Any, Any, None]]:
    """Return `dispatch`, but for what a widget does as it comes up, if it is taken apart by then.

    Textual gives it no children then, and what it does is mostly about these.
    """

    async def dispatched(message: Message) -> None:
        if not (isinstance(message, _COMING_UP) and child._pruning):
            await dispatch(message)

    return dispatched


def _kept_off(
    screen: Screen[Any], call: Callable[[], Coroutine[Any, Any, None]]
) -> Callable[[], Coroutine[Any, Any, None]]:
    """Return `call`, which does what was put off until a screen is drawn, as far as that is there.

    What a screen put off may be done by the one that comes up when it is left, and that was taken
    apart by then.
    """

    async def called() -> None:
        there = [one for one in screen._callbacks if not _gone(getattr(one[0], "__self__", one[1]))]
        screen._callbacks[:] = [] if screen._pruning else there
        await call()

    return called


def _gone(owner: object) -> bool:
    """Whether what something was put off for is a widget, or a screen, that is taken apart."""
    if not isinstance(owner, DOMNode):
        return False
    above = owner.ancestors_with_self
    return not isinstance(above[-1], App) or any(getattr(one, "_pruning", False) for one in above)


Done = TypeVar("Done")
_DONE_AT: Final = {
    "decide": "decision",
    "decisions": "past",
    "welcome": "welcome",
    "exit": "leaving",
}
"""The places in the app of what is done by a verb."""
_ASKED: Final = {
    "vent": ("Vent pad", "Open the page that nothing is kept of?"),
    "leaving": ("Leave", "Go through what leaving them takes, point by point?"),
}
"""What is asked before a place opens, under its title."""


class Shell(SaysRefusals):
    """What screens stand on; what leads from one screen to another is the app's to know."""

    def __init__(self, workspace: Workspace, look: Appearance | None = None, **kwargs: Any) -> None:
        super().__init__(look, **kwargs)
        self.workspace = workspace
        self.book = ClientBook(workspace)
        self._said = ""
        self.handing_over: Callable[[], AbstractContextManager[None]] = nullcontext
        self.history = History()
        self.typed_before = LineHistory()
        self.eyes = Eyes(workspace)
        self.dockets = DocketsAtHand(self, workspace, self.saying)
        self.saves = Saving(self, workspace, self.saying)
        self.seen_answers: set[tuple[str, date]] = set()  # of whom the log's answer was seen, when
        self.set_class(self.eyes.on, "-eyes")

    def on_mount(self) -> None:
        """Follow where one goes."""
        self.history.changed(self.screen)
        self.screen_change_signal.subscribe(self, self.history.changed, immediate=True)

    def barred(self, action: Any) -> str:
        """Bar what could show something that is not for the eyes on the screen."""
        return "" if self.eyes.allow(action) else f"Not while {self._eyes_key} is on."

    def stop(self) -> bool:
        """Give up what is read or worked out beside the screen; return whether anything was."""
        return self.dockets.stop()

    def awaits(self, event: events.Key) -> bool:
        """Return whether a key has to wait for what is worked out or saved beside the screen."""
        reads = self.dockets.busy and not (gives_up(event) and self.dockets.at_esc)
        return (reads or self.saves.busy) and not presses(event, self.workspace.config.keys, *LEAVE)

    def leaves(self, event: events.Event) -> bool:
        """Return whether a key means to leave: as for those before it, no text is open then."""
        own = self.workspace.config.keys
        return isinstance(event, events.Key) and not self._in_text() and presses(event, own, "quit")

    def leads_nowhere(self, event: events.Key) -> None:
        """Say that a key does nothing on this screen: silence looks like a screen that hangs."""
        if not self.has_bar:
            place = getattr(self.screen, "PLACE", "")
            own = self.workspace.config.keys
            if said := stray_words(event.key, event.character, place, own):
                self.say(said)

    @property
    def _eyes_key(self) -> str:
        return key_shown("eyes", self.workspace.config.keys)

    def say(self, text: str, *, error: bool = False, passing: bool = False) -> None:
        """Show a short message; one that names others waits until nobody looks along."""
        names = self.book.names() if self.eyes.on else {}
        if not self.eyes.hold(text, names, self.looked_at, error=error):
            super().say(text, error=error, passing=passing)

    @property
    def looked_at(self) -> str | None:
        """The client of whom something may be shown while somebody looks along."""
        return getattr(self.screen, "client", None)

    async def action_eyes(self) -> None:
        """Show only what both sides know, or all again; what cannot show less is covered."""
        with self.batch_update():  # nothing is sent before all of it is so
            self.workspace.discreet = not self.eyes.on
            self.set_class(self.eyes.on, "-eyes")
            self.hush()
            for bar in self.screen.query(Bar):
                await bar.cancel()
            if self.eyes.on and not all(map(is_open, self.screen_stack)):
                self.show("cover", "")
            elif not self.eyes.on and getattr(self.screen, "PLACE", "") == "cover":
                self.pop_screen()
            self._show_anew()
        for text, error in self.eyes.taken():
            self.say(text, error=error)

    def _show_anew(self) -> None:
        for screen in list(self.screen_stack):
            for hints in screen.query(Hints):
                hints.refresh()
            if isinstance(screen, ShowsLess):
                try:
                    screen.show_anew()
                except DocketError:  # it is about what may not be seen at all
                    self.show("cover", "")
                    return

    def go_to(self, spot: Spot) -> bool:
        """Go where one was before, and return whether it is still there."""
        return False

    def action_turn(self, by: int) -> None:
        """Go back to where one was, or for 1 forward again."""
        while spot := self.history.turn(by, spot_of(self.screen)):
            if self.go_to(spot):
                return
        self.say(f"Nothing was looked at {'before' if by < 0 else 'after'} this.")

    def dress_anew(self) -> None:
        """Look as is right by what is known now, before the first screen is painted."""

    def action_redraw(self) -> None:
        """Draw all of the screen, whatever the terminal shows of it."""
        if forget := getattr(
            self._driver, "draw_anew", None
        ):  # nothing is known without a terminal
            forget()
        self.refresh()

    def look(self) -> None:
        """Take in what changed on disk."""

    def show(self, place: str, client: str, then: Callable[[Any], None] | None = None) -> None:
        """Open the screen that the registry calls `place`, about `client`.

        `then` gets what it is dismissed with.
        """

    def action_find_all(self) -> None:
        """Find in all dockets."""
        self.show("find", "")

    def look_at(self, client: str, seq: int | None) -> None:
        """Show entry `seq` of `client`, from whatever screen it was asked on; nothing for None."""

    def outside(self, work: Callable[[], Done], refused: DocketError) -> Done:
        """Return what `work` returns, which has the terminal meanwhile; `refused` if it cannot."""
        outcome: Done | DocketError = refused
        with suppress(SuspendNotSupported), self.suspend(), self.handing_over():
            try:
                outcome = work()
            except DocketError as error:  # raised in here, it would not give the terminal back
                outcome = error
        self.refresh()
        if isinstance(outcome, DocketError):
            raise outcome
        return outcome

    def edited(self, text: str) -> str:
        """Return `text` as the user left it in an editor; DocketError where there is none."""
        raise NotImplementedError

    def say_once(self, text: str) -> None:
        """Say what went wrong while looking; the same words are not said twice in a row."""
        if text != self._said:
            self._said = text
            if self.eyes.on:  # nobody asked, and it may be about anybody
                self.eyes.held.append((text, True))
            else:
                self.say(text, error=True)

    def name_of(self, client: str) -> str:
        """Return the name of the client with that id."""
        return self.book.names().get(client, client)

    def whose(self) -> str:
        """Return the name of the client that the screen is about, or nothing."""
        client = getattr(self.screen, "client", None)
        return self.name_of(client) if client else ""

    def keep_focus(self) -> None:
        """Let an open bar have the keys, whatever took the focus from it."""
        for bar in open_bars(self.screen):
            if not bar.has_focus_within and not bar.has_focus:
                bar.take_back()

    async def open_bar(self, bar: Bar) -> None:
        """Lay `bar` over the bottom of the screen, unless one is open."""
        if self.has_bar:
            return
        screen = self.screen
        with self.batch_update():
            slot = self.slot_of(screen)
            slot.add_class("-bar")
            await slot.mount(bar)
            bar.take_focus()

    async def action_ask_first(self, place: str) -> None:
        """Ask once before the screen of `place` opens: its key is one that slips."""
        what, question = _ASKED[place]
        await self.open_bar(Confirm(what, self.whose(), Content(question), f"app.go_on('{place}')"))

    async def action_go_on(self, place: str) -> None:
        """Open the screen that was asked about."""
        await self.run_action(f"show('{place}')", self.screen)

    async def open_capture(self, prefill: str = "", taken: Kept | None = None) -> None:
        """Open quick capture: empty, with `prefill` as a suggestion, or with a kept text."""
        from store.capture.reader import Backdrop  # with all that a line may say
        from tui.widgets.capture import CaptureBar

        current = getattr(self.screen, "client", None)
        self.look()
        names, unread = self.book.names(), self.book.unread | self.book.given_up
        standing = {one.id: one.summary for one in self.book.rows.values() if one.summary}
        known = Backdrop(names, current, unread, standing, self.typed_before)
        if self.eyes.on:
            known = Backdrop({one: names[one] for one in names if one == current}, current, unread)
        bar = CaptureBar(self.workspace, known, taken=taken, suggestion=prefill)
        await self.open_bar(bar)

    async def action_repeat(self) -> None:
        """Open quick capture with the line that was logged last, to be changed."""
        if not (last := self.typed_before.logged):
            raise DocketError("Nothing was logged in this session yet", "", "n logs an entry")
        await self.open_capture(last)

    async def open_next(self, client: str) -> None:
        """Go on to the first of the next steps of `client`, or say that there is none."""
        self.look()
        row = self.book.rows.get(client)
        summary = row.summary if row else None
        if summary is not None:
            await self._open_first(summary)
            return
        from store.overview.standing import summed_up

        def summed() -> Summary:
            return summed_up(self.workspace.docket(client), self.workspace)

        self.dockets.about(client, summed, lambda found: self.call_later(self._open_first, found))

    async def _open_first(self, summary: Summary) -> None:
        if summary.steps:
            await self.open_step(summary.steps[0])
        else:
            self.say(f"Nothing is open with {summary.name}: there is nothing to do next.")

    async def open_step(self, step: NextStep) -> None:
        """Open quick capture with the line that logs a step, or the place where it is done."""
        place = _DONE_AT.get(step.verb.partition(" ")[0])
        if step.line:
            await self.open_capture(step.line)
        elif place and getattr(self.screen, "PLACE", "") != place:
            self.show(place, step.client)
        else:
            self.say(f"{step.what}: {step.command or step.why}")


def shell_of(node: DOMNode) -> Shell:
    """Return the shell that a screen, or a widget on it, is shown in."""
    assert isinstance(node.app, Shell)
    return node.app
