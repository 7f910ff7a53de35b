"""Which entries a record shows: never internal ones, settlement talk only for a mediator."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final, Literal, get_args

from store.docket import Docket, Standing
from store.docket.audience import tells
from store.docket.claims import stated
from store.entries import (
    KINDS,
    Entry,
    FixedSumData,
    Group,
    IncidentData,
    InterestData,
    PromiseData,
)
from store.records.facts import with_documents
from store.records.options import LeftOut, Purpose, RecordError, RecordOptions

_OF_OFFERS: Final = ("mediator", "own")
"""Whose record may tell that there was talk of a settlement."""
Omission = Literal["internal", "settlement", "redacted", "unchosen", "outside"]


def hidden_entries(
    docket: Docket, options: RecordOptions, redacted: Collection[int] = ()
) -> dict[int, Omission]:
    """Return the numbers of the entries that stay out, and why.

    What corrects or answers a hidden entry is hidden with it, since it tells what that one said.
    Outside the period everything is hidden but the agreement, the account, what belongs to an
    entry inside (its correction, its answer, what came of a promise), what was asked or promised
    earlier and not settled when it began, own faults and promises, and formal notices. Where kinds
    are chosen, all others are hidden but for who the client is and what belongs to those chosen.
    """
    hidden = _by_visibility(docket, redacted, settlement=options.purpose == "mediator")
    shown = [entry for entry in docket.entries if entry.seq not in hidden]
    public = options.purpose == "public"
    inside = with_documents(docket, shown, options) if public else _inside(docket, shown, options)
    chosen = options.chosen_kinds
    for entry in shown:
        if entry.seq not in inside:
            other = chosen and (public or entry.kind not in chosen)
            hidden[entry.seq] = "unchosen" if other else "outside"
    if public:  # that there was talk of a settlement is nobody's business
        hidden = {seq: "internal" if why == "settlement" else why for seq, why in hidden.items()}
    return hidden


def shown_docket(docket: Docket) -> Docket:
    """Return the docket without internal entries and settlement talk: what may be handed over.

    Raises RecordError where leaving them out would make the rest untrue.
    """
    hidden = _by_visibility(docket)
    entries = [entry for entry in docket.entries if entry.seq not in hidden]
    shown = Docket.of(docket.client, entries, docket.today, docket.reply_days)
    check_consistent(docket, shown)
    return shown


def count(hidden: Mapping[int, Omission], purpose: Purpose) -> LeftOut:
    """Return how many entries are hidden for each reason; of offers only where it may be told."""
    told = purpose in _OF_OFFERS
    reasons = [why if told or why != "settlement" else "internal" for why in hidden.values()]
    return LeftOut(**{reason: reasons.count(reason) for reason in get_args(Omission)})


def check_consistent(whole: Docket, shown: Docket, options: RecordOptions | None = None) -> None:
    """Refuse a record that would say something else than the whole docket does.

    A hidden payment, answer or correction would make what is shown untrue, so RecordError names
    an entry that would be misread and the person decides: the totals are the same everywhere.
    Fields that are withheld are not compared: the record says that they are.
    """
    public = options is not None and options.purpose == "public"
    standing = {one.seq: one for one in whole.standing}
    for one in shown.standing:
        full = standing[one.seq]
        if _stands(full) != _stands(one) and not public:
            raise _untrue(whole.client, one.seq, "it was corrected by an entry that is not shown")
    if public:
        return  # it says of each thing only that it was, and when
    extract = options is not None and options.kinds
    if whole.ledger != shown.ledger and (shown.group("money") or not extract):
        raise _untrue_account(whole, shown)
    if not extract and stated(whole) != stated(shown):
        raise _untrue_account(whole, shown)
    answers = {request.seq: request.answered for request in whole.requests}
    for request in shown.requests:
        if answers[request.seq] != request.answered:
            raise _untrue(whole.client, request.seq, "its answer is not shown")
    outcomes = {one.seq: (one.kept, one.released) for one in whole.promises}
    for promise in shown.promises:
        if outcomes[promise.seq] != (promise.kept, promise.released):
            raise _untrue(whole.client, promise.seq, "what came of that promise is not shown")


def _stands(one: Standing) -> tuple[date, bool, list[int]]:
    """Return the day of an entry, whether it counts, and its amendments, withheld ones too."""
    amended = [c.seq for c in (*one.amendments, *one.addenda) if c.kind == "amendment"]
    return one.entry.day, one.counts, amended


def _by_visibility(
    docket: Docket, redacted: Collection[int] = (), *, settlement: bool = False
) -> dict[int, Omission]:
    hidden: dict[int, Omission] = {}
    withheld = {one.seq: one.entry.visibility for one in docket.standing if one.amendments}
    for entry in docket.entries:
        seen = {entry.visibility, withheld.get(entry.seq, "record")}
        corrected = [link.seq for link in entry.links if tells(entry, link)]
        behind = next((hidden[seq] for seq in corrected if seq in hidden), None)
        if "internal" in seen:
            hidden[entry.seq] = "internal"
        elif "settlement" in seen and not settlement:
            hidden[entry.seq] = "settlement"
        elif entry.seq in redacted:
            hidden[entry.seq] = "redacted"
        elif behind:
            hidden[entry.seq] = behind
    return hidden


def _never_left_out(entry: Entry) -> bool:
    """Whether a period cannot leave an entry out: own faults, own promises, formal notices.

    A reader takes their absence for an answer.
    """
    data = entry.data
    mine = isinstance(data, IncidentData) and data.my_share
    promised = isinstance(data, PromiseData) and data.by == "me"
    return mine or promised or KINDS[entry.kind].kept


def _inside(docket: Docket, shown: list[Entry], options: RecordOptions) -> set[int]:
    chosen = options.chosen_kinds
    if not (chosen or options.since or options.until):  # all is inside that has occurred
        return {one.seq for one in docket.standing}
    days: dict[int, date] = {one.seq: one.entry.day for one in docket.standing}
    never = {one.seq for one in docket.standing if not chosen and _never_left_out(one.entry)}
    present = [entry for entry in shown if entry.seq in days]
    numbers = {entry.seq for entry in present}
    always: tuple[Group, ...] = () if chosen else ("agreement", "money")
    waiting, last = _waiting(docket, options), options.until or docket.today
    inside = {
        entry.seq
        for entry in present
        if entry.group in always
        or entry.kind == "client"
        or entry.seq in never
        or (entry.seq in waiting and days[entry.seq] <= last and not chosen)
        or (options.covers(days[entry.seq]) and (not chosen or entry.kind in chosen))
    }
    linked = [
        (entry.seq, {link.seq for link in entry.links if not chosen or tells(entry, link)})
        for entry in present
        if entry.links
    ]
    before = -1
    while before != len(inside):
        before = len(inside)
        for seq, others in linked:
            if seq in inside:
                inside |= others & numbers
            elif others & inside:
                inside.add(seq)
    return inside


def _waiting(docket: Docket, options: RecordOptions) -> set[int]:
    """Return what was asked or promised before the period and was still open when it began."""
    start = options.since
    if start is None:
        return set()
    asked = {r.seq for r in docket.requests if r.answered is None or r.answered >= start}
    promised = {
        p.seq
        for p in docket.promises
        if p.open or p.kept is False or (p.settled_on or start) >= start
    }
    return asked | promised


def _untrue(client: str, seq: int, why: str) -> RecordError:
    return RecordError(
        f"No record was made: {client}#{seq} would be shown wrongly",
        why,
        "Withhold that one too, or void the entry that is marked internal or settlement and log it "
        "again for the record",
    )


def _untrue_account(whole: Docket, shown: Docket) -> RecordError:
    present = {entry.seq for entry in shown.entries}
    sums = [*whole.group("money"), *whole.shaped(InterestData, FixedSumData)]
    money = [entry.seq for entry in sums if entry.seq not in present]
    named = ", ".join(f"{whole.client}#{seq}" for seq in money) or "a correction"
    return RecordError(
        "No record was made: the account would be wrong",
        f"{named} would not be shown, and the sums depend on it",
        "Withhold it no longer; if it is marked internal or settlement, void it and log it again",
    )
