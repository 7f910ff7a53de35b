"""Time sheets: tables of time trackers such as Toggl, Harvest and Clockify, and timewarrior's."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, Final

from store.errors import UsageError
from store.intake.sources.row import FileSort, ForeignFile, ForeignRow, HowRead, moment_fields
from store.intake.sources.table import (
    DayColumn,
    SheetRows,
    cells_of,
    columns_of,
    read_clock,
    read_table,
)
from store.quantities import parse_hours

_LENGTH: Final = re.compile(r"(\d{1,3}):([0-5]\d):([0-5]\d)")
_ISO_LENGTH: Final = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?")
_NO_TIME: Final = "no length that can be read"
_SHORT: Final = "under half a minute"
_FORGOTTEN: Final = "longer than a day without an end"
_RUNNING: Final = "still running"
_NO_DAY: Final = "no day that can be read"
_HOUR: Final = Decimal(3600)
_LEAST: Final = Decimal("0.01")
_MOST_HOURS: Final = 1000
_DAY: Final = 24


def has_hours(columns: Mapping[str, str]) -> bool:
    """Whether a table with such columns is a time sheet."""
    length = "length" in columns or {"start", "end"} <= columns.keys()
    return length and ("day" in columns or "start" in columns) and "amount" not in columns


def _fits(opened: ForeignFile) -> bool:
    table = read_table(opened)
    asked = HowRead(datetime.now(UTC), columns=dict(opened.told))
    if table is None:
        return False
    found = columns_of(table, asked)
    if found.get("length", "").lower() == "time" and "amount" in found:  # when money came, by clock
        return False
    return has_hours(_columns(table, asked))


def _columns(table: SheetRows, asked: HowRead) -> dict[str, str]:
    """Return the columns of a time sheet; what trackers add up in money is none of it."""
    columns = columns_of(table, asked)
    if "amount" not in asked.columns:
        columns.pop("amount", None)
    if decimal := next((head for head in table.heads if "decimal" in head.lower()), None):
        columns["length"] = asked.columns.get("length", decimal)
    return columns


def _rows(opened: ForeignFile, asked: HowRead) -> Iterator[ForeignRow]:
    table = read_table(opened)
    if table is None:
        return
    columns = _columns(table, asked)
    day_in = columns.get("day") or columns.get("start", "")
    days = DayColumn((row.get(day_in) or "" for _, row in table.rows), asked)
    for number, row in table.rows:
        yield _row(number, cells_of(row, columns), days, asked)


def _row(number: int, cell: Callable[[str], str], days: DayColumn, asked: HowRead) -> ForeignRow:
    try:
        day, began = days.read(cell("day") or cell("start"))
    except ValueError:
        return ForeignRow(number, passed=_NO_DAY)
    began = began or read_clock(cell("start"))
    length = cell("length")
    hours = _hours(length) if length else _between(began, read_clock(cell("end")))
    whose = cell("client") or cell("project")
    parts = [cell("project") if cell("client") else "", cell("task"), cell("text")]
    said = ": ".join(dict.fromkeys(part for part in parts if part))
    project = cell("project") if cell("client") else ""
    return hours_row(number, asked, day, began, hours, whose, said, project)


def hours_row(
    number: int,
    asked: HowRead,
    day: date,
    began: time | None,
    hours: Decimal | None,
    whose: str,
    said: str,
    project: str = "",
) -> ForeignRow:
    """Return the row of time that was spent, or why it is none."""
    if hours is None:
        return ForeignRow(number, whose=whose, passed=_NO_TIME)
    if hours < _LEAST:
        return ForeignRow(number, whose=whose, passed=_SHORT)
    if hours > _MOST_HOURS:
        return ForeignRow(number, whose=whose, passed=_NO_TIME)
    if began is not None and hours > _DAY:
        return ForeignRow(number, whose=whose, passed=_FORGOTTEN)
    at = datetime.combine(day, began or time())
    fields: dict[str, Any] = {
        **moment_fields(asked, at, exact=began is not None),
        "kind": "hours",
        "statement": said,
        "data": {"hours": str(hours)},
        "source": "document",
    }
    if project:
        fields["refs"] = {"project": project}
    return ForeignRow(number, fields, whose)


def _hours(cell: str) -> Decimal | None:
    """Return the hours in `1:30:00`, `PT1H30M` or what a person types; None where there is none."""
    if found := _LENGTH.fullmatch(cell) or _ISO_LENGTH.fullmatch(cell):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return _rounded(Decimal(hours * 3600 + minutes * 60 + seconds))
    if re.fullmatch(r"0+([.,]0+)?", cell):
        return Decimal(0)
    if found := re.fullmatch(r"(\d{1,4})[.,](\d{3,})", cell):
        return Decimal(f"{found[1]}.{found[2]}").quantize(_LEAST)
    try:
        return parse_hours(cell)
    except UsageError:
        return None


def _rounded(seconds: Decimal) -> Decimal:
    return (seconds / _HOUR).quantize(_LEAST)


def _between(began: time | None, ended: time | None) -> Decimal | None:
    if began is None or ended is None:
        return None
    minutes = (ended.hour - began.hour) * 60 + ended.minute - began.minute
    return _rounded(Decimal(minutes % 1440 * 60))


_STAMP: Final = r"(\d{8}T\d{6}Z)"
_INC: Final = re.compile(rf"inc {_STAMP}(?: - {_STAMP})?(?: # (.*))?")


def _warrior_data(opened: ForeignFile) -> bool:
    lines = [line for line in opened.text[:4096].splitlines() if line.strip()]
    return bool(lines) and _INC.fullmatch(lines[0].strip()) is not None


def _warrior_json(opened: ForeignFile) -> bool:
    return re.match(r'\s*\[\s*\{[^}]*"start"\s*:\s*"\d{8}T\d{6}Z"', opened.text[:4096]) is not None


def _data_rows(opened: ForeignFile, asked: HowRead) -> Iterator[ForeignRow]:
    for number, line in enumerate(opened.text.splitlines(), 1):
        if found := _INC.fullmatch(line.strip()):
            words, _, note = (found[3] or "").partition(" # ")
            tags = [a or b for a, b in re.findall(r'"([^"]*)"|(\S+)', words)]
            yield _span(number, asked, found[1], found[2], tags, note.strip('" '))
        elif line.strip():
            yield ForeignRow(number, passed="no line of timewarrior's")


def _json_rows(opened: ForeignFile, asked: HowRead) -> Iterator[ForeignRow]:
    for number, one in enumerate(json.loads(opened.text), 1):
        if isinstance(one, dict):
            tags = [str(tag) for tag in one.get("tags") or ()]
            ends = (str(one.get("start", "")), str(one.get("end") or "") or None)
            yield _span(number, asked, *ends, tags, str(one.get("annotation") or ""))


def _span(
    number: int, asked: HowRead, began: str, ended: str | None, tags: list[str], note: str
) -> ForeignRow:
    """Return a span of timewarrior's; its first tag says whose it is, as far as tags do."""
    whose = tags[0] if tags else ""
    if ended is None:
        return ForeignRow(number, whose=whose, passed=_RUNNING)
    try:
        first, last = _stamp(began), _stamp(ended)
    except ValueError:
        return ForeignRow(number, whose=whose, passed=_NO_DAY)
    here = asked.local(first)
    hours = _rounded(Decimal(int((last - first).total_seconds())))
    said = ": ".join(filter(None, (", ".join(tags[1:]), note)))
    return hours_row(number, asked, here.date(), here.time(), hours, whose, said)


def _stamp(text: str) -> datetime:
    return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


TIMESHEETS: Final = (
    FileSort("a time sheet of timewarrior", _warrior_data, _data_rows),
    FileSort("a time sheet of timewarrior (JSON)", _warrior_json, _json_rows),
    FileSort("a time sheet (CSV)", _fits, _rows),
)
