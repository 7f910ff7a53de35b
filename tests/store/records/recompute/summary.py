"""The summary and the agreement of a dispute record."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from store.recheck.entries import INCIDENTS, STEPS
from store.recheck.figures import counted, days, entries, joined

from .compare import Cell, Reckoned, Words
from .items import items, named_sums
from .record import Asked, Record, requests

TERMS = """scope form currency rate price payment reply_within_days revisions suspension_clause
suspension_notice_days ending_notice_days""".split()


def summary(record: Record) -> Reckoned:
    """Section 1."""
    mine = Reckoned()
    asked = requests(record)
    head = (
        f"This record is about the work of {record.by} for {record.name}, from {record.since} to "
    )
    mine.line(f"{head}{record.until}. {_invoiced(record)} {_asked(asked, record.where)}".strip())
    mine.table("Agreed|What happened|Proof", _agreed(record, asked))
    tried = list(record.docket.of(*STEPS))
    kinds = dict.fromkeys(one.kind for one in tried)
    said = []
    for kind in kinds:
        of_kind = [one for one in tried if one.kind == kind]
        times = counted(len(of_kind), "time", "times")
        said.append(f"{record.label(of_kind[0])} ({times}, last on {of_kind[-1].day})")
    if said:
        mine.line(f"Tried so far: {'; '.join(said)}.")
    _claimed(record, mine)
    return mine


def _claimed(record: Record, mine: Reckoned) -> None:
    account = record.account
    made_up = record.document.section("Sums claimed")
    claims = made_up.number if made_up else 0
    simple = record.purpose == "platform" or not _extra(record)
    rows: list[list[Cell]] = []
    for code in account.currencies:
        claim = account.claim(code)
        total = claim[0] if simple else account.claimed(code)
        if total:
            rows.append([code, record.money(total, code)])
    mine.table("Currency|Sum", rows, 1)
    if not rows:
        mine.line(f"No sum is claimed: on {record.as_of} none is owed after its due date.")
    elif simple:
        mine.line(f"Claimed on {record.as_of}, without interest:")
    else:
        mine.line(f"Claimed on {record.as_of}, made up in section {claims}:")


def _extra(record: Record) -> bool:
    return any(any(record.account.claim(code)[1:]) for code in record.account.currencies)


def _invoiced(record: Record) -> str:
    account = record.account
    count = len(account.invoices)
    if not count:
        return f"No invoice is {record.where}.{_mine(record)}"
    codes = list(dict.fromkeys(one.currency for one in account.invoices))
    sums = [
        record.money(sum((one.amount for one in account.bills(code)), Fraction(0)), code)
        for code in sorted(codes)
    ]
    owed = [(account.claim(code)[0], code) for code in sorted(codes)]
    late = [record.money(value, code) for value, code in owed if value]
    is_owed = f"{joined(late)} is owed" if late else "nothing is owed"
    sent = "was" if count == 1 else "were"
    said = f"{counted(count, 'invoice', 'invoices')} {sent} sent, {joined(sums)} in all; "
    owing = f"{is_owed} after the due date{_disputed(record)}.{_mine(record)}"
    return f"{said}{_paid_on_them(record)}{owing}"


def _paid_on_them(record: Record) -> str:
    account = record.account
    sums = [
        record.money(paid, code)
        for code in account.currencies
        if (paid := sum((one.paid for one in account.bills(code)), Fraction(0)))
    ]
    return f"{joined(sums) if sums else 'nothing'} was paid on them; "


def _disputed(record: Record) -> str:
    found = [
        (one, said) for one in record.account.invoices if (said := record.account.dispute(one))
    ]
    found = [(one, said) for one, said in found if said[1]]
    sums: dict[str, Fraction] = {}
    for one, said in found:
        sums[one.currency] = sums.get(one.currency, Fraction(0)) + said[1]
    told = joined([record.money(value, code) for code, value in sorted(sums.items())] or [""])
    numbers = entries(said[0].seq for _, said in found)
    return f"; of what is owed the client disputes {told} ({numbers})" if found else ""


def _mine(record: Record) -> str:
    shared = [one.seq for one in record.docket.my_doing]
    if not shared:
        return ""
    events = f"{counted(len(shared), 'event was', 'events were')} partly or wholly my own doing"
    return f" {events} ({entries(shared)})."


def _asked(asked: list[Asked], where: str) -> str:
    if not asked:
        return ""
    missing = sum(one.answer is None for one in asked)
    made = (
        f"{counted(len(asked), 'request', 'requests')} {'was' if len(asked) == 1 else 'were'} made"
    )
    none = f"{missing or 'none'} {'have' if missing > 1 else 'has'} no answer {where}."
    return f"{made} to the client; {none}"


def _agreed(record: Record, asked: list[Asked]) -> list[list[Cell]]:
    terms, rows = record.terms, list[list[Cell]]()
    if record.account.invoices:
        rows.append([Words(terms.get("payment", "")), *_paid_late(record)])
    asked = [one for one in asked if one.needed]
    if asked:
        within = str(terms.get("reply_within_days", ""))
        rows.append([Words(within), *_replied_late(asked)])
    mine = [one for one in record.docket.of(*INCIDENTS) if one.data.get("my_share")]
    kinds = (("rework", "micro-change"), ("scope-creep",))
    over = sum(item.over for item in items(record))
    more = f"; {counted(over, 'round', 'rounds')} more than agreed" if over else ""
    worth = named_sums(record, record.docket.of("scope-creep"))
    beyond = f"work asked for beyond the agreement{f', {worth} in all' if worth else ''}."
    words = (f"work done again or small changes{more}.", beyond)
    for term, of, what in zip(("revisions", "scope"), kinds, words, strict=True):
        found = [one for one in record.docket.of(*of) if one not in mine or term == "scope"]
        said = f"{counted(len(found), 'entry', 'entries')} of {what}" if found else None
        if found or term in terms:
            rows.append([Words(str(terms.get(term, ""))), said, record.proof(*found)])
    return rows


def _paid_late(record: Record) -> tuple[str, str]:
    account = record.account
    late = account.was_late()
    bills = len(account.invoices)
    if not late:
        said = (
            f"{counted(bills, 'invoice', 'invoices')}, none paid late and none owed after its due"
        )
        return f"{said} date.", entries(sorted(one.entry.seq for one in account.invoices))
    owed = len(account.overdue())
    paid = len(late) - owed
    longest = days(max(one.late(account.as_of) for one in late))
    first = f"{paid or 'none'} {'were' if paid > 1 else 'was'} paid in full after the due date"
    part = sum(bool(one.paid) for one in account.overdue())
    second = f"{owed or 'none'} {'are' if owed > 1 else 'is'} owed after it"
    second += f", {part} of them paid in part" if part else ""
    said = f"Of {counted(bills, 'invoice', 'invoices')}, {first} and {second}; "
    return f"{said}the longest delay is {longest}.", entries(sorted(one.entry.seq for one in late))


def _replied_late(asked: list[Asked]) -> tuple[str, str]:
    late = [one for one in asked if one.over]
    said = f"Of {counted(len(asked), 'request', 'requests')}, "
    if late:
        said += f"{len(late)} {'were' if len(late) > 1 else 'was'} answered later or not at all; "
        said += f"the longest delay is {days(max(one.over for one in late))}"
    else:
        open_ = [one for one in asked if one.answer is None]
        said += "none was answered later"
        if open_:
            verb = "wait" if len(open_) > 1 else "waits"
            said += f"; {len(open_)} {verb} for an answer that is not due yet"
    return f"{said}.", entries(one.entry.seq for one in late or asked)


def agreement(record: Record) -> Reckoned:
    """Section 2."""
    mine = Reckoned()
    terms = record.terms
    if terms:
        mine.line(f"Terms in force on {record.as_of}:")
    said = record.docket.of("terms")
    clients = [
        Words(str(value)) for one in record.docket.of("client") for value in one.data.values()
    ]
    texts = {one.text for one in clients} | {record.by, record.name, "not on record"}
    said_of = record.document.section("The agreement")
    parties = said_of.tables[0].rows if said_of else []
    mine.table("Party|As recorded", [[None, row[1] if row[1] in texts else "?"] for row in parties])
    mine.table("Term|Agreed", [_term(record, name, value) for name, value in terms.items()], 1)
    rows: list[list[Cell]] = []
    for one in said:
        told = " ".join(_told(record, *item) for item in _in_order(one.data))
        cells: list[Cell] = [str(one.seq), one.occurred, Words(told), Words(one.statement)]
        rows.append([*cells, None, record.exhibit_names(one)])
    mine.table("No.|Occurred|Terms|Statement|Source|Exhibit", rows)
    return mine


def _in_order(data: dict[str, Any]) -> list[tuple[str, Any]]:
    return [(name, data[name]) for name in TERMS if name in data]


def _told(record: Record, name: str, value: object) -> str:
    cell = _term(record, name, value)[1]
    return cell.text if isinstance(cell, Words) else cell or ""


def _term(record: Record, name: str, value: object) -> list[Cell]:
    currency = record.terms.get("currency", "")
    amount = record.money(Fraction(str(value)), currency) if name in ("rate", "price") else ""
    if name == "ending_notice_days":
        return ["Notice to end it", days(int(str(value)))]
    if name in ("reply_within_days", "suspension_notice_days"):
        count = days(int(str(value)))
        within = name == "reply_within_days"
        return (
            ["Replies by the client", f"within {count}"]
            if within
            else ["Notice before suspension", count]
        )
    spelled: dict[str, tuple[str, Cell]] = {
        "scope": ("Scope", Words(str(value))),
        "form": ("Form", None),
        "currency": ("Currency", str(value)),
        "rate": ("Rate by the hour", amount),
        "price": ("Price", amount),
        "payment": ("Payment", Words(str(value))),
        "revisions": ("Rounds of revision", str(value)),
        "suspension_clause": ("Suspension clause", Words(str(value))),
    }
    return list(spelled[name])
