"""What a row of the log says: the day, what leads the statement, and whether it still stands."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from store.entries import KINDS
from store.entries.words import SPENT
from store.money import Money
from tui.words.entry import gist
from tui.words.moments import NOT_ON_RECORD, compact

if TYPE_CHECKING:
    from store.docket import Standing
    from store.entries import Entry

_SUMS: Final = frozenset({"InvoiceData", "PaymentData", "DisputedData", "CostData"})
_NUMBERED: Final = frozenset({"InvoiceData", "DisputedData"})
_HELD: Final = {"internal": "private", "settlement": "settlement"}


class RowWords(NamedTuple):
    """A sum or hours that lead the row, what the entry says, and who alone may see it."""

    lead: str
    said: str
    held: str = ""


def row_words(one: Standing, currency: str | None, *, wide: bool = False) -> RowWords:
    """Return what the row of an entry says; a sum in `currency`, the client's, is a bare figure.

    Beside a word of the user's own, a `wide` row says what it counts as.
    """
    entry = one.entry
    if one.void:
        link = one.void.followed
        reason = (link.reason if link else "") or one.void.statement
        return RowWords("", f"withdrawn: {reason}" if reason else f"withdrawn: {gist(entry)}")
    lead, said = _led(entry, currency)
    if entry.called and wide:
        said = f"{KINDS[entry.kind].label}: {said}"
    return RowWords(lead, " ".join(said.split()), _held(entry))


def _held(entry: Entry) -> str:
    if not entry.on_record:
        return NOT_ON_RECORD
    return _HELD.get(entry.visibility, "")


def _led(entry: Entry, currency: str | None) -> tuple[str, str]:
    shape, data = KINDS[entry.kind].shape, entry.data
    if shape in _SUMS:
        lead = figure(data.amount, data.currency, currency)  # type: ignore[attr-defined]
        number = str(getattr(data, "number", "")) if shape in _NUMBERED else ""
        said = entry.statement
        if not said and (due := getattr(data, "due", None)):
            said = f"due {due:%-d %b}"
        if number and not said.startswith(number):
            said = f"{number} {said}".rstrip()
        return lead, said or _paid_for(entry)
    if shape == "HoursData":
        lead = compact(data.hours)  # type: ignore[attr-defined]
        return lead, entry.statement or SPENT[data.spent]  # type: ignore[attr-defined]
    return "", gist(entry)


def _paid_for(entry: Entry) -> str:
    return " ".join(one.invoice for one in getattr(entry.data, "for_invoices", ()))


def figure(amount: Decimal, code: str, own: str | None) -> str:
    """Return a sum as `1,428`, or `USD 1,428` where the client's own currency is another."""
    rounded = Money(amount, code).rounded()
    told = f"{rounded:,.0f}" if rounded == rounded.to_integral_value() else f"{rounded:,}"
    return told if code == own else f"{code} {told}"
