"""The check-in: two numbers, a few more for those who like; private, and never an entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from store.errors import UsageError
from store.private.model import PAIR, SCALES, Asked, CheckIn
from store.text.cells import cell_width
from store.workspace import Workspace
from tui.bindings import keys_for
from tui.commands import BY_ID
from tui.glyphs import glyphs
from tui.plots import gauge
from tui.safe_text import content, safe_fit
from tui.screens.form import FormScreen
from tui.screens.parts import Heading
from tui.screens.rows import BLANK, Row, RowList, group
from tui.widgets.hints import Hints
from tui.widgets.message import say_in
from tui.words import NEVER_EXPORTED

TEN = 10
_LABEL = max(cell_width(item.label) for item in SCALES) + 1


def rows(values: Mapping[str, int], width: int) -> list[Row]:
    """Return the lines of the form: both numbers that count first, then the optional ones."""
    lines = [group("Right now, 0 to 10", bold=True)]
    lines += [_row(item, values.get(item.field), width) for item in PAIR]
    lines += [BLANK, group("If you like")]
    lines += [_row(item, values.get(item.field), width) for item in SCALES[len(PAIR) :]]
    return lines


def row_of(item: int) -> int:
    """Return the line on which item number `item` stands."""
    return item + (1 if item < len(PAIR) else 3)


def _row(item: Asked, value: int | None, width: int) -> Row:
    label = safe_fit(item.label, min(_LABEL, width - 16))
    number, drawn = (" -", "dim"), [(glyphs().dot * TEN, "dim")]
    if value is not None:
        number, drawn = (f"{value:>2}", "bold"), [*gauge(value / TEN, TEN, "private")]
    scale = f"   {item.scale}" if width >= 90 else ""
    return Row.of(label, " ", number, "  ", *drawn, (scale, "dim"), opens=True)


class CheckInScreen(FormScreen[CheckIn]):
    """Asks for the numbers; a digit fills a line and goes to the next, `enter` saves."""

    DEFAULT_CSS = """
    CheckInScreen RowList { height: 1fr; max-height: 12; }
    CheckInScreen #scale { height: auto; padding: 1 1 0 1; }
    CheckInScreen #pledge { height: auto; padding: 1 1 0 1; color: $dim; text-style: $dim-style; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(digit, f"rate({digit})") for digit in BY_ID["rate"].keys),
        *(one for one in keys_for("checkin") if getattr(one, "id", "") != "rate"),
    ]
    PLACE = "checkin"

    def __init__(self, workspace: Workspace, client: str) -> None:
        super().__init__(workspace, client, "checkin")
        self.values: dict[str, int] = {}
        self.item = 0
        self.one_typed = False

    def compose(self) -> ComposeResult:
        """Yield heading, lines, what the scale means, and the promise."""
        yield Heading("Check-in", self.workspace.docket(self.client).name, NEVER_EXPORTED)
        yield RowList()
        yield Static(id="scale")
        yield Static(
            content(
                "This stays in your private file: no record, statement or report ever holds it. "
                "The first two numbers are enough."
            ),
            id="pledge",
        )
        yield Hints("checkin", self.workspace.config.keys)

    def on_mount(self) -> None:
        """Offer back what was typed earlier the same day."""
        if self.draft.offered_fields().get("day") == self._today():
            kept = self.draft.take_fields()
            self.values = {
                item.field: int(kept[item.field])
                for item in SCALES
                if kept.get(item.field, "").isdecimal() and int(kept[item.field]) <= TEN
            }
        if self.values:
            say_in(self, "Your numbers from earlier today are still here.")
        self.query_one(RowList).focus()

    def on_resize(self) -> None:
        """Lay the lines out for the new width."""
        self._draw()

    def action_rate(self, digit: int = -1) -> None:
        """Take a digit; a 0 straight after a 1 makes it 10."""
        if digit < 0:
            say_in(self, "Press a digit for the line the cursor is on.")
            return
        if self.one_typed and digit == 0:
            self._give(TEN)
            return
        if self.one_typed:
            self._go(self.item + 1)
        self._give(digit, stay=digit == 1)

    def action_ten(self) -> None:
        """Give 10."""
        self._give(TEN)

    def action_clear(self) -> None:
        """Leave the line unsaid."""
        self.values.pop(SCALES[self.item].field, None)
        self._keep()
        self._go(self.item)

    def action_onward(self) -> None:
        """Go to the next line, round the end."""
        self._go((self.item + 1) % len(SCALES))

    def action_step(self, by: int) -> None:
        """Go some lines down."""
        self._go(self.item + by)

    def save(self, given: Mapping[str, str]) -> CheckIn:
        """Keep the check-in in the private file."""
        if not self.values:
            raise UsageError("There is nothing to save yet", "press a digit")
        checkin = CheckIn.model_validate({"at": self.workspace.clock(), **self.values})
        self.workspace.private.add(self.client, checkin)
        return checkin

    def saved(self, done: CheckIn) -> None:
        """Leave, and say where it is."""
        say_in(self, "Check-in saved in your private file.")
        super().saved(done)

    def action_back(self) -> None:
        """Leave without saving, and say so."""
        if not self.draft.closed():
            return
        if self.values:
            say_in(self, "The check-in was not saved. Its numbers are kept for today.")
        self.dismiss(None)

    def _give(self, value: int, *, stay: bool = False) -> None:
        self.values[SCALES[self.item].field] = value
        self._keep()
        if stay:
            self.one_typed = True
            self._draw()
        else:
            self._go(self.item + 1)

    def _keep(self) -> None:
        numbers = {field: str(given) for field, given in self.values.items()}
        self.draft.keep_fields({"day": self._today(), **numbers} if numbers else {})

    def _go(self, item: int) -> None:
        self.item = max(0, min(item, len(SCALES) - 1))
        self.one_typed = False
        self._draw()

    def _draw(self) -> None:
        listed = self.query_one(RowList)
        listed.show(rows(self.values, listed.room), keep=True)
        listed.go(row_of(self.item))
        item = SCALES[self.item]
        hint = "  A 0 now makes it 10." if self.one_typed else ""
        self.query_one("#scale", Static).update(content(f"{item.label}: {item.scale}.{hint}"))

    def _today(self) -> str:
        return self.workspace.today.isoformat()
