"""Turns what a correction form holds into an entry: an amendment, an addendum or a void."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

from store.dates import parse_when
from store.entries import Draft, Entry, IncidentData
from store.errors import UsageError
from store.text import clean
from store.workspace import Workspace

Mode = Literal["amend", "add", "void"]
_LINKS = {"amend": "amends", "add": "adds-to", "void": "voids"}
_KINDS = {"amend": "amendment", "add": "addendum", "void": "void"}


def fields_of(entry: Entry, mode: Mode) -> dict[str, str]:
    """Return what the form starts with: for an amendment, the entry as it stands."""
    if mode == "add":
        return {"text": ""}
    if mode == "void":
        return {"reason": ""}
    fields = {"text": str(entry.statement), "when": when_typed(entry)}
    if isinstance(entry.data, IncidentData):
        fields["severity"] = str(entry.data.severity)
    return {**fields, "reason": ""}


def when_typed(entry: Entry) -> str:
    """Return when `entry` occurred, as a person would type it."""
    shape = {"minute": "%Y-%m-%d %H:%M", "hour": "%Y-%m-%d %H:%M"}
    at = entry.occurred_at.strftime(shape.get(entry.precision, "%Y-%m-%d"))
    return f"about {at}" if entry.precision == "about" else at


def when_in_full(at: datetime, precision: str) -> str:
    """Return a moment in words, such as `Sat 21 Nov 2026, 14:30`."""
    day = day_in_full(at.date())
    if precision in ("minute", "hour"):
        return f"{day}, {at:%H:%M}"
    return f"about {day}" if precision == "about" else day


def day_in_full(day: date) -> str:
    """Return a day in words, such as `Sat 21 Nov 2026`."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def changes(entry: Entry, typed: Mapping[str, str], now: datetime) -> dict[str, Any]:
    """Return the fields of `entry` that `typed` changes; UsageError for what cannot be read."""
    changed: dict[str, Any] = {}
    text = clean(typed["text"])
    if text != entry.statement:
        changed["statement"] = text
    if typed["when"].strip() != when_typed(entry):
        when = parse_when(typed["when"], now)
        changed["occurred_at"] = when.at.isoformat(timespec="seconds")
        changed["precision"] = when.precision
    severity = typed.get("severity", "").strip().lstrip("!")
    if isinstance(entry.data, IncidentData) and severity != str(entry.data.severity):
        if severity not in ("1", "2", "3"):
            raise UsageError(
                f"'{severity[:12]}' is not a severity", "it goes from 1 to 3", "Type 1, 2 or 3"
            )
        changed["severity"] = int(severity)
    return changed


def correction(workspace: Workspace, entry: Entry, mode: Mode, typed: Mapping[str, str]) -> Draft:
    """Return the draft that corrects `entry`; UsageError says in one line what is missing.

    It is as visible as the entry itself, so that no correction tells what the entry kept back.
    """
    data: dict[str, Any] = {}
    if mode == "amend":
        changed = changes(entry, typed, workspace.clock())
        if not changed:
            raise UsageError("Nothing is changed yet", "", "Change a field, or press esc to leave")
        data = {"changes": changed}
    if mode == "add" and not typed["text"].strip():
        raise UsageError("There is nothing to add yet", "", "Type the fact that was missing")
    reason = typed.get("reason", "").strip()
    if mode != "add" and not reason:
        raise UsageError(
            "The reason is missing", "", "Say in a few words why, for whoever reads it"
        )
    link = {"rel": _LINKS[mode], "seq": entry.seq, "id": entry.id, "reason": reason}
    return workspace.draft(
        entry.client,
        _KINDS[mode],
        typed["text"] if mode == "add" else "",
        links=[link],
        data=data,
        visibility=entry.visibility,
    )
