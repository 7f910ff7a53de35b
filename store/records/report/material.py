"""What a final report is made from: the words for it, and the few entries that it may tell of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Final, NamedTuple

from store.docket import Docket, Promise
from store.docket.handover import Handover, handovers
from store.entries import Entry
from store.errors import UsageError
from store.records.dispute.selection import shown_docket
from store.records.options import RecordError
from store.records.report.reasons import cited
from store.records.texts import Texts
from store.text import clean_line, clean_name

TOLD: Final = frozenset(
    "client terms delivery acceptance handover access-ended request answer promise promise-kept "
    "promise-broken promise-released invoice payment credit discount write-off refund "
    "payment-returned disputed repeat-work referral".split()
)
"""The kinds that a final report may draw on; no other entry is so much as counted."""

_LINES: Final = ("thanks", "goal", "because", "reach")
_LISTS: Final = ("results", "in_progress", "not_started", "todo", "tips", "next_one")


class Watch(NamedTuple):
    """A day to watch, and what for."""

    day: date
    what: str


class Commitment(NamedTuple):
    """What becomes of promise number `seq` of mine, such as `handed on to Studio Nord`."""

    seq: int
    what: str


@dataclass(frozen=True, slots=True)
class ReportWords:
    """The writer's own words for a final report, each on one line; all but the name may be empty.

    `because` completes "I am not able to meet your needs because ..." and rests on `entries`;
    `direction` says instead that my work moves elsewhere, `fit` that we do not fit (advice 98).
    Raises UsageError where they are at odds.
    """

    prepared_by: str
    thanks: str = ""
    goal: str = ""
    results: tuple[str, ...] = ()
    in_progress: tuple[str, ...] = ()
    not_started: tuple[str, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    todo: tuple[str, ...] = ()
    watch: tuple[Watch, ...] = ()
    because: str = ""
    entries: tuple[int, ...] = ()
    direction: bool = False
    fit: bool = False
    tips: tuple[str, ...] = ()
    next_one: tuple[str, ...] = ()
    ends: date | None = None
    reach: str = ""

    def __post_init__(self) -> None:
        for name in _LINES:
            self._set(name, clean_line(getattr(self, name)))
        for name in _LISTS:
            self._set(name, tuple(filter(None, map(clean_line, getattr(self, name)))))
        for name in ("commitments", "watch"):
            said = [one._replace(what=clean_line(one.what)) for one in getattr(self, name)]
            self._set(name, tuple(said))
        self._set("prepared_by", clean_name(self.prepared_by))
        if [bool(self.because), self.direction, self.fit].count(True) > 1:
            raise UsageError("Two reasons are given", "a report says one", "Leave one out")
        if self.entries and not self.because:
            raise UsageError(
                "The entries stand for no reason", "", "Say it with --because TEXT, or leave them"
            )

    def _set(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    @property
    def own(self) -> list[tuple[str, str]]:
        """Every text of the writer's own, with the name of its field."""
        said = [(name, getattr(self, name)) for name in _LINES if getattr(self, name)]
        said += [(name, text) for name in _LISTS for text in getattr(self, name)]
        said += [("commitments", one.what) for one in self.commitments]
        return said + [("watch", one.what) for one in self.watch]


@dataclass(frozen=True)
class Parting:
    """All a final report may draw on; `docket` holds the kinds of TOLD and nothing else.

    It is written in `language`, that of the client where it is empty.
    """

    docket: Docket
    words: ReportWords
    now: datetime
    evidence: tuple[Entry, ...] = ()
    language: str = ""

    @cached_property
    def texts(self) -> Texts:
        """The sentences of the report."""
        return Texts(self.language or self.docket.profile.language or "", "report")

    @property
    def today(self) -> date:
        """The day of the report."""
        return self.now.date()

    @cached_property
    def handovers(self) -> tuple[Handover, ...]:
        """What was given back, oldest first."""
        return handovers(self.docket)

    @cached_property
    def promises(self) -> list[Promise]:
        """My own promises, by due date."""
        return [promise for promise in self.docket.promises if promise.by == "me"]

    @property
    def unkept(self) -> list[Promise]:
        """My own promises that are not on the docket as kept or let go."""
        return [one for one in self.promises if one.open or one.kept is False]

    @property
    def told(self) -> list[tuple[int, str]]:
        """The texts of entries that the report prints, with their numbers."""
        said = [(entry.seq, entry.statement) for entry in self.docket.kind("delivery", "handover")]
        said += [(request.seq, request.statement) for request in self.docket.open_requests]
        return sorted(said + [(promise.seq, promise.statement) for promise in self.unkept])


def report_material(
    docket: Docket, words: ReportWords, now: datetime, language: str = ""
) -> Parting:
    """Return what the final report of `docket` is made from, as of the day of `now`.

    Raises RecordError where there is nothing to tell or where what is left out would make the rest
    untrue, UsageError where the reason rests on no two entries that may be shown (advice 87).
    """
    whole = docket.as_of(now.date())
    if not whole.entries:
        raise RecordError(f"{docket.client} has no entries", "", "Log something first")
    shown = shown_docket(whole)
    _check_handovers(whole, shown)
    evidence = cited(whole, shown, words.entries) if words.because else ()
    parting = Parting(_told(shown), words, now, evidence, language)
    _check_commitments(parting)
    return parting


def _told(shown: Docket) -> Docket:
    """Return the docket of the entries of TOLD and of what corrects them."""
    told: dict[int, Entry] = {}
    for entry in shown.entries:
        corrects = entry.link("amends", "adds-to", "voids")
        if entry.kind in TOLD or (corrects and corrects.seq in told):
            told[entry.seq] = entry
    return Docket.of(shown.client, told.values(), shown.today, shown.reply_days)


def _check_handovers(whole: Docket, shown: Docket) -> None:
    """Refuse to say that something is not confirmed where the confirmation is only not shown."""
    known = {one.seq: one for one in handovers(whole)}
    for one in handovers(shown):
        if known[one.seq] != one:
            raise RecordError(
                f"No report was made: {whole.client}#{one.seq} would be shown wrongly",
                "what came of it is marked internal or settlement",
                "Void that entry and log it again for the record",
            )


def _check_commitments(parting: Parting) -> None:
    open_ones = {promise.seq for promise in parting.unkept}
    for commitment in parting.words.commitments:
        if commitment.seq not in open_ones:
            raise UsageError(
                f"{parting.docket.client}#{commitment.seq} is no open promise of yours",
                "",
                f"See `docket show {parting.docket.client} --kind promise`",
            )
