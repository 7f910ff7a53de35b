"""Which entries a record shows: never internal ones, settlement talk only for a mediator."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from store.docket import Docket
from store.entries import Entry, Relation
from store.records.options import LeftOut, RecordError, RecordOptions

Reason = Literal["internal", "settlement", "outside"]
_FOLLOWS: tuple[Relation, ...] = (
    "amends",
    "adds-to",
    "voids",
    "late-of",
    "answers",
    "accepts",
    "keeps",
    "breaks",
)


def hidden_entries(docket: Docket, options: RecordOptions) -> dict[int, Reason]:
    """Return the numbers of the entries that stay out, and why (RECORDS C5 and C6).

    What corrects or answers a hidden entry is hidden with it, since it tells what that one said.
    Outside the period everything is hidden but the agreement, the account and what belongs to an
    entry inside: its correction, its answer, what came of a promise.
    """
    hidden = _by_visibility(docket, settlement=options.purpose == "mediator")
    shown = [entry for entry in docket.entries if entry.seq not in hidden]
    inside = _inside(docket, shown, options)
    return hidden | {entry.seq: "outside" for entry in shown if entry.seq not in inside}


def shown_docket(docket: Docket) -> Docket:
    """Return the docket without internal entries and settlement talk: what may be handed over.

    Raises RecordError where leaving them out would make the rest untrue.
    """
    hidden = _by_visibility(docket)
    entries = [entry for entry in docket.entries if entry.seq not in hidden]
    shown = Docket.of(docket.client, entries, docket.today, docket.reply_days)
    check_consistent(docket, shown)
    return shown


def count(hidden: Mapping[int, Reason]) -> LeftOut:
    """Return how many entries are hidden for each reason."""
    reasons = list(hidden.values())
    return LeftOut(reasons.count("internal"), reasons.count("settlement"), reasons.count("outside"))


def check_consistent(whole: Docket, shown: Docket) -> None:
    """Refuse a record that would say something else than the whole docket does.

    A hidden payment, answer or correction would make what is shown untrue, so RecordError names
    an entry that would be misread and the person decides (RECORDS C1: same totals everywhere).
    """
    standing = {one.seq: one for one in whole.standing}
    for one in shown.standing:
        full = standing[one.seq]
        if full.entry != one.entry or full.counts != one.counts:
            raise _untrue(whole.client, one.seq, "it was corrected by an entry that is not shown")
    if whole.ledger != shown.ledger:
        raise _untrue_account(whole, shown)
    answers = {request.seq: request.answered for request in whole.requests}
    for request in shown.requests:
        if answers[request.seq] != request.answered:
            raise _untrue(whole.client, request.seq, "its answer is not shown")
    outcomes = {promise.seq: promise.kept for promise in whole.promises}
    for promise in shown.promises:
        if outcomes[promise.seq] != promise.kept:
            raise _untrue(whole.client, promise.seq, "what came of that promise is not shown")


def _by_visibility(docket: Docket, *, settlement: bool = False) -> dict[int, Reason]:
    hidden: dict[int, Reason] = {}
    for entry in docket.entries:
        corrected = [link.seq for link in entry.links if link.rel in _FOLLOWS]
        behind = next((hidden[seq] for seq in corrected if seq in hidden), None)
        if entry.visibility == "internal":
            hidden[entry.seq] = "internal"
        elif entry.visibility == "settlement" and not settlement:
            hidden[entry.seq] = "settlement"
        elif behind:
            hidden[entry.seq] = behind
    return hidden


def _inside(docket: Docket, shown: list[Entry], options: RecordOptions) -> set[int]:
    days: dict[int, date] = {one.seq: one.entry.day for one in docket.standing}
    present = [entry for entry in shown if entry.seq in days]
    numbers = {entry.seq for entry in present}
    inside = {
        entry.seq
        for entry in present
        if options.covers(days[entry.seq]) or entry.group in ("agreement", "money")
    }
    linked = [
        (entry.seq, {link.seq for link in entry.links} & numbers)
        for entry in present
        if entry.links
    ]
    before = -1
    while before != len(inside):
        before = len(inside)
        for seq, others in linked:
            if seq in inside:
                inside |= others
            elif others & inside:
                inside.add(seq)
    return inside


def _untrue(client: str, seq: int, why: str) -> RecordError:
    return RecordError(
        f"No record was made: {client}#{seq} would be shown wrongly",
        why,
        "Void the entry that is marked internal or settlement and log it again for the record",
    )


def _untrue_account(whole: Docket, shown: Docket) -> RecordError:
    present = {entry.seq for entry in shown.entries}
    money = [entry.seq for entry in whole.group("money") if entry.seq not in present]
    named = ", ".join(f"{whole.client}#{seq}" for seq in money) or "a correction"
    return RecordError(
        "No record was made: the account would be wrong",
        f"{named} is marked internal or settlement, and the sums depend on it",
        "Void it and log it again for the record",
    )
