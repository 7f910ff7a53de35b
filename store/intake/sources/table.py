"""Tables: the dialect of a CSV file, which column holds what, and how its cells are read."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache, partial
from typing import Final, NamedTuple

from store.errors import UsageError
from store.intake.sources.row import ForeignFile, HowRead, day_comes_first
from store.money import parse_amount
from store.text import fold_line

_SIGNS: Final = ",;\t|"
_MOST_COLUMNS: Final = 500
_TOP: Final = 30
"""Lines above the heads of the columns that may say what the file is."""

COLUMN_HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    "day": (
        *("date", "start date", "booking date", "transaction date", "value date", "day"),
        *("buchungstag", "buchungsdatum", "datum", "wertstellung", "valuta", "valutadatum"),
        *("date operation", "date de valeur", "fecha", "data", "dato", "bokforingsdato"),
        *("paivamaara", "kirjauspaiva", "dagsetning", "datum transakcije", "konyveles napja"),
        *("completed date", "created on", "started on", "dagur", "datum knjizenja", "boekdatum"),
        *("issue date", "invoice date", "date issued", "invoicedate", "issued", "rechnungsdatum"),
    ),
    "start": ("start time", "start", "started at", "from"),
    "end": ("end time", "end", "ended at", "stop", "to time"),
    "length": (
        *("duration", "hours", "duration (h)", "duration (decimal)", "time", "dauer", "stunden"),
        *("duree", "horas", "timer", "tunnit", "klukkustundir", "uren", "rounded hours", "ora"),
    ),
    "client": (
        *("client", "customer", "kunde", "asiakas", "vidskiptavinur", "klant", "ugyfel"),
        *("client name", "customer name", "contactname", "bill to"),
    ),
    "project": ("project", "projekt", "projet", "proyecto", "projekti", "verkefni"),
    "task": ("task", "aufgabe", "tache", "tarea", "activity"),
    "text": (
        *("description", "notes", "note", "beschreibung", "memo", "details", "comment"),
        *("verwendungszweck", "reference", "payment reference", "libelle", "concepto"),
        *("purpose", "omschrijving", "mededelingen", "viesti", "melding", "tekst", "kozlemeny"),
        *("message", "remittance information", "buchungstext", "skyring", "text"),
    ),
    "party": (
        *("payee", "payer", "name", "counterparty", "beguenstigter/zahlungspflichtiger"),
        *("auftraggeber/empfanger", "begunstigter/zahlungspflichtiger", "beneficiary"),
        *("debtor", "naam tegenpartij", "saaja/maksaja", "partner neve", "mottaker/avsender"),
        *("name zahlungsbeteiligter", "counterparty name", "tegenpartij", "sender", "from/to"),
    ),
    "amount": (
        *("amount", "betrag", "montant", "importe", "importo", "belop", "maara", "upphaed"),
        *("bedrag", "amount (eur)", "amount (usd)", "amount (gbp)", "osszeg", "umsatz", "sum"),
        *("total", "gross", "net amount", "invoice total", "upphad", "line total"),
        *("invoice amount", "amount due", "rechnungsbetrag"),
    ),
    "credit": ("credit", "haben", "paid in", "money in", "gutschrift", "credit amount", "inn"),
    "debit": ("debit", "soll", "paid out", "money out", "lastschrift", "debit amount", "ut"),
    "currency": ("currency", "wahrung", "waehrung", "devise", "moneda", "valuta kod", "valuutta"),
    "number": (
        *("invoice", "invoice number", "invoice no", "invoice id", "number", "rechnungsnummer"),
        *("rechnung", "facture", "numero", "factura", "laskunumero", "reikningur", "invoice #"),
        *("factuurnummer", "document number", "szamlaszam", "invoicenumber"),
    ),
    "due": (
        *(
            "due",
            "due date",
            "duedate",
            "fallig",
            "faellig",
            "falligkeit",
            "echeance",
            "vencimiento",
        ),
        *("erapaiva", "gjalddagi", "vervaldatum", "payment due", "forfallsdato", "hatarido"),
        *("vencimiento",),
    ),
}
"""What each field is called at the head of a column, folded as `fold_line` does."""
_BEGINNING: Final = re.compile(r"\s*\(.*\)$")


class SheetRows(NamedTuple):
    """Rows of a table below the heads of its columns, each with its line."""

    heads: tuple[str, ...]
    rows: list[tuple[int, dict[str, str]]]


@lru_cache(maxsize=1)  # each kind of table looks at it to know whether it is one of its own
def read_table(opened: ForeignFile) -> SheetRows | None:
    """Return the table in a text, or None where it is none, or has no heads that are known."""
    for sign in sorted(_SIGNS, key=lambda sign: -opened.text[:4096].count(sign)):
        found = _read(opened.text, sign, opened.told)
        if found is not None:
            return found
    return None


def _read(text: str, sign: str, told: Sequence[tuple[str, str]]) -> SheetRows | None:
    reader = csv.reader(text.splitlines(keepends=True), delimiter=sign, strict=False)
    heads: tuple[str, ...] = ()
    rows = []
    try:
        for cells in reader:
            if not heads:
                if 1 < len(cells) <= _MOST_COLUMNS and len(_fields(cells, told)) > 1:
                    heads = tuple(_apart(cells))
                elif reader.line_num > _TOP:
                    return None
            elif any(cell.strip() for cell in cells):
                rows.append((reader.line_num, dict(zip(heads, cells, strict=False))))
    except csv.Error:
        return None
    if {"Recorded at", "Voided by"} <= set(heads):
        raise UsageError(
            "This is a table that `docket export` wrote",
            "it is no full copy, and not read back",
            "`docket export --as lines` is",
        )
    if heads and (line := _left_open(text, rows, sign)):
        raise UsageError(
            f"A quote begins in line {line} and has no end",
            "all that follows would be one cell",
            "Put the other quote behind it, or take it out",
        )
    return SheetRows(heads, rows) if heads else None


def _fields(cells: Sequence[str], told: Sequence[tuple[str, str]]) -> set[str]:
    """Return the fields that are known of these heads, guessed or told."""
    heads = {fold_line(cell.strip().lstrip("\ufeff")) for cell in cells}
    return {*guess_columns(cells), *(name for name, head in told if fold_line(head) in heads)}


def _left_open(text: str, rows: Sequence[tuple[int, dict[str, str]]], sign: str) -> int:
    """Return the line of the last row, where a quote in it runs to the end of the file; 0 if none.

    Rows know the line they end in.
    """
    if text.count('"') % 2 == 0 or not rows:
        return 0
    lines = text.splitlines()
    begins = (rows[-2][0] if len(rows) > 1 else 1) + 1
    left = "\n".join(lines[begins - 1 :])
    return begins if len(lines) > begins and re.search(rf'(?:^|{re.escape(sign)})"', left) else 0


def _apart(cells: Sequence[str]) -> Iterator[str]:
    """Yield the heads, told apart where two are the same."""
    seen: dict[str, int] = {}
    for cell in (cell.strip().lstrip("\ufeff") for cell in cells):
        seen[cell] = seen.get(cell, 0) + 1
        yield cell if seen[cell] == 1 else f"{cell} ({seen[cell]})"


def guess_columns(heads: Iterable[str]) -> dict[str, str]:
    """Return which column holds each field, as far as the heads tell."""
    known = {
        fold_line(head.strip().lstrip("\ufeff*")): head.strip().lstrip("\ufeff") for head in heads
    }
    found: dict[str, str] = {}
    for field, words in COLUMN_HEADS.items():
        for word in words:
            bare = next((k for k in known if word in (k, _BEGINNING.sub("", k))), None)
            if bare is not None and known[bare] not in found.values():
                found[field] = known[bare]
                break
    return found


def columns_of(table: SheetRows, asked: HowRead) -> dict[str, str]:
    """Return which column holds each field: what is said, then what is guessed of the others.

    Raises UsageError where something said names no field or no column.
    """
    said: dict[str, str] = {}
    folded = {fold_line(head): head for head in table.heads}
    for field, column in asked.columns.items():
        if field not in COLUMN_HEADS:
            raise UsageError(
                f"'{field}' is no field of a table", "", f"Use {', '.join(COLUMN_HEADS)}"
            )
        if column and fold_line(column) not in folded:
            raise UsageError(
                f"There is no column '{column}'",
                f"it has {', '.join(table.heads)}"[:300],
                "Name one",
            )
        said[field] = folded.get(fold_line(column), "")
    guessed = guess_columns(head for head in table.heads if head not in said.values())
    return {field: column for field, column in {**guessed, **said}.items() if column}


_ISO_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ](.*))?")
_OTHER_DAY = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4}|\d{2})\.?(?:,? +(.*))?")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)()")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d\d)(?:[:.]\d\d(?:\.\d+)?)?\s*([ap])?\.?m?\.?", re.IGNORECASE)


class DayColumn:
    """Reads the days of one column, whose order of day and month the whole of it tells."""

    def __init__(self, cells: Iterable[str], asked: HowRead) -> None:
        self._cells = list(cells)
        self._asked = asked
        self._first: bool | None = None

    def read(self, cell: str) -> tuple[date, time | None]:
        """Return the day of a cell, and the time it may have; ValueError where there is none."""
        cell = cell.strip()
        if found := _ISO_DAY.fullmatch(cell) or _COMPACT.fullmatch(cell):
            day = date(int(found[1]), int(found[2]), int(found[3]))
        elif found := _OTHER_DAY.fullmatch(cell):
            year = int(found[3]) + 2000 * (len(found[3]) == 2)
            one, two = int(found[1]), int(found[2])
            day = date(year, two, one) if self._day_first(cell) else date(year, one, two)
        else:
            return datetime.strptime(cell, "%d %b %Y").date(), None
        return day, read_clock(found[4] or "")

    def _day_first(self, cell: str) -> bool:
        if "." in cell and self._asked.day_first is None:
            return True  # nobody writes points between a month and a day
        if self._first is None:
            found = filter(None, map(_OTHER_DAY.fullmatch, map(str.strip, self._cells)))
            pairs = [(int(one[1]), int(one[2])) for one in found]
            self._first = day_comes_first(pairs, self._asked)
        return self._first


def read_clock(cell: str) -> time | None:
    """Return a time of day, or None where a cell has none."""
    found = _CLOCK.match(cell.strip())
    if found is None:
        return None
    hour = int(found[1])
    if found[3]:
        hour = hour % 12 + 12 * (found[3].lower() == "p")
    return time(hour, int(found[2])) if hour < 24 and int(found[2]) < 60 else None


_SIGNED = re.compile(r"\s*(\(?)\s*([-−–+]?)\s*(.*?)\s*([-−–]?)\s*(\)?)\s*")
_CURRENCY = re.compile(r"[A-Z]{3}|[€$£¥₹₩₪₫฿₺₴₦៛]|kr\.?|Kč|zł|Ft", re.IGNORECASE)


def read_sum(cell: str, currency: str) -> Decimal:
    """Return a sum of either sign, as `-1.200,50`, `1,200.50-`, `(45.00)` or `€ 45`; 0 for nothing.

    UsageError where it is none.
    """
    bare = _CURRENCY.sub("", cell).strip()
    found = _SIGNED.fullmatch(bare)
    if found is None or not found[3]:
        return Decimal(0)
    if re.fullmatch(r"[0.,\s]+", found[3]):
        return Decimal(0)
    amount = parse_amount(found[3], currency)
    less = bool(found[1] and found[5]) or found[2] in ("-", "−", "–") or bool(found[4])
    return -amount if less else amount


def cell_of(row: Mapping[str, str], columns: Mapping[str, str], field: str) -> str:
    """Return what a row says of a field, empty where it has no such column."""
    column = columns.get(field)
    return (row.get(column) or "").strip() if column else ""


def cells_of(row: Mapping[str, str], columns: Mapping[str, str]) -> partial[str]:
    """Return what gives each field of a row."""
    return partial(cell_of, row, columns)
