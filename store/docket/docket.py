"""One client's entries folded into what is true on a day: the pure view all the rest reads."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from itertools import chain
from typing import TYPE_CHECKING

from store.docket.at_hand import AtHand
from store.docket.entries import Entries
from store.docket.log import Log, newest_first
from store.docket.outline import Outline
from store.docket.standing import Standing
from store.entries import (
    KINDS,
    ClientData,
    CostData,
    CreditData,
    Data,
    Entry,
    FixedSumData,
    Group,
    InterestData,
    InvoiceData,
    MoneyBackData,
    PartialAnswerData,
    PaymentData,
    PromiseData,
    Relation,
    RequestData,
    TermsData,
)
from store.money import Money, totals

if TYPE_CHECKING:  # what is not needed before it is asked for: books, promises, TinyDB
    from store.docket.filter import Filter
    from store.docket.lateness import LateTerms
    from store.docket.ledger import Invoice, Ledger
    from store.docket.table import DocketTable
    from store.docket.tracking import Promise, Request
    from store.entries import Draft

DEFAULT_REPLY_DAYS = 3
"""How long they have to answer where neither their terms nor the settings say."""


@dataclass(frozen=True)
class Docket:
    """One client's docket as of a day: an entry that occurred after `today` is not seen.

    A correction is not bound by that. A void, amendment or addendum applies whenever it was made,
    so a docket as of an earlier day shows that day as it is known now, not as it was known then.

    `entries` is the whole log in order of number, corrections included. `counted` is what still
    says something: not voided, amendments applied. Everything else is derived from it on demand,
    and while it is not there, from no more entries than are asked about.
    """

    client: str
    entries: Sequence[Entry]
    today: date
    reply_days: int = DEFAULT_REPLY_DAYS

    @classmethod
    def of(
        cls,
        client: str,
        entries: Iterable[Entry],
        today: date,
        reply_days: int = DEFAULT_REPLY_DAYS,
    ) -> Docket:
        """Return the docket of `client` as of `today`.

        `reply_days` is how long they have to answer where their terms do not say.
        """
        known = entries if isinstance(entries, Entries) else tuple(entries)
        return cls(client, known, today, reply_days)

    def as_of(self, day: date) -> Docket:
        """Return the same docket as of another day."""
        return Docket(self.client, self.entries, day, self.reply_days)

    @cached_property
    def _outline(self) -> Outline:
        entries = self.entries
        return entries.outline if isinstance(entries, Entries) else Outline.of(entries)

    @cached_property
    def at_hand(self) -> AtHand:
        """The entries as they stand, each read when it is asked for."""
        return AtHand(self.entries, self._outline, self.today)

    @cached_property
    def standing(self) -> tuple[Standing, ...]:
        """Every entry that had occurred by `today`, with its corrections, in order of number."""
        everything = self.at_hand.all()
        return tuple(one for one in everything if one.entry.day <= self.today)

    @cached_property
    def table(self) -> DocketTable:
        """The same entries, for TinyDB to ask."""
        from store.docket.table import DocketTable, client_text

        whose = cache(lambda: client_text(self.client, self.name))
        return DocketTable(self.at_hand.stand, len(self.entries), self.today, whose)

    def _may_fit(self, asked: Filter) -> Sequence[int]:
        return self._outline.within(asked, len(self.entries), self.at_hand.moved)

    def to_look_at(self, asked: Filter) -> int:
        """Return how many entries `fitting` has to look at."""
        return len(self._may_fit(asked))

    def fitting(self, asked: Filter) -> Sequence[Standing]:
        """Return those of `standing` that fit a filter, reading no more than may fit.

        One that turns out to be unreadable is looked for where what it says of its day puts it.
        """
        if (query := asked.query) is None:
            return self.standing
        return self.table.fitting(query, self._may_fit(asked))

    @cached_property
    def log(self) -> Log:
        """What `standing` holds without the corrections of others, newest occurrence first."""
        count = len(self.entries)
        return newest_first(
            self._outline, count, self.at_hand.moved, self.at_hand.stand, self.today
        )

    @cached_property
    def counted(self) -> tuple[Entry, ...]:
        """Entries that count, oldest occurrence first."""
        held = self.__dict__.get("standing")
        standing = held or (one for one in self.at_hand.all() if one.entry.day <= self.today)
        return tuple(self._counting(standing))

    def _counting(self, standing: Iterable[Standing]) -> list[Entry]:
        counting = (
            one.entry for one in standing if one.counts and not KINDS[one.entry.kind].inside
        )
        return sorted(counting, key=lambda entry: (entry.occurred_at, entry.seq))

    def _select(self, kinds: Collection[str], *relations: Relation) -> list[Entry]:
        """Entries that count, of these kinds or so related to others, oldest first."""
        # What cannot be read becomes a note, which only reading everything brings to light.
        if "counted" in self.__dict__ or "note" in kinds:
            found = (self._counted_by.get(one, ()) for one in (*kinds, *relations))
            return [self.counted[place] for place in sorted(set(chain.from_iterable(found)))]
        positions = {
            *self._outline.of_kind(kinds, len(self.entries)),
            *self._outline.related(relations, len(self.entries)),
        }
        standing = map(self.at_hand.stand, sorted(positions))
        return [
            entry
            for entry in self._counting(one for one in standing if one.entry.day <= self.today)
            if entry.kind in kinds or (entry.links and entry.link(*relations))
        ]

    @cached_property
    def _counted_by(self) -> Mapping[str, Sequence[int]]:
        return _places_in(self.counted)

    def group(self, *groups: Group) -> list[Entry]:
        """Entries that count and belong to one of `groups`, oldest first."""
        return self._select({kind.id for kind in KINDS.values() if kind.group in groups})

    def kind(self, *kinds: str) -> list[Entry]:
        """Entries that count and are of one of `kinds`, oldest first."""
        return self._select(kinds)

    def shaped(self, *shapes: type[Data]) -> list[Entry]:
        """Entries that count and are of the kinds with data of one of `shapes`, oldest first."""
        return self._select(_shaped(*shapes))

    def find(self, seq: int) -> Standing | None:
        """Return entry number `seq` as it stands, if there is one by `today`."""
        position = self.position(seq)
        one = None if position is None else self.at_hand.stand(position)
        return one if one and one.entry.day <= self.today else None

    def position(self, seq: int) -> int | None:
        """Return where entry `seq` stands among the entries, whatever its day."""
        position = self._outline.position(seq)
        return position if position < len(self.entries) else None

    @property
    def last(self) -> int:
        """The number of the last entry, whatever its day; 0 where there is none."""
        return self.entries[-1].seq if self.entries else 0

    def answered(self, seq: int) -> bool:
        """Whether request `seq` has an answer."""
        return any(one.seq == seq and one.answered is not None for one in self.requests)

    def promise(self, seq: int) -> Promise | None:
        """Return promise `seq` with what came of it."""
        return next((one for one in self.promises if one.seq == seq), None)

    def books_for(self, money: Draft | Entry, instead_of: int = 0) -> Docket | None:
        """Return this docket: all of it is here."""
        return self

    @cached_property
    def profile(self) -> ClientData:
        """Who the client is; the id stands in where no entry says."""
        for entry in reversed(self.shaped(ClientData)):
            if isinstance(entry.data, ClientData):
                return entry.data
        return ClientData(name=self.client)

    @property
    def name(self) -> str:
        """The client's name."""
        return self.profile.name

    @cached_property
    def terms(self) -> TermsData:
        """What is agreed: each later entry of terms replaces the fields it names."""
        agreed: dict[str, object] = {}
        for entry in self.shaped(TermsData):
            if isinstance(entry.data, TermsData):
                agreed.update((name, said) for name, said in entry.data if said is not None)
        return TermsData.model_construct(**agreed)

    @cached_property
    def ledger(self) -> Ledger:
        """Invoices and payments."""
        return self.books()

    def books(self, without: int = 0) -> Ledger:
        """Return invoices, payments and what corrects them but for entry number `without`."""
        return _books(self, without)

    @cached_property
    def late_terms(self) -> LateTerms:
        """What lateness costs: a rate holds from the day it starts, whenever it was stated."""
        from store.docket.lateness import LateTerms

        ever = self.as_of(date.max)
        return LateTerms.of(ever.shaped(InterestData, FixedSumData, CostData))

    @cached_property
    def overdue(self) -> list[Invoice]:
        """Invoices owed after their due date, oldest first."""
        return self.ledger.overdue(self.today)

    @cached_property
    def overdue_totals(self) -> list[Money]:
        """What is overdue, one sum per currency."""
        return totals(invoice.balance for invoice in self.overdue)

    @cached_property
    def requests(self) -> tuple[Request, ...]:
        """Everything asked of the client, oldest first."""
        from store.docket.tracking import requests

        asked = self._select(_shaped(RequestData, PartialAnswerData), "answers", "accepts")
        return requests(asked, self.terms.reply_within_days or self.reply_days)

    @cached_property
    def open_requests(self) -> list[Request]:
        """Requests with no answer yet."""
        return [request for request in self.requests if request.answered is None]

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        """Promises of both sides, by due date."""
        from store.docket.tracking import RELEASED, promises

        return promises(self._select(_shaped(PromiseData) | {RELEASED}, "keeps", "breaks"))

    @cached_property
    def started(self) -> date | None:
        """The first day anything is recorded to have occurred."""
        return self.counted[0].day if self.counted else None

    @cached_property
    def last_touch(self) -> date | None:
        """The last day anything is recorded to have occurred."""
        return self.counted[-1].day if self.counted else None

    @cached_property
    def stopped(self) -> Entry | None:
        """The step that stopped work, while no later one resumed it (advice 36)."""
        turns = self.kind("stop", "resume")
        return turns[-1] if turns and turns[-1].kind == "stop" else None

    @cached_property
    def ended(self) -> Entry | None:
        """The notice that ended it, unless work was taken up again later (advice 84)."""
        turns = self.kind("end-notice", "resume", "repeat-work")
        return turns[-1] if turns and turns[-1].kind == "end-notice" else None


def _books(docket: Docket, without: int) -> Ledger:
    from store.docket.booking import ledger

    entries = docket.shaped(InvoiceData, PaymentData, CreditData, MoneyBackData)
    entries = [entry for entry in entries if entry.seq != without] if without else entries
    return ledger(entries, lambda *debt: docket.late_terms.accrued(*debt), lambda: _coming(docket))


def _coming(docket: Docket) -> frozenset[tuple[str, str]]:
    """Return the numbers of the invoices of later days, as they are compared, with currency."""
    bills = (e for e in docket.as_of(date.max).shaped(InvoiceData) if e.day > docket.today)
    later = (e.data for e in bills if isinstance(e.data, InvoiceData))
    return frozenset((bill.number.casefold(), bill.currency) for bill in later)


def go_on_from(before: Docket, docket: Docket) -> None:
    """Give a docket the log of the same one when it had fewer entries, with what is new."""
    entries, known = docket.entries, before.entries
    if not (isinstance(entries, Entries) and isinstance(known, Entries)):
        return
    if "log" in vars(before) and before.today == docket.today and entries.grown_from(known):
        new = range(len(known), len(entries))
        if log := before.log.grown(entries.outline, new, docket.at_hand.stand, docket.today):
            vars(docket)["log"] = log


def _shaped(*shapes: type[Data]) -> frozenset[str]:
    """Return the kinds whose data is of one of these shapes."""
    return frozenset(kind.id for kind in KINDS.values() if issubclass(kind.data, shapes))


def _places_in(entries: Sequence[Entry]) -> Mapping[str, Sequence[int]]:
    """Return where those of a kind stand, and those with a link of a relation.

    A screen asks for thirty kinds one after another: all of it is looked through once.
    """
    found: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    for place, entry in enumerate(entries):
        for name in (entry.kind, *(link.rel for link in entry.links)):
            found[name].append(place)
    return found
