"""Forms: fields with a label, inputs that send nothing idle, and the keeping of what is typed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any, ClassVar, Final, Generic, Protocol, TypeVar, runtime_checkable

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from store.dates import day_ahead
from store.drafts import Kept
from store.errors import DocketError, UsageError, about_field
from store.text import TEXT_LIMIT
from store.workspace import Workspace
from tui.safe_text import content, plain
from tui.screens.as_seen import AsSeen
from tui.screens.parts import Heading
from tui.shell.shell import shell_of
from tui.widgets.fields import FormFields
from tui.widgets.keeper import Keeper
from tui.widgets.line import PlainLine, pasted
from tui.widgets.message import say_in

_SHOWN = 44
_TOLD = ("reason", "why", "text")
_STILL: Final = "What you typed is here; save once more if it still holds."
Saved = TypeVar("Saved")


@runtime_checkable
class OffersKept(Protocol):
    """A form that gives back what was typed in it before."""

    def action_kept(self) -> bool:
        """Take up what was kept, unless something is typed; return whether it was."""


def took_kept(inside: Widget, event: events.Key) -> bool:
    """Deal with ↑ at once, so that the keys after it find what was kept; return whether it did."""
    screen = inside.screen
    if event.key != "up" or not isinstance(screen, OffersKept) or not screen.action_kept():
        return False
    event.stop()
    event.prevent_default()
    return True


class LineInput(PlainLine):
    """One line of a form, named as the field is."""

    DEFAULT_CSS = """
    LineInput, LineInput:focus { background: $ground; }
    """

    def __init__(self, name: str, value: str = "", *, example: str = "") -> None:
        super().__init__(value, example, id=name)

    async def _on_key(self, event: events.Key) -> None:
        """Type; ↑ takes up what was kept of the form before."""
        if not took_kept(self, event):
            await super()._on_key(event)


class TextInput(TextArea):
    """Several lines to type on, from the end of what is there.

    No blinking, tab leaves it, and what is pasted is cleaned first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+home", "edge(False)", "to the beginning", show=False),
        Binding("ctrl+end", "edge(True)", "to the end", show=False),
    ]

    DEFAULT_CSS = """
    TextInput, TextInput:focus { border: none; padding: 0; background: $ground; }
    TextInput { scrollbar-size-vertical: 1; }
    """

    def __init__(self, name: str, value: str = "") -> None:
        shown = "\n".join(plain(line) for line in value.split("\n"))
        super().__init__(shown, id=name, compact=True, highlight_cursor_line=False)
        self.cursor_blink = False
        self.move_cursor(self.document.end)

    async def _on_key(self, event: events.Key) -> None:
        """Type; ↑ on the first line takes up what was kept of the form before."""
        if not took_kept(self, event):
            await super()._on_key(event)

    def action_edge(self, last: bool) -> None:
        """Go to the end of the text, or to its beginning."""
        self.move_cursor(self.document.end if last else (0, 0))

    async def _on_paste(self, event: events.Paste) -> None:
        """Insert what was pasted, clean."""
        event.stop()
        event.prevent_default()
        done = self.replace(pasted(self, event.text, TEXT_LIMIT), *self.selection)
        self.move_cursor(done.end_location)


class FormField(Horizontal):
    """One labelled input; `>` before the label shows that the cursor is in it."""

    DEFAULT_CSS = """
    FormField { height: auto; padding: 0 1; }
    FormField .mark { width: 2; visibility: hidden; }
    FormField .label { width: 13; color: $dim; text-style: $dim-style; }
    FormField.-here .mark { visibility: visible; }
    FormField.-here .label { color: $text; text-style: bold; }
    FormField LineInput { width: 1fr; }
    FormField TextInput { width: 1fr; height: auto; min-height: 2; max-height: 5; }
    """

    def __init__(self, label: str, inside: LineInput | TextInput) -> None:
        super().__init__()
        self.label = label
        self.inside = inside

    def compose(self) -> ComposeResult:
        """Yield mark, label and input."""
        yield Static(">", classes="mark")
        yield Static(content(self.label), classes="label")
        yield self.inside

    @property
    def typed(self) -> str:
        """What stands in it."""
        return self.inside.text if isinstance(self.inside, TextInput) else self.inside.value

    def on_descendant_focus(self) -> None:
        """Mark the field the cursor is in."""
        self.add_class("-here")

    def on_descendant_blur(self) -> None:
        """Take the mark away."""
        self.remove_class("-here")


def typed_in(screen: Screen[Any]) -> dict[str, str]:
    """Return what stands in the fields of a form, by name; the line of a bar over it is none."""
    return {str(field.inside.id): field.typed for field in screen.query(FormField)}


class FormKeeper(Keeper):
    """What a form holds before it is saved, kept by field name."""

    def keep_fields(self, fields: Mapping[str, str]) -> None:
        """Keep `fields` within half a second."""
        filled = any(text.strip() for text in fields.values())
        self.keep(json.dumps(dict(fields), ensure_ascii=False) if filled else "")

    def offered_fields(self) -> dict[str, str]:
        """Return the fields that were kept before, by name; none if nothing was."""
        return _shown(self.offered[0]) if self.offered else {}

    def offered_words(self) -> str:
        """Return a sentence on what was kept before and the key that takes it, or nothing."""
        fields = self.offered_fields()
        texts = [" ".join(fields[name].split()) for name in _TOLD if fields.get(name, "").strip()]
        text = texts[0] if texts else "" if not fields else "what you chose"
        short = text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}…"
        return f"Kept from before: {short}   ↑ takes it" if text else ""

    def fill(self, screen: Screen[Any], kept: Kept | None = None) -> bool:
        """Put what was kept, by default last, into the inputs of `screen`; False if nothing was."""
        fields = self.take_fields(kept)
        for one in screen.query(Input):
            if one.id in fields:
                one.value = fields[one.id]
                one.cursor_position = len(one.value)
        for area in screen.query(TextArea):
            if area.id in fields:
                area.load_text(fields[area.id])
                area.move_cursor(area.document.end)
        return bool(fields)

    def closed(self) -> bool:
        """Let go of what is typed, or say why it stays on screen; return whether it may go."""
        try:
            self.close()
        except DocketError as error:
            say_in(self._widget, str(error), error=True)
            return False
        return True

    def take_fields(self, kept: Kept | None = None) -> dict[str, str]:
        """Take up what was kept, by default last, and return its fields by name."""
        kept = kept or next(iter(self.offered), None)
        if kept is None:
            return {}
        self.take(kept)
        return _shown(kept)


def _shown(kept: Kept) -> dict[str, str]:
    return {name: plain(text) for name, text in kept.fields.items()}


class FormScreen(Screen[Saved | None], Generic[Saved]):
    """A form whose fields are kept until they are saved; dismissed with what was, or None."""

    DEFAULT_CSS = """
    FormScreen #reading { height: auto; padding: 0 1 0 16; color: $dim; text-style: $dim-style; }
    """

    def __init__(self, workspace: Workspace, client: str, form: str) -> None:
        """Make the form that drafts call `form`."""
        super().__init__()
        self.workspace = workspace
        self.client = client
        self.draft = FormKeeper(self, workspace, form, client)
        self._subject = AsSeen(self.subject)

    def _on_mount(self, event: events.Mount) -> None:
        """Remember what stood when it was opened, and say how far its fields are read."""
        super()._on_mount(event)
        self._subject.seen()
        for heading, fields in zip(self.query(Heading), self.query(FormFields), strict=False):
            heading.follow(fields)

    def subject(self) -> Iterable[str]:
        """Return what the form is about as it stands on the docket now, in parts."""
        return ()

    @property
    def untouched(self) -> dict[str, str]:
        """What the fields hold before anything is typed."""
        raise NotImplementedError

    @property
    def given(self) -> dict[str, str]:
        """What the fields hold now."""
        return typed_in(self)

    def reading(self) -> str:
        """Return how the day that is typed is read; UsageError if it cannot be."""
        raise NotImplementedError

    def save(self, given: Mapping[str, str]) -> Saved:
        """Save what is `given` and return it; DocketError, and nothing saved, says what is wrong.

        It shows nothing and looks at no widget: it may be in a thread.
        """
        raise NotImplementedError

    def saves(self, line: Input) -> bool:
        """Return whether `enter` saves there, and goes on nowhere."""
        return line is self.query(FormField).last().inside

    def day_ahead(self, name: str, given: Mapping[str, str]) -> date | None:
        """Return the day to come that a field says, None for none; UsageError if it is past."""
        with about_field(name):
            return day_ahead(given[name], self.workspace.today)

    def changed(self) -> None:
        """Keep what is given, and read the day back."""
        given = self.given
        if given != self.untouched or self.draft.text:
            self.draft.keep_fields({} if given == self.untouched else given)
        self.read_back()

    def read_back(self) -> None:
        """Show how the day is read, beside it."""
        try:
            read = self.reading()
        except UsageError as error:
            read = f"! {error}"
        for shown in self.query("#reading").results(Static):
            shown.update(content(read))

    def on_input_changed(self) -> None:
        """Take in what is typed."""
        self.changed()

    def on_text_area_changed(self) -> None:
        """Take in what is typed."""
        self.changed()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Save from the last field; from another go on to the next."""
        if self.saves(event.input):
            self.action_save()
        else:
            self.focus_next()

    def action_save(self) -> None:
        """Save, or show in one line why not, the cursor where that is; what was typed stays."""
        if moved := self._subject.moved("Not saved", _STILL, self.size.width):
            say_in(self, moved)
            return
        save = partial(self.save, self.given)
        shell_of(self).saves.do(self.client, save, self.saved, self._refused)

    def saved(self, done: Saved) -> None:
        """Leave with what was saved."""
        self.draft.clear()
        self.dismiss(done)

    def _refused(self, error: DocketError) -> None:
        say_in(self, f"Not saved: {error}", error=True)
        if field := getattr(error, "field", ""):
            self.query(f"#{field}").focus()

    def action_back(self) -> None:
        """Leave; what was typed is kept as a draft, or stays where it cannot be."""
        if self.draft.closed():
            self.dismiss(None)

    def action_kept(self) -> bool:
        """Take up what was kept before, unless something is given; return whether it was."""
        return self.given == self.untouched and self.draft.fill(self)

    def on_unmount(self) -> None:
        """Keep what was not saved."""
        self.draft.end()
