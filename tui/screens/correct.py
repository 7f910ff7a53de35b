"""Amends, adds to or voids one entry: what was written stays readable, and the reason with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from store.dates import parse_when, when_in_full
from store.docket import Standing
from store.docket.corrections import Field as Corrected
from store.docket.corrections import Mode
from store.drafts import Kept
from store.entries import Entry
from store.errors import DocketError
from store.intake.amend import correct, form_of
from store.workspace import Workspace
from tui.bindings import keys_for
from tui.safe_text import content
from tui.screens.form import FormField, FormScreen, LineInput, TextInput
from tui.screens.parts import Heading, Say
from tui.widgets.fields import FormFields
from tui.widgets.hints import Hints
from tui.widgets.message import say_in
from tui.words.entry import brief, paragraphs_of

_TITLES = {"amend": "Amend", "add": "Add to", "void": "Void"}
_PROMISES = {
    "amend": "It needs a reason. A record shows both: what was written first, and this.",
    "add": "The fact is added with today's date; the entry stays as it is.",
    "void": "It needs a reason. It no longer counts, but the original stays readable.",
}
_SHOWN = 160
_EXAMPLES = {
    "reason": "needed: why, in a few words",
    "severity": "1, 2 or 3",
    "about": "12, or INV-42",
    "my_share": "yes or no",
    "in_writing": "yes or no",
    "worked": "yes or no",
    "net": "the amount without VAT",
    "vat_number": "such as SE5560360793",
    "vat_note": "such as Reverse charge",
    "discount_percent": "such as 2",
    "fee_by": "me or client",
    "parts": "such as 1mar=400 1apr=400",
}


def as_it_stands(found: Standing) -> Content:
    """Return the entry: day, kind and severity on one line, then the beginning of its words."""
    said = " ".join(found.entry.statement.split())
    said = f"\n{said[:_SHOWN].rstrip()}…" if len(said) > _SHOWN else f"\n{said}"
    return content(", ".join(brief(found)) + said.rstrip())


def _field(field: Corrected) -> FormField:
    if field.name == "text":
        return FormField(field.label, TextInput(field.name, field.value))
    example = _EXAMPLES.get(field.name, "")
    return FormField(field.label, LineInput(field.name, field.value, example=example))


class CorrectScreen(FormScreen[Entry]):
    """One form for the three corrections; dismissed with the new entry, or None."""

    DEFAULT_CSS = """
    CorrectScreen #stands { height: auto; padding: 1 1 0 1; }
    CorrectScreen #promise { height: auto; padding: 0 1 1 1; color: $dim; text-style: $dim-style; }
    CorrectScreen #how { height: auto; padding: 1 1 0 16; color: $dim; text-style: $dim-style; }
    CorrectScreen.-short TextInput { max-height: 3; }
    CorrectScreen.-short #how { display: none; }
    """
    BINDINGS = keys_for("correct")
    PLACE = "correct"

    def __init__(
        self,
        workspace: Workspace,
        client: str,
        seq: int,
        mode: Mode,
        taken: Kept | None = None,
    ) -> None:
        """Open on entry `seq`; `taken` is a kept text that was asked for already."""
        super().__init__(workspace, client, f"{mode}-{seq}")
        self.taken = taken
        self.seq = seq
        self.mode: Mode = mode
        self.found = workspace.docket(client).find(seq)
        self._told = ""

    def compose(self) -> ComposeResult:
        """Yield the entry as it stands, the fields, and the line for errors."""
        name = self.workspace.docket(self.client).name
        yield Heading(f"{_TITLES[self.mode]} #{self.seq}", name, "the original stays readable")
        yield Say()
        with FormFields(id="all"):
            if self.found is not None:
                yield Static(as_it_stands(self.found), id="stands")
            yield Static(content(_PROMISES[self.mode]), id="promise")
            for field in self._fields:
                yield _field(field)
                if field.name == "when":
                    yield Static(id="reading")
            yield Static(content("tab next field   ctrl+s or f2 save"), id="how")
        yield Hints("correct", self.workspace.config.keys)

    def on_mount(self) -> None:
        """Start in the first field, or say that there is no such entry."""
        if self.found is None:
            self.query_one(Say).tell(f"There is no entry {self.client}#{self.seq}.")
            return
        if self.taken is not None:
            self.draft.fill(self, self.taken)
        else:
            self.query_one(Say).hint(self.draft.offered_words())
        self.query("Input, TextArea").first().focus()
        self.read_back()

    def on_resize(self, event: events.Resize) -> None:
        """Leave room for every field where the screen is short."""
        self.set_class(event.size.height < 22, "-short")

    def saves(self, line: Input) -> bool:
        """Return whether `enter` saves there: in the reason, once it is given, as in the last."""
        return bool(line.id == "reason" and line.value.strip()) or super().saves(line)

    def save(self, given: Mapping[str, str]) -> Entry:
        """Log the correction."""
        assert self.found is not None
        entry, self._told = correct(self.workspace, self.found.entry, self.mode, given)
        return entry

    def saved(self, done: Entry) -> None:
        """Leave with the correction, and say what it brought."""
        if self._told:
            say_in(self, self._told)
        super().saved(done)

    def action_save(self) -> None:
        """Log the correction, or show in one line why not."""
        if self.found is not None:
            super().action_save()

    @cached_property
    def _fields(self) -> list[Corrected]:
        if self.found is None:
            return []
        return form_of(self.found.entry, self.mode, self.workspace.docket(self.client))

    @property
    def untouched(self) -> dict[str, str]:
        """The entry as it stands."""
        return {one.name: one.value for one in self._fields}

    def subject(self) -> Iterator[str]:
        """Yield the entry as it stands now."""
        one = self.workspace.docket(self.client).find(self.seq)
        return (part.text for part in paragraphs_of(one)) if one else iter(())

    def reading(self) -> str:
        """Return how the moment that is typed is read."""
        if self.mode != "amend":
            return ""
        when = parse_when(self.given["when"], self.workspace.clock())
        return when_in_full(when.at, when.precision)


def correcting(workspace: Workspace, client: str, one: Standing, mode: Mode) -> CorrectScreen:
    """Return the form that corrects an entry; DocketError where it is withdrawn already."""
    if one.void and mode != "add":
        raise DocketError(
            f"{client}#{one.seq} is withdrawn already", f"by #{one.void.seq}", "Log a new entry"
        )
    return CorrectScreen(workspace, client, one.seq, mode)
