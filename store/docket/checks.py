"""What may not be logged on a docket as it stands: links to nowhere, doubles, wrong currencies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Protocol

from pydantic import ValidationError

from store.dates import day_words
from store.docket.docket import Docket
from store.docket.money_checks import check_bands, check_money, check_vat, needs_books
from store.docket.standing import Standing, amended
from store.docket.tracking import Promise
from store.entries import (
    IN_WORDS,
    KIND_OF,
    KINDS,
    AmendmentData,
    Draft,
    Entry,
    ExceptionData,
    FixedSumData,
    Follows,
    RequestData,
    StepData,
    Taxed,
    draft_problems,
)
from store.entries.words import HELD_BACK, SLACK, entry_named
from store.errors import UsageError
from store.journal.chain import NOT_YET

_LONGEST_EXCEPTION = timedelta(days=90)
_ANY = frozenset({"accepts"})
"""Relations that an older Docket let be of any kind."""


class GrowingDocket(Protocol):
    """What a draft is checked against: a docket, or one that grows while it is checked."""

    @property
    def client(self) -> str:
        """The id of the client."""

    @property
    def today(self) -> date:
        """The day of the docket."""

    @property
    def last(self) -> int:
        """The number of the last entry, 0 where there is none."""

    def find(self, seq: int) -> Standing | None:
        """Return entry `seq` as it stands, if there is one by `today`."""

    def answered(self, seq: int) -> bool:
        """Whether request `seq` has an answer."""

    def promise(self, seq: int) -> Promise | None:
        """Return promise `seq` with what came of it."""

    def books_for(self, money: Draft | Entry, instead_of: int = 0) -> Docket | None:
        """Return the docket to check money against; None where it surely fits what is there."""


def needs_docket(draft: Draft) -> bool:
    """Whether `check_against` has anything to check: most entries stand by themselves."""
    return bool(draft.links) or KINDS[draft.kind].follows.needed or needs_books(draft)


def check_alone(draft: Draft | Entry, now: datetime) -> None:
    """Refuse what no docket could make right: a day to come, a problem without a word, its VAT."""
    if draft.occurred_at > now + SLACK:
        raise UsageError(
            f"{day_words(draft.day)} has not come yet",
            "an entry says what did happen",
            "Correct the day",
        )
    if draft.group in IN_WORDS and not (draft.statement or draft.quotes or draft.exhibits):
        raise UsageError(
            f"This {draft.kind} says nothing",
            "a fact without words is no fact in a dispute",
            "Say in a few words what happened",
        )
    if isinstance(draft.data, ExceptionData):
        _check_exception(draft, draft.data)
    if isinstance(draft.data, FixedSumData):
        check_bands(draft.data)
    if isinstance(draft.data, Taxed):
        check_vat(draft.data)
    effective = draft.data.effective if isinstance(draft.data, StepData) else None
    if effective is not None and effective < draft.day:
        raise UsageError(
            f"It takes effect on {day_words(effective)}, before it was said",
            f"said on {day_words(draft.day)}",
            "Correct one of the two days",
        )
    needed = draft.data.needed_by if isinstance(draft.data, RequestData) else None
    if needed is not None and needed < draft.day:
        raise UsageError(
            f"It was needed by {day_words(needed)}, before it was asked",
            f"asked on {day_words(draft.day)}",
            "Correct one of the two days",
        )


def _check_exception(draft: Draft | Entry, data: ExceptionData) -> None:
    """An exception has a reason and an end, and stays between you and your log (advice 28)."""
    if not draft.statement:
        raise UsageError(
            f"This exception to {data.rule} has no reason",
            "you would not know later why you made it",
            "Say in a few words why",
        )
    if draft.visibility != "internal":
        raise UsageError(
            "An exception is kept internal", "it is about a rule of yours", "Set it to internal"
        )
    if data.until < draft.day:
        raise UsageError(
            f"{day_words(data.until)} is past", "an exception ends on a day to come", "Name another"
        )
    if data.until > draft.day + _LONGEST_EXCEPTION:
        raise UsageError(
            f"This exception would end on {day_words(data.until)}",
            f"it may last {_LONGEST_EXCEPTION.days} days, and can be made again then",
            "Name another day",
        )


def check_against(draft: Draft, docket: GrowingDocket, now: datetime | None = None) -> Draft:
    """Return `draft` as it is to be logged, or raise UsageError.

    Its links get the ids of what they name, and it is withheld at least as much as what it
    follows: an answer tells what was asked. `now` is the end of the docket's day if not given.
    """
    _check_relations(draft, docket)
    follows = KINDS[draft.kind].follows
    links, withheld = [], [draft.visibility]
    for link in draft.links:
        target = standing_entry(docket, link.seq)
        if link.rel == follows.relation and (follows.own or follows.of):
            _check_link(draft, link.rel, target, docket, now)
            withheld.append(target.original.visibility)
        links.append(replace(link, id=target.original.id))
    if draft.group == "money" and (books := docket.books_for(draft)):
        check_money(draft, books)
    visibility = max(withheld, key=HELD_BACK.__getitem__)
    return draft.model_copy(update={"links": tuple(links), "visibility": visibility})


def _check_relations(draft: Draft | Entry, docket: GrowingDocket) -> None:
    """Refuse a link that belongs to another kind, and a kind that lacks its own or has two."""
    follows = KINDS[draft.kind].follows
    for link in draft.links:
        if link.rel not in ("about", follows.relation):
            raise UsageError(
                f"The kind {draft.kind} has no link '{link.rel}'",
                f"only {KIND_OF[link.rel]} has",
                "Link it with 'about', or log the other kind",
            )
    own = [link for link in draft.links if follows.own and link.rel == follows.relation]
    if len(own) > 1:
        raise UsageError(
            f"This {draft.kind} is for {len(own)} entries", "it can be for one", "Log one for each"
        )
    if follows.needed and not own:
        raise UsageError(
            f"Which entry is this {draft.kind} for",
            "it names none",
            f"Give its number, such as {docket.client}#12",
        )


def standing_entry(docket: GrowingDocket, seq: int) -> Standing:
    """Return entry `seq` as it stands, or raise UsageError where there is none."""
    found = docket.find(seq)
    if found is None and seq >= NOT_YET:
        raise UsageError(
            f"{entry_named(docket.client, seq)} is not on record yet",
            "it waits on this machine",
            "`docket server outbox` shows what waits and why",
        )
    if found is None:
        last = docket.last
        raise UsageError(
            f"There is no entry {docket.client}#{seq}",
            f"the docket has numbers 1 to {last}" if last else "the docket is empty",
            f"See `docket show {docket.client}`",
        )
    return found


def _check_link(
    draft: Draft | Entry,
    relation: str,
    target: Standing,
    docket: GrowingDocket,
    now: datetime | None,
) -> None:
    name = entry_named(docket.client, target.seq)
    if target.void is not None:
        raise UsageError(
            f"{name} was voided", f"by #{target.void.seq}", "Log a new entry, or void the void"
        )
    follows = KINDS[draft.kind].follows
    if follows.of and target.entry.kind not in follows.of and relation not in _ANY:
        raise UsageError(
            f"{name} is not a {_noun(follows)}",
            f"it is {target.entry.kind}",
            _remedy(docket, follows),
        )
    if follows.of == ("request",) and docket.answered(target.seq):
        raise UsageError(f"{name} is answered already", "", "Add to it with `docket add`")
    if follows.of == ("promise",):
        _check_promise(name, target, docket)
    later = follows.own and draft.group != "correction"
    if later and draft.day < target.entry.day:
        raise UsageError(
            f"{name} occurred on {day_words(target.entry.day)}",
            f"this {draft.kind} would be from before it",
            "Correct the day with --on",
        )
    if isinstance(draft.data, AmendmentData):
        _check_amended(name, draft.data, target, docket, now)


def _check_amended(
    name: str,
    amendment: AmendmentData,
    target: Standing,
    docket: GrowingDocket,
    now: datetime | None,
) -> None:
    result = _amended(amendment, target)
    end = datetime.combine(docket.today, time.max, result.occurred_at.tzinfo)
    check_alone(result, now or end)
    _check_known(name, target, result)
    changed = result.group == "money" and result.data != target.entry.data
    if changed and (books := docket.books_for(result, target.seq)):
        check_money(result, books, instead_of=target.seq)
    _check_shown(result, target)
    if result.links != target.entry.links:
        _check_tied(result, target, docket, now)


def _noun(follows: Follows) -> str:
    """Return what such an entry can be of, in a word."""
    return follows.of[0] if len(follows.of) == 1 else "step"


def _remedy(docket: GrowingDocket, follows: Follows) -> str:
    if follows.of == ("handover",):
        return f"`docket handover {docket.client}` lists them"
    if follows.of == ("request",):
        return "Only requests are answered"
    if _noun(follows) == "step":
        return "Name what you did about it, such as a reminder, a talk or a repair"
    return ""


def _check_promise(name: str, target: Standing, docket: GrowingDocket) -> None:
    made = docket.promise(target.seq)
    if made and not made.open:
        raise UsageError(
            f"What came of {name} is on the docket already",
            "it was let go" if made.released else "it was kept" if made.kept else "it was broken",
            "Void that entry first if it is wrong",
        )


def _check_known(name: str, target: Standing, result: Entry) -> None:
    """Nothing can have been written down before it happened."""
    if result.occurred_at > max(target.original.recorded_at + SLACK, target.entry.occurred_at):
        raise UsageError(
            f"{name} was recorded on {day_words(target.original.recorded_at)}",
            "it cannot have occurred after that",
            "Log what happened later as an entry of its own",
        )


def _check_shown(result: Entry, target: Standing) -> None:
    """A correction may hold back an entry, never show what was held back."""
    if HELD_BACK[result.visibility] < HELD_BACK[target.entry.visibility]:
        raise UsageError(
            f"{result.client}#{target.seq} is {target.entry.visibility}",
            "no correction can show it",
            "Void it, and log it anew",
        )


def _check_tied(
    result: Entry, target: Standing, docket: GrowingDocket, now: datetime | None
) -> None:
    """Check what an entry is about anew, where a correction says so."""
    _check_relations(result, docket)
    follows = KINDS[result.kind].follows
    before = {(link.rel, link.seq) for link in target.entry.links}
    for link in result.links:
        named = standing_entry(docket, link.seq)
        if link.seq == target.seq:
            raise UsageError(f"{docket.client}#{link.seq} cannot be about itself", "", "")
        if link.rel != follows.relation or (link.rel, link.seq) in before:
            continue
        if follows.own or follows.of:
            _check_link(result, link.rel, named, docket, now)
            held = named.original.visibility
            if HELD_BACK[held] > HELD_BACK[result.visibility]:
                raise UsageError(
                    f"{docket.client}#{link.seq} is {held}",
                    f"this {result.kind} would tell what it said",
                    f"Hold it back as well: --visibility {held}",
                )


def _amended(amendment: AmendmentData, target: Standing) -> Entry:
    """Return what the entry would say once it is amended so."""
    if target.original.group == "correction":
        raise UsageError(
            "A correction is not amended", "it says what was corrected when", "Void it instead"
        )
    try:
        return amended(target.entry, amendment.changes)
    except ValidationError as error:
        raise UsageError("That amendment does not fit", draft_problems(error), "") from None
