"""The fields of the record screen: which of them apply, and what they say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Final

from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Input

from store.dates import parse_day, parse_when
from store.errors import UsageError
from tui.screens.form import Field, LineInput
from tui.screens.record_making import SINGLE, Asked, Profile

_LABELS: Final = {
    "since": ("from", "the start; or type 1 Oct, or 3m ago"),
    "until": ("until", "today"),
    "redact": ("withhold", "nothing; or type Jo Smith; #12; #12.quotes"),
    "because": ("why", "privacy"),
    "despite": ("despite", "no file; or type AB-2; photo.png"),
    "answer-by": ("answer by", "no day; or type 30 Nov"),
    "folder": ("folder", ""),
}


class Fields(Container):
    """The inputs by name; only those that apply take a row."""

    DEFAULT_CSS = """
    Fields { height: auto; }
    """

    def __init__(self, kept: Mapping[str, str]) -> None:
        """Take what was typed before, by name."""
        super().__init__(id="fields")
        self.unsure = False
        self._kept = {"folder": str(Path.cwd()), **{k: v for k, v in kept.items() if v}}

    def compose(self) -> ComposeResult:
        """Yield each with its label."""
        for name, (label, example) in _LABELS.items():
            line = LineInput(name, self._kept.get(name, ""), example=example)
            line.select_on_focus = bool(line.value)  # what was kept is typed over, not typed on
            yield Field(label, line)

    @property
    def typed(self) -> dict[str, str]:
        """What stands in each field, by name; a folder that is the first one is nothing."""
        said = {name: self._input(name).value for name in _LABELS}
        return {**said, "folder": "" if said["folder"] == str(Path.cwd()) else said["folder"]}

    def show_for(self, profile: Profile) -> None:
        """Show what applies to a profile, and to what is typed."""
        typed = bool(withheld(self._input("redact").value))
        applies = {
            "since": profile != "report",
            "until": profile != "report",
            "redact": profile not in SINGLE,
            "because": profile not in SINGLE and typed,
            "despite": profile not in SINGLE and typed and self._asks_despite,
            "answer-by": profile == "platform",
            "folder": True,
        }
        for field in self.query(Field):
            field.display = applies[field.inside.id or ""]

    @property
    def _asks_despite(self) -> bool:
        """Whether there are files that cannot be read, or one was named."""
        return self.unsure or bool(self._input("despite").value)

    def first(self) -> Input:
        """Return the first field that applies."""
        return next(field.query_one(Input) for field in self.query(Field) if field.display)

    def asked(self, profile: Profile, now: datetime, *, html: bool, sign: bool) -> Asked:
        """Return what is asked for; UsageError where a day cannot be read."""
        since, until = (past_day(self._input(end).value, now) for end in ("since", "until"))
        if profile == "report":
            return Asked(profile, html=html)
        if profile == "statement":
            return Asked(profile, since, until, html=html)
        answer_by = self._input("answer-by").value if profile == "platform" else ""
        return Asked(
            profile,
            since,
            until,
            withheld(self._input("redact").value),
            self._input("because").value,
            coming_day(answer_by, now),
            html,
            sign,
            withheld(self._input("despite").value),
        )

    @property
    def where(self) -> str:
        """The folder as it is typed."""
        return self._input("folder").value.strip() or "."

    @property
    def folder(self) -> Path:
        """Where it is to be written; UsageError where the home in it is nobody's."""
        try:
            return Path(self.where).expanduser().absolute()
        except RuntimeError:  # pathlib's word for a home that is not known
            raise UsageError("There is no such user", "", "Write the folder in full") from None

    def _input(self, name: str) -> Input:
        return self.query_one(f"#{name}", Input)


def withheld(typed: str) -> tuple[str, ...]:
    """Return the texts and places in `Jo Smith; #12; #12.quotes`."""
    return tuple(filter(None, (part.strip() for part in typed.split(";"))))


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
