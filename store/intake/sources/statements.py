"""Account statements of a bank, and lists of invoices, as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

from store.errors import UsageError
from store.intake.sources.row import FileSort, ForeignFile, ForeignRow, HowRead, moment_fields
from store.intake.sources.table import (
    DayColumn,
    cells_of,
    columns_of,
    read_sum,
    read_table,
)
from store.intake.sources.timesheets import has_hours
from store.money import parse_currency

_OUT: Final = "money that went out"
_NOTHING: Final = "no sum"
_NO_SUM: Final = "a sum that cannot be read"
_NO_DAY: Final = "no day that can be read"
_NO_NUMBER: Final = "no number of an invoice"
_ODD_CURRENCY: Final = "a currency that is not known"


def _money(columns: Mapping[str, str]) -> bool:
    return "day" in columns and bool({"amount", "credit"} & columns.keys())


def _is_list(columns: Mapping[str, str]) -> bool:
    return _money(columns) and "number" in columns and ("due" in columns or "client" in columns)


def _columns(opened: ForeignFile) -> dict[str, str]:
    table = read_table(opened)
    return columns_of(table, HowRead(datetime.now(UTC), columns=dict(opened.told))) if table else {}


def _bank(opened: ForeignFile) -> bool:
    columns = _columns(opened)
    return _money(columns) and not _is_list(columns) and not has_hours(columns)


def _bank_rows(opened: ForeignFile, asked: HowRead) -> Iterator[ForeignRow]:
    yield from _all(opened, asked, _payment)


def _list_rows(opened: ForeignFile, asked: HowRead) -> Iterator[ForeignRow]:
    yield from _all(opened, asked, _invoice)


def _all(
    opened: ForeignFile,
    asked: HowRead,
    made: Callable[[int, Callable[[str], str], DayColumn, DayColumn, HowRead], ForeignRow],
) -> Iterator[ForeignRow]:
    table = read_table(opened)
    if table is None:
        return
    columns = columns_of(table, asked)
    days, dues = (
        DayColumn([row.get(columns.get(field, "")) or "" for _, row in table.rows], asked)
        for field in ("day", "due")
    )
    for number, row in table.rows:
        yield made(number, cells_of(row, columns), days, dues, asked)


def _sum(cell: Callable[[str], str], currency: str) -> Decimal:
    if paid := cell("credit"):
        return abs(read_sum(paid, currency))
    if cell("debit") and not cell("amount"):
        return -abs(read_sum(cell("debit"), currency))
    return read_sum(cell("amount"), currency)


def _read(
    number: int, cell: Callable[[str], str], days: DayColumn, asked: HowRead, whose: str
) -> tuple[dict[str, Any], Decimal, str] | ForeignRow:
    """Return when, how much and in which currency; or the row that says why not."""
    try:
        currency = parse_currency(cell("currency") or asked.currency)
    except UsageError:
        return ForeignRow(number, whose=whose, passed=_ODD_CURRENCY)
    try:
        amount = _sum(cell, currency)
    except UsageError:
        return ForeignRow(number, whose=whose, passed=_NO_SUM)
    try:
        day, clock = days.read(cell("day"))
    except ValueError:
        return ForeignRow(number, whose=whose, passed=_NO_DAY)
    at = datetime.combine(day, clock or datetime.min.time())
    return moment_fields(asked, at, exact=clock is not None), amount, currency


def _payment(
    number: int, cell: Callable[[str], str], days: DayColumn, dues: DayColumn, asked: HowRead
) -> ForeignRow:
    whose, said = cell("party") or cell("client"), cell("text")
    read = _read(number, cell, days, asked, whose or said)
    if isinstance(read, ForeignRow):
        return read
    when, amount, currency = read
    if amount == 0:
        return ForeignRow(number, whose=whose, passed=_NOTHING)
    if amount < 0:
        return ForeignRow(number, whose=whose, passed=_OUT)
    data = {"amount": str(amount), "currency": currency}
    fields = {**when, "kind": "payment", "statement": said, "data": data, "source": "document"}
    return ForeignRow(number, fields, whose or said)


def _invoice(
    number: int, cell: Callable[[str], str], days: DayColumn, dues: DayColumn, asked: HowRead
) -> ForeignRow:
    whose = cell("client") or cell("party")
    read = _read(number, cell, days, asked, whose)
    if isinstance(read, ForeignRow):
        return read
    when, amount, currency = read
    if not cell("number"):
        return ForeignRow(number, whose=whose, passed=_NO_NUMBER)
    if amount <= 0:
        return ForeignRow(number, whose=whose, passed=_NOTHING)
    data = {"number": cell("number"), "amount": str(amount), "currency": currency}
    if cell("due"):
        try:
            data["due"] = dues.read(cell("due"))[0].isoformat()
        except ValueError:
            return ForeignRow(number, whose=whose, passed=_NO_DAY)
    fields = {**when, "kind": "invoice", "statement": cell("text"), "data": data}
    return ForeignRow(number, {**fields, "source": "document"}, whose)


STATEMENTS: Final = (
    FileSort("a list of invoices (CSV)", lambda one: _is_list(_columns(one)), _list_rows),
    FileSort("an account statement (CSV)", _bank, _bank_rows),
)
