"""The portfolio: all clients, gravest first, with what each brings in; `enter` asks about one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from textual.app import ComposeResult

from store.dates import day_in_full
from store.decision import VERDICT, assess
from store.docket import Docket
from store.errors import DocketError
from store.files import stamp
from store.overview.portfolio import Abreast, Assessed, Client, Portfolio, side_by_side
from store.overview.standing import of_each
from store.overview.words import (
    ended,
    notes,
    percent,
    referrals,
    reviews,
    runway,
    saved,
    warnings,
)
from store.stopping import piece_by_piece, turn_to
from store.text.cells import most_cells
from store.workspace import Workspace
from tui.bindings import keys_for
from tui.commands import ABOUT_ALL
from tui.plots import gauge
from tui.safe_text import safe_fit
from tui.screens.parts import Heading, ListScreen, Say
from tui.screens.rows import BLANK, MEASURE, Row, RowList, bullet, paragraph, title
from tui.shell.shell import shell_of
from tui.tokens import VERDICT_LOOKS
from tui.widgets.hints import Hints
from tui.words import NEVER_EXPORTED

_START = "No clients yet. Press + and type: Acme Media"
_RUNWAY = (
    "Runway: the months your savings last without that client, if the other current clients pay "
    "on as they did on average."
)
_ENDED, _GAP = 17, 2


class PortfolioScreen(ListScreen[None]):
    """Assesses every client in a thread, then shows them side by side."""

    BINDINGS = keys_for("portfolio")
    PLACE = "portfolio"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.found: Portfolio | None = None
        self.clients: Sequence[str] = ()
        self._known: dict[str, tuple[object, Abreast]] = {}

    def compose(self) -> ComposeResult:
        """Yield the heading and the list."""
        yield Heading("Portfolio", "clients, gravest first", NEVER_EXPORTED)
        yield RowList(id="portfolio")
        yield Say()
        yield Hints("portfolio", self.workspace.config.keys)

    def on_mount(self) -> None:
        """Begin to read."""
        self.reading.focus()
        self.reading.show(paragraph("Reading…", self.reading.room))
        self.look()

    def on_screen_resume(self) -> None:
        """Take in what was logged, noted or decided on another screen."""
        if self.found is not None:
            self.look()

    def on_capture_bar_logged(self) -> None:
        """Take in what was logged from here."""
        self.look()

    def look(self) -> None:
        """Assess again whatever changed since."""
        self.work = self.run_worker(self._read(), group="portfolio", exclusive=True)

    @property
    def client(self) -> str | None:
        """The client under the cursor."""
        at = self.reading.cursor
        return (self.clients[at] or None) if at < len(self.clients) else None

    def action_open(self) -> None:
        """Ask about the client under the cursor."""
        self.action_show("decision")

    def action_show(self, place: str) -> None:
        """Open another screen, about the client under the cursor but for those about all."""
        if self.client is not None or place in ABOUT_ALL:
            shell_of(self).show(place, "" if place in ABOUT_ALL else self.client or "")

    async def _read(self) -> None:
        skipped = self.workspace.skipped
        try:
            self.found = await self.aside("Assessing", self._found)
        except DocketError as error:  # about the private file or the settings
            self.tell(str(error), error=True)
            return
        self.stand(f"Without {', '.join(sorted(skipped))}: not readable." if skipped else "")
        self.call_after_refresh(self.lay_out)

    def _found(self) -> Portfolio:
        day = self.workspace.today
        workspace, kept = self.workspace, self._known
        states = {client: self._state(client, day) for client in workspace.client_ids()}
        new = [client for client in states if kept.get(client, ("",))[0] != states[client]]
        turn_to("Assessing", len(new), "clients")
        done = of_each(workspace, day, new, partial(self._abreast, day))
        for client, found in piece_by_piece(done):
            kept.pop(client, None)
            if found:
                kept[client] = states[client], found
        return side_by_side((kept[one][1] for one in states if one in kept), workspace.config, day)

    def _state(self, client: str, day: date) -> object:
        """Return what changes whenever docket or private file of a client do; asked beforehand."""
        path = self.workspace.path(client)
        return day, self.workspace.private.of(client), stamp(path.stat()) if path.exists() else ()

    def _abreast(self, day: date, docket: Docket) -> Abreast:
        private = self.workspace.private.of(docket.client)
        return Abreast.of(
            Assessed(docket, assess(docket, private, self.workspace.config), private), day
        )

    def lay_out(self) -> None:
        """Lay the clients out for the width there is."""
        if self.found is None:
            return
        reading, before = self.reading, self.client
        lines = portfolio_rows(self.found, reading.room)
        self.clients = [client for _, client in lines]
        reading.show([row for row, _ in lines], keep=before is not None)
        if before in self.clients:
            reading.go(self.clients.index(before))


class Columns(NamedTuple):
    """Cells of each column; `bar` is the part of a share that is drawn, 0 for none."""

    name: int
    verdict: int
    share: int
    runway: int
    money: int
    bar: int

    @classmethod
    def of(cls, width: int, name: int) -> Columns:
        """Return the columns that fit `width` cells, `name` for the longest name if they can."""
        drawn = 0 if width < 70 else 5 if width < 100 else 10
        more = drawn + 1 if drawn else 0
        fixed = (16 if drawn else 6, 9 + more, 7, 14 if width >= 100 else 0)
        left = width - sum(fixed) - 2 * sum(cells > 0 for cells in fixed)
        return cls(max(8, min(name, left)), *fixed, drawn)


def portfolio_rows(found: Portfolio, width: int) -> list[tuple[Row, str]]:
    """Return every line, at most `width` cells each, with the id of the client it is about."""
    if not found.clients:
        return [(row, "") for row in paragraph(_START, width)]
    longest = max(most_cells(one.name) for one in found.clients)
    columns = Columns.of(width, longest + _GAP)
    lines: list[tuple[Row, str]] = []
    if found.current:
        lines.append((_head(columns), ""))
        lines += [(_current(one, columns), one.id) for one in found.current]
    if found.former:
        lines.append((title("Ex-clients"), ""))
        lines += [(_former(one, columns), one.id) for one in found.former]
    return [*lines, *((row, "") for row in _below(found, min(width, MEASURE)))]


def _below(found: Portfolio, width: int) -> list[Row]:
    """Return what stands under the clients: warnings, decisions due, referrals, how to read it."""
    rows = [
        *_part("Warnings", warnings(found), width),
        *_part("Decisions to look at again", reviews(found), width),
        *_part("Who sent whom", referrals(found), width),
        BLANK,
    ]
    said = [*notes(found), *(() if found.lacks else (_RUNWAY,))]
    if found.income:
        paid = " + ".join(map(str, found.income))
        said.append(f"Came in since {day_in_full(found.since)}: {paid}.")
    said += filter(None, [saved(found)])
    for text in said:
        rows += paragraph(text, width, style="dim")
    return rows


def _part(heading: str, said: Iterable[str], width: int) -> list[Row]:
    points = [row for text in said for row in bullet(text, width)]
    return [title(heading), *points] if points else []


def _head(columns: Columns) -> Row:
    verdict = "verdict" if columns.bar else "says"
    names = ("client", verdict, "share", "runway", "money")
    text = "  ".join(
        safe_fit(name, wide) for name, wide in zip(names, columns, strict=False) if wide
    )
    return Row.of((text, "dim"))


def _current(one: Client, columns: Columns) -> Row:
    told, look = VERDICT[one.verdict], VERDICT_LOOKS[one.verdict]
    said = told.words if columns.bar else told.short
    said += "?" * one.provisional + "*" * bool(one.excepted)
    money = f"  {safe_fit(one.money, columns.money)}" if columns.money else ""
    return Row.of(
        f"{safe_fit(one.name, columns.name)}  ",
        (safe_fit(said, columns.verdict), look),
        "  ",
        *_share(one, columns),
        f"  {safe_fit(runway(one) or '-', columns.runway)}{money}",
        opens=True,
        about=_about(one),
    )


def _former(one: Client, columns: Columns) -> Row:
    share = "".join(text for text, _ in _share(one, columns)) if columns.bar else ""
    text = f"{safe_fit(one.name, columns.name)}  {safe_fit(ended(one), _ENDED)} {share}"
    return Row.of((text, "dim"), opens=True, about=_about(one))


def _share(one: Client, columns: Columns) -> list[tuple[str, str]]:
    """Return the share where it is greatest; a plus says that other currencies came in too."""
    most = max(one.income, key=lambda part: part.share, default=None)
    bar = gauge(most.share if most else 0, columns.bar, "money") if columns.bar else ()
    drawn = [(" ", ""), *bar] if bar else []
    room = columns.share - 4 - (columns.bar + 1 if bar else 0)
    if most is None:
        return [("   -", ""), *drawn, (" " * room, "")]
    more = "+" if len(one.income) > 1 else ""
    paid = (safe_fit(f" {most.money.currency}{more}", room), "dim")
    return [(f"{percent(most.share):>4}", ""), *drawn, paid]


def _about(one: Client) -> str:
    paid = ", ".join(f"{part.money} ({percent(part.share)})" for part in one.income) or "nothing"
    when = ended(one) or f"runway without them {runway(one) or 'unknown'}"
    aside = f", {' '.join(one.excepted)} set aside" if one.excepted else ""
    return f"{one.name}: {VERDICT[one.verdict].words}{aside}, paid {paid}, {when}"
