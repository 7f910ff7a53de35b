"""Dockets of many shapes by number, the same ones for ever, whatever kinds come after these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any, Final, TypeVar

from store.docket import Docket
from store.entries import Draft, Entry, InvoiceData
from store.private.model import CheckIn, Decision, Private
from store.settings.config import Config

TODAY: Final = date(2026, 11, 22)
COUNT: Final = 200
"""How many dockets there are."""
_NOON: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)
_T = TypeVar("_T")

_INCIDENTS: Final = (
    *("late-payment", "non-payment", "pay-later", "no-reply", "late-reply", "scope-creep"),
    *("rework", "micro-change", "approval-block", "access-withheld", "distrust", "blame"),
    *("off-hours", "rush-demand", "no-show", "abuse", "threat", "public-attack"),
    *("contract-breach", "expectation-gap", "complaint", "excuse", "high-standard", "other"),
    "advice-overridden",
)
_STEPS: Final = (
    *("expectations", "reminder", "talk", "warning", "notice", "offer", "repair-offer", "remedy"),
    *("my-apology", "decline", "escalate", "stop", "resume"),
)
_GOOD: Final = (
    *("thanks", "paid-early", "paid-on-time", "referral", "repeat-work", "apology"),
    *("concession", "good-day"),
)
_ASIDE: Final = ("illness", "cash-trouble", "circumstance", "note", "message", "my-mistake")
_REACTING: Final = ("blame", "abuse", "threat", "complaint", "excuse", "thanks", "apology")
_CURRENCIES: Final = ("EUR", "EUR", "EUR", "EUR", "USD", "JPY")
_TEXTS: Final = (
    "They said it on the phone",
    "The logo has to be bigger, again",
    "We pay the invoice next week, INV-2 first",
    "Please approve the draft; we wait for your go-ahead",
    "What did you do all week? Nothing was done",
    "Wrote to them",
)

# What a docket is mostly made of: how often each thing happens, for every number modulo these.
_SHAPES: Final[tuple[dict[str, int], ...]] = (
    {"bill": 5, "pay": 5, "incident": 4, "step": 4, "ask": 3, "answer": 3, "hours": 4, "good": 2},
    {"bill": 9, "pay": 8, "charge": 2, "step": 3, "incident": 2, "fix": 2, "dispute": 1},
    {"ask": 9, "answer": 6, "step": 5, "part": 2, "incident": 2, "fix": 2},
    {"incident": 9, "step": 6, "outcome": 3, "good": 1, "fix": 1},
    {"step": 6, "outcome": 5, "incident": 5, "good": 3, "promise": 3, "settle": 2},
    {"deliver": 4, "accept": 3, "incident": 4, "hours": 5, "ask": 3, "answer": 2, "terms": 1},
    {"promise": 6, "settle": 4, "bill": 3, "pay": 2, "step": 2, "incident": 2},
    {"good": 6, "hours": 4, "note": 4, "bill": 3, "pay": 3, "hand": 2, "end": 1},
    {"fix": 6, "bill": 4, "pay": 4, "ask": 3, "answer": 2, "incident": 5, "step": 4, "hours": 2},
)
_OF_ALL: Final = {"note": 1, "terms": 1, "exempt": 1, "charge": 1, "hand": 1, "fix": 1}


@dataclass
class Made:
    """One docket: its entries, what is private beside them, and drafts to be judged by it."""

    number: int
    entries: list[Entry] = field(default_factory=list)
    private: Private = field(default_factory=Private)
    probes: list[Draft] = field(default_factory=list)

    def docket(self, today: date = TODAY) -> Docket:
        """Return it, with nothing worked out yet."""
        return Docket.of(self.client, tuple(self.entries), today)

    @property
    def client(self) -> str:
        """The id of the client."""
        return f"c{self.number}"

    @property
    def config(self) -> Config:
        """The settings it is assessed by."""
        if not self.number % 2:
            return Config()
        return Config(target_rate=Decimal(60), savings=Decimal(9000), monthly_costs=Decimal(2500))


def docket_numbered(number: int) -> Made:
    """Return docket `number`, 0 to COUNT - 1."""
    return _Maker(number).made()


def drafted(entry: Entry) -> Draft:
    """Return what would log an entry again."""
    own = {"seq", "id", "recorded_at", "hash", "clock_behind"}
    return Draft.model_validate(entry.whole.model_dump(mode="json", exclude=own, exclude_none=True))


class _Maker:
    """Makes one docket; all chance comes of `Random.random`, which no Python changes."""

    def __init__(self, number: int) -> None:
        self.out = Made(number)
        self.random = Random(number).random
        self.span = self.one((12, 45, 120, 300, 300, 700, 1500))
        self.length = self.one((4, 9, 20, 45, 45, 90, 90, 160, 320))
        self.shape = {**_OF_ALL, **_SHAPES[number % len(_SHAPES)]}
        self.wild = self.random() < 0.3  # as other programs or older versions left it
        self.back = self.span

    def made(self) -> Made:
        things = [name for name, often in self.shape.items() for _ in range(often)]
        self.add("client", name=f"Client {self.out.number}")
        if self.random() < 0.8:
            self.terms()
        while len(self.out.entries) < self.length:
            passed = (self.length - len(self.out.entries)) or 1
            self.back = max(0, self.back - self.below(2 * self.back // passed + 1))
            getattr(self, self.one(things))()
        for _ in range(12):
            self.probe()
        checkins = tuple(self.checkin() for _ in range(self.below(4)))
        decisions = tuple(self.decision() for _ in range(self.below(2)))
        self.out.private = Private(checkins=checkins, decisions=decisions)
        return self.out

    # chance

    def below(self, many: int) -> int:
        return int(self.random() * many)

    def one(self, of: Sequence[_T]) -> _T:
        return of[self.below(len(of))]

    def some(self, share: float, value: _T) -> _T | None:
        return value if self.random() < share else None

    def day(self, back: int) -> str:
        return (TODAY - timedelta(days=back)).isoformat()

    # what is there

    def seqs(self, *kinds: str) -> list[int]:
        return [entry.seq for entry in self.out.entries if entry.kind in kinds]

    def any_of(self, *kinds: str) -> int | None:
        """Return a number of one of these kinds, of any kind on a wild docket now and then."""
        found = self.seqs(*kinds)
        if self.wild and self.random() < 0.1:
            return 1 + self.below(len(self.out.entries) + 3)
        return self.one(found) if found else None

    def fields(
        self, kind: str, text: str = "", links: Sequence[tuple[str, int]] = (), **data: Any
    ) -> dict[str, Any]:
        back = min(self.span, self.back + self.below(9)) if self.random() < 0.2 else self.back
        at = _NOON - timedelta(days=back, minutes=self.below(180))
        return {
            "client": self.out.client,
            "kind": kind,
            "occurred_at": at.isoformat(),
            "statement": text or self.one(_TEXTS),
            "links": [{"rel": rel, "seq": seq} for rel, seq in links],
            "data": {name: value for name, value in data.items() if value is not None},
        }

    def add(
        self, kind: str, text: str = "", links: Sequence[tuple[str, int]] = (), **data: Any
    ) -> None:
        self.keep(self.fields(kind, text, links, **data))

    def keep(self, fields: dict[str, Any]) -> None:
        seq = len(self.out.entries) + 1
        at = datetime.fromisoformat(fields["occurred_at"])
        recorded = (at + timedelta(minutes=10)).isoformat()
        more = {"id": f"{seq:032x}", "recorded_at": recorded}
        self.out.entries.append(Entry.read(seq, f"{seq:064x}", {**fields, **more}))

    # what happens

    def terms(self) -> None:
        self.add(
            "terms",
            currency=self.some(0.7, "EUR"),
            rate=self.some(0.5, str(40 + self.below(50))),
            payment=self.some(0.5, "net14"),
            reply_within_days=self.some(0.4, 1 + self.below(10)),
            revisions=self.some(0.4, self.below(4)),
        )

    def bill(self) -> None:
        number = f"INV-{len(self.seqs('invoice')) + 1}"
        due = self.day(self.back - self.one((0, 7, 14, 14, 30)))
        amount = f"{self.one((80, 200, 450, 1000))}.{self.below(100):02}"
        self.add("invoice", number=number, amount=amount, currency=self.one(_CURRENCIES), due=due)

    def billed(self) -> tuple[str, str]:
        data = (entry.data for entry in self.out.entries)
        bills = [bill for bill in data if isinstance(bill, InvoiceData)]
        if not bills:
            return "INV-9", "EUR"
        bill = self.one(bills)
        return bill.number, bill.currency

    def payment(self) -> dict[str, Any]:
        number, currency = self.billed()
        amount = f"{self.one((50, 80, 200, 450, 1000))}.{self.below(100):02}"
        parts = []
        if self.random() < 0.6:
            parts = [{"invoice": self.one((number, number.lower())), "amount": amount}]
        elif self.random() < 0.2:
            number = f"INV-{len(self.seqs('invoice')) + 1 + self.below(2)}"  # it may come later
            parts = [{"invoice": number, "amount": "30"}]
        heads = [{"head": self.one(("interest", "fixed-sum", "cost")), "amount": "5"}]
        charges = self.some(0.1, heads) if not parts else None
        return self.fields(
            "payment", amount=amount, currency=currency, for_invoices=parts, for_charges=charges
        )

    def pay(self) -> None:
        self.keep(self.payment())

    def dispute(self) -> None:
        number, currency = self.billed()
        self.add("disputed", number=number, amount="20", currency=currency)

    def charge(self) -> None:
        kind = self.below(3)
        if kind == 0:
            self.add("cost", amount="25", currency=self.one(_CURRENCIES))
        elif kind == 1:
            starts = self.day(self.below(self.span))
            policy = self.one(("split", "frozen"))
            percent = str(4 + self.below(9))
            self.add("interest", percent=percent, starts=starts, source="clause 7", policy=policy)
        else:
            bands = [{"at_least": "0", "amount": "15"}, {"at_least": "300", "amount": "40"}]
            currency = self.one(_CURRENCIES)
            self.add("fixed-sum", currency=currency, bands=bands, source="clause 7")

    def about(self, share: float) -> list[tuple[str, int]]:
        """Return links to what a step may be about."""
        if self.random() >= share:
            return []
        kinds = ("request", "invoice", "promise", "complaint", *_INCIDENTS[:8], *_STEPS[6:9])
        found = self.any_of(*kinds)
        return [("about", found)] if found else []

    def incident(self) -> None:
        kind = self.one(_INCIDENTS)
        fields = self.fields(
            kind,
            links=self.about(0.2) if kind in _REACTING else (),
            severity=1 + self.below(3),
            hours=self.some(0.3, f"{self.below(6)}.50"),
            my_share=self.some(0.2, True),
            in_writing=self.some(0.2, False) if kind == "expectation-gap" else None,
            amount=(sum_ := self.some(0.1, "60")),
            currency=sum_ and "EUR",
        )
        self.named(fields)

    def named(self, fields: dict[str, Any]) -> None:
        """Keep what may name an invoice or a project."""
        refs = {}
        if self.random() < 0.15:
            refs["invoice"] = self.billed()[0]
        if self.random() < 0.1:
            refs["project"] = self.one(("Site", "Shop"))
        self.keep({**fields, "refs": refs} if refs else fields)

    def step(self) -> None:
        kind = self.one(_STEPS)
        worked = self.one((None, None, None, True, False))
        offered = kind in ("repair-offer", "notice")
        effective = self.some(0.4, self.day(self.back - 9)) if offered else None
        links = [] if kind in ("notice",) else self.about(0.45)
        self.named(self.fields(kind, links=links, worked=worked, effective=effective))

    def outcome(self) -> None:
        if found := self.any_of(*_STEPS):
            self.add("outcome", links=[("about", found)], worked=self.one(("yes", "no", "partly")))

    def good(self) -> None:
        kind = self.one(_GOOD)
        self.add(kind, links=self.about(0.3) if kind in _REACTING else ())

    def note(self) -> None:
        self.add(self.one(_ASIDE), links=self.about(0.3))

    def ask(self) -> None:
        needed = self.some(0.5, self.day(self.back - self.below(20)))
        item = self.any_of("delivery")
        links = [("about", item)] if item and self.random() < 0.3 else []
        self.named(self.fields("request", links=links, needed_by=needed))

    def answer(self) -> None:
        if found := self.any_of("request"):
            self.add(self.one(("answer", "answer", "confirmation")), links=[("answers", found)])

    def part(self) -> None:
        if found := self.any_of("request"):
            self.add("partial-answer", links=[("about", found)], missing=self.some(0.5, "the rest"))

    def promise(self) -> None:
        due = self.day(self.back - self.below(25))
        self.named(self.fields("promise", by=self.one(("client", "client", "me")), due=due))

    def settle(self) -> None:
        if found := self.any_of("promise"):
            kind, rel = self.one(
                (
                    ("promise-kept", "keeps"),
                    ("promise-broken", "breaks"),
                    ("promise-released", "about"),
                )
            )
            self.add(kind, links=[(rel, found)])

    def hours(self) -> None:
        spent = self.one(("work", "work", "work", "chase", "wait", "rework", "conflict"))
        links = self.about(0.1)
        fields = self.fields("hours", links=links, hours=f"{1 + self.below(8)}.25", spent=spent)
        self.named(fields)

    def deliver(self) -> None:
        self.named(self.fields("delivery", rounds=self.some(0.4, self.below(3))))

    def accept(self) -> None:
        kind = self.one(("delivery", "request", "scope-creep", "handover"))
        if found := self.any_of(kind):
            self.add("acceptance", links=[("accepts", found)], by=self.some(0.5, "Ann"))

    def hand(self) -> None:
        if (found := self.any_of("handover")) and self.random() < 0.5:
            self.add("access-ended", links=[("about", found)])
        else:
            ends = self.some(0.4, self.day(self.back - 5))
            self.add("handover", to=self.some(0.5, "Ann"), access_ends=ends)

    def end(self) -> None:
        self.add(self.one(("end-notice", "repeat-work", "resume")))

    def fix(self) -> None:
        """Correct something: void, amend, add to it."""
        seq = 1 + self.below(len(self.out.entries))
        kind = self.one(("void", "void", "amendment", "amendment", "addendum"))
        if kind == "amendment":
            at = _NOON - timedelta(days=self.back + self.below(10))
            changes = self.one(
                (
                    {"statement": "It was another thing"},
                    {"occurred_at": at.isoformat()},
                    {"severity": 3},
                    {"amount": "77.70"},
                    {"due": self.day(self.back + 3)},
                    {"worked": False},
                )
            )
            self.add(kind, links=[("amends", seq)], changes=changes)
        else:
            self.add(kind, links=[("voids" if kind == "void" else "adds-to", seq)])

    def exempt(self) -> None:
        rule = f"R{self.one((1, 2, 3, 4, 5, 6, 9, 10, 11, 13, 14))}"
        until = self.day(self.back - self.below(90))
        self.keep({**self.fields("exception", rule=rule, until=until), "visibility": "internal"})

    def checkin(self) -> CheckIn:
        at = _NOON - timedelta(days=self.below(60))
        names = ("stress_client", "stress_work", "dread", "version", "fit_vision")
        told = {name: self.below(11) for name in names if self.random() < 0.7}
        return CheckIn.model_validate({"at": at, **told})

    def decision(self) -> Decision:
        at = _NOON - timedelta(days=self.below(100))
        choice = self.one(("keep", "set-boundaries", "stop-work", "walk-away", "unsure"))
        review = self.some(0.5, self.day(self.below(30) - 15))
        return Decision.model_validate({"at": at, "choice": choice, "review": review})

    def probe(self) -> None:
        """Make a draft that may be refused, and is not kept: the last of a few more happenings."""
        before = len(self.out.entries)
        getattr(
            self, self.one(("bill", "pay", "pay", "answer", "settle", "fix", "outcome", "dispute"))
        )()
        self.out.probes += map(drafted, self.out.entries[before:])
        del self.out.entries[before:]
