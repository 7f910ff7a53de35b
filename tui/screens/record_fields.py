"""What is asked for on the record screen: the keys pressed, and the fields that apply."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Final, Literal

from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Input, Static

from store.dates import parse_day, parse_when
from store.entries import find_kind
from store.errors import UsageError
from store.files import typed_path
from store.languages import parse_language
from store.records import Preview, RecordRequest, Signing
from store.records.desk import PROFILES, SINGLE, RecordProfile
from store.records.options import PLATFORM_FORMS
from tui.safe_text import content
from tui.screens.form import FormField, LineInput
from tui.screens.record_rows import PAPERS, PRINTED, extras, fields_told, profiles

_LABELS: Final = {
    "since": ("from", "the start; or type 1 Oct, or 3m ago"),
    "until": ("until", "today"),
    "redact": ("withhold", "nothing; or type Jo Smith; #12; #12.quotes"),
    "because": ("why", "privacy"),
    "despite": ("despite", "no file; or type AB-2; photo.png"),
    "answer-by": ("answer by", "no day; or type 30 Nov"),
    "form": ("form", "card; or type freelance, payment, payment cut"),
    "would-accept": ("I accept", "not said; or type what would settle it"),
    "folder": ("folder", ""),
    "language": ("language", "as it comes; or type hu, Finnish"),
    "kinds": ("kinds", "all; or type late payment; blame"),
}


_CHOOSING: Final = ("court", "own")
"""For whom a record may be of some kinds: a pack, a brief and a facts sheet are of kinds of theirs.
"""


class Asking(Container):
    """The profiles and what goes with them, the inputs by name, and in words what they come to.

    Only the inputs that apply take a row.
    """

    DEFAULT_CSS = """
    Asking, Asking #fields { height: auto; }
    Asking #profiles, Asking #extras { height: auto; padding: 0 1; }
    Asking #covers { height: auto; max-height: 4; padding: 0 1 0 7; }
    """

    def __init__(
        self, kept: Mapping[str, str], own: Mapping[str, str], first: tuple[int, ...] = ()
    ) -> None:
        """Take what was chosen and typed before, by name, the user's own keys, what comes first."""
        super().__init__()
        self._listed_first = first
        self.profile: RecordProfile = next(
            (one for one in PROFILES if one == kept.get("for")), "court"
        )
        self.printed, self.sign = kept.get("html", ""), bool(kept.get("sign"))
        self.unsure = False
        self.request = RecordRequest("court")
        self._own = own
        self._wrong = ""
        self._kept = {"folder": str(Path.cwd()), **{k: v for k, v in kept.items() if v}}

    def compose(self) -> ComposeResult:
        """Yield the keys, each input with its label, and what they come to."""
        yield Static(id="profiles")
        yield Static(id="extras")
        with Container(id="fields"):
            for name, (label, example) in _LABELS.items():
                line = LineInput(name, self._kept.get(name, ""), example=example)
                line.select_on_focus = bool(line.value)  # what was kept is typed over
                yield FormField(label, line)
        yield Static(id="covers")

    def draw(self, made: Preview | None, today: date) -> None:
        """Show what is chosen, and what it comes to in what was made."""
        above = profiles(self.profile, self._own, self.screen.size.width - 2)
        self.query_one("#profiles", Static).update(above)
        beside = extras(self.profile, self._own, printed=self.printed, sign=self.sign)
        self.query_one("#extras", Static).update(beside)
        first, *more = fields_told(self.request, made, today)
        into = f"; into {self.where}" if self.typed["folder"] else ""
        self._come_to(self._wrong or "\n".join([first + into, *more]))

    def _come_to(self, words: str) -> None:
        self.query_one("#covers", Static).update(content(words))

    @property
    def typed(self) -> dict[str, str]:
        """What stands in each field, by name; a folder that is the first one is nothing."""
        said = {name: self._input(name).value for name in _LABELS}
        return {**said, "folder": "" if said["folder"] == str(Path.cwd()) else said["folder"]}

    def worth_keeping(self, *, whole: bool) -> dict[str, str]:
        """Return what is typed; with the keys pressed if anything is, or if it is to be `whole`."""
        typed = self.typed
        if not whole and not any(typed.values()):
            return typed
        chosen = "" if self.profile == "court" else self.profile
        return {**typed, "for": chosen, "html": self.printed, "sign": "on" * self.sign}

    def show(self) -> None:
        """Show what applies to the profile, and to what is typed."""
        profile, typed = self.profile, bool(withheld(self._input("redact").value))
        applies = {
            "since": profile != "report",
            "until": profile != "report",
            "redact": profile not in SINGLE,
            "because": profile not in SINGLE and typed,
            "despite": profile not in SINGLE and typed and self._asks_despite,
            "answer-by": profile == "platform",
            "form": profile == "platform",
            "would-accept": profile == "mediator",
            "language": True,
            "folder": True,
            "kinds": profile in _CHOOSING,
        }
        for field in self.query(FormField):
            field.display = applies[field.inside.id or ""]

    @property
    def _asks_despite(self) -> bool:
        """Whether there are files that cannot be read, or one was named."""
        return self.unsure or bool(self._input("despite").value)

    def turn(self, what: Literal["html", "sign"]) -> None:
        """Sign it or not; go from no page to a page to print, a PDF on either paper, and round."""
        if what == "sign":
            self.sign = not self.sign
            return
        ways = ["", *PRINTED, ""]
        self.printed = ways[ways.index(self.printed) + 1] if self.printed in ways else ""

    def first(self) -> Input:
        """Return the first field that applies."""
        return next(field.query_one(Input) for field in self.query(FormField) if field.display)

    def read(self, now: datetime) -> RecordRequest:
        """Return what is asked for; UsageError, also told in place, where a day cannot be read."""
        self._wrong = ""
        try:
            self.request = self._read(now)
        except UsageError as error:  # beside the fields, so that nothing moves while it is typed
            self._wrong = f"! {error}"
            self._come_to(self._wrong)
            raise
        return self.request

    def _read(self, now: datetime) -> RecordRequest:
        profile, html, paper = self.profile, bool(self.printed), PAPERS.get(self.printed)
        since, until = (past_day(self._input(end).value, now) for end in ("since", "until"))
        spoken = self._input("language").value
        language = parse_language(spoken) if spoken.strip() else ""
        if profile == "report":
            return RecordRequest(profile, html=html, paper=paper, language=language)
        if profile == "statement":
            return RecordRequest(profile, since, until, html=html, paper=paper, language=language)
        answer_by = self._input("answer-by").value if profile == "platform" else ""
        form, cut = form_typed(self._input("form").value if profile == "platform" else "")
        settles = self._input("would-accept").value if profile == "mediator" else ""
        return RecordRequest(
            profile,
            since,
            until,
            withheld(self._input("redact").value),
            self._input("because").value,
            coming_day(answer_by, now),
            html,
            Signing() if self.sign else None,
            withheld(self._input("despite").value),
            kinds=kinds_typed(self._input("kinds").value) if profile in _CHOOSING else (),
            first=self._listed_first,
            form=form,
            cut=cut,
            would_accept=settles,
            paper=paper,
            language=language,
        )

    @property
    def where(self) -> str:
        """The folder as it is typed."""
        return self._input("folder").value.strip() or "."

    @property
    def folder(self) -> Path:
        """Where it is to be written; UsageError where the home in it is nobody's."""
        return typed_path(self.where).absolute()

    def _input(self, name: str) -> Input:
        return self.query_one(f"#{name}", Input)


def withheld(typed: str) -> tuple[str, ...]:
    """Return the texts and places in `Jo Smith; #12; #12.quotes`."""
    return tuple(filter(None, (part.strip() for part in typed.split(";"))))


def kinds_typed(typed: str) -> tuple[str, ...]:
    """Return the kinds in `late payment; blame`, by their ids; UsageError for what is none."""
    return tuple(find_kind(one).id for one in withheld(typed))


def form_typed(typed: str) -> tuple[str, bool]:
    """Return whose form is typed in `payment cut`, empty for the usual one, and whether to cut."""
    words = typed.replace(",", " ").casefold().split()
    named = [word for word in words if word != "cut"]
    if len(named) > 1 or set(named) - set(PLATFORM_FORMS):
        known = ", ".join(PLATFORM_FORMS)
        raise UsageError(f"'{typed.strip()[:24]}' is no form", "", f"Write {known}, or with cut")
    return "".join(named), "cut" in words


def past_day(typed: str, now: datetime) -> date | None:
    """Return the day typed for one end of the period, None for none; UsageError if unreadable."""
    write = "Write 2026-10-01, 1 Oct or 3m ago"
    return _day(typed, lambda: parse_when(typed, now).day, "a past day", write)


def coming_day(typed: str, now: datetime) -> date | None:
    """Return the day typed to answer by, None for none; UsageError if unreadable."""
    write = "Write 2026-11-30, 30 Nov or 14d"
    return _day(typed, lambda: parse_day(typed, now.date()), "a day", write)


def _day(typed: str, read: Callable[[], date], what: str, write: str) -> date | None:
    if not typed.strip():
        return None
    try:
        return read()
    except UsageError:
        raise UsageError(f"'{typed.strip()[:24]}' is not {what}", "", write) from None
