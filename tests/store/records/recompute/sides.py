"""What either side did, promised and said."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from fractions import Fraction

from store.recheck.bills import Invoice
from store.recheck.entries import GOOD, INCIDENTS, STEPS, Entry
from store.recheck.figures import days, entries, long_day, minor, spelled

from .compare import Cell, Reckoned, Words
from .record import Record

AGREED = GOOD | frozenset(
    """client terms interest fixed-sum delivery acceptance handover access-ended hours note
    message my-mistake""".split()
)
"""The kinds whose quoted words are no position in the matter."""

RAISED = ("excuse", "complaint", "expectation-gap", "blame", "disputed")
RIGHT = ("expectations", "talk", "offer", "repair-offer", "remedy", "my-apology")
CHASES = ("reminder", "warning", "notice")
_SAID = ("confirmation", "answer", "acceptance", "concession")
TIMED = "No.|Occurred|Kind|"


def steps(record: Record, found: list[Entry]) -> tuple[str, list[list[Cell]], int, str]:
    """Return the headers and rows of a table of steps, and which columns may be left out."""
    rows: list[list[Cell]] = [
        [
            str(one.seq),
            one.occurred,
            record.label(one),
            _channel(one),
            Words(one.statement),
            _followed(record, one),
            record.exhibit_names(one),
        ]
        for one in found
    ]
    return "No.|Date|Step|By|What|What followed|Exhibit", rows, 0, "What followed|Exhibit"


def taken(record: Record) -> list[Entry]:
    """Return my steps, and what recovery cost."""
    return record.docket.of(*STEPS, "cost")


def _channel(one: Entry) -> str:
    said = str(one.raw.get("channel", "-"))
    return {"video": "video call", "social": "social media"}.get(said, said)


def _followed(record: Record, one: Entry) -> str:
    """Return what came of a step, what they said to it, and what came in for its invoice."""
    worked = one.data.get("worked")
    told = [] if worked is None else ["it helped" if worked else "it did not help"]
    said = {"yes": "it helped", "partly": "it helped in part", "no": "it did not help"}
    came = [o for o in record.docket.linked("about", one.seq) if o.kind == "outcome"]
    told += [f"{said[o.data['worked']]}, {o.day} (entry {o.seq})" for o in came]
    answers = [o for kind in _SAID for o in record.docket.of(kind) if one.seq in _links(o)]
    for last in sorted(answers, key=lambda o: (o.at, o.seq))[-1:]:
        told.append(f"{record.label(last)}, {last.day} (entry {last.seq})")
    for bill in record.account.invoices if one.kind in CHASES else ():
        chased = [o for o in record.docket.of(*CHASES) if bill in _bills_of(record, o)]
        for paid, part, day in bill.parts:
            before = [o for o in chased if o.day <= day <= o.day + timedelta(30)]
            if before and before[-1] is one and part > 0:
                money = record.money(part, bill.currency)
                told.append(f"{money} paid on {day} (entry {paid.seq})")
    return "; ".join(told)


def _links(one: Entry) -> list[int]:
    return [int(link["seq"]) for link in one.raw.get("links", [])]


def _bills_of(record: Record, one: Entry) -> list[Invoice]:
    """Return the invoices that an entry names by number, or links to."""
    number = one.raw.get("refs", {}).get("invoice")
    found = record.account.invoices
    return [bill for bill in found if bill.number == number or bill.entry.seq in _links(one)]


def promises(record: Record, by: str, what: str) -> tuple[str, list[list[Cell]]]:
    """Return the headers and rows of the promises of one side."""
    rows: list[list[Cell]] = []
    said = record.docket.of("promise")
    for one in sorted(said, key=lambda one: (one.data["due"], one.at, one.seq)):
        if one.data.get("by") == by:
            came = _came_of(record, one)
            row: list[Cell] = [str(one.seq), one.day.isoformat(), Words(one.statement)]
            rows.append([*row, str(one.data["due"]), came])
    return f"No.|Promised on|What {what} promised|For|What came of it", rows


def _came_of(record: Record, promise: Entry) -> Cell:
    kept = record.docket.linked("keeps", promise.seq)
    broken = record.docket.linked("breaks", promise.seq)
    freed = [
        one for one in record.docket.of("promise-released") if one.target("about") == promise.seq
    ]
    last = max(kept + broken + freed, key=lambda one: (one.at, one.seq), default=None)
    if last is None:
        return "not yet due" if promise.data["due"] >= str(record.as_of) else None
    if last in freed:
        return f"let go, {last.day}"
    if last in broken and (part := _part_kept(record, promise)):
        return part
    late = (last.day - date.fromisoformat(promise.data["due"])).days
    more = f", {days(late)} late" if last in kept and late > 0 else ""
    return f"{'kept' if last in kept else 'not kept'}, {last.day}{more}"


def _part_kept(record: Record, promise: Entry) -> str:
    """Return what came by its day for the one invoice that a promise of theirs is about."""
    words = set(re.findall(r"\w(?:[\w./#-]*\w)?", promise.statement))
    bills = {id(one): one for one in _bills_of(record, promise)}
    bills |= {id(one): one for one in record.account.invoices if one.number in words}
    if promise.data.get("by") != "client" or len(bills) != 1:
        return ""
    (bill,) = bills.values()
    due = date.fromisoformat(promise.data["due"])
    found = [one for one in bill.parts if promise.day <= one[2] <= due and one[1] > 0]
    if not found:
        return ""
    money = record.money(sum((part for _, part, _ in found), Fraction(0)), bill.currency)
    numbers = entries({paid.seq for paid, _, _ in found})
    return f"kept in part: {money} by {max(day for _, _, day in found)} ({numbers})"


def put_right(record: Record) -> Reckoned:
    """Section 10, without its part about my own faults."""
    mine = Reckoned()
    trouble = [*record.docket.of(*INCIDENTS, *RIGHT[3:]), *record.docket.my_doing]
    began = min((one.day for one in trouble), default=None)
    found = [one.seq for one in record.docket.of(*RIGHT) if began and one.day >= began]
    place = record.document.section("Payments")
    if found and place:
        mine.line(
            "What I did to put it right is among the steps taken (section "
            f"{place.number}): {entries(found)}."
        )
    return mine


def my_faults(record: Record) -> Reckoned:
    """The second part of section 10."""
    mine = Reckoned()
    faults = record.docket.my_doing
    mine.table(TIMED + "Fact|Exhibit", [_fact(record, one) for one in faults])
    for bill in record.account.invoices:
        for by, part in bill.off:
            if by.kind == "credit":
                said = f": {by.statement}" if by.statement else ""
                money = record.money(part, bill.currency)
                day = long_day(record.account.offs.day(by))
                mine.line(f"I took {money} off {bill.number} on {day} (entry {by.seq}){said}.")
    mine.table(*promises(record, "me", "I"))
    return mine


def other_side(record: Record) -> Reckoned:
    """Section 12, without settlement talk."""
    mine = Reckoned()
    rows: list[list[Cell]] = []
    by_invoice: dict[str, list[Entry]] = {}
    words = position_quotes(record)
    for one in record.docket.standing:
        theirs = [quote for other, quote in words if other is one]
        if one.kind not in RAISED and not theirs:
            continue
        invoice = one.data.get("number") or one.raw.get("refs", {}).get("invoice")
        said = " ".join(str(q["text"]) for q in theirs if not is_long(str(q["text"])))
        named = invoice or "-" if one.kind in RAISED else None
        point = Words(_point(one, said or ("" if theirs else one.statement)))
        rows.append([str(one.seq), one.occurred, record.label(one), named, point])
        if invoice and one.kind == "excuse":
            by_invoice.setdefault(invoice, []).append(one)
        for quote in theirs:
            if is_long(str(quote["text"])):
                who = quote.get("by", "client")
                name = record.name if who == "client" else who
                way = f", {_channel(one)}" if one.raw.get("channel") else ""
                mine.line(f"{name}, {long_day(one.day)}{way} (entry {one.seq}):")
    mine.table(TIMED + "Invoice|What was said", rows)
    reasons: list[list[Cell]] = [
        [invoice, str(one.seq), one.occurred, Words(one.statement)]
        for invoice, several in by_invoice.items()
        if len(several) > 1
        for one in several
    ]
    mine.table("Invoice|No.|Occurred|Reason given", reasons)
    return mine


def position_quotes(record: Record) -> list[tuple[Entry, dict[str, str]]]:
    """Return the words of the other side that no longer quote has too; praise is passed over."""
    said = [
        (one, quote, _folded(quote["text"]))
        for one in sorted(record.docket.standing, key=lambda one: (one.at, one.seq))
        for quote in one.raw.get("quotes", [])
        if quote.get("by", "client") not in ("me", record.by)
        and (one.kind not in GOOD or one.kind == "reaction")
    ]
    found = []
    for at, (one, quote, words) in enumerate(said):
        held = any(
            words in other and (len(other) > len(words) or before < at)
            for before, (_, _, other) in enumerate(said)
            if before != at
        )
        listed = one.kind not in AGREED or one.raw.get("source") == "message"
        if listed and not held:
            found.append((one, quote))
    return found


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def is_long(text: str) -> bool:
    """Whether a text does not stand in a cell whole."""
    return len(text) > 300 or text.strip().count("\n") > 1


def beginning(text: str) -> str:
    """Return a text as a cell has it: a long one by the beginning of its first line."""
    return text.strip().split("\n")[0][:300] if is_long(text) else text


def _point(one: Entry, said: str) -> str:
    if one.kind != "disputed":
        return said
    amount = spelled(one.amount(), minor(str(one.data["currency"])))
    return f"{amount} {one.data['number']} {said}"


def settlement(record: Record) -> Reckoned:
    """What a mediator alone is told."""
    mine = Reckoned()
    found = [one for one in record.docket.standing if one.visibility == "settlement"]
    mine.table(TIMED + "Fact|Exhibit", [_fact(record, one) for one in found])
    return mine


def _fact(record: Record, one: Entry) -> list[Cell]:
    what: list[Cell] = [record.label(one), Words(one.statement)]
    return [str(one.seq), one.occurred, *what, record.exhibit_names(one)]
