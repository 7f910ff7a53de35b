"""What was expected, done, asked and approved, and how often trouble came."""

from __future__ import annotations

import re
from datetime import timedelta
from fractions import Fraction

from store.recheck.entries import INCIDENTS, Entry
from store.recheck.figures import days, entries, hours, joined, long_day, numbered, span

from .compare import Cell, Reckoned, Words
from .items import ASKS_TO_APPROVE, by_item
from .record import Record, requests

CLASSES = {
    "work": "work",
    "chase": "asking for answers or payment",
    "wait": "waiting",
    "rework": "work done again",
    "conflict": "handling disagreements",
}
SPENT_ON = {
    **dict.fromkeys("late-payment non-payment no-reply late-reply".split(), "chase"),
    **dict.fromkeys("rework micro-change".split(), "rework"),
    **dict.fromkeys("approval-block access-withheld no-show".split(), "wait"),
}
"""What time noted with an event counts as; all else is `conflict`. No document says so yet."""
_DENIES = re.compile(r"(?i)\b(?:not|no|never|refus\w*|declin\w*|later)\b|n['’]t\b")
_WENT = {"yes": "it went well", "partly": "it went well in part", "no": "it went wrong"}
DECIDED = ("acceptance", "advice-overridden", "approval-block", "access-withheld")


def expectations(record: Record) -> Reckoned:
    """Section 3."""
    mine = Reckoned()
    rows: list[list[Cell]] = [
        [str(one.seq), one.occurred, None, Words(one.statement), record.exhibit_names(one)]
        for one in record.docket.of("expectations")
    ]
    mine.table("No.|Occurred|Source|What was set out|Exhibit", rows)
    return mine


def work(record: Record) -> Reckoned:
    """Section 4."""
    mine = Reckoned()
    rows: list[list[Cell]] = []
    loose = [one for one in record.docket.of("acceptance") if not one.raw.get("links")]
    for one in record.docket.of("delivery"):
        ok = record.docket.linked("accepts", one.seq)
        maybe = [other.seq for other in loose if other.day >= one.day]
        noted = _approved(record, one)
        accepted: Cell = Words(f"see {entries([*(n.seq for n in noted), *maybe])}" if maybe else "")
        if noted and not maybe:
            said = ", ".join(f"entry {n.seq}, {n.day}: {n.statement}" for n in noted)
            accepted = Words(said if len(noted) == 1 else f"see {entries(n.seq for n in noted)}")
        if ok:
            accepted = f"{ok[0].occurred}{_by(ok[0])} (entry {ok[0].seq})"
        what: list[Cell] = [Words(one.statement), Words(str(one.data.get("where", "")))]
        rows.append([str(one.seq), one.occurred, *what, accepted, record.exhibit_names(one)])
    mine.table("No.|Date|Delivered|Where|Accepted|Exhibit", rows)
    by_item(record, mine)
    mine.table("No.|Date|Given back|To|Confirmed|My access ended|Exhibit", _given_back(record))
    _hours(record, mine)
    return mine


def approving(record: Record) -> list[Entry]:
    """Return the answers that say that something was approved, and not that it was not."""
    found = [one for one in record.docket.of("answer") if ASKS_TO_APPROVE.search(one.statement)]
    return [one for one in found if not _DENIES.search(one.statement)]


def _approved(record: Record, delivery: Entry) -> list[Entry]:
    """Return the answers that share most words with this delivery, of all not accepted by then."""
    asked = {one.seq: one.statement for one in record.docket.of("request")}
    found = []
    for one in approving(record):
        words = _long(f"{one.statement} {asked.get(one.target('answers') or 0, '')}")
        before = [
            (len(words & _long(other.statement)), other.seq)
            for other in record.docket.of("delivery")
            if other.day <= one.day and not record.docket.linked("accepts", other.seq)
        ]
        most = max(before, default=(0, 0))[0]
        if most and [seq for count, seq in before if count == most] == [delivery.seq]:
            found.append(one)
    return found


def _long(text: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"[^\W\d_]{4,}", text)}


def _by(entry: Entry) -> str:
    return f" by {entry.data['by']}" if entry.data.get("by") else ""


def _given_back(record: Record) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for one in record.docket.of("handover"):
        ok = record.docket.linked("accepts", one.seq)
        ended = [
            end for end in record.docket.linked("about", one.seq) if end.kind == "access-ended"
        ]
        said = f"{ok[0].day}{_by(ok[0])} (entry {ok[0].seq})" if ok else Words("")
        end: Cell = f"{ended[0].day} (entry {ended[0].seq})" if ended else None
        rows.append(
            [
                str(one.seq),
                one.day.isoformat(),
                Words(one.statement),
                None,
                said,
                end,
                record.exhibit_names(one),
            ]
        )
    return rows


def _hours(record: Record, mine: Reckoned) -> None:
    spent = dict.fromkeys(CLASSES, Fraction(0))
    for one in record.docket.of("hours", *INCIDENTS):
        if one.data.get("hours"):
            spent[_class(one)] += one.amount("hours")
    each = [f"{hours(count)} of {CLASSES[name]}" for name, count in spent.items() if count]
    total = f"; {hours(sum(spent.values(), Fraction(0)))} in all" if len(each) > 1 else ""
    if each:
        mine.line(f"Hours noted: {joined(each)}{total}.")
    late = [
        one for one in record.docket.of("hours") if _class(one) == "work" and _owing(record, one)
    ]
    if late:
        count = hours(sum((one.amount("hours") for one in late), Fraction(0)))
        numbers = entries(one.seq for one in late)
        mine.line(f"Worked while an invoice was past its due date: {count} ({numbers}).")


def _class(one: Entry) -> str:
    if one.kind == "hours":
        return str(one.data.get("spent", "work"))
    return SPENT_ON.get(one.kind, "conflict")


def _owing(record: Record, one: Entry) -> bool:
    bills = record.account.invoices
    return any(bill.due < one.day and bill.open_on(one.day) > 0 for bill in bills)


def exchange(record: Record) -> Reckoned:
    """Section 6."""
    mine = Reckoned()
    asked = requests(record)
    rows: list[list[Cell]] = []
    for one in asked:
        needed = f"{one.needed or 'no day set'}" + (" (as agreed)" if one.agreed else "")
        answered = f"{one.answer.day} (entry {one.answer.seq})" if one.answer else "no"
        if one.parts and not one.answer:
            answered = f"in part, {one.parts[-1].day} (entry {one.parts[-1].seq})"
        waited = days((one.end - one.entry.day).days) if one.end > one.entry.day else "none"
        over = str(one.over) if one.needed else "no day set"
        what = Words(one.entry.statement)
        row: list[Cell] = [str(one.entry.seq), one.entry.day.isoformat(), what, needed, answered]
        rows.append([*row, waited, over])
    mine.table("No.|Asked|What|Needed by|Answered|Waited|Days over", rows)
    blocked = set().union(
        *(span(one.needed + timedelta(1), one.end) for one in asked if one.needed)
    )
    if blocked:
        count = numbered(len(blocked), "day", "days")
        several = "; a day on which several were overdue counts once" if len(blocked) > 1 else ""
        mine.line(f"Answers were overdue on {count} in all{several}.")
    for one in asked:
        if one.answer is None:
            asked_on = f"Asked on {long_day(one.entry.day)} (entry {one.entry.seq})"
            missing = [f"{asked_on}: {one.entry.statement}."]
            for part in one.parts:
                left = part.data.get("missing")
                more = f"; still missing: {left}" if left else ""
                missing.append(f"A part came on {long_day(part.day)} (entry {part.seq}){more}.")
            mine.line(" ".join(missing))
    return mine


def approvals(record: Record) -> Reckoned:
    """Section 7."""
    mine = Reckoned()
    found = sorted(
        [*record.docket.of(*DECIDED), *approving(record)], key=lambda one: (one.at, one.seq)
    )
    rows: list[list[Cell]] = [
        [str(one.seq), one.occurred, None, Words(one.statement), record.exhibit_names(one)]
        for one in found
    ]
    mine.table("No.|Occurred|Kind|As I noted it|Exhibit", rows)
    told = [row for one in record.docket.of("advice-overridden") if (row := _advice(record, one))]
    mine.table("No.|Advised|They decided|Risk named|What came of it|Exhibit", told)
    return mine


def _advice(record: Record, one: Entry) -> list[Cell]:
    came = [e for e in record.docket.linked("about", one.seq) if e.kind == "outcome"][-1:]
    said = [str(one.data.get(name, "")) for name in ("advised", "decided", "risk")]
    if not any(said) and not came:
        return []
    result: Cell = Words("")
    for last in came:
        result = Words(
            f"{_WENT[last.data['worked']]}, {last.day} (entry {last.seq}): {last.statement}"
        )
    return [str(one.seq), *map(Words, said), result, record.exhibit_names(one, *came)]


def pattern(record: Record) -> Reckoned:
    """Section 8."""
    mine = Reckoned()
    found = record.docket.of(*INCIDENTS)
    groups: dict[str, list[Entry]] = {}
    for one in found:
        groups.setdefault(record.label(one), []).append(one)
    rows: list[list[Cell]] = []
    for label, of_kind in groups.items():
        first, last = of_kind[0].day.isoformat(), of_kind[-1].day.isoformat()
        numbers = ", ".join(map(str, sorted(one.seq for one in of_kind)))
        if len(of_kind) > 1:
            rows.append([label, str(len(of_kind)), first, last, numbers])
    mine.table("Kind|Count|First|Last|Entries", rows, 1)
    once = [
        f"{label} on {one.day} (entry {one.seq})"
        for label, (one, *more) in groups.items()
        if not more
    ]
    if once:
        mine.line(f"Once each: {joined(once)}.")
    shared = [one.seq for one in found if one.data.get("my_share")]
    if shared:
        mine.line(f"Partly my own doing: {entries(shared)}.")
    return mine
