"""The chronology: every entry shown, with its figures, corrections and lag."""

from __future__ import annotations

import re
from datetime import datetime
from fractions import Fraction

from store.recheck.entries import GOOD, Entry
from store.recheck.figures import days, long_day, minor, numbered, spelled
from store.recheck.offs import BACK, OFF

from .compare import Cell, Reckoned, Words
from .record import Record
from .sides import beginning, is_long, position_quotes
from .stated import beside
from .written import Written

CHRONOLOGY = "No.|Occurred|Kind|Fact"
_TERMS = """scope form currency rate price payment reply_within_days revisions suspension_clause
suspension_notice_days ending_notice_days""".split()
_ORDER = {
    "terms": _TERMS,
    "interest": ["percent", "starts", "source"],
    "invoice": ["number", "amount", "due"],
    "disputed": ["amount", "number"],
    **{one: ["amount", "of_invoice", "number"] for one in OFF},
}
ELSEWHERE = GOOD.union(
    """client terms interest fixed-sum invoice payment hours note illness cash-trouble
    circumstance instalments""".split(),
    OFF,
    BACK,
)
ABOUT = ("accepts", "about", "keeps", "breaks", "answers", "late-of")
_SHOWN = """name hours amount by due needed_by where rounds to access_ends renews effective
    advised decided risk likely""".split()


def chronology(record: Record) -> Reckoned:
    """Section 5: every entry shown, once, by when it occurred."""
    mine = Reckoned()
    facts = record.docket.facts
    by_number = record.docket.all
    mine.table(CHRONOLOGY, [_event(record, by_number[number]) for number in record.first])
    mine.table(CHRONOLOGY, [_event(record, one) for one in facts])
    if not record.chosen:
        _gaps(record, mine)
    return mine


def what_happened(record: Record) -> Reckoned:
    """The short chronology of a platform: without what stands above it, and what went well."""
    mine = Reckoned()
    facts = record.docket.facts
    told = [one for one in facts if one.kind not in ELSEWHERE and not one.voided_by]
    headers = "No.|Occurred|Kind|Exhibit|What happened"
    mine.table(headers, [_happened(record, record.docket.all[seq]) for seq in record.first])
    mine.table(headers, [_happened(record, one) for one in told])
    if others := len(facts) - len(told):
        said = numbered(others, "other entry is", "other entries are").capitalize()
        mine.line(
            f"{said} not listed here. The agreement, invoices and payments stand above; hours, "
            "good days, hardships, notes and what was withdrawn are left out."
        )
    _gaps(record, mine)
    return mine


def _happened(record: Record, one: Entry) -> list[Cell]:
    quotes = [str(quote["text"]) for quote in one.raw.get("quotes", [])]
    later = [f"{one.lag}"] if one.lag else []
    words = Words(" ".join([_fact(record, one), *quotes, *later]))
    added = [record.docket.all[seq] for seq in one.corrected_by]
    return [str(one.seq), one.occurred, None, record.exhibit_names(one, *added), words]


def _gaps(record: Record, mine: Reckoned) -> None:
    told = sorted({one.day for one in record.docket.facts})
    last = [record.until] if told and told[-1] < record.until else []
    gaps = [
        f"No entry shown between {before} and {after} ({(after - before).days} days)."
        for before, after in zip(told, told[1:] + last, strict=False)
        if (after - before).days > 30
    ]
    mine.line("Gaps of more than 30 days:" if gaps else "There is no gap of more than 30 days.")
    mine.lines += gaps


def _event(record: Record, one: Entry) -> list[Cell]:
    added = [record.docket.all[seq] for seq in one.corrected_by]
    names = record.exhibit_names(one, *added)
    fact = _fact(record, one, agreed=True)
    parts = [
        fact,
        *(_quoted(record, one, quote) for quote in one.raw.get("quotes", [])),
        names if names != "-" else "",
        f"{one.recorded.date()} {one.lag}" if one.lag else "",
    ]
    told = " ".join(parts)
    return [str(one.seq), one.occurred, None, Words(told)]


def _quoted(record: Record, one: Entry, quote: dict[str, str]) -> str:
    """Return quoted words; of long ones the beginning, and in which section the rest is."""
    text, section = quote["text"], record.document.section("The other side's position")
    if not is_long(text) or (one, quote) not in position_quotes(record) or not section:
        return beginning(text)
    return f"{beginning(text)} {section.number}"


def recorded(one: Entry) -> str:
    """Return when an entry was recorded, and how late."""
    later = f" ({days(one.lag)} later)" if one.lag else ""
    return f"{one.recorded:%Y-%m-%d %H:%M}{later}"


def _fact(record: Record, one: Entry, *, agreed: bool = False) -> str:
    """Return what an entry says; terms are `agreed` in the section that tells them, if it is."""
    names = _ORDER.get(one.kind, _SHOWN)
    section = record.document.section("The agreement") if one.kind == "terms" and agreed else None
    names = [] if section else names
    data = [_datum(one, name) for name in names if one.data.get(name) is not None]
    if section:
        data = [str(section.number)]
    if one.kind == "fixed-sum":
        data = [_band(one, band) for band in one.data["bands"]] + [str(one.data["source"])]
    for part in one.data.get("for_invoices", []):
        if Fraction(str(part["amount"])) == one.amount() == one.counts():
            data.append(str(part["invoice"]))
            continue
        amount = spelled(Fraction(str(part["amount"])), minor(str(one.data["currency"])))
        data.append(f"{amount} for {part['invoice']}")
    for part in one.data.get("for_charges") or []:
        data.append(spelled(Fraction(str(part["amount"])), minor(str(one.data["currency"]))))
    data += beside(Written(record.account), one)
    first = str(one.raw.get("statement", ""))
    changed = [first] if first != one.statement else []
    after = [
        f"{before} now {now}"
        for _, name, before, now in changes(record, one)
        if name != "statement"
    ]
    after += [
        _corrected(by, by.statement) for by in map(record.docket.all.__getitem__, one.corrected_by)
    ]
    if one.voided_by:
        after = [_corrected(record.docket.all[one.voided_by], "")]
    about = [str(link["seq"]) for link in one.raw.get("links", []) if link["rel"] in ABOUT]
    about = [_accepted(record, one), *about, _of_invoice(one)]
    texts = map(beginning, [*changed, one.statement, *after])
    return " ".join([*data, *about, *texts])


def _accepted(record: Record, one: Entry) -> str:
    """Return the day of what was accepted, where the record shows it."""
    named = [link["seq"] for link in one.raw.get("links", []) if link["rel"] == "accepts"]
    shown = {other.seq: other for other in record.docket.facts}
    return " ".join(long_day(shown[seq].day) for seq in named[:1] if seq in shown)


def _of_invoice(one: Entry) -> str:
    """Return the number of the invoice that an entry names beside its text."""
    number = str(one.raw.get("refs", {}).get("invoice") or "")
    return "" if number in one.statement else number


def _datum(one: Entry, name: str) -> str:
    value = one.data[name]
    currency = str(one.data.get("currency", ""))
    if name in ("amount", "rate", "price"):
        return spelled(one.amount(name), minor(currency))
    return f"{value} of 10" if name == "likely" else str(value)


def _band(one: Entry, band: dict[str, str]) -> str:
    digits = minor(str(one.data["currency"]))
    at_least = Fraction(band["at_least"])
    amount = spelled(Fraction(band["amount"]), digits)
    return amount + (f" from {spelled(at_least, digits)}" if at_least else "")


def changes(record: Record, one: Entry) -> list[tuple[Entry, str, str, str]]:
    """Return each amendment of an entry with the field, its value before and the one after."""
    values = {**one.raw.get("data", {}), "statement": one.raw.get("statement", "")}
    values["occurred_at"] = one.raw["occurred_at"]
    found = []
    for by in (record.docket.all[seq] for seq in one.corrected_by):
        for name, value in by.data.get("changes", {}).items():
            found.append((by, name, moment(values.get(name, "")), moment(value)))
            values[name] = value
    return found


def moment(value: object) -> str:
    """Return a moment as a document has it, and anything else as it is."""
    text = str(value)
    if not re.match(r"\d{4}-\d{2}-\d{2}T", text):
        return text
    return f"{datetime.fromisoformat(text):%Y-%m-%d %H:%M}"


def _corrected(by: Entry, statement: str) -> str:
    said = by.reason() or statement or by.statement
    if by.kind == "addendum":
        said = by.statement
    return f"{by.recorded.date()} entry {by.seq} {said}"
