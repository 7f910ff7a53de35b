"""What either side did, promised and said."""

from __future__ import annotations

from datetime import date

from store.recheck.entries import GOOD, Entry
from store.recheck.figures import days, entries, long_day, minor, spelled

from .compare import Cell, Reckoned, Words
from .record import Record

AGREED = GOOD | frozenset(
    """client terms interest fixed-sum delivery acceptance handover access-ended hours note
    message my-mistake""".split()
)
"""The kinds whose quoted words are no position in the matter."""

RIGHT = ("expectations", "talk", "offer", "repair-offer", "remedy", "my-apology")
TIMED = "No.|Occurred|Kind|"


def steps(record: Record, kinds: tuple[str, ...]) -> list[list[Cell]]:
    """Return the rows of a table of steps."""
    return [
        [
            str(one.seq),
            one.occurred,
            record.label(one),
            _channel(one),
            Words(one.statement),
            _outcome(record, one),
            record.proof(one),
        ]
        for one in record.docket.of(*kinds)
    ]


def _channel(one: Entry) -> str:
    said = str(one.raw.get("channel", "-"))
    return {"video": "video call", "social": "social media"}.get(said, said)


def _outcome(record: Record, one: Entry) -> str:
    worked = one.data.get("worked")
    told = [] if worked is None else ["it helped" if worked else "it did not help"]
    said = {"yes": "it helped", "partly": "it helped in part", "no": "it did not help"}
    came = [o for o in record.docket.linked("about", one.seq) if o.kind == "outcome"]
    told += [f"{said[o.data['worked']]}, {o.day} (entry {o.seq})" for o in came]
    return "; ".join(told) or "not known"


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
    late = (last.day - date.fromisoformat(promise.data["due"])).days
    more = f", {days(late)} late" if last in kept and late > 0 else ""
    return f"{'kept' if last in kept else 'not kept'}, {last.day}{more}"


def put_right(record: Record) -> Reckoned:
    """Section 10, without its part about my own faults."""
    mine = Reckoned()
    found = [int(str(row[0])) for row in steps(record, RIGHT)]
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
    rows: list[list[Cell]] = [
        [str(one.seq), one.occurred, record.label(one), Words(one.statement), record.proof(one)]
        for one in faults
    ]
    mine.table(TIMED + "Fact|Proof", rows)
    mine.table(*promises(record, "me", "I"))
    return mine


def other_side(record: Record) -> Reckoned:
    """Section 12, without settlement talk."""
    mine = Reckoned()
    points = record.docket.of("excuse", "complaint", "expectation-gap", "blame", "disputed")
    rows: list[list[Cell]] = []
    by_invoice: dict[str, list[Entry]] = {}
    for one in points:
        invoice = one.data.get("number") or one.raw.get("refs", {}).get("invoice")
        label = record.label(one)
        rows.append([str(one.seq), one.occurred, label, invoice or "-", Words(_point(one))])
        if invoice and one.kind == "excuse":
            by_invoice.setdefault(invoice, []).append(one)
    mine.table(TIMED + "Invoice|As I noted it", rows)
    reasons: list[list[Cell]] = [
        [invoice, str(one.seq), one.occurred, Words(one.statement)]
        for invoice, several in by_invoice.items()
        if len(several) > 1
        for one in several
    ]
    mine.table("Invoice|No.|Occurred|Reason given", reasons)
    for one in record.docket.standing:
        for quote in one.raw.get("quotes", []):
            who = quote.get("by", "client")
            name = record.name if who == "client" else who
            listed = one.kind not in AGREED or one.raw.get("source") == "message"
            if listed and who not in ("me", record.by):
                mine.line(f"{name}, {long_day(one.day)} (entry {one.seq}):")
    return mine


def _point(one: Entry) -> str:
    if one.kind != "disputed":
        return one.statement
    amount = spelled(one.amount(), minor(str(one.data["currency"])))
    return f"{amount} {one.data['number']} {one.statement}"


def settlement(record: Record) -> Reckoned:
    """What a mediator alone is told."""
    mine = Reckoned()
    found = [one for one in record.docket.standing if one.visibility == "settlement"]
    rows: list[list[Cell]] = [
        [str(one.seq), one.occurred, record.label(one), Words(one.statement), record.proof(one)]
        for one in found
    ]
    mine.table(TIMED + "Fact|Proof", rows)
    return mine
