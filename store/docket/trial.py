"""The drafts of one batch, each checked against the docket as the earlier ones have left it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final

from store.docket.checks import check_against, check_alone, needs_docket
from store.docket.docket import Docket
from store.docket.entries import Entries, links_in
from store.docket.lateness import LateTerms
from store.docket.money_checks import check_number, check_returned, paper_numbers
from store.docket.open_bills import OpenBills
from store.docket.standing import Corrections, Standing, read_entry
from store.docket.told_books import PassingBooks
from store.docket.tracking import Promise, promises, requests
from store.entries import (
    KINDS,
    AmendmentData,
    CreditData,
    Draft,
    Entry,
    InvoiceData,
    MoneyBackData,
    PaymentData,
)
from store.entries.kinds import CORRECTS, kinds_that
from store.errors import UsageError
from store.journal import Line
from store.money import Money

_MONEY: Final = kinds_that(lambda kind: kind.group == "money")
_LATE: Final = kinds_that(lambda kind: kind.shape in ("InterestData", "FixedSumData"))
Refused = Callable[[int, UsageError], None]
"""Is told of the draft at a position why it is refused."""
_NUMBERED = InvoiceData | CreditData | MoneyBackData


class _Grown:
    """The entries of a docket and the lines made since, each by its place."""

    def __init__(self, docket: Docket, made: Sequence[Line] = ()) -> None:
        self.docket, self.made = docket, made
        self._read: dict[int, Entry] = {}

    def __len__(self) -> int:
        return len(self.docket.entries) + len(self.made)

    def place(self, seq: int) -> int | None:
        """Return where entry `seq` is, if there is one."""
        made = self.made
        if made and seq >= made[0].seq:
            # Those of an outbox, whose numbers are not in a row, may come first.
            place = bisect_left(made, seq, key=lambda line: line.seq)
            there = place < len(made) and made[place].seq == seq
            return len(self.docket.entries) + place if there else None
        return self.docket.position(seq)

    def entry(self, place: int) -> Entry:
        """Return the entry at a place, as it was logged."""
        known = self.docket.entries
        if place < len(known):
            return known[place]
        if place not in self._read:
            self._read[place] = read_entry(self.made[place - len(known)])
        return self._read[place]

    def hint(self, place: int) -> tuple[str, list[tuple[str, int]]]:
        """Return kind and links of an entry, if it can be told without reading it."""
        known = self.docket.entries
        if place >= len(known):
            fields = self.made[place - len(known)].fields
            return str(fields.get("kind")), links_in(fields.get("links"))
        if isinstance(known, Entries):
            return known.hint(place)
        return known[place].kind, [(link.rel, link.seq) for link in known[place].links]


class Trial:
    """A docket that lines join one by one, for as long as nobody else writes to it.

    It is looked up, not worked out: a draft costs what it names, however long the docket is. The
    books alone are made anew, where what a payment names is not surely open.
    """

    def __init__(self, docket: Docket) -> None:
        self._rows = _Grown(docket)
        self._count = 0
        self._naming: defaultdict[int, list[int]] = defaultdict(list)
        self._corrections = Corrections()
        self._numbers: Counter[str] | None = None
        self._bills: OpenBills | None = None
        self._passing = PassingBooks(self._money, self._late_terms)
        self._whole: tuple[int, Docket] = (0, docket)
        self._join_all()

    def now(self, docket: Docket) -> Trial:
        """Return this, if `docket` is what it has grown to, and perhaps more; else another."""
        mine, theirs = self._rows.docket.entries, docket.entries
        same = isinstance(mine, Entries) and isinstance(theirs, Entries) and theirs.grown_from(mine)
        if not same or len(theirs) < self._count or docket.today != self.today:
            return Trial(docket)
        self._rows = _Grown(docket)
        self._whole = (len(theirs), docket)
        self._join_all()
        return self

    def judged(
        self,
        drafts: Iterable[Draft],
        made: Sequence[Line],
        now: datetime,
        refused: Refused | None = None,
    ) -> Iterator[dict[str, Any]]:
        """Yield what the journal is to write for each draft; UsageError at one that is refused.

        `made` grows by the line of each before the next is asked for. Where `refused` is given it
        is told of those, and the others are written.
        """
        self._rows.made = made
        for place, draft in enumerate(drafts):
            try:
                check_alone(draft, now)
                checked = self._checked(draft, now)
            except UsageError as error:
                if refused is None:
                    raise
                refused(place, error)
            else:
                yield checked.fields()

    def _checked(self, draft: Draft, now: datetime) -> Draft:
        if not needs_docket(draft):
            return draft
        self._join_all()
        if not draft.links:  # many are imported: no ledger for each
            if isinstance(draft.data, InvoiceData):
                check_number(draft.data, self._taken())
                return draft
            if isinstance(draft.data, CreditData):
                check_number(draft.data, self._taken())
            if self._open_bills().agree_to(draft):
                return draft
        return check_against(draft, self, now)

    @property
    def client(self) -> str:
        """The id of the client."""
        return self._rows.docket.client

    @property
    def today(self) -> date:
        """The day of the docket."""
        return self._rows.docket.today

    @property
    def last(self) -> int:
        """The number of the last entry, 0 where there is none."""
        return self._rows.made[-1].seq if self._rows.made else self._rows.docket.last

    def find(self, seq: int) -> Standing | None:
        """Return entry `seq` as it stands, if there is one by `today`."""
        place = self._rows.place(seq)
        found = None if place is None else self._corrections.stand(self._rows.entry(place))
        return found if found and found.entry.day <= self.today else None

    def answered(self, seq: int) -> bool:
        """Whether request `seq` has an answer."""
        found = requests(self._about(seq), 1)
        return any(one.seq == seq and one.answered is not None for one in found)

    def promise(self, seq: int) -> Promise | None:
        """Return promise `seq` with what came of it."""
        return next((one for one in promises(self._about(seq)) if one.seq == seq), None)

    def books_for(self, money: Draft | Entry, instead_of: int = 0) -> Docket | None:
        """Return the docket to check money against; None where it surely fits what is there."""
        return None if self._surely_fits(money, instead_of) else self._all()

    def _surely_fits(self, money: Draft | Entry, instead_of: int) -> bool:
        """Whether money fits all the rest, if that can be told without booking day by day."""
        data = money.data
        before = found.entry if instead_of and (found := self.find(instead_of)) else None
        if isinstance(data, MoneyBackData):
            return self._returns(money, data, before)
        if before is None and isinstance(data, PaymentData):
            return self._passing.agree_to(money)
        if before is None or type(before.data) is not type(data):
            return False
        if isinstance(data, InvoiceData):
            return not data.number or not _beside(self._taken(), data.number, before)
        if isinstance(data, PaymentData) and not (data.for_invoices or data.for_charges):
            return True
        if not (bills := self._open_bills()).drop(before):
            return False
        fits = bills.agree_to(money)
        bills.add(before)
        return fits

    def _returns(self, money: Draft | Entry, data: MoneyBackData, before: Entry | None) -> bool:
        """Whether a payment that was returned fits it; UsageError where it does not."""
        if data.number and _beside(self._taken(), data.number, before):
            return False
        if (link := money.followed) is None:
            return before is None and self._passing.agree_to(money)
        paid, seq = self.find(link.seq), before.seq if before else 0
        naming = [one for one in self._about(link.seq) if one.seq != seq]
        if paid and paid.entry.day <= money.day:
            check_returned(self.client, Money(data.amount, data.currency), paid, naming)
        return True

    def _all(self) -> Docket:
        """Return all of it as a docket."""
        if self._whole[0] < self._count:
            known, made = self._rows.docket.entries, self._rows.made
            more = map(read_entry, made)
            grown = known.with_more(made) if isinstance(known, Entries) else (*known, *more)
            self._whole = self._count, Docket.of(self.client, grown, self.today)
        return self._whole[1]

    def _join_all(self) -> None:
        """Take in the lines that are new."""
        for place in range(self._count, len(self._rows)):
            self._count = place + 1
            kind, links = self._rows.hint(place)
            for relation, seq in links:
                self._naming[seq].append(place)
                if relation in CORRECTS:
                    self._correct(self._rows.entry(place))
            if kind in _MONEY:
                self._book(self._rows.entry(place))
            elif kind in _LATE:
                self._passing.forget()

    def _book(self, entry: Entry) -> None:
        """Take in an entry about money."""
        if self._bills is not None:
            self._bills.add(entry)
            refund = entry.data if not entry.followed else None
            if isinstance(refund, MoneyBackData) and self._passing.agree_to(entry):
                self._bills.give_back(entry, refund)
        self._passing.add(entry)
        _count_in(self._numbers, entry, 1)

    def _correct(self, correction: Entry) -> None:
        """Take in a correction: an amendment may name what the entry did not name before."""
        self._passing.forget()
        link = correction.followed
        place = self._rows.place(link.seq) if link else None
        if place is None:
            self._corrections.add(correction)
            return
        if self._numbers is not None:
            self._open_bills()
        before = self._counting(place)
        self._corrections.add(correction)
        if self._rows.entry(place).group == "correction" or not self._rebook(before, place):
            self._numbers = self._bills = None  # a number may be free again
        if isinstance(correction.data, AmendmentData):
            for _, seq in links_in(correction.data.changes.get("links")):
                self._naming[seq].append(place)

    def _counting(self, place: int) -> Entry | None:
        """Return an entry about money as it stands, if it counts."""
        if self._bills is None or self._rows.entry(place).group != "money":
            return None
        standing = self._corrections.stand(self._rows.entry(place))
        return standing.entry if standing.counts else None

    def _rebook(self, before: Entry | None, place: int) -> bool:
        """Take in money anew that was corrected; False where that takes new books."""
        if self._rows.entry(place).group != "money":
            return True
        if self._bills is None or (before and not self._bills.drop(before)):
            return False
        after = self._counting(place)
        _count_in(self._numbers, before, -1)
        if after:
            self._bills.add(after)
            _count_in(self._numbers, after, 1)
        return True

    def _about(self, seq: int) -> list[Entry]:
        """Return the entry and those that name it, as they stand, oldest first."""
        place = self._rows.place(seq)
        places = {*self._naming.get(seq, ()), *([] if place is None else [place])}
        standing = (self._corrections.stand(self._rows.entry(one)) for one in places)
        found = [
            one.entry
            for one in standing
            if one.counts and not KINDS[one.entry.kind].inside and one.entry.day <= self.today
        ]
        return sorted(found, key=_by_moment)

    def _taken(self) -> Counter[str]:
        """Return the numbers of all papers, with how many have each."""
        if self._numbers is None:
            self._numbers = Counter(paper_numbers(self._all().ledger))
        return self._numbers

    def _open_bills(self) -> OpenBills:
        if self._bills is None:
            self._bills = OpenBills(self._money(), self.today)
        return self._bills

    def _money(self) -> Iterator[Entry]:
        """Yield the entries about money that count, as they stand."""
        return self._counting_of(_MONEY)

    def _late_terms(self) -> LateTerms:
        """Return what lateness costs, by the entries there are by now."""
        return LateTerms.of(sorted(self._counting_of(_LATE), key=_by_moment))

    def _counting_of(self, kinds: Container[str]) -> Iterator[Entry]:
        places = (place for place in range(self._count) if self._rows.hint(place)[0] in kinds)
        standing = (self._corrections.stand(self._rows.entry(place)) for place in places)
        return (one.entry for one in standing if one.counts)


def _by_moment(entry: Entry) -> tuple[datetime, int]:
    return entry.occurred_at, entry.seq


def _beside(taken: Counter[str], number: str, before: Entry | None) -> bool:
    """Whether another paper than the one of `before` has a number."""
    data = before.data if before else None
    own = isinstance(data, _NUMBERED) and (data.number or "").casefold() == number.casefold()
    return taken[number.casefold()] > own


def _count_in(taken: Counter[str] | None, entry: Entry | None, more: int) -> None:
    """Take the number of a paper in, or out again."""
    data = entry.data if entry else None
    if taken is not None and isinstance(data, _NUMBERED) and data.number:
        number = data.number.casefold()
        taken[number] += more
        if not taken[number]:
            del taken[number]
