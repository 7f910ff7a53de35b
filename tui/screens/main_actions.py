"""What the keys of the main screen do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from textual.content import Content

from store.errors import DocketError
from store.playbook.next_step import next_step
from tui.safe_text import content
from tui.widgets.clients import ClientsPane
from tui.widgets.entry import copy_text
from tui.widgets.find import FindBar
from tui.widgets.log import LogPane

if TYPE_CHECKING:
    from store.docket import Standing
    from store.docket.filter import Filter
    from store.drafts import Kept
    from tui.app.app import DocketApp
    from tui.screens.main import MainScreen


class MainActions:
    """Actions of MainScreen, one method per command of the registry.

    What a command needs and lacks (a client, an entry) is said as an error, not passed over.
    """

    def _screen(self) -> MainScreen:
        from tui.screens.main import MainScreen

        assert isinstance(self, MainScreen)
        return self

    def _app(self) -> DocketApp:
        from tui.app.app import DocketApp

        app = self._screen().app
        assert isinstance(app, DocketApp)
        return app

    def _client(self) -> str:
        client = self._screen().client
        if client is None:
            raise DocketError("No client is selected", "", "Press n and type: new Acme Media")
        if trouble := self._screen().trouble:
            raise trouble
        return client

    def _entry(self) -> Standing:
        selected = self._screen().query_one(LogPane).selected
        if selected is None:
            raise DocketError("No entry is selected", "the log shows none", "Press n to log one")
        return selected

    async def action_decide(self) -> None:
        """Open the decision screen."""
        from tui.screens.decision import DecisionScreen

        await self._app().push_screen(DecisionScreen(self._screen().workspace, self._client()))

    async def action_record(self) -> None:
        """Open the record screen."""
        from tui.screens.record import RecordScreen

        client = self._client()
        await self._app().push_screen(
            RecordScreen(self._screen().workspace, client), lambda seq: self.look_at(client, seq)
        )

    def look_at(self, client: str, seq: int | None) -> None:
        """Show entry `seq` of `client`, from whatever screen over this one; nothing for None."""
        if seq is None:
            return
        screen, app = self._screen(), self._app()
        while app.screen is not screen:
            app.pop_screen()
        screen.client = client
        for pane in (screen.query_one(ClientsPane), screen.query_one(LogPane)):
            self._filter(pane, "")
        screen.look()
        screen.show_clients()
        screen.show_log(seq)
        screen.go_to("log")

    async def action_checkin(self) -> None:
        """Open the check-in."""
        from tui.screens.checkin import CheckInScreen

        await self._app().push_screen(CheckInScreen(self._screen().workspace, self._client()))

    async def action_portfolio(self) -> None:
        """Open the portfolio."""
        from tui.screens.portfolio import PortfolioScreen

        await self._app().push_screen(PortfolioScreen(self._screen().workspace))

    async def action_decisions(self) -> None:
        """Open the past decisions about the client."""
        from tui.screens.past import PastScreen

        await self._app().push_screen(PastScreen(self._screen().workspace, self._client()))

    async def action_mail(self) -> None:
        """Open the mail bar."""
        from tui.widgets.mail_bar import MailBar

        screen, app = self._screen(), self._app()
        await app.open_bar(MailBar(screen.workspace, screen.client, app.whose()))

    async def action_drafts(self) -> None:
        """List what was typed and not logged."""
        from tui.screens.drafts import DraftsScreen

        app = self._app()

        async def go_on(kept: Kept | None) -> None:
            if kept is not None:
                await app.reopen(kept)

        await app.push_screen(DraftsScreen(self._screen().workspace), go_on)

    def reopen(self, kept: Kept) -> None:
        """Open the form that a kept text was typed in; a decision begins with what the log says."""
        workspace, (form, client) = self._screen().workspace, kept.slot
        self._screen().select(client)
        if seq := kept.slot.number:
            from tui.screens.correct import CorrectScreen

            self.look_at(client, seq)
            mode = cast(Literal["amend", "add", "void"], form.partition("-")[0])
            self._app().push_screen(CorrectScreen(workspace, client, seq, mode, kept))
        elif form == "record":
            from tui.screens.record import RecordScreen

            self._app().push_screen(
                RecordScreen(workspace, client), lambda seq: self.look_at(client, seq)
            )
        elif form == "checkin":
            from tui.screens.checkin import CheckInScreen

            self._app().push_screen(CheckInScreen(workspace, client))
        else:
            from tui.screens.decision import DecisionScreen

            self._app().push_screen(DecisionScreen(workspace, client))
            key = "c" if form == "decision" else "m"
            self._app().say(f"Answer, then press {key}: ↑ takes what you typed.")

    async def action_correct(self, mode: Literal["amend", "add", "void"]) -> None:
        """Correct the selected entry: amend it, add a fact to it, or withdraw it."""
        from tui.screens.correct import CorrectScreen

        client, one = self._client(), self._entry()
        if one.void and mode != "add":
            raise DocketError(
                f"{client}#{one.seq} is withdrawn already", f"by #{one.void.seq}", "Log a new entry"
            )
        await self._app().push_screen(
            CorrectScreen(self._screen().workspace, client, one.seq, mode)
        )

    async def action_next(self) -> None:
        """Open quick capture with the step that is due."""
        screen = self._screen()
        docket = screen.shelf.docket(self._client())
        assessment = screen.shelf.assessment(docket)
        line = next_step(docket, assessment.verdict if assessment else "")
        if not line:
            self._app().say(f"Nothing is due with {docket.name}: no money, no answer is overdue.")
            return
        await self._app().open_capture(line)

    def action_copy(self) -> None:
        """Copy the selected entry to the clipboard of the user's own terminal."""
        one = self._entry()
        app = self._app()
        app.copy_to_clipboard(copy_text(one))
        app.say(f"{one.original.client}#{one.seq} copied, if your terminal allows OSC 52.")

    async def action_find(self) -> None:
        """Filter the focused list."""
        screen = self._screen()
        pane = screen.query_one(f"#{'clients' if screen.pane == 'clients' else 'log'}")
        assert isinstance(pane, ClientsPane | LogPane)
        app = self._app()
        at_clients = isinstance(pane, ClientsPane)
        where = "among the clients" if at_clients else f"in the log of {app.whose()}"
        await app.open_bar(FindBar(pane.filter, where, lambda text: self._filter(pane, text)))

    def _filter(self, pane: ClientsPane | LogPane, text: str) -> None:
        if text == pane.filter:
            return
        screen = self._screen()
        if isinstance(pane, ClientsPane):
            pane.filter = text
            screen.show_clients()
        else:
            pane.ask(self._asked(text), text)
            screen.show_log()
        pane.border_subtitle = content(f"/{text}") if text else Content()

    def _asked(self, text: str) -> Filter | None:
        from store.docket.filter import parse_filter

        screen = self._screen()
        own = screen.workspace.config.kinds
        return parse_filter(text, screen.shelf.today, own) if text else None

    def action_back(self) -> None:
        """Clear a filter, else go one pane back."""
        screen = self._screen()
        pane = screen.current_pane
        if isinstance(pane, ClientsPane | LogPane) and pane.filter:
            self._filter(pane, "")
        elif screen.pane != "clients":
            screen.go_to("log" if screen.pane == "entry" else "clients")

    def action_open(self) -> None:
        """Go from the client to its log, from the log to the entry."""
        screen = self._screen()
        screen.go_to("log" if screen.pane == "clients" else "entry")

    def action_go_to(self, pane: str) -> None:
        """Go to a pane."""
        self._screen().go_to(pane)

    def action_step(self, by: int) -> None:
        """Go some lines down."""
        self._screen().current_pane.step(by)

    def action_page(self, by: int) -> None:
        """Go some pages down."""
        self._screen().current_pane.page(by)

    def action_edge(self, last: bool) -> None:
        """Go to the first line, or to the last."""
        self._screen().current_pane.edge(last=last)
